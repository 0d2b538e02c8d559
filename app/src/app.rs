//! The door: who is here, signing in and first run, and what stands behind it.
//!
//! It is all that a first visit waits for; the session and its screens are a part of their own,
//! fetched meanwhile. The last person of this device goes on at once with what the device holds; the server is asked
//! afterwards. A phone has its navigation under the thumb, tablet and desk have it at the side; it
//! is one list in one place of the document, moved by the style.

use futures::FutureExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::PersonId;

use crate::api::{self, SignedIn};
use crate::device;
use crate::fetch::FetchError;
use crate::i18n::{self, Language};
use crate::inside::{self, SignOut, Threshold};
use crate::navigation::Navigation;
use crate::pages::gate::{FirstRun, SignIn, StorageFailed, Unreachable};
use crate::session::Session;
use crate::store::here;

/// Where an invitation leads; its code stands behind the `#`, which no server is sent.
const JOIN: &str = "/join";

/// Who is here.
#[derive(Clone, Copy)]
pub(crate) enum Presence {
    /// Not known yet.
    Opening,
    /// The server is empty.
    Empty,
    /// Nobody.
    Nobody,
    /// The server is out of reach, and nobody was here before.
    Unreachable,
    /// This device's storage does not open.
    NoStorage,
    /// What stands behind the door could not be fetched for this person.
    PartMissing(PersonId),
    /// Somebody with an invitation.
    Joining,
    /// Several people take turns at this device, and nobody is unlocked.
    Locked,
    /// This person, who needs a PIN on a shared device first.
    WithoutPin(Session),
    /// This person.
    Here(Session),
}

/// The language in which the page is drawn; changing it draws the page again.
#[derive(Clone, Copy)]
pub(crate) struct Reader(RwSignal<Language>);

impl Reader {
    /// Switches to the other language.
    pub(crate) fn switch(self) {
        let next = self.0.get_untracked().other();
        i18n::choose(next);
        device::choose_language(next);
        self.0.set(next);
    }
}

/// Lets a person in who has just signed in.
#[derive(Clone, Copy)]
pub(crate) struct Enter(RwSignal<Presence>);

impl Enter {
    /// Opens the person's session, or goes on with the one that is open.
    pub(crate) fn run(self, person: SignedIn) {
        api::note_entered(&person);
        open(self.0, person.person);
    }
}

/// Puts the app into the page.
pub(crate) fn mount() {
    use wasm_bindgen::JsCast as _;
    let language = device::language();
    i18n::choose(language);
    device::choose_language(language);
    if let Some(place) = document().get_element_by_id("app") {
        place.set_inner_html("");
        leptos::mount::mount_to(
            place.unchecked_into(),
            move || view! { <App language=language /> },
        )
        .forget();
    }
}

#[component]
fn App(language: Language) -> impl IntoView {
    let reader = Reader(RwSignal::new(language));
    let presence = RwSignal::new(Presence::Opening);
    provide_context(reader);
    let navigation = Navigation::follow();
    provide_context(navigation);
    provide_context(Enter(presence));
    provide_context(SignOut::new(presence, navigation));
    begin(presence);
    spawn_local(async {
        // While the first screen is read, the rest comes; what fails is fetched when it is needed.
        let _ = inside::fetch().await;
    });
    move || {
        reader.0.track();
        match presence.get() {
            Presence::Opening => ().into_any(),
            Presence::Empty => view! { <FirstRun /> }.into_any(),
            Presence::Nobody => view! { <SignIn /> }.into_any(),
            Presence::Unreachable => {
                view! { <Unreachable on_retry=move |()| begin(presence) /> }.into_any()
            }
            Presence::NoStorage => view! { <StorageFailed /> }.into_any(),
            Presence::PartMissing(person) => {
                view! { <Unreachable on_retry=move |()| open(presence, person) /> }.into_any()
            }
            // Whoever is here came in through the part: it is there.
            Presence::Here(session) => drawn(inside::shell(session).now_or_never()),
            Presence::WithoutPin(session) => {
                drawn(inside::threshold(Threshold::ChoosePin(session)).now_or_never())
            }
            Presence::Joining => drawn(inside::threshold(Threshold::Join).now_or_never()),
            Presence::Locked => drawn(inside::threshold(Threshold::Lock).now_or_never()),
        }
    }
}

/// What a part drew, which is here.
fn drawn<E>(drawn: Option<Result<AnyView, E>>) -> AnyView {
    let drawn = drawn.and_then(Result::ok);
    drawn.unwrap_or_else(|| ().into_any())
}

/// Shows a screen of the part that needs no session, once the part is there.
fn show(presence: RwSignal<Presence>, screen: Presence) {
    spawn_local(async move {
        let fetched = inside::fetch().await;
        presence.set(fetched.map_or(Presence::Unreachable, |()| screen));
    });
}

/// Finds out who is here: somebody with an invitation, those who take turns at this device, the
/// last person of this device, or whoever the server knows.
fn begin(presence: RwSignal<Presence>) {
    if window()
        .location()
        .pathname()
        .is_ok_and(|path| path == JOIN)
    {
        return show(presence, Presence::Joining);
    }
    if device::lock_minutes().is_some() && device::has_operators() {
        return show(presence, Presence::Locked);
    }
    if let Some(person) = device::last_person() {
        open(presence, person);
        return;
    }
    spawn_local(async move {
        if let Some(person) = here::last().await {
            return open(presence, person);
        }
        let next = match api::is_installed().await {
            Ok(false) => Presence::Empty,
            Ok(true) => match api::signed_in().await {
                Ok(person) => return open(presence, person.person),
                Err(FetchError::Told(_)) => Presence::Nobody,
                Err(_) => Presence::Unreachable,
            },
            Err(_) => Presence::Unreachable,
        };
        presence.set(next);
    });
}

/// Opens the person's session, or goes on with the one that is open, once the part is there.
fn open(presence: RwSignal<Presence>, person: PersonId) {
    // Signals of a session belong to the app, not to the screen on which it happened to open.
    let owner = Owner::current()
        .and_then(|owner| owner.parent())
        .or_else(Owner::current);
    spawn_local(async move {
        // Each cut function is there on its own account: the one that draws must be there first.
        let entered = match inside::fetch().await {
            Ok(()) => inside::enter(presence, owner, person).await,
            missing => missing,
        };
        if entered.is_err() {
            presence.set(Presence::PartMissing(person));
        }
    });
}
