//! Keys that work on every screen: a slash opens the search, a question mark says which keys there
//! are.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::components::Dialog;
use crate::i18n::keys as words;
use crate::navigation::Navigation;
use crate::pages::chunks::KeysPart;
use crate::route::Route;

/// Whether the keys are shown.
#[derive(Clone, Copy)]
pub(crate) struct KeysShown(pub(crate) RwSignal<bool>);

/// Listens on every screen, unless something is being written.
pub(super) fn listen(navigation: Navigation) {
    let shown = RwSignal::new(false);
    provide_context(KeysShown(shown));
    let pressed = window_event_listener(ev::keydown, move |event| {
        let changed = event.ctrl_key() || event.meta_key() || event.alt_key();
        if changed || event.default_prevented() || is_written(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => {
                navigation.go(Route::Search);
                focus_search();
            }
            "?" => shown.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || pressed.remove());
}

/// Says whether a key goes into a field or a dialog.
fn is_written(event: &ev::KeyboardEvent) -> bool {
    let at = event
        .target()
        .and_then(|at| at.dyn_into::<web_sys::Element>().ok());
    let writes =
        at.is_some_and(|at| matches!(at.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
    let dialog = document().query_selector("dialog[open]").ok().flatten();
    writes || dialog.is_some()
}

/// Where the search stands already, it only gets the focus.
fn focus_search() {
    let field = document()
        .query_selector("[data-field=find]")
        .ok()
        .flatten();
    if let Some(field) = field.and_then(|at| at.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// The keys, while somebody asks for them.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let KeysShown(shown) = expect_context();
    view! {
        <Dialog name="keys" title=Signal::stored(words::title().to_owned()) open=shown>
            <KeysPart />
        </Dialog>
    }
}
