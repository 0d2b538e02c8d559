//! Waiting and measuring: the one place that touches the browser's timers.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

/// A promise that resolves after so many milliseconds.
pub(crate) fn promise(milliseconds: u32) -> Promise {
    let wait = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait)
            .expect("a window has timers");
    })
}

/// A promise that is rejected after so many milliseconds.
pub(crate) fn deadline(milliseconds: u32) -> Promise {
    let wait = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    Promise::new(&mut |_, reject| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&reject, wait)
            .expect("a window has timers");
    })
}

/// Waits so many milliseconds; a sleeping device waits longer.
pub(crate) async fn sleep(milliseconds: u32) {
    // A timer's promise is never rejected.
    let _ = JsFuture::from(promise(milliseconds)).await;
}

/// Calls after so many milliseconds, once.
pub(crate) fn after(milliseconds: u32, call: impl FnOnce() + 'static) {
    use wasm_bindgen::JsCast as _;
    let wait = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let call = Closure::once_into_js(call);
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), wait)
        .expect("a window has timers");
}

/// Notes that something begins, for [`took`].
pub(crate) fn begins(what: &str) {
    if let Some(performance) = window().performance() {
        // A browser that keeps no marks measures nothing.
        let _ = performance.mark(what);
    }
}

/// Measures what began, under a name by which the browser's tools and the bench find it.
pub(crate) fn took(name: &str, what: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.measure_with_start_mark(name, what);
    }
}
