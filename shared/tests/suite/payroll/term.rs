//! When a result is paid, by which cycle, and of which part of the month's base.

use shared::id::PeriodId;
use shared::payroll::{Term, pays, share_of_month, term};
use shared::period::{Period, PeriodKind};
use shared::quantity::Fen;
use shared::regime::deadlines::{Deadline, On, PlanStep};
use shared::regime::{Document, Regime};

use super::december;
use crate::format_1;
use crate::prelude::*;

fn period(kind: PeriodKind, (from, to): (shared::moment::Day, shared::moment::Day)) -> Period {
    Period {
        id: PeriodId::from_bits(7),
        kind,
        from,
        to,
        regime: REGIME,
        opened: None,
        marks: Vec::new(),
    }
}

fn of_november(story: &Story) -> Term {
    let organisation = story.world.organisation();
    let november = &organisation.periods[&NOVEMBER];
    let rules = organisation.rules(november).unwrap();
    term(organisation, rules, november, ROOT)
}

/// The pay of December carries November. The 15th is a Tuesday; three working days before it are
/// Monday 14, Friday 11, Thursday 10; the one working day after that ends on Friday the 11th at 17:00.
#[test]
fn a_house_pay_day_is_the_fifteenth() {
    let term = of_november(&Story::founded());
    assert_eq!(term.month, december());
    assert_eq!(
        (term.pay_day, term.house.pay_day),
        (day(2026, 12, 15), true)
    );
    assert_eq!(term.cut_off, day(2026, 12, 10));
    let five_hours = 5 * 3_600_000;
    let close = noon(day(2026, 12, 11)).received.0 + five_hours;
    assert_eq!(term.provisional.0, close);
}

/// A regime that pays on the 12th, a Saturday, moved back: Friday the 11th, and three days before it
/// Tuesday the 8th.
#[test]
fn a_regime_names_its_pay_day() {
    let mut regime = (*Document::from(format_1::smart_monthly()).read()).clone();
    regime.cycles[0].deadlines.push(Deadline {
        step: PlanStep::Payroll,
        on: On::DayOfMonth {
            month: shared::deadline::DeadlineMonth::After,
            day: 12,
        },
        minute: None,
        shift: shared::deadline::Shift::Back,
        counts: None,
    });
    let term = of_november(&Story::founded_under(Document::from(regime)));
    assert_eq!(
        (term.pay_day, term.house.pay_day),
        (day(2026, 12, 11), false)
    );
    assert_eq!(term.cut_off, day(2026, 12, 8));
}

/// Of nested graded cycles the shortest pays; an ungraded day and a cycle that is never judged do not.
#[test]
fn the_shortest_graded_cycle_pays() {
    let mut paying = Vec::new();
    for preset in shared::regime::preset::shelf::all() {
        let regime: Regime = preset.with(&[]).unwrap();
        let kinds = regime.cycles.iter().map(|cycle| cycle.kind);
        let own: Vec<PeriodKind> = kinds.filter(|kind| pays(&regime, *kind)).collect();
        let judged = regime.cycles.iter();
        let judged = judged.filter(|cycle| regime.rules(cycle.kind).unwrap().is_judged());
        assert_eq!(own.len(), usize::from(judged.count() > 0), "{}", regime.key);
        paying.extend(own);
    }
    for kind in [PeriodKind::Week, PeriodKind::Month, PeriodKind::Year] {
        assert!(paying.contains(&kind), "{kind:?}");
    }
}

/// November 2026 has five Sundays, the 1st to the 29th: 1,000.03 are four times 200.01 less one: 200.01,
/// 200.01, 200.01, 200.00, 200.00. December has four.
#[test]
fn weeks_share_a_month_and_nothing_is_lost() {
    let story = Story::founded();
    let days = || story.world.organisation().work_days(ROOT);
    let shares = |month: u32, sundays: &[u32]| -> Vec<i64> {
        let share = |sunday: &u32| {
            let to = day(2026, month, *sunday);
            let week = period(PeriodKind::Week, (to, to));
            share_of_month(Fen(100_003), &week, days).0
        };
        sundays.iter().map(share).collect()
    };
    let november = shares(11, &[1, 8, 15, 22, 29]);
    assert_eq!(november, [20_001, 20_001, 20_001, 20_000, 20_000]);
    let december = shares(12, &[6, 13, 20, 27]);
    assert_eq!(december, [25_001, 25_001, 25_001, 25_000]);
}

/// November 2026 has 21 working days: 2,100.01 are 100.01 on the 2nd and 100.00 on each other day; a
/// Saturday pays nothing. A month pays all of it.
#[test]
fn days_share_the_working_days() {
    let story = Story::founded();
    let days = || story.world.organisation().work_days(ROOT);
    let share = |kind, date| {
        let one = day(2026, 11, date);
        share_of_month(Fen(210_001), &period(kind, (one, one)), days).0
    };
    assert_eq!(share(PeriodKind::Day, 2), 10_001);
    assert_eq!(share(PeriodKind::Day, 30), 10_000);
    assert_eq!(share(PeriodKind::Day, 7), 0);
    assert_eq!(share(PeriodKind::Month, 30), 210_001);
}
