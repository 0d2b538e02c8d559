//! Lists: words and keys as ticks, numbers side by side, and what has fields of its own as cards.

use leptos::prelude::*;
use serde_json::{Value, json};
use shared::regime::schema;
use wasm_bindgen::JsCast as _;

use super::draft::{Draft, free_key, fresh};
use super::node::{Line, members, node};
use super::scalar::typed_number;
use super::unit::Unit;
use super::{keys, said};
use crate::components::{Button, Field, FieldKind, Glyph, Look, Pick};
use crate::i18n::{names, rules as words};
use crate::session::Session;

/// A longer list of units or people than this is folded: most regimes name nobody there.
const MANY: usize = 8;

/// Draws a list.
pub(super) fn list(draft: Draft, line: Line) -> AnyView {
    let of = schema::followed(line.of);
    let Some(entry) = of.get("items") else {
        return ().into_any();
    };
    let shape = schema::followed(entry);
    let named = schema::named_by(entry).unwrap_or_default();
    let (plain, inner) = schema::variants(shape);
    match shape.get("type").and_then(Value::as_str) {
        Some("integer") => numbers(draft, line, of),
        Some("string") => match string_picks(draft, &line, named) {
            Some(picks) => ticks(draft, &line, picks),
            None => ().into_any(),
        },
        None if named == "Who" => {
            let mut picks: Vec<(Value, String)> = plain
                .iter()
                .map(|word| (json!(word), words::variant(named, word).to_owned()))
                .collect();
            let roles = draft.peek(|document| keys::picks(document, &["/roles".to_owned()]));
            picks.extend(
                roles
                    .into_iter()
                    .map(|pick| (json!({ "role": pick.key }), pick.label)),
            );
            ticks(draft, &line, picks)
        }
        None if inner.is_empty() => {
            let pick = |word: &&'static str| (json!(word), words::variant(named, word).to_owned());
            ticks(draft, &line, plain.iter().map(pick).collect())
        }
        _ => cards(draft, line, entry),
    }
}

/// What a list of texts can hold; `None` where it is not edited here.
fn string_picks(draft: Draft, line: &Line, named: &str) -> Option<Vec<(Value, String)>> {
    let of_pick = |pick: Pick| (json!(pick.key), pick.label);
    if named == "UnitId" {
        let world = Session::here().world_untracked();
        let units = world.organisation().units.values();
        let units = units.map(|unit| (json!(unit.id), names::unit(unit).to_owned()));
        return Some(units.collect());
    }
    if named == "PersonId" {
        return Some(people(draft, line));
    }
    let lists = keys::lists(&line.owner, line.field, &line.at)?;
    let picks = draft.peek(|document| keys::picks(document, &lists));
    Some(picks.into_iter().map(of_pick).collect())
}

/// Those who have a post today, and those whom the list names though they have none any more.
fn people(draft: Draft, line: &Line) -> Vec<(Value, String)> {
    let session = Session::here();
    let (world, today) = (session.world_untracked(), session.today_untracked());
    let organisation = world.organisation();
    let held = draft.at(&line.at);
    let named = |id: &Value| {
        let list = held.as_ref().and_then(Value::as_array);
        list.is_some_and(|list| list.contains(id))
    };
    let mut people: Vec<_> = organisation
        .people
        .values()
        .filter_map(|person| {
            let id = json!(person.id);
            let post = organisation.assignments_of(person.id, today).next();
            let unit = post.map(|post| names::unit_of(organisation, post.unit));
            let known = unit.is_some() || named(&id);
            let unit = unit.unwrap_or_default();
            known.then(|| (unit, person.name.clone(), id))
        })
        .collect();
    people.sort_by(|(a, b, _), (c, d, _)| (a, b).cmp(&(c, d)));
    let label = |unit: String, name: String| match &*unit {
        "" => name,
        _ => format!("{name} · {unit}"),
    };
    people
        .into_iter()
        .map(|(unit, name, id)| (id, label(unit, name)))
        .collect()
}

/// Any of some, each with a tick.
fn ticks(draft: Draft, line: &Line, picks: Vec<(Value, String)>) -> AnyView {
    let held = draft.at(&line.at);
    let held = held
        .as_ref()
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let (count, chosen) = (picks.len(), !held.is_empty());
    let entry = schema::followed(line.of).get("items");
    let entry = entry.and_then(schema::named_by).unwrap_or_default();
    let of_company = matches!(entry, "UnitId" | "PersonId");
    let options = picks
        .into_iter()
        .map(|(value, label)| {
            let chosen = held.contains(&value);
            let at = line.at.clone();
            let turn = move |event| {
                let now = event_target_checked(&event);
                let list = draft.at(&at);
                let mut list = list
                    .as_ref()
                    .and_then(Value::as_array)
                    .cloned()
                    .unwrap_or_default();
                list.retain(|one| *one != value);
                if now {
                    list.push(value.clone());
                }
                draft.put(&at, Some(Value::Array(list)));
            };
            view! {
                <label class="tick">
                    <input type="checkbox" name=line.field prop:checked=chosen on:change=turn />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field fields-whole" data-field=line.field data-place=line.at.clone()>
            <legend class="field-label">{line.label()}</legend>
            {if count > MANY && of_company {
                let summary = chosen_of(draft, line.at.clone(), count);
                view! {
                    <details class="rules-key" open=chosen>
                        <summary>{summary}</summary>
                        <div class="ticks">{options}</div>
                    </details>
                }
                    .into_any()
            } else {
                view! { <div class="ticks">{options}</div> }.into_any()
            }}
            {said::line(draft, line.at.clone())}
        </fieldset>
    }
    .into_any()
}

/// How many of a long list are chosen.
fn chosen_of(draft: Draft, at: String, of: usize) -> impl Fn() -> String {
    move || {
        let chosen = draft.with(|document| document.pointer(&at)?.as_array().map(Vec::len));
        words::chosen(&chosen.unwrap_or_default().to_string(), &of.to_string())
    }
}

/// Numbers side by side.
fn numbers(draft: Draft, line: Line, of: &'static Value) -> AnyView {
    let Some(entry) = of.get("items") else {
        return ().into_any();
    };
    let named = schema::named_by(entry).unwrap_or_default();
    let fixed = of.get("minItems").is_some();
    let length = draft
        .at(&line.at)
        .and_then(|list| list.as_array().map(Vec::len));
    let length = length.unwrap_or_default();
    let fields = (0..length)
        .map(|nth| {
            let at = format!("{}/{nth}", line.at);
            let unit = Unit::of(named, line.field, &at);
            let (typed, input) = typed_number(draft, &at, unit);
            let error = said::error(draft, at.clone());
            view! {
                <div class="rules-number" data-place=at>
                    <Field
                        name=line.field
                        label=words::nth("", &(nth + 1).to_string())
                        value=typed
                        kind=FieldKind::Number
                        error=error
                        affix=unit.affix()
                        on_input=input
                    />
                </div>
            }
        })
        .collect_view();
    let (longer, shorter) = (line.at.clone(), line.at.clone());
    let add = move |()| {
        draft.relist(&longer, |list| {
            let last = list.last().cloned();
            list.push(last.unwrap_or(json!(0)));
        });
    };
    let remove = move |()| draft.relist(&shorter, |list| drop(list.pop()));
    view! {
        <fieldset class="field fields-whole" data-field=line.field data-place=line.at.clone()>
            <legend class="field-label">{line.label()}</legend>
            <div class="row rules-numbers">
                {fields}
                {(!fixed)
                    .then(|| {
                        view! {
                            <Button act="rules-add" label=words::add() look=Look::Quiet glyph=Glyph::Plus on_press=add />
                            <Button act="rules-remove" label=words::remove() look=Look::Quiet on_press=remove />
                        }
                    })}
            </div>
            {said::line(draft, line.at.clone())}
        </fieldset>
    }
    .into_any()
}

/// Entries with fields of their own, one card each.
fn cards(draft: Draft, line: Line, entry: &'static Value) -> AnyView {
    let named = schema::named_by(entry).unwrap_or_default();
    let length = draft
        .at(&line.at)
        .and_then(|list| list.as_array().map(Vec::len));
    let length = length.unwrap_or_default();
    let cards = (0..length)
        .map(|nth| card(draft, &line, entry, (nth, length)))
        .collect_view();
    let (at, stem) = (line.at.clone(), stem(named));
    let add = move |()| {
        draft.relist(&at, |list| {
            let mut new = fresh(entry);
            if let Some(key) = new.get_mut("key") {
                *key = json!(free_key(list, &stem));
            }
            list.push(new);
        });
    };
    let label = line.label();
    let words = format!("{} · {label}", words::add());
    view! {
        <fieldset class="rules-list" data-field=line.field data-place=line.at.clone()>
            <legend>{label}</legend>
            {said::line(draft, line.at.clone())}
            <ol class="rules-cards">{cards}</ol>
            <Button act="rules-add" label=words look=Look::Plain glyph=Glyph::Plus on_press=add />
        </fieldset>
    }
    .into_any()
}

/// The beginning of a key for an entry of a type.
fn stem(named: &str) -> String {
    let mut stem = String::new();
    for letter in named.chars() {
        if letter.is_ascii_uppercase() && !stem.is_empty() {
            stem.push('_');
        }
        stem.push(letter.to_ascii_lowercase());
    }
    stem
}

fn card(
    draft: Draft,
    line: &Line,
    entry: &'static Value,
    (nth, length): (usize, usize),
) -> AnyView {
    let at = format!("{}/{nth}", line.at);
    let named = schema::named_by(entry).unwrap_or_default();
    let shape = schema::followed(entry);
    let title = {
        let (at, label) = (at.clone(), line.label());
        move || {
            let called = draft.with(|document| document.pointer(&at).and_then(keys::called));
            called.unwrap_or_else(|| words::nth(&label, &(nth + 1).to_string()))
        }
    };
    let wrong = said::count_below(draft, at.clone());
    // New entries and what has something wrong in it stand open.
    let open = wrong.get_untracked() > 0 || length == 1 || draft.is_open(&at);
    let turned = {
        let at = at.clone();
        move |event: web_sys::Event| {
            let element: Option<web_sys::Element> =
                event.target().and_then(|target| target.dyn_into().ok());
            let now = element.is_some_and(|element| element.has_attribute("open"));
            draft.open(&at, now);
        }
    };
    let moves = |act: &'static str,
                 label: &'static str,
                 glyph: Glyph,
                 change: fn(&mut Vec<Value>, usize)| {
        let list = line.at.clone();
        let press = move |()| draft.relist(&list, |list| change(list, nth));
        view! {
            <Button act=act label=label look=Look::Quiet glyph=glyph picture_only=true on_press=press />
        }
    };
    let inner = if shape.get("type").and_then(Value::as_str) == Some("object") {
        members(draft, &at, shape, named).into_any()
    } else {
        let line = Line {
            at: at.clone(),
            owner: line.owner.clone(),
            field: line.field,
            of: entry,
            optional: false,
        };
        node(draft, line)
    };
    let place = at.clone();
    view! {
        <li class="rules-card" data-place=place>
            <details open=open on:toggle=turned>
                <summary>
                    <span class="strong">{title}</span>
                    {move || {
                        let count = wrong.get();
                        (count > 0).then(|| view! { <span class="rules-count">{count}</span> })
                    }}
                </summary>
                {said::line(draft, at)}
                {inner}
                <div class="row row-end">
                    {(nth > 0)
                        .then(|| moves("rules-up", words::up(), Glyph::Back, |list, nth| list.swap(nth, nth - 1)))}
                    {(nth + 1 < length)
                        .then(|| moves("rules-down", words::down(), Glyph::Forward, |list, nth| list.swap(nth, nth + 1)))}
                    {moves("rules-remove", words::remove(), Glyph::Bin, |list, nth| drop(list.remove(nth)))}
                </div>
            </details>
        </li>
    }
    .into_any()
}
