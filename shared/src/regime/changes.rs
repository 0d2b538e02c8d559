//! Changes of an approved plan: which kinds there are, and until when.

use serde::{Deserialize, Serialize};

use super::who::Who;

/// How an approved plan may be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// The kinds that there are; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ChangeKind>,
    /// When a change is free.
    pub window: Window,
    /// What happens between the window's end and the due day.
    pub inside: Inside,
    /// What happens after the due day.
    pub after_due: AfterDue,
    /// Whether weights follow without the other side's agreement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_sided: bool,
}

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A later due day.
    Extend,
    /// Another content.
    Change,
    /// The item falls away.
    Cancel,
    /// An item comes in.
    Add,
}

/// When a change is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Window {
    /// Until so many days before the due day.
    Until {
        /// Days.
        days: u32,
    },
    /// Only in the last so many days before the due day.
    OnlyWithin {
        /// Days.
        days: u32,
    },
    /// Until the due day.
    Always,
}

/// What happens with a change between the window's end and the due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inside {
    /// It is accepted, flagged, and needs evidence.
    Flagged,
    /// It is refused.
    Refused,
}

/// What happens with a change after the due day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AfterDue {
    /// It is refused.
    Refused,
    /// It may be agreed to for force majeure.
    ForceMajeure {
        /// Who may.
        by: Who,
    },
}
