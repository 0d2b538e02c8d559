//! Quiet: the faults end, everything syncs in bounded rounds, and every promise is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use shared::id::CommandId;
use shared::plan::PlanState;
use shared::refusal::Refusal;
use shared::sync::client::storage::{Database, Store};
use shared::sync::message::Outcome;
use shared::sync::server::store::LogWrite;

use super::{Cluster, What};
use crate::checkers::convergence::Truth;
use crate::checkers::monotone::Watch;
use crate::checkers::{
    Verdict, authority, exactly_once, lane_order, liveness, refusals_seen, restore,
};
use crate::coverage::Fault;
use crate::people::{BEGIN, DAY};
use crate::storage::BUILDS;
use crate::weather::Weather;

/// How many operations may pass until all that is under way is done.
const MOST_OPERATIONS: usize = 100_000;
/// Time between rounds, in milliseconds.
const ROUND: i64 = 3 * 60 * 1000;

impl Cluster<'_> {
    /// Ends all faults and lets every device sync until nothing changes any more.
    pub(super) fn calm_down(&mut self) -> Verdict {
        self.tell(|| "quiet".to_owned());
        self.weather = Weather::CALM;
        self.servers
            .troubles
            .next_commit
            .store(0, Ordering::Relaxed);
        // Noon of the next day: no day ends while the devices agree.
        let noon = (self.now.get() / DAY + 1) * DAY + 4 * 3_600_000;
        self.now.set(noon);
        for device in &mut self.devices {
            device.online = true;
        }
        for tab in 0..self.tabs.len() {
            if self.tabs[tab].frozen {
                self.thaw(tab)?;
            }
        }
        self.settle()?;
        for device in 0..self.devices.len() {
            if !self
                .tabs
                .iter()
                .any(|tab| tab.alive && tab.device == device)
            {
                self.open_tab(device);
            }
        }
        self.settle()?;
        // A tab that comes to the front reads again what others left on the device.
        for tab in 0..self.tabs.len() {
            self.reload(tab)?;
        }
        self.settle()?;
        for _ in 0..liveness::MOST_ROUNDS {
            if self.round()? {
                return Ok(());
            }
        }
        let tabs = self.tabs.iter().enumerate();
        let replicas =
            tabs.filter_map(|(place, tab)| Some((place, tab.client.as_ref()?.replica())));
        liveness::broken(replicas)
    }

    /// Lets everybody pull once, undisturbed, so that there is something to work on.
    pub(super) fn begin_the_day(&mut self) -> Verdict {
        let weather = std::mem::replace(&mut self.weather, Weather::CALM);
        self.settle()?;
        for tab in 0..self.tabs.len() {
            if let Some(client) = self.tabs[tab].client.clone() {
                self.pull(tab, client)?;
            }
        }
        self.settle()?;
        self.weather = weather;
        Ok(())
    }

    /// Lets all that is under way come to its end.
    fn settle(&mut self) -> Verdict {
        for _ in 0..MOST_OPERATIONS {
            if !self.progress()? {
                return Ok(());
            }
        }
        Err("liveness: operations never end".to_owned())
    }

    /// Every tab hands in and asks; says whether nothing changed and nothing waits.
    fn round(&mut self) -> Result<bool, String> {
        self.now.set(self.now.get() + ROUND);
        self.restless = false;
        let before = (self.heads(), self.caches());
        for push in [true, false] {
            for tab in 0..self.tabs.len() {
                let Some(client) = self.tabs[tab].client.clone() else {
                    continue;
                };
                if push && client.wants_push() {
                    self.push(tab, client)?;
                } else if !push {
                    self.pull(tab, client)?;
                }
            }
            self.settle()?;
        }
        let still = self.tabs.iter().filter_map(|tab| tab.client.as_ref());
        let mut still = still;
        let drained = still.all(|client| liveness::is_drained(&client.replica()));
        debug_assert!(
            self.tabs
                .iter()
                .all(|tab| tab.tasks.iter().all(|t| t.1 == What::Act))
        );
        Ok(drained && !self.restless && before == (self.heads(), self.caches()))
    }

    /// Where all caches stand.
    fn caches(&self) -> Vec<[Watch; BUILDS]> {
        self.devices
            .iter()
            .map(|device| device.watches.clone())
            .collect()
    }

    /// Checks every promise.
    pub(super) fn check_everything(&mut self) -> Verdict {
        let memory = self.memory();
        let (log, heads) = (memory.log(), self.heads());
        let vers = heads.iter().map(|(id, head)| (*id, head.head)).collect();
        exactly_once::check(&log, &vers)?;
        lane_order::check_predecessors(&log)?;
        let mut replay = self.company.replay.clone();
        replay.go_on(&log)?;
        replay.compare(&memory)?;
        self.coverage.note_all(Fault::DocumentMoved, replay.moves);
        let truth = Truth::read(&memory, self.today(), &self.company.rows)?;
        for place in 0..self.devices.len() {
            self.check_device(place, &truth, &log)
                .map_err(|error| format!("device {place}: {error}"))?;
        }
        for tab in &self.tabs {
            if let Some(client) = &tab.client {
                truth.check_memory(&client.replica())?;
            }
        }
        let made: BTreeSet<CommandId> = self
            .devices
            .iter()
            .flat_map(|device| &device.kept)
            .copied()
            .collect();
        let here = |entry: &&LogWrite| entry.recorded_at >= BEGIN && entry.outcome.is_applied();
        for entry in log.iter().filter(here) {
            self.coverage.applied_kind(kind_of(entry));
        }
        for entry in log.iter().filter(|entry| made.contains(&entry.cmd_id)) {
            let applied = entry.outcome.is_applied();
            self.coverage.logged(kind_of(entry), applied);
            let claimed = entry.changes.contains("\"label\":\"late_claimed_on_time\"");
            if claimed && entry.outcome.is_applied() {
                self.coverage.note(Fault::DeadlinePassed, true);
            }
            if let Outcome::Rejected { refusal } = &entry.outcome {
                let state = PlanState::Sealed;
                let sealed = [Refusal::PeriodSealed, Refusal::WrongState { state }];
                if sealed.contains(refusal) {
                    self.coverage.note(Fault::SealedMeanwhile, true);
                }
            }
        }
        let logged = log.iter().map(|entry| entry.cmd_id).collect();
        let lost = self.announced.check(&logged, &self.servers.missed())?;
        self.coverage.note_all(Fault::LossNoticed, lost);
        self.note_races();
        for head in heads.values() {
            self.mix_text(&head.chain);
        }
        Ok(())
    }

    /// Checks every promise that concerns one device.
    fn check_device(&self, place: usize, truth: &Truth, log: &[LogWrite]) -> Verdict {
        let device = &self.devices[place];
        let disk = &device.disk;
        for build in 0..BUILDS {
            let mut tabs = self.tabs.iter();
            if tabs.any(|tab| tab.alive && tab.device == place && tab.build == build) {
                truth.check_cache(device.person, disk.read(Database::Cache, build))?;
            }
        }
        self.check_kept(place)?;
        let outcomes = log
            .iter()
            .map(|entry| (entry.cmd_id, entry.outcome.clone()));
        let outcomes: BTreeMap<CommandId, Outcome> = outcomes.collect();
        let attention = disk.commands_in(&[Store::Attention]);
        let forgets = self.past.restored && device.copied || self.past.went_back;
        let mut settled = self.settled_by(device.person);
        if self.past.went_back {
            // By versions alone, a cache of another build takes a row that is lost for one that
            // was closed, and keeps the words in the archive.
            settled.extend(disk.commands_in(&[Store::Archive]));
        }
        refusals_seen::check(&device.kept, &attention, &settled, &outcomes, forgets)?;
        // Without a new epoch only versions tell that a server went back: what it lost is noticed
        // while it has not caught up with them. What a device had settled stays in its archive.
        let held = if self.past.went_back {
            disk.commands_in(&[Store::Outbox, Store::Attention])
        } else {
            disk.commands()
        };
        restore::check(&held, &attention, &outcomes)?;
        let entries = log.iter().map(|entry| (entry.cmd_id, entry)).collect();
        authority::check_author(device.person, &device.kept, &entries)?;
        // Without a new epoch nothing tells a device to hand in first what the server lost.
        if self.past.went_back {
            return Ok(());
        }
        // What left the archive after its time is of nobody's order any more: a copy may still have
        // it, and hands it in when it likes.
        // The same holds of what this copy was refused in a life that the server forgot.
        let mut written = device.written.clone();
        let refused = |id: &CommandId| forgets && (attention.contains(id) || settled.contains(id));
        written.retain(|id| !disk.expired.contains(id) && !refused(id));
        lane_order::check_order(&written, &entries)
    }

    fn note_races(&mut self) {
        for _ in 0..self.servers.troubles.conflicts.load(Ordering::Relaxed) {
            self.note(Fault::ServerRace, true);
        }
        let expired = self.devices.iter().map(|device| device.disk.expired.len());
        let expired = expired.sum::<usize>() as u64;
        self.coverage.note_all(Fault::ArchiveExpired, expired);
        let failures = self.devices.iter().map(|device| device.disk.guard_failures);
        for _ in 0..failures.sum::<u64>() {
            self.note(Fault::SecondTab, true);
        }
    }
}

/// The word of a logged command's kind; of an act of payroll, the word of the act.
fn kind_of(entry: &LogWrite) -> &str {
    let after = |mark: &str| {
        let (_, rest) = entry.bytes.split_once(mark)?;
        Some(rest.split_once('"')?.0)
    };
    match after("\"kind\":\"") {
        Some("payroll") => after("\"args\":{\"").unwrap_or_default(),
        kind => kind.unwrap_or_default(),
    }
}
