//! Format 1 read as format 2: nothing is lost, every place that is named exists, and the bytes of
//! either format come back.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use shared::canonical;
use shared::digest;
use shared::regime::document::{self, Document};
use shared::regime::v1::Regime;
use shared::result::engine_3;

use crate::format_1;

/// The presets and what the golden vectors were judged by.
fn documents() -> Vec<Value> {
    let presets = format_1::all().into_iter();
    let mut found: Vec<Value> = presets
        .map(|preset| serde_json::to_value(preset).unwrap())
        .collect();
    let golden: Value = serde_json::from_str(include_str!("../../golden/results.json")).unwrap();
    found.extend(golden["regimes"].as_array().unwrap().iter().cloned());
    found
}

fn read(document: &Value) -> Document {
    serde_json::from_value(document.clone()).unwrap()
}

/// Every pointer into a document but the list of pointers itself.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(n, v)| (n.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in below {
        if key == "house_defaults" {
            continue;
        }
        let here = format!("{here}/{key}");
        pointers(value, &here, found);
        found.push(here);
    }
}

fn assert_pointers_exist(regime: &document::Regime) {
    let value = serde_json::to_value(regime).unwrap();
    for pointer in &regime.house_defaults {
        assert!(value.pointer(pointer).is_some(), "{}{pointer}", regime.key);
    }
}

#[test]
fn a_document_of_format_1_keeps_its_bytes_and_its_digest() {
    for text in documents() {
        let document = read(&text);
        let old = document.v1().unwrap();
        assert_eq!(document.digest(), digest::regime(old));
        assert_eq!(canonical::bytes(&document), canonical::bytes(&text));
        assert_eq!(document, Document::V1(Box::new(old.clone())));
    }
}

#[test]
fn what_it_means_in_format_2_reads_back_as_it_was() {
    for text in documents() {
        let regime = read(&text).read();
        let written = serde_json::to_string(&*regime).unwrap();
        let again: Document = serde_json::from_str(&written).unwrap();
        assert_eq!(again.read(), regime);
        assert_eq!(again.v1(), None);
        assert_eq!(again.digest(), regime.digest());
        assert_eq!(canonical::bytes(&again), canonical::bytes(&*regime));
        assert_pointers_exist(&regime);
    }
}

#[test]
fn keys_are_unique_and_the_rules_compile() {
    for text in documents() {
        let regime = read(&text).read();
        let unique = |keys: Vec<&String>| keys.iter().collect::<BTreeSet<_>>().len() == keys.len();
        let sections = regime.items.sections.iter().map(|one| &one.key);
        assert!(unique(sections.collect()));
        assert!(unique(
            regime.judging.raters.iter().map(|one| &one.key).collect()
        ));
        let kind = regime.cycles[0].kind;
        assert!(engine_3::compile(&regime, kind).is_ok(), "{}", regime.key);
    }
}

/// Whatever a document of format 1 marks as the product's own is marked at a place that exists.
#[test]
fn every_place_of_format_1_leads_to_places_that_exist() {
    for text in documents() {
        let mut all = Vec::new();
        pointers(&text, "", &mut all);
        assert!(all.len() > 20);
        let mut old: Regime = serde_json::from_value(text).unwrap();
        for (bonus, empty) in [(None, None), (Some(500), Some("counts_zero"))] {
            let mut document = serde_json::to_value(&old).unwrap();
            if let (Some(bonus), Some(empty)) = (bonus, empty) {
                document["bonus"] = json!(bonus);
                document["empty_section"] = json!(empty);
                all.extend(["/bonus".to_owned(), "/empty_section".to_owned()]);
            }
            old = serde_json::from_value(document).unwrap();
            old.house_defaults.clone_from(&all);
            assert_pointers_exist(&document::Regime::from(&old));
        }
    }
}

#[test]
fn the_presets_mean_what_their_sources_say() {
    let regime = document::Regime::from(&format_1::three_sections());
    let marked = |place: &str| regime.house_defaults.iter().any(|one| one == place);
    let value = serde_json::to_value(&regime).unwrap();
    let at = |place: &str| value.pointer(place).cloned();
    let part = "/cycles/0/total/parts/list/2";
    assert_eq!(at(&format!("{part}/weight")), Some(json!(2_000)));
    assert!(marked(&format!("{part}/weight")));
    assert_eq!(at(&format!("{part}/empty")), Some(json!("drops_out")));
    assert!(!marked(&format!("{part}/empty")), "the source says it");
    assert_eq!(
        at("/cycles/0/assessed"),
        Some(json!({"from_day": 26, "to_day": 25}))
    );
    assert_eq!(
        at("/cycles/0/deadlines/3"),
        Some(json!({
            "step": "filing",
            "on": {"day_of_month": {"month": "within", "day": 28}},
            "minute": 960,
            "shift": "back"
        }))
    );
    assert!(marked("/cycles/0/deadlines/3/shift"));
    assert_eq!(at("/grades/by/points/bands/5/coefficient"), Some(json!(0)));
    assert_eq!(at("/grades/by/points/bands/5/below"), Some(json!(6_000)));
    let pool = document::Regime::from(&format_1::pool(shared::period::PeriodKind::Year));
    assert_eq!(pool.cycles[0].total, None);
    assert!(pool.judging.methods.is_empty());
}

#[test]
fn what_no_format_knows_is_refused() {
    for text in documents() {
        let regime = read(&text).read();
        let mut unknown = serde_json::to_value(&*regime).unwrap();
        unknown["cycles"][0]["wieghts"] = json!(1);
        assert!(serde_json::from_value::<Document>(unknown).is_err());
        let mut other = serde_json::to_value(&*regime).unwrap();
        other["format"] = json!(3);
        assert!(serde_json::from_value::<Document>(other).is_err());
    }
}
