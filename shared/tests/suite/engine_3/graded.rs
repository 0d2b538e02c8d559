//! Grades by hand: bands on the printed or the exact figure, gates, decided grades, no grade.

use serde_json::{Value, json};
use shared::period::PeriodKind;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::result::engine_3::inputs::{ItemFacts, Rating};
use shared::result::engine_3::{Figures, Inputs, compile};

use super::{Rules, entry, of_items, printed, rated, scored};

fn rules() -> Rules {
    Rules::items(json!({"typed": {}}), json!([]))
}

/// Of thirds: 89.996666... of 100.
fn nearly_ninety() -> Inputs {
    let mut inputs = of_items([scored(1, 10_000, 8_999), scored(2, 10_000, 9_000)]);
    inputs.items.push(scored(3, 10_000, 9_000));
    inputs
}

fn figures(
    total: i64,
    coefficient: i64,
    band: Option<u16>,
) -> ((Points, BasisPoints), Option<u16>) {
    ((Points(total), BasisPoints(coefficient)), band)
}

fn of(figures: Figures) -> ((Points, BasisPoints), Option<u16>) {
    (printed(&figures), figures.band)
}

/// By hand: (89.99 + 90 + 90) / 3 = 89.996666..., printed 90.00. Printed it is in the band from 90,
/// 1.10; the exact figure is below it, 1.00.
#[test]
fn a_band_looks_at_the_printed_or_the_exact_figure() {
    let inputs = nearly_ninety();
    assert_eq!(
        of(rules().figures(&inputs)),
        figures(9_000, 11_000, Some(1))
    );
    let exact = rules().set("/grades/by/points/looks_at", json!("exact"));
    assert_eq!(of(exact.figures(&inputs)), figures(9_000, 10_000, Some(2)));
}

/// A figure that falls below every band has none, and nothing is paid on it.
#[test]
fn below_every_band_there_is_none() {
    let name = super::name();
    let band = json!({"key": "a", "name": name, "from": 5_000, "coefficient": 10_000});
    let rules = rules().set("/grades/by/points/bands", json!([band]));
    let inputs = |points| of_items([scored(1, 10_000, points)]);
    assert_eq!(
        of(rules.figures(&inputs(5_000))),
        figures(5_000, 10_000, Some(0))
    );
    assert_eq!(of(rules.figures(&inputs(4_999))), figures(4_999, 0, None));
}

fn gated(when: Value, effect: Value) -> Rules {
    let gate = json!({"key": "g", "name": super::name(), "when": when, "effect": effect});
    rules().set("/grades/gates", json!([gate]))
}

/// 96.00 is the band a, 1.20. One complaint lets nothing through but c, 1.00; a total of at most 70
/// is the band d, 0.70; or nothing at all, 0.
#[test]
fn entries_shut_a_gate() {
    let one = json!({"entries": {"tariff": "complaint", "least": 1}});
    let two = json!({"entries": {"tariff": "complaint", "least": 2}});
    let mut inputs = of_items([scored(1, 6_000, 5_800), scored(2, 4_000, 3_800)]);
    let best = json!({"no_better_than": "c"});
    let open = figures(9_600, 12_000, Some(0));
    assert_eq!(of(gated(one.clone(), best.clone()).figures(&inputs)), open);
    inputs.entries = vec![entry(1, 2, 500)];
    inputs.entries[0].item = Some(inputs.items[0].item);
    assert_eq!(of(gated(two, best.clone()).figures(&inputs)), open);
    for (effect, shut) in [
        (best, figures(9_600, 10_000, Some(2))),
        (
            json!({"total_at_most": 7_000}),
            figures(7_000, 7_000, Some(3)),
        ),
        (json!({"total_zero": {}}), figures(0, 0, Some(4))),
        // The item that the entry names counts 0: 38 of 40 and 0 of 60.
        (json!({"item_zero": {}}), figures(3_800, 0, Some(4))),
    ] {
        assert_eq!(of(gated(one.clone(), effect).figures(&inputs)), shut);
    }
    // A gate lifts nobody: 50.00 stays in e.
    inputs.items = vec![scored(3, 10_000, 5_000)];
    let lowest = gated(one, json!({"no_better_than": "c"}));
    assert_eq!(of(lowest.figures(&inputs)), figures(5_000, 0, Some(4)));
}

/// A part below 90 points lets the total be 79 at most; one that must be done and was not makes it 0.
#[test]
fn parts_and_items_shut_a_gate() {
    let below = json!({"part_below": {"part": "items", "points": 9_000}});
    let effect = json!({"total_at_most": 7_900});
    let inputs = |points| of_items([scored(1, 10_000, points)]);
    let rules = gated(below, effect);
    assert_eq!(rules.total(&inputs(9_000)), 9_000);
    assert_eq!(rules.total(&inputs(8_999)), 7_900);
    assert_eq!(rules.total(&inputs(7_000)), 7_000);
    let must = json!({"must_undone": {"least": 1}});
    let rules = gated(must, json!({"total_zero": {}}));
    let mut inputs = of_items([scored(1, 8_000, 8_000), rated(2, 2_000, Rating::Undone)]);
    assert_eq!(rules.total(&inputs), 8_000);
    inputs.items[1] = ItemFacts {
        must: true,
        ..inputs.items[1].clone()
    };
    assert_eq!(rules.total(&inputs), 0);
}

/// Two gates, the lower counts, in either order.
#[test]
fn the_lowest_gate_counts() {
    let gate = |key: &str, band: &str| {
        json!({
            "key": key, "name": super::name(),
            "when": {"must_undone": {"least": 0}}, "effect": {"no_better_than": band}
        })
    };
    let inputs = of_items([scored(1, 10_000, 9_900)]);
    for gates in [
        [gate("x", "b"), gate("y", "d")],
        [gate("y", "d"), gate("x", "b")],
    ] {
        let rules = rules().set("/grades/gates", json!(gates));
        assert_eq!(of(rules.figures(&inputs)), figures(9_900, 7_000, Some(3)));
    }
}

/// The four grades of a yearly assessment that the head decides.
fn decided() -> Rules {
    let level = |key: &str, coefficient: i64| json!({"key": key, "name": super::name(), "coefficient": coefficient});
    let levels = json!([
        level("excellent", 12_000),
        level("competent", 10_000),
        level("basic", 9_000),
        level("incompetent", 0)
    ]);
    rules().set(
        "/grades/by",
        json!({"decided": {"levels": levels, "by": ["head"], "proposed_by": ["superior"]}}),
    )
}

/// Until it is decided, the figure is preliminary and the provisional coefficient counts. With a
/// recorded case nobody is excellent: competent at best. Without any total there is still a grade.
#[test]
fn a_grade_is_decided() {
    let mut inputs = of_items([scored(1, 10_000, 8_800)]);
    let open = decided().figures(&inputs);
    assert_eq!(of(open), figures(8_800, 10_000, None));
    assert!(open.preliminary);
    for (place, coefficient) in [(0, 12_000), (1, 10_000), (2, 9_000), (3, 0)] {
        inputs.decided = Some(place);
        let found = decided().figures(&inputs);
        assert_eq!(of(found), figures(8_800, coefficient, Some(place)));
        assert!(!found.preliminary);
    }
    let case = json!({
        "key": "case", "name": super::name(),
        "when": {"entries": {"tariff": "complaint", "least": 1}},
        "effect": {"no_better_than": "competent"}
    });
    let rules = decided().set("/grades/gates", json!([case]));
    inputs.entries = vec![entry(1, 2, 0)];
    for (place, counts) in [(0, 1), (1, 1), (3, 3)] {
        inputs.decided = Some(place);
        assert_eq!(rules.figures(&inputs).band, Some(counts));
    }
    let Rules(mut document) = decided();
    let cycle = document["cycles"][0].as_object_mut().unwrap();
    cycle.remove("total");
    let alone = Inputs {
        decided: Some(2),
        ..Inputs::default()
    };
    assert_eq!(
        of(Rules(document).figures(&alone)),
        figures(0, 9_000, Some(2))
    );
}

/// A cycle whose total is not graded, and one that is never judged.
#[test]
fn there_may_be_no_grade() {
    let inputs = of_items([scored(1, 10_000, 5_000)]);
    let ungraded = rules().set("/cycles/0/ungraded", json!(true));
    assert_eq!(of(ungraded.figures(&inputs)), figures(5_000, 10_000, None));
    let none = rules().set("/grades/by", json!({"none": {}}));
    assert_eq!(of(none.figures(&inputs)), figures(5_000, 10_000, None));
    let Rules(mut document) = rules();
    let cycle = document["cycles"][0].as_object_mut().unwrap();
    cycle.remove("total");
    assert_eq!(Rules(document).refused(&inputs), Refusal::NeverJudged);
    let regime = serde_json::from_value(rules().0).unwrap();
    assert!(compile(&regime, PeriodKind::Week).is_err());
}
