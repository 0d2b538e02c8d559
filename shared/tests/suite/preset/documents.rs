//! Every shipped document, with every choice of its alternatives: it reads, is in its normal form,
//! compiles, and marks what is the product's own.

use std::collections::BTreeSet;

use serde_json::Value;
use shared::regime::document::{self, FORMAT, Regime};
use shared::regime::grades::GradeBy;
use shared::regime::preset::{Founding, Preset, shelf};
use shared::result::engine_3::compile;

/// The presets with a source, and the catalogue rows that each is taken from.
const ROWS: [(&str, &str); 15] = [
    ("smart-monthly", "S57"),
    ("centres-monthly", "S59"),
    ("daily-weekly-monthly", "S60"),
    ("weekly-120", "S61"),
    ("sixty-forty", "S63"),
    ("three-class-monthly", "S65"),
    ("twentieth-twentyfifth", "S66"),
    ("three-sections", "S68"),
    ("weekly-all-staff", "S69"),
    ("software-company", "S74 S75"),
    ("month-quarter-year", "S76"),
    ("responsibility-centres", "S71"),
    ("goal-management", "S09 S02"),
    ("public-service", "S45 S46"),
    ("sales-daily", "S43"),
];
/// Pools from which plans draw; they have no source.
const POOLS: [&str; 2] = ["annual-plan", "half-year-plan"];

/// Each preset as shipped, and with each of its alternatives.
fn every() -> Vec<(String, Regime)> {
    let all = shelf::all();
    let mut regimes = Vec::new();
    for Preset {
        regime,
        alternatives,
        ..
    } in &all
    {
        let preset = all.iter().find(|one| one.regime.key == regime.key).unwrap();
        regimes.push((regime.key.clone(), preset.with(&[]).unwrap()));
        for one in alternatives {
            let name = format!("{} with {}", regime.key, one.key);
            regimes.push((name, preset.with(&[&one.key]).unwrap()));
        }
    }
    regimes
}

#[test]
fn the_shelf_holds_each_preset_once() {
    let all = shelf::all();
    let held: Vec<_> = all
        .iter()
        .map(|preset| (preset.regime.key.as_str(), preset.regime.source.as_str()))
        .collect();
    let pools = POOLS.map(|key| (key, ""));
    assert_eq!(held, [ROWS.as_slice(), &pools].concat());
}

/// A founder is offered one first; what every company has judges nothing.
#[test]
fn one_preset_is_suggested_and_pools_come_along() {
    let of = |founding| {
        let mut of = shelf::all();
        of.retain(|preset| preset.founding == founding);
        of
    };
    assert_eq!(of(Founding::Suggested), [shelf::suggested()]);
    let always = of(Founding::Always);
    let keys: Vec<&str> = always.iter().map(|one| one.regime.key.as_str()).collect();
    assert_eq!(keys, POOLS);
    for preset in always {
        let mut kinds = preset.regime.cycles.iter().map(|cycle| cycle.kind);
        assert!(kinds.all(|kind| !preset.regime.rules(kind).unwrap().is_judged()));
    }
    assert_eq!(shelf::find("hourly-plan"), None);
}

/// What is left out is empty or false, and everything else is written: no later default can change
/// what a document says.
#[test]
fn documents_are_in_their_normal_form() {
    for text in shelf::DOCUMENTS {
        let preset: Preset = serde_json::from_str(text).unwrap();
        let document: Value = serde_json::from_str(text).unwrap();
        let key = &preset.regime.key;
        let written = serde_json::to_value(&preset).unwrap();
        assert!(written == document, "{key}");
        assert_eq!(preset.regime.format, FORMAT, "{key}");
    }
}

#[test]
fn every_cycle_compiles() {
    for (name, regime) in every() {
        for cycle in &regime.cycles {
            let program = compile(&regime, cycle.kind);
            assert!(program.is_ok(), "{name} {:?}: {program:?}", cycle.kind);
        }
    }
}

/// Nothing contradicts itself, has a hole or can never be reached, whatever is chosen; and the schema
/// knows every member.
#[test]
fn documents_validate_without_a_finding() {
    let mut faults = Vec::new();
    for (name, regime) in every() {
        let text = serde_json::to_string(&regime).unwrap();
        let found = match document::read(&text) {
            Ok(read) => read.findings(),
            Err(found) => found,
        };
        faults.extend(found.into_iter().map(|one| format!("{name}: {one:?}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A mark that leads nowhere marks nothing; one below another says nothing new.
#[test]
fn marks_of_house_defaults_lead_somewhere() {
    for (name, regime) in every() {
        let document = serde_json::to_value(&regime).unwrap();
        let marks: BTreeSet<&String> = regime.house_defaults.iter().collect();
        assert_eq!(marks.len(), regime.house_defaults.len(), "{name}");
        for mark in &regime.house_defaults {
            assert!(document.pointer(mark).is_some(), "{name}: {mark}");
            let above = |other: &&&String| mark.starts_with(&format!("{other}/"));
            assert_eq!(marks.iter().find(above), None, "{name}: {mark}");
        }
    }
}

/// A band that the product chose is marked; so is every coefficient, since no source states one.
#[test]
fn what_no_source_states_is_marked() {
    for (name, regime) in every() {
        let marked = |place: &str| {
            let mut marks = regime.house_defaults.iter();
            marks.any(|mark| place == mark || place.starts_with(&format!("{mark}/")))
        };
        assert!(marked("/people/provisional"), "{name}");
        assert!(marked("/changes/inside"), "{name}");
        assert!(marked("/lateness/grace_minutes"), "{name}");
        let bands = match &regime.grades.by {
            GradeBy::Points { bands, .. } => bands.len(),
            GradeBy::Decided { .. } | GradeBy::None {} => 0,
        };
        for at in 0..bands {
            let place = format!("/grades/by/points/bands/{at}/coefficient");
            assert!(marked(&place), "{name}");
        }
        for (at, tariff) in regime.tariffs.iter().enumerate() {
            let points = format!("/tariffs/{at}/points");
            assert!(tariff.points.is_none() || marked(&points), "{name}");
        }
    }
}

/// Every fine of the sources ships as points, and no money takes effect before a company says so.
#[test]
fn no_money_takes_effect() {
    for (name, regime) in every() {
        for tariff in &regime.tariffs {
            let on = tariff.money.as_ref().is_some_and(|money| money.on);
            assert!(!on, "{name}: {}", tariff.key);
        }
    }
}

/// What a choice sets is the product's own, and marked; what the source says literally is not. A
/// choice that is not there, and one that would leave no regime, is none.
#[test]
fn choices_keep_the_marks_true() {
    let mut smart = super::preset("smart-monthly");
    let total = "/cycles/0/total".to_owned();
    let marks = smart.with(&["eighty-twenty"]).unwrap().house_defaults;
    assert_eq!(marks, smart.regime.house_defaults, "the whole total is");
    assert!(marks.contains(&total));
    assert_eq!(smart.with(&["ninety-ten"]), None);
    let weights = "/cycles/0/weights/total".to_owned();
    smart.alternatives[0].set[0].at.clone_from(&weights);
    smart.alternatives[0].set[0].value = Value::from(12_000);
    let marks = smart.with(&["eighty-twenty"]).unwrap().house_defaults;
    assert!(marks.contains(&weights) && !smart.regime.house_defaults.contains(&weights));
    smart.alternatives[0].set[0].at = "/cycles/0".to_owned();
    smart.alternatives[0].set[0].value = serde_json::to_value(&smart.regime.cycles[0]).unwrap();
    let marks = smart.with(&["eighty-twenty"]).unwrap().house_defaults;
    assert!(!marks.contains(&total) && marks.contains(&"/cycles/0".to_owned()));

    let three = super::preset("three-class-monthly");
    let window = "/changes/window".to_owned();
    assert!(three.regime.house_defaults.contains(&window));
    let literal = three.with(&["last-three-days"]).unwrap();
    assert!(!literal.house_defaults.contains(&window));
    assert_ne!(literal.digest(), three.regime.digest());

    let mut broken = three.clone();
    broken.alternatives[0].set[0].value = Value::Bool(true);
    assert_eq!(broken.with(&["last-three-days"]), None);
    broken.alternatives[0].set[0].at = "/cycles/7/total".to_owned();
    assert_eq!(broken.with(&["last-three-days"]), None);

    let month = super::preset("twentieth-twentyfifth");
    let after = month.with(&["month-after"]).unwrap();
    assert!(month.regime.cycles[0].assessed.is_some() && after.cycles[0].assessed.is_none());
}

/// The table of presets names each preset, its source and its worked examples, and each of these
/// is a test that runs.
#[test]
fn the_table_of_presets_is_true() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let table = std::fs::read_to_string(format!("{root}/docs/presets.md")).unwrap();
    let sources = std::fs::read_to_string(format!("{root}/docs/sources.md")).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let mut named = BTreeSet::new();
    for row in rows {
        let mut quoted = row.split('`').skip(1).step_by(2);
        let (key, file) = (quoted.next().unwrap(), quoted.next().unwrap());
        let source = ROWS.iter().find(|(one, _)| *one == key).unwrap().1;
        assert!(
            row.contains(&format!("| {} |", source.replace(' ', ", "))),
            "{row}"
        );
        let tests = std::fs::read_to_string(format!("{root}/{file}")).unwrap();
        let mut examples = 0;
        for test in quoted {
            let runs = format!("#[test]\nfn {test}() {{");
            assert!(tests.contains(&runs), "{file} has no test {test}");
            examples += 1;
        }
        assert!(examples >= 2, "{key} has two worked examples");
        assert!(named.insert(key.to_owned()), "{key} stands twice");
        assert!(
            sources.contains(&format!("\n## `{key}`")),
            "{key} says whence it is"
        );
    }
    let all = ROWS.map(|(key, _)| key.to_owned());
    assert_eq!(named, BTreeSet::from(all));
}
