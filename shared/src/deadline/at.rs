//! When a step is due, for every way in which a regime can say it.
//!
//! A rule is answered from the period, the unit's working days and what has happened so far; where
//! the event that it counts from has not happened, it has no deadline yet.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Deadline, clamped, closing};
use crate::calendar::{MINUTES, WorkDays};
use crate::deadline::Shift;
use crate::moment::{Day, UtcMillis};
use crate::period::{Period, PeriodKind};
use crate::regime::deadlines::{Around, Deadline as Rule, Event, On, PlanStep, Span};

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// What a rule is answered from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The period.
    pub period: &'a Period,
    /// The working days of the unit.
    pub days: &'a WorkDays<'a>,
    /// The rules of the period's cycle, for those that count from another step.
    pub rules: &'a [Rule],
    /// The item's due day in force, where it is about an item that has one.
    pub due: Option<Day>,
    /// When the result was provably delivered, where it was.
    pub delivered: Option<UtcMillis>,
}

/// What a length of time begins at: a day, and its moment for lengths in hours.
#[derive(Clone, Copy)]
struct Begin {
    day: Day,
    at: UtcMillis,
    announced: bool,
}

/// Computes when a rule's step is due; `None` while what it counts from has not happened, and
/// where the period has no such day.
pub fn at(rule: &Rule, scene: &Scene<'_>) -> Option<Deadline> {
    // A chain of steps is no longer than the list; one that comes back to itself ends there.
    within(rule, scene, scene.rules.len() + 1)
}

/// Computes when a step of the cycle is due; `None` where the cycle has no rule for it.
pub fn of_plan_step(step: &PlanStep, scene: &Scene<'_>) -> Option<Deadline> {
    at(listed(step, scene)?, scene)
}

fn listed<'a>(step: &PlanStep, scene: &Scene<'a>) -> Option<&'a Rule> {
    scene.rules.iter().find(|rule| rule.step == *step)
}

fn within(rule: &Rule, scene: &Scene<'_>, left: usize) -> Option<Deadline> {
    let left = left.checked_sub(1)?;
    let day = match &rule.on {
        On::DayOfMonth { month, day } => clamped(month.first(scene.period), *day),
        On::DayOfYear { year, month, day } => day_of_year(scene.period, *year, *month, *day)?,
        On::Weekday { week, day } => weekday(scene.period, *week, *day)?,
        On::WorkingDay { of, nth } => return working_day(rule, scene, *of, *nth),
        On::After { event, span } => {
            let begin = begin(event, scene, left)?;
            return after(rule, scene, begin, *span);
        }
    };
    Some(closing(day, rule.minute, rule.shift, scene.days))
}

/// A day of a year: of the one before the period's first day, of the one in which it ends, or of
/// the one after that.
fn day_of_year(period: &Period, year: Around, month: u32, day: u32) -> Option<Day> {
    let year = match year {
        Around::Before => period.from.year() - 1,
        Around::Within => period.to.year(),
        Around::After => period.to.year() + 1,
    };
    let first = NaiveDate::from_ymd_opt(year, month.clamp(1, 12), 1)?;
    Some(clamped(first, day))
}

/// A weekday of the week before the period, of its last week, or of the week after.
///
/// Weeks are counted from the period's own first day where it is a week, so that a company's week
/// may begin on any day and its Saturday is its own even when the period ends on Friday.
fn weekday(period: &Period, week: Around, day: u32) -> Option<Day> {
    let wanted = day.clamp(1, 7);
    let from_first = |first: Day| {
        let here = first.weekday().number_from_monday();
        first.checked_add_days(Days::new(u64::from((wanted + 7 - here) % 7)))
    };
    let is_week = period.kind == PeriodKind::Week;
    let first = match week {
        Around::Before => period.from.checked_sub_days(Days::new(7))?,
        Around::Within if is_week => period.from,
        Around::Within => period.to.checked_sub_days(Days::new(6))?,
        Around::After if is_week => period.from.checked_add_days(Days::new(7))?,
        Around::After => period.to.succ_opt()?,
    };
    let found = from_first(first)?;
    let inside = is_week || week != Around::Within || found >= period.from;
    inside.then_some(found)
}

/// The days of the period before or after one of its kind; before and after a day lie working days.
pub fn neighbour(period: &Period, of: Around, days: &WorkDays<'_>) -> Option<(Day, Day)> {
    let months = match period.kind {
        PeriodKind::Month => 1,
        PeriodKind::Quarter => 3,
        PeriodKind::HalfYear => 6,
        PeriodKind::Year => 12,
        PeriodKind::Day | PeriodKind::Week | PeriodKind::Custom => 0,
    };
    let (from, to) = (period.from, period.to);
    let length = u64::try_from((to - from).num_days()).unwrap_or(0);
    Some(match of {
        Around::Within => (from, to),
        Around::Before if period.kind == PeriodKind::Day => {
            let day = days.before(from, 1).value;
            (day, day)
        }
        Around::After if period.kind == PeriodKind::Day => {
            let day = days.after(to, 1).value;
            (day, day)
        }
        Around::Before => {
            let last = from.pred_opt()?;
            let first = if months > 0 {
                from.checked_sub_months(Months::new(months))?
            } else {
                last.checked_sub_days(Days::new(length))?
            };
            (first, last)
        }
        Around::After => {
            let first = to.succ_opt()?;
            let last = if months > 0 {
                first.checked_add_months(Months::new(months))?.pred_opt()?
            } else {
                first.checked_add_days(Days::new(length))?
            };
            (first, last)
        }
    })
}

/// The n-th working day of a period, counted from its first day, or from its last where n is
/// negative; where it has fewer, the outermost that it has, and where it has none, its edge.
fn working_day(rule: &Rule, scene: &Scene<'_>, of: Around, nth: i32) -> Option<Deadline> {
    let (first, last) = neighbour(scene.period, of, scene.days)?;
    let days = scene.days;
    let wanted = usize::try_from(nth.unsigned_abs()).ok()?.max(1);
    let mut walk: Vec<Day> = std::iter::successors(Some(first), Day::succ_opt)
        .take_while(|day| *day <= last)
        .take(MOST_WALKED)
        .collect();
    if nth < 0 {
        walk.reverse();
    }
    let edge = *walk.first()?;
    let mut announced = true;
    let mut found = None;
    let mut counted = 0;
    for day in walk {
        announced &= days.announced(day);
        if days.is_working(day) {
            found = Some(day);
            counted += 1;
            if counted == wanted {
                break;
            }
        }
    }
    let mut deadline = closing(found.unwrap_or(edge), rule.minute, rule.shift, days);
    deadline.announced &= announced;
    Some(deadline)
}

/// The most days of a period that one answer walks over; more than two years.
const MOST_WALKED: usize = 800;

/// What a length of time after an event begins at.
fn begin(event: &Event, scene: &Scene<'_>, left: usize) -> Option<Begin> {
    let days = scene.days;
    let on = |day: Day, at: UtcMillis| Begin {
        day,
        at,
        announced: days.announced(day),
    };
    match event {
        Event::Due => scene.due.map(|due| on(due, days.close_of_work(due))),
        Event::PeriodStart => Some(on(scene.period.from, days.at(scene.period.from, 0))),
        Event::PeriodEnd => Some(on(scene.period.to, days.at(scene.period.to, MINUTES))),
        Event::Delivered => scene.delivered.map(|at| on(days.day(at), at)),
        Event::Step(step) => {
            let before = within(listed(step, scene)?, scene, left)?;
            Some(Begin {
                day: before.day,
                at: before.at,
                announced: before.announced,
            })
        }
    }
}

/// The deadline a length of time after something. The day of the event itself is not counted.
fn after(rule: &Rule, scene: &Scene<'_>, begin: Begin, span: Span) -> Option<Deadline> {
    let days = scene.days;
    let mut deadline = match span {
        Span::WorkingDays(n) => {
            let last = days.after(begin.day, n);
            let mut deadline = closing(last.value, rule.minute, rule.shift, days);
            deadline.announced &= last.announced;
            deadline
        }
        Span::Days(n) => {
            let day = begin.day.checked_add_days(Days::new(u64::from(n)))?;
            closing(day, rule.minute, rule.shift, days)
        }
        Span::WorkingHours(n) => {
            let end = days.add_minutes(begin.at, n.checked_mul(60)?);
            let mut deadline = at_moment(end.value, days);
            deadline.announced &= end.announced;
            deadline
        }
        Span::ClockHours(n) => {
            let end = UtcMillis(begin.at.0.checked_add(i64::from(n) * HOUR)?);
            let mut deadline = at_moment(end, days);
            // Hours of the clock run through days off; where the rule moves its end, the hour stays.
            let moved = days.shift(deadline.day, rule.shift);
            if rule.shift != Shift::Stay {
                let by = (moved.value - deadline.day).num_days();
                deadline = at_moment(UtcMillis(end.0 + by * 24 * HOUR), days);
                deadline.announced &= moved.announced;
            }
            deadline
        }
    };
    deadline.announced &= begin.announced;
    Some(deadline)
}

/// A deadline at a moment, with what its day was counted by.
fn at_moment(at: UtcMillis, days: &WorkDays<'_>) -> Deadline {
    let day = days.day(at);
    Deadline {
        at,
        ..closing(day, None, Shift::Stay, days)
    }
}
