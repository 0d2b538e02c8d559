//! What the app keeps on a device and what it computes, as a program without screens: the browser
//! tests hold it against the contract of storage and against the arithmetic of the server.
//!
//! The files are the app's own. They ask the app's framework for the window alone, which stands in
//! for it here, so that the program is built in a moment.

#![expect(
    dead_code,
    reason = "the contract asks for a part of what the app uses"
)]

extern crate self as leptos;

#[path = "../../../app/src/chance.rs"]
mod chance;
#[path = "../../../app/src/timer.rs"]
mod timer;

pub mod conformance;
mod store;

/// What the app's framework gives to every file.
pub mod prelude {
    /// The browser's window.
    pub fn window() -> web_sys::Window {
        web_sys::window().expect("a page has a window")
    }
}
