//! Arguments of the commands about evidence.

use serde::{Deserialize, Serialize};

use super::Command;
use crate::evidence::{ContentHash, MediaType};
use crate::id::{EvidenceId, ItemId, PlanId, ReportId};

/// Attaches evidence to an item; its bytes are handed in apart from this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachEvidence {
    /// The evidence's id.
    pub evidence: EvidenceId,
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The report that it goes with; it may be made after this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportId>,
    /// The name of the file.
    pub name: String,
    /// What kind of file.
    pub media: MediaType,
    /// How long it is, in bytes.
    pub bytes: u32,
    /// Digest of its bytes.
    pub hash: ContentHash,
}

impl Command {
    /// The digest of the file that it attaches, where it attaches one.
    pub const fn attaches(&self) -> Option<ContentHash> {
        match self {
            Self::AttachEvidence(args) => Some(args.hash),
            Self::AttachToEntry(args) => Some(args.hash),
            _ => None,
        }
    }
}

/// Withdraws one's own evidence, or takes the withdrawal back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawEvidence {
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The evidence.
    pub evidence: EvidenceId,
    /// Whether it is withdrawn; `false` shows it again.
    pub withdrawn: bool,
}
