//! The lock screen of a shared device: a tile for each person, and behind it the PIN.
//!
//! Unlocking needs no network. What waits to be sent is said for each, and is sent once its author
//! is unlocked again.

use leptos::prelude::*;
use shared::operator::{self, Locked, Operator};

use crate::api::{self, SignedIn};
use crate::app::Enter;
use crate::components::{Badge, Banner, Button, Field, FieldKind, Glyph, Look, Person, Tone};
use crate::i18n::{joining as words, names, session as session_words};
use crate::inside::SignOut;
use crate::operators;
use crate::pages::gate::{Gate, SignInForm};
use crate::session::Session;

/// What the screen shows.
#[derive(Clone, PartialEq)]
enum Shown {
    Tiles,
    Pin(Box<Operator>),
    Password(String),
}

/// The screen.
#[component]
pub(crate) fn LockScreen() -> impl IntoView {
    let shown = RwSignal::new(Shown::Tiles);
    let back = move || {
        view! {
            <Button
                act="show-operators"
                label=words::not_me()
                look=Look::Quiet
                glyph=Glyph::Back
                on_press=move |()| shown.set(Shown::Tiles)
            />
        }
    };
    move || match shown.get() {
        Shown::Tiles => view! {
            <Gate title=words::who() lead=words::who_words()>
                <div class="panel" data-page="lock">
                    <ul class="operators" data-list="operators">{tiles(shown)}</ul>
                    <Button
                        act="sign-in-other"
                        label=words::somebody_else()
                        on_press=move |()| shown.set(Shown::Password(String::new()))
                    />
                </div>
            </Gate>
        }
        .into_any(),
        Shown::Pin(operator) => view! {
            <Gate title=words::who() lead="">
                <div class="panel" data-page="lock">
                    <PinForm operator=*operator shown=shown />
                    {back()}
                </div>
            </Gate>
        }
        .into_any(),
        Shown::Password(login) => {
            let needed = (!login.is_empty()).then(|| {
                view! { <Banner state="warn" words=words::password_needed() /> }
            });
            view! {
                <Gate title=session_words::sign_in() lead=session_words::sign_in_words()>
                    <div class="panel" data-page="lock">
                        {needed}
                        <SignInForm login=login />
                        {back()}
                    </div>
                </Gate>
            }
            .into_any()
        }
    }
}

fn tiles(shown: RwSignal<Shown>) -> impl IntoView {
    let now = operators::now();
    let tile = move |operator: Operator| {
        let waits = (operator.unsent > 0).then(|| {
            let words = words::waits(&operator.unsent.to_string());
            view! { <Badge words=words tone=Tone::Warn glyph=Glyph::Cloud /> }
        });
        let (key, name) = (operator.person.to_string(), operator.name.clone());
        let choose = move |_| {
            shown.set(if operator.needs_password(now) {
                Shown::Password(operator.login.clone())
            } else {
                Shown::Pin(Box::new(operator.clone()))
            });
        };
        view! {
            <li data-item=key>
                <button class="operator" type="button" data-act="choose-operator" on:click=choose>
                    <Person name=name />
                    {waits}
                </button>
            </li>
        }
    };
    operators::all().into_iter().map(tile).collect_view()
}

#[component]
fn PinForm(operator: Operator, shown: RwSignal<Shown>) -> impl IntoView {
    let enter = expect_context::<Enter>();
    let pin = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let label = words::pin_of(&operator.name);
    let person = operator.person;
    let unlock = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // What is kept may have changed since the tile was drawn, in another tab.
        let Some(mut operator) = operators::of(person) else {
            return shown.set(Shown::Tiles);
        };
        let tried = operator.unlock(pin.get_untracked().trim(), operators::now());
        let who = SignedIn {
            person,
            name: operator.name.clone(),
            login: operator.login.clone(),
        };
        operators::keep(operator);
        pin.set(String::new());
        match tried {
            Ok(()) => enter.run(who),
            Err(Locked::WrongPin(left)) => error.set(Some(words::wrong_pin(&left.to_string()))),
            Err(Locked::PasswordNeeded) => shown.set(Shown::Password(who.login)),
        }
    };
    let node = NodeRef::<leptos::html::Form>::new();
    Effect::new(move |_| focus_first(node));
    view! {
        <form class="stack" data-part="unlock" on:submit=unlock node_ref=node>
            <Field name="pin" label=label value=pin kind=FieldKind::Pin error=error />
            <Button act="unlock" label=words::unlock() look=Look::Primary glyph=Glyph::Lock />
        </form>
    }
}

/// The keypad stands as soon as the tile is tapped.
fn focus_first(node: NodeRef<leptos::html::Form>) {
    use wasm_bindgen::JsCast as _;
    let input = node
        .get()
        .and_then(|form| form.query_selector("input").ok().flatten());
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = input.focus();
    }
}

/// The choice of a PIN, before somebody goes on at a shared device.
#[component]
pub(crate) fn ChoosePin(session: Session) -> impl IntoView {
    let sign_out = expect_context::<SignOut>();
    let full = !operators::has_room(session.person());
    view! {
        <Gate title=words::choose_pin() lead=words::choose_pin_words()>
            <div class="panel" data-page="choose-pin">
                {if full {
                    view! { <Banner state="bad" words=words::full() /> }.into_any()
                } else {
                    let done = move |()| sign_out.redraw(session);
                    view! { <NewPin session=session label=words::save_pin() on_done=done /> }
                        .into_any()
                }}
                <Button
                    act="sign-out"
                    label=session_words::sign_out()
                    look=Look::Quiet
                    on_press=move |()| sign_out.run(session)
                />
            </div>
        </Gate>
    }
}

/// A form that keeps the person behind a new PIN.
#[component]
pub(crate) fn NewPin(
    /// Whose PIN.
    session: Session,
    /// The words on its button.
    label: &'static str,
    /// What follows.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let pin = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let chosen = pin.get_untracked();
        if !operator::is_fit(chosen.trim()) {
            return error.set(Some(words::pin_unfit().to_owned()));
        }
        let person = session.person();
        let world = session.world_untracked();
        let named = names::person_of(world.organisation(), person);
        let before = operators::of(person).map(|before| (before.name, before.login));
        let (mut name, login) = api::entered(person).or(before).unwrap_or_default();
        if !named.is_empty() {
            name = named;
        }
        if operators::keep_behind(person, name, login, chosen.trim()) {
            pin.set(String::new());
            error.set(None);
            on_done.run(());
        } else {
            error.set(Some(words::pin_not_kept().to_owned()));
        }
    };
    view! {
        <form class="stack" data-part="new-pin" on:submit=save>
            <Field
                name="pin"
                label=words::pin()
                value=pin
                kind=FieldKind::Pin
                hint=Some(words::pin_hint().to_owned())
                error=error
            />
            <Button act="save-pin" label=label look=Look::Primary glyph=Glyph::Lock />
        </form>
    }
}
