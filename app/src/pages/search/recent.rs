//! What was searched for lately: on this device, and for the person alone who did.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use shared::id::PersonId;

/// How many are kept.
const MOST: usize = 8;

/// The searches of one person on this device, the newest first.
#[derive(Clone, Copy)]
pub(super) struct Recent {
    person: PersonId,
    all: RwSignal<Vec<String>>,
}

impl Recent {
    /// Reads what the device kept.
    pub(super) fn of(person: PersonId) -> Self {
        let all = LocalStorage::get(key(person)).unwrap_or_default();
        Self {
            person,
            all: RwSignal::new(all),
        }
    }

    /// All of them. Observed.
    pub(super) fn all(self) -> Signal<Vec<String>> {
        self.all.into()
    }

    /// Keeps a search that led somewhere.
    pub(super) fn keep(self, text: &str) {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let mut all = self.all.get_untracked();
        all.retain(|kept| *kept != text);
        all.insert(0, text);
        all.truncate(MOST);
        // A device that keeps no settings shows none the next time.
        let _ = LocalStorage::set(key(self.person), &all);
        self.all.set(all);
    }

    /// Forgets all of them.
    pub(super) fn forget(self) {
        LocalStorage::delete(key(self.person));
        self.all.set(Vec::new());
    }
}

fn key(person: PersonId) -> String {
    format!("jihe-searches-{person}")
}
