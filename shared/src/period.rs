//! Periods 考核周期: a span of days in which plans are made and judged under one regime version.

use serde::{Deserialize, Serialize};

use crate::id::{PeriodId, RegimeId};
use crate::moment::Day;

/// How long a period is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// One day.
    Day,
    /// One week.
    Week,
    /// One calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
    /// Any other span.
    Custom,
}

/// An opened period; it keeps the regime version that it was opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its identity.
    pub id: PeriodId,
    /// Its kind.
    pub kind: PeriodKind,
    /// First day.
    pub from: Day,
    /// Last day, inclusive.
    pub to: Day,
    /// The regime version that judges it.
    pub regime: RegimeId,
}
