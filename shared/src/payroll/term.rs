//! When a result is paid: its pay month, pay day and cut-off, and the part of a month that it pays.
//!
//! The regime says which month and how many working days before; a pay day that it does not name is the
//! product's own, and is marked so.

use chrono::{Datelike, Months};

use crate::calendar::WorkDays;
use crate::deadline::{self, Scene, Shift};
use crate::id::UnitId;
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;
use crate::period::{Period, PeriodKind};
use crate::quantity::Fen;
use crate::regime::deadlines::PlanStep;
use crate::regime::grades::GradeBy;
use crate::regime::{Regime, Rules};

/// The day of the month on which pay is paid where no rule says so: the product's own.
const HOUSE_PAY_DAY: u32 = 15;

/// Working days after the cut-off in which the indirect superior scores; then a missing score is
/// provisional.
const SECOND_CHANCE: u32 = 1;

/// When a period's result is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first day of the month whose pay carries it.
    pub month: Day,
    /// The day on which it is paid.
    pub pay_day: Day,
    /// The last day before which results are taken as they come.
    pub cut_off: Day,
    /// The moment from which a missing result is provisional: the close of work one working day after
    /// the cut-off.
    pub provisional: UtcMillis,
    /// Which of them are the product's own.
    pub house: House,
}

/// Which dates are the product's own, because the source of the regime is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House {
    /// The month.
    pub month: bool,
    /// The pay day.
    pub pay_day: bool,
    /// The working days between cut-off and pay day.
    pub cut_off: bool,
}

/// Says whether results of a kind of period are paid by: of the graded cycles of a regime the shortest
/// alone, for a longer one judges the same work again.
pub fn pays(regime: &Regime, kind: PeriodKind) -> bool {
    let graded = |kind: PeriodKind| {
        let rules = regime.rules(kind);
        rules.is_some_and(|rules| rules.is_judged() && !rules.cycle.ungraded)
    };
    let coefficients = !matches!(regime.grades.by, GradeBy::None {});
    let mut kinds = regime.cycles.iter().map(|cycle| cycle.kind);
    coefficients && graded(kind) && !kinds.any(|other| other < kind && graded(other))
}

/// The first day of the month whose pay carries a period's result.
pub fn carried(regime: &Regime, period: &Period) -> Day {
    let first = period.to.with_day(1).unwrap_or(period.to);
    let later = first.checked_add_months(Months::new(regime.money.pay_month));
    later.unwrap_or(first)
}

/// When a period's result is paid, by the working days of a unit.
pub fn term(organisation: &Organisation, rules: Rules<'_>, period: &Period, unit: UnitId) -> Term {
    let days = organisation.work_days(unit);
    let month = carried(rules.regime, period);
    let scene = Scene {
        period,
        days: &days,
        rules: &rules.cycle.deadlines,
        due: None,
        delivered: None,
    };
    let own = deadline::of_plan_step(&PlanStep::Payroll, &scene).map(|own| own.day);
    let pay_day = own.unwrap_or_else(|| house_pay_day(month, &days));
    let before = rules.regime.money.cut_off_days;
    let cut_off = days.before(pay_day, before).value;
    let provisional = days.close_of_work(days.after(cut_off, SECOND_CHANCE).value);
    let marked = |field: &str| {
        let mut house = rules.regime.house_defaults.iter();
        house.any(|at| at == "/money" || at.strip_prefix("/money/") == Some(field))
    };
    Term {
        month,
        pay_day,
        cut_off,
        provisional,
        house: House {
            month: marked("pay_month"),
            pay_day: own.is_none(),
            cut_off: marked("cut_off_days"),
        },
    }
}

fn house_pay_day(month: Day, days: &WorkDays<'_>) -> Day {
    let day = month.with_day(HOUSE_PAY_DAY).unwrap_or(month);
    days.shift(day, Shift::Back).value
}

/// The part of a month's pay base that a period's result is reckoned from.
///
/// A month or more pays a month's base once. Weeks share it by how many end in the month, days by how
/// many working days it has: each the same, and what does not divide goes to the first.
pub fn share_of_month<'o>(base: Fen, period: &Period, days: impl FnOnce() -> WorkDays<'o>) -> Fen {
    let first = period.to.with_day(1).unwrap_or(period.to);
    let length = u32::from(first.num_days_in_month());
    let month = first.iter_days().take(length as usize);
    let (place, count) = match period.kind {
        PeriodKind::Week => {
            let before = (period.to.day() - 1) / 7;
            let after = (length - period.to.day()) / 7;
            (before, before + 1 + after)
        }
        PeriodKind::Day => {
            let days = days();
            let working: Vec<Day> = month.filter(|day| days.is_working(*day)).collect();
            let Some(place) = working.iter().position(|day| *day == period.to) else {
                return Fen(0);
            };
            let count = u32::try_from(working.len()).unwrap_or(1);
            (u32::try_from(place).unwrap_or(0), count)
        }
        _ => return base,
    };
    let (place, count) = (i64::from(place), i64::from(count.max(1)));
    Fen(base.0 / count + i64::from(place < base.0 % count))
}
