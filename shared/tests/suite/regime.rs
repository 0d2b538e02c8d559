//! Regimes: the shipped presets are sound, and what is not sound is found and named.

mod compared;
mod generated;
mod month;
mod nonsense;
mod refused;
mod runs;
mod schema;
mod unsound;
mod upcast;
mod validated;

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::AdoptRegime;
use shared::id::RegimeId;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::v1::Regime;
use shared::regime::validate::{Finding, Problem, validate};

use crate::format_1;
use crate::prelude::*;

/// The preset with one value replaced, by JSON pointer.
fn with(pointer: &str, value: Value) -> Regime {
    let mut document = serde_json::to_value(format_1::smart_monthly()).unwrap();
    *document.pointer_mut(pointer).unwrap() = value;
    serde_json::from_value(document).unwrap()
}

fn check(pointer: &str, value: Value, place: &str, problem: Problem) {
    let findings = validate(&with(pointer, value));
    let finding = Finding {
        place: place.into(),
        problem,
    };
    assert!(findings.contains(&finding), "{pointer}: {findings:?}");
}

#[test]
fn every_preset_is_sound_and_marks_house_defaults_that_exist() {
    let presets = format_1::all();
    assert!(presets.contains(&format_1::smart_monthly()));
    for preset in presets {
        assert_eq!(validate(&preset), [], "{}", preset.key);
        assert!(!preset.house_defaults.is_empty(), "{}", preset.key);
    }
}

#[test]
fn the_preset_says_what_the_decisions_say() {
    let regime = format_1::smart_monthly();
    assert_eq!(regime.weights.total, Points(10_000));
    let sections: Vec<_> = regime
        .sections
        .iter()
        .map(|s| (s.key.as_str(), s.name.zh.as_str()))
        .collect();
    assert_eq!(
        sections,
        [
            ("daily_work", "日常"),
            ("key_work", "重点"),
            ("temporary_work", "临时")
        ]
    );
    let bands: Vec<_> = regime
        .bands
        .iter()
        .map(|b| (b.from.0, b.coefficient.0))
        .collect();
    let decided = [
        (9_500, 12_000),
        (9_000, 11_000),
        (8_000, 10_000),
        (7_000, 8_000),
        (6_000, 6_000),
    ];
    assert_eq!(bands, decided);
    assert_eq!(
        (regime.submission.day_of_month, regime.submission.minute),
        (28, 18 * 60)
    );
    assert_eq!(regime.floating_share.0, 2_000);
}

#[test]
fn contradictions_are_found() {
    let duplicate = |key: &str| Problem::DuplicateKey { key: key.into() };
    check(
        "/sections/1/key",
        json!("daily_work"),
        "/sections/1/key",
        duplicate("daily_work"),
    );
    let quality = "/judging/quality/3/key";
    check(quality, json!("good"), quality, duplicate("good"));
    check(
        "/required",
        json!(["due", "due"]),
        "/required/1",
        duplicate("due"),
    );
    let unknown = Problem::UnknownKey {
        key: "early".into(),
    };
    check(
        "/judging/on_time",
        json!("early"),
        "/judging/on_time",
        unknown.clone(),
    );
    check("/judging/late", json!("early"), "/judging/late", unknown);
    let shape = Problem::WrongCount { is: 1, must: 2 };
    check(
        "/judging/factors",
        json!([[1, 1, 1, 1]]),
        "/judging/factors",
        shape,
    );
    let row = Problem::WrongCount { is: 2, must: 4 };
    check(
        "/judging/factors/1",
        json!([8000, 7000]),
        "/judging/factors/1",
        row,
    );
}

#[test]
fn figures_outside_what_they_can_be_are_found() {
    let small = |least: &str| Problem::TooSmall {
        least: least.into(),
    };
    let large = |most: &str| Problem::TooLarge { most: most.into() };
    check("/weights/total", json!(0), "/weights/total", small("1"));
    check("/weights/total", json!(-1), "/weights/total", small("1"));
    let day = "/submission/day_of_month";
    check(day, json!(0), day, small("1"));
    check(day, json!(32), day, large("31"));
    check(
        "/submission/minute",
        json!(1440),
        "/submission/minute",
        large("1439"),
    );
    check(
        "/floating_share",
        json!(10_001),
        "/floating_share",
        large("10000"),
    );
    let cell = "/judging/factors/0/0";
    check(cell, json!(-1), cell, small("0"));
    check("/bands/4/from", json!(-1), "/bands/4/from", small("0"));
    let coefficient = "/bands/4/coefficient";
    check(coefficient, json!(-1), coefficient, small("0"));
    check(
        "/format",
        json!(2),
        "/format",
        Problem::UnknownFormat { must: 1 },
    );
}

#[test]
fn bands_that_nobody_can_reach_or_that_punish_the_better_are_found() {
    let highest = Points(10_000);
    check(
        "/bands/0/from",
        json!(10_001),
        "/bands/0/from",
        Problem::Unreachable { highest },
    );
    check(
        "/bands/1/from",
        json!(9_500),
        "/bands/1/from",
        Problem::NotDescending,
    );
    let coefficient = "/bands/1/coefficient";
    check(
        coefficient,
        json!(12_001),
        coefficient,
        Problem::BetterIsLess,
    );
    let cell = "/judging/factors/0/1";
    check(cell, json!(10_001), cell, Problem::BetterIsLess);
    let late = "/judging/factors/1/3";
    check(late, json!(6_001), late, Problem::BetterIsLess);
}

#[test]
fn what_is_empty_is_found() {
    check("/sections", json!([]), "/sections", Problem::NoEntries);
    check("/bands", json!([]), "/bands", Problem::NoEntries);
    check(
        "/judging/quality",
        json!([]),
        "/judging/quality",
        Problem::NoEntries,
    );
    check("/key", json!(" "), "/key", Problem::Empty);
    check("/name/en", json!(""), "/name/en", Problem::Empty);
    check(
        "/sections/0/name/zh",
        json!(""),
        "/sections/0/name/zh",
        Problem::Empty,
    );
    let pointer = "/judging/fines".to_owned();
    let nowhere = Problem::PointsNowhere { pointer };
    check(
        "/house_defaults/0",
        json!("/judging/fines"),
        "/house_defaults/0",
        nowhere,
    );
}

#[test]
fn a_regime_document_with_an_unknown_field_is_not_read() {
    let mut document = serde_json::to_value(format_1::smart_monthly()).unwrap();
    document["fines"] = json!(50);
    assert!(serde_json::from_value::<Regime>(document).is_err());
}

#[test]
fn only_a_sound_regime_is_adopted_by_who_runs_plans() {
    let mut story = Story::founded();
    let adopt = |regime: Regime| {
        let (id, regime) = (RegimeId::from_bits(200), regime.into());
        Command::AdoptRegime(AdoptRegime { id, regime })
    };
    let refusal = story.refused(PLAN_OFFICE, adopt(with("/bands", json!([]))));
    let findings = vec![Finding {
        place: "/bands".into(),
        problem: Problem::NoEntries,
    }];
    assert_eq!(refusal, Refusal::RegimeInvalid { findings });
    let sound = adopt(format_1::smart_monthly());
    assert_eq!(story.refused(MANAGER, sound.clone()), Refusal::Forbidden);
    story.must(ADMINISTRATOR, sound.clone());
    assert_eq!(
        story.refused(ADMINISTRATOR, sound),
        Refusal::already_exists("regime")
    );
    let version = &story.world.organisation().regimes[&RegimeId::from_bits(200)];
    assert_eq!(version.digest, version.document.digest());
}
