//! Faults: what breaks, who loses a right, what time does, and who means harm.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use shared::command::plan::EditItem;
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, DeviceId, Epoch, PersonId};
use shared::item::{Edit, ItemEdit};
use shared::moment::Made;
use shared::sync::client::PeerError;
use shared::sync::client::storage::Database;
use shared::sync::message::{PROTOCOL_VERSION, PullRequest, PushedCommand, ROW_FORM};
use shared::sync::server::{Arrival, Store as _};

use super::Cluster;
use crate::checkers::{Verdict, nothing_lost};
use crate::coverage::Fault;
use crate::executor::at_once;
use crate::network::Answer;
use crate::people::DAY;
use crate::servers::{Expected, Purpose, Work};
use crate::storage::Disk;

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
            let open = self.kill_tab(tab);
            self.note(Fault::TabCrashed, open);
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
        self.disturb_disk(device)?;
        self.disturb_server();
        if self.chance.permille(weather.rights) {
            self.change_rights();
        }
        if self.chance.permille(weather.days) {
            self.now
                .set(self.now.get() + self.chance.between(1, 2) * DAY);
            self.note(Fault::DayPassed, true);
        }
        if self.chance.permille(weather.attack) {
            self.attack();
        }
        Ok(())
    }

    fn open_tabs(&self, device: usize) -> usize {
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
        }
        Ok(())
    }

    /// Kills all tabs of a device, does something to its disk, and opens one again.
    fn with_tabs_shut(&mut self, device: usize, change: impl FnOnce(&mut Self)) {
        let open: Vec<usize> = (0..self.tabs.len())
            .filter(|tab| self.tabs[*tab].alive && self.tabs[*tab].device == device)
            .collect();
        for tab in open {
            self.kill_tab(tab);
        }
        change(self);
        let cache = self.devices[device].disk.read(Database::Cache);
        self.devices[device].watch.reset(cache);
        self.open_tab(device);
    }

    fn disturb_disk(&mut self, device: usize) -> Verdict {
        let weather = self.weather;
        if self.chance.permille(100) {
            self.devices[device].disk.flush();
        }
        if self.chance.permille(weather.power_cut) {
            self.with_tabs_shut(device, |cluster| {
                let lost = cluster.devices[device].disk.lose_power(&mut cluster.chance);
                cluster.tell(|| format!("power cut on device {device}, {lost} writes lost"));
                cluster.note(Fault::PowerCut, lost > 0);
            });
            self.check_kept(device)?;
        }
        if self.chance.permille(weather.cache_dropped) {
            self.with_tabs_shut(device, |cluster| {
                cluster.devices[device].disk.forget_cache();
                cluster.note(Fault::CacheDropped, true);
            });
        }
        if self.chance.permille(weather.evicted) {
            self.with_tabs_shut(device, |cluster| {
                cluster.tell(|| format!("device {device} is evicted"));
                let held = !cluster.devices[device].disk.commands().is_empty();
                cluster.devices[device].disk = Disk::default();
                cluster.devices[device].kept.clear();
                cluster.note(Fault::Evicted, held);
            });
        }
        if self.chance.permille(weather.copied) && self.devices.len() < 10 {
            let original = &self.devices[device];
            let (person, disk, kept) = (
                original.person,
                original.disk.clone(),
                original.kept.clone(),
            );
            self.note(Fault::DiskCopied, !disk.commands().is_empty());
            let cache = disk.read(Database::Cache);
            let copy = self.add_device(person, disk);
            self.devices[copy].kept = kept;
            self.devices[copy].copied = true;
            self.devices[device].copied = true;
            self.devices[copy].watch.reset(cache);
            self.open_tab(copy);
        }
        Ok(())
    }

    /// Checks that a device has lost nothing that it kept.
    pub(super) fn check_kept(&self, device: usize) -> Verdict {
        let device = &self.devices[device];
        let held = device.disk.commands();
        let settled = self.settled_by(device.person);
        nothing_lost::check_kept(&device.kept, &held, &settled, &self.log())
    }

    /// The refused commands with which a person has dealt, on whichever device.
    pub(super) fn settled_by(&self, person: PersonId) -> BTreeSet<CommandId> {
        let own = self.devices.iter().filter(|device| device.person == person);
        own.flat_map(|device| &device.disk.settled)
            .copied()
            .collect()
    }

    fn disturb_server(&mut self) {
        if self.chance.permille(self.weather.server_killed) {
            let process = self.chance.below(self.servers.count());
            let lost = self.servers.restart(process);
            self.note(Fault::ServerKilled, !lost.is_empty());
            self.leave_unanswered(&lost);
        }
        if self.chance.permille(self.weather.restored) {
            match self.backup.take() {
                None => {
                    let life = self.life();
                    self.backup = Some(self.servers.memory.restored(life));
                }
                Some(backup) => {
                    let epoch = Epoch::from_bits(self.chance.wide());
                    let changed = backup.log().len() < self.servers.memory.log().len();
                    self.tell(|| "the server is restored from its backup".to_owned());
                    let lost = self.servers.restore(&backup, epoch);
                    self.restored = true;
                    self.note(Fault::Restored, changed);
                    self.leave_unanswered(&lost);
                }
            }
        }
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

    pub(super) fn somebody(&mut self) -> PersonId {
        self.chance
            .pick(&self.company.people)
            .copied()
            .expect("there are people")
    }

    /// Somebody sends what no honest device sends.
    fn attack(&mut self) {
        let (sender, victim) = (self.somebody(), self.somebody());
        let cmd_id = CommandId::from_bits(self.chance.wide());
        let foreign = |actor, cmd_id, bytes| PushedCommand {
            cmd_id,
            actor,
            prevs: vec![],
            gap: false,
            bytes,
        };
        let (sender, command, expected) = match self.chance.below(5) {
            0 if sender != victim => {
                let bytes = self.edit_of_anything();
                (
                    sender,
                    foreign(victim, cmd_id, bytes),
                    Expected::WrongPerson,
                )
            }
            1 => {
                let log = self.servers.memory.log();
                let Some(entry) = self.chance.pick(&log) else {
                    return;
                };
                let bytes = self.edit_of_anything();
                (
                    entry.actor,
                    foreign(entry.actor, entry.cmd_id, bytes),
                    Expected::IdReuse,
                )
            }
            2 => {
                let bytes = [
                    "{",
                    "",
                    "{\"kind\":\"drop_table\",\"kind_ver\":1,\"args\":{},\"made\":{\"device_wall\":0,\"est_server_time\":0,\"tz\":0}}",
                ];
                let bytes = bytes[self.chance.below(3)].to_owned();
                (
                    sender,
                    foreign(sender, cmd_id, bytes),
                    Expected::Quarantined,
                )
            }
            3 => return self.greedy_pull(sender),
            _ => {
                let bytes = self.edit_of_anything();
                (sender, foreign(sender, cmd_id, bytes), Expected::Anything)
            }
        };
        let now = self.server_now();
        let purpose = Purpose::Attack(command.cmd_id, expected);
        let device = DeviceId::from_bits(u128::MAX);
        let arrival = Arrival {
            build: String::new(),
            held: false,
            epoch: None,
            unsent: None,
            person: sender,
            device,
            received: now,
            commands: vec![command],
        };
        let process = self.chance.below(self.servers.count());
        self.servers.push(process, purpose, vec![arrival], now);
    }

    fn edit_of_anything(&mut self) -> String {
        let (plan, item) = self
            .chance
            .pick(&self.rumours)
            .copied()
            .expect("there are plans");
        // No two are alike, or a reused id would stand for the same content.
        let new = format!("Mine {}", self.chance.bits());
        let old = "Work 0".to_owned();
        let edits = vec![ItemEdit::Title(Edit { old, new })];
        let command = Command::EditItem(EditItem { plan, item, edits });
        let made = Made {
            tz: i32::try_from(self.chance.below(9)).unwrap_or(0),
            ..Made::default()
        };
        let made = MadeCommand {
            command,
            made,
            supersedes: None,
        };
        made.write().expect("a small command can be written")
    }

    /// Asks for every partition there is, from made-up versions.
    fn greedy_pull(&mut self, person: PersonId) {
        let all = at_once(self.servers.memory.partitions()).expect("memory does not fail");
        let have = all
            .iter()
            .map(|id| (*id, self.chance.bits() % 20))
            .collect();
        let reset = all
            .into_iter()
            .filter(|_| self.chance.permille(300))
            .collect();
        let request = PullRequest {
            proto: PROTOCOL_VERSION,
            app_build: String::new(),
            server_epoch: Some(self.life()),
            device: DeviceId::from_bits(u128::MAX),
            rows: ROW_FORM,
            unsent: None,
            grants_ver: self.chance.bits() % 5,
            have,
            sums: vec![],
            reset,
        };
        let process = self.chance.below(self.servers.count());
        let now = self.server_now();
        self.servers.pull(process, None, person, request, now);
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
