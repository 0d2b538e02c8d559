//! Writing a batch in one transaction: guards are asked, operations issued behind them, and the last
//! guard's answer commits or takes everything back.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use send_wrapper::SendWrapper;
use shared::sync::client::given::{Elsewhere, Given};
use shared::sync::client::storage::{Batch, Durability, Guard, Op, Store, Written};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbRequest, IdbTransaction};

use super::ending::completed;
use super::indexed_db::{Failure, begin, dead, result};
use super::reading::{Bytes, text};
use super::words::{commit, object_store};

/// A transaction whose guard has been asked before its batch was made. It is of use within the turn of
/// the browser's loop in which it began; one that is left alone ends by itself.
pub(super) struct Asked {
    transaction: IdbTransaction,
    stores: Vec<Store>,
    durability: Durability,
    guard: Guard,
    request: IdbRequest,
}

impl Asked {
    /// Asks for a guard before its batch is made.
    pub(super) fn early(
        connection: &IdbDatabase,
        guard: &Guard,
        stores: &[Store],
        durability: Durability,
    ) -> Result<Self, Failure> {
        let mut stores = stores.to_vec();
        stores.sort_unstable();
        let transaction = begin(connection, names(&stores), "readwrite", durability)?;
        let request = ask(&transaction, guard).map_err(|error| dead(&error))?;
        let guard = guard.clone();
        Ok(Self {
            transaction,
            stores,
            durability,
            guard,
            request,
        })
    }

    /// Whether a batch for these stores is the one that was expected.
    fn is_for(&self, batch: &Batch, stores: &[Store]) -> bool {
        self.stores == stores
            && self.durability == batch.durability
            && batch.guards.as_slice() == std::slice::from_ref(&self.guard)
    }
}

impl Elsewhere for Bytes {
    fn text(&self) -> String {
        text(&self.0).unwrap_or_default()
    }
}

/// Gives a pack to the browser.
pub(super) fn given(text: &str) -> Given {
    let bytes = Uint8Array::from(text.as_bytes());
    Given::new(Bytes(SendWrapper::new(bytes)))
}

/// What is put for a text; an earlier build kept packs as text too, and reading takes both.
fn kept(store: Store, text: &str) -> JsValue {
    if store == Store::Packs {
        Uint8Array::from(text.as_bytes()).into()
    } else {
        JsValue::from_str(text)
    }
}

fn names(stores: &[Store]) -> impl Iterator<Item = &'static str> {
    stores.iter().map(|store| store.name())
}

/// Asks for what a guard compares.
fn ask(transaction: &IdbTransaction, guard: &Guard) -> Result<IdbRequest, JsValue> {
    let place = object_store(transaction, guard.store.name())?;
    place.get(&JsValue::from_str(&guard.key))
}

/// Writes a batch; `early` is what was asked for the one that was expected.
pub(super) async fn write_batch(
    connection: &IdbDatabase,
    batch: &Rc<Batch>,
    early: Option<Asked>,
) -> Result<Written, Failure> {
    let mut stores: Vec<Store> = batch.guards.iter().map(|guard| guard.store).collect();
    stores.extend(batch.ops.iter().map(Op::store));
    stores.sort_unstable();
    stores.dedup();
    if stores.is_empty() {
        return Ok(Written::Committed);
    }
    if let Some(early) = early.filter(|early| early.is_for(batch, &stores)) {
        if issue(&early.transaction, &batch.ops).is_ok() {
            return decided(&early.transaction, vec![early.request], batch).await;
        }
        // It was left alone for too long, or ends so that nothing of it stands.
        let _ = early.transaction.abort();
    }
    let transaction = begin(connection, names(&stores), "readwrite", batch.durability)?;
    let guards = batch.guards.iter();
    let asked: Result<Vec<_>, _> = guards.map(|guard| ask(&transaction, guard)).collect();
    let asked = asked.map_err(|error| dead(&error))?;
    // Behind the guards' requests and before their answers: a round trip less, and nothing is written
    // that the answer does not let stand.
    if let Err(error) = issue(&transaction, &batch.ops) {
        // An operation that cannot be issued takes the others back.
        let _ = transaction.abort();
        return Err(dead(&error));
    }
    decided(&transaction, asked, batch).await
}

/// Commits when the guards' answers say so, and waits until that is done.
async fn decided(
    transaction: &IdbTransaction,
    asked: Vec<IdbRequest>,
    batch: &Rc<Batch>,
) -> Result<Written, Failure> {
    let outcome = Rc::new(Cell::new(Written::Committed));
    let answer = Closure::once({
        let (transaction, batch) = (transaction.clone(), Rc::clone(batch));
        let (asked, outcome) = (asked.clone(), Rc::clone(&outcome));
        move || {
            let holds = batch.guards.iter().zip(&asked).all(|(guard, request)| {
                result::<JsValue>(request).and_then(|value| text(&value)) == guard.expected
            });
            if holds {
                commit(&transaction);
            } else {
                outcome.set(Written::GuardFailed);
                // It cannot be over: nothing has asked it to commit.
                let _ = transaction.abort();
            }
        }
    });
    // Requests of a transaction are answered in order: with the last guard's answer all are there.
    if let Some(last) = asked.last() {
        last.set_onsuccess(Some(answer.as_ref().unchecked_ref()));
    } else {
        commit(transaction);
    }
    match completed(transaction).await {
        Err(_) if outcome.get() == Written::GuardFailed => Ok(Written::GuardFailed),
        completed => completed.map(|()| Written::Committed),
    }
}

fn issue(transaction: &IdbTransaction, ops: &[Op]) -> Result<(), JsValue> {
    for op in ops {
        let store = object_store(transaction, op.store().name())?;
        match op {
            Op::Put { key, value, .. } => {
                let value = kept(op.store(), value);
                store.put_with_key(&value, &JsValue::from_str(key))?;
            }
            Op::PutGiven { key, value, .. } => {
                let value = match value.form::<Bytes>() {
                    Some(Bytes(bytes)) => JsValue::from(&**bytes),
                    None => kept(op.store(), &value.text()),
                };
                store.put_with_key(&value, &JsValue::from_str(key))?;
            }
            Op::Delete { key, .. } => {
                store.delete(&JsValue::from_str(key))?;
            }
            Op::Clear { .. } => {
                store.clear()?;
            }
        }
    }
    Ok(())
}
