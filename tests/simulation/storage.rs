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

/// One database on a disk.
#[derive(Debug, Clone, Default)]
struct Kept {
    /// What a reader sees.
    current: Tables,
    /// What a power cut leaves.
    flushed: Tables,
    /// What lies between, in order.
    unflushed: Vec<Batch>,
}

impl Kept {
    fn write(&mut self, batch: &Batch) -> Written {
        let written = self.current.write(batch);
        if written == Written::Committed {
            self.unflushed.push(batch.clone());
            if batch.durability == Durability::Strict {
                self.flush();
            }
        }
        written
    }

    fn flush(&mut self) {
        for batch in std::mem::take(&mut self.unflushed) {
            self.flushed.write(&batch);
        }
    }

    /// Keeps some of the first unflushed writes and loses the rest; says how many are lost.
    fn lose_power(&mut self, chance: &mut Chance) -> usize {
        let kept = chance.below(self.unflushed.len() + 1);
        let lost = self.unflushed.len() - kept;
        self.unflushed.truncate(kept);
        self.flush();
        self.current = self.flushed.clone();
        lost
    }
}

/// A disk of one person on one device.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    outbox: Kept,
    cache: Kept,
    /// Refused commands with which the author has dealt.
    pub(crate) settled: BTreeSet<CommandId>,
    /// Batches that found a guard not to hold.
    pub(crate) guard_failures: u64,
}

impl Disk {
    const fn kept(&mut self, database: Database) -> &mut Kept {
        match database {
            Database::Outbox => &mut self.outbox,
            Database::Cache => &mut self.cache,
        }
    }

    /// Reads a database as a tab would.
    pub(crate) fn read(&self, database: Database) -> Contents {
        match database {
            Database::Outbox => self.outbox.current.read(database),
            Database::Cache => self.cache.current.read(database),
        }
    }

    /// Writes a batch as a tab would.
    pub(crate) fn write(&mut self, batch: &Batch) -> Written {
        let written = self.kept(batch.database).write(batch);
        match written {
            Written::Committed => self.note_settled(batch),
            Written::GuardFailed => self.guard_failures += 1,
        }
        written
    }

    /// A refusal is settled by the very transaction that keeps what takes its place.
    fn note_settled(&mut self, batch: &Batch) {
        let appends =
            |op: &Op| matches!(op, Op::Put { store: Store::Meta, key, .. } if key == "tail");
        if batch.ops.iter().any(appends) {
            let deleted = batch.ops.iter().filter_map(|op| match op {
                Op::Delete {
                    store: Store::Attention,
                    key,
                } => key.parse::<CommandId>().ok(),
                _ => None,
            });
            self.settled.extend(deleted);
        }
    }

    /// The operating system writes out what it holds back.
    pub(crate) fn flush(&mut self) {
        self.outbox.flush();
        self.cache.flush();
    }

    /// Cuts the power; says how many writes are lost.
    pub(crate) fn lose_power(&mut self, chance: &mut Chance) -> usize {
        self.outbox.lose_power(chance) + self.cache.lose_power(chance)
    }

    /// Drops the cache, as a new build with another schema does.
    pub(crate) fn forget_cache(&mut self) {
        self.cache = Kept::default();
    }

    /// Lists the commands that the outbox database holds anywhere.
    pub(crate) fn commands(&self) -> BTreeSet<CommandId> {
        let mut contents = self.read(Database::Outbox);
        let mut held = BTreeSet::new();
        for store in [Store::Outbox, Store::Archive, Store::Attention] {
            for (_, text) in contents.remove(&store).unwrap_or_default() {
                held.extend(command_of(&text));
            }
        }
        held
    }

    /// Lists the refused commands that wait for their author.
    pub(crate) fn attention(&self) -> BTreeSet<CommandId> {
        let mut contents = self.read(Database::Outbox);
        let attention = contents.remove(&Store::Attention).unwrap_or_default();
        attention
            .iter()
            .filter_map(|(key, _)| key.parse().ok())
            .collect()
    }
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
            .ask(self.tab, Request::Write(Box::new(batch), slot.share()));
        slot.await
    }
}
