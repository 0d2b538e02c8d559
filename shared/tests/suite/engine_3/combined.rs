//! Parts by hand: sums, means by weight, products, the least; results of others, measures, bounds.

use serde_json::{Value, json};
use shared::id::PlanId;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::result::engine_3::inputs::{KnownResult, ResultFact};
use shared::result::engine_3::{Exact, Inputs};

use super::{
    Rules, SUPERIOR, combined, items_part, measure, merged, method, of_items, part, scored, sum,
    typed,
};

/// A part of one criterion that the superior types.
fn one(key: &str, total: i64, more: Value) -> Value {
    let criterion = json!({"key": "c", "name": super::name(), "points": total});
    let source = json!({"typed": {"criteria": [criterion]}});
    part(key, merged(json!({"total": total, "source": source}), more))
}

/// What the superior types for the one criterion of each part; a part of `None` has nothing.
fn typed_each<const N: usize>(points: [Option<i64>; N]) -> Inputs {
    let one = |(part, points): (u16, Option<i64>)| Some(typed(part, 0, SUPERIOR, points?));
    Inputs {
        typed: (0..).zip(points).filter_map(one).collect(),
        ..Inputs::default()
    }
}

/// The superior's silence leaves a criterion out, so that a part can be empty.
fn parts(parts: Value) -> Rules {
    Rules::of(parts, json!([])).set("/judging/raters/1/missing", json!("left_out"))
}

fn weighed(key: &str, weight: i64) -> Value {
    one(key, 10_000, json!({"weight": weight, "empty": "drops_out"}))
}

/// Four quarters of 15 % and the year's end of 40 %, by hand: (88 + 92 + 79 + 85) x 0.15 + 90 x 0.40 =
/// 51.6 + 36 = 87.60. Who joined in May has no first quarter: (38.4 + 36) / 0.85 = 87.529..., 87.53.
#[test]
fn a_mean_by_weight_leaves_out_what_is_not_there() {
    let list = [
        weighed("q1", 1_500),
        weighed("q2", 1_500),
        weighed("q3", 1_500),
        weighed("q4", 1_500),
        weighed("end", 4_000),
    ];
    let rules = parts(combined("weighted", list));
    let year = |first| typed_each([first, Some(9_200), Some(7_900), Some(8_500), Some(9_000)]);
    assert_eq!(rules.total(&year(Some(8_800))), 8_760);
    assert_eq!(rules.total(&year(None)), 8_753);
    // Nothing at all is no total, and no 0.00 either.
    assert_eq!(rules.refused(&Inputs::default()), Refusal::NothingToJudge);
    assert_eq!(rules.total(&typed_each([Some(0)])), 0);
}

/// What an empty part means, by hand: 60 of the first; of the second, of 40, nothing is there: it
/// drops out 60.00, counts zero 60.00 or full 100.00, or blocks.
#[test]
fn an_empty_part_means_what_the_rules_say() {
    let rules = |empty: &str| {
        let second = one("second", 4_000, json!({"empty": empty}));
        parts(sum([one("first", 6_000, json!({})), second]))
    };
    let inputs = typed_each([Some(6_000), None]);
    assert_eq!(rules("drops_out").total(&inputs), 6_000);
    assert_eq!(rules("counts_zero").total(&inputs), 6_000);
    assert_eq!(rules("counts_full").total(&inputs), 10_000);
    let field = "second".to_owned();
    let blocked = Refusal::FieldMissing { item: None, field };
    assert_eq!(rules("blocks").refused(&inputs), blocked);
    // In a mean by weight, zero weighs and what drops out does not: 80 x 0.5 = 40.00, or 80.00.
    for (empty, total) in [("counts_zero", 4_000), ("drops_out", 8_000)] {
        let second = one("second", 10_000, json!({"empty": empty, "weight": 5_000}));
        let rules = parts(combined("weighted", [weighed("first", 5_000), second]));
        assert_eq!(rules.total(&typed_each([Some(8_000), None])), total);
    }
}

/// By hand: 84 x (45 of 50) = 84 x 0.9 = 75.60; times 0.5 of a third part: 37.80. The least of 84, 45
/// and 50: 45.00.
#[test]
fn a_product_and_the_least() {
    let list = || {
        [
            one("points", 10_000, json!({})),
            one("factor", 5_000, json!({"empty": "drops_out"})),
            one("third", 10_000, json!({"empty": "drops_out"})),
        ]
    };
    let product = parts(combined("product", list()));
    assert_eq!(
        product.total(&typed_each([Some(8_400), Some(4_500), None])),
        7_560
    );
    let all = typed_each([Some(8_400), Some(4_500), Some(5_000)]);
    assert_eq!(product.total(&all), 3_780);
    assert_eq!(parts(combined("least", list())).total(&all), 4_500);
    // Without its points a product is nothing, whatever its factors are.
    let mut list = list();
    list[0]["empty"] = json!("drops_out");
    let empty = parts(combined("product", list));
    let factors = typed_each([None, Some(4_500), None]);
    assert_eq!(empty.refused(&factors), Refusal::NothingToJudge);
}

pub(super) fn known(place: u16, n: u128, total: i64, band: Option<u16>) -> ResultFact {
    ResultFact {
        place,
        plan: PlanId::from_bits(n),
        known: Some(KnownResult {
            version: 1,
            digest: "0".repeat(64),
            total: Points(total),
            band,
        }),
    }
}

fn result_part(of: Value, take: Value, more: Value) -> Value {
    let source = json!({"result": {"of": of, "take": take}});
    part("result", merged(json!({"source": source}), more))
}

/// A person's own plan times the department's factor: 1.10 from 90, 1.00 from 80, 0.90 below.
pub(super) fn with_department() -> Rules {
    let step = |at: i64, factor: i64| json!({"at": at, "factor": factor});
    let factor = json!({"factor": [step(0, 9_000), step(8_000, 10_000), step(9_000, 11_000)]});
    let department = result_part(json!("department"), factor, json!({}));
    let own = items_part("weight", "scaled", json!("none"));
    Rules::of(
        combined("product", [own, department]),
        json!([method(json!({"typed": {}}), json!([]))]),
    )
}

/// By hand: 84 x 1.10 (department 92) = 92.40; department 78: 84 x 0.90 = 75.60; 90 exactly: 1.10.
/// While the department's result is open, the figure is one's own 84.00 and preliminary.
#[test]
fn the_departments_factor() {
    let rules = with_department();
    let mut inputs = of_items([scored(1, 10_000, 8_400)]);
    for (department, total) in [
        (9_200, 9_240),
        (7_800, 7_560),
        (9_000, 9_240),
        (8_999, 8_400),
    ] {
        inputs.results = vec![known(0, 1, department, None)];
        let figures = rules.figures(&inputs);
        assert_eq!((figures.total.0, figures.preliminary), (total, false));
    }
    inputs.results[0].known = None;
    let figures = rules.figures(&inputs);
    assert_eq!((figures.total.0, figures.preliminary), (8_400, true));
    inputs.results.clear();
    assert!(matches!(
        rules.refused(&inputs),
        Refusal::FieldMissing { .. }
    ));
}

/// The year, by hand: its own 88 x 0.6 and the quarters' mean (76 + 82 + 90 + 85) / 4 = 83.25 x 0.4:
/// 52.8 + 33.3 = 86.10. One quarter absent: (76 + 82 + 90) / 3 = 82.666... x 0.4 + 52.8 = 85.866...,
/// printed 85.87; one still open: the same, and preliminary.
#[test]
fn the_mean_of_other_results() {
    let quarters = result_part(
        json!({"cycle": {"kind": "quarter"}}),
        json!("total"),
        json!({"weight": 4_000}),
    );
    let rules = parts(combined("weighted", [weighed("own", 6_000), quarters]));
    let mut inputs = typed_each([Some(8_800)]);
    let totals = [7_600, 8_200, 9_000, 8_500];
    inputs.results = (1..)
        .zip(totals)
        .map(|(n, total)| known(0, n, total, None))
        .collect();
    assert_eq!(rules.total(&inputs), 8_610);
    inputs.results[3].known = None;
    let figures = rules.figures(&inputs);
    assert_eq!((figures.total.0, figures.preliminary), (8_587, true));
    inputs.results.pop();
    let figures = rules.figures(&inputs);
    assert_eq!((figures.total.0, figures.preliminary), (8_587, false));
}

/// Points times the factor of another result's band, with 80 points and the band in the second place.
pub(super) fn by_band() -> (Rules, Inputs) {
    let band = |band: &str, factor: i64| json!({"band": band, "factor": factor});
    let take = json!({"factor_of_band": [band("low", 8_000), band("high", 12_000)]});
    let list = [
        one("points", 10_000, json!({})),
        result_part(json!("responsibility"), take, json!({})),
    ];
    let mut inputs = typed_each([Some(8_000)]);
    inputs.results = vec![known(0, 1, 9_500, Some(1))];
    (parts(combined("product", list)), inputs)
}

/// By hand: 80 points x 1.2 of the band in the second place of the list: 96.00.
#[test]
fn the_factor_of_a_band() {
    let (rules, mut inputs) = by_band();
    assert_eq!(rules.total(&inputs), 9_600);
    inputs.results = vec![known(0, 1, 9_500, None)];
    assert!(matches!(
        rules.refused(&inputs),
        Refusal::UnknownValue { .. }
    ));
}

/// A measure, by hand: 70 % of 60 points: 42.00, with 34 of 40 typed: 76.00; without a total of its
/// own it is a factor: 80 x 0.7 = 56.00.
#[test]
fn a_measure_gives_points_or_a_factor() {
    let curve = json!({"proportional": {"cap": 10_000}});
    let source = json!({"measured": {"of": {"indicator": "sales"}, "curve": curve}});
    let with_total = part("measure", json!({"total": 6_000, "source": source}));
    let factor = part("measure", json!({"source": source}));
    let mut inputs = Inputs {
        measures: vec![measure(0, 2_100, 3_000)],
        typed: vec![typed(1, 0, SUPERIOR, 3_400)],
        ..Inputs::default()
    };
    let rules = parts(sum([with_total, one("special", 4_000, json!({}))]));
    assert_eq!(rules.total(&inputs), 7_600);
    inputs.typed = vec![typed(0, 0, SUPERIOR, 8_000)];
    let rules = parts(combined("product", [one("own", 10_000, json!({})), factor]));
    assert_eq!(rules.total(&inputs), 5_600);
}

/// Nested parts with bounds, by hand: (30 + 45 of at most 40) at least 75 is 75; minus 10 of at most 5:
/// 70.00. 12 + 20 = 32, at least 75: 75 - 5 = 70.00; 40 + 40 = 80 - 3 = 77.00.
#[test]
fn parts_nest_and_have_bounds() {
    let inner = sum([
        one("left", 5_000, json!({})),
        one("right", 5_000, json!({"cap": 4_000})),
    ]);
    let nested = part(
        "nested",
        json!({"floor": 7_500, "source": {"parts": inner}}),
    );
    let minus = one("minus", 5_000, json!({"minus": true, "cap": 500}));
    let rules = parts(sum([nested, minus]));
    // Places are given depth first: nested 0, left 1, right 2, minus 3.
    for (left, right, minus, total) in [
        (3_000, 4_500, 1_000, 7_000),
        (1_200, 2_000, 500, 7_000),
        (4_000, 4_000, 300, 7_700),
    ] {
        let inputs = Inputs {
            typed: vec![
                typed(1, 0, SUPERIOR, left),
                typed(2, 0, SUPERIOR, right),
                typed(3, 0, SUPERIOR, minus),
            ],
            ..Inputs::default()
        };
        assert_eq!(rules.total(&inputs), total);
    }
}

/// Rounding, by hand: two parts of 1/3 of 10.01, each 3.33666...: half up once 6.67333... is 6.67, up
/// 6.68, down 6.67; each part first 3.34 + 3.34 = 6.68. The exact figure is 20.02 / 3 before the last
/// rounding, and 6.68 where the parts are rounded.
#[test]
fn rounding_happens_where_the_rules_say() {
    let curve = json!({"proportional": {"cap": 10_000}});
    let third = |key: &str| {
        let source = json!({"measured": {"of": {"on_time_rate": {}}, "curve": curve}});
        part(key, json!({"total": 1_001, "source": source}))
    };
    let inputs = Inputs {
        measures: vec![measure(0, 1, 3), measure(1, 1, 3)],
        ..Inputs::default()
    };
    let thirds = Exact::millionths(20_020_000).times(1, 3).unwrap();
    let whole = Exact::points(Points(668));
    for (rounding, total, exact) in [
        ("total_half_up", 667, thirds),
        ("total_down", 667, thirds),
        ("total_up", 668, thirds),
        ("parts_half_up", 668, whole),
    ] {
        let rules = parts(sum([third("one"), third("two")]));
        let rules = rules.set("/cycles/0/total/rounding", json!(rounding));
        let figures = rules.figures(&inputs);
        assert_eq!(
            (figures.total.0, figures.exact),
            (total, exact),
            "{rounding}"
        );
    }
}
