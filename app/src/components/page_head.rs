//! The head of a page: where one came from, its title, a line of lead, and its acts.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A way back: address and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WayBack {
    /// The address.
    pub(crate) href: String,
    /// The words.
    pub(crate) words: String,
}

/// The head of a page.
#[component]
pub(crate) fn PageHead(
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// A line below it.
    #[prop(optional, into)]
    lead: Signal<String>,
    /// Where one came from.
    #[prop(optional, into)]
    back: Option<WayBack>,
    /// Badges and states beside the lead.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <div class="stack-tight">
                {back.map(|back| view! {
                    <a class="page-back" href=back.href data-act="back">
                        <Icon glyph=Glyph::Chevron />
                        {back.words}
                    </a>
                })}
                <h1>{title}</h1>
                {move || {
                    let lead = lead.get();
                    (!lead.is_empty()).then(|| view! { <p class="page-lead">{lead}</p> })
                }}
            </div>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
}
