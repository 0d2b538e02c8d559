//! How a transaction ends.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use shared::sync::client::storage::StorageError;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::IdbTransaction;

use super::indexed_db::{Failure, LIMIT_MILLISECONDS};
use crate::timer;

/// What is heard of a transaction's end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The disk has it, or the browser, as it was asked.
    Complete,
    /// Nothing of it stands.
    Aborted,
    /// Neither was heard within the limit.
    Late,
}

/// Where the first that is heard stands, and who waits for it.
#[derive(Default)]
struct Heard {
    end: Cell<Option<End>>,
    waiting: Cell<Option<Waker>>,
}

impl Heard {
    fn hear(&self, end: End) {
        if self.end.get().is_none() {
            self.end.set(Some(end));
        }
        if let Some(waiting) = self.waiting.take() {
            waiting.wake();
        }
    }

    fn poll(&self, context: &Context<'_>) -> Poll<End> {
        self.waiting.set(Some(context.waker().clone()));
        self.end.get().map_or(Poll::Pending, Poll::Ready)
    }
}

/// Listens to a transaction until it is dropped: a promise would take three rounds to tell the same.
struct Listening<'a> {
    transaction: &'a IdbTransaction,
    heard: Rc<Heard>,
    _callbacks: [Closure<dyn FnMut()>; 2],
}

impl<'a> Listening<'a> {
    fn to(transaction: &'a IdbTransaction) -> Self {
        let heard = Rc::new(Heard::default());
        let told_of = |end| {
            let heard = Rc::clone(&heard);
            Closure::<dyn FnMut()>::new(move || heard.hear(end))
        };
        let callbacks = [told_of(End::Complete), told_of(End::Aborted)];
        let [complete, aborted] = &callbacks;
        transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(aborted.as_ref().unchecked_ref()));
        let late = Rc::downgrade(&heard);
        timer::after(LIMIT_MILLISECONDS, move || {
            if let Some(heard) = late.upgrade() {
                heard.hear(End::Late);
            }
        });
        Self {
            transaction,
            heard,
            _callbacks: callbacks,
        }
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        self.transaction.set_oncomplete(None);
        self.transaction.set_onabort(None);
    }
}

/// Waits until a transaction is on disk or gone.
pub(super) async fn completed(transaction: &IdbTransaction) -> Result<(), Failure> {
    let listening = Listening::to(transaction);
    let end = poll_fn(|context| listening.heard.poll(context)).await;
    if end == End::Complete {
        return Ok(());
    }
    let error = transaction.error();
    let full = error
        .as_ref()
        .is_some_and(|error| error.name() == "QuotaExceededError");
    if full {
        return Err(Failure::Final(StorageError::Full));
    }
    // One that is late is taken back; one that cannot be taken back any more may yet take effect,
    // so it must not be tried a second time.
    let why = error.map_or_else(|| "the storage does not answer".to_owned(), |e| e.message());
    match transaction.abort() {
        Err(_) if transaction.error().is_none() => Err(Failure::Final(StorageError::Lost(why))),
        _ => Err(Failure::Dead(why)),
    }
}
