//! What stands behind the door: the session and its screens, a part of the program of its own.
//!
//! Nothing that the door draws may call what is here but through the cut functions, or the whole
//! session comes along with the first screen.

#![expect(
    clippy::unnecessary_wraps,
    reason = "a part that cannot be fetched answers with an error, which the cut adds"
)]

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::PersonId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::api;
use crate::app::Presence;
use crate::device;
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::Session;
use crate::shell::Shell;
use crate::store::{evidence, here};

/// Signs a person out.
#[derive(Clone, Copy)]
pub(crate) struct SignOut(RwSignal<Presence>, Navigation);

impl SignOut {
    /// For the door that it leads to.
    pub(crate) const fn new(presence: RwSignal<Presence>, navigation: Navigation) -> Self {
        Self(presence, navigation)
    }

    /// Ends the session; what is unsent stays on this device for its author.
    pub(crate) fn run(self, session: Session) {
        let Self(presence, navigation) = self;
        spawn_local(async move {
            session.looping().stop();
            device::forget_person();
            here::forget(session.person());
            // Offline the cookie stays; the next person's sign-in replaces it.
            let _ = api::sign_out().await;
            if let Some(keeper) = session.keeper() {
                keeper.stop();
            }
            if untrack(|| session.unsent()) == 0 {
                session.device().storage().forget_cache();
                if session.are_files_received() {
                    evidence::forget(session.person());
                }
            }
            session.device().storage().close();
            // The next person begins at the beginning, not where this one stopped.
            navigation.go(Route::Home);
            presence.set(Presence::Nobody);
        });
    }
}

/// Fetches the part; afterwards [`shell`] draws without waiting.
pub(crate) async fn fetch() -> Result<(), SplitLoaderError> {
    load_shell().await
}

/// Opens the person's session, or goes on with the one that is open.
#[wasm_split(inside, fallible)]
pub(crate) fn enter(
    presence: RwSignal<Presence>,
    owner: Option<Owner>,
    person: PersonId,
) -> Result<(), SplitLoaderError> {
    if let Presence::Here(session) = presence.get_untracked() {
        if session.person() == person {
            session.looping().signed_in(session);
            return Ok(());
        }
        session.looping().stop();
    }
    spawn_local(async move {
        let session = match owner {
            Some(owner) => owner.with(|| Session::open(person)).await,
            None => Session::open(person).await,
        };
        match session {
            Ok(session) => {
                device::remember_person(person);
                here::remember(person).await;
                presence.set(Presence::Here(session));
            }
            Err(_) => presence.set(Presence::NoStorage),
        }
    });
    Ok(())
}

/// Draws the screens of a session.
#[wasm_split(inside, fallible, preload(load_shell))]
pub(crate) fn shell(session: Session) -> Result<AnyView, SplitLoaderError> {
    provide_context(session);
    Ok(view! { <Shell /> }.into_any())
}
