//! The storage contract, run against the browser's own IndexedDB; for the browser tests alone.
//!
//! The suite is the shared one: this file only gives it databases.

use shared::sync::client::conformance;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::indexed_db::IndexedDb;
use crate::chance;

fn fresh() -> IndexedDb {
    IndexedDb::named(&format!("conformance-{:032x}", chance::bits()))
}

/// Runs every promise of the contract; rejects with the sentence of the first that was not kept.
///
/// # Errors
/// The sentence, as text.
#[wasm_bindgen]
pub async fn storage_conformance() -> Result<(), JsValue> {
    let told = |words: String| JsValue::from_str(&words);
    conformance::all(async || fresh()).await.map_err(told)?;
    let name = format!("conformance-{:032x}", chance::bits());
    let (one, other) = (IndexedDb::named(&name), IndexedDb::named(&name));
    conformance::two_connections(&one, &other)
        .await
        .map_err(told)?;
    let name = format!("conformance-{:032x}", chance::bits());
    let again = {
        let name = name.clone();
        async move || IndexedDb::named(&name)
    };
    conformance::opened_again(IndexedDb::named(&name), again)
        .await
        .map_err(told)
}
