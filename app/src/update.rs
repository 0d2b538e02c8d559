//! A new build of the program: noticed, offered, and taken only when the person asks.
//!
//! The worker of the new build waits until every tab of the old one is closed, so a form that is
//! being filled is never pulled away.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

fn container() -> Option<ServiceWorkerContainer> {
    // Without a secure context the browser has no workers at all.
    window()
        .is_secure_context()
        .then(|| window().navigator().service_worker())
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    found.dyn_into().ok()
}

/// Says whether a new build waits; looked at now and whenever one is found.
pub(crate) fn waiting() -> RwSignal<bool> {
    let waiting = RwSignal::new(false);
    spawn_local(async move {
        let Some(registration) = registration().await else {
            return;
        };
        let look = {
            let registration = registration.clone();
            move || {
                let replaces = container().is_some_and(|all| all.controller().is_some());
                // The screen may be gone by the time a build is found.
                waiting.try_set(replaces && registration.waiting().is_some());
            }
        };
        look();
        let found = {
            let registration = registration.clone();
            Closure::<dyn FnMut()>::new(move || {
                let Some(worker) = registration.installing() else {
                    return;
                };
                let changed = Closure::<dyn FnMut()>::new(look.clone()).into_js_value();
                worker.set_onstatechange(Some(changed.unchecked_ref()));
            })
        };
        registration.set_onupdatefound(Some(found.into_js_value().unchecked_ref()));
    });
    waiting
}

/// Asks the waiting build to take over, then opens the page with it.
pub(crate) fn activate() {
    spawn_local(async move {
        let Some((registration, all)) = registration().await.zip(container()) else {
            return;
        };
        let Some(worker) = registration.waiting() else {
            return;
        };
        let reload = Closure::once_into_js(move || {
            // A reload that the browser forbids leaves the old build running, which is harmless.
            let _ = window().location().reload();
        });
        all.set_oncontrollerchange(Some(reload.unchecked_ref()));
        let _ = worker.post_message(&"activate-now".into());
    });
}
