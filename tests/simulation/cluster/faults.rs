//! Faults: what breaks around the devices, and what time does.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use shared::id::{CommandId, Epoch};
use shared::moment::UtcMillis;
use shared::sync::client::PeerError;
use shared::sync::server::Store as _;

use super::Cluster;
use crate::checkers::Verdict;
use crate::checkers::loss_noticed::Announced;
use crate::coverage::Fault;
use crate::executor::at_once;
use crate::network::Answer;
use crate::people::DAY;
use crate::servers::{Purpose, Work};

impl Cluster<'_> {
    /// Breaks what the weather breaks in this turn.
    pub(super) fn disturb(&mut self) -> Verdict {
        let weather = self.weather;
        let device = self.chance.below(self.devices.len());
        let alive = self.alive();
        let Some(tab) = self.chance.pick(&alive).copied() else {
            self.open_tab(device);
            return Ok(());
        };
        if self.chance.permille(weather.tab_crash) {
            self.crash(tab);
            self.open_tab(self.tabs[tab].device);
        }
        if self.chance.permille(weather.frozen) {
            self.freeze_or_thaw(tab)?;
        }
        if self.chance.permille(weather.hint) {
            self.reload(tab)?;
        }
        if self.chance.permille(weather.offline) {
            self.devices[device].online = !self.devices[device].online;
        }
        if self.chance.permille(weather.second_tab) && self.open_tabs(device) < 3 {
            self.open_tab(device);
        }
        if self.chance.permille(weather.clock_jump) {
            self.jump(device);
        }
        self.disturb_disk(device)?;
        self.disturb_server();
        if self.chance.permille(weather.rights) {
            self.change_rights();
        }
        if self.chance.permille(weather.days) {
            self.pass(1, 2);
        }
        if self.chance.permille(weather.long_rest) {
            self.pass(91, 100);
        }
        if self.chance.permille(weather.attack) {
            self.attack();
        }
        Ok(())
    }

    /// Lets days pass, between so many and so many.
    fn pass(&mut self, least: i64, most: i64) {
        let days = self.chance.between(least, most);
        self.now.set(self.now.get() + days * DAY);
        self.note(Fault::DayPassed, true);
    }

    pub(super) fn open_tabs(&self, device: usize) -> usize {
        self.tabs
            .iter()
            .filter(|tab| tab.alive && tab.device == device)
            .count()
    }

    fn freeze_or_thaw(&mut self, tab: usize) -> Verdict {
        if self.tabs[tab].frozen {
            let missed = self.thaw(tab)?;
            self.note(Fault::TabFrozen, missed);
        } else {
            self.tabs[tab].frozen = true;
            let wire = self.wire.borrow();
            let writes = wire.ops.iter().any(|op| op.tab == tab && op.writes());
            self.tabs[tab].holds = writes && self.chance.permille(500);
        }
        Ok(())
    }

    fn disturb_server(&mut self) {
        if self.chance.permille(self.weather.server_killed) {
            let process = self.chance.below(self.servers.count());
            let lost = self.servers.restart(process);
            self.note_killed(&lost);
            self.leave_unanswered(&lost);
        }
        if self.chance.permille(self.weather.pruned) {
            let before = UtcMillis(self.now.get() - self.chance.between(0, DAY));
            let forgotten = at_once(self.servers.memory.prune(before));
            self.past.pruned |= forgotten.expect("memory does not fail") > 0;
        }
        if self.chance.permille(self.weather.restored) {
            match self.backup.take() {
                None => {
                    let life = self.life();
                    self.backup = Some(self.servers.memory.restored(life));
                }
                Some(backup) => {
                    let forgotten = self.chance.permille(250);
                    let epoch = Epoch::from_bits(self.chance.wide());
                    let epoch = if forgotten { self.life() } else { epoch };
                    let fault = if forgotten {
                        Fault::WentBack
                    } else {
                        Fault::Restored
                    };
                    let changed = backup.log().len() < self.servers.memory.log().len();
                    self.tell(|| {
                        format!("the server is restored from its backup, forgotten {forgotten}")
                    });
                    let lost = self.servers.restore(&backup, epoch);
                    self.past.restored = true;
                    self.past.went_back |= forgotten;
                    self.announced = Announced::default();
                    // Versions of the same life go back, so that what is at hand may be too new.
                    self.organisation = (Epoch::from_bits(0), 0, Arc::default());
                    self.note(fault, changed);
                    self.leave_unanswered(&lost);
                }
            }
        }
    }

    /// Notes what a killed process left: pushes that it had committed, and others.
    fn note_killed(&mut self, lost: &[Work]) {
        let pushes = lost.iter().filter(|work| !work.commands.is_empty());
        for work in pushes.collect::<Vec<_>>() {
            let committed = |id| self.recorded_at(id) == Some(work.began);
            let fault = if work.commands.iter().any(|id| committed(*id)) {
                Fault::KilledAfterCommit
            } else {
                Fault::KilledBeforeCommit
            };
            self.note(fault, true);
        }
    }

    /// When the server recorded a command.
    fn recorded_at(&self, command: CommandId) -> Option<UtcMillis> {
        let log = self.servers.memory.log();
        let entry = log.iter().find(|entry| entry.cmd_id == command)?;
        Some(entry.recorded_at)
    }

    fn leave_unanswered(&mut self, lost: &[Work]) {
        for work in lost {
            let answer = match work.purpose {
                Purpose::Pull(..) => Answer::Pull(Err(PeerError::Unreachable)),
                _ => Answer::Push(Err(PeerError::Unreachable)),
            };
            self.answer_all(work, &answer);
        }
    }

    /// Notes what the server's troubles came to.
    pub(super) fn note_trouble(&mut self) {
        match self.servers.troubles.came.swap(0, Ordering::Relaxed) {
            1 => self.note(Fault::CommitFailed, true),
            2 => self.note(Fault::CommitUncertain, true),
            _ => {}
        }
    }
}
