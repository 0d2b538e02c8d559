//! Panels: a titled sheet; banners: what must be known now; facts: names and values.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A titled sheet.
#[component]
pub(crate) fn Panel(
    /// Its title.
    #[prop(into)]
    title: String,
    /// What stands beside the title.
    #[prop(optional)]
    beside: Option<ViewFn>,
    /// Its content.
    children: Children,
) -> impl IntoView {
    let name = title.clone();
    view! {
        <section class="panel" aria-label=name>
            <div class="panel-head">
                <h2>{title}</h2>
                {beside.map(|beside| view! { <div class="row">{move || beside.run()}</div> })}
            </div>
            {children()}
        </section>
    }
}

/// A banner.
#[component]
pub(crate) fn Banner(
    /// `quiet`, `good`, `warn` or `bad`.
    state: &'static str,
    /// What it says.
    #[prop(into)]
    words: String,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let glyph = match state {
        "good" => Glyph::Tick,
        "quiet" => Glyph::Hint,
        _ => Glyph::Warning,
    };
    view! {
        <div class="banner" data-state=state role=if state == "bad" { "alert" } else { "status" }>
            <Icon glyph=glyph />
            <span class="banner-words">{words}</span>
            {children.map(|children| children())}
        </div>
    }
}

/// Names and values.
#[component]
pub(crate) fn Facts(
    /// The pairs; those without a value are left out.
    #[prop(into)]
    facts: Vec<(String, String)>,
) -> impl IntoView {
    let lines = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
        .collect_view();
    view! { <dl class="facts">{lines}</dl> }
}
