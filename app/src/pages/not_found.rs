//! No such page, or not one for this person: both look the same, so that nothing is given away.

use leptos::prelude::*;

use crate::components::{Empty, Glyph};
use crate::i18n::common;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <div class="page" data-page="not-found">
            <h1 class="heard-only">{common::not_found()}</h1>
            <Empty glyph=Glyph::Lock title=common::not_found() words=common::not_found_words()>
                <a class="button button-primary" href="/">{common::to_today()}</a>
            </Empty>
        </div>
    }
}
