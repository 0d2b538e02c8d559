//! The product's mark, drawn inline: a picture of its own would hold up the first screen.

use leptos::prelude::*;

/// The strokes of the mark; `icons/icon.svg` and the opening page have the same.
const STROKES: &str = "<rect width=\"64\" height=\"64\" rx=\"14\"/>\
    <path d=\"M15 19h20M15 32h13M15 45h10\"/><path d=\"M32 41l8 8 12-20\"/>";

/// The mark.
#[component]
pub(crate) fn Mark(
    /// Its size, as a class.
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg
            class=format!("mark {class}")
            viewBox="0 0 64 64"
            aria-hidden="true"
            inner_html=STROKES
        ></svg>
    }
}
