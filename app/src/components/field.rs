//! Fields: a label, an input, and below it what helps or what is wrong.

use leptos::prelude::*;

use crate::i18n::common;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum FieldKind {
    /// A line of text.
    #[default]
    Line,
    /// Several lines.
    Lines,
    /// A decimal number: phones show digits.
    Number,
    /// A calendar day.
    Day,
    /// A secret.
    Password,
    /// A sign-in name.
    Login,
    /// A short secret of digits: phones show digits.
    Pin,
}

/// A field. Its value is the text that stands in it; reading it is the page's work.
#[component]
pub(crate) fn Field(
    /// The field's name, for tests, style and refusals.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The text in it.
    value: RwSignal<String>,
    /// What kind of text.
    #[prop(optional)]
    kind: FieldKind,
    /// Whether it may stay empty without a word.
    #[prop(optional)]
    optional: bool,
    /// Whether it can be changed.
    #[prop(optional, into)]
    fixed: Signal<bool>,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The unit of measure behind the number.
    #[prop(optional, into)]
    affix: Signal<Option<String>>,
    /// Tells each keystroke.
    #[prop(optional, into)]
    on_input: Option<Callback<()>>,
    /// Tells that the person is done with it.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
    /// Tells that the person gives up what was typed; says whether there was anything.
    #[prop(optional, into)]
    on_escape: Option<Callback<(), bool>>,
) -> impl IntoView {
    let escapes = move |event: leptos::ev::KeyboardEvent| {
        let gives_up = on_escape.filter(|_| event.key() == "Escape");
        if gives_up.is_some_and(|on_escape| on_escape.run(())) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let typed = move |text: String| {
        value.set(text);
        if let Some(on_input) = on_input {
            on_input.run(());
        }
    };
    let done = move || {
        if let Some(on_change) = on_change {
            on_change.run(());
        }
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let class = if kind == FieldKind::Number {
        "input input-figure"
    } else {
        "input"
    };
    let (sort, mode, filled) = match kind {
        FieldKind::Line | FieldKind::Lines => ("text", "text", "off"),
        FieldKind::Number => ("text", "decimal", "off"),
        FieldKind::Day => ("date", "none", "off"),
        FieldKind::Password => ("password", "text", "current-password"),
        FieldKind::Login => ("text", "text", "username"),
        FieldKind::Pin => ("password", "numeric", "off"),
    };
    let input = if kind == FieldKind::Lines {
        view! {
            <textarea
                class="input"
                name=name
                rows="2"
                data-field=name
                aria-invalid=invalid
                readonly=fixed
                prop:value=value
                on:input=move |event| typed(event_target_value(&event))
                on:change=move |_| done()
                on:keydown=escapes
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class=class
                name=name
                type=sort
                inputmode=mode
                autocomplete=filled
                autocapitalize="off"
                data-field=name
                aria-invalid=invalid
                readonly=fixed
                prop:value=value
                on:input=move |event| typed(event_target_value(&event))
                on:change=move |_| done()
                on:keydown=escapes
            />
        }
        .into_any()
    };
    view! {
        <label class="field">
            <span class="field-label">
                {label}
                {optional.then(|| view! { <span class="field-optional">{common::optional()}</span> })}
            </span>
            <span class="input-affix">
                {input}
                {move || affix.get().map(|words| view! { <span class="affix">{words}</span> })}
            </span>
            {move || hint.get().map(|words| view! { <span class="field-hint">{words}</span> })}
            {move || {
                error.get().map(|words| view! { <span class="field-error" role="alert">{words}</span> })
            }}
        </label>
    }
}
