//! Edges, by hand: what stands between two rules, at the ends of lists and of numbers, and forged tapes.

use serde_json::{Value, json};
use shared::id::PlanId;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::result::engine_3::inputs::{
    ItemFacts, KnownResult, Late, Outcome, Rating, ResultFact, Stated,
};
use shared::result::engine_3::node::{Kind, Op, Subject};
use shared::result::engine_3::{Inputs, Node, check};

use super::{
    Rules, SUPERIOR, charge, combined, computed, item, items_part, merged, method, name, of_items,
    part, rated, scored, stated, sum, typed,
};

fn rater(key: &str, by: &str, weight: i64, missing: Value) -> Value {
    json!({"key": key, "by": by, "weight": weight, "missing": missing})
}

/// A day of lateness costs 1, and no item falls below a tenth of its points.
fn late_items(scoring: Value) -> Rules {
    let days = json!({"days_late": {"of": "due", "days": "calendar"}});
    Rules::items(scoring, json!([charge(days, json!({"fixed": 100}))]))
        .set("/judging/methods/0/floor", json!(1_000))
}

fn two_days_late(item: ItemFacts) -> ItemFacts {
    let late = Late {
        calendar: 2,
        ..Late::default()
    };
    ItemFacts { late, ..item }
}

/// The superior is away and a deputy, whose own rating does not count, stands in: 50 was not carried
/// out, 0 and not the floor of 5; 50 of 50 for the other: 50.00. What must be done was not: 40.00.
#[test]
fn who_stands_in_says_what_was_not_carried_out() {
    let raters = json!([
        rater("deputy", "head", 0, json!("left_out")),
        rater("superior", "superior", 10_000, json!({"instead": "deputy"})),
    ]);
    let rules = late_items(json!({"typed": {}})).set("/judging/raters", raters);
    let mut first = two_days_late(item(1, 5_000));
    first.stated.push(stated(0, Rating::Undone));
    first.must = true;
    let inputs = of_items([first, scored(2, 5_000, 5_000)]);
    assert_eq!(rules.total(&inputs), 5_000);
    let gate = json!({
        "key": "must", "name": name(), "when": {"must_undone": {"least": 1}},
        "effect": {"total_at_most": 4_000}
    });
    assert_eq!(
        rules.set("/grades/gates", json!([gate])).total(&inputs),
        4_000
    );
}

/// What somebody says who is not asked of an item changes nothing: not carried out, 0 of 100, and not
/// the floor of 10.
#[test]
fn who_is_not_asked_is_not_heard() {
    let mut head = rater("head", "head", 3_000, json!("left_out"));
    head["of"] = json!({"must": true});
    let raters = json!([
        head,
        rater("superior", "superior", 7_000, json!("provisional"))
    ]);
    let rules = late_items(json!({"typed": {}})).set("/judging/raters", raters);
    let mut one = rated(1, 10_000, Rating::Undone);
    one.stated.push(stated(0, Rating::Points(Points(9_000))));
    assert_eq!(rules.total(&of_items([two_days_late(one)])), 0);
}

/// Where facts alone give the points they say what was carried out too: 100 less 2 days late, 98.00,
/// whatever is stated beside; 0 where the reports say that it was not.
#[test]
fn facts_that_give_the_points_decide() {
    let rules = late_items(json!({"whole": {}}));
    let mut inputs = of_items([two_days_late(rated(1, 10_000, Rating::Undone))]);
    assert_eq!(rules.total(&inputs), 9_800);
    inputs.items[0].outcome = Outcome::Undone;
    assert_eq!(rules.total(&inputs), 0);
}

/// Nothing was to be reached, so the degree cannot be said and points are typed: 40.00.
#[test]
fn a_degree_of_nothing_is_typed() {
    let curve = json!({"proportional": {"cap": 10_000}});
    let rules = Rules::items(json!({"reached": {"curve": curve}}), json!([]));
    let mut inputs = of_items([scored(1, 10_000, 4_000)]);
    inputs.items[0].reached = Some((5, 0));
    assert_eq!(rules.total(&inputs), 4_000);
}

/// The superior gave 54 of 60 and the manager, without whom nothing is published, nothing. What an
/// unscored item means is said of items that nobody scored, so this one blocks.
#[test]
fn half_a_judgement_is_no_unscored_item() {
    let raters = json!([
        rater("superior", "superior", 7_000, json!("provisional")),
        rater("manager", "head", 3_000, json!("blocks")),
    ]);
    let at = "/cycles/0/total/parts/list/0/source/items/unscored";
    for unscored in ["counts_zero", "left_out", "blocks"] {
        let rules = Rules::items(json!({"typed": {}}), json!([]))
            .set("/judging/raters", raters.clone())
            .set(at, json!(unscored));
        let mut first = item(1, 6_000);
        first.stated.push(stated(0, Rating::Points(Points(5_400))));
        let items = vec![first.item];
        let refused = rules.refused(&of_items([first, item(2, 0)]));
        assert_eq!(refused, Refusal::ScoresMissing { items });
    }
}

/// Tasks outside alone, scaled: 15 of 30 is 50.00 of 100, of which no more than 10 count: 10.00.
#[test]
fn the_most_of_tasks_outside_holds_after_scaling() {
    let outside = json!({"only": {"most": 1_000}});
    let rules = Rules::of(
        sum([items_part("weight", "scaled", outside)]),
        json!([method(json!({"typed": {}}), json!([]))]),
    );
    let task = ItemFacts {
        outside: true,
        ..scored(1, 3_000, 1_500)
    };
    assert_eq!(rules.total(&of_items([task])), 1_000);
}

/// The sixty-fifth category is not the first: 30 of 50 of the first alone is 60.00.
#[test]
fn categories_beyond_the_bits_of_a_filter_are_not_meant() {
    let category = |at: usize| json!({"key": format!("c{at}"), "name": name(), "means": name()});
    let categories: Vec<Value> = (0..70).map(category).collect();
    let rules = Rules::items(json!({"typed": {}}), json!([]))
        .set("/items/categories", json!(categories))
        .set(
            "/cycles/0/total/parts/list/0/source/items/groups/0/of",
            json!({"categories": ["c0"]}),
        );
    let of = |category, item: ItemFacts| ItemFacts { category, ..item };
    let inputs = of_items([of(0, scored(1, 5_000, 3_000)), of(64, scored(2, 5_000, 0))]);
    assert_eq!(rules.total(&inputs), 6_000);
}

/// From 2 to 5 points are taken off, or none: 90 less 2 is 88.00. Less than 2 and more than 5 are
/// refused, and so is taking off the same twice.
#[test]
fn a_range_has_a_least_and_is_used_once() {
    let range = json!({"range": {"least": 200, "most": 500}});
    let rules = Rules::items(
        json!({"typed": {}}),
        json!([charge(json!({"typed": {}}), range.clone())]),
    );
    let less = |off: &[i64]| {
        let off = off.iter().map(|points| (0, Points(*points))).collect();
        let rating = Rating::Points(Points(9_000));
        of_items([ItemFacts {
            stated: vec![Stated {
                rater: SUPERIOR,
                rating,
                off,
            }],
            ..item(1, 10_000)
        }])
    };
    for (off, total) in [(&[][..], 9_000), (&[0], 9_000), (&[200], 8_800)] {
        assert_eq!(rules.total(&less(off)), total);
    }
    for off in [100, 501] {
        let refused = rules.refused(&less(&[off]));
        assert!(matches!(refused, Refusal::OutOfRange { .. }), "{refused:?}");
    }
    let twice = rules.refused(&less(&[200, 300]));
    assert!(matches!(twice, Refusal::UnknownValue { .. }), "{twice:?}");
    // The same of a part: 100 less 3, and no less than 2.
    let source = json!({"charges": {
        "from": "full", "charges": [charge(json!({"typed": {}}), range)]
    }});
    let rules = Rules::of(
        sum([part("a", json!({"total": 10_000, "source": source}))]),
        json!([]),
    );
    let less = |points| Inputs {
        typed: vec![typed(0, 0, SUPERIOR, points)],
        ..Inputs::default()
    };
    assert_eq!(rules.total(&less(300)), 9_700);
    let refused = rules.refused(&less(199));
    assert!(matches!(refused, Refusal::OutOfRange { .. }), "{refused:?}");
}

/// One part of two criteria, 60 and 40, whose silence leaves them out.
fn criteria() -> Value {
    let one = |key: &str, points: i64| json!({"key": key, "name": name(), "points": points});
    let list = json!([one("sixty", 6_000), one("forty", 4_000)]);
    let source = json!({"typed": {"criteria": list}});
    part("a", json!({"total": 10_000, "source": source}))
}

/// A criterion that is left out weighs nothing: 45 of 60 is 75.00 of 100; with 20 of 40 it is 65.00.
#[test]
fn a_criterion_that_is_left_out_weighs_nothing() {
    let rules =
        Rules::of(sum([criteria()]), json!([])).set("/judging/raters/1/missing", json!("left_out"));
    let mut inputs = Inputs {
        typed: vec![typed(0, 0, SUPERIOR, 4_500)],
        ..Inputs::default()
    };
    assert_eq!(rules.total(&inputs), 7_500);
    inputs.typed.push(typed(0, 1, SUPERIOR, 2_000));
    assert_eq!(rules.total(&inputs), 6_500);
}

/// What is taken off is rounded half up as well: the mean of 2.01 and 2.02 is 2.015, so 2.02: 100
/// less 2.02 is 97.98. Rounded once at the end, 97.985 is 97.99.
#[test]
fn what_is_taken_off_is_rounded_before_it_is() {
    let full = merged(criteria(), json!({"key": "d", "minus": true}));
    let rules = |rounding: &str| {
        Rules::of(sum([criteria(), full.clone()]), json!([]))
            .set("/cycles/0/total/rounding", json!(rounding))
    };
    let inputs = Inputs {
        typed: vec![
            typed(0, 0, SUPERIOR, 6_000),
            typed(0, 1, SUPERIOR, 4_000),
            typed(1, 0, SUPERIOR, 201),
            typed(1, 0, SUPERIOR, 202),
            typed(1, 1, SUPERIOR, 0),
        ],
        ..Inputs::default()
    };
    assert_eq!(rules("parts_half_up").total(&inputs), 9_798);
    assert_eq!(rules("total_half_up").total(&inputs), 9_799);
}

/// A department's factor is a factor although the part says what is full: 84 x 1.10 = 92.40. Without
/// a department it counts in full, which is 1: 84.00.
#[test]
fn a_factor_in_full_is_one() {
    let step = |at: i64, factor: i64| json!({"at": at, "factor": factor});
    let take = json!({"factor": [step(0, 9_000), step(9_000, 11_000)]});
    let source = json!({"result": {"of": "department", "take": take}});
    for more in [json!({"total": 10_000}), json!({})] {
        let department = merged(json!({"empty": "counts_full", "source": source}), more);
        let own = items_part("weight", "scaled", json!("none"));
        let rules = Rules::of(
            combined("product", [own, part("department", department)]),
            json!([method(json!({"typed": {}}), json!([]))]),
        );
        let mut inputs = of_items([scored(1, 10_000, 8_400)]);
        assert_eq!(rules.total(&inputs), 8_400);
        let known = KnownResult {
            version: 1,
            digest: String::new(),
            total: Points(9_200),
            band: None,
        };
        inputs.results = vec![ResultFact {
            place: 0,
            plan: PlanId::from_bits(1),
            known: Some(known),
        }];
        assert_eq!(rules.total(&inputs), 9_240);
    }
}

/// A cycle without grades has its gates on the total, and none on a grade: 96 of at most 79.
#[test]
fn a_cycle_without_grades_keeps_its_gates() {
    let gate = |key: &str, effect: Value| {
        json!({
            "key": key, "name": name(), "when": {"must_undone": {"least": 0}}, "effect": effect
        })
    };
    let gates = json!([
        gate("grade", json!({"no_better_than": "d"})),
        gate("total", json!({"total_at_most": 7_900})),
    ]);
    let rules = Rules::items(json!({"typed": {}}), json!([]))
        .set("/grades/gates", gates)
        .set("/cycles/0/ungraded", json!(true));
    let figures = rules.figures(&of_items([scored(1, 10_000, 9_600)]));
    assert_eq!((figures.total, figures.band), (Points(7_900), None));
}

/// Shortages that no number holds are refused, and never wrap round to a figure.
#[test]
fn counts_do_not_wrap() {
    let short = json!({"steps_short_of_target": {"each": {"size": 1}}});
    let source = json!({"charges": {
        "from": "full", "charges": [charge(short, json!({"fixed": 7}))]
    }});
    let rules = Rules::of(
        sum([part("a", json!({"total": 10_000, "source": source}))]),
        json!([]),
    );
    let short = |n| ItemFacts {
        reached: Some((0, i64::MAX)),
        ..item(n, 0)
    };
    let refused = rules.refused(&of_items([short(1), short(2), short(3)]));
    assert!(
        matches!(refused, Refusal::LimitPassed { .. }),
        "{refused:?}"
    );
}

/// A task outside the total is judged by the method of the part that takes it, and the derivation
/// says so.
#[test]
fn a_task_outside_names_its_own_method() {
    let levels = |factor: i64| {
        let levels = json!([{"key": "a", "name": name(), "factor": factor}]);
        method(json!({"levels": {"levels": levels}}), json!([]))
    };
    let tasks = merged(levels(5_000), json!({"key": "tasks"}));
    let own = items_part("weight", "sum", json!("none"));
    let mut extra = items_part("weight", "sum", json!({"only": {"most": 5_000}}));
    extra["key"] = json!("extra");
    extra["source"]["items"]["groups"][0]["method"] = json!("tasks");
    let program = Rules::of(sum([own, extra]), json!([levels(10_000), tasks])).program();
    let task = ItemFacts {
        outside: true,
        ..rated(2, 2_000, Rating::Level(0))
    };
    let inputs = of_items([rated(1, 8_000, Rating::Level(0)), task]);
    let (figures, tape) = computed(&program, &inputs);
    assert_eq!(figures.total, Points(9_000));
    let items = tape.nodes.iter().filter(|node| node.op == Op::Item);
    let places: Vec<_> = items.map(|node| program.operand(&inputs, node)).collect();
    let place = |at: usize| Some(format!("/judging/methods/{at}/scoring"));
    assert_eq!(places, [place(0), place(1)]);
}

/// A tape that is empty, that goes on after its end, that says its grade twice, or that changes the
/// total below a grade does not re-add.
#[test]
fn a_tape_ends_once() {
    assert_eq!(check(&[]), Err(0));
    for looks_at in ["printed", "exact"] {
        let rules = Rules::items(json!({"typed": {}}), json!([]))
            .set("/grades/by/points/looks_at", json!(looks_at));
        let inputs = of_items([scored(1, 10_000, 9_600)]);
        let (_, tape) = computed(&rules.program(), &inputs);
        let band = tape.nodes.iter().position(|node| node.op == Op::Band);
        let band = band.unwrap();
        let node = |op, subject, a, b, children, value| Node {
            op,
            subject,
            a,
            b,
            children,
            value,
        };
        let top = Subject::TOTAL;
        let end = tape.nodes.len();
        for (at, forged) in [
            // Half of it, after all was said.
            (end, node(Op::Times, top, 1, 2, 1, 48_000_000)),
            // No more than 50, below the grade that 96 had.
            (
                band + 1,
                node(Op::AtMost, top, 50_000_000, 0, 1, 50_000_000),
            ),
            (end, node(Op::Round, top, 0, 0, 1, 96_000_000)),
            // The grade again, with another coefficient.
            (
                band + 1,
                Node {
                    b: 20_000,
                    ..tape.nodes[band]
                },
            ),
            (end, node(Op::Pending, top, 20_000, 0, 0, 0)),
            // A second figure that nothing uses.
            (0, node(Op::Points, top, 100, 100, 0, 1_000_000)),
            // A better grade by a gate.
            (
                band + 1,
                node(
                    Op::Lowered,
                    Subject::new(Kind::Band, 0),
                    0,
                    12_000,
                    1,
                    96_000_000,
                ),
            ),
        ] {
            let mut other = tape.nodes.clone();
            other.insert(at, forged);
            assert!(check(&other).is_err(), "{looks_at}: {forged:?}");
        }
    }
}
