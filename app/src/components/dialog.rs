//! Dialogs: the browser's own, which keeps focus inside and closes on Escape.

use leptos::html;
use leptos::prelude::*;

use super::{Button, Glyph, Look};
use crate::i18n::common;

/// A dialog, shown while `open` holds.
#[component]
pub(crate) fn Dialog(
    /// Its name, for tests.
    name: &'static str,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The acts at its foot.
    #[prop(optional)]
    foot: Option<ViewFn>,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // It fails only where the dialog is open already or not on the page.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    let foot = StoredValue::new(foot);
    view! {
        <dialog
            class="dialog"
            node_ref=node
            data-dialog=name
            aria-label=title
            on:close=move |_| open.set(false)
        >
            <Show when=move || open.get()>
                <div class="dialog-head">
                    <h2>{title}</h2>
                    <Button
                        act="close-dialog"
                        label=common::close()
                        look=Look::Quiet
                        glyph=Glyph::Cross
                        picture_only=true
                        on_press=move |()| open.set(false)
                    />
                </div>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
                {foot.with_value(|foot| foot.as_ref().map(|foot| {
                    view! { <div class="dialog-foot">{foot.run()}</div> }
                }))}
            </Show>
        </dialog>
    }
}
