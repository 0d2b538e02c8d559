//! Deadlines: when a step is due, and how an act stands to it.
//!
//! The label is a pure function of stored times, the deadline and the regime; a device's clock
//! never decides more than that a late act claims to have been made in time.

use chrono::{Datelike, Months};
use serde::{Deserialize, Serialize};

use crate::calendar::WorkDays;
use crate::id::{CalendarId, ItemId, NoticeId, PersonId, ReportId};
use crate::item::Item;
use crate::moment::{Day, Times, UtcMillis};
use crate::organisation::Organisation;
use crate::period::{Period, PeriodKind};
use crate::plan::Plan;
use crate::regime::Rules;
use crate::regime::deadlines::PlanStep;

mod at;
mod late;

pub use at::{Scene, at, neighbour, of_plan_step};
pub use late::{Act, label, late, settled, timed};

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
    /// The month before the period's.
    Before,
    /// The period's month.
    Within,
    /// The month after the period's.
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

/// Minutes after a deadline within which a claim is heard, unless the regime says otherwise.
const GRACE: u32 = 72 * 60;

impl Default for Lateness {
    /// The house default: 72 hours of grace, the head of the person's unit decides.
    fn default() -> Self {
        Self {
            grace_minutes: GRACE,
            receipt_only: false,
            decider: LatenessDecider::Superior,
        }
    }
}

impl Timed {
    /// Says whether the act counts as in time; `None` while a claim waits for its decision.
    pub fn in_time(&self) -> Option<bool> {
        match self.label {
            Timeliness::OnTime => Some(true),
            Timeliness::Late => Some(false),
            Timeliness::LateClaimedOnTime => self.decided.as_ref().map(|decided| decided.accepted),
        }
    }
}

impl From<DeadlineStep> for PlanStep {
    fn from(step: DeadlineStep) -> Self {
        match step {
            DeadlineStep::Submission => Self::Submission,
            DeadlineStep::SelfScore => Self::SelfScore,
            DeadlineStep::SuperiorScore => Self::SuperiorScore,
            DeadlineStep::Filing => Self::Filing,
        }
    }
}

/// Computes the deadline of a step in a period, where the rules have one.
pub fn of_step(
    rules: Rules<'_>,
    step: DeadlineStep,
    period: &Period,
    days: &WorkDays<'_>,
) -> Option<Deadline> {
    let scene = at::Scene {
        period,
        days,
        rules: &rules.cycle.deadlines,
        due: None,
        delivered: None,
    };
    at::of_plan_step(&step.into(), &scene)
}

/// Computes the deadline of a due day: its close of work, wherever the day falls.
pub fn of_due(due: Day, days: &WorkDays<'_>) -> Deadline {
    closing(due, None, Shift::Stay, days)
}

/// The due day of an item after the absence of its responsible person: where a day is what counts,
/// it moves by the working days of entitled absence since the period began. Every other target is
/// owed by fewer days instead.
pub fn extended_due(
    organisation: &Organisation,
    plan: &Plan,
    item: &Item,
    due: Day,
    since: Day,
) -> Day {
    let person = item.responsible.unwrap_or(plan.owner);
    let extension = organisation.extension(person, plan.unit, since);
    extension.due(item, due)
}

/// Computes the end of a window of whole working days that opens at a moment: the close of work of
/// the last of them. The opening day is not counted.
pub fn window(opened: UtcMillis, working_days: u32, days: &WorkDays<'_>) -> Deadline {
    let last = days.after(days.day(opened), working_days);
    let mut deadline = closing(last.value, None, Shift::Forward, days);
    deadline.announced &= last.announced;
    deadline
}

impl DeadlineRule {
    /// Computes the deadline in a period, by the working days of a unit.
    pub fn deadline(&self, period: &Period, days: &WorkDays<'_>) -> Deadline {
        let first = self.month.first(period);
        closing(
            clamped(first, self.day_of_month),
            self.minute,
            self.shift,
            days,
        )
    }
}

impl DeadlineMonth {
    /// The first day of the month that is meant in a period.
    ///
    /// A month's period may begin in the month before, on the 26th: its month is the one in which
    /// it ends. A longer period is prepared before its first month and closed after its last.
    fn first(self, period: &Period) -> Day {
        let by_end = period.kind == PeriodKind::Month || self != Self::Before;
        let day = if by_end { period.to } else { period.from };
        let first = day.with_day(1).unwrap_or(day);
        let one = Months::new(1);
        let moved = match self {
            Self::Before => first.checked_sub_months(one),
            Self::Within => Some(first),
            Self::After => first.checked_add_months(one),
        };
        moved.unwrap_or(first)
    }
}

/// A day of a month, given by the month's first; 29 to 31 clamp to the month's last day.
fn clamped(first: Day, day_of_month: u32) -> Day {
    let last = u32::from(first.num_days_in_month());
    first.with_day(day_of_month.clamp(1, last)).unwrap_or(first)
}

/// Moves a day and gives its minute, or its close of work.
fn closing(day: Day, minute: Option<u32>, shift: Shift, days: &WorkDays<'_>) -> Deadline {
    let moved = days.shift(day, shift);
    let day = moved.value;
    Deadline {
        at: minute.map_or_else(|| days.close_of_work(day), |minute| days.at(day, minute)),
        day,
        calendar: days.used_on(day).map(|calendar| calendar.id),
        notice: days.notice_on(day).map(|notice| notice.id),
        announced: moved.announced,
    }
}
