//! Empty states: nothing is here yet, and what to do about it.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// An empty state.
#[component]
pub(crate) fn Empty(
    /// The picture.
    #[prop(default = Glyph::Tray)]
    glyph: Glyph,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(optional, into)]
    words: String,
    /// The act that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph=glyph />
            <p class="strong">{title}</p>
            {(!words.is_empty()).then(|| view! { <p class="empty-words">{words}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
