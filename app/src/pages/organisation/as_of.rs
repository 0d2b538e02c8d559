//! The day as of which the organisation is looked at: today, until another is picked.

use leptos::prelude::*;
use shared::moment::Day;

use crate::components::{Button, Field, FieldKind, Look};
use crate::i18n::organisation as words;
use crate::session::Session;

/// The day, kept while one walks through units and people.
#[derive(Clone, Copy)]
pub(crate) struct AsOf(RwSignal<String>);

impl AsOf {
    /// Today.
    pub(crate) fn today() -> Self {
        Self(RwSignal::new(String::new()))
    }

    /// The day at which the pages of the organisation look.
    pub(super) fn here() -> Self {
        expect_context()
    }

    /// The picked day, or today. Observed.
    pub(super) fn day_in(self, session: Session) -> Day {
        let picked = self.0.with(|text| text.parse().ok());
        picked.unwrap_or_else(|| session.today())
    }
}

/// The field in which the day is picked.
#[component]
pub(super) fn AsOfField() -> impl IntoView {
    let session = Session::here();
    let AsOf(picked) = AsOf::here();
    let shown = RwSignal::new(untrack(|| AsOf(picked).day_in(session)).to_string());
    let pick = move || {
        let today = session.today_untracked().to_string();
        let text = shown.get_untracked();
        picked.set(if text == today { String::new() } else { text });
    };
    let back = move |()| {
        picked.set(String::new());
        shown.set(session.today_untracked().to_string());
    };
    view! {
        <div class="as-of">
            <Field
                name="as-of"
                label=words::as_of()
                value=shown
                kind=FieldKind::Day
                on_change=move |()| pick()
            />
            <Show when=move || picked.with(|text| !text.is_empty())>
                <Button
                    act="to-present"
                    label=words::to_present()
                    look=Look::Quiet
                    on_press=back
                />
            </Show>
        </div>
    }
}
