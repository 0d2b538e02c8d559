//! Reading a database of the device whole, while it is still coming.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use shared::sync::client::storage::{Contents, Database, Durability, StorageError, Store};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest};

use super::indexed_db::{Failure, begin, completed, dead, result};

/// How many packs are asked for at a time.
const AT_A_TIME: u32 = 32;

/// Reads a whole database in one transaction.
pub(super) async fn read_all(
    connection: &IdbDatabase,
    database: Database,
) -> Result<Contents, Failure> {
    let stores: Vec<Store> = Store::ALL
        .into_iter()
        .filter(|store| store.database() == database)
        .collect();
    let transaction = begin(connection, &stores, "readonly", Durability::Relaxed)?;
    let mut asked = Vec::new();
    for store in stores {
        let place = transaction
            .object_store(store.name())
            .map_err(|error| dead(&error))?;
        let coming = Rc::new(RefCell::new(Coming::default()));
        ask_for(store, &place, &coming).map_err(|error| dead(&error))?;
        asked.push((store, coming));
    }
    completed(&transaction).await?;
    let mut contents = Contents::new();
    for (store, coming) in asked {
        let Coming { keys, values, torn } = coming.take();
        if torn || keys.len() != values.len() {
            let why = format!("{} holds what is no text", store.name());
            return Err(Failure::Final(StorageError::Corrupt(why)));
        }
        contents.insert(store, keys.into_iter().zip(values).collect());
    }
    Ok(contents)
}

/// The pairs of a store, as they come in.
#[derive(Default)]
struct Coming {
    keys: Vec<String>,
    values: Vec<String>,
    /// Whether something was no text, or could not be asked for.
    torn: bool,
}

impl Coming {
    /// Copies texts into the program.
    fn take_in(texts: &mut Vec<String>, request: &IdbRequest) -> bool {
        let before = texts.len();
        let list = result::<Array>(request).unwrap_or_default();
        texts.extend(list.iter().filter_map(|value| text(&value)));
        texts.len() - before != list.length() as usize
    }
}

/// Asks for all pairs of a store. Packs are asked for some at a time: those that have come are copied
/// while the browser reads the next ones.
fn ask_for(
    store: Store,
    place: &IdbObjectStore,
    coming: &Rc<RefCell<Coming>>,
) -> Result<(), JsValue> {
    let keys = place.get_all_keys()?;
    if store != Store::Packs {
        take_in_when_it_comes(&place.get_all()?, coming);
    }
    let listed = {
        let (place, keys, coming) = (place.clone(), keys.clone(), Rc::clone(coming));
        move || {
            let torn = Coming::take_in(&mut coming.borrow_mut().keys, &keys);
            let list = result::<Array>(&keys).unwrap_or_default();
            let pages = (0..list.length()).step_by(AT_A_TIME as usize);
            let asked = pages
                .filter(|_| store == Store::Packs)
                .try_for_each(|first| {
                    let end = (first + AT_A_TIME).min(list.length());
                    let range = IdbKeyRange::bound(&list.get(first), &list.get(end - 1))?;
                    take_in_when_it_comes(&place.get_all_with_key(&range)?, &coming);
                    Ok::<(), JsValue>(())
                });
            coming.borrow_mut().torn |= torn || asked.is_err();
        }
    };
    keys.set_onsuccess(Some(Closure::once_into_js(listed).unchecked_ref()));
    Ok(())
}

fn take_in_when_it_comes(request: &IdbRequest, coming: &Rc<RefCell<Coming>>) {
    let come = {
        let (request, coming) = (request.clone(), Rc::clone(coming));
        move || {
            let coming = &mut *coming.borrow_mut();
            coming.torn |= Coming::take_in(&mut coming.values, &request);
        }
    };
    request.set_onsuccess(Some(Closure::once_into_js(come).unchecked_ref()));
}

/// A kept text: packs are kept as bytes, which a start copies instead of converting.
pub(super) fn text(value: &JsValue) -> Option<String> {
    match value.dyn_ref::<Uint8Array>() {
        Some(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        None => value.as_string(),
    }
}
