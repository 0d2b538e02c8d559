//! Devices: disks that lose power, get evicted and copied, builds side by side, and wrong clocks.

use std::cell::Cell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use serde::Serialize;
use shared::id::{CommandId, PersonId};
use shared::lane::Lane;
use shared::sync::client::storage::{Batch, Database, Durability, Op, Store};

use super::{Clocks, Cluster, Device, HOUR};
use crate::chance::Chance;
use crate::checkers::monotone::Watch;
use crate::checkers::{Verdict, nothing_lost};
use crate::coverage::Fault;
use crate::people::DAY;
use crate::storage::{BUILDS, Disk};

/// After how long a settled command may be gone from the archive: a little less than the days for
/// which a device keeps it, because the device counts by a clock that may be off.
const ARCHIVE_FOR: i64 = 85 * DAY;
/// Zones that a device may be set to, in minutes east of UTC.
const ZONES: [i32; 4] = [480, 0, 540, -300];

/// The form in which every build keeps a command; it is frozen.
#[derive(Serialize)]
struct Envelope {
    fmt: u32,
    cmd_id: CommandId,
    actor: PersonId,
    lanes: [Lane; 1],
    prevs: [CommandId; 0],
    gap: bool,
    bytes: String,
}

/// The frozen form of where the outbox ends.
#[derive(Serialize)]
struct Tail {
    seq: u64,
    cmd_id: CommandId,
}

fn text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("a kept value serialises")
}

impl Cluster<'_> {
    /// Adds a storage of a person, on a device whose clock may be wrong.
    pub(super) fn add_device(&mut self, person: PersonId, disk: Disk) -> usize {
        let mut clock = self.chance.split();
        if self.clocks == Clocks::Others {
            clock = Chance::new(clock.bits());
        }
        let ahead = match clock.below(10) {
            0 | 1 => clock.between(-3 * DAY, DAY),
            2 => clock.between(-400 * DAY, 400 * DAY),
            _ => 0,
        };
        let tz = ZONES[clock.below(8).saturating_sub(4)];
        self.devices.push(Device {
            person,
            disk,
            build: 0,
            watches: Default::default(),
            clock,
            set: ahead,
            ahead: Rc::new(Cell::new(ahead)),
            tz,
            online: true,
            kept: Vec::new(),
            written: Vec::new(),
            copied: false,
            answers: VecDeque::new(),
        });
        self.devices.len() - 1
    }

    /// Somebody sets a device's clock, or its battery was empty.
    pub(super) fn jump(&mut self, device: usize) {
        let most = if self.clocks == Clocks::AsDrawn {
            3 * DAY
        } else {
            // Where two runs are compared, no clock may take a device into another day: it would
            // refuse or keep other commands, and the runs would tell of different deeds. Runs go on
            // about noon: from end to end of this, a clock stays before the close of work.
            2 * HOUR
        };
        let device = &mut self.devices[device];
        let jump = device.clock.between(-most, most);
        device.ahead.set(device.set + jump);
        let unsent = device.disk.commands_in(&[Store::Outbox]);
        self.note(Fault::ClockJumped, !unsent.is_empty());
    }

    /// Kills all tabs of a device, does something to it, and opens one again.
    fn with_tabs_shut(&mut self, device: usize, change: impl FnOnce(&mut Self)) {
        let open: Vec<usize> = (0..self.tabs.len())
            .filter(|tab| self.tabs[*tab].alive && self.tabs[*tab].device == device)
            .collect();
        for tab in open {
            self.kill_tab(tab);
        }
        change(self);
        self.look_again(device);
        self.open_tab(device);
    }

    /// Begins to watch a device's caches anew.
    fn look_again(&mut self, device: usize) {
        let device = &mut self.devices[device];
        for (build, watch) in device.watches.iter_mut().enumerate() {
            watch.reset(device.disk.read(Database::Cache, build));
        }
    }

    /// Breaks what the weather breaks on a disk.
    pub(super) fn disturb_disk(&mut self, device: usize) -> Verdict {
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
        if self.chance.permille(weather.other_build) {
            self.change_build(device);
        }
        if self.chance.permille(weather.future_work) {
            self.keep_future_work(device);
        }
        if self.chance.permille(weather.evicted) {
            self.with_tabs_shut(device, |cluster| {
                cluster.tell(|| format!("device {device} is evicted"));
                let held = !cluster.devices[device].disk.commands().is_empty();
                cluster.devices[device].disk.evict();
                cluster.devices[device].kept.clear();
                cluster.devices[device].written.clear();
                cluster.note(Fault::Evicted, held);
            });
        }
        if self.chance.permille(weather.copied) && self.devices.len() < 10 {
            self.copy_disk(device);
        }
        Ok(())
    }

    fn copy_disk(&mut self, device: usize) {
        let original = &mut self.devices[device];
        original.copied = true;
        let (person, disk) = (original.person, original.disk.clone());
        let (kept, build) = (original.kept.clone(), original.build);
        let written = original.written.clone();
        let (set, goes) = (original.set, original.ahead.get());
        self.note(Fault::DiskCopied, !disk.commands().is_empty());
        let copy = self.add_device(person, disk);
        if self.clocks != Clocks::AsDrawn {
            // The copy knows how far the other clock was off, and nothing of its own until the
            // server answers: by its own clock it would be in another day.
            self.devices[copy].set = set;
            self.devices[copy].ahead.set(goes);
        }
        self.devices[copy].kept = kept;
        self.devices[copy].written = written;
        self.devices[copy].copied = true;
        self.devices[copy].build = build;
        self.look_again(copy);
        self.open_tab(copy);
    }

    /// A device gets another build: in a new tab beside those of the old one, or after all of them
    /// are shut.
    fn change_build(&mut self, device: usize) {
        let build = (self.devices[device].build + 1) % BUILDS;
        self.devices[device].build = build;
        let unsent = self.devices[device].disk.commands_in(&[Store::Outbox]);
        let pending = !unsent.is_empty();
        self.tell(|| format!("device {device} gets build {build}"));
        let fault = if build == 0 {
            Fault::Downgraded
        } else {
            Fault::Upgraded
        };
        self.note(fault, pending);
        if self.chance.permille(500) || self.open_tabs(device) >= 3 {
            self.with_tabs_shut(device, |_| {});
        } else {
            self.open_tab(device);
            self.note(Fault::MixedBuilds, pending);
        }
    }

    /// Deletes the caches of builds of which no tab is open, as every build does when it opens.
    pub(super) fn forget_old_caches(&mut self, device: usize) {
        for build in 0..BUILDS {
            let mut tabs = self.tabs.iter();
            let used = tabs.any(|tab| tab.alive && tab.device == device && tab.build == build);
            if !used {
                self.devices[device].disk.forget_cache(build);
                self.devices[device].watches[build] = Watch::default();
            }
        }
    }

    /// A tab of a newer build, which is shut again, has kept a command that no other can read.
    fn keep_future_work(&mut self, device: usize) {
        let Some((plan, _)) = self.chance.pick(&self.rumours).copied() else {
            return;
        };
        let cmd_id = CommandId::from_bits(self.chance.wide());
        let device = &mut self.devices[device];
        let mut kept = device.disk.read(Database::Outbox, device.build);
        let meta = kept.remove(&Store::Meta).unwrap_or_default();
        let tail = meta.iter().find(|(key, _)| key == "tail");
        let seq = tail.and_then(|(_, text)| {
            let tail: serde_json::Value = serde_json::from_str(text).ok()?;
            tail.get("seq")?.as_u64()
        });
        let seq = seq.unwrap_or(0) + 1;
        let made = serde_json::json!({"device_wall": 0, "est_server_time": 0, "tz": 480});
        let bytes = serde_json::json!({
            "kind": "weave", "kind_ver": 1, "args": {"plan": plan}, "made": made,
        });
        let row = Envelope {
            fmt: 1,
            cmd_id,
            actor: device.person,
            lanes: [Lane::Plan(plan)],
            prevs: [],
            gap: false,
            bytes: bytes.to_string(),
        };
        let tail = Tail { seq, cmd_id };
        let put = |store, key: String, value: String| Op::Put { store, key, value };
        let ops = vec![
            put(Store::Outbox, format!("{seq:020}"), text(&row)),
            put(Store::Meta, "tail".to_owned(), text(&tail)),
        ];
        let batch = Batch {
            database: Database::Outbox,
            guards: vec![],
            ops,
            durability: Durability::Strict,
        };
        device.disk.write(&Rc::new(batch), device.build);
        device.kept.push(cmd_id);
        device.written.push(cmd_id);
        self.tell(|| format!("a tab of a newer build keeps {cmd_id}"));
        self.kept_at.insert(cmd_id, self.now.get());
        self.note(Fault::FutureWork, true);
    }

    /// The refused commands with which a person has dealt, on whichever device.
    pub(super) fn settled_by(&self, person: PersonId) -> BTreeSet<CommandId> {
        let own = self.devices.iter().filter(|device| device.person == person);
        own.flat_map(|device| &device.disk.settled)
            .copied()
            .collect()
    }

    /// Checks that a device has lost nothing that it kept.
    pub(super) fn check_kept(&self, device: usize) -> Verdict {
        let device = &self.devices[device];
        let held = device.disk.commands();
        let settled = self.settled_by(device.person);
        let excused = |id: &CommandId| {
            let age = |at: &i64| self.now.get() - at > ARCHIVE_FOR;
            settled.contains(id) || self.kept_at.get(id).is_some_and(age)
        };
        nothing_lost::check(&device.kept, &held, excused, &self.log())
    }
}
