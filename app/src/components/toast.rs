//! Toasts: what just happened, for a moment; what went wrong, until it is put away.

use leptos::prelude::*;

use super::{Button, Glyph, Look};
use crate::i18n::common;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Toast {
    /// Tells messages apart.
    pub(crate) id: u64,
    /// The words.
    pub(crate) words: String,
    /// What it tells of.
    pub(crate) tells: Tells,
}

/// What a message tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tells {
    /// Something was done.
    Done,
    /// Something was done that can be taken back.
    Undoable,
    /// Something went wrong.
    Wrong,
}

/// The messages on the screen.
#[component]
pub(crate) fn Toasts(
    /// The messages, oldest first.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// Puts one away.
    #[prop(into)]
    on_dismiss: Callback<u64>,
    /// The act that takes back what a message tells.
    #[prop(into)]
    act: ViewFn,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                <div class="toast" data-state=if toast.tells == Tells::Wrong { "bad" } else { "good" }>
                    <span>{toast.words}</span>
                    {(toast.tells == Tells::Undoable).then(|| act.run())}
                    <Button
                        act="dismiss"
                        label=common::close()
                        look=Look::Quiet
                        glyph=Glyph::Cross
                        picture_only=true
                        on_press=move |()| on_dismiss.run(toast.id)
                    />
                </div>
            </For>
        </div>
    }
}
