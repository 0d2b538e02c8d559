//! Worked example of `smart-monthly` (S57): a whole November of six people, computed by hand.
//!
//! Factors: on time 1.00 / 0.90 / 0.80 / 0.60, late 0.80 / 0.70 / 0.60 / 0.40, not carried out 0.
//! Bands: 95 1.20, 90 1.10, 80 1.00, 70 0.80, 60 0.60, below 0.

use shared::change_request::ItemChange;
use shared::item::{Edit, ItemEdit};
use shared::moment::Day;
use shared::plan::PlanState;
use shared::quantity::{BasisPoints, Points};
use shared::result::Step;
use shared::score::Judgement::{self, NotCarriedOut};
use shared::score::Proposed;
use shared::seal::Assessment;

use crate::format_1;
use crate::month::{Month, figures, item_of, person, plan};
use crate::prelude::*;

fn month() -> Month {
    Month::under(format_1::smart_monthly())
}

fn on_time(quality: &str) -> Judgement {
    carried_out("on_time", quality)
}

fn due() -> Day {
    day(2026, 11, 13)
}

/// Judged on 2 December, signed and sealed the same day.
fn settled(month: &mut Month, n: u128, judgements: &[Judgement]) -> (Points, BasisPoints) {
    month.on(day(2026, 12, 2));
    month.judged(n, judgements);
    month.signed(n);
    let sealed = month.sealed(&[n]);
    assert_eq!(sealed.assessment, Assessment::Assessed);
    assert_eq!(month.state(n), PlanState::Sealed);
    figures(&sealed)
}

/// The first: an item four days late.
///
/// | item | weight | judged | points |
/// |---|---|---|---|
/// | 1 | 40.00 | late, good 0.70 | 28.00 |
/// | 2 | 35.00 | on time, excellent 1.00 | 35.00 |
/// | 3 | 25.00 | on time, good 0.90 | 22.50 |
///
/// 28.00 + 35.00 + 22.50 = 85.50: at least 80, 1.00.
#[test]
fn a_late_item() {
    let mut month = month();
    let items = [
        ("key_work", 4_000, due()),
        ("daily_work", 3_500, due()),
        ("daily_work", 2_500, due()),
    ];
    month.plans(1, person(1), LINE, &items);
    month.on(due());
    month.completes(1, 2);
    month.completes(1, 3);
    month.on(day(2026, 11, 17));
    month.completes(1, 1);
    let level = |key: &str| Some(Proposed::Efficiency(key.into()));
    assert_eq!(month.proposed(1, 1), level("late"));
    assert_eq!(month.proposed(1, 2), level("on_time"));
    let judged = [
        carried_out("late", "good"),
        on_time("excellent"),
        on_time("good"),
    ];
    let is = settled(&mut month, 1, &judged);
    assert_eq!(is, (Points(8_550), BasisPoints(10_000)));
}

/// The second: an item that was not carried out.
///
/// 50.00 x 1.00 + 30.00 x 0.90 + 20.00 x 0 = 50.00 + 27.00 + 0 = 77.00: at least 70, 0.80.
#[test]
fn an_undone_item() {
    let mut month = month();
    let items = [
        ("key_work", 5_000, due()),
        ("key_work", 3_000, due()),
        ("temporary_work", 2_000, due()),
    ];
    month.plans(2, person(2), LINE, &items);
    month.on(day(2026, 11, 16));
    assert_eq!(month.proposed(2, 3), Some(Proposed::NotCarriedOut));
    let judged = [on_time("excellent"), on_time("good"), NotCarriedOut];
    let is = settled(&mut month, 2, &judged);
    assert_eq!(is, (Points(7_700), BasisPoints(8_000)));
}

/// The third: an approved change moves an item from the 13th to the 20th and re-weighs the plan from
/// 60 + 40 to 55 + 45; done on the 18th, it is in time.
///
/// 55.00 x 0.90 + 45.00 x 1.00 = 49.50 + 45.00 = 94.50: at least 90, 1.10. By the old plan the
/// first item would have been late: 60 x 0.70 + 40 = 82.00.
#[test]
fn an_approved_change() {
    let mut month = month();
    let items = [("key_work", 6_000, due()), ("daily_work", 4_000, due())];
    month.plans(3, person(3), LINE, &items);
    month.on(day(2026, 11, 6));
    let weight = |old, new| {
        ItemEdit::Weight(Edit {
            old: Points(old),
            new: Points(new),
        })
    };
    let moved = ItemEdit::Due(Edit {
        old: Some(due()),
        new: Some(day(2026, 11, 20)),
    });
    let changes = vec![
        ItemChange::Edit(item_of(3, 1), vec![moved, weight(6_000, 5_500)]),
        ItemChange::Edit(item_of(3, 2), vec![weight(4_000, 4_500)]),
    ];
    month.changes(3, changes);
    month.on(day(2026, 11, 18));
    month.completes(3, 1);
    assert_eq!(
        month.proposed(3, 1),
        Some(Proposed::Efficiency("on_time".into()))
    );
    let is = settled(&mut month, 3, &[on_time("good"), on_time("excellent")]);
    assert_eq!(is, (Points(9_450), BasisPoints(11_000)));
    // Both baselines stand in the seal.
    let sealed = &month.document(3).sealed[&1];
    assert_eq!(sealed.baseline_digests.len(), 2);
}

/// The fourth moves to the store on Monday the 16th: ten working days in the line (2 to 6 and 9 to
/// 13), eleven in the store (16 to 20, 23 to 27, 30).
///
/// Line: 33.33 x 1.00 + 33.33 x 0.70 + 33.34 x 0.90 = 33.33 + 23.331 + 30.006 = 86.667.
/// Store: 65.00 x 1.00 + 35.00 x 0.80 = 65.00 + 28.00 = 93.00.
/// (10 x 86.667 + 11 x 93.00) / 21 = (866.67 + 1,023.00) / 21 = 1,889.67 / 21 = 89.984285...,
/// rounded once 89.98: at least 80, 1.00. Rounding the line's 86.67 first would give
/// 1,889.70 / 21 = 89.9857, 89.99.
#[test]
fn a_transfer_in_the_middle_of_the_month() {
    let mut month = month();
    let items = [
        ("key_work", 3_333, due()),
        ("key_work", 3_333, due()),
        ("daily_work", 3_334, due()),
    ];
    month.plans(4, person(4), LINE, &items);
    month.moves_to_the_store(4, day(2026, 11, 16));
    month.on(day(2026, 11, 16));
    let items = [
        ("key_work", 6_500, day(2026, 11, 27)),
        ("daily_work", 3_500, day(2026, 11, 27)),
    ];
    month.plans(14, person(4), STORE, &items);
    month.on(day(2026, 12, 2));
    let line = [
        on_time("excellent"),
        carried_out("late", "good"),
        on_time("good"),
    ];
    let line = month.judged(4, &line);
    assert_eq!((line.by, line.total), (LINE_HEAD, Points(8_667)));
    let store = month.judged(14, &[on_time("excellent"), on_time("qualified")]);
    assert_eq!((store.by, store.total), (STORE_HEAD, Points(9_300)));
    month.signed(4);
    assert!(month.seal(&[4, 14]).is_err());
    month.signed(14);
    let sealed = month.sealed(&[4, 14]);
    assert_eq!(figures(&sealed), (Points(8_998), BasisPoints(10_000)));
    let part = |n, working_days, total, over, under| Step::Part {
        plan: plan(n),
        working_days,
        total: Points(total),
        over,
        under,
    };
    let steps = [
        part(4, 10, 8_667, 86_667, 10),
        part(14, 11, 9_300, 9_300, 1),
        Step::Parts {
            working_days: 21,
            millionths: 89_984_285,
        },
        Step::Rounded {
            total: Points(8_998),
        },
        Step::Band {
            from: Some(Points(8_000)),
            coefficient: BasisPoints(10_000),
        },
    ];
    assert_eq!(sealed.derivation, steps);
    assert_eq!(month.state(4), PlanState::Sealed);
    assert_eq!(month.state(14), PlanState::Sealed);
}

/// The fifth's superior is late: 1.00 is paid on 9 December, after the deadline of the 8th; judged on
/// the 10th with 60.00 x 0.60 + 40.00 x 0.80 = 36.00 + 32.00 = 68.00, the coefficient is 0.60: the
/// difference of -0.40 follows.
#[test]
fn a_missing_superior_score() {
    let mut month = month();
    let items = [("key_work", 6_000, due()), ("daily_work", 4_000, due())];
    month.plans(5, person(5), LINE, &items);
    month.on(day(2026, 12, 9));
    let first = month.sealed(&[5]);
    assert_eq!(first.assessment, Assessment::Provisional);
    assert_eq!(first.coefficient, BasisPoints(10_000));
    month.on(day(2026, 12, 10));
    month.judged(5, &[on_time("needs_improvement"), on_time("qualified")]);
    month.signed(5);
    let second = month.sealed(&[5]);
    assert_eq!(figures(&second), (Points(6_800), BasisPoints(6_000)));
    assert_eq!((first.version, second.version), (1, 2));
    let difference = second.coefficient.0 - first.coefficient.0;
    assert_eq!(difference, -4_000);
}

/// The sixth stands at the edge of a band: 20.05 x 0.90 + 63.95 x 1.00 + 10.00 x 0.80 + 6.00 x 0 =
/// 18.045 + 63.95 + 8.00 + 0 = 89.995, rounded once, half up, 90.00: the band looks at the printed
/// figure, 1.10. No section but one has items, which changes nothing here: weights are the plan's.
#[test]
fn a_half_at_the_edge_of_a_band() {
    let mut month = month();
    let items = [2_005, 6_395, 1_000, 600].map(|weight| ("key_work", weight, due()));
    month.plans(6, person(6), LINE, &items);
    let judged = [
        on_time("good"),
        on_time("excellent"),
        carried_out("late", "excellent"),
        NotCarriedOut,
    ];
    let is = settled(&mut month, 6, &judged);
    assert_eq!(is, (Points(9_000), BasisPoints(11_000)));
}
