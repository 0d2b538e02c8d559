//! Moving between screens: the address bar is the truth, links are ordinary links.
//!
//! Clicks on links of this origin are caught at the document, so components need to know nothing
//! of it; those with a modifier key, a target or a download go to the browser.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use crate::route::Route;

/// The way to read and change where the person is.
#[derive(Clone, Copy)]
pub(crate) struct Navigation {
    route: RwSignal<Route>,
}

impl Navigation {
    /// Follows the browser's history from now on.
    pub(crate) fn follow() -> Self {
        let route = RwSignal::new(here());
        let navigation = Self { route };
        let back = Closure::<dyn FnMut()>::new(move || navigation.arrive(here()));
        let click = Closure::<dyn FnMut(web_sys::MouseEvent)>::new(move |event| {
            if let Some(target) = followed(&event) {
                event.prevent_default();
                navigation.go(target);
            }
        });
        let window = window();
        let listen = |name: &str, what: &wasm_bindgen::JsValue| {
            window
                .add_event_listener_with_callback(name, what.unchecked_ref())
                .expect("a window takes listeners");
        };
        listen("popstate", back.as_ref());
        listen("click", click.as_ref());
        // The app lives as long as the page, and so do its two listeners.
        back.forget();
        click.forget();
        navigation
    }

    /// Where the person is.
    pub(crate) fn route(self) -> Route {
        self.route.get()
    }

    /// Goes to a screen.
    pub(crate) fn go(self, route: Route) {
        if let Ok(history) = window().history() {
            // It fails only when pages are turned too fast; the screen changes all the same.
            let _ =
                history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.path()));
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        self.arrive(route);
    }

    /// Goes to a screen in place of the present one, which is no place to come back to.
    pub(crate) fn replace(self, route: Route) {
        if let Ok(history) = window().history() {
            let null = wasm_bindgen::JsValue::NULL;
            let _ = history.replace_state_with_url(&null, "", Some(&route.path()));
        }
        self.arrive(route);
    }

    fn arrive(self, route: Route) {
        if self.route.get_untracked() != route {
            self.route.set(route);
            focus_main();
        }
    }
}

fn here() -> Route {
    Route::parse(&window().location().pathname().unwrap_or_default())
}

/// A new screen is announced by moving the focus to its beginning.
fn focus_main() {
    if let Some(main) = document().get_element_by_id("main") {
        let _ = main.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

fn followed(event: &web_sys::MouseEvent) -> Option<Route> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let element: web_sys::Element = event.target()?.dyn_into().ok()?;
    let link: web_sys::HtmlAnchorElement = element.closest("a[href]").ok()??.dyn_into().ok()?;
    let ours = window()
        .location()
        .origin()
        .is_ok_and(|origin| origin == link.origin());
    let elsewhere = !link.target().is_empty() || link.has_attribute("download");
    (ours && !elsewhere && link.hash().is_empty()).then(|| Route::parse(&link.pathname()))
}
