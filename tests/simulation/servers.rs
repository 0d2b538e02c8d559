//! The server's side: one store, two processes over it, and requests that take several looks.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use shared::command::Command;
use shared::id::{CommandId, DeviceId, Epoch, PersonId};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::sync::client::PeerError;
use shared::sync::message::{PullRequest, PullResponse, PushResponse, Unsent};
use shared::sync::server::store::{
    Answer, Commit, Committed, Grants, Head, Loaded, LogWrite, Needs, Receipt, Snapshot,
    StoreError, Wanted,
};
use shared::sync::server::{Arrival, DeviceRow, MemoryStore, Server, ServerError, Store};

use crate::executor::{Pause, Task, at_once};

/// What goes wrong with the next commit.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    /// 0: nothing; 1: it fails before it is written; 2: it is written and then fails.
    pub(crate) next_commit: AtomicU8,
    /// What came of it.
    pub(crate) came: AtomicU8,
    /// Commits that lost a race.
    pub(crate) conflicts: AtomicU64,
}

/// The store as a process sees it: between two calls, another process may be quicker.
#[derive(Debug, Clone)]
pub(crate) struct ProcessStore {
    pub(crate) memory: Arc<MemoryStore>,
    pub(crate) troubles: Arc<Troubles>,
}

type Heads = std::collections::BTreeMap<PartitionId, Head>;

impl Store for ProcessStore {
    fn epoch(&self) -> Answer<'_, Epoch> {
        self.memory.epoch()
    }

    fn load<'a>(&'a self, needs: &'a Needs) -> Answer<'a, Loaded> {
        Box::pin(async {
            Pause::default().await;
            self.memory.load(needs).await
        })
    }

    fn heads<'a>(
        &'a self,
        partitions: &'a std::collections::BTreeSet<PartitionId>,
    ) -> Answer<'a, Heads> {
        Box::pin(async {
            Pause::default().await;
            self.memory.heads(partitions).await
        })
    }

    fn receive<'a>(
        &'a self,
        receipts: &'a [Receipt],
        flushed: bool,
    ) -> Answer<'a, std::collections::BTreeMap<CommandId, UtcMillis>> {
        Box::pin(async move {
            Pause::default().await;
            self.memory.receive(receipts, flushed).await
        })
    }

    fn commit<'a>(&'a self, commit: &'a Commit) -> Answer<'a, Committed> {
        Box::pin(async {
            Pause::default().await;
            let trouble = self.troubles.next_commit.swap(0, Ordering::Relaxed);
            self.troubles.came.fetch_max(trouble, Ordering::Relaxed);
            let failed = Err(StoreError::Unavailable("as simulated".to_owned()));
            if trouble == 1 {
                return failed;
            }
            let committed = self.memory.commit(commit).await?;
            if committed == Committed::Conflict {
                self.troubles.conflicts.fetch_add(1, Ordering::Relaxed);
            }
            Pause::default().await;
            if trouble == 2 { failed } else { Ok(committed) }
        })
    }

    fn prune(&self, before: UtcMillis) -> Answer<'_, u64> {
        self.memory.prune(before)
    }

    fn entry(&self, command: CommandId) -> Answer<'_, Option<LogWrite>> {
        self.memory.entry(command)
    }

    fn device(&self, device: DeviceId, person: PersonId) -> Answer<'_, Option<DeviceRow>> {
        self.memory.device(device, person)
    }

    fn put_device<'a>(&'a self, row: &'a DeviceRow) -> Answer<'a, ()> {
        self.memory.put_device(row)
    }

    fn devices(&self) -> Answer<'_, Vec<DeviceRow>> {
        self.memory.devices()
    }

    fn partitions(&self) -> Answer<'_, Vec<PartitionId>> {
        Box::pin(async {
            Pause::default().await;
            self.memory.partitions().await
        })
    }

    fn changes<'a>(&'a self, wanted: &'a [Wanted], most: usize) -> Answer<'a, Snapshot> {
        Box::pin(async move {
            Pause::default().await;
            self.memory.changes(wanted, most).await
        })
    }

    fn grants(&self, person: PersonId) -> Answer<'_, Option<Grants>> {
        Box::pin(async move {
            Pause::default().await;
            self.memory.grants(person).await
        })
    }

    fn set_grants<'a>(
        &'a self,
        person: PersonId,
        expected: u64,
        grants: &'a Grants,
    ) -> Answer<'a, bool> {
        Box::pin(async move {
            Pause::default().await;
            self.memory.set_grants(person, expected, grants).await
        })
    }
}

/// How the server's work on a request ended.
#[derive(Debug)]
pub(crate) enum Served {
    /// Pushes that shared a commit.
    Push(Result<Vec<PushResponse>, ServerError>),
    /// A pull.
    Pull(Box<Result<PullResponse, ServerError>>),
    /// Commands of the administrator, all or none.
    Power(bool),
}

/// For whom the server works.
#[derive(Debug, Clone)]
pub(crate) enum Purpose {
    /// Devices, whose operations wait for the answer; a late request has nobody waiting.
    Push(Vec<Option<u64>>),
    /// A device of a person.
    Pull(Option<u64>, PersonId),
    /// The administrator.
    Power,
    /// Somebody who means harm, and what must come of it.
    Attack(CommandId, Expected),
}

/// What must come of an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Answered as somebody else's, and not recorded.
    WrongPerson,
    /// Answered as a reused id, and what is recorded stays.
    IdReuse,
    /// Kept unexecuted.
    Quarantined,
    /// Whatever the rights of the sender give.
    Anything,
}

/// A request at the server.
pub(crate) struct Work {
    pub(crate) purpose: Purpose,
    pub(crate) process: usize,
    /// The server's clock when it began.
    pub(crate) began: UtcMillis,
    /// The commands that it would execute.
    pub(crate) commands: Vec<CommandId>,
    /// What the devices that ask say of their unsent work.
    pub(crate) said: Vec<((DeviceId, PersonId), Option<Unsent>)>,
    pub(crate) task: Task<Served>,
}

/// The server's processes over one store.
pub(crate) struct Servers {
    pub(crate) memory: Arc<MemoryStore>,
    pub(crate) troubles: Arc<Troubles>,
    processes: Vec<Rc<Server<ProcessStore>>>,
    pub(crate) work: Vec<Work>,
    /// The most bytes of rows in a page.
    page: usize,
}

impl Servers {
    /// Starts two processes on a store, with pages of so many bytes.
    pub(crate) fn new(memory: MemoryStore, page: usize) -> Self {
        let (memory, troubles) = (Arc::new(memory), Arc::default());
        let mut servers = Self {
            memory,
            troubles,
            processes: Vec::new(),
            work: Vec::new(),
            page,
        };
        servers.processes = vec![servers.process(), servers.process()];
        servers
    }

    fn process(&self) -> Rc<Server<ProcessStore>> {
        let (memory, troubles) = (Arc::clone(&self.memory), Arc::clone(&self.troubles));
        Rc::new(Server::new(ProcessStore { memory, troubles }).with_page(self.page))
    }

    /// How many processes there are.
    pub(crate) fn count(&self) -> usize {
        self.processes.len()
    }

    /// Kills a process and starts it anew; gives the work that nobody finishes.
    pub(crate) fn restart(&mut self, process: usize) -> Vec<Work> {
        self.processes[process] = self.process();
        let (lost, left) = self
            .work
            .drain(..)
            .partition(|work| work.process == process);
        self.work = left;
        lost
    }

    /// Goes back to a copy of the store, under a new epoch; gives the work that nobody finishes.
    pub(crate) fn restore(&mut self, backup: &MemoryStore, epoch: Epoch) -> Vec<Work> {
        self.memory = Arc::new(backup.restored(epoch));
        for process in 0..self.processes.len() {
            self.processes[process] = self.process();
        }
        std::mem::take(&mut self.work)
    }

    /// The devices whose announced work did not come, as the server tells.
    pub(crate) fn missed(&self) -> Vec<DeviceRow> {
        let copy = self.memory.restored(Epoch::from_bits(0));
        let told = at_once(Server::new(copy).missed());
        told.expect("memory does not fail")
    }

    /// Begins to execute pushes in one commit.
    pub(crate) fn push(
        &mut self,
        process: usize,
        purpose: Purpose,
        arrivals: Vec<Arrival>,
        now: UtcMillis,
    ) {
        let server = Rc::clone(&self.processes[process]);
        let commands = arrivals.iter().flat_map(|arrival| &arrival.commands);
        let commands = commands.map(|command| command.cmd_id).collect();
        let said = arrivals.iter();
        let said = said.map(|arrival| ((arrival.device, arrival.person), arrival.unsent));
        let said = said.collect();
        let task = Box::pin(async move { Served::Push(server.push(&arrivals, now).await) });
        self.work.push(Work {
            purpose,
            process,
            began: now,
            commands,
            said,
            task,
        });
    }

    /// Begins to answer a pull.
    pub(crate) fn pull(
        &mut self,
        process: usize,
        op: Option<u64>,
        person: PersonId,
        request: PullRequest,
        now: UtcMillis,
    ) {
        let server = Rc::clone(&self.processes[process]);
        let said = vec![((request.device, person), request.unsent)];
        let pull = async move { server.pull(person, &request, now).await };
        let task = Box::pin(async move { Served::Pull(Box::new(pull.await)) });
        let purpose = Purpose::Pull(op, person);
        self.work.push(Work {
            purpose,
            process,
            began: now,
            commands: Vec::new(),
            said,
            task,
        });
    }

    /// Begins to execute commands of the administrator.
    pub(crate) fn power(
        &mut self,
        process: usize,
        person: PersonId,
        commands: Vec<(CommandId, Command)>,
        now: UtcMillis,
    ) {
        let server = Rc::clone(&self.processes[process]);
        let task = Box::pin(async move {
            let device = DeviceId::from_bits(0);
            let done = server.execute_all(person, device, &commands, now).await;
            Served::Power(matches!(done, Ok(Ok(()))))
        });
        self.work.push(Work {
            purpose: Purpose::Power,
            process,
            began: now,
            commands: Vec::new(),
            said: Vec::new(),
            task,
        });
    }
}

/// What a device sees of a server that could not work.
pub(crate) fn seen(error: &ServerError) -> PeerError {
    match error {
        ServerError::Busy => PeerError::Busy { after: 1000 },
        ServerError::UpdateNeeded => PeerError::UpdateNeeded,
        ServerError::Store(_) | ServerError::BadRequest(_) | ServerError::LimitPassed(..) => {
            PeerError::Unreachable
        }
    }
}
