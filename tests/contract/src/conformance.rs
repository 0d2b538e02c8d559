//! The storage contract, run against the browser's own IndexedDB; for the browser tests alone.
//!
//! The suite is the shared one: this file only gives it databases. The files of evidence have
//! promises of their own, which only a browser can keep. The arithmetic has to give the same bytes here
//! as anywhere.

use js_sys::Uint8Array;
use shared::evidence::{ContentHash, MediaType};
use shared::id::{Epoch, EvidenceId, PersonId};
use shared::moment::UtcMillis;
use shared::result::engine_3::conformance::Examples;
use shared::sync::client::conformance;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::chance;
use crate::store::evidence::{Files, Held};
use crate::store::indexed_db::IndexedDb;

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

/// Computes kept examples of the arithmetic again and gives the digest of so many more that are made
/// out of them; rejects with the name of the first that comes out otherwise.
///
/// # Errors
/// The name, as text.
#[wasm_bindgen]
pub fn arithmetic_conformance(examples: &str, cases: u32) -> Result<String, JsValue> {
    let told = |words: String| JsValue::from_str(&words);
    let examples: Examples =
        serde_json::from_str(examples).map_err(|error| told(error.to_string()))?;
    examples.recompute().map_err(told)?;
    Ok(examples.digest(cases))
}

/// A note of a file that holds these bytes.
fn held(bytes: &[u8]) -> Held {
    Held {
        hash: ContentHash::of(bytes),
        person: PersonId::from_bits(1),
        evidence: EvidenceId::from_bits(2),
        name: "1.jpg".to_owned(),
        media: MediaType::Jpeg,
        bytes: 0,
        own: true,
        received: None,
        refused: None,
        kept: UtcMillis(5),
        used: UtcMillis(6),
    }
}

/// Runs the promises of the files of evidence; rejects with the one that was not kept.
///
/// # Errors
/// The sentence, as text.
#[wasm_bindgen]
pub async fn files_conformance() -> Result<(), JsValue> {
    let lost = |error: shared::sync::client::StorageError| JsValue::from_str(&format!("{error:?}"));
    let keeps =
        |kept: bool, promise: &str| kept.then_some(()).ok_or_else(|| JsValue::from_str(promise));
    let name = format!("conformance-{:032x}", chance::bits());
    let bytes = |files: &'static [u8]| Uint8Array::from(files);
    let (one, other) = (held(b"one"), held(b"other"));
    let files = Files::named(&name);
    keeps(
        files.held().await.map_err(lost)?.is_empty(),
        "a new database holds nothing",
    )?;
    files.keep(&one, &bytes(b"one")).await.map_err(lost)?;
    files.keep(&other, &bytes(b"other")).await.map_err(lost)?;
    let again = Files::named(&name);
    let mut found = again.held().await.map_err(lost)?;
    found.sort_unstable_by_key(|held| held.hash != one.hash);
    keeps(
        found == [one.clone(), other.clone()],
        "what was kept is there on another connection",
    )?;
    let read = again.read(one.hash).await.map_err(lost)?;
    keeps(
        read.is_some_and(|bytes| bytes.to_vec() == b"one"),
        "a file is read byte for byte",
    )?;
    let received = Held {
        received: Some(Epoch::from_bits(7)),
        ..one.clone()
    };
    files.note(&received).await.map_err(lost)?;
    let noted = files.held().await.map_err(lost)?;
    keeps(
        noted.contains(&received) && files.read(one.hash).await.map_err(lost)?.is_some(),
        "another note leaves the file alone",
    )?;
    files.drop(&[one.hash]).await.map_err(lost)?;
    let left = files.held().await.map_err(lost)?;
    let gone = files.read(one.hash).await.map_err(lost)?.is_none();
    keeps(
        gone && left == [other],
        "what is dropped is gone, and nothing else",
    )?;
    // A connection that the browser closed is opened again.
    files.close();
    keeps(
        files.held().await.map_err(lost)?.len() == 1,
        "a closed connection is opened again",
    )
}
