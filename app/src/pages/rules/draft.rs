//! The draft of a regime: a JSON document that forms change by pointer, validated at each change.
//!
//! It is kept on this device at every change, so that nothing is lost when the page closes. What
//! somebody changes is no house default any more; the marks around it stay.

use std::collections::BTreeSet;
use std::sync::Arc;

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use serde_json::{Map, Value, json};
use shared::id::RegimeId;
use shared::regime::document::{Document, Regime};
use shared::regime::finding::Finding;
use shared::regime::{schema, validate_2};
use wasm_bindgen::JsCast as _;

use super::bands;
use crate::timer;

/// Where drafts are kept; that of a copy has the regime's id behind it.
const KEPT: &str = "regime-draft";

/// A regime as a clerk begins it.
const BLANK: &str = include_str!("blank.json");

/// The draft and what is wrong in it.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    value: RwSignal<Value>,
    /// Counts the changes after which the form is drawn anew.
    shape: RwSignal<u32>,
    /// What it is, where it can be read.
    pub(super) read: Memo<Result<Arc<Regime>, Vec<Finding>>>,
    /// What is wrong.
    pub(super) findings: Memo<Vec<Finding>>,
    /// The block that is shown, by its place.
    pub(super) block: RwSignal<usize>,
    /// The places of the cards that stand open.
    opened: StoredValue<BTreeSet<String>>,
    /// From what it began.
    base: StoredValue<Value>,
}

/// Where the draft of a copy of a regime is kept, or that of a new one.
fn kept_as(from: Option<RegimeId>) -> String {
    from.map_or_else(|| KEPT.to_owned(), |id| format!("{KEPT}.{id}"))
}

/// The draft that is kept on this device, where there is one.
pub(crate) fn kept(from: Option<RegimeId>) -> Option<Value> {
    let kept = LocalStorage::get::<String>(kept_as(from)).ok()?;
    serde_json::from_str(&kept).ok()
}

impl Draft {
    /// The draft that is kept here, or what it begins from: a copy of a regime, or a blank one.
    pub(super) fn begin(from: Option<(RegimeId, Value)>) -> Self {
        let (id, base) = match from {
            Some((id, value)) => (Some(id), value),
            None => (None, blank()),
        };
        let kept_as = kept_as(id);
        let value = kept(id).unwrap_or_else(|| base.clone());
        let value = RwSignal::new(value);
        let read = Memo::new(move |_| {
            value
                .with(|value| schema::read_value(value.clone()))
                .map(Arc::new)
        });
        let findings = Memo::new(move |_| {
            read.with(|read| match read {
                Ok(regime) => validate_2::validate(regime),
                Err(findings) => findings.clone(),
            })
        });
        let draft = Self {
            value,
            shape: RwSignal::new(0),
            read,
            findings,
            block: RwSignal::new(0),
            opened: StoredValue::new(BTreeSet::new()),
            base: StoredValue::new(base),
        };
        Effect::new(move |_| {
            let text = value.with(|value| {
                let changed = draft.base.with_value(|base| base != value);
                changed.then(|| value.to_string())
            });
            // A device that cannot keep it still edits it until the page closes.
            if let Some(text) = text {
                let _ = LocalStorage::set(&kept_as, text);
            } else {
                LocalStorage::delete(&kept_as);
            }
        });
        draft
    }

    /// Redraws whoever reads it when the form's shape changes.
    pub(super) fn track(self) {
        self.shape.track();
    }

    /// What stands at a place. Not observed.
    pub(super) fn at(self, at: &str) -> Option<Value> {
        self.value
            .with_untracked(|value| value.pointer(at).cloned())
    }

    /// Reads the whole. Not observed: a form is drawn anew when its shape changes.
    pub(super) fn peek<T>(self, read: impl FnOnce(&Value) -> T) -> T {
        self.value.with_untracked(read)
    }

    /// Whether a card was opened.
    pub(super) fn is_open(self, at: &str) -> bool {
        self.opened.with_value(|opened| opened.contains(at))
    }

    /// Remembers that a card was opened, or closed.
    pub(super) fn open(self, at: &str, now: bool) {
        self.opened.update_value(|opened| {
            if now {
                opened.insert(at.to_owned());
            } else {
                opened.remove(at);
            }
        });
    }

    /// Reads the whole. Observed.
    pub(super) fn with<T>(self, read: impl FnOnce(&Value) -> T) -> T {
        self.value.with(read)
    }

    /// Puts a value at a place, as somebody types it; the form stays as it is.
    pub(super) fn put(self, at: &str, value: Option<Value>) {
        self.value.update(|document| {
            unmark(document, at);
            set(document, at, value);
            bands::join(document, at);
        });
    }

    /// Puts a value at a place and draws the form anew.
    pub(super) fn reshape(self, at: &str, value: Option<Value>) {
        self.put(at, value);
        self.shape.update(|shape| *shape += 1);
        // Whoever works with the keyboard goes on where he or she was.
        let at = at.to_owned();
        timer::after_paint(move || {
            focus(&at);
        });
    }

    /// Changes a list, whose entries have other places afterwards.
    pub(super) fn relist(self, at: &str, change: impl FnOnce(&mut Vec<Value>)) {
        self.value.update(|document| {
            unmark(document, at);
            if document.pointer(at).is_none() {
                set(document, at, Some(json!([])));
            }
            if let Some(Value::Array(list)) = document.pointer_mut(at) {
                change(list);
            }
            bands::join(document, at);
        });
        self.shape.update(|shape| *shape += 1);
    }

    /// Takes another document.
    pub(super) fn replace(self, value: Value) {
        self.value.set(value);
        self.block.set(0);
        self.shape.update(|shape| *shape += 1);
    }

    /// Goes back to what it began from.
    pub(super) fn drop_kept(self) {
        self.replace(self.base.get_value());
    }

    /// The document as it would be adopted, where it can be read.
    pub(super) fn document(self) -> Option<Document> {
        let read = self.read.get_untracked().ok()?;
        Some(Document::V2(read))
    }
}

/// Puts the focus into the first field of a place.
fn focus(at: &str) -> Option<()> {
    let selector = format!("[data-place=\"{at}\"] :is(input, select, textarea)");
    let field = document().query_selector(&selector).ok()??;
    let field: web_sys::HtmlElement = field.dyn_into().ok()?;
    field.focus().ok()
}

fn blank() -> Value {
    serde_json::from_str(BLANK).expect("the blank regime is JSON")
}

/// Sets, or takes out, one member or entry.
fn set(document: &mut Value, at: &str, value: Option<Value>) {
    let Some((parent, member)) = at.rsplit_once('/') else {
        return;
    };
    match (document.pointer_mut(parent), value) {
        (Some(Value::Object(members)), Some(value)) => {
            members.insert(member.to_owned(), value);
        }
        (Some(Value::Object(members)), None) => {
            members.remove(member);
        }
        (Some(Value::Array(list)), Some(value)) => {
            let entry = member.parse::<usize>().ok();
            if let Some(entry) = entry.and_then(|entry| list.get_mut(entry)) {
                *entry = value;
            }
        }
        _ => {}
    }
}

/// Takes the mark of a house default from a place and all below it; what a wider mark covered
/// besides stays marked.
fn unmark(document: &mut Value, at: &str) {
    let Some(Value::Array(marks)) = document.get("house_defaults").cloned() else {
        return;
    };
    let below = |place: &str, above: &str| {
        let rest = place.strip_prefix(above);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut kept: Vec<String> = Vec::new();
    for mark in marks.iter().filter_map(Value::as_str) {
        if below(mark, at) {
            continue;
        }
        if !below(at, mark) {
            kept.push(mark.to_owned());
            continue;
        }
        let mut here = mark.to_owned();
        for step in at[mark.len()..].split('/').skip(1) {
            let names: Vec<String> = match document.pointer(&here) {
                Some(Value::Object(members)) => members.keys().cloned().collect(),
                Some(Value::Array(list)) => (0..list.len()).map(|nth| nth.to_string()).collect(),
                _ => Vec::new(),
            };
            let beside = names.iter().filter(|name| *name != step);
            kept.extend(beside.map(|name| format!("{here}/{}", schema::escaped(name))));
            here = format!("{here}/{step}");
        }
    }
    if let Value::Object(members) = document {
        members.insert("house_defaults".to_owned(), json!(kept));
    }
}

/// A new value of a type, as little as it can be.
pub(super) fn fresh(of: &'static Value) -> Value {
    let name = schema::named_by(of).unwrap_or_default();
    let of = schema::followed(of);
    match name {
        "Empty" => return json!("counts_zero"),
        "Shift" => return json!("stay"),
        "Source" => return json!({"charges": {"from": "full"}}),
        "Scoring" => return json!({"typed": {}}),
        _ => {}
    }
    let (words, inner) = schema::variants(of);
    if let Some(word) = words.first() {
        return json!(word);
    }
    if let Some((variant, of)) = inner.first() {
        return json!({ *variant: fresh(of) });
    }
    match of.get("type").and_then(Value::as_str) {
        Some("object") => {
            let required = of.get("required").and_then(Value::as_array);
            let names = required.into_iter().flatten().filter_map(Value::as_str);
            let members: Map<String, Value> = names
                .filter_map(|field| {
                    let value = match (name, field) {
                        ("Method", "cap") => json!(10_000),
                        _ => fresh(of.get("properties")?.get(field)?),
                    };
                    Some((field.to_owned(), value))
                })
                .collect();
            Value::Object(members)
        }
        Some("array") => {
            let least = of.get("minItems").and_then(Value::as_u64).unwrap_or(0);
            (0..least)
                .filter_map(|_| of.get("items").map(fresh))
                .collect()
        }
        Some("integer") => json!(0),
        Some("boolean") => json!(false),
        _ => json!(""),
    }
}

/// A key that no entry of a list has yet.
pub(super) fn free_key(list: &[Value], stem: &str) -> String {
    let taken = |key: &str| {
        list.iter()
            .any(|one| one.get("key").is_some_and(|it| it == key))
    };
    // One more than there are entries is always free.
    (1..=list.len() + 1)
        .map(|nth| format!("{stem}-{nth}"))
        .find(|key| !taken(key))
        .unwrap_or_default()
}
