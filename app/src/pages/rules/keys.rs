//! Keys that a field can name, with what they are called, and the words of a place.

use serde_json::Value;

use crate::components::Pick;
use crate::i18n::{Language, language, rules as words};

/// Where a field finds the keys that it can name; `None` where it is plain text.
pub(super) fn lists(owner: &str, field: &str, at: &str) -> Option<Vec<String>> {
    let fixed = |lists: &[&str]| Some(lists.iter().map(|&one| one.to_owned()).collect());
    let above = |up: usize| {
        let mut place = at;
        for _ in 0..up {
            place = place.rsplit_once('/').map_or("", |(above, _)| above);
        }
        place.to_owned()
    };
    match (owner, field) {
        ("Group", "method") => fixed(&["/judging/methods"]),
        (_, "tariff" | "unfair") => fixed(&["/tariffs"]),
        ("Quota" | "BandFactor" | "Publication", "band" | "over" | "bands")
        | ("GateEffect", "no_better_than") => {
            fixed(&["/grades/by/points/bands", "/grades/by/decided/levels"])
        }
        (_, "part") => {
            let cycles = (0..7).map(|nth| format!("/cycles/{nth}/total/parts/list"));
            Some(cycles.collect())
        }
        ("Filter" | "Carry.forced", "sections") | ("AdvisedSection", "section") => {
            fixed(&["/items/sections"])
        }
        ("Filter", "categories") => fixed(&["/items/categories"]),
        ("Filter", "sources") => fixed(&["/items/sources"]),
        ("SignStep", "adds") => fixed(&["/items/sections", "/items/sources"]),
        ("MissingRater", "instead") => fixed(&["/judging/raters"]),
        ("PlanStep", "sign") => fixed(&["/signing/plan", "/signing/result"]),
        ("Who", "role") => fixed(&["/roles"]),
        ("Scoring.matrix", "on_time" | "late") => Some(vec![format!("{}/efficiency", above(1))]),
        _ => None,
    }
}

/// The picks of lists of keyed entries.
pub(super) fn picks(document: &Value, lists: &[String]) -> Vec<Pick> {
    let entries = lists
        .iter()
        .filter_map(|list| document.pointer(list)?.as_array());
    entries
        .flatten()
        .filter_map(|entry| {
            let key = entry.get("key")?.as_str()?;
            Some(Pick::new(
                key,
                called(entry).unwrap_or_else(|| key.to_owned()),
            ))
        })
        .collect()
}

/// What an entry is called: its name in the reader's language, else what tells it from others.
pub(super) fn called(entry: &Value) -> Option<String> {
    let name = entry.get("name");
    let tag = match language() {
        Language::Chinese => "zh",
        Language::English => "en",
    };
    let text = name.and_then(|name| name.get(tag)?.as_str());
    let text = text.filter(|text| !text.is_empty());
    if let Some(text) = text {
        return Some(text.to_owned());
    }
    for (field, of) in [
        ("step", "PlanStep"),
        ("kind", "PeriodKind"),
        ("by", "Who"),
        ("who", "Who"),
        ("act", "PeriodAct"),
    ] {
        match entry.get(field) {
            Some(Value::String(word)) => return Some(words::variant(of, word).to_owned()),
            Some(Value::Object(members)) => {
                if let Some((_, Value::String(key))) = members.iter().next() {
                    return Some(key.clone());
                }
            }
            _ => {}
        }
    }
    let band = ["band", "method"]
        .iter()
        .find_map(|field| entry.get(*field)?.as_str());
    band.map(ToOwned::to_owned)
}

/// A place in words: what stands on the way to it, without what everybody knows.
pub(super) fn place(document: &Value, at: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    let mut here = String::new();
    let mut owner = "Regime";
    let mut of = shared::regime::schema::definition("Regime");
    for step in at.split('/').skip(1) {
        here = format!("{here}/{step}");
        if let Ok(nth) = step.parse::<usize>() {
            let entry = document.pointer(&here).and_then(called);
            let what = found.pop().unwrap_or_default();
            found.push(entry.unwrap_or_else(|| words::nth(&what, &(nth + 1).to_string())));
            of = of.get("items").unwrap_or(of);
        } else {
            let (_, inner) = shared::regime::schema::variants(of);
            if let Some((_, below)) = inner.into_iter().find(|(name, _)| *name == step) {
                found.push(words::variant(owner, step).to_owned());
                of = below;
            } else {
                let below = of.get("properties").and_then(|it| it.get(step));
                let Some(below) = below else { break };
                let word = words::field(owner, step);
                found.push(word.to_owned());
                of = below;
            }
        }
        owner = shared::regime::schema::named_by(of).unwrap_or(owner);
        of = shared::regime::schema::followed(of);
    }
    // The last three steps say where it is; all of them would be a path.
    let from = found.len().saturating_sub(3);
    found.split_off(from).join(" › ")
}
