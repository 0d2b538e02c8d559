//! Quiet: the faults end, everything syncs in bounded rounds, and every promise is checked.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use shared::id::CommandId;
use shared::sync::client::storage::Database;

use super::{Cluster, What};
use crate::checkers::convergence::Truth;
use crate::checkers::monotone::Watch;
use crate::checkers::{Verdict, exactly_once, nothing_lost};
use crate::coverage::Fault;
use crate::people::DAY;
use crate::weather::Weather;

/// How many rounds of push and pull may pass until nothing is left to do.
const MOST_ROUNDS: usize = 30;
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
        for _ in 0..MOST_ROUNDS {
            if self.round()? {
                return Ok(());
            }
        }
        let unsent: Vec<String> = (0..self.tabs.len())
            .filter_map(|tab| {
                let client = self.tabs[tab].client.as_ref()?;
                let replica = client.replica();
                let waits = replica
                    .pending()
                    .map(|pending| pending.row.cmd_id.to_string());
                Some(format!("tab {tab}: {:?}", waits.collect::<Vec<_>>()))
            })
            .collect();
        Err(format!(
            "liveness: after {MOST_ROUNDS} rounds there still waits {unsent:?}"
        ))
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
        let drained = still
            .clone()
            .all(|client| client.replica().pending().next().is_none());
        debug_assert!(
            self.tabs
                .iter()
                .all(|tab| tab.tasks.iter().all(|t| t.1 == What::Act))
        );
        Ok(drained && before == (self.heads(), self.caches()))
    }

    /// Where all caches stand.
    fn caches(&self) -> Vec<Watch> {
        self.devices
            .iter()
            .map(|device| device.watch.clone())
            .collect()
    }

    /// Checks every promise.
    pub(super) fn check_everything(&mut self) -> Verdict {
        let memory = std::sync::Arc::clone(&self.servers.memory);
        let truth = Truth::read(&memory, self.today())?;
        exactly_once::check(&memory, &truth.partitions())?;
        let log = self.log();
        let mut made: BTreeSet<CommandId> = BTreeSet::new();
        for (place, device) in self.devices.iter().enumerate() {
            let found = |error: String| format!("device {place}: {error}");
            truth
                .check_cache(device.person, device.disk.read(Database::Cache))
                .map_err(found)?;
            self.check_kept(place).map_err(found)?;
            let (attention, settled) = (device.disk.attention(), self.settled_by(device.person));
            let forgets = self.restored && device.copied;
            nothing_lost::check_refusals(&device.kept, &attention, &settled, &log, forgets)
                .map_err(found)?;
            made.extend(&device.kept);
        }
        for tab in &self.tabs {
            if let Some(client) = &tab.client {
                truth.check_memory(&client.replica())?;
            }
        }
        for id in made {
            if let Some(outcome) = log.get(&id) {
                self.coverage.logged += 1;
                self.coverage.applied += u64::from(outcome.is_applied());
            }
        }
        self.note_races();
        for (_, chain) in self.heads() {
            self.mix_text(&chain);
        }
        Ok(())
    }

    fn note_races(&mut self) {
        for _ in 0..self.servers.troubles.conflicts.load(Ordering::Relaxed) {
            self.note(Fault::ServerRace, true);
        }
        let failures = self.devices.iter().map(|device| device.disk.guard_failures);
        for _ in 0..failures.sum::<u64>() {
            self.note(Fault::SecondTab, true);
        }
    }
}
