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

use crate::app::Presence;
use crate::device;
use crate::fetch;
use crate::glance;
use crate::navigation::Navigation;
use crate::operators;
use crate::pages::{ChoosePin, JoinPage, LockScreen};
use crate::route::Route;
use crate::session::Session;
use crate::shell::Shell;
use crate::store::{evidence, here};

/// Signs a person out, or locks a shared device.
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
            let person = session.person();
            let unsent = untrack(|| session.unsent());
            leave(session);
            operators::forget(person);
            operators::sign_out(person).await;
            if unsent == 0 {
                session.device().storage().forget_cache();
                if session.are_files_received() {
                    evidence::forget(session.person());
                }
            }
            session.device().storage().close();
            // The next person begins at the beginning, not where this one stopped.
            navigation.go(Route::Home);
            let others = device::lock_minutes().is_some() && device::has_operators();
            presence.set(if others {
                Presence::Locked
            } else {
                Presence::Nobody
            });
        });
    }

    /// Locks the session: the device keeps it, and its author's PIN opens it again.
    pub(crate) fn lock(self, session: Session) {
        let Self(presence, navigation) = self;
        if !matches!(presence.get_untracked(), Presence::Here(_)) {
            return;
        }
        let unsent = untrack(|| session.unsent());
        let unsent = u32::try_from(unsent).unwrap_or(u32::MAX);
        operators::change(session.person(), |operator| operator.unsent = unsent);
        leave(session);
        session.device().storage().close();
        navigation.go(Route::Home);
        presence.set(Presence::Locked);
    }

    /// Draws the session's screens again, because a setting of the device changed.
    pub(crate) fn redraw(self, session: Session) {
        self.0.set(Presence::Here(session));
    }
}

/// Nobody is here from now on.
fn leave(session: Session) {
    stop(session);
    fetch::speak_for(None);
    device::forget_person();
    glance::forget();
    here::forget(session.person());
}

/// Nothing goes out under a session any more; what is unsent stays on this device.
fn stop(session: Session) {
    session.looping().stop();
    if let Some(keeper) = session.keeper() {
        keeper.stop();
    }
}

/// Fetches the part; afterwards [`shell`] and [`threshold`] draw without waiting.
pub(crate) async fn fetch() -> Result<(), SplitLoaderError> {
    load_shell().await?;
    load_threshold().await
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
        stop(session);
    }
    spawn_local(async move {
        let session = match owner {
            Some(owner) => owner.with(|| Session::open(person)).await,
            None => Session::open(person).await,
        };
        match session {
            Ok(session) => {
                fetch::speak_for(Some(person));
                operators::change(person, |operator| operator.trusted(operators::now()));
                device::remember_person(person);
                presence.set(if operators::lacks_pin(person) {
                    Presence::WithoutPin(session)
                } else {
                    Presence::Here(session)
                });
                // It is for the next visit: nobody waits for the disk.
                here::remember(person).await;
                operators::sign_out_waiting(person).await;
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

/// A screen that stands before a session, or between two.
#[derive(Clone, Copy)]
pub(crate) enum Threshold {
    /// What an invited person is asked.
    Join,
    /// Those who take turns at this device.
    Lock,
    /// The choice of a PIN.
    ChoosePin(Session),
}

/// Draws it.
#[wasm_split(inside, fallible, preload(load_threshold))]
pub(crate) fn threshold(screen: Threshold) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Threshold::Join => view! { <JoinPage /> }.into_any(),
        Threshold::Lock => view! { <LockScreen /> }.into_any(),
        Threshold::ChoosePin(session) => view! { <ChoosePin session=session /> }.into_any(),
    })
}
