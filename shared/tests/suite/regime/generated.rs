//! Documents at random: what is accepted compiles for every cycle and is read back as it was, and
//! what the schema admits is exactly what the types read.

use serde_json::{Value, json};
use shared::regime::document::{self, Regime};
use shared::regime::schema;
use shared::regime::validate_2::validate;
use shared::result::engine_3::{Inputs, Tape, compile, person};

use super::validated::TEXTS;
use crate::prelude::*;

/// A place of a JSON tree, chosen at random among all of them.
fn somewhere<'v>(value: &'v mut Value, chance: &mut Chance) -> &'v mut Value {
    fn count(value: &Value) -> u64 {
        1 + match value {
            Value::Object(members) => members.values().map(count).sum::<u64>(),
            Value::Array(list) => list.iter().map(count).sum(),
            _ => 0,
        }
    }
    fn find(value: &mut Value, mut left: u64) -> Option<&mut Value> {
        if left == 0 {
            return Some(value);
        }
        left -= 1;
        let inner: Vec<&mut Value> = match value {
            Value::Object(members) => members.values_mut().collect(),
            Value::Array(list) => list.iter_mut().collect(),
            _ => Vec::new(),
        };
        for value in inner {
            let here = count(value);
            if left < here {
                return find(value, left);
            }
            left -= here;
        }
        None
    }
    let nth = chance.below(count(value));
    find(value, nth).expect("a place that was counted")
}

/// What may stand at a place by the schema, made at random; no deeper than is sensible.
fn made(of: &'static Value, chance: &mut Chance, depth: u32) -> Value {
    let of = schema::followed(of);
    let (words, inner) = schema::variants(of);
    let variants = u64::try_from(words.len() + inner.len()).unwrap();
    if variants > 0 {
        let nth = usize::try_from(chance.below(variants)).unwrap();
        if let Some(word) = words.get(nth) {
            return json!(word);
        }
        let (name, inner) = inner[nth - words.len()];
        return json!({ name: made(inner, chance, depth + 1) });
    }
    match of["type"].as_str() {
        Some("object") => {
            let required = of["required"].as_array().cloned().unwrap_or_default();
            let members = of["properties"].as_object().unwrap().iter();
            let members = members.filter_map(|(name, of)| {
                let wanted = required.iter().any(|one| one == name);
                let wanted = wanted || (depth < 8 && chance.below(3) == 0);
                wanted.then(|| (name.clone(), made(of, chance, depth + 1)))
            });
            Value::Object(members.collect())
        }
        Some("array") => {
            let most = if depth < 8 { 3 } else { 1 };
            let length = of["minItems"].as_u64();
            let length = length.unwrap_or_else(|| chance.below(most));
            (0..length)
                .map(|_| made(&of["items"], chance, depth + 1))
                .collect()
        }
        Some("integer") => json!(chance.pick(&[0, 1, 2, 5, 28, 100, 5_000, 10_000])),
        Some("boolean") => json!(chance.below(2) == 0),
        Some("string") if of.get("pattern").is_some() => json!("0".repeat(32)),
        _ => json!(chance.pick(&["a", "b", "item", "work", "superior", "complaint", "month"])),
    }
}

/// Changes something, anywhere.
fn change(document: &mut Value, chance: &mut Chance) {
    let definitions = schema::schema()["$defs"].as_object().unwrap();
    let place = somewhere(document, chance);
    match place {
        Value::Number(_) => {
            let numbers = [
                -1,
                0,
                1,
                2,
                31,
                99,
                5_000,
                9_000,
                10_000,
                12_000,
                100_000_000,
            ];
            *place = json!(chance.pick(&numbers));
        }
        Value::Bool(set) => *set = !*set,
        Value::String(text) => {
            let words = [
                "a",
                "b",
                "c",
                "z",
                "item",
                "superior",
                "free",
                "sum",
                "drops_out",
                "",
            ];
            *text = chance.pick(&words).to_owned();
        }
        Value::Array(list) if !list.is_empty() => {
            let nth = usize::try_from(chance.below(u64::try_from(list.len()).unwrap())).unwrap();
            match chance.below(3) {
                0 => drop(list.remove(nth)),
                1 => list.push(list[nth].clone()),
                _ => list.rotate_left(nth),
            }
        }
        Value::Object(members) if chance.below(2) == 0 => {
            let names: Vec<String> = members.keys().cloned().collect();
            if let Some(name) = names.get(usize::try_from(chance.below(8)).unwrap()) {
                members.remove(name);
            }
        }
        _ => {
            // Something of a type of the schema, most often one that does not belong here.
            let nth = chance.below(u64::try_from(definitions.len()).unwrap());
            let definition = definitions.values().nth(usize::try_from(nth).unwrap());
            *place = made(definition.unwrap(), chance, 6);
        }
    }
}

/// Puts something else of the right type at a place below, as somebody does who fills in a form.
pub(super) fn refill(value: &mut Value, of: &'static Value, chance: &mut Chance) {
    let of = schema::followed(of);
    let (_, inner) = schema::variants(of);
    if chance.below(12) == 0 {
        *value = made(of, chance, 5);
        return;
    }
    match value {
        Value::Object(members) => {
            let nth = chance.below(u64::try_from(members.len().max(1)).unwrap());
            let chosen = members.iter_mut().nth(usize::try_from(nth).unwrap());
            let Some((name, value)) = chosen else { return };
            let known = inner.into_iter().find(|(one, _)| one == name);
            let below = known
                .map(|(_, of)| of)
                .or_else(|| of.get("properties")?.get(name));
            if let Some(below) = below {
                refill(value, below, chance);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            let nth = chance.below(u64::try_from(list.len()).unwrap());
            if let Some(below) = of.get("items") {
                refill(&mut list[usize::try_from(nth).unwrap()], below, chance);
            }
        }
        _ => *value = made(of, chance, 5),
    }
}

/// Holds a document that is accepted to what was promised. Says whether it is.
fn promised(document: &Value) -> bool {
    let Ok(regime) = schema::read_value(document.clone()) else {
        return false;
    };
    if !validate(&regime).is_empty() {
        return false;
    }
    for cycle in &regime.cycles {
        let program = compile(&regime, cycle.kind);
        let program = program.unwrap_or_else(|finding| panic!("{finding:?}: {document}"));
        // A plan about which nothing is known is refused or judged, and never a crash.
        let _ = person(&program, &Inputs::default(), &mut Tape::default());
    }
    true
}

/// Holds the schema against the types, by what they read.
fn read_alike(document: &Value) {
    let text = document.to_string();
    let admitted = schema::against(document, "Regime").is_empty();
    let reads = serde_json::from_str::<Regime>(&text);
    assert_eq!(admitted, reads.is_ok(), "{:?}: {text}", reads.err());
    let read = document::read(&text);
    let format = document["format"] == json!(2);
    assert_eq!(read.is_ok(), admitted && format, "{text}");
    if let Ok(read) = read {
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(document::read(&written).unwrap(), read);
    }
}

fn documents() -> [Value; 4] {
    TEXTS.map(|text| serde_json::from_str(text).unwrap())
}

#[test]
fn what_is_accepted_compiles() {
    let (documents, mut chance) = (documents(), Chance(5));
    let mut accepted = 0;
    for _ in 0..10_000 {
        let mut document = documents[chance.pick(&[0, 1, 2, 3])].clone();
        for _ in 0..=chance.below(3) {
            refill(&mut document, schema::definition("Regime"), &mut chance);
        }
        accepted += u32::from(promised(&document));
    }
    // Most changes break something; a test of which nothing is accepted would prove nothing.
    assert!(accepted > 1_000, "{accepted}");
}

#[test]
fn what_is_written_is_read_as_the_same() {
    let (documents, mut chance) = (documents(), Chance(7));
    let mut read = 0;
    while read < 10_000 {
        let mut document = documents[chance.pick(&[0, 1, 2, 3])].clone();
        for _ in 0..=chance.below(3) {
            refill(&mut document, schema::definition("Regime"), &mut chance);
        }
        let Ok(regime) = serde_json::from_value::<Regime>(document) else {
            continue;
        };
        let written = serde_json::to_string(&regime).unwrap();
        assert_eq!(serde_json::from_str::<Regime>(&written).unwrap(), regime);
        read += 1;
    }
}

#[test]
fn what_the_schema_admits_is_what_the_types_read() {
    let (documents, mut chance) = (documents(), Chance(6));
    for _ in 0..500 {
        let mut document = documents[chance.pick(&[0, 1, 2, 3])].clone();
        for _ in 0..=chance.below(3) {
            change(&mut document, &mut chance);
        }
        read_alike(&document);
        read_alike(&made(schema::definition("Regime"), &mut chance, 0));
    }
}
