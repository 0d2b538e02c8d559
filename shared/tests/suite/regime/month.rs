//! What a regime says of a whole month: the shipped presets, and what contradicts itself in them.

use serde_json::{Value, json};
use shared::deadline::{DeadlineMonth, DeadlineStep};
use shared::digest;
use shared::period::PeriodKind;
use shared::quantity::{BasisPoints, Points};
use shared::regime::v1::{EmptySection, Judging, Regime, WeightsPer};
use shared::regime::validate::{Finding, Problem, validate};

use crate::format_1;
use crate::prelude::*;

/// A preset with one value replaced, by JSON pointer; a missing member is added.
fn with(preset: &Regime, pointer: &str, value: Value) -> Regime {
    let mut document = serde_json::to_value(preset).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        parent => parent[key] = value,
    }
    serde_json::from_value(document).unwrap()
}

fn check(preset: &Regime, pointer: &str, value: Value, place: &str, problem: Problem) {
    let findings = validate(&with(preset, pointer, value));
    let place = place.to_owned();
    let finding = Finding { place, problem };
    assert!(findings.contains(&finding), "{pointer}: {findings:?}");
}

fn without_use(other: &str) -> Problem {
    Problem::WithoutUse {
        other: other.into(),
    }
}

#[test]
fn documents_of_the_first_version_keep_their_digest() {
    let kept = include_str!("../wire/v1/row/regime.json");
    let kept: Value = serde_json::from_str(kept).unwrap();
    let regime: Regime = serde_json::from_value(kept["row"]["regime"].clone()).unwrap();
    // As the first version's published result names it.
    let digest = "d72bf829f4c54e9896795dd3136c2559ac5452ab1062ed964fc0c671b4cdd6af";
    assert_eq!(digest::regime(&regime), digest);
    assert_eq!(validate(&regime), []);
}

#[test]
fn the_three_sections_say_what_the_source_and_the_decisions_say() {
    let regime = format_1::three_sections();
    assert_eq!(regime.judging, Judging::Points {});
    assert_eq!(
        (regime.weights.total, regime.weights.per),
        (Points(10_000), WeightsPer::Section)
    );
    let shares: Vec<_> = regime.sections.iter().map(|s| s.share.unwrap().0).collect();
    assert_eq!(shares, [4_000, 4_000, 2_000]);
    assert_eq!(regime.empty_section, Some(EmptySection::DropsOut));
    let deadlines: Vec<_> = regime
        .deadlines
        .iter()
        .map(|rule| (rule.step, rule.month, rule.day_of_month, rule.minute))
        .collect();
    let within = DeadlineMonth::Within;
    assert_eq!(
        deadlines,
        [
            (DeadlineStep::Submission, DeadlineMonth::Before, 26, None),
            (DeadlineStep::SelfScore, within, 26, None),
            (DeadlineStep::SuperiorScore, within, 27, None),
            (DeadlineStep::Filing, within, 28, Some(16 * 60)),
        ]
    );
    let story = Story::founded();
    let period = &story.world.organisation().periods[&NOVEMBER];
    let assessed = regime.assessed_days(period);
    assert_eq!(assessed, (day(2026, 10, 26), day(2026, 11, 25)));
}

#[test]
fn pools_are_tracked_and_never_judged() {
    for kind in [PeriodKind::Year, PeriodKind::HalfYear] {
        let pool = format_1::pool(kind);
        assert_eq!((pool.period, &pool.judging), (kind, &Judging::Tracked {}));
        assert_eq!(pool.weights.per, WeightsPer::Free);
        assert!(format_1::all().contains(&pool));
        check(
            &pool,
            "/bands",
            json!([{ "from": 0, "coefficient": 10_000 }]),
            "/bands",
            without_use("/judging"),
        );
        check(
            &pool,
            "/floating_share",
            json!(2_000),
            "/floating_share",
            without_use("/judging"),
        );
    }
}

#[test]
fn deadlines_that_contradict_each_other_are_found() {
    let regime = format_1::three_sections();
    let day_of = |at: usize| format!("/deadlines/{at}/day_of_month");
    // Self scores after the superior's, which is filed before it is given.
    check(
        &regime,
        &day_of(1),
        json!(28),
        "/deadlines/2",
        Problem::TooEarly {
            after: "/deadlines/1".into(),
        },
    );
    check(
        &regime,
        &day_of(2),
        json!(29),
        "/deadlines/3",
        Problem::TooEarly {
            after: "/deadlines/2".into(),
        },
    );
    // Scored before the range is over.
    check(
        &regime,
        &day_of(1),
        json!(24),
        "/deadlines/1",
        Problem::TooEarly {
            after: "/assessed/to_day".into(),
        },
    );
    check(
        &regime,
        &day_of(0),
        json!(20),
        "/deadlines/0",
        Problem::Contradicts {
            other: "/submission".into(),
        },
    );
    let key = "self_score".to_owned();
    check(
        &regime,
        "/deadlines/2/step",
        json!("self_score"),
        "/deadlines/2/step",
        Problem::DuplicateKey { key },
    );
    let most = |most: &str| Problem::TooLarge { most: most.into() };
    check(&regime, &day_of(3), json!(32), &day_of(3), most("31"));
    let minute = "/deadlines/3/minute";
    check(&regime, minute, json!(1_440), minute, most("1439"));
    // A plan that is due inside its own period is none of that, nor judging after the next plan.
    let inside = with(
        &format_1::smart_monthly(),
        "/deadlines/0/month",
        json!("within"),
    );
    let inside = with(&inside, "/deadlines/0/day_of_month", json!(5));
    assert_eq!(validate(&inside), []);
}

#[test]
fn shares_that_are_not_the_whole_are_found() {
    let regime = format_1::three_sections();
    let share = "/sections/2/share";
    check(
        &regime,
        share,
        json!(1_999),
        "/sections",
        Problem::DoNotSum {
            is: BasisPoints(9_999),
            must: BasisPoints(10_000),
        },
    );
    let least = "1".to_owned();
    check(&regime, share, json!(0), share, Problem::TooSmall { least });
    check(&regime, share, Value::Null, share, Problem::Empty);
    let plain = format_1::smart_monthly();
    check(
        &plain,
        "/sections/0/share",
        json!(10_000),
        "/sections/0/share",
        without_use("/weights/per"),
    );
    check(
        &plain,
        "/empty_section",
        json!("counts_zero"),
        "/empty_section",
        without_use("/weights/per"),
    );
}

#[test]
fn a_range_that_leaves_days_out_or_counts_them_twice_is_found() {
    let regime = format_1::three_sections();
    for from in [25, 27, 1] {
        check(
            &regime,
            "/assessed/from_day",
            json!(from),
            "/assessed/from_day",
            Problem::LeavesHole { must: 26 },
        );
    }
    check(
        &regime,
        "/period",
        json!("quarter"),
        "/assessed",
        Problem::Contradicts {
            other: "/period".into(),
        },
    );
    let most = "27".to_owned();
    check(
        &regime,
        "/assessed/to_day",
        json!(31),
        "/assessed/to_day",
        Problem::TooLarge { most },
    );
}

#[test]
fn figures_of_the_month_outside_what_they_can_be_are_found() {
    let regime = format_1::smart_monthly();
    let large = |most: &str| Problem::TooLarge { most: most.into() };
    let small = |least: &str| Problem::TooSmall {
        least: least.into(),
    };
    for (pointer, value, problem) in [
        ("/lateness/grace_minutes", 43_201, large("43200")),
        ("/changes/free_until_days", 367, large("366")),
        ("/part_period/absent_share", 10_001, large("10000")),
        ("/part_period/least_days", 32, large("31")),
        ("/part_period/coefficient", -1, small("0")),
        ("/provisional", -1, small("0")),
        ("/objection_days", 0, small("1")),
        ("/bonus", 0, small("1")),
    ] {
        check(&regime, pointer, json!(value), pointer, problem);
    }
    // A bonus lifts what can be reached.
    let beyond = with(&regime, "/bands/0/from", json!(10_500));
    assert_ne!(validate(&beyond), []);
    assert_eq!(validate(&with(&beyond, "/bonus", json!(500))), []);
}
