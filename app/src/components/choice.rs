//! Choices: one of a few, all in sight; one of many, from a list; or any of some, each with a tick.

use leptos::prelude::*;

use crate::i18n::common;

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pick {
    /// Its key; empty for "none".
    pub(crate) key: String,
    /// Its words.
    pub(crate) label: String,
}

impl Pick {
    /// Makes one.
    pub(crate) fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
        }
    }
}

/// One of a few, side by side.
#[component]
pub(crate) fn Choice(
    /// The field's name.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What distinguishes this group from others of the same name on the page.
    #[prop(optional, into)]
    group: String,
    /// What can be chosen.
    #[prop(into)]
    picks: Vec<Pick>,
    /// The chosen key.
    #[prop(into)]
    value: Signal<String>,
    /// Whether it can be changed.
    #[prop(optional, into)]
    fixed: Signal<bool>,
    /// Tells the chosen key.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let group = format!("{name}-{group}");
    let options = picks
        .into_iter()
        .map(|pick| {
            let key = StoredValue::new(pick.key.clone());
            let chosen = move || value.with(|value| key.with_value(|key| key == value));
            view! {
                <label class="choice-option">
                    <input
                        type="radio"
                        name=group.clone()
                        value=pick.key
                        prop:checked=chosen
                        disabled=fixed
                        on:change=move |_| on_choose.run(key.get_value())
                    />
                    <span>{pick.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" data-field=name>
            <legend class="field-label">{label}</legend>
            <div class="choice choice-wrap">{options}</div>
        </fieldset>
    }
}

/// One of many, from the browser's own list.
#[component]
pub(crate) fn Select(
    /// The field's name.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    #[prop(into)]
    picks: Signal<Vec<Pick>>,
    /// The chosen key.
    #[prop(into)]
    value: Signal<String>,
    /// Whether nothing may be chosen without a word.
    #[prop(optional)]
    optional: bool,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Whether it can be changed.
    #[prop(optional, into)]
    fixed: Signal<bool>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Tells the chosen key.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let chosen = value.get();
        picks
            .get()
            .into_iter()
            .map(|pick| {
                let selected = pick.key == chosen;
                view! { <option value=pick.key selected=selected>{pick.label}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="field">
            <span class="field-label">
                {label}
                {optional.then(|| view! { <span class="field-optional">{common::optional()}</span> })}
            </span>
            <select
                class="input select"
                name=name
                data-field=name
                disabled=fixed
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                {options}
            </select>
            {move || hint.get().map(|words| view! { <span class="field-hint">{words}</span> })}
            {move || {
                error.get().map(|words| view! { <span class="field-error" role="alert">{words}</span> })
            }}
        </label>
    }
}

/// How many characters a pick has that does not stand beside others.
const LONG: usize = 24;

/// Any of some, each with a tick; the value holds their keys, with spaces between.
#[component]
pub(crate) fn Many(
    /// The field's name.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    #[prop(into)]
    picks: Vec<Pick>,
    /// The chosen keys.
    value: RwSignal<String>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    // What takes a line to read stands in a line of its own.
    let long = picks.iter().any(|pick| pick.label.chars().count() > LONG);
    let options = picks
        .into_iter()
        .map(|pick| {
            let key = StoredValue::new(pick.key.clone());
            let chosen = move || {
                key.with_value(|key| value.with(|value| value.split(' ').any(|one| one == key)))
            };
            let turn = move |_| {
                let chosen = untrack(chosen);
                key.with_value(|key| {
                    let kept = value.get_untracked();
                    let mut keys: Vec<&str> = kept.split(' ').filter(|one| one != key).collect();
                    if !chosen {
                        keys.push(key);
                    }
                    value.set(keys.join(" "));
                });
            };
            view! {
                <label class="tick">
                    <input
                        type="checkbox"
                        name=name
                        value=pick.key
                        prop:checked=chosen
                        on:change=turn
                    />
                    <span>{pick.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field fields-whole" data-field=name>
            <legend class="field-label">{label}</legend>
            <div class="ticks" class:ticks-long=long>{options}</div>
            {move || {
                error.get().map(|words| view! { <span class="field-error" role="alert">{words}</span> })
            }}
        </fieldset>
    }
}
