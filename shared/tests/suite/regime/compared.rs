//! Comparing two regimes: entries are matched by what names them, and nothing else is a line.

use serde_json::{Value, json};
use shared::regime::compare::{Difference, lines};
use shared::regime::document::Regime;

use super::validated::{set, text};

fn read(document: Value) -> Regime {
    serde_json::from_value(document).unwrap()
}

fn difference(place: &str, old: Option<Value>, new: Option<Value>) -> Difference {
    Difference {
        place: place.to_owned(),
        old,
        new,
    }
}

#[test]
fn a_changed_value_is_one_line_and_nothing_changed_is_none() {
    let old = read(text());
    assert_eq!(lines(&old, &old), []);
    let at = "/people/least_days";
    let new = read(set(text(), at, Some(json!(7))));
    let wanted = difference(at, Some(json!(5)), Some(json!(7)));
    assert_eq!(lines(&old, &new), [wanted]);
}

#[test]
fn entries_are_matched_by_key_wherever_they_stand() {
    let old = read(text());
    let list = "/cycles/0/total/parts/list";
    let mut document = text();
    let parts = document.pointer_mut(list).unwrap().as_array_mut().unwrap();
    // D comes first and is worth less per complaint, B is gone, E is new.
    let mut d = parts.pop().unwrap();
    d["cap"] = json!(2_000);
    let b = parts.remove(1);
    parts.insert(0, d);
    let mut e = parts[1].clone();
    e["key"] = json!("e");
    parts.push(e.clone());
    let found = lines(&old, &read(document));
    let order = |keys: &[&str]| {
        let quoted = keys.iter().map(|key| format!("\"{key}\""));
        Some(Value::from(quoted.collect::<Vec<_>>()))
    };
    let wanted = [
        difference(&format!("{list}/0/cap"), None, Some(json!(2_000))),
        difference(&format!("{list}/3"), None, Some(e)),
        difference(
            list,
            order(&["a", "b", "c", "d"]),
            order(&["d", "a", "c", "e"]),
        ),
        difference(&format!("{list}/1"), Some(b), None),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn one_house_default_less_is_one_line() {
    let old = read(text());
    let new = read(set(text(), "/house_defaults/3", None));
    let gone = old.house_defaults[3].clone();
    let wanted = difference("/house_defaults/3", Some(json!(gone)), None);
    assert_eq!(lines(&old, &new), [wanted]);
}
