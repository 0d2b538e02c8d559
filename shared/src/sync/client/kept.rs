//! What the device keeps, as texts: the frozen forms of the outbox database, and the cache's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::id::{CommandId, Epoch, PersonId};
use crate::lane::Lane;
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::sync::client::storage::{Contents, Guard, Op, StorageError, Store};
use crate::sync::message::Outcome;

/// Key of the outbox's tail in the store `meta`.
pub(super) const TAIL: &str = "tail";
/// Key of the device's id in the store `meta`.
pub(super) const DEVICE: &str = "device";
/// The one key of the store `state`.
pub(super) const STATE: &str = "state";

/// A command as the outbox keeps it. This form is frozen: every build reads and writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Version of this form; 1.
    pub fmt: u32,
    /// The command.
    pub cmd_id: CommandId,
    /// Who made it.
    pub actor: PersonId,
    /// Its lanes.
    pub lanes: Vec<Lane>,
    /// Its predecessors.
    pub prevs: Vec<CommandId>,
    /// Set when a predecessor is lost everywhere.
    #[serde(default)]
    pub gap: bool,
    /// The command's own bytes.
    pub bytes: String,
}

/// What the server answered to a command that it applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// The server's life in which it answered; in another life the answer counts for nothing.
    pub epoch: Epoch,
    /// The answer.
    pub outcome: Outcome,
    /// The turn of [`State`] in which it was asked; in another turn it counts for nothing too.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub turn: i64,
}

/// A settled command in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Archived {
    pub(super) row: OutboxRow,
    pub(super) epoch: Epoch,
    pub(super) at: UtcMillis,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) turn: i64,
}

/// A command that was not applied, kept until its author deals with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Its place among this device's commands.
    pub seq: u64,
    /// The command.
    pub row: OutboxRow,
    /// Why it was not applied.
    pub outcome: Outcome,
    /// When the device learned of it.
    pub at: UtcMillis,
    /// The server's life, the turn, and the version of the person's own partition, in which it was
    /// seen among the unapplied commands. Where it is gone from them in a later version, another
    /// device or an administrator has closed it; the cache may fall back to an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<(Epoch, i64, u64)>,
}

/// Where the outbox ends; every append guards on it, so that tabs see each other's commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tail {
    pub(super) seq: u64,
    pub(super) cmd_id: CommandId,
}

/// What the cache knows beside rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) epoch: Epoch,
    pub(super) grants_ver: u64,
    pub(super) granted: Vec<PartitionId>,
    /// Goes up with each applied pull; a tab whose memory is of another generation reloads.
    pub(super) generation: u64,
    /// The server's clock at that pull.
    pub(super) server_time: UtcMillis,
    /// How far the server's clock was ahead of the device's, in milliseconds.
    #[serde(default)]
    pub(super) clock_offset: i64,
    /// The server's time at the last pull that replaced a partition which was held: within one
    /// epoch, what was acknowledged before may be lost, and is handed in again. 0: never.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) turn: i64,
}

/// Where a held partition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    pub(super) ver: u64,
    pub(super) checksum: u64,
}

/// A confirmed row with its version; the row's text is kept as the server sent it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct CachedRow<'a> {
    pub(super) ver: u64,
    pub(super) hash: u64,
    #[serde(borrow)]
    pub(super) row: &'a RawValue,
}

fn is_zero<T: Default + PartialEq>(number: &T) -> bool {
    *number == T::default()
}

/// The key of a command's place: zero-padded, so that keys sort as numbers.
pub(super) fn seq_key(seq: u64) -> String {
    format!("{seq:020}")
}

/// Writes a kept value.
pub(super) fn text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("a kept value serialises")
}

/// Reads a kept value.
pub(super) fn value<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|error| StorageError::Corrupt(error.to_string()))
}

/// Takes the pairs of one store out of what was read.
pub(super) fn take(contents: &mut Contents, store: Store) -> BTreeMap<String, String> {
    contents
        .remove(&store)
        .unwrap_or_default()
        .into_iter()
        .collect()
}

/// Makes an operation that puts a kept value.
pub(super) fn put<T: Serialize>(store: Store, key: impl Into<String>, value: &T) -> Op {
    Op::Put {
        store,
        key: key.into(),
        value: text(value),
    }
}

/// Makes an operation that deletes a key.
pub(super) fn delete(store: Store, key: impl Into<String>) -> Op {
    Op::Delete {
        store,
        key: key.into(),
    }
}

/// Makes a guard on a kept value.
pub(super) fn guard<T: Serialize>(store: Store, key: &str, expected: Option<&T>) -> Guard {
    Guard {
        store,
        key: key.to_owned(),
        expected: expected.map(text),
    }
}
