//! The server's storage contract.
//!
//! Deciding happens outside of any transaction, between [`Store::load`] and [`Store::commit`].
//! The commit is conditional: it takes effect only while every partition that was read or is
//! touched still has the version that was loaded, and no command of the batch was logged
//! meanwhile. So several server processes may share a database without long locks: the loser
//! loads and decides again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::id::{CommandId, DeviceId, Epoch, PersonId, PlanId};
use crate::lane::Lane;
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::row::RowKey;
use crate::sync::message::Outcome;
use crate::sync::server::device::DeviceRow;
#[cfg(doc)]
use crate::sync::server::page::Page;

/// What a store answers, later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Why a store could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// Busy, full or unreachable; trying again may help.
    Unavailable(String),
    /// What it holds cannot be read; trying again will not help.
    Corrupt(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) => write!(f, "the store is unavailable: {why}"),
            Self::Corrupt(why) => write!(f, "the store holds what cannot be read: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// What a batch needs to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// Log entries of these commands, where they exist.
    pub commands: BTreeSet<CommandId>,
    /// All copies of all rows of these documents.
    pub documents: BTreeSet<PlanId>,
    /// These rows of these partitions, where they stand.
    pub rows: BTreeSet<(PartitionId, RowKey)>,
    /// Rows of kind `plan` in these partitions, which tell whether a plan exists there.
    pub plans_in: BTreeSet<PartitionId>,
    /// Where these partitions stand, beside those that hold a loaded row.
    pub heads: BTreeSet<PartitionId>,
    /// Rows of the organisation with a higher version than this.
    pub organisation_after: u64,
}

/// What a store holds of the needs, in one snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// Log entries.
    pub log: BTreeMap<CommandId, Logged>,
    /// Rows, each with all partitions in which it stands.
    pub rows: Vec<LoadedRow>,
    /// Where every partition stands that holds one of `rows` or was asked for in `plans_in` or
    /// `heads`; the organisation too.
    pub heads: BTreeMap<PartitionId, Head>,
    /// Rows of the organisation above the version asked for.
    pub organisation: Vec<(u64, Arc<str>)>,
    /// Version of the organisation in this snapshot.
    pub organisation_ver: u64,
}

/// The arrival of a command, noted before anything is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The command.
    pub cmd_id: CommandId,
    /// SHA-256 of its bytes: another content under the same id has not arrived yet.
    pub payload_hash: String,
    /// Who is signed in and made it.
    pub actor: PersonId,
    /// When its first byte came.
    pub received: UtcMillis,
}

/// What the log says of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// SHA-256 of the command's bytes, 64 hexadecimal digits.
    pub payload_hash: String,
    /// Who made it.
    pub actor: PersonId,
    /// What became of it.
    pub outcome: Outcome,
}

/// A row and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedRow {
    /// Its key.
    pub key: RowKey,
    /// Its text.
    pub text: Arc<str>,
    /// The partitions in which it stands, with its version there.
    pub copies: Vec<(PartitionId, u64)>,
}

/// Where a partition stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Version of the last applied command.
    pub head: u64,
    /// Sum of the hashes of its rows.
    pub checksum: u64,
    /// Hash chain over all that was ever applied, 64 hexadecimal digits; empty at version 0.
    pub chain: String,
}

/// Everything that a batch writes, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commit {
    /// Partitions that were read or are touched, with the version that must still hold.
    pub expected: BTreeMap<PartitionId, u64>,
    /// New heads of the touched partitions.
    pub heads: BTreeMap<PartitionId, Head>,
    /// Rows to put or to mark as gone.
    pub rows: Vec<RowWrite>,
    /// Log entries to append; none of these turns may be in the log.
    pub log: Vec<LogWrite>,
    /// When it is written: removals are remembered from then on, see [`Store::prune`].
    pub recorded: UtcMillis,
}

/// A row to write into one partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWrite {
    /// The partition.
    pub partition: PartitionId,
    /// The row.
    pub key: RowKey,
    /// The document that it belongs to.
    pub document: Option<PlanId>,
    /// Whether this is the row's home.
    pub home: bool,
    /// Version in the partition.
    pub ver: u64,
    /// The row's text; `None` when it is gone from this partition.
    pub text: Option<Arc<str>>,
}

/// A log entry to append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogWrite {
    /// The command.
    pub cmd_id: CommandId,
    /// 0 for its own turn; 1 when it was released from quarantine. The last turn's outcome counts.
    pub turn: u32,
    /// SHA-256 of its bytes.
    pub payload_hash: String,
    /// Its bytes.
    pub bytes: String,
    /// Who made it.
    pub actor: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// Its lanes; empty when it could not be read.
    pub lanes: Vec<Lane>,
    /// Its predecessors.
    pub prevs: Vec<CommandId>,
    /// What became of it.
    pub outcome: Outcome,
    /// Partitions that deciding only read, with their versions.
    pub reads: Vec<(PartitionId, u64)>,
    /// The partitions in which it took effect, with the versions that they got by it.
    pub touched: Vec<(PartitionId, u64)>,
    /// The changes that it made, as JSON.
    pub changes: String,
    /// For each of `changes`, the places in `touched` of the partitions where its row stands after
    /// it; empty for one that takes a row away. A replay places rows by this, whatever the rule is
    /// by then.
    pub places: Vec<Vec<u32>>,
    /// The [`crate::world::ENGINE`] that decided it; 0 where the log did not say so yet.
    pub engine: u32,
    /// When the device says it was made.
    pub claimed_at: UtcMillis,
    /// When the server received it.
    pub received_at: UtcMillis,
    /// When the server executed it.
    pub recorded_at: UtcMillis,
}

/// How a commit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    /// All of it is durable.
    Done,
    /// Something it stands on changed; nothing was written.
    Conflict,
}

/// A partition for which changes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub partition: PartitionId,
    /// Changes after this version; `None` for everything that stands.
    pub after: Option<u64>,
    /// The checksum that must stand at that version, if it is the last one; where it does not,
    /// everything is sent.
    pub sum: Option<u64>,
    /// The [`Changed::floor`] of a page that was cut: while it is still the floor, one may go on
    /// from a version below it.
    pub floor: Option<u64>,
}

impl Wanted {
    /// The version to count from, in a partition that stands so; `None` where everything is to be
    /// given.
    pub fn since(&self, head: &Head, floor: u64) -> Option<u64> {
        let lowest = if self.floor == Some(floor) { 0 } else { floor };
        let counted = |after: &u64| (lowest..=head.head).contains(after);
        let other =
            |after: &u64| *after == head.head && self.sum.is_some_and(|s| s != head.checksum);
        self.after.filter(counted).filter(|after| !other(after))
    }
}

/// What changed in a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub partition: PartitionId,
    /// Where it stands.
    pub head: Head,
    /// Rows that stand, with their versions.
    pub rows: Vec<(u64, Arc<str>)>,
    /// Rows that are gone.
    pub gone: Vec<(RowKey, Option<PlanId>)>,
    /// Whether `rows` is everything: no version was given, or one that cannot be counted from.
    pub whole: bool,
    /// The version up to which this goes, where the page was full before the end.
    pub cut: Option<u64>,
    /// The version up to which removals are forgotten.
    pub floor: u64,
}

/// Changes of several partitions, in one snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Version of the organisation in this snapshot.
    pub organisation_ver: u64,
    /// The partitions that have changes, in order.
    pub changed: Vec<Changed>,
    /// Whether the page was full before the end: more changes stand in the last partition, or in
    /// later ones, which are left out.
    pub more: bool,
}

/// The grant list that a person was last sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    /// Its version, from 1.
    pub ver: u64,
    /// Digest of the list.
    pub digest: String,
}

/// What keeps the server's rows.
pub trait Store: Send + Sync {
    /// The life of this database: new at creation and at every restore.
    fn epoch(&self) -> Answer<'_, Epoch>;

    /// Reads what a batch needs, in one snapshot.
    fn load<'a>(&'a self, needs: &'a Needs) -> Answer<'a, Loaded>;

    /// Reads where partitions stand; one that does not exist yet stands at version 0.
    fn heads<'a>(
        &'a self,
        partitions: &'a BTreeSet<PartitionId>,
    ) -> Answer<'a, BTreeMap<PartitionId, Head>>;

    /// Notes arrivals and tells when each command first arrived; one that the log holds already is
    /// neither noted nor told of.
    ///
    /// What is noted outlives the process at once, and the machine when it is `flushed`, or with
    /// the next commit.
    fn receive<'a>(
        &'a self,
        receipts: &'a [Receipt],
        flushed: bool,
    ) -> Answer<'a, BTreeMap<CommandId, UtcMillis>>;

    /// Writes a batch durably, whole or not at all; receipts of logged commands are dropped.
    fn commit<'a>(&'a self, commit: &'a Commit) -> Answer<'a, Committed>;

    /// Forgets removals that were written before a time, and says how many.
    ///
    /// Whoever counts changes from a version before a forgotten removal gets everything.
    fn prune(&self, before: UtcMillis) -> Answer<'_, u64>;

    /// Reads the last turn of a command in the log.
    fn entry(&self, command: CommandId) -> Answer<'_, Option<LogWrite>>;

    /// Reads what a person's device announced.
    fn device(&self, device: DeviceId, person: PersonId) -> Answer<'_, Option<DeviceRow>>;

    /// Writes what a device announced.
    fn put_device<'a>(&'a self, row: &'a DeviceRow) -> Answer<'a, ()>;

    /// Lists the devices with announced work or a loss; others may be left out.
    fn devices(&self) -> Answer<'_, Vec<DeviceRow>>;

    /// Lists all partitions that exist.
    fn partitions(&self) -> Answer<'_, Vec<PartitionId>>;

    /// Reads changes, in one snapshot; unchanged partitions are left out.
    ///
    /// The page ends when it holds `most` bytes of rows, see [`Page`]; `usize::MAX` gives everything.
    fn changes<'a>(&'a self, wanted: &'a [Wanted], most: usize) -> Answer<'a, Snapshot>;

    /// Reads the grant list state of a person.
    fn grants(&self, person: PersonId) -> Answer<'_, Option<Grants>>;

    /// Replaces the grant list state of a person if it is still at `expected` (0: none yet).
    fn set_grants<'a>(
        &'a self,
        person: PersonId,
        expected: u64,
        grants: &'a Grants,
    ) -> Answer<'a, bool>;
}
