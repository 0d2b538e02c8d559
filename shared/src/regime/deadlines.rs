//! Deadlines: when each step is due, and how late acts are treated.

use serde::{Deserialize, Serialize};

use crate::deadline::{DeadlineMonth, Shift};

use super::who::Who;

/// A step of a plan's way that can have a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanStep {
    /// Handing the plan in.
    Submission,
    /// Countersigning.
    Countersign,
    /// Approving.
    Approval,
    /// Issuing the approved plan.
    Issue,
    /// The summary that the person writes.
    SelfReview,
    /// Self scores.
    SelfScore,
    /// Superior's scores.
    SuperiorScore,
    /// Handing the result on to be filed and paid.
    Filing,
    /// Publishing.
    Publication,
    /// Handing over to payroll.
    Payroll,
    /// The signing step of this key.
    Sign(String),
}

/// When a step is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The step.
    pub step: PlanStep,
    /// Its day.
    pub on: On,
    /// Minutes after midnight, organisation's time; the close of work where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minute: Option<u32>,
    /// What happens when it falls on a day off.
    pub shift: Shift,
    /// Which of an act's times counts; as lateness says where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<CountedTime>,
}

/// The day on which a step is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum On {
    /// A day of a month.
    DayOfMonth {
        /// Which month.
        month: DeadlineMonth,
        /// Day, 1 to 31; clamped to the month's last.
        day: u32,
    },
    /// A day of a year.
    DayOfYear {
        /// Which year.
        year: Around,
        /// Month, 1 to 12.
        month: u32,
        /// Day, 1 to 31; clamped to the month's last.
        day: u32,
    },
    /// A day of a week.
    Weekday {
        /// Which week.
        week: Around,
        /// Day, 1 for Monday to 7 for Sunday.
        day: u32,
    },
    /// A working day of a period.
    WorkingDay {
        /// Which period of the cycle.
        of: Around,
        /// 1 for the first, -1 for the last.
        nth: i32,
    },
    /// So long after something.
    After {
        /// After what.
        event: Event,
        /// How long.
        span: Span,
    },
}

/// A period of the cycle, seen from the one that is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Around {
    /// The one before.
    Before,
    /// The one itself.
    Within,
    /// The one after.
    After,
}

/// Something that a deadline is counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The item's due day.
    Due,
    /// The period's first day.
    PeriodStart,
    /// The period's last day.
    PeriodEnd,
    /// The proven delivery of the result.
    Delivered,
    /// A step.
    Step(PlanStep),
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Span {
    /// Working days.
    WorkingDays(u32),
    /// Calendar days.
    Days(u32),
    /// Hours of work.
    WorkingHours(u32),
    /// Hours of the clock.
    ClockHours(u32),
}

/// Which of an act's three times counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedTime {
    /// When it happened.
    Happened,
    /// When it was recorded.
    Recorded,
    /// When it was received.
    Received,
}

/// How late acts are treated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lateness {
    /// Minutes after the deadline within which a claim is heard.
    pub grace_minutes: u32,
    /// Whether only the receipt counts and no claim is heard.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub receipt_only: bool,
    /// Who decides about a claim.
    pub decider: Who,
    /// Which of an act's times counts.
    pub counts: CountedTime,
    /// What a claim counts about which nobody decided.
    pub undecided: Undecided,
}

impl Default for Lateness {
    /// The house default: 72 hours of grace from the receipt, the superior decides.
    fn default() -> Self {
        Self {
            grace_minutes: 72 * 60,
            receipt_only: false,
            decider: Who::Superior,
            counts: CountedTime::Received,
            undecided: Undecided::Late,
        }
    }
}

/// What a claim counts about which nobody decided when judging closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undecided {
    /// As late.
    Late,
    /// As on time.
    OnTime,
    /// Nothing closes before somebody decides.
    Blocks,
}
