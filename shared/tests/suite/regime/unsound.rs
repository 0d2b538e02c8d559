//! The unsoundness that a regime itself can hold: deadlines that contradict each other, holes
//! between bands, bands that nobody reaches, weights that cannot sum, kinds in a circle.

use serde_json::{Value, json};
use shared::period::PeriodKind;
use shared::quantity::{BasisPoints, Points};
use shared::regime::finding::{Finding, Problem};

use super::validated::{
    BANDS, LIST, TEXTS, among, check, check_in, contradicts, duplicate, findings, missing, name,
    set, text, without,
};

#[test]
fn contradictory_deadlines_are_found() {
    let early = |after: &str| Problem::TooEarly {
        after: after.into(),
    };
    let at = "/cycles/0/deadlines/2";
    let on = |month: &str, day: u32| json!({"day_of_month": {"month": month, "day": day}});
    check(
        &format!("{at}/on"),
        on("after", 4),
        at,
        early("/cycles/0/deadlines/1"),
    );
    check(
        &format!("{at}/on"),
        on("within", 28),
        at,
        early("/cycles/0/deadlines/1"),
    );
    // The plan of the next month is handed in before this one is judged, and a plan may be due
    // while its month runs: neither contradicts anything.
    let within = set(text(), "/cycles/0/deadlines/0/on", Some(on("within", 5)));
    assert_eq!(findings(&within), []);
}

#[test]
fn deadlines_that_never_come_are_found() {
    let early = |after: &str| Problem::TooEarly {
        after: after.into(),
    };
    let at = "/cycles/0/deadlines/2";
    let step = "/cycles/0/deadlines/1/step";
    let twice = Problem::TwiceDue {
        other: "/cycles/0/deadlines/0".into(),
    };
    check(step, json!("submission"), step, twice);
    let after = json!({"after": {"event": {"step": "filing"}, "span": {"days": 2}}});
    check(
        "/cycles/0/deadlines/1/on",
        after,
        at,
        early("/cycles/0/deadlines/1"),
    );
    let own = json!({"after": {"event": {"step": "filing"}, "span": {"days": 2}}});
    check(
        &format!("{at}/on"),
        own,
        &format!("{at}/on/after/event/step"),
        Problem::NeverDue,
    );
    let never = json!({"working_day": {"of": "after", "nth": 0}});
    check(
        &format!("{at}/on"),
        never,
        &format!("{at}/on/working_day/nth"),
        Problem::NeverDue,
    );
    let never = json!({"day_of_year": {"year": "after", "month": 2, "day": 31}});
    check(
        &format!("{at}/on"),
        never,
        &format!("{at}/on/day_of_year/day"),
        Problem::NeverDue,
    );
    let week = set(text(), "/cycles/0/kind", Some(json!("week")));
    check_in(
        week,
        &format!("{at}/minute"),
        json!(0),
        &format!("{at}/on/day_of_month"),
        Problem::NeverDue,
    );
    let step = "/cycles/0/deadlines/2/step";
    check(
        step,
        json!({"sign": "z"}),
        &format!("{step}/sign"),
        among("z", &["approve"]),
    );
    check(step, json!("countersign"), step, without("/signing/plan"));
    let timers = json!([{"act": "published", "step": "publication"}]);
    check(
        "/cycles/0/timers",
        timers,
        "/cycles/0/timers/0/step",
        without("/cycles/0/deadlines"),
    );
    let range = json!({"from_day": 25, "to_day": 25});
    let at = "/cycles/0/assessed/from_day";
    check(
        "/cycles/0/assessed",
        range,
        at,
        Problem::LeavesHole { must: 26 },
    );
}

#[test]
fn holes_and_overlaps_of_bands_are_found() {
    let at = format!("{BANDS}/3/below");
    let (from, below) = (Points(7_900), Points(8_000));
    let place = format!("{BANDS}/2/from");
    check(&at, json!(7_900), &place, Problem::Hole { from, below });
    let other = place.clone();
    check(&at, json!(8_100), &at, Problem::Overlap { other });
    // Below all bands, and above all of them.
    let at = format!("{BANDS}/4/from");
    let (from, below) = (Points(0), Points(1_000));
    check(&at, json!(1_000), &at, Problem::Hole { from, below });
    let at = format!("{BANDS}/0/below");
    let (from, below) = (Points(9_900), Points(10_000));
    check(&at, json!(9_900), &at, Problem::Hole { from, below });
    let at = format!("{BANDS}/1/from");
    let wide = set(text(), &format!("{BANDS}/1/below"), Some(json!(9_900)));
    check_in(wide, &at, json!(9_600), &at, Problem::NotDescending);
    let at = format!("{BANDS}/1/coefficient");
    check(&at, json!(12_001), &at, Problem::BetterIsLess);
    check(BANDS, json!([]), BANDS, Problem::NoEntries);
}

#[test]
fn bands_that_nobody_can_reach_are_found() {
    let at = format!("{BANDS}/0/from");
    // The total is at most 100.00, because it is capped.
    let capped = set(text(), &format!("{BANDS}/1/below"), Some(json!(10_001)));
    let highest = Points(10_000);
    check_in(
        capped.clone(),
        &at,
        json!(10_001),
        &at,
        Problem::Unreachable { highest },
    );
    // Without a cap by 10.00 + 50.00 + 40.00 all the same.
    let open = set(capped, "/cycles/0/total/cap", None);
    check_in(
        open.clone(),
        &at,
        json!(10_001),
        &at,
        Problem::Unreachable { highest },
    );
    // Items that may earn more than their full score reach it: 40.00 x 1.2 is 48.00.
    let more = set(open, "/judging/methods/0/cap", Some(json!(12_000)));
    let rated = json!({"levels": {"levels": [{"key": "l", "name": name(), "factor": 12_000}]}});
    let more = set(more, "/judging/methods/0/scoring", Some(rated));
    let found = findings(&set(more, &at, Some(json!(10_001))));
    let reach = |one: &Finding| matches!(one.problem, Problem::Unreachable { .. });
    assert!(!found.iter().any(reach), "{found:#?}");
    let judged = set(text(), "/cycles/0/total", None);
    let judged = set(judged, "/cycles/0/deadlines/1", None);
    let found = findings(&judged);
    let place = "/grades/by".to_owned();
    let problem = Problem::NothingJudged;
    assert!(found.contains(&Finding { place, problem }), "{found:#?}");
}

#[test]
fn weights_that_cannot_sum_are_found() {
    let sums = |is, must| Problem::DoNotSum {
        is: BasisPoints(is),
        must: BasisPoints(must),
    };
    let mut list = text().pointer(LIST).unwrap().clone();
    list.as_array_mut().unwrap().pop();
    for (nth, weight) in [3_000, 3_000, 3_000].into_iter().enumerate() {
        list[nth]["weight"] = json!(weight);
        list[nth]["total"] = json!(5_000);
    }
    let parts = json!({"combine": "weighted", "list": list});
    check(
        "/cycles/0/total/parts",
        parts.clone(),
        LIST,
        sums(9_000, 10_000),
    );
    let mut unequal = parts.clone();
    unequal["list"][1]["total"] = json!(4_000);
    let other = format!("{LIST}/0/total");
    check(
        "/cycles/0/total/parts",
        unequal,
        &format!("{LIST}/1/total"),
        contradicts(&other),
    );
    let mut none = parts;
    none["list"][1].as_object_mut().unwrap().remove("weight");
    check(
        "/cycles/0/total/parts",
        none,
        &format!("{LIST}/1"),
        missing("weight"),
    );
    let at = format!("{LIST}/0/weight");
    check(&at, json!(1), &at, without("/cycles/0/total/parts/combine"));
    check(
        "/judging/raters/1/weight",
        json!(9_000),
        "/judging/raters",
        sums(9_000, 10_000),
    );
    // Criteria of 10.00 + 15.00 in a part of 40.00.
    let criterion = |key: &str, points| json!({"key": key, "name": name(), "points": points});
    let criteria = json!({"typed": {"criteria": [criterion("x", 1_000), criterion("y", 1_500)]}});
    let at = format!("{LIST}/2/source/typed/criteria");
    let sum = Problem::PointsDoNotSum {
        is: Points(2_500),
        must: Points(4_000),
    };
    check(&format!("{LIST}/2/source"), criteria, &at, sum);
    // Weights that make 100.00, added up, in a part of 40.00.
    let plan = set(text(), "/cycles/0/weights/per", Some(json!("plan")));
    let plan = set(
        plan,
        &format!("{LIST}/2/source/items/full"),
        Some(json!("weight")),
    );
    let sum = Problem::PointsDoNotSum {
        is: Points(10_000),
        must: Points(4_000),
    };
    let at = format!("{LIST}/2/source/items/pool");
    check_in(plan, &at, json!("sum"), &format!("{LIST}/2/total"), sum);
    let bearers = json!([{"who": "owner", "share": 5_000}, {"who": "head", "share": 4_000}]);
    check(
        "/tariffs/0/bearers",
        bearers,
        "/tariffs/0/bearers",
        sums(9_000, 10_000),
    );
}

#[test]
fn circles_are_found() {
    use PeriodKind::{Month, Week};
    let mut week = text().pointer("/cycles/0").unwrap().clone();
    week["kind"] = json!("week");
    week["within"] = json!("month");
    week["deadlines"] = json!([]);
    week.as_object_mut().unwrap().remove("total");
    let two = set(text(), "/cycles/1", Some(week));
    assert_eq!(findings(&two), []);
    let circle = |kinds: &[PeriodKind]| Problem::KindsCircle {
        kinds: kinds.to_vec(),
    };
    let at = "/cycles/0/within";
    check_in(two.clone(), at, json!("week"), at, circle(&[Month, Week]));
    let order = Problem::KindsOrder {
        longer: Week,
        shorter: Month,
    };
    check(at, json!("week"), at, order);
    let splits = "/cycles/1/splits_into";
    check_in(
        two.clone(),
        splits,
        json!("month"),
        splits,
        circle(&[Month, Week]),
    );
    check_in(
        two,
        "/cycles/1/kind",
        json!("month"),
        "/cycles/1/kind",
        duplicate("month"),
    );
    // A total that needs the total of its own kind.
    let result = json!({"result": {"of": {"cycle": {"kind": "month"}}, "take": "total"}});
    let source = format!("{LIST}/1/source");
    let at = format!("{source}/result/of/cycle");
    check(&source, result, &at, Problem::ResultCircle);
    let result = json!({"result": {"of": {"cycle": {"kind": "year"}}, "take": "total"}});
    check(
        &source,
        result,
        &format!("{at}/kind"),
        among("year", &["month"]),
    );
}

/// The worst cell of the table is 0.40: what was not carried out may earn as much, and no more.
#[test]
fn undone_work_is_no_better_than_the_worst_that_was_done() {
    let table: Value = serde_json::from_str(TEXTS[1]).unwrap();
    let at = "/judging/methods/0/undone";
    check_in(table.clone(), at, json!(4_001), at, Problem::BetterIsLess);
    assert_eq!(findings(&set(table, at, Some(json!(4_000)))), []);
}

/// A total that is not looked up in the bands has none of which a factor could be taken.
#[test]
fn a_factor_of_a_band_needs_a_graded_cycle() {
    let bands = ["a", "b", "c", "d", "e"].map(|band| json!({"band": band, "factor": 10_000}));
    let take = json!({"factor_of_band": bands.to_vec()});
    let result = json!({"result": {"of": "department", "take": take}});
    let ungraded = set(text(), "/cycles/0/ungraded", Some(json!(true)));
    let at = format!("{LIST}/3/source");
    let place = format!("{at}/result/take");
    let found = contradicts("/cycles/0/ungraded");
    check_in(ungraded, &at, result, &place, found);
}
