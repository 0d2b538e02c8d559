//! A device's disk: two databases that lose their unflushed writes with the power, and the
//! storage through which a tab sees them, one operation at a time.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use shared::id::CommandId;
use shared::sync::client::memory::Tables;
use shared::sync::client::storage::{
    Batch, Contents, Database, Durability, Op, Storage, StorageError, Store, Written,
};

use crate::chance::Chance;
use crate::executor::Slot;
use crate::network::{Request, Wire};

/// How many builds of the app run side by side, each with a cache of its own schema.
pub(crate) const BUILDS: usize = 2;

/// One database on a disk.
#[derive(Debug, Clone, Default)]
struct Kept {
    /// What a reader sees.
    current: Tables,
    /// What stood before the journal.
    base: Tables,
    /// What was written since, in order.
    journal: Vec<Rc<Batch>>,
    /// How much of the journal a power cut leaves.
    flushed: usize,
}

impl Kept {
    fn write(&mut self, batch: &Rc<Batch>) -> Written {
        let written = self.current.write(batch);
        if written == Written::Committed {
            self.journal.push(Rc::clone(batch));
            if batch.durability == Durability::Strict {
                self.flush();
            }
        }
        written
    }

    const fn flush(&mut self) {
        self.flushed = self.journal.len();
    }

    /// Keeps some of the first unflushed writes and loses the rest; says how many are lost.
    fn lose_power(&mut self, chance: &mut Chance) -> usize {
        let kept = chance.below(self.journal.len() - self.flushed + 1);
        let lost = self.journal.len() - self.flushed - kept;
        for batch in self.journal.drain(..).take(self.flushed + kept) {
            self.base.write(&batch);
        }
        self.flushed = 0;
        self.current = self.base.clone();
        lost
    }
}

/// A disk of one person on one device.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    outbox: Kept,
    caches: [Kept; BUILDS],
    /// Refused commands with which the author has dealt.
    pub(crate) settled: BTreeSet<CommandId>,
    /// Batches that found a guard not to hold.
    pub(crate) guard_failures: u64,
    /// Commands that left the archive because they had been there long enough.
    pub(crate) expired: BTreeSet<CommandId>,
}

impl Disk {
    /// Reads a database as a tab of a build would.
    pub(crate) fn read(&self, database: Database, build: usize) -> Contents {
        match database {
            Database::Outbox => self.outbox.current.read(database),
            Database::Cache => self.caches[build].current.read(database),
        }
    }

    /// Writes a batch as a tab of a build would.
    pub(crate) fn write(&mut self, batch: &Rc<Batch>, build: usize) -> Written {
        let dropped = self.dropped(batch);
        let written = match batch.database {
            Database::Outbox => self.outbox.write(batch),
            Database::Cache => self.caches[build].write(batch),
        };
        match written {
            Written::Committed => {
                self.note_settled(batch);
                self.expired.extend(dropped);
            }
            Written::GuardFailed => self.guard_failures += 1,
        }
        written
    }

    /// Notes the refusals that are settled, by the very transaction that keeps what takes their
    /// place.
    fn note_settled(&mut self, batch: &Batch) {
        if appended(batch).is_none() {
            return;
        }
        for op in &batch.ops {
            if let Op::Delete {
                store: Store::Attention,
                key,
            } = op
            {
                self.settled.extend(key.parse::<CommandId>().ok());
            }
        }
    }

    /// The archived commands that a batch drops and puts nowhere else.
    fn dropped(&self, batch: &Batch) -> Vec<CommandId> {
        let kept_on = |wanted: &str| {
            let mut ops = batch.ops.iter();
            ops.any(|op| matches!(op, Op::Put { store: Store::Outbox, key, .. } if key == wanted))
        };
        let gone = batch.ops.iter().filter_map(|op| match op {
            Op::Delete {
                store: Store::Archive,
                key,
            } => Some(key).filter(|key| !kept_on(key)),
            _ => None,
        });
        let gone: BTreeSet<&String> = gone.collect();
        if gone.is_empty() {
            return Vec::new();
        }
        let mut contents = self.read(Database::Outbox, 0);
        let archive = contents.remove(&Store::Archive).unwrap_or_default();
        let dropped = archive.iter().filter(|(key, _)| gone.contains(key));
        dropped.filter_map(|(_, text)| command_of(text)).collect()
    }

    /// Throws everything away; what the author had dealt with is dealt with all the same.
    pub(crate) fn evict(&mut self) {
        let settled = std::mem::take(&mut self.settled);
        *self = Self {
            settled,
            ..Self::default()
        };
    }

    /// The operating system writes out what it holds back.
    pub(crate) fn flush(&mut self) {
        self.outbox.flush();
        self.caches.iter_mut().for_each(Kept::flush);
    }

    /// Cuts the power; says how many writes are lost.
    pub(crate) fn lose_power(&mut self, chance: &mut Chance) -> usize {
        let caches = self.caches.iter_mut();
        let lost: usize = caches.map(|cache| cache.lose_power(chance)).sum();
        self.outbox.lose_power(chance) + lost
    }

    /// Drops the cache of a build, as another build does when no tab of the old one is left.
    pub(crate) fn forget_cache(&mut self, build: usize) {
        self.caches[build] = Kept::default();
    }

    /// Lists the commands that the outbox database holds anywhere.
    pub(crate) fn commands(&self) -> BTreeSet<CommandId> {
        self.commands_in(&[Store::Outbox, Store::Archive, Store::Attention])
    }

    /// Lists the commands that some stores hold.
    pub(crate) fn commands_in(&self, stores: &[Store]) -> BTreeSet<CommandId> {
        let mut contents = self.read(Database::Outbox, 0);
        let mut held = BTreeSet::new();
        for store in stores {
            for (_, text) in contents.remove(store).unwrap_or_default() {
                held.extend(command_of(&text));
            }
        }
        held
    }
}

/// The command that a batch appends to the outbox, if it does.
pub(crate) fn appended(batch: &Batch) -> Option<CommandId> {
    batch.ops.iter().find_map(|op| match op {
        Op::Put {
            store: Store::Meta,
            key,
            value,
        } if key == "tail" => command_of(value),
        _ => None,
    })
}

/// Finds the command of a kept row, wherever the row stands in the text.
fn command_of(text: &str) -> Option<CommandId> {
    let (_, rest) = text.split_once("\"cmd_id\":\"")?;
    rest.get(..32)?.parse().ok()
}

/// A tab's storage: every read and write waits for the simulator.
#[derive(Debug)]
pub(crate) struct TabStorage {
    pub(crate) tab: usize,
    pub(crate) wire: Rc<RefCell<Wire>>,
}

impl Storage for TabStorage {
    async fn read(&self, database: Database) -> Result<Contents, StorageError> {
        let slot = Slot::new();
        self.wire
            .borrow_mut()
            .ask(self.tab, Request::Read(database, slot.share()));
        slot.await
    }

    async fn write(&self, batch: Batch) -> Result<Written, StorageError> {
        let slot = Slot::new();
        self.wire
            .borrow_mut()
            .ask(self.tab, Request::Write(Rc::new(batch), slot.share()));
        slot.await
    }
}
