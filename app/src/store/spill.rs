//! The emergency spill: a few commands in localStorage while the databases do not work.
//!
//! It is not crash-safe, so the person is told "NOT saved" all the same. Small on purpose: at most
//! one mebibyte, one entry per act, taken over into the outbox at the next start.

use gloo_storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};
use shared::id::{CommandId, PersonId};

/// The most that is spilled, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// One act that could not be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spilled {
    /// Tells entries apart; an entry spilled twice stands once.
    pub(crate) cmd_id: CommandId,
    /// The command's own bytes.
    pub(crate) bytes: String,
}

fn key(person: PersonId) -> String {
    format!("jihe-spill-{person}")
}

/// What is spilled for a person.
pub(crate) fn read(person: PersonId) -> Vec<Spilled> {
    LocalStorage::get(key(person)).unwrap_or_default()
}

/// Adds an act; `false` when even this place is full or closed.
pub(crate) fn add(person: PersonId, spilled: Spilled) -> bool {
    let mut all = read(person);
    if all.iter().all(|entry| entry.cmd_id != spilled.cmd_id) {
        all.push(spilled);
    }
    let size: usize = all.iter().map(|entry| entry.bytes.len() + 64).sum();
    size <= MOST_BYTES && LocalStorage::set(key(person), &all).is_ok()
}

/// Takes an entry away once the outbox has it.
pub(crate) fn settle(person: PersonId, cmd_id: CommandId) {
    let mut all = read(person);
    all.retain(|entry| entry.cmd_id != cmd_id);
    if all.is_empty() {
        LocalStorage::delete(key(person));
    } else {
        // What cannot be written again stays and is offered once more: taking it over is idempotent.
        let _ = LocalStorage::set(key(person), &all);
    }
}
