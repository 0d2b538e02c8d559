//! Validation of format 2: sound documents have no finding, and every way in which one can be
//! unsound is found at its place.

use serde_json::{Value, json};
use shared::regime::document::{self, Document};
use shared::regime::finding::{Finding, Problem};

pub(super) const TEXTS: [&str; 4] = [
    include_str!("../../data/regime/a-b-c-minus-d.json"),
    include_str!("../../data/regime/smart-monthly.json"),
    include_str!("../../data/regime/sixty-forty.json"),
    include_str!("../../data/regime/three-class-monthly.json"),
];

/// The document of the written rule text, "A + B + C - D".
pub(super) fn text() -> Value {
    serde_json::from_str(TEXTS[0]).unwrap()
}

/// Changes one place of a document: puts a member or an entry there, or takes it out.
pub(super) fn set(mut document: Value, pointer: &str, value: Option<Value>) -> Value {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).expect(pointer) {
        Value::Object(members) => match value {
            Some(value) => drop(members.insert(member.to_owned(), value)),
            None => drop(members.remove(member).expect(pointer)),
        },
        Value::Array(list) => {
            let at = member.parse::<usize>().unwrap();
            match value {
                Some(value) if at == list.len() => list.push(value),
                Some(value) => list[at] = value,
                None => drop(list.remove(at)),
            }
        }
        _ => panic!("{pointer}"),
    }
    document
}

/// All findings about a document, whether it can be read or not.
pub(super) fn findings(document: &Value) -> Vec<Finding> {
    match document::read(&document.to_string()) {
        Ok(document) => document.findings(),
        Err(findings) => findings,
    }
}

/// Puts one value into the rule text, and looks for the one finding that it must lead to.
#[track_caller]
pub(super) fn check(pointer: &str, value: Value, place: &str, problem: Problem) {
    check_in(text(), pointer, value, place, problem);
}

#[track_caller]
pub(super) fn check_in(
    document: Value,
    pointer: &str,
    value: Value,
    place: &str,
    problem: Problem,
) {
    let found = findings(&set(document, pointer, Some(value)));
    let wanted = Finding {
        place: place.to_owned(),
        problem,
    };
    assert!(found.contains(&wanted), "{pointer}: {found:#?}");
}

pub(super) fn name() -> Value {
    json!({"zh": "名", "en": "Name"})
}

pub(super) fn small(least: i64) -> Problem {
    let least = least.to_string();
    Problem::TooSmall { least }
}

fn large(most: i64) -> Problem {
    let most = most.to_string();
    Problem::TooLarge { most }
}

pub(super) fn among(key: &str, among: &[&str]) -> Problem {
    let among = among.iter().map(|&one| one.to_owned()).collect();
    let key = key.to_owned();
    Problem::NotAmong { key, among }
}

pub(super) fn without(other: &str) -> Problem {
    let other = other.to_owned();
    Problem::WithoutUse { other }
}

pub(super) fn contradicts(other: &str) -> Problem {
    let other = other.to_owned();
    Problem::Contradicts { other }
}

pub(super) fn duplicate(key: &str) -> Problem {
    let key = key.to_owned();
    Problem::DuplicateKey { key }
}

pub(super) fn missing(field: &str) -> Problem {
    let field = field.to_owned();
    Problem::Missing { field }
}

pub(super) const LIST: &str = "/cycles/0/total/parts/list";
pub(super) const BANDS: &str = "/grades/by/points/bands";

#[test]
fn sound_documents_have_no_finding() {
    for text in TEXTS {
        let document: Value = serde_json::from_str(text).unwrap();
        assert_eq!(findings(&document), [], "{}", document["key"]);
    }
}

#[test]
fn every_preset_and_every_alternative_is_sound() {
    for preset in shared::regime::preset::shelf::all() {
        let document = Document::V2(std::sync::Arc::new(preset.regime.clone()));
        assert_eq!(document.findings(), [], "{}", preset.regime.key);
        for alternative in &preset.alternatives {
            let key = alternative.key.as_str();
            let regime = preset.with(&[key]).unwrap();
            let document = Document::V2(std::sync::Arc::new(regime));
            assert_eq!(document.findings(), [], "{} {key}", preset.regime.key);
        }
    }
}

#[test]
fn documents_of_format_1_are_sound_in_format_2_too() {
    for preset in crate::format_1::all() {
        let document = Document::V2(Document::V1(Box::new(preset)).read());
        assert_eq!(document.findings(), []);
    }
}

#[test]
fn unknown_fields_are_found_with_what_may_have_been_meant() {
    let weights = json!({"total": 10_000, "per": "free"});
    let unknown = |field: &str, near: Option<&str>| Problem::UnknownField {
        field: field.to_owned(),
        near: near.map(ToOwned::to_owned),
    };
    let at = "/cycles/0/wieghts";
    let document = set(text(), "/cycles/0/weights", None);
    check_in(
        document,
        at,
        weights,
        at,
        unknown("wieghts", Some("weights")),
    );
    check("/fines", json!(50), "/fines", unknown("fines", None));
    let at = "/cycles/0/total/parts/list/2/source/items/poool";
    check(at, json!("sum"), at, unknown("poool", None));
    // Every unknown field is found, and what is missing in its stead.
    let document = set(set(text(), at, Some(json!(1))), "/a~1b", Some(json!(1)));
    let document = set(document, "/cycles/0/weights", None);
    let found = findings(&document);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found.iter().any(|one| one.problem == missing("weights")));
}

#[test]
fn what_cannot_be_read_is_found_with_its_place() {
    let wrong = |must: &str| Problem::WrongType { must: must.into() };
    check("/key", json!(7), "/key", wrong("string"));
    check(
        "/items/sections",
        json!({}),
        "/items/sections",
        wrong("array"),
    );
    check(
        "/after/notice",
        json!("yes"),
        "/after/notice",
        wrong("boolean"),
    );
    check(
        "/people/least_days",
        json!(1.5),
        "/people/least_days",
        wrong("integer"),
    );
    check(
        "/people/least_days",
        json!(-1),
        "/people/least_days",
        small(0),
    );
    check(
        "/people/least_days",
        json!(1_u64 << 40),
        "/people/least_days",
        large(4_294_967_295),
    );
    check(
        "/coverage/plans",
        json!("all"),
        "/coverage/plans",
        wrong("unit | personal | both"),
    );
    let per = "plan | section | free";
    check(
        "/cycles/0/weights/per",
        json!("each"),
        "/cycles/0/weights/per",
        wrong(per),
    );
    check(
        "/coverage/units",
        json!(["x"]),
        "/coverage/units/0",
        Problem::BadKey,
    );
    check(
        "/format",
        json!(3),
        "/format",
        Problem::UnknownFormat { must: 2 },
    );
    let unreadable = |text: &str| document::read(text).unwrap_err()[0].problem.clone();
    assert_eq!(unreadable("{\n\n"), Problem::Unreadable { line: 3 });
    assert_eq!(unreadable(&" ".repeat(2 << 20)), large(1 << 20));
    assert_eq!(unreadable("[]"), wrong("object"));
    assert!(document::read(&format!("\u{feff}{}", TEXTS[0])).is_ok());
}

#[test]
fn keys_and_names_are_found() {
    check("/key", json!(""), "/key", Problem::Empty);
    check("/key", json!("A B"), "/key", Problem::BadKey);
    check("/name/zh", json!(" "), "/name/zh", Problem::Empty);
    check(
        "/items/sections",
        json!([]),
        "/items/sections",
        Problem::NoEntries,
    );
    check(
        "/roles",
        json!([{"key": "1", "name": name()}]),
        "/roles/0/key",
        Problem::BadKey,
    );
    let tariff = "/tariffs/1/key";
    check(
        tariff,
        json!("format_error"),
        tariff,
        duplicate("format_error"),
    );
    check(
        &format!("{LIST}/1/key"),
        json!("a"),
        &format!("{LIST}/1/key"),
        duplicate("a"),
    );
    let at = "/house_defaults/0";
    let pointer = "/cycles/9".to_owned();
    check(at, json!(pointer), at, Problem::PointsNowhere { pointer });
    check(
        at,
        json!("/grades"),
        "/house_defaults/7",
        duplicate("/grades"),
    );
    let roles: Vec<Value> = (0..41)
        .map(|n| json!({"key": format!("r{n}"), "name": name()}))
        .collect();
    check(
        "/roles",
        json!(roles),
        "/roles",
        Problem::TooMany { most: 40 },
    );
    let long = "长".repeat(30_000);
    check("/name/zh", json!(long), "", large(60_000));
}

#[test]
fn names_of_nothing_are_found_with_what_there_is() {
    let tariffs = ["format_error", "left_out", "complaint"];
    let at = format!("{LIST}/3/source/charges/charges/0/counted/entries/tariff");
    check(&at, json!("complain"), &at, among("complain", &tariffs));
    let gate = |when: Value, effect: Value| json!([{"key": "g", "name": name(), "when": when, "effect": effect}]);
    let entries = json!({"entries": {"tariff": "complaint", "least": 2}});
    let bands = ["a", "b", "c", "d", "e"];
    let effect = json!({"no_better_than": "z"});
    let at = "/grades/gates/0/effect/no_better_than";
    check(
        "/grades/gates",
        gate(entries.clone(), effect),
        at,
        among("z", &bands),
    );
    let best = gate(entries, json!({"no_better_than": "a"}));
    check("/grades/gates", best, at, without("/grades/by"));
    let below = json!({"part_below": {"part": "z", "points": 100}});
    let at = "/grades/gates/0/when/part_below/part";
    let zero = json!({"total_zero": {}});
    check(
        "/grades/gates",
        gate(below.clone(), zero),
        at,
        among("z", &["a", "b", "c", "d"]),
    );
    let item = gate(
        json!({"must_undone": {"least": 1}}),
        json!({"item_zero": {}}),
    );
    check(
        "/grades/gates",
        item,
        "/grades/gates/0/effect",
        without("/grades/gates/0/when"),
    );
    let group = format!("{LIST}/2/source/items/groups/0");
    check(
        &format!("{group}/method"),
        json!("z"),
        &format!("{group}/method"),
        among("z", &["item"]),
    );
    let sections = format!("{group}/of/sections");
    check(
        &format!("{group}/of"),
        json!({"sections": ["z"]}),
        &format!("{sections}/0"),
        among("z", &["work"]),
    );
    let by = "/signing/plan/0/by";
    check(
        by,
        json!([{"role": "panel"}]),
        "/signing/plan/0/by/0/role",
        among("panel", &[]),
    );
    let carry = json!({"forced": {"sections": ["z"]}});
    check(
        "/items/carry",
        carry,
        "/items/carry/forced/sections/0",
        among("z", &["work"]),
    );
}

#[test]
fn figures_outside_what_they_can_be_are_found() {
    let at = "/cycles/0/weights/total";
    check(at, json!(0), at, small(1));
    let at = "/money/floating_share";
    check(at, json!(10_001), at, large(10_000));
    let at = "/lateness/grace_minutes";
    check(at, json!(50_000), at, large(43_200));
    let at = "/coverage/levels";
    check(at, json!([10]), "/coverage/levels/0", large(9));
    let at = "/cycles/0/deadlines/0/minute";
    check(at, json!(1_440), at, large(1_439));
    let at = "/judging/methods/0/floor";
    check(at, json!(10_001), at, contradicts("/judging/methods/0/cap"));
    let at = "/after/objection/days";
    check(at, json!(0), at, small(1));
    let advice = json!({"items": [12, 5], "points": [500, 3000]});
    check(
        "/items/advice",
        advice,
        "/items/advice/items",
        Problem::RangeUpsideDown,
    );
}
