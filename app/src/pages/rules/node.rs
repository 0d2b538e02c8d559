//! The form: one field for each line of the schema, so that a field of the document that is new
//! needs no form of its own.
//!
//! A value at a place is drawn by its definition: words and numbers as fields, choices as lists,
//! lists as cards that can be added, moved and taken away.

use leptos::prelude::*;
use serde_json::{Value, json};
use shared::regime::schema;

use super::draft::{Draft, fresh};
use super::list::list;
use super::scalar::{number, text, tick};
use super::{bands, keys, said};
use crate::components::{Button, Glyph, Look, Pick, Select};
use crate::i18n::rules as words;

/// A place of the document that is drawn.
#[derive(Clone)]
pub(super) struct Line {
    /// Where, as a JSON pointer.
    pub(super) at: String,
    /// The type that has the field, with the variant where it is one's.
    pub(super) owner: String,
    /// The field's name.
    pub(super) field: &'static str,
    /// What may stand there.
    pub(super) of: &'static Value,
    /// Whether it may be left out.
    pub(super) optional: bool,
}

impl Line {
    /// What it is called.
    pub(super) fn label(&self) -> String {
        let word = words::field(&self.owner, self.field);
        if word == self.field {
            // What stands right below a choice goes by the choice's own name.
            return words::variant(&self.owner, self.field).to_owned();
        }
        word.to_owned()
    }

    /// The name of its type; empty where it has none.
    pub(super) fn named(&self) -> &'static str {
        schema::named_by(self.of).unwrap_or_default()
    }
}

/// Draws what stands at a place.
pub(super) fn node(draft: Draft, line: Line) -> AnyView {
    let of = schema::followed(line.of);
    match of.get("type").and_then(Value::as_str) {
        Some("object") if line.named() == "Name" => name(draft, &line),
        Some("object") => members(draft, &line.at, of, line.named()).into_any(),
        Some("array") => list(draft, line),
        Some("integer") => number(draft, line),
        Some("boolean") => tick(draft, &line),
        Some(_) => text(draft, line),
        None => choice(draft, &line, of),
    }
}

/// A name in both languages; the English one follows the Chinese until somebody writes it.
fn name(draft: Draft, line: &Line) -> AnyView {
    let of = schema::followed(line.of);
    let field = |name: &'static str| Line {
        at: format!("{}/{name}", line.at),
        owner: "Name".to_owned(),
        field: name,
        of: &of["properties"][name],
        optional: false,
    };
    let label = line.label();
    view! {
        <fieldset class="rules-name">
            <legend class="field-label">{label}</legend>
            <div class="fields fields-two">{text(draft, field("zh"))}{text(draft, field("en"))}</div>
        </fieldset>
    }
    .into_any()
}

/// All fields of an object: plain ones side by side, what holds more below each other.
pub(super) fn members(
    draft: Draft,
    at: &str,
    of: &'static Value,
    owner: &str,
) -> impl IntoView + use<> {
    let required = of.get("required").and_then(Value::as_array);
    let needed = |name: &str| required.is_some_and(|list| list.iter().any(|one| one == name));
    let fields = of.get("properties").and_then(Value::as_object);
    let mut first = None;
    let mut plain = Vec::new();
    let mut whole = Vec::new();
    let mut absent = Vec::new();
    let order = |name: &str| match name {
        "key" => 9,
        "name" => 0,
        _ => 1,
    };
    let mut fields: Vec<_> = fields.into_iter().flatten().collect();
    fields.sort_by_key(|(name, _)| order(name));
    for (name, of) in fields {
        let name: &'static str = name;
        let line = Line {
            at: format!("{at}/{name}"),
            owner: owner.to_owned(),
            field: name,
            of,
            optional: !needed(name),
        };
        // How the total comes about is a block of its own.
        if matches!(
            (owner, name),
            ("Regime", "house_defaults" | "format") | ("Cycle", "total")
        ) {
            continue;
        }
        let ends = (owner, name) == ("Band", "below");
        if ends && draft.peek(|document| bands::is_joined(document, &line.at)) {
            continue;
        }
        let shape = schema::followed(of);
        let kind = shape.get("type").and_then(Value::as_str);
        let flat = matches!(kind, Some("integer" | "boolean" | "string"))
            || (kind.is_none() && schema::variants(shape).1.is_empty());
        let listed =
            matches!(kind, Some("array" | "boolean")) || name == "source" && kind == Some("string");
        if line.optional && !listed && draft.at(&line.at).is_none() {
            absent.push(offer(draft, line).into_any());
        } else if line.named() == "Name" && name == "name" {
            first = Some(node(draft, line));
        } else if name == "key" {
            whole.push(key(draft, line).into_any());
        } else if flat {
            let gone = line.optional && !listed;
            plain.push(with_way_out(draft, line, gone).into_any());
        } else {
            let gone = line.optional && !listed;
            whole.push(held(draft, line, gone).into_any());
        }
    }
    view! {
        <div class="rules-members">
            {first}
            {(!plain.is_empty()).then(|| view! { <div class="fields fields-two">{plain}</div> })}
            {whole}
            {(!absent.is_empty()).then(|| view! { <div class="row">{absent}</div> })}
        </div>
    }
}

/// The key, which a clerk seldom needs.
fn key(draft: Draft, line: Line) -> impl IntoView {
    let errors = said::count_below(draft, line.at.clone());
    view! {
        <details class="rules-key" open=move || { errors.get() > 0 }>
            <summary>{words::details()}</summary>
            {text(draft, line)}
        </details>
    }
}

/// What may be left out and is: one press begins it.
fn offer(draft: Draft, line: Line) -> impl IntoView {
    let label = line.label();
    let begin = move |()| draft.reshape(&line.at, Some(fresh(line.of)));
    view! {
        <Button act="rules-say" label=label look=Look::Quiet glyph=Glyph::Plus on_press=begin />
    }
}

/// Leaves out what stands at a place.
fn way_out(draft: Draft, at: String) -> impl IntoView {
    view! {
        <Button
            act="rules-leave-out"
            label=words::leave_out()
            look=Look::Quiet
            on_press=move |()| draft.reshape(&at, None)
        />
    }
}

/// A field, and the way to leave it out again.
fn with_way_out(draft: Draft, line: Line, gone: bool) -> impl IntoView {
    let at = line.at.clone();
    view! {
        <div class="rules-field">
            {node(draft, line)}
            {gone.then(|| way_out(draft, at))}
        </div>
    }
}

/// What may be left out: the offer to say it, or what is said.
pub(super) fn optional(draft: Draft, line: Line) -> AnyView {
    if draft.at(&line.at).is_none() {
        return offer(draft, line).into_any();
    }
    held(draft, line, true)
}

/// What holds further fields, under its own name.
pub(super) fn held(draft: Draft, line: Line, gone: bool) -> AnyView {
    let of = schema::followed(line.of);
    let own = of.get("type").and_then(Value::as_str) != Some("object") || line.named() == "Name";
    if own {
        return with_way_out(draft, line, gone).into_any();
    }
    let (at, label) = (line.at.clone(), line.label());
    let (place, wrong) = (line.at.clone(), said::line(draft, line.at.clone()));
    view! {
        <fieldset class="rules-held" data-place=place>
            <legend>{label}</legend>
            {wrong}
            {node(draft, line)}
            {gone.then(|| way_out(draft, at))}
        </fieldset>
    }
    .into_any()
}

/// One of several ways, with what the chosen one asks.
fn choice(draft: Draft, line: &Line, of: &'static Value) -> AnyView {
    let (plain, inner) = schema::variants(of);
    let owner = line.named();
    let value = draft.at(&line.at);
    let who = owner == "Who";
    let mut picks: Vec<Pick> = plain
        .iter()
        .map(|word| Pick::new(*word, words::variant(owner, word)))
        .collect();
    if who {
        let roles = draft.peek(|document| keys::picks(document, &["/roles".to_owned()]));
        let role = |pick: Pick| Pick::new(format!("role:{}", pick.key), pick.label);
        picks.extend(roles.into_iter().map(role));
    } else {
        let more = inner.iter();
        picks.extend(more.map(|(name, _)| Pick::new(*name, words::variant(owner, name))));
    }
    let chosen = match &value {
        Some(Value::String(word)) => word.clone(),
        Some(Value::Object(members)) => match members.iter().next() {
            Some((_, Value::String(key))) if who => format!("role:{key}"),
            Some((name, _)) => name.clone(),
            None => String::new(),
        },
        _ => String::new(),
    };
    let below = inner.iter().find(|(name, _)| *name == chosen).copied();
    let at = line.at.clone();
    let choose = move |key: String| {
        if let Some(role) = key.strip_prefix("role:") {
            return draft.reshape(&at, Some(json!({ "role": role })));
        }
        let (_, inner) = schema::variants(of);
        let value = match inner.into_iter().find(|(name, _)| *name == key) {
            Some((name, of)) => json!({ name: fresh(of) }),
            None => json!(key),
        };
        draft.reshape(&at, Some(value));
    };
    let inner = below.filter(|_| !who).map(|(name, of)| {
        let line = Line {
            at: format!("{}/{name}", line.at),
            owner: format!("{owner}.{name}"),
            field: name,
            of,
            optional: false,
        };
        let shape = schema::followed(of);
        let object = shape.get("type").and_then(Value::as_str) == Some("object");
        // A string or a list right below a variant goes by the variant's own name.
        let line = if object && schema::named_by(of).is_none() {
            let owner = line.owner.clone();
            return members(draft, &line.at, shape, &owner).into_any();
        } else {
            Line {
                owner: owner.to_owned(),
                ..line
            }
        };
        node(draft, line)
    });
    let error = said::error(draft, line.at.clone());
    view! {
        <div class="rules-choice" data-place=line.at.clone()>
            <Select
                name=line.field
                label=line.label()
                picks=Signal::stored(picks)
                value=Signal::stored(chosen)
                error=error
                on_choose=choose
            />
            {inner.map(|inner| view! { <div class="rules-inner">{inner}</div> })}
        </div>
    }
    .into_any()
}
