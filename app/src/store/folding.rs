//! What is being folded, noted where it outlives a panic: this tab's session storage.
//!
//! A reload that finds a note knows what the last start died of. That is remembered for this build
//! on the whole device; another build may be mended, and tries again.

use std::collections::BTreeSet;

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use serde::{Deserialize, Serialize};
use shared::id::{CommandId, PersonId};
use shared::sync::client::Watch;

/// The commands at which a build died.
#[derive(Default, Serialize, Deserialize)]
struct Died {
    build: String,
    commands: Vec<CommandId>,
}

/// The watch of a person's start in this tab.
pub(crate) fn watch(person: PersonId, build: &str) -> Watch {
    let (noted, kept) = (
        format!("jihe-folding-{person}"),
        format!("jihe-unfolded-{person}"),
    );
    let mut died: Died = LocalStorage::get(&kept).unwrap_or_default();
    if died.build != build {
        died = Died {
            build: build.to_owned(),
            commands: Vec::new(),
        };
    }
    if let Ok(command) = SessionStorage::get::<CommandId>(&noted) {
        died.commands.push(command);
        // Where it cannot be kept, the next start finds it out again.
        let _ = LocalStorage::set(&kept, &died);
        SessionStorage::delete(&noted);
    }
    let note = move |command: Option<CommandId>| match command {
        // Without a place for the note a death is not noticed, and nothing else changes.
        Some(command) => drop(SessionStorage::set(&noted, command)),
        None => SessionStorage::delete(&noted),
    };
    Watch::new(note, BTreeSet::from_iter(died.commands))
}
