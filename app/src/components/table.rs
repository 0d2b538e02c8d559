//! Tables: a frame that scrolls sideways, by keys too, a head that stays; cards on a phone.

use leptos::prelude::*;

/// A table. Each cell carries `data-label`, which a phone shows before the value.
#[component]
pub(crate) fn Table(
    /// What the table shows, for those who listen.
    #[prop(into)]
    caption: String,
    /// The columns: words, and whether it holds figures.
    #[prop(into)]
    columns: Vec<(String, bool)>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let head = columns
        .into_iter()
        .map(|(words, figures)| {
            view! { <th scope="col" class:cell-figure=figures>{words}</th> }
        })
        .collect_view();
    let label = caption.clone();
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label=label>
            <table class="table table-cards">
                <caption class="heard-only">{caption}</caption>
                <thead><tr>{head}</tr></thead>
                {children()}
            </table>
        </div>
    }
}
