//! Single values: a text, a key that names something, a number in its unit, a tick.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::draft::Draft;
use super::node::Line;
use super::unit::Unit;
use super::{keys, said};
use crate::components::{Field, FieldKind, Pick, Select};
use crate::i18n::rules as words;
use crate::pages::regime::source_words;

/// A text; where it names something of the document, one of those.
pub(super) fn text(draft: Draft, line: Line) -> AnyView {
    let value = draft.at(&line.at);
    let value = value.as_ref().and_then(Value::as_str).unwrap_or_default();
    let error = said::error(draft, line.at.clone());
    let label = line.label();
    if let Some(lists) = keys::lists(&line.owner, line.field, &line.at) {
        let mut picks = draft.peek(|document| keys::picks(document, &lists));
        if picks.iter().all(|pick| pick.key != value) {
            picks.insert(0, Pick::new(value, words::none_chosen()));
        }
        let at = line.at.clone();
        let choose = move |key: String| draft.reshape(&at, Some(json!(key)));
        return view! {
            <div data-place=line.at>
                <Select
                    name=line.field
                    label=label
                    picks=Signal::stored(picks)
                    value=Signal::stored(value.to_owned())
                    error=error
                    on_choose=choose
                />
            </div>
        }
        .into_any();
    }
    let typed = RwSignal::new(value.to_owned());
    // A row of the catalogue says nothing by itself: its title stands below.
    let names_source = (line.owner.as_str(), line.field) == ("Regime", "source");
    let hint = Signal::derive(move || {
        let typed = names_source.then(|| typed.get())?;
        Some(source_words(&typed)).filter(|words| *words != typed)
    });
    let at = line.at.clone();
    let english = at.strip_suffix("/zh").map(|name| format!("{name}/en"));
    let input = move || {
        let new = typed.get_untracked();
        let old = draft.at(&at);
        if let Some(english) = &english {
            let other = draft.at(english);
            if other == old || other == Some(json!("")) {
                draft.put(english, Some(json!(new)));
            }
        }
        draft.put(&at, Some(json!(new)));
    };
    // The English name follows the Chinese one while it says the same.
    if line.at.ends_with("/en") {
        let at = line.at.clone();
        Effect::new(move |_| {
            let now = draft.with(|document| document.pointer(&at).cloned());
            if let Some(Value::String(now)) = now
                && typed.get_untracked() != now
            {
                typed.set(now);
            }
        });
    }
    view! {
        <div data-place=line.at>
            <Field
                name=line.field
                label=label
                value=typed
                hint=hint
                error=error
                on_input=input
            />
        </div>
    }
    .into_any()
}

/// A number in its unit.
pub(super) fn number(draft: Draft, line: Line) -> AnyView {
    let unit = Unit::of(line.named(), line.field, &line.at);
    let error = said::error(draft, line.at.clone());
    let label = line.label();
    let typed = typed_number(draft, &line.at, unit);
    let affix = unit.affix();
    view! {
        <div data-place=line.at>
            <Field
                name=line.field
                label=label
                value=typed.0
                kind=FieldKind::Number
                error=error
                affix=affix
                on_input=typed.1
            />
        </div>
    }
    .into_any()
}

/// The text of a number, and what happens when it is typed.
pub(super) fn typed_number(draft: Draft, at: &str, unit: Unit) -> (RwSignal<String>, Callback<()>) {
    let shown = match draft.at(at) {
        Some(Value::Number(number)) => number.as_i64().map(|value| unit.show(value)),
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let typed = RwSignal::new(shown.unwrap_or_default());
    let at = at.to_owned();
    let input = Callback::new(move |()| {
        let text = typed.get_untracked();
        // What is no number stays as it was typed, and is found as such.
        let value = unit
            .read(&text)
            .map_or_else(|| json!(text), |value| json!(value));
        draft.put(&at, Some(value));
    });
    (typed, input)
}

/// A tick; what is not ticked is left out of the document.
pub(super) fn tick(draft: Draft, line: &Line) -> AnyView {
    let chosen = draft.at(&line.at) == Some(json!(true));
    let at = line.at.clone();
    let leaves = line.optional;
    let turn = move |event| {
        let now = event_target_checked(&event);
        let value = (now || !leaves).then(|| json!(now));
        draft.put(&at, value);
    };
    view! {
        <div class="field" data-place=line.at.clone()>
            <label class="tick">
                <input
                    type="checkbox"
                    name=line.field
                    data-field=line.field
                    prop:checked=chosen
                    on:change=turn
                />
                <span>{line.label()}</span>
            </label>
            {said::line(draft, line.at.clone())}
        </div>
    }
    .into_any()
}
