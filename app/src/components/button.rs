//! Buttons: one act each, named by `data-act` for tests and style.
//!
//! An act that cannot be done now says why, in words that are seen and heard.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;

use super::{Glyph, Icon};

/// How many buttons were drawn; each has a name for the words that say why it cannot be pressed.
static DRAWN: AtomicUsize = AtomicUsize::new(0);

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Look {
    /// One of several acts.
    #[default]
    Plain,
    /// The act of the page.
    Primary,
    /// A signature: it binds.
    Sign,
    /// It takes something away.
    Danger,
    /// A small act within a line.
    Quiet,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button-primary",
            Self::Sign => "button button-sign",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// A button.
#[component]
pub(crate) fn Button(
    /// The name of the act.
    act: &'static str,
    /// The words on it.
    #[prop(into)]
    label: Signal<String>,
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// A picture before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Shows the picture alone; the words are heard.
    #[prop(optional)]
    picture_only: bool,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    why_not: Signal<Option<String>>,
    /// What happens; a button without it sends its form.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    let class = if picture_only {
        format!("{} button-icon", look.class())
    } else {
        look.class().to_owned()
    };
    let reason = format!("why-not-{}", DRAWN.fetch_add(1, Ordering::Relaxed));
    let described = reason.clone();
    let said = move || {
        why_not
            .get()
            .filter(|words| !words.is_empty() && !picture_only)
    };
    let press = move |_| {
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class=class
            type=if on_press.is_none() { "submit" } else { "button" }
            data-act=act
            disabled=move || why_not.with(Option::is_some)
            title=move || why_not.get().or_else(|| picture_only.then(|| label.get()))
            aria-describedby=move || said().map(|_| described.clone())
            aria-label=move || picture_only.then(|| label.get())
            on:click=press
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            {(!picture_only).then(|| view! { <span>{label}</span> })}
        </button>
        {move || said().map(|words| {
            view! { <span class="why-not" id=reason.clone()>{words}</span> }
        })}
    }
}
