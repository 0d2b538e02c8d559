//! Deadlines of one cycle: each step once, on a day that there is, in the order of the steps.
//!
//! Only steps of one period are compared: its plan may well be due inside it, and it may be judged
//! after the next one's plan was handed in.

use crate::deadline::DeadlineMonth;
use crate::period::PeriodKind;
use crate::regime::cycle::Cycle;
use crate::regime::deadlines::{Around, Deadline, Event, On, PlanStep, Span};
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::grades::GradeBy;
use crate::regime::signing::{SignKind, SignStep};

use super::keys;

/// The last minute of a day.
const LAST_MINUTE: u32 = 1_439;

/// Ten years, in hours: nothing waits longer.
const LONGEST: i64 = 87_600;

pub(super) fn check(found: &mut Findings, at: &str, cycle: &Cycle, regime: &Regime) {
    let list = &cycle.deadlines;
    let at = format!("{at}/deadlines");
    found.many(&at, list.len(), 40);
    for (nth, deadline) in list.iter().enumerate() {
        let place = format!("{at}/{nth}");
        if let Some(other) = list[..nth].iter().position(|one| one.step == deadline.step) {
            let other = format!("{at}/{other}");
            found.add(format!("{place}/step"), Problem::TwiceDue { other });
        }
        if let Some(minute) = deadline.minute {
            let range = (0, LAST_MINUTE.into());
            found.between(format!("{place}/minute"), minute.into(), range);
        }
        check_step(
            found,
            &format!("{place}/step"),
            &deadline.step,
            (cycle, regime),
        );
        check_day(found, &format!("{place}/on"), deadline, cycle);
        for (other, before) in list.iter().enumerate() {
            if follows(&before.step, &deadline.step) && later(before, deadline) {
                let after = format!("{at}/{other}");
                found.add(place.as_str(), Problem::TooEarly { after });
            }
        }
        check_assessed(found, &place, deadline, cycle);
    }
    check_timers(found, cycle, &at);
}

fn check_timers(found: &mut Findings, cycle: &Cycle, deadlines: &str) {
    let at = deadlines.replace("/deadlines", "/timers");
    for (nth, timer) in cycle.timers.iter().enumerate() {
        let place = format!("{at}/{nth}");
        if cycle.timers[..nth].iter().any(|one| one.act == timer.act) {
            let key = serde_json::to_string(&timer.act).unwrap_or_default();
            let key = key.trim_matches('"').to_owned();
            found.add(format!("{place}/act"), Problem::DuplicateKey { key });
        }
        if !cycle.deadlines.iter().any(|one| one.step == timer.step) {
            let other = deadlines.to_owned();
            found.add(format!("{place}/step"), Problem::WithoutUse { other });
        }
    }
}

/// The step is one that plans of this cycle take.
fn check_step(
    found: &mut Findings,
    place: &str,
    step: &PlanStep,
    (cycle, regime): (&Cycle, &Regime),
) {
    let plan = &regime.signing.plan;
    // A grade that is decided needs no total.
    let decided = matches!(regime.grades.by, GradeBy::Decided { .. }) && !cycle.ungraded;
    let judged = decided || cycle.total.is_some();
    let signs = |step: &SignStep| matches!(step.kind, SignKind::Countersign { .. });
    match step {
        PlanStep::Sign(key) => {
            let mut known = keys::of(plan);
            known.extend(keys::of(&regime.signing.result));
            found.among(format!("{place}/sign"), key, &known);
        }
        PlanStep::Countersign if !plan.iter().any(signs) => {
            let other = "/signing/plan".to_owned();
            found.add(place, Problem::WithoutUse { other });
        }
        PlanStep::SelfScore | PlanStep::SuperiorScore if !judged => {
            let other = place.split("/deadlines").next().unwrap_or_default();
            let other = format!("{other}/total");
            found.add(place, Problem::WithoutUse { other });
        }
        _ => {}
    }
}

/// The most days of a month of the year.
const fn longest(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day is one that there can be in a period of this kind.
fn check_day(found: &mut Findings, place: &str, deadline: &Deadline, cycle: &Cycle) {
    let short = matches!(cycle.kind, PeriodKind::Day | PeriodKind::Week);
    match &deadline.on {
        On::DayOfMonth { day, .. } => {
            let place = format!("{place}/day_of_month");
            found.between(format!("{place}/day"), (*day).into(), (1, 31));
            if short {
                found.add(place, Problem::NeverDue);
            }
        }
        On::DayOfYear { month, day, .. } => {
            let place = format!("{place}/day_of_year");
            found.between(format!("{place}/month"), (*month).into(), (1, 12));
            found.between(format!("{place}/day"), (*day).into(), (1, 31));
            if *day > longest(*month) && *day <= 31 {
                found.add(format!("{place}/day"), Problem::NeverDue);
            }
        }
        On::Weekday { day, .. } => {
            let place = format!("{place}/weekday");
            found.between(format!("{place}/day"), (*day).into(), (1, 7));
            if cycle.kind == PeriodKind::Day {
                found.add(place, Problem::NeverDue);
            }
        }
        On::WorkingDay { nth, .. } => {
            let place = format!("{place}/working_day/nth");
            let most: i64 = match cycle.kind {
                PeriodKind::Day => 1,
                PeriodKind::Week => 7,
                PeriodKind::Month => 31,
                PeriodKind::Quarter => 92,
                PeriodKind::HalfYear => 184,
                PeriodKind::Year | PeriodKind::Custom => 366,
            };
            if *nth == 0 {
                found.add(place, Problem::NeverDue);
            } else {
                found.between(place, (*nth).into(), (-most, most));
            }
        }
        On::After { event, span } => {
            let place = format!("{place}/after");
            let (name, length) = match span {
                Span::WorkingDays(days) => ("working_days", i64::from(*days) * 24),
                Span::Days(days) => ("days", i64::from(*days) * 24),
                Span::WorkingHours(hours) => ("working_hours", i64::from(*hours)),
                Span::ClockHours(hours) => ("clock_hours", i64::from(*hours)),
            };
            if length > LONGEST {
                let most = if name.ends_with("days") {
                    LONGEST / 24
                } else {
                    LONGEST
                };
                let most = most.to_string();
                found.add(format!("{place}/span/{name}"), Problem::TooLarge { most });
            }
            if let Event::Step(step) = event {
                check_event(found, &place, (deadline, step), cycle);
            }
        }
    }
}

/// What is counted from a step needs that step, and no step waits for itself.
fn check_event(
    found: &mut Findings,
    place: &str,
    (deadline, step): (&Deadline, &PlanStep),
    cycle: &Cycle,
) {
    let place = format!("{place}/event/step");
    let mut step = step;
    for _ in 0..=cycle.deadlines.len() {
        if *step == deadline.step {
            found.add(place, Problem::NeverDue);
            return;
        }
        let next = cycle.deadlines.iter().find(|one| one.step == *step);
        match next.map(|next| &next.on) {
            Some(On::After {
                event: Event::Step(before),
                ..
            }) => step = before,
            _ => return,
        }
    }
}

/// Where a step stands among those that follow each other.
const fn order(step: &PlanStep) -> Option<u8> {
    match step {
        PlanStep::Submission => Some(0),
        PlanStep::Countersign => Some(1),
        PlanStep::Approval => Some(2),
        PlanStep::Issue => Some(3),
        PlanStep::SelfReview => Some(4),
        PlanStep::SelfScore => Some(5),
        PlanStep::SuperiorScore => Some(6),
        PlanStep::Filing => Some(7),
        PlanStep::Publication => Some(8),
        PlanStep::Payroll => Some(9),
        PlanStep::Sign(_) => None,
    }
}

/// Whether a step comes before another.
///
/// Handing in comes before all; the other steps of planning follow each other, and those of judging
/// do. A plan may still be countersigned or issued while it is being judged.
const fn follows(before: &PlanStep, after: &PlanStep) -> bool {
    let (Some(before), Some(after)) = (order(before), order(after)) else {
        return false;
    };
    before < after && (before == 0 || (before < 4) == (after < 4))
}

/// The month, year, week or period in which a deadline lies, seen from the one that is judged.
const fn around(on: &On) -> Option<Around> {
    match on {
        On::DayOfMonth { month, .. } => Some(match month {
            DeadlineMonth::Before => Around::Before,
            DeadlineMonth::Within => Around::Within,
            DeadlineMonth::After => Around::After,
        }),
        On::DayOfYear { year, .. } => Some(*year),
        On::Weekday { week, .. } => Some(*week),
        On::WorkingDay { of, .. } => Some(*of),
        On::After {
            event: Event::PeriodEnd,
            ..
        } => Some(Around::After),
        On::After { .. } => None,
    }
}

/// Whether a deadline certainly lies after another.
fn later(one: &Deadline, other: &Deadline) -> bool {
    if let On::After {
        event: Event::Step(step),
        ..
    } = &one.on
        && *step == other.step
    {
        return true;
    }
    let (Some(first), Some(second)) = (around(&one.on), around(&other.on)) else {
        return false;
    };
    if first != second {
        return first > second && same_clock(&one.on, &other.on);
    }
    let days = match (&one.on, &other.on) {
        (On::DayOfMonth { day: first, .. }, On::DayOfMonth { day: second, .. })
        | (On::Weekday { day: first, .. }, On::Weekday { day: second, .. }) => {
            (i64::from(*first), i64::from(*second))
        }
        (
            On::DayOfYear {
                month: first,
                day: from,
                ..
            },
            On::DayOfYear {
                month: second,
                day: to,
                ..
            },
        ) => (
            i64::from(*first) * 32 + i64::from(*from),
            i64::from(*second) * 32 + i64::from(*to),
        ),
        (On::WorkingDay { nth: first, .. }, On::WorkingDay { nth: second, .. })
            if first.signum() == second.signum() =>
        {
            (i64::from(*first), i64::from(*second))
        }
        _ => return false,
    };
    let minute = |deadline: &Deadline| deadline.minute;
    let at_once = days.0 == days.1;
    let minutes = minute(one).zip(minute(other));
    days.0 > days.1 || (at_once && minutes.is_some_and(|(first, second)| first > second))
}

/// Whether two days are counted in spans that can be compared: a month before the period's is
/// before any day within it, and a year within is not before a month after.
const fn same_clock(one: &On, other: &On) -> bool {
    matches!(one, On::DayOfYear { .. }) == matches!(other, On::DayOfYear { .. })
}

/// Nobody scores before the assessed days have begun. They may well score before those are over:
/// what is due in the last days is then judged as it stands.
fn check_assessed(found: &mut Findings, place: &str, deadline: &Deadline, cycle: &Cycle) {
    let Some(range) = &cycle.assessed else { return };
    let judges = matches!(
        deadline.step,
        PlanStep::SelfScore | PlanStep::SuperiorScore | PlanStep::SelfReview
    );
    let On::DayOfMonth { month, day } = &deadline.on else {
        return;
    };
    if judges && *month == DeadlineMonth::Before && *day < range.from_day {
        let at = place.split("/deadlines").next().unwrap_or_default();
        let after = format!("{at}/assessed/from_day");
        found.add(place, Problem::TooEarly { after });
    }
}
