//! Telling the person: what just happened, what went wrong, and the offer to take it back.
//!
//! What went wrong stays until it is put away; the rest goes by itself.

use std::cell::Cell;

use leptos::prelude::*;

use super::Session;
use crate::components::{Tells, Toast};
use crate::timer;

/// How long a message stays, in milliseconds.
const TOAST_MILLISECONDS: u32 = 6_000;

/// How long one stays that offers to take something back: a hand in a glove needs a while.
const UNDO_MILLISECONDS: u32 = 12_000;

thread_local! {
    /// How many messages there were: none gets the number of an earlier one, whose time runs on.
    static TOLD: Cell<u64> = const { Cell::new(0) };
}

impl Session {
    /// Tells what just happened.
    pub(crate) fn say(self, words: impl Into<String>) {
        self.tell(words.into(), Tells::Done);
    }

    /// Tells what went wrong.
    pub(crate) fn complain(self, words: String) {
        self.tell(words, Tells::Wrong);
    }

    /// Tells what happened and offers to take a step back, by its number.
    pub(super) fn offer(self, words: &str, step: u64) {
        // One act can be taken back at a time: the message of an earlier one goes.
        if let Some((earlier, _)) = self.undo.get_untracked() {
            self.dismiss(earlier);
        }
        let id = self.tell(words.to_owned(), Tells::Undoable);
        self.undo.set(Some((id, step)));
    }

    /// Says whether a message offers to take the last act back. Observed.
    pub(crate) fn offers_undo(self) -> bool {
        self.undo.with(Option::is_some)
    }

    /// Takes the last act back.
    pub(crate) fn take_back(self) {
        if let Some((id, step)) = self.undo.get_untracked() {
            self.dismiss(id);
            self.undo_step(move |one| one.id == step);
        }
    }

    /// The messages on the screen. Observed.
    pub(crate) fn toasts(self) -> Vec<Toast> {
        self.toasts.get()
    }

    /// Puts a message away.
    pub(crate) fn dismiss(self, id: u64) {
        // The session may be closed by the time a message runs out.
        self.toasts
            .try_update(|toasts| toasts.retain(|toast| toast.id != id));
        self.undo
            .try_update(|undo| undo.take_if(|(shown, _)| *shown == id));
    }

    fn tell(self, words: String, tells: Tells) -> u64 {
        let id = TOLD.get() + 1;
        TOLD.set(id);
        self.toasts.update(|toasts| {
            toasts.retain(|toast| toast.words != words);
            toasts.push(Toast { id, words, tells });
        });
        let stays = match tells {
            Tells::Done => Some(TOAST_MILLISECONDS),
            Tells::Undoable => Some(UNDO_MILLISECONDS),
            Tells::Wrong => None,
        };
        if let Some(stays) = stays {
            timer::after(stays, move || self.dismiss(id));
        }
        id
    }
}
