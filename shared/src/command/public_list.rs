//! Arguments of the commands about public lists.

use serde::{Deserialize, Serialize};

use crate::id::{ListId, PeriodId, PersonId, PlanId, UnitId};

/// Hangs out a list of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HangList {
    /// Its id.
    pub list: ListId,
    /// The period.
    pub period: PeriodId,
    /// The units that it is about; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// Digest of what it says, as the signer saw it.
    pub seen: String,
}

/// Objects to a name on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectToList {
    /// The list.
    pub list: ListId,
    /// The plan of the person who is named, as the list says it.
    pub plan: PlanId,
    /// Why; never empty.
    pub reason: String,
}

/// Decides about an objection to a name on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideListObjection {
    /// The plan of the person who is named.
    pub plan: PlanId,
    /// The list.
    pub list: ListId,
    /// Who objected.
    pub by: PersonId,
    /// Whether the result is judged again.
    pub upheld: bool,
    /// Why; never empty.
    pub reason: String,
}
