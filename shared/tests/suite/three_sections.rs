//! Worked example of `three-sections` (S68): a whole November of six people, computed by hand.
//!
//! Each section has 100.00 points; the shares are daily 40 %, key 40 %, temporary 20 %; an empty
//! section drops out. Assessed from 26 October to 25 November. Bands: 95 1.20, 90 1.10, 80 1.00,
//! 70 0.80, 60 0.60, below 0.

use shared::change_request::ItemChange;
use shared::item::{Deduction, Edit, Item, ItemEdit};
use shared::moment::Day;
use shared::plan::PlanState;
use shared::quantity::{BasisPoints, Points, Quantity};
use shared::refusal::Refusal;
use shared::result::Step;
use shared::score::Judgement::{self, NotCarriedOut};
use shared::score::Proposed;
use shared::seal::Assessment;

use crate::format_1;
use crate::month::{Month, figures, item_of, person, plan, points};
use crate::prelude::*;

fn month() -> Month {
    Month::under(format_1::three_sections())
}

fn due() -> Day {
    day(2026, 11, 13)
}

/// Judged, signed and sealed on Friday 27 November, the day of the superior's deadline.
fn settled(month: &mut Month, n: u128, judgements: &[Judgement]) -> (Points, BasisPoints) {
    month.on(day(2026, 11, 27));
    month.judged(n, judgements);
    month.signed(n);
    let sealed = month.sealed(&[n]);
    assert_eq!(sealed.assessment, Assessment::Assessed);
    assert_eq!(month.state(n), PlanState::Sealed);
    figures(&sealed)
}

fn section(section: &str, earned: i64, attainable: i64, share: i64) -> Step {
    Step::Section {
        section: section.into(),
        earned,
        attainable: Points(attainable),
        share: BasisPoints(share),
    }
}

/// The first: a key item three days late at 5.00 points a day: 50.00 - 15.00 = 35.00 proposed, and
/// the superior follows.
///
/// Daily: 57.00 + 38.00 = 95.00. Key: 45.00 + 35.00 = 80.00. Temporary: 90.00.
/// 95.00 x 0.40 + 80.00 x 0.40 + 90.00 x 0.20 = 38.00 + 32.00 + 18.00 = 88.00: 1.00.
#[test]
fn a_late_item() {
    let mut month = month();
    month.drafts(1, person(1), LINE);
    let weights = [
        ("daily_work", 6_000),
        ("daily_work", 4_000),
        ("key_work", 5_000),
        ("key_work", 5_000),
        ("temporary_work", 10_000),
    ];
    for (k, (section, weight)) in (1..).zip(weights) {
        month.adds(Item {
            id: item_of(1, k),
            plan: plan(1),
            section: section.into(),
            responsible: Some(person(1)),
            due: Some(due()),
            deduction: Some(Deduction {
                per: Quantity(10_000),
                points: Points(500),
                started: true,
                floor: Points(0),
            }),
            ..item(k, weight)
        });
    }
    month.hands_in(1, person(1));
    month.approved(1);
    month.on(day(2026, 11, 16));
    month.completes(1, 4);
    assert_eq!(month.proposed(1, 4), Some(Proposed::Points(Points(3_500))));
    let judged = [5_700, 3_800, 4_500, 3_500, 9_000].map(points);
    let is = settled(&mut month, 1, &judged);
    assert_eq!(is, (Points(8_800), BasisPoints(10_000)));
}

/// The second: nothing temporary came up, so that section drops out and the others are re-weighted
/// from 40 + 40 to halves. An approved change had re-weighted the key items from 60 + 40 to 70 + 30.
///
/// Daily: 92.50. Key: 63.00 + 21.25 = 84.25. (92.50 x 0.40 + 84.25 x 0.40) / 0.80 =
/// (37.00 + 33.70) / 0.80 = 88.375, rounded once, half up, 88.38: 1.00.
#[test]
fn an_empty_section_and_an_approved_change() {
    let mut month = month();
    let items = [
        ("daily_work", 10_000, due()),
        ("key_work", 6_000, due()),
        ("key_work", 4_000, due()),
    ];
    month.plans(2, person(2), LINE, &items);
    month.on(day(2026, 11, 4));
    let weight = |k, old, new| {
        let (old, new) = (Points(old), Points(new));
        ItemChange::Edit(item_of(2, k), vec![ItemEdit::Weight(Edit { old, new })])
    };
    month.changes(2, vec![weight(2, 6_000, 7_000), weight(3, 4_000, 3_000)]);
    let judged = [9_250, 6_300, 2_125].map(points);
    let is = settled(&mut month, 2, &judged);
    assert_eq!(is, (Points(8_838), BasisPoints(10_000)));
    let steps = &month.result(2).derivation[3..];
    let expected = [
        section("daily_work", 92_500_000, 10_000, 4_000),
        section("key_work", 84_250_000, 10_000, 4_000),
        Step::EmptySection {
            section: "temporary_work".into(),
            share: BasisPoints(2_000),
            dropped: true,
        },
        Step::Shared {
            shares: BasisPoints(8_000),
            full: Points(10_000),
            millionths: 88_375_000,
        },
        Step::Rounded {
            total: Points(8_838),
        },
        Step::Band {
            from: Some(Points(8_000)),
            coefficient: BasisPoints(10_000),
        },
    ];
    assert_eq!(steps, expected);
}

/// The third: a key item was not carried out.
///
/// Daily: 85.00. Key: 0 + 54.00. Temporary: 70.00.
/// 85.00 x 0.40 + 54.00 x 0.40 + 70.00 x 0.20 = 34.00 + 21.60 + 14.00 = 69.60: at least 60, 0.60.
#[test]
fn an_undone_item() {
    let mut month = month();
    let items = [
        ("daily_work", 10_000, due()),
        ("key_work", 4_000, due()),
        ("key_work", 6_000, due()),
        ("temporary_work", 10_000, due()),
    ];
    month.plans(3, person(3), LINE, &items);
    month.on(day(2026, 11, 16));
    assert_eq!(month.proposed(3, 2), Some(Proposed::NotCarriedOut));
    let judged = [points(8_500), NotCarriedOut, points(5_400), points(7_000)];
    let is = settled(&mut month, 3, &judged);
    assert_eq!(is, (Points(6_960), BasisPoints(6_000)));
}

/// The fourth moves to the store on Monday 16 November: of the assessed days 15 working days in the
/// line (26 October to 13 November), eight in the store (16 to 25 November).
///
/// Line: daily alone, 88.00. Store: (91.00 x 0.40 + 86.00 x 0.40) / 0.80 = 88.50.
/// (15 x 88.00 + 8 x 88.50) / 23 = (1,320.00 + 708.00) / 23 = 88.173913..., 88.17: 1.00.
#[test]
fn a_transfer_in_the_middle_of_the_month() {
    let mut month = month();
    month.plans(4, person(4), LINE, &[("daily_work", 10_000, due())]);
    month.moves_to_the_store(4, day(2026, 11, 16));
    month.on(day(2026, 11, 16));
    let items = ["daily_work", "key_work"].map(|key| (key, 10_000, day(2026, 11, 24)));
    month.plans(14, person(4), STORE, &items);
    month.on(day(2026, 11, 27));
    assert_eq!(month.judged(4, &[points(8_800)]).total, Points(8_800));
    let store = month.judged(14, &[points(9_100), points(8_600)]);
    assert_eq!((store.by, store.total), (STORE_HEAD, Points(8_850)));
    month.signed(4);
    month.signed(14);
    let sealed = month.sealed(&[4, 14]);
    assert_eq!(figures(&sealed), (Points(8_817), BasisPoints(10_000)));
    let days: Vec<u32> = sealed.parts.iter().map(|part| part.working_days).collect();
    assert_eq!(days, [15, 8]);
}

/// The fifth's superior is late. To be filed by the 28th, a Saturday, so by Friday the 27th, 16:00:
/// on Monday the 30th 1.00 is paid. Judged on 1 December: 96.00 x 0.40 + 97.00 x 0.40 + 95.00 x 0.20
/// = 38.40 + 38.80 + 19.00 = 96.20, 1.20: the difference of 0.20 follows.
#[test]
fn a_missing_superior_score() {
    let mut month = month();
    let items = ["daily_work", "key_work", "temporary_work"].map(|key| (key, 10_000, due()));
    month.plans(5, person(5), LINE, &items);
    month.on(day(2026, 11, 27));
    assert!(month.seal(&[5]).is_err());
    month.on(day(2026, 11, 30));
    let first = month.sealed(&[5]);
    assert_eq!(first.assessment, Assessment::Provisional);
    assert_eq!(first.coefficient, BasisPoints(10_000));
    month.on(day(2026, 12, 1));
    month.judged(5, &[9_600, 9_700, 9_500].map(points));
    month.signed(5);
    let second = month.sealed(&[5]);
    assert_eq!(figures(&second), (Points(9_620), BasisPoints(12_000)));
    let difference = second.coefficient.0 - first.coefficient.0;
    assert_eq!(difference, 2_000);
}

/// The sixth stands at the edge of a band, and one item is due after the assessed range, on the
/// 27th: it is scored next month, and the key section is out of the 60.00 that remain.
///
/// Daily: 89.99. Key: 54.00 of 60.00, which is 90.00 of 100. (89.99 x 0.40 + 90.00 x 0.40) / 0.80 =
/// 89.995, rounded once, half up, 90.00: 1.10.
#[test]
fn a_half_at_the_edge_of_a_band_and_an_item_of_the_last_days() {
    let mut month = month();
    let items = [
        ("daily_work", 10_000, due()),
        ("key_work", 6_000, due()),
        ("key_work", 4_000, day(2026, 11, 27)),
    ];
    month.plans(6, person(6), LINE, &items);
    let judged = [8_999, 5_400].map(points);
    let is = settled(&mut month, 6, &judged);
    assert_eq!(is, (Points(9_000), BasisPoints(11_000)));
    let result = month.result(6);
    let deferred: Vec<_> = result
        .deferred
        .iter()
        .map(|item| (item.item, item.weight, item.due))
        .collect();
    let last = (item_of(6, 3), Points(4_000), day(2026, 11, 27));
    assert_eq!(deferred, [last]);
    let key = section("key_work", 54_000_000, 6_000, 4_000);
    assert!(result.derivation.contains(&key));
}

#[test]
fn weights_add_up_in_each_section_that_has_items() {
    let mut month = month();
    month.drafts(7, person(1), LINE);
    for (k, (section, weight)) in (1..).zip([("daily_work", 10_000), ("key_work", 9_000)]) {
        month.adds(Item {
            id: item_of(7, k),
            plan: plan(7),
            section: section.into(),
            responsible: Some(person(1)),
            ..item(k, weight)
        });
    }
    let refusal = Refusal::SectionWeightsDoNotSum {
        section: "key_work".into(),
        is: Points(9_000),
        must: Points(10_000),
    };
    let hand_in = month.hand_in(7);
    assert_eq!(month.story.refused(person(1), hand_in), refusal);
}

#[test]
fn nobody_scores_more_than_an_item_weighs_nor_by_levels() {
    let mut month = month();
    month.plans(8, person(1), LINE, &[("daily_work", 10_000, due())]);
    let refused = |judgement| {
        let score = Month::score(8, 1, &judgement);
        month
            .story
            .refused(LINE_HEAD, shared::command::Command::ScoreSuperior(score))
    };
    for beyond in [10_001, -1] {
        let out = Refusal::OutOfRange {
            field: "points".into(),
            least: "0.00".into(),
            most: "100.00".into(),
        };
        assert_eq!(refused(points(beyond)), out);
    }
    let level = refused(carried_out("on_time", "good"));
    assert!(matches!(level, Refusal::UnknownValue { .. }));
}

#[test]
fn what_is_due_after_the_range_alone_is_not_judged_this_month() {
    let mut month = month();
    let late = day(2026, 11, 28);
    month.plans(9, person(1), LINE, &[("daily_work", 10_000, late)]);
    assert_eq!(
        month.publish(9, LINE_HEAD).unwrap_err(),
        shared::world::Stop::Refused(Refusal::NothingToJudge)
    );
    let sealed = month.sealed(&[9]);
    assert_eq!(sealed.assessment, Assessment::NotAssessed);
    assert_eq!(sealed.coefficient, BasisPoints(10_000));
}
