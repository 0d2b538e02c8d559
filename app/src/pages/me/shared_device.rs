//! Whether several people take turns at this device, one's PIN, and when it locks.

use leptos::prelude::*;

use crate::components::{Button, Choice, Look, Panel, Pick};
use crate::device::{self, LOCK_MINUTES};
use crate::glance;
use crate::i18n::joining as words;
use crate::inside::SignOut;
use crate::operators;
use crate::pages::lock::NewPin;
use crate::session::Session;

/// The panel.
#[component]
pub(super) fn SharedDevice() -> impl IntoView {
    let session = Session::here();
    let sign_out = expect_context::<SignOut>();
    let minutes = device::lock_minutes();
    let share = move |()| {
        device::choose_lock_minutes(Some(LOCK_MINUTES));
        glance::forget();
        sign_out.redraw(session);
    };
    let content = match minutes {
        None if operators::of(session.person()).is_none() => {
            view! { <NewPin session=session label=words::make_shared() on_done=share /> }.into_any()
        }
        None => view! {
            <Button act="make-shared" label=words::make_shared() on_press=share />
        }
        .into_any(),
        Some(minutes) => shared(session, sign_out, minutes).into_any(),
    };
    view! {
        <Panel title=words::shared_device()>
            <p class="faint">{words::shared_words()}</p>
            {content}
        </Panel>
    }
}

fn shared(session: Session, sign_out: SignOut, minutes: u32) -> impl IntoView {
    let picks = vec![
        Pick::new("1", words::minutes_1()),
        Pick::new("5", words::minutes_5()),
        Pick::new("15", words::minutes_15()),
        Pick::new("30", words::minutes_30()),
    ];
    let choose = move |key: String| {
        device::choose_lock_minutes(Some(key.parse().unwrap_or(LOCK_MINUTES)));
        sign_out.redraw(session);
    };
    let own = move |()| {
        device::choose_lock_minutes(None);
        sign_out.redraw(session);
    };
    view! {
        <Choice
            name="lock-minutes"
            label=words::locks_after()
            picks=picks
            value=Signal::stored(minutes.to_string())
            on_choose=choose
        />
        <NewPin
            session=session
            label=words::choose_pin()
            on_done=move |()| session.say(words::pin_saved())
        />
        <div class="row">
            <Button
                act="switch-operator"
                label=words::switch_operator()
                on_press=move |()| sign_out.lock(session)
            />
            <Button act="make-own" label=words::make_own() look=Look::Quiet on_press=own />
        </div>
    }
}
