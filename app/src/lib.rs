//! The Jihe app: what a person sees and touches, in the browser, offline first.
//!
//! Rules live in `shared`; this crate shows what they decide. Read it in this order: the door, the
//! shell and its routes, the session (the one way to change anything), the store and the sync loop, the
//! pages, and the components, which know none of these.
//!
//! To add a page: a variant in [`route`], a file under `pages/`, a line in [`app`].

#![expect(
    unreachable_pub,
    reason = "the component macro writes `pub` around each component"
)]

mod app;
mod inside;
mod shell;

mod navigation;
mod route;

mod pages;

mod session;
mod store;
mod sync;

mod api;
mod chance;
mod device;
mod fetch;
mod file;
mod glance;
mod notify;
mod operators;
mod timer;
mod update;

mod components;
mod i18n;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the app in the page that loaded it.
#[wasm_bindgen(start)]
pub fn start() {
    app::mount();
}
