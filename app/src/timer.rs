//! Waiting and measuring: the one place that touches the browser's timers.

use std::cell::Cell;
use std::rc::Rc;

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

/// Calls once what stands on the screen has been painted; where nothing is painted, a little later.
pub(crate) fn after_paint(call: impl FnOnce() + 'static) {
    use wasm_bindgen::JsCast as _;
    /// A page in the background paints nothing.
    const UNPAINTED: u32 = 500;
    let waiting = Rc::new(Cell::new(Some(call)));
    let once = {
        let waiting = Rc::clone(&waiting);
        move || {
            if let Some(call) = waiting.take() {
                call();
            }
        }
    };
    after(UNPAINTED, once.clone());
    let painted = Closure::once_into_js(move || after(0, once));
    // A window without frames is served by the timer.
    let _ = window().request_animation_frame(painted.unchecked_ref());
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
