//! Who is here, kept so that it survives the death of the browser.
//!
//! Local storage loses its last seconds when the browser is killed; that a database exists is not
//! lost. So whoever is signed in on this device has an empty database named for them.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use shared::id::PersonId;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory};

const PREFIX: &str = "jihe-here-";

fn factory() -> Option<IdbFactory> {
    window().indexed_db().ok().flatten()
}

fn name(person: PersonId) -> String {
    format!("{PREFIX}{person}")
}

/// Everybody who is marked as being here; the type's own method is not in the bindings.
async fn all() -> Option<Vec<PersonId>> {
    let factory = factory()?;
    let method: Function = Reflect::get(&factory, &"databases".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise: Promise = method.call0(&factory).ok()?.dyn_into().ok()?;
    let list: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let person = |entry: JsValue| -> Option<PersonId> {
        let name = Reflect::get(&entry, &"name".into()).ok()?.as_string()?;
        name.strip_prefix(PREFIX)?.parse().ok()
    };
    Some(list.iter().filter_map(person).collect())
}

/// Who was here last and did not sign out.
pub(crate) async fn last() -> Option<PersonId> {
    all().await?.first().copied()
}

/// Marks a person as being here, in place of whoever was.
pub(crate) async fn remember(person: PersonId) {
    let others = all().await.unwrap_or_default();
    others
        .into_iter()
        .filter(|other| *other != person)
        .for_each(forget);
    // A device that cannot keep the mark asks the server at the next start.
    let Some(request) = factory().and_then(|factory| factory.open(&name(person)).ok()) else {
        return;
    };
    let let_go = {
        let request = request.clone();
        Closure::once_into_js(move || {
            let opened = request.result().ok();
            if let Some(opened) = opened.and_then(|opened| opened.dyn_into::<IdbDatabase>().ok()) {
                opened.close();
            }
        })
    };
    request.set_onsuccess(Some(let_go.unchecked_ref()));
}

/// Takes the mark away.
pub(crate) fn forget(person: PersonId) {
    if let Some(factory) = factory() {
        // Nothing holds the database open, so the browser deletes it at once.
        let _ = factory.delete_database(&name(person));
    }
}
