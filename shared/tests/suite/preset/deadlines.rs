//! Deadlines of the presets over the whole of 2026, with its notice of public holidays: each comes, and
//! the steps of a plan come in their order.

use shared::deadline::{Scene, of_plan_step};
use shared::moment::{Day, UtcMillis};
use shared::period::{Period, PeriodKind};
use shared::regime::deadlines::PlanStep;
use shared::regime::document::Regime;
use shared::regime::preset::shelf;

use crate::calendar::{at, house, notices};
use crate::deadline::period;
use crate::prelude::*;

/// The periods of a kind that lie in 2026; of days and weeks those of autumn, with two holidays.
fn periods(kind: PeriodKind) -> Vec<Period> {
    let months = match kind {
        PeriodKind::Day | PeriodKind::Week | PeriodKind::Custom => {
            let days = if kind == PeriodKind::Day { 1 } else { 7 };
            let first = day(2026, 9, 7);
            return (0..8 * 7 / days)
                .map(|nth| first + chrono::Days::new(nth * days))
                .map(|from| period(kind, from, from + chrono::Days::new(days - 1)))
                .collect();
        }
        PeriodKind::Month => 1,
        PeriodKind::Quarter => 3,
        PeriodKind::HalfYear => 6,
        PeriodKind::Year => 12,
    };
    (0..12 / months)
        .map(|nth| day(2026, nth * months + 1, 1))
        .map(|from| {
            let after = from + chrono::Months::new(months);
            period(kind, from, after - chrono::Days::new(1))
        })
        .collect()
}

/// When a step of a regime is due in a period.
fn of(regime: &Regime, step: &PlanStep, period: &Period) -> Option<UtcMillis> {
    let (_, cycle) = regime.cycle(period.kind).unwrap();
    let notices = notices();
    let days = house(&notices);
    let scene = Scene {
        period,
        days: &days,
        rules: &cycle.deadlines,
        due: None,
        delivered: None,
    };
    of_plan_step(step, &scene).map(|deadline| deadline.at)
}

/// A shift can bring two steps to one day, and then hours say nothing: the 28th, 16:00, of March is a
/// Saturday, so Friday the 27th, on which the superior has until the close of work.
#[test]
fn every_step_has_its_deadline_and_they_come_in_order() {
    let order = [
        PlanStep::Submission,
        PlanStep::Countersign,
        PlanStep::Approval,
        PlanStep::Issue,
        PlanStep::SelfReview,
        PlanStep::SelfScore,
        PlanStep::SuperiorScore,
        PlanStep::Filing,
    ];
    let mut tried = 0;
    for preset in shelf::all() {
        let key = &preset.regime.key;
        for cycle in &preset.regime.cycles {
            for period in periods(cycle.kind) {
                for deadline in &cycle.deadlines {
                    let due = of(&preset.regime, &deadline.step, &period);
                    assert!(due.is_some(), "{key} {deadline:?} {period:?}");
                    tried += 1;
                }
                let due: Vec<_> = order
                    .iter()
                    .filter_map(|step| of(&preset.regime, step, &period))
                    .map(|at| at.day(480))
                    .collect();
                assert!(due.is_sorted(), "{key} {period:?}: {due:?}");
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

fn due(key: &str, step: &PlanStep, period: &Period) -> Option<UtcMillis> {
    of(&super::preset(key).regime, step, period)
}

fn week(from: Day) -> Period {
    period(PeriodKind::Week, from, from + chrono::Days::new(6))
}

/// On a wall calendar of 2026; 25 to 27 September and 1 to 7 October are off, 20 September and 10
/// October are worked.
#[test]
fn deadlines_that_the_sources_state() {
    let submission = |key, period: &Period| due(key, &PlanStep::Submission, period);
    // Friday, 12:00, for the week from Monday 21 September; the head office signs the same day. The
    // Saturday after it is a day off, and stays.
    let weekly = week(day(2026, 9, 21));
    assert_eq!(
        submission("weekly-120", &weekly),
        Some(at(day(2026, 9, 18), 12, 0))
    );
    let collect = PlanStep::Sign("collect".to_owned());
    assert_eq!(
        due("weekly-120", &collect, &weekly),
        Some(at(day(2026, 9, 18), 17, 0))
    );
    assert_eq!(
        due("weekly-120", &PlanStep::Approval, &weekly),
        Some(at(day(2026, 9, 19), 12, 0))
    );
    // The last working day of the week before, 10:00; the 25th is a holiday, so Thursday the 24th.
    let software = submission("software-company", &week(day(2026, 9, 28)));
    assert_eq!(software, Some(at(day(2026, 9, 24), 10, 0)));
    // By the 28th, until the close of work: for November the 28th of October, a Wednesday.
    let month = |month: usize| periods(PeriodKind::Month)[month - 1].clone();
    assert_eq!(
        submission("three-class-monthly", &month(11)),
        Some(at(day(2026, 10, 28), 17, 0))
    );
    assert_eq!(
        due("three-class-monthly", &PlanStep::Issue, &month(11)),
        Some(at(day(2026, 10, 30), 17, 0))
    );
    // The month is judged by its own 25th; in October that is a Sunday, so Friday the 23rd.
    assert_eq!(
        due(
            "twentieth-twentyfifth",
            &PlanStep::SuperiorScore,
            &month(10)
        ),
        Some(at(day(2026, 10, 23), 17, 0))
    );
    // With personnel by the 28th, 16:00.
    assert_eq!(
        due("three-sections", &PlanStep::Filing, &month(10)),
        Some(at(day(2026, 10, 28), 16, 0))
    );
    // The tables of Wednesday 30 September reach administration by 09:00 of the next working day.
    let day_of = |day| period(PeriodKind::Day, day, day);
    assert_eq!(
        due(
            "sales-daily",
            &PlanStep::SelfReview,
            &day_of(day(2026, 9, 30))
        ),
        Some(at(day(2026, 10, 8), 9, 0))
    );
    // What Thursday 8 October holds is said by Wednesday 30 September, 18:00.
    assert_eq!(
        submission("daily-weekly-monthly", &day_of(day(2026, 10, 8))),
        Some(at(day(2026, 9, 30), 18, 0))
    );
    // By the end of December for the year that follows.
    let year = &periods(PeriodKind::Year)[0];
    assert_eq!(
        submission("goal-management", year),
        Some(at(day(2025, 12, 31), 17, 0))
    );
    // In November.
    assert_eq!(
        due("public-service", &PlanStep::Filing, year),
        Some(at(day(2026, 11, 30), 17, 0))
    );
}
