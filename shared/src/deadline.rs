//! Deadlines: when a step is due, and how an act stands to it.
//!
//! The label is a pure function of stored times, the deadline and the regime; a device's clock
//! never decides more than that a late act claims to have been made in time.

use serde::{Deserialize, Serialize};

use crate::id::{CalendarId, ItemId, NoticeId, PersonId, ReportId};
use crate::moment::{Day, Times, UtcMillis};

/// A step that has a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineStep {
    /// Handing the plan in.
    Submission,
    /// Self scores.
    SelfScore,
    /// Superior's scores.
    SuperiorScore,
    /// Handing the result on to be filed and paid.
    Filing,
}

/// The month to which a deadline's day belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineMonth {
    /// The month before the period's first day.
    Before,
    /// The month of the period's last day.
    Within,
    /// The month after the period's last day.
    After,
}

/// What happens to a deadline that falls on a day off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// It moves to the working day before 提前.
    Back,
    /// It moves to the next working day 顺延.
    Forward,
    /// It stays.
    Stay,
}

/// When a step is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// The step.
    pub step: DeadlineStep,
    /// The month.
    pub month: DeadlineMonth,
    /// Day of that month, 1 to 31; clamped to its last day.
    pub day_of_month: u32,
    /// Minutes after midnight, organisation's time; `None` for the close of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minute: Option<u32>,
    /// What happens when it falls on a day off.
    pub shift: Shift,
}

/// Who decides about an act that is late and claims to have been made in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LatenessDecider {
    /// The head of the person's unit.
    Superior,
    /// The plan office.
    PlanOffice,
}

/// How late acts are treated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lateness {
    /// Minutes after the deadline within which a claim is heard; 72 hours unless said otherwise.
    pub grace_minutes: u32,
    /// Whether only the receipt counts and no claim is heard.
    pub receipt_only: bool,
    /// Who decides about a claim.
    pub decider: LatenessDecider,
}

/// A computed deadline, with what it was counted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The last moment that is in time.
    pub at: UtcMillis,
    /// Its day.
    pub day: Day,
    /// The calendar; `None` for the house default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// The notice of public holidays that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeId>,
    /// Whether every year that it touches had a notice.
    pub announced: bool,
}

/// How an act stands to its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// Received in time.
    OnTime,
    /// Received late, within the grace, and made in time as the device says: to be decided.
    LateClaimedOnTime,
    /// Late.
    Late,
}

/// An act and its deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timed {
    /// The deadline.
    pub deadline: Deadline,
    /// The label.
    pub label: Timeliness,
    /// What was decided about a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<LatenessDecision>,
}

/// What the named role decided about a claim to have been in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatenessDecision {
    /// Who.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// Whether it counts as on time.
    pub accepted: bool,
    /// Why.
    pub reason: String,
}

/// The act about whose lateness is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateAct {
    /// The plan's last submission.
    Submission,
    /// A report on an item.
    Report(ItemId, ReportId),
    /// The self score of an item.
    SelfScore(ItemId),
}
