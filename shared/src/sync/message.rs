//! The messages of the protocol, version 1.
//!
//! A command without a result is simply unknown and is sent again; an answer that is not a 200
//! says nothing about any command.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::id::{CommandId, DeviceId, Epoch, PersonId, PlanId};
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::refusal::Refusal;
use crate::row::RowKey;

/// Version of the messages below. 1: the first.
pub const PROTOCOL_VERSION: u32 = 1;
/// The most commands in one push.
pub const MOST_COMMANDS: usize = 100;
/// The most bytes of commands in one push.
pub const MOST_PUSH_BYTES: usize = 256 * 1024;
/// The most predecessors of one command.
pub const MOST_PREVS: usize = 400;
/// The most lanes of one command.
pub const MOST_LANES: usize = 50;
/// The most bytes of rows in one answer to a pull; what is more comes with the next.
pub const MOST_PAGE_BYTES: usize = 1024 * 1024;
/// The form of rows that this build writes and reads. 1: the first release. 2: the month's rows.
pub const ROW_FORM: u32 = 2;

/// A device hands in commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    /// [`PROTOCOL_VERSION`] of the sender.
    pub proto: u32,
    /// Build of the app; any build may hand in work.
    pub app_build: String,
    /// The server's life that the device knows.
    pub server_epoch: Option<Epoch>,
    /// The device, for display and logs.
    pub device: DeviceId,
    /// What the device has not handed in yet, these commands included; builds of the first release
    /// say nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent: Option<Unsent>,
    /// Commands in the order in which they were made.
    pub commands: Vec<PushedCommand>,
}

/// What a device holds that the server has not confirmed, so that its loss would be noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unsent {
    /// How many commands.
    pub count: u32,
    /// The newest of them; `None` when there are none.
    pub newest: Option<CommandId>,
    /// Place of the newest among the commands of the device.
    pub newest_place: u64,
    /// Place of the oldest.
    pub oldest_place: u64,
    /// When the newest was made, as the device estimates the server's time.
    pub newest_at: UtcMillis,
}

/// One handed-in command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushedCommand {
    /// The only key of idempotency.
    pub cmd_id: CommandId,
    /// Who made it; executed only under this person's own sign-in.
    pub actor: PersonId,
    /// This device's last unconfirmed commands in the lanes that it touches.
    pub prevs: Vec<CommandId>,
    /// Set when a predecessor is known to neither side any more.
    #[serde(default)]
    pub gap: bool,
    /// The command as it was kept; a text, so that an unreadable one harms no other.
    pub bytes: String,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Outcome {
    /// Executed; its effect stands in these partitions from these versions on.
    Applied {
        /// Partitions and versions; only those that its author may see.
        touched: Vec<(PartitionId, u64)>,
    },
    /// Refused.
    Rejected {
        /// Why.
        refusal: Refusal,
    },
    /// Not executed, because it was made on top of a command that was not applied.
    Skipped {
        /// That command.
        because: CommandId,
    },
    /// Kept on the server unexecuted, for an administrator: the server could not read or decide it.
    Quarantined {
        /// What the server says of it.
        refusal: Refusal,
    },
    /// A predecessor is unknown to the server; not recorded.
    Need {
        /// That predecessor.
        cmd: CommandId,
    },
    /// The server could not work now; not recorded.
    Retry {
        /// Wait at least so many milliseconds.
        after: u64,
    },
    /// The id stands for another content already; not recorded under this content.
    IdReuse,
    /// The command's actor is not the person who is signed in; not recorded.
    WrongPerson,
}

crate::tagged::tagged!(Outcome, "outcome");

impl Outcome {
    /// Says whether the server has recorded it for ever.
    pub const fn is_recorded(&self) -> bool {
        matches!(
            self,
            Self::Applied { .. }
                | Self::Rejected { .. }
                | Self::Skipped { .. }
                | Self::Quarantined { .. }
        )
    }

    /// The word of the outcome.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Applied { .. } => "applied",
            Self::Rejected { .. } => "rejected",
            Self::Skipped { .. } => "skipped",
            Self::Quarantined { .. } => "quarantined",
            Self::Need { .. } => "need",
            Self::Retry { .. } => "retry",
            Self::IdReuse => "id_reuse",
            Self::WrongPerson => "wrong_person",
        }
    }

    /// Says whether the command took effect.
    pub const fn is_applied(&self) -> bool {
        matches!(self, Self::Applied { .. })
    }
}

/// The answer to a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushResponse {
    /// The server's life.
    pub server_epoch: Epoch,
    /// The server's clock.
    pub server_time: UtcMillis,
    /// One result per command that the server came to.
    pub results: Vec<PushResult>,
}

/// What became of one command of a push. Its JSON is the outcome's, with the id beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushResult {
    /// Which.
    pub cmd_id: CommandId,
    /// What.
    pub outcome: Outcome,
}

#[derive(Serialize, Deserialize)]
struct Identified {
    cmd_id: CommandId,
}

impl Serialize for PushResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |done: Result<String, serde_json::Error>| done.map_err(S::Error::custom);
        let identified = text(serde_json::to_string(&Identified {
            cmd_id: self.cmd_id,
        }))?;
        let outcome = text(serde_json::to_string(&self.outcome))?;
        // Two objects beside each other become one where the first one's end meets the other.
        let joined = format!("{},{}", &identified[..identified.len() - 1], &outcome[1..]);
        let raw = RawValue::from_string(joined).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PushResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let Identified { cmd_id } = serde_json::from_str(raw.get()).map_err(D::Error::custom)?;
        let outcome = serde_json::from_str(raw.get()).map_err(D::Error::custom)?;
        Ok(Self { cmd_id, outcome })
    }
}

/// A device asks for what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// [`PROTOCOL_VERSION`] of the sender.
    pub proto: u32,
    /// Build of the app.
    pub app_build: String,
    /// The server's life that the device's rows are of.
    pub server_epoch: Option<Epoch>,
    /// The device.
    pub device: DeviceId,
    /// The [`ROW_FORM`] that the device reads.
    #[serde(default = "first_form")]
    pub rows: u32,
    /// What the device has not handed in yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent: Option<Unsent>,
    /// Version of the grant list that the device has; 0 for none.
    pub grants_ver: u64,
    /// Cursors of the partitions that the device holds.
    pub have: Vec<(PartitionId, u64)>,
    /// Checksums at these cursors, in the same order: a server that has gone back may stand at the
    /// same version with other rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<u64>,
    /// Partitions whose checksum did not match and that shall be sent whole.
    #[serde(default)]
    pub reset: Vec<PartitionId>,
    /// What the last page said of partitions that it cut: while it still holds, the server goes on
    /// from there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<(PartitionId, u64)>,
    /// By what the device knows the page that answers; builds that do not say it get everything at
    /// once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
const fn is_false(told: &bool) -> bool {
    !*told
}

/// What a build of the first release reads: it does not say so.
const fn first_form() -> u32 {
    1
}

/// The answer to a pull: one snapshot, or a page of what leads to one.
///
/// A page with `more` behind it is not shown by itself: a command may have touched a partition that
/// is in it and one that is not. The next page is asked for with the cursors after this one, and
/// the last one makes all of them together a snapshot.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PullResponse {
    /// For whom it is: the person who was signed in. A device of somebody else throws it away.
    pub person: PersonId,
    /// The server's life.
    pub server_epoch: Epoch,
    /// The server's clock.
    pub server_time: UtcMillis,
    /// Version of the grant list; goes up with each change of the person's rights.
    pub grants_ver: u64,
    /// All partitions the person may hold; left out when the device has this version.
    pub granted: Option<Vec<PartitionId>>,
    /// What changed, by partition; partitions without change are left out.
    pub parts: Vec<Part>,
    /// Whether another page follows.
    #[serde(default, skip_serializing_if = "is_false")]
    pub more: bool,
    /// What the request said: an old answer never passes for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
}

/// What changed in one partition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Part {
    /// The partition.
    pub id: PartitionId,
    /// The cursor with which the device asked, 0 for none; of a device that has moved on since, or
    /// asked anew, it is not the cursor, and the part does not fit.
    pub base: u64,
    /// The cursor after them.
    pub to: u64,
    /// Whether `rows` is everything and replaces what the device has.
    pub reset: bool,
    /// Rows put since `base`.
    pub rows: Vec<PulledRow>,
    /// Rows gone since `base`.
    pub gone: Vec<GoneRow>,
    /// Checksum of the partition where it stands: at `to`, unless it is cut there.
    pub checksum: u64,
    /// Whether the page ends at `to` and the partition goes on; then the version up to which the
    /// server had forgotten removals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<u64>,
}

/// A row as it stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PulledRow {
    /// Version in the partition.
    pub ver: u64,
    /// The row, in the server's own bytes, over which the checksum goes.
    pub row: Box<RawValue>,
}

impl AsRef<str> for PulledRow {
    fn as_ref(&self) -> &str {
        self.row.get()
    }
}

/// A row that is gone from a partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneRow {
    /// Which.
    pub key: RowKey,
    /// The document it belonged to.
    pub document: Option<PlanId>,
}
