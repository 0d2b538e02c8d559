//! What every transaction says to the browser, in the browser's own form.
//!
//! A text crosses into the browser by being decoded, each time anew, and a method without a type by being
//! looked up. Names of stores and modes are decoded once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, JsString, Object, Reflect};
use shared::sync::client::storage::Durability;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction};

#[wasm_bindgen]
extern "C" {
    /// A connection, with the method as it takes options, which the bindings' own does not.
    type Connection;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Connection,
        stores: &Array,
        mode: &JsString,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;

    /// A transaction, with methods that take words.
    type Begun;

    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn object_store(this: &Begun, name: &JsString) -> Result<IdbObjectStore, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn commit(this: &Begun) -> Result<(), JsValue>;
}

thread_local! {
    static WORDS: RefCell<BTreeMap<&'static str, JsString>> = RefCell::default();
    static RELAXED: Object = options("relaxed");
    static STRICT: Object = options("strict");
}

/// A word in the browser's own form.
fn word(text: &'static str) -> JsString {
    let made = || JsString::from(text);
    WORDS.with_borrow_mut(|words| words.entry(text).or_insert_with(made).clone())
}

fn options(strictness: &str) -> Object {
    let options = Object::new();
    // A fresh object takes every property.
    let _ = Reflect::set(&options, &"durability".into(), &strictness.into());
    options
}

/// Begins a transaction with a durability.
pub(super) fn transaction(
    connection: &IdbDatabase,
    stores: impl Iterator<Item = &'static str>,
    mode: &'static str,
    durability: Durability,
) -> Result<IdbTransaction, JsValue> {
    let connection: &Connection = connection.unchecked_ref();
    let names: Array = stores.map(word).collect();
    let options = match durability {
        Durability::Relaxed => &RELAXED,
        Durability::Strict => &STRICT,
    };
    options.with(|options| connection.transaction(&names, &word(mode), options))
}

/// A store of a transaction.
pub(super) fn object_store(
    transaction: &IdbTransaction,
    name: &'static str,
) -> Result<IdbObjectStore, JsValue> {
    transaction
        .unchecked_ref::<Begun>()
        .object_store(&word(name))
}

/// Says that no request will follow, so that a frozen tab does not hold the transaction open.
pub(super) fn commit(transaction: &IdbTransaction) {
    // Old browsers lack the method and commit by themselves.
    let _ = transaction.unchecked_ref::<Begun>().commit();
}
