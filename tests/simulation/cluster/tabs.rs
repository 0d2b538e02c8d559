//! Tabs: they open, act, sync, read again, and die in the middle of anything.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use shared::command::Command;
use shared::id::CommandId;
use shared::organisation::Office;
use shared::refusal::Refusal;
use shared::sync::client::{
    Client, Fold, PeerError, Pulled, Pushed, SendError, StorageError, SyncError,
};
use shared::sync::message::Outcome;

use super::{Cluster, Tab, TabClient, What};
use crate::checkers::Verdict;
use crate::coverage::Fault;
use crate::executor::{Task, step};
use crate::network::{DeviceSurroundings, TabPeer, Whereabouts};
use crate::people::ADMINISTRATOR;
use crate::storage::TabStorage;
use crate::workload::{Act, Person};

/// How a task of a tab ended.
pub(crate) enum Done {
    Opened(Result<Rc<TabClient>, StorageError>),
    Sent(Box<Act>, Result<CommandId, SendError>),
    Pushed(Result<Pushed, SyncError>),
    /// After so many pages.
    Pulled(u32, Result<Pulled, SyncError>),
    Reloaded(Result<(), StorageError>),
    Ordered(Result<Outcome, PeerError>),
}

impl Cluster<'_> {
    /// Opens a tab on a device.
    pub(super) fn open_tab(&mut self, device: usize) {
        let tab = self.tabs.len();
        let thaw = VecDeque::new();
        let (client, tasks) = (None, Vec::new());
        self.tabs.push(Tab {
            device,
            build: self.devices[device].build,
            client,
            tasks,
            alive: true,
            frozen: false,
            holds: false,
            thaw,
        });
        self.forget_old_caches(device);
        self.begin_to_open(tab);
    }

    fn begin_to_open(&mut self, tab: usize) {
        let device = &self.devices[self.tabs[tab].device];
        let surroundings = DeviceSurroundings {
            chance: RefCell::new(self.chance.split()),
            now: Rc::clone(&self.now),
            ahead: Rc::clone(&device.ahead),
            tz: device.tz,
        };
        let storage = TabStorage {
            tab,
            wire: Rc::clone(&self.wire),
        };
        let peer = TabPeer {
            tab,
            wire: Rc::clone(&self.wire),
        };
        let person = device.person;
        let build = ["older", "newer"][self.tabs[tab].build];
        let open = async move {
            let client = Client::open(storage, peer, surroundings, person, build).await;
            Done::Opened(client.map(Rc::new))
        };
        // Opening begins with a read, so its first step cannot end it.
        let begun = self.begin(tab, What::Open, Box::pin(open));
        debug_assert!(begun.is_ok(), "nothing is promised yet");
    }

    fn begin(&mut self, tab: usize, what: What, task: Task<Done>) -> Verdict {
        self.next_task += 1;
        let id = self.next_task;
        self.tabs[tab].tasks.push((id, what, task));
        self.poll(tab, id)
    }

    /// Lets a task go on, now or when the tab thaws.
    pub(super) fn wake(&mut self, tab: usize, task: u64) -> Verdict {
        if self.tabs[tab].frozen {
            self.tabs[tab].thaw.push_back(task);
            return Ok(());
        }
        self.poll(tab, task)
    }

    fn poll(&mut self, tab: usize, task: u64) -> Verdict {
        let tasks = &mut self.tabs[tab].tasks;
        let Some(place) = tasks.iter().position(|(id, _, _)| *id == task) else {
            return Ok(());
        };
        self.wire.borrow_mut().task = task;
        let done = step(&mut tasks[place].2);
        match done {
            None => Ok(()),
            Some(done) => {
                drop(self.tabs[tab].tasks.remove(place));
                self.done(tab, done)
            }
        }
    }

    fn done(&mut self, tab: usize, done: Done) -> Verdict {
        match done {
            Done::Opened(Ok(client)) => self.tabs[tab].client = Some(client),
            Done::Opened(Err(_)) => self.tabs[tab].alive = false,
            Done::Sent(act, result) => self.sent(tab, &act, result)?,
            Done::Pushed(result) => self.tell(|| format!("tab {tab} pushed: {result:?}")),
            Done::Pulled(pages, result) => {
                self.tell(|| format!("tab {tab} pulled {pages} pages: {result:?}"));
                if pages > 1 {
                    self.note(Fault::AnswerInPages, result == Ok(Pulled::Changed));
                }
                if result == Ok(Pulled::Stale) {
                    self.restless = true;
                    self.note(Fault::AnswerLate, true);
                }
            }
            Done::Ordered(result) => {
                self.tell(|| format!("tab {tab} ordered: {result:?}"));
                let applied = result.is_ok_and(|outcome| outcome.is_applied());
                self.note(Fault::RightsChanged, applied);
            }
            Done::Reloaded(result) => self.tell(|| format!("tab {tab} read again: {result:?}")),
        }
        Ok(())
    }

    fn sent(&mut self, tab: usize, act: &Act, result: Result<CommandId, SendError>) -> Verdict {
        let device = self.tabs[tab].device;
        self.tell(|| format!("tab {tab} device {device}: {act:?}: {result:?}"));
        match result {
            Ok(id) => {
                self.coverage.kept += 1;
                self.kept_at.insert(id, self.now.get());
                self.devices[device].kept.push(id);
                self.mix(device as u64);
                if let Act::Send(Command::AddItem(args)) = act {
                    self.rumours.push((args.plan, args.item.id));
                }
                let client = self.tabs[tab].client.clone();
                let waits = client.is_some_and(|client| {
                    let replica = client.replica();
                    let found = replica.pending().find(|pending| pending.row.cmd_id == id);
                    found.is_some_and(|pending| pending.fold == Fold::ToBeChecked)
                });
                self.coverage.to_be_checked += u64::from(waits);
            }
            Err(SendError::Refused(refusal)) => {
                self.coverage.refused_on_device += 1;
                if refusal == Refusal::not_found("plan") {
                    return Err(format!(
                        "partial data: a device says of {act:?}: {refusal:?}"
                    ));
                }
            }
            Err(SendError::NotKept(_)) => {}
        }
        Ok(())
    }

    /// A person does something in a tab.
    pub(super) fn act(&mut self, tab: usize) -> Verdict {
        let Some(client) = self.idle(tab, What::Act) else {
            return Ok(());
        };
        if self.chance.permille(200)
            && let Some(command) = self.order_of(&client)
        {
            return self.order(tab, client, command);
        }
        let poison = cfg!(feature = "deliberate-bugs") && self.chance.permille(self.weather.poison);
        let hearsay = self.chance.permille(self.weather.hearsay);
        let rumour = self.chance.pick(&self.rumours).copied();
        let proposed = {
            let replica = client.replica();
            let person = Person {
                replica: &replica,
                today: self.today(),
                people: &self.company.people,
                units: &self.company.units,
                periods: &self.company.periods,
                now: self.server_now(),
                poison,
            };
            match rumour {
                Some(rumour) if hearsay => Some(person.on_hearsay(&mut self.chance, rumour)),
                _ => person.propose(&mut self.chance),
            }
        };
        let Some(act) = proposed else { return Ok(()) };
        let task = async move {
            let result = match &act {
                Act::Send(command) => client.send(command).await,
                Act::Reapply(refused, command) => client.reapply(*refused, command).await,
                Act::Discard(refused) => client.discard(*refused).await,
            };
            Done::Sent(Box::new(act), result)
        };
        self.begin(tab, What::Act, Box::pin(task))
    }

    /// What a person may have done online or not at all: the administrator gives somebody a post,
    /// who may draws a sample, the plan office seals a result or hangs a list out.
    fn order_of(&mut self, client: &TabClient) -> Option<Command> {
        let replica = client.replica();
        let (me, today) = (replica.person(), self.today());
        if me == self.company.people[ADMINISTRATOR] {
            return Some(self.assignment(today));
        }
        let office = Person {
            replica: &replica,
            today,
            people: &self.company.people,
            units: &self.company.units,
            periods: &self.company.periods,
            now: self.server_now(),
            poison: false,
        };
        if let Some(sample) = office.sample() {
            return Some(sample);
        }
        let organisation = replica.view().organisation();
        if !organisation.holds(me, Office::PlanOffice, today) {
            return None;
        }
        match self.chance.below(10) {
            0..3 => office.reverse(&mut self.chance),
            3..5 => office.hang(&mut self.chance),
            _ => office.seal(&mut self.chance),
        }
    }

    /// A person does something online or not at all.
    fn order(&mut self, tab: usize, client: Rc<TabClient>, command: Command) -> Verdict {
        let id = CommandId::from_bits(self.chance.wide());
        let task = async move { Done::Ordered(client.send_online(id, &command).await) };
        self.begin(tab, What::Act, Box::pin(task))
    }

    /// The client of a tab that is able to begin such a task.
    fn idle(&mut self, tab: usize, what: What) -> Option<Rc<TabClient>> {
        let tab = self.tabs.get(tab)?;
        let busy = tab.tasks.iter().any(|(_, kind, _)| *kind == what);
        tab.client
            .clone()
            .filter(|_| tab.alive && !tab.frozen && !busy)
    }

    /// A tab hands in what it has, or asks what changed.
    pub(super) fn sync(&mut self, tab: usize) -> Verdict {
        let Some(client) = self.idle(tab, What::Sync) else {
            return Ok(());
        };
        if client.wants_push() && self.chance.permille(600) {
            self.push(tab, client)
        } else {
            self.pull(tab, client)
        }
    }

    pub(super) fn push(&mut self, tab: usize, client: Rc<TabClient>) -> Verdict {
        let task = async move { Done::Pushed(client.push().await) };
        self.begin(tab, What::Sync, Box::pin(task))
    }

    pub(super) fn pull(&mut self, tab: usize, client: Rc<TabClient>) -> Verdict {
        let task = async move {
            let mut pages = 1;
            loop {
                match client.pull().await {
                    Ok(Pulled::More) => pages += 1,
                    result => return Done::Pulled(pages, result),
                }
            }
        };
        self.begin(tab, What::Sync, Box::pin(task))
    }

    /// A tab hears from another that something changed.
    pub(super) fn reload(&mut self, tab: usize) -> Verdict {
        let Some(client) = self.idle(tab, What::Reload) else {
            return Ok(());
        };
        let task = async move { Done::Reloaded(client.reload().await) };
        self.begin(tab, What::Reload, Box::pin(task))
    }

    /// A tab dies in the middle of whatever it does.
    pub(super) fn crash(&mut self, tab: usize) {
        let (mut asked, mut answered) = (false, false);
        for op in self.wire.borrow().ops.iter().filter(|op| op.tab == tab) {
            match op.whereabouts {
                Whereabouts::Asked => {}
                Whereabouts::AtServer => asked = true,
                Whereabouts::Answered(_) => answered = true,
            }
        }
        let client = self.tabs[tab].client.as_ref();
        let unsent = client.is_some_and(|client| client.replica().has_unsent());
        let steps = [
            (Fault::TabCrashedWriting, unsent && !asked && !answered),
            (Fault::TabCrashedWaiting, asked),
            (Fault::TabCrashedAnswered, answered),
        ];
        for (fault, _) in steps.into_iter().filter(|(_, here)| *here) {
            self.note(fault, true);
        }
        self.kill_tab(tab);
    }

    /// Kills a tab; requests that it had sent may still arrive.
    pub(super) fn kill_tab(&mut self, tab: usize) {
        let dead = &mut self.tabs[tab];
        dead.alive = false;
        dead.frozen = false;
        dead.holds = false;
        dead.tasks.clear();
        dead.client = None;
        dead.thaw.clear();
        self.wire.borrow_mut().ops.retain(|op| op.tab != tab);
    }

    /// Lets a frozen tab go on; says whether it had missed something.
    pub(super) fn thaw(&mut self, tab: usize) -> Result<bool, String> {
        self.tabs[tab].frozen = false;
        self.tabs[tab].holds = false;
        let missed = !self.tabs[tab].thaw.is_empty();
        while let Some(task) = self.tabs[tab].thaw.pop_front() {
            self.poll(tab, task)?;
        }
        Ok(missed)
    }
}
