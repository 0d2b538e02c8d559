//! Items by hand: levels, matrix, typed points, reached targets, and what raters give together.

use serde_json::{Value, json};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::result::engine_3::inputs::{ItemFacts, Outcome, Rating};
use shared::score::Judgement;

use super::{
    Inputs, Rules, SELF, SUPERIOR, item, items_part, method, name, of_items, part, rated, scored,
    stated, sum, typed,
};

fn curve(curve: Value) -> Rules {
    let rules = Rules::items(json!({"reached": {"curve": curve}}), json!([]));
    // More than full can be earned here.
    let rules = rules.set("/judging/methods/0/cap", json!(12_000));
    rules.set("/cycles/0/total/cap", json!(12_000))
}

fn reached(n: u128, weight: i64, over: i64, under: i64) -> ItemFacts {
    ItemFacts {
        reached: Some((over, under)),
        ..item(n, weight)
    }
}

/// By hand: 40 x 1.00 + 35 x 0.80 + 25 x 0.50 = 40 + 28 + 12.5 = 80.50.
#[test]
fn levels_have_factors() {
    let level = |key: &str, factor: i64| json!({"key": key, "name": name(), "factor": factor});
    let levels = json!([level("a", 10_000), level("b", 8_000), level("c", 5_000)]);
    let rules = Rules::items(json!({"levels": {"levels": levels}}), json!([]));
    let level = |n, weight, at| rated(n, weight, Rating::Level(at));
    let mut inputs = of_items([level(1, 4_000, 0), level(2, 3_500, 1), level(3, 2_500, 2)]);
    assert_eq!(rules.total(&inputs), 8_050);
    // Not carried out earns nothing: 40 + 28.
    inputs.items[2] = rated(3, 2_500, Rating::Undone);
    assert_eq!(rules.total(&inputs), 6_800);
    // A level that the scale does not have.
    inputs.items[2] = level(3, 2_500, 3);
    assert!(matches!(
        rules.refused(&inputs),
        Refusal::UnknownValue { .. }
    ));
}

/// Efficiency x quality with an own factor for what was not carried out. By hand: 40 on time good
/// 0.90 = 36, 35 late good 0.70 = 24.5, 25 not carried out at 0.10 = 2.5: 63.00.
#[test]
fn the_matrix_has_factors() {
    let level = |key: &str| json!({"key": key, "name": name()});
    let matrix = json!({"matrix": {
        "efficiency": [level("on_time"), level("late")],
        "quality": [level("excellent"), level("good")],
        "factors": [[10_000, 9_000], [8_000, 7_000]],
        "on_time": "on_time", "late": "late"
    }});
    let rules = Rules::items(matrix, json!([])).set("/judging/methods/0/undone", json!(1_000));
    let regime: shared::regime::document::Regime = serde_json::from_value(rules.0.clone()).unwrap();
    let of = |efficiency: &str, quality: &str| {
        let judgement = Judgement::CarriedOut {
            efficiency: efficiency.into(),
            quality: quality.into(),
        };
        Rating::of(&regime.judging.methods[0].scoring, &judgement)
    };
    let inputs = of_items([
        rated(1, 4_000, of("on_time", "good").unwrap()),
        rated(2, 3_500, of("late", "good").unwrap()),
        rated(3, 2_500, Rating::Undone),
    ]);
    assert_eq!(rules.total(&inputs), 6_300);
    assert!(of("early", "good").is_err());
    assert!(of("late", "perfect").is_err());
}

/// A day's sales, by hand: 4 of 3 clients are 133 %, capped at 120 %: 50 x 1.20 = 60; 1 of 1 visit:
/// 25; 30 of 40 calls: 25 x 0.75 = 18.75: 103.75. The next day 3, 0 and 40: 50 + 0 + 25 = 75.00.
#[test]
fn reached_in_proportion() {
    let rules = curve(json!({"proportional": {"cap": 12_000}}));
    let day = |clients, visits, calls| {
        of_items([
            reached(1, 5_000, clients, 3),
            reached(2, 2_500, visits, 1),
            reached(3, 2_500, calls, 40),
        ])
    };
    assert_eq!(rules.total(&day(4, 1, 30)), 10_375);
    assert_eq!(rules.total(&day(3, 0, 40)), 7_500);
    // Below where one started is nothing, not less.
    assert_eq!(rules.total(&day(-3, 0, 40)), 2_500);
}

/// Steps at 0.60, 0.80 and 1.00 with 0.5, 0.8 and 1.0. By hand: 0.79 reaches the first, 40 x 0.5 =
/// 20; exactly 0.80 the second, 60 x 0.8 = 48: 68.00. 0.59 reaches none: 48.00.
#[test]
fn reached_by_steps() {
    let step = |at: i64, factor: i64| json!({"at": at, "factor": factor});
    let steps = json!([step(6_000, 5_000), step(8_000, 8_000), step(10_000, 10_000)]);
    let rules = curve(json!({"steps": {"steps": steps}}));
    let two = |percent| of_items([reached(1, 4_000, percent, 100), reached(2, 6_000, 4, 5)]);
    assert_eq!(rules.total(&two(79)), 6_800);
    assert_eq!(rules.total(&two(59)), 4_800);
    assert_eq!(rules.total(&two(300)), 8_800);
}

/// A line from (0.50, 0) to (1.00, 1.00), level outside. By hand: 0.80 lies at 0.6, 100 x 0.6 =
/// 60.00; 2/3 at 1/3, 33.333... printed 33.33; 0.4 gives 0.00, and 1.5 gives 100.00.
#[test]
fn reached_on_a_line() {
    let point = |at: i64, factor: i64| json!({"at": at, "factor": factor});
    let points = json!([point(5_000, 0), point(10_000, 10_000)]);
    let rules = curve(json!({"linear": {"points": points}}));
    let one = |over, under| of_items([reached(1, 10_000, over, under)]);
    for (over, under, total) in [(4, 5, 6_000), (2, 3, 3_333), (2, 5, 0), (3, 2, 10_000)] {
        assert_eq!(rules.total(&one(over, under)), total, "{over}/{under}");
    }
}

/// A target that cannot be measured is judged by points, and what was not carried out by its factor.
#[test]
fn what_cannot_be_measured_is_typed() {
    let rules = curve(json!({"proportional": {"cap": 10_000}}));
    let mut inputs = of_items([reached(1, 5_000, 1, 2), scored(2, 5_000, 4_000)]);
    // 25 + 40.
    assert_eq!(rules.total(&inputs), 6_500);
    inputs.items[0].outcome = Outcome::Undone;
    assert_eq!(rules.total(&inputs), 4_000);
    // 5.000 x 1.20 is the most.
    inputs.items[1] = scored(2, 5_000, 6_001);
    assert!(matches!(rules.refused(&inputs), Refusal::OutOfRange { .. }));
}

/// The superior 0.7 and a project manager 0.3, whose missing score means what is given.
fn two_raters(missing: Value) -> Rules {
    let rater = |key: &str, by: &str, weight: i64, missing: Value| json!({"key": key, "by": by, "weight": weight, "missing": missing});
    let raters = json!([
        rater("self", "responsible", 0, json!("left_out")),
        rater("superior", "superior", 7_000, json!("provisional")),
        rater("manager", "head", 3_000, missing),
    ]);
    Rules::items(json!({"typed": {}}), json!([])).set("/judging/raters", raters)
}

const MANAGER: u16 = 2;

/// The superior says 54 of 60 and 36 of 40; what the manager says of the first is given.
fn judged_by_two(manager: Option<i64>) -> Inputs {
    let mut inputs = of_items([scored(1, 6_000, 5_400), scored(2, 4_000, 3_600)]);
    let manager = manager.map(|points| stated(MANAGER, Rating::Points(Points(points))));
    inputs.items[0].stated.extend(manager);
    inputs.items[1]
        .stated
        .push(stated(MANAGER, Rating::Points(Points(3_600))));
    inputs
}

/// By hand: 54 x 0.7 + 48 x 0.3 = 37.8 + 14.4 = 52.2; with 36 of 40: 88.20.
#[test]
fn raters_weigh() {
    let rules = two_raters(json!("blocks"));
    assert_eq!(rules.total(&judged_by_two(Some(4_800))), 8_820);
}

/// What the manager's silence about the first item means, by hand:
/// left out 54 + 36 = 90.00; zero 54 x 0.7 + 36 = 73.80; instead of it the person's own 60:
/// 54 x 0.7 + 60 x 0.3 + 36 = 91.80; blocks: nobody publishes.
#[test]
fn a_missing_rater_means_what_the_rules_say() {
    let silent = judged_by_two(None);
    assert_eq!(two_raters(json!("left_out")).total(&silent), 9_000);
    assert_eq!(two_raters(json!("counts_zero")).total(&silent), 7_380);
    let instead = two_raters(json!({"instead": "self"}));
    let mut own = silent.clone();
    own.items[0]
        .stated
        .push(stated(SELF, Rating::Points(Points(6_000))));
    assert_eq!(instead.total(&own), 9_180);
    // Who stands in may be missing too: the person's own is left out.
    assert_eq!(instead.total(&silent), 9_000);
    for blocks in ["blocks", "provisional"] {
        let refused = two_raters(json!(blocks)).refused(&silent);
        let items = vec![silent.items[0].item];
        assert_eq!(refused, Refusal::ScoresMissing { items });
    }
    // Two who stand in for each other never speak.
    let circle = two_raters(json!({"instead": "superior"}))
        .set("/judging/raters/1/missing", json!({"instead": "manager"}));
    let nobody = of_items([item(1, 10_000)]);
    let items = vec![nobody.items[0].item];
    assert_eq!(circle.refused(&nobody), Refusal::ScoresMissing { items });
}

/// The manager rates only what comes from projects; of the rest only the superior is asked.
#[test]
fn a_rater_of_some_items_is_not_asked_of_others() {
    let sources = json!([{"key": "project", "name": name()}]);
    let rules = two_raters(json!("blocks"))
        .set("/items/sources", sources)
        .set("/judging/raters/2/of", json!({"sources": ["project"]}));
    let mut inputs = judged_by_two(Some(4_800));
    inputs.items[0].source = 0;
    inputs.items[1].stated.pop();
    // 52.2 + 36.
    assert_eq!(rules.total(&inputs), 8_820);
}

/// What an unscored item means, by hand: 54 of 60 and one of 40 that nobody scored: zero 54.00; left
/// out 54 / 60 = 90.00.
#[test]
fn an_unscored_item_means_what_the_rules_say() {
    let at = "/cycles/0/total/parts/list/0/source/items/unscored";
    let rules =
        |unscored: &str| Rules::items(json!({"typed": {}}), json!([])).set(at, json!(unscored));
    let inputs = of_items([scored(1, 6_000, 5_400), item(2, 4_000)]);
    assert_eq!(rules("counts_zero").total(&inputs), 5_400);
    assert_eq!(rules("left_out").total(&inputs), 9_000);
    assert!(matches!(
        rules("blocks").refused(&inputs),
        Refusal::ScoresMissing { .. }
    ));
}

/// Sixty and forty: four criteria of 15 and five of 8, typed by a group whose mean counts.
fn sixty_forty(several: &str) -> Rules {
    let criteria = |n: usize, points: i64| {
        let one = |at| json!({"key": format!("c{at}"), "name": name(), "points": points});
        (0..n).map(one).collect::<Vec<_>>()
    };
    let typed = |key: &str, total: i64, n, points| {
        let source = json!({"typed": {"criteria": criteria(n, points)}});
        part(key, json!({"total": total, "source": source}))
    };
    let rater = json!({
        "key": "group", "by": {"role": "group"}, "weight": 10_000, "missing": "blocks",
        "several": several
    });
    Rules::of(
        sum([
            typed("sixty", 6_000, 4, 1_500),
            typed("forty", 4_000, 5, 800),
        ]),
        json!([]),
    )
    .set("/judging/raters/1", rater)
}

fn by_one(sixty: [i64; 4], forty: [i64; 5]) -> Inputs {
    let list = |part, points: &[i64]| {
        let one = |(nth, points): (u16, &i64)| typed(part, nth, SUPERIOR, *points);
        (0..).zip(points).map(one).collect::<Vec<_>>()
    };
    Inputs {
        typed: [list(0, &sixty), list(1, &forty)].concat(),
        ..Inputs::default()
    }
}

/// By hand: 13.5 + 12 + 14 + 11 = 50.5, and 7 + 8 + 6 + 7.5 + 6.5 = 35: 85.50. Three of the group
/// give 14, 13 and 13 for the first criterion, mean 13.333...: 85.333..., printed 85.33; the first
/// of them alone: 86.00.
#[test]
fn criteria_are_typed_by_several() {
    let rules = sixty_forty("mean");
    let mut inputs = by_one([1_350, 1_200, 1_400, 1_100], [700, 800, 600, 750, 650]);
    assert_eq!(rules.total(&inputs), 8_550);
    inputs.typed[0].points = Points(1_400);
    inputs.typed.push(typed(0, 0, SUPERIOR, 1_300));
    inputs.typed.push(typed(0, 0, SUPERIOR, 1_300));
    assert_eq!(rules.total(&inputs), 8_533);
    assert_eq!(sixty_forty("first").total(&inputs), 8_600);
    // A criterion has a most, and nobody's silence about one is overlooked.
    inputs.typed[1].points = Points(1_501);
    assert!(matches!(rules.refused(&inputs), Refusal::OutOfRange { .. }));
    inputs.typed.remove(1);
    let field = "sixty".to_owned();
    let missing = Refusal::FieldMissing { item: None, field };
    assert_eq!(rules.refused(&inputs), missing);
}

/// Tasks outside the total, by hand: 54 of 60, 34 of 40 and 18 of 20, so 106 of 120: 88.333...,
/// printed 88.33. A leader's 30 outside earns 15: pooled 121 / 150 = 80.67; as a bonus of at most 20
/// on the plan's 106 it adds 15: 121.00, of at most 10 it adds 10: 116.00; alone it gives 15.00. Where
/// what can be earned stays 120, 121 / 120 = 100.833..., 100.83; of at most 10, 116 / 120 = 96.67.
#[test]
fn tasks_outside_the_total() {
    let rules = |pool: &str, outside: Value| {
        let part = items_part("weight", pool, outside);
        let methods = json!([method(json!({"typed": {}}), json!([]))]);
        Rules::of(sum([part]), methods).set("/cycles/0/total/cap", json!(15_000))
    };
    let mut inputs = of_items([
        scored(1, 6_000, 5_400),
        scored(2, 4_000, 3_400),
        scored(3, 2_000, 1_800),
    ]);
    assert_eq!(rules("scaled", json!("none")).total(&inputs), 8_833);
    let outside = ItemFacts {
        outside: true,
        ..scored(4, 3_000, 1_500)
    };
    inputs.items.push(outside);
    let bonus = |most: i64| json!({"bonus": {"most": most}});
    let extra = |most: i64| json!({"extra": {"most": most}});
    for (pool, outside, total) in [
        ("scaled", json!("none"), 8_833),
        ("scaled", json!("pooled"), 8_067),
        ("sum", bonus(2_000), 12_100),
        ("sum", bonus(1_000), 11_600),
        ("scaled", extra(3_000), 10_083),
        ("scaled", extra(1_000), 9_667),
        ("sum", json!({"only": {"most": 2_000}}), 1_500),
        ("sum", json!({"only": {"most": 1_000}}), 1_000),
    ] {
        assert_eq!(
            rules(pool, outside.clone()).total(&inputs),
            total,
            "{outside}"
        );
    }
}

/// Groups judge by different methods; what no group holds is not of the part. By hand: 50 typed 40,
/// and 30 by its target, 2 of 3: 20; the third of a kind that no group names does not count: 60 of
/// 80 = 75.00.
#[test]
fn each_group_has_its_method() {
    let groups = json!([
        {"of": {"targets": ["count"]}, "method": "target"},
        {"of": {"targets": ["done"]}, "method": "item"}
    ]);
    let mut target = method(
        json!({"reached": {"curve": {"proportional": {"cap": 10_000}}}}),
        json!([]),
    );
    target["key"] = json!("target");
    let rules = Rules::of(
        sum([items_part("weight", "scaled", json!("none"))]),
        json!([method(json!({"typed": {}}), json!([])), target]),
    )
    .set("/cycles/0/total/parts/list/0/source/items/groups", groups);
    let kind = |item: ItemFacts, target| ItemFacts { target, ..item };
    let inputs = of_items([
        scored(1, 5_000, 4_000),
        kind(reached(2, 3_000, 2, 3), shared::item::TargetKind::Count),
        kind(scored(3, 2_000, 2_000), shared::item::TargetKind::Rate),
    ]);
    assert_eq!(rules.total(&inputs), 7_500);
}
