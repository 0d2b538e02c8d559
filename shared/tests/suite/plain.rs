//! A plain month of format 2, from which tests make what they are about.
//!
//! Items by weight, points typed by the superior, scaled to 100.00; bands a 95, b 90, c 80, d 70, e 60, f;
//! nothing is decided from the cohort and nothing taken of another result.

use serde_json::{Value, json};
use shared::regime::document::Regime;
use shared::regime::preset::shelf;

/// The plain month with values set at pointers; null takes a member away.
pub(crate) fn plain(set: &[(&str, Value)]) -> Regime {
    let presets = shelf::all();
    let found = presets
        .into_iter()
        .find(|one| one.regime.key == "responsibility-centres");
    let mut document = serde_json::to_value(found.unwrap().regime).unwrap();
    put(&mut document, "/cohort", &Value::Null);
    put(&mut document, "/signing/result", &Value::Null);
    put(&mut document, "/house_defaults", &Value::Null);
    put(
        &mut document,
        "/cycles/0/total/parts/combine",
        &json!("sum"),
    );
    document
        .pointer_mut("/cycles/0/total/parts/list")
        .unwrap()
        .as_array_mut()
        .unwrap()
        .truncate(1);
    for (at, value) in set {
        put(&mut document, at, value);
    }
    serde_json::from_value(document).unwrap()
}

fn put(document: &mut Value, at: &str, value: &Value) {
    let (parent, member) = at.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(members) if value.is_null() => drop(members.remove(member)),
        Value::Object(members) => drop(members.insert(member.to_owned(), value.clone())),
        Value::Array(list) if member == "-" => list.push(value.clone()),
        Value::Array(list) => list[member.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{at}"),
    }
}
