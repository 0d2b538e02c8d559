//! Charges by hand: days, hours, entries, steps short, escalations, bounds, and their sums.

use serde_json::{Value, json};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::result::engine_3::Inputs;
use shared::result::engine_3::inputs::{ItemFacts, Late, Outcome, StepFact};

use super::{
    Rules, SUPERIOR, charge, entry, item, measure, of_items, part, rated, scored, sum, typed,
};

/// Typed points of items, less these charges.
fn of_items_less(charges: Value) -> Rules {
    Rules::items(json!({"typed": {}}), charges)
}

/// One part of 100.00 less these charges, or these charges added up.
fn of_part(from: &str, charges: Value) -> Rules {
    let source = json!({"charges": {"from": from, "charges": charges}});
    let part = part("part", json!({"total": 10_000, "source": source}));
    Rules::of(sum([part]), json!([]))
}

fn late(late: Late) -> ItemFacts {
    ItemFacts {
        late,
        ..scored(1, 10_000, 9_000)
    }
}

const LATE: Late = Late {
    calendar: 4,
    working: 2,
    clock_hours: 100,
    working_hours: 17,
};

/// By hand, of 90 points: 4 calendar days x 0.5 = 2; 2 working days x 1 = 2; 17 hours of work x 0.25 =
/// 4.25; 100 hours of the clock x 0.1 = 10.
#[test]
fn lateness_of_an_item_is_counted() {
    let days = |days: &str| json!({"days_late": {"of": "due", "days": days}});
    let hours = |hours: &str| json!({"hours_late": {"of": "due", "hours": hours}});
    for (counted, each, total) in [
        (days("calendar"), 50, 8_800),
        (days("working"), 100, 8_800),
        (hours("working"), 25, 8_575),
        (hours("clock"), 10, 8_000),
    ] {
        let rules = of_items_less(json!([charge(counted.clone(), json!({"fixed": each}))]));
        assert_eq!(rules.total(&of_items([late(LATE)])), total, "{counted}");
        // The item of the same late day that was not carried out is charged nothing: it has 0.
        let mut undone = of_items([rated(
            1,
            10_000,
            shared::result::engine_3::inputs::Rating::Undone,
        )]);
        undone.items[0].late = LATE;
        assert_eq!(rules.total(&undone), 0);
    }
}

/// By hand: the first day 1, the second 2, each further one 5: 4 days 1 + 2 + 5 + 5 = 13 of 90: 77.00;
/// with a most of 10: 80.00.
#[test]
fn an_escalation_climbs_and_stays_below_its_most() {
    let days = json!({"days_late": {"of": "due", "days": "calendar"}});
    let climbing = charge(days, json!({"escalating": [100, 200, 500]}));
    let inputs = of_items([late(LATE)]);
    assert_eq!(of_items_less(json!([climbing])).total(&inputs), 7_700);
    let mut bounded = climbing;
    bounded["most"] = json!(1_000);
    assert_eq!(of_items_less(json!([bounded])).total(&inputs), 8_000);
}

/// "2 points off for each 500 yuan short or part of it, down to 0", of an item of 10 points. By hand,
/// target 10,000: reached 8,900 is 1,100 short, 3 steps begun, 10 - 6 = 4; 9,000 is 2 steps, 10 - 4 =
/// 6; full steps only: 8,900 is 2, 6. 7,000 is 6 steps, 12 of 10: 0. In ten-thousandths of a yuan.
#[test]
fn steps_short_of_a_target() {
    let rules = |started: bool| {
        let each = json!({"size": 5_000_000, "started": started});
        let counted = json!({"steps_short_of_target": {"each": each}});
        Rules::items(
            json!({"whole": {}}),
            json!([charge(counted, json!({"fixed": 200}))]),
        )
    };
    let reached = |yuan: i64| {
        let mut item = item(1, 1_000);
        item.reached = Some((yuan * 10_000, 10_000 * 10_000));
        let rest = item.clone();
        let rest = ItemFacts {
            item: crate::prelude::item_id(2),
            weight: Points(9_000),
            reached: None,
            ..rest
        };
        of_items([item, rest])
    };
    for (yuan, begun, full) in [
        (8_900, 9_400, 9_600),
        (9_000, 9_600, 9_600),
        (9_999, 9_800, 10_000),
        (10_000, 10_000, 10_000),
        (12_000, 10_000, 10_000),
        (7_000, 9_000, 9_000),
    ] {
        assert_eq!(rules(true).total(&reached(yuan)), begun, "{yuan}");
        assert_eq!(rules(false).total(&reached(yuan)), full, "{yuan}");
    }
}

/// By hand: 100 less 1 and 2 for two entries of the tariff: 97.00; an entry of another tariff costs
/// nothing here; with a most of 2.5: 97.50. Added up instead: 3.00, or 2.50.
#[test]
fn entries_carry_their_own_points() {
    let counted = json!({"entries": {"tariff": "left_out"}});
    let mut one = json!({"key": "k", "name": super::name(), "counted": counted});
    let inputs = Inputs {
        entries: vec![entry(1, 1, 100), entry(2, 0, 900), entry(3, 1, 200)],
        ..Inputs::default()
    };
    assert_eq!(of_part("full", json!([one])).total(&inputs), 9_700);
    assert_eq!(of_part("nothing", json!([one])).total(&inputs), 300);
    one["most"] = json!(250);
    assert_eq!(of_part("full", json!([one])).total(&inputs), 9_750);
    assert_eq!(of_part("nothing", json!([one])).total(&inputs), 250);
}

/// An item names its entries: only these are taken off it. By hand: 90 - 2 of one item, 0 of the other.
#[test]
fn an_item_bears_the_entries_that_name_it() {
    let counted = json!({"entries": {"tariff": "left_out"}});
    let one = json!({"key": "k", "name": super::name(), "counted": counted});
    let rules = of_items_less(json!([one]));
    let mut inputs = of_items([scored(1, 5_000, 4_500), scored(2, 5_000, 4_500)]);
    inputs.entries = vec![entry(1, 1, 200)];
    assert_eq!(rules.total(&inputs), 9_000);
    inputs.entries[0].item = Some(inputs.items[1].item);
    assert_eq!(rules.total(&inputs), 8_800);
    // One that lets the item count zero leaves nothing to take off.
    inputs.entries[0].item_zero = true;
    assert_eq!(rules.total(&inputs), 4_500);
}

/// Of a part, by hand: the plan 3 days late at 2 a day: 6; two items not carried out at 5: 10; what
/// the superior types, 4.5: 100 - 6 - 10 - 4.5 = 79.50.
#[test]
fn a_part_is_charged_for_the_whole_plan() {
    let step = json!({"days_late": {"of": {"step": "submission"}, "days": "calendar"}});
    let typed_charge = charge(
        json!({"typed": {}}),
        json!({"range": {"least": 0, "most": 1_000}}),
    );
    let rules = of_part(
        "full",
        json!([
            charge(step, json!({"fixed": 200})),
            charge(json!({"undone": {}}), json!({"fixed": 500})),
            typed_charge
        ]),
    );
    let undone = |n| ItemFacts {
        outcome: Outcome::Undone,
        ..item(n, 1_000)
    };
    let mut inputs = of_items([undone(1), item(2, 1_000), undone(3)]);
    let three = Late {
        calendar: 3,
        ..Late::default()
    };
    inputs.steps = vec![
        StepFact {
            step: 0,
            late: three,
        },
        StepFact {
            step: 2,
            late: LATE,
        },
    ];
    inputs.typed = vec![typed(0, 2, SUPERIOR, 450)];
    assert_eq!(rules.total(&inputs), 7_950);
    inputs.typed[0].points = Points(1_001);
    assert!(matches!(rules.refused(&inputs), Refusal::OutOfRange { .. }));
    inputs.typed.clear();
    assert!(matches!(
        rules.refused(&inputs),
        Refusal::FieldMissing { .. }
    ));
}

/// A rate of 2/3 against 90 %, by hand: 23.33 short; per full 5 %: 4 steps x 3 = 12, 88.00; begun: 5
/// x 3 = 15, 85.00. Nothing to measure: the part is empty, and here that blocks.
#[test]
fn steps_short_of_a_rate() {
    let rules = |started: bool| {
        let each = json!({"size": 500, "started": started});
        let of = json!({"completion_rate": {}});
        let counted = json!({"steps_short": {"of": of, "target": 9_000, "each": each}});
        of_part("full", json!([charge(counted, json!({"fixed": 300}))]))
    };
    let rate = |over, under| Inputs {
        measures: vec![measure(0, over, under)],
        ..Inputs::default()
    };
    assert_eq!(rules(false).total(&rate(2, 3)), 8_800);
    assert_eq!(rules(true).total(&rate(2, 3)), 8_500);
    assert_eq!(rules(true).total(&rate(3, 3)), 10_000);
    assert!(matches!(
        rules(true).refused(&rate(0, 0)),
        Refusal::FieldMissing { .. }
    ));
}

/// Floors and caps of items, by hand: 50 of which 8 x 10 are taken off is not below 0.3 x 50 = 15;
/// 40 typed stays: 55.00. A floor of thirds of a point is exact: 33.33 x 0.05 = 1.6665.
#[test]
fn an_item_stays_between_floor_and_cap() {
    let days = json!({"days_late": {"of": "due", "days": "calendar"}});
    let rules = of_items_less(json!([charge(days, json!({"fixed": 2_000}))]));
    let rules = rules.set("/judging/methods/0/floor", json!(3_000));
    let first = ItemFacts {
        weight: Points(5_000),
        ..late(LATE)
    };
    let mut first = first;
    first.stated[0].rating = shared::result::engine_3::inputs::Rating::Points(Points(5_000));
    let inputs = of_items([first.clone(), scored(2, 5_000, 4_000)]);
    assert_eq!(rules.total(&inputs), 5_500);
    let rules = rules.set("/judging/methods/0/floor", json!(500));
    let third = ItemFacts {
        weight: Points(3_333),
        ..first
    };
    let mut third = third;
    third.stated[0].rating = shared::result::engine_3::inputs::Rating::Points(Points(3_333));
    // 1.6665 + 66.67 = 68.3365, printed 68.34.
    let inputs = of_items([third, scored(2, 6_667, 6_667)]);
    assert_eq!(rules.total(&inputs), 6_834);
}

/// What cannot be counted is found when the rules are compiled.
#[test]
fn charges_that_say_nothing_are_found() {
    let days = json!({"days_late": {"of": "due", "days": "calendar"}});
    let entries = json!({"entries": {"tariff": "left_out"}});
    let unknown = json!({"entries": {"tariff": "nobody"}});
    let step = json!({"days_late": {"of": {"step": "publication"}, "days": "calendar"}});
    let fixed = json!({"fixed": 1});
    let range = json!({"range": {"least": 0, "most": 1}});
    let none = Value::Null;
    for (counted, amount) in [
        (&days, &none),
        (&days, &range),
        (&entries, &fixed),
        (&unknown, &none),
        (&step, &fixed),
    ] {
        let Rules(document) = of_part("full", json!([charge(counted.clone(), amount.clone())]));
        let regime = serde_json::from_value(document).unwrap();
        let found = shared::result::engine_3::compile(&regime, shared::period::PeriodKind::Month);
        let place = "/cycles/0/total/parts/list/0/source/charges/charges/0";
        assert!(found.unwrap_err().place.starts_with(place), "{counted}");
    }
}
