//! Reading a database of the device whole, while it is still coming.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use send_wrapper::SendWrapper;
use shared::excerpt::{Afar, Whole};
use shared::sync::client::storage::{Cache, Contents, Database, Durability, StorageError, Store};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest};

use super::ending::completed;
use super::indexed_db::{Failure, begin, dead, result};

/// How many packs are asked for at a time.
const AT_A_TIME: u32 = 32;

/// Everything in the stores of one database, as the browser gives it.
type Read = Vec<(Store, Vec<(String, JsValue)>)>;

/// Reads a whole database in one transaction.
pub(super) async fn read_all(
    connection: &IdbDatabase,
    database: Database,
) -> Result<Contents, Failure> {
    let read = read(connection, database).await?.into_iter();
    let texts = read.map(|(store, pairs)| Ok((store, texts(store, pairs)?)));
    texts.collect()
}

/// Reads the cache; packs stay where the browser has them.
pub(super) async fn read_cache(connection: &IdbDatabase) -> Result<Cache, Failure> {
    let mut cache = Cache::from(Contents::new());
    for (store, pairs) in read(connection, Database::Cache).await? {
        if store == Store::Packs {
            let packs = pairs
                .into_iter()
                .map(|(key, value)| Some((key, whole(value)?)));
            let packs: Option<Vec<_>> = packs.collect();
            cache.packs = packs.ok_or_else(|| no_text(store))?;
        } else {
            cache.texts.insert(store, texts(store, pairs)?);
        }
    }
    Ok(cache)
}

async fn read(connection: &IdbDatabase, database: Database) -> Result<Read, Failure> {
    let stores: Vec<Store> = Store::ALL
        .into_iter()
        .filter(|store| store.database() == database)
        .collect();
    let transaction = begin(
        connection,
        stores.iter().map(|store| store.name()),
        "readonly",
        Durability::Relaxed,
    )?;
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
    let pairs = |(store, coming): (Store, Rc<RefCell<Coming>>)| {
        let Coming { keys, values, torn } = coming.take();
        if torn || keys.len() != values.len() {
            return Err(no_text(store));
        }
        Ok((store, keys.into_iter().zip(values).collect()))
    };
    asked.into_iter().map(pairs).collect()
}

fn no_text(store: Store) -> Failure {
    let why = format!("{} holds what is no text", store.name());
    Failure::Final(StorageError::Corrupt(why))
}

fn texts(store: Store, pairs: Vec<(String, JsValue)>) -> Result<Vec<(String, String)>, Failure> {
    let pairs = pairs.into_iter();
    let texts: Option<Vec<_>> = pairs
        .map(|(key, value)| Some((key, text(&value)?)))
        .collect();
    texts.ok_or_else(|| no_text(store))
}

/// A pack as the browser has it. The program runs on one thread.
pub(super) struct Bytes(pub(super) SendWrapper<Uint8Array>);

impl Afar for Bytes {
    fn length(&self) -> usize {
        self.0.length() as usize
    }

    fn fetch(&self, part: Range<usize>) -> Vec<u8> {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.0.subarray(place(part.start), place(part.end)).to_vec()
    }
}

fn whole(value: JsValue) -> Option<Whole> {
    match value.dyn_into::<Uint8Array>() {
        Ok(bytes) => Some(Whole::afar(Bytes(SendWrapper::new(bytes)))),
        Err(value) => value.as_string().map(Whole::from),
    }
}

/// The pairs of a store, as they come in.
#[derive(Default)]
struct Coming {
    keys: Vec<String>,
    values: Vec<JsValue>,
    /// Whether a key was no text, or something could not be asked for.
    torn: bool,
}

/// Asks for all pairs of a store. Packs are asked for some at a time: those that have come are taken in
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
            let list = result::<Array>(&keys).unwrap_or_default();
            let named: Option<Vec<String>> = list.iter().map(|key| key.as_string()).collect();
            let pages = (0..list.length()).step_by(AT_A_TIME as usize);
            let asked = pages
                .filter(|_| store == Store::Packs)
                .try_for_each(|first| {
                    let end = (first + AT_A_TIME).min(list.length());
                    let range = IdbKeyRange::bound(&list.get(first), &list.get(end - 1))?;
                    take_in_when_it_comes(&place.get_all_with_key(&range)?, &coming);
                    Ok::<(), JsValue>(())
                });
            let coming = &mut *coming.borrow_mut();
            coming.torn |= named.is_none() || asked.is_err();
            coming.keys = named.unwrap_or_default();
        }
    };
    keys.set_onsuccess(Some(Closure::once_into_js(listed).unchecked_ref()));
    Ok(())
}

fn take_in_when_it_comes(request: &IdbRequest, coming: &Rc<RefCell<Coming>>) {
    let come = {
        let (request, coming) = (request.clone(), Rc::clone(coming));
        move || {
            let list = result::<Array>(&request).unwrap_or_default();
            coming.borrow_mut().values.extend(list.iter());
        }
    };
    request.set_onsuccess(Some(Closure::once_into_js(come).unchecked_ref()));
}

/// A kept text: packs are kept as bytes, which the program copies instead of converting.
pub(super) fn text(value: &JsValue) -> Option<String> {
    match value.dyn_ref::<Uint8Array>() {
        Some(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        None => value.as_string(),
    }
}
