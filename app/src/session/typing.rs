//! Text being typed: kept on the device a moment after each keystroke, until it is accepted.
//!
//! It goes to the drafts of the outbox database, because localStorage loses the last seconds when
//! the browser is killed.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::task::spawn_local;

use super::Device;
use super::waiting::Waiting;
use crate::timer;

/// How long after a keystroke the text is kept, in milliseconds.
const DEBOUNCE_MILLISECONDS: u32 = 250;

/// Stands between the text that was seen and the text that was typed; no keyboard types it.
const BETWEEN: char = '\u{1f}';

/// What was typed into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    /// What stood there when the typing began.
    pub(crate) seen: String,
    /// What stands there now.
    pub(crate) text: String,
}

/// All fields of a person on this device.
pub(crate) struct Typing {
    device: Rc<Device>,
    kept: RefCell<BTreeMap<String, String>>,
    waiting: RefCell<BTreeSet<String>>,
    armed: Cell<bool>,
    /// What was done and is not kept yet, beside what is typed and not kept yet.
    pub(super) acts: Rc<Waiting>,
}

impl Typing {
    /// Starts with what the device kept.
    pub(crate) fn new(device: Rc<Device>, kept: BTreeMap<String, String>) -> Self {
        Self {
            device,
            kept: RefCell::new(kept),
            waiting: RefCell::default(),
            armed: Cell::new(false),
            acts: Rc::default(),
        }
    }

    /// What was typed into a field.
    pub(crate) fn read(&self, field: &str) -> Option<Typed> {
        let kept = self.kept.borrow();
        let (seen, text) = kept.get(field)?.split_once(BETWEEN)?;
        Some(Typed {
            seen: seen.to_owned(),
            text: text.to_owned(),
        })
    }

    /// Says whether any field whose name begins so holds text.
    pub(crate) fn any(&self, prefix: &str) -> bool {
        let kept = self.kept.borrow();
        kept.range(prefix.to_owned()..)
            .next()
            .is_some_and(|(field, _)| field.starts_with(prefix))
    }

    /// Keeps a text, a moment later.
    pub(crate) fn keep(self: &Rc<Self>, field: &str, seen: &str, text: &str) {
        let value = format!("{seen}{BETWEEN}{text}");
        self.kept.borrow_mut().insert(field.to_owned(), value);
        self.write_soon(field);
    }

    /// Drops a text, a moment later.
    pub(crate) fn drop(self: &Rc<Self>, field: &str) {
        if self.kept.borrow_mut().remove(field).is_some() {
            self.write_soon(field);
        }
    }

    fn write_soon(self: &Rc<Self>, field: &str) {
        self.waiting.borrow_mut().insert(field.to_owned());
        if self.armed.replace(true) {
            return;
        }
        let typing = Rc::clone(self);
        timer::after(DEBOUNCE_MILLISECONDS, move || {
            typing.armed.set(false);
            spawn_local(async move { typing.write().await });
        });
    }

    async fn write(&self) {
        let waiting = self.waiting.take();
        for field in waiting {
            let text = self.kept.borrow().get(&field).cloned();
            if self
                .device
                .write_draft(&field, text.as_deref())
                .await
                .is_err()
            {
                // The text is still on the screen; the next keystroke tries again.
                self.waiting.borrow_mut().insert(field);
            }
        }
    }
}
