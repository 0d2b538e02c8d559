//! Cycles: one kind of period each, with its weights, deadlines and total.

use serde::{Deserialize, Serialize};

use crate::period::PeriodKind;

use super::deadlines::{Deadline, PlanStep};
use super::total::Total;
use super::weights::WeightRules;

/// The rules of one kind of period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// The kind.
    pub kind: PeriodKind,
    /// Items may be drawn from the period of this kind that covers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<PeriodKind>,
    /// Its items must be split into items of periods of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub splits_into: Option<PeriodKind>,
    /// The days whose work is assessed, where they are not the period's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<AssessedRange>,
    /// How items are weighed.
    pub weights: WeightRules,
    /// Deadlines of its steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Acts that are done when a deadline passes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timers: Vec<Timer>,
    /// How its total comes about; none where it is tracked and never judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Total>,
    /// Whether its total is not looked up in the bands.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ungraded: bool,
}

/// The days whose work is assessed: from a day of the month before to a day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessedRange {
    /// Day of the month before the period, 1 to 31; clamped.
    pub from_day: u32,
    /// Day of the period's last month, 1 to 31; clamped. What is due later is scored next time.
    pub to_day: u32,
}

/// An act that is done when a deadline passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timer {
    /// The act.
    pub act: PeriodAct,
    /// The step whose deadline it is.
    pub step: PlanStep,
}

/// An act on a whole period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodAct {
    /// Nothing more is handed in.
    SubmissionClosed,
    /// Nothing more is judged.
    JudgingClosed,
    /// What the cohort decides is settled.
    Settled,
    /// Results are published.
    Published,
    /// Results are sealed.
    Sealed,
    /// A correction round is open.
    Corrected,
}
