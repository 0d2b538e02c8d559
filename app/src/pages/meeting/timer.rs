//! The meeting's timer: how long this plan has been on the table.
//!
//! It counts the seconds of this page; nothing is kept of it.

use std::time::Duration;

use leptos::prelude::*;

use crate::components::{Button, Glyph, Look};
use crate::i18n::meeting as words;

/// The timer.
#[component]
pub(super) fn Timer() -> impl IntoView {
    let seconds = RwSignal::new(0_u32);
    let runs = RwSignal::new(true);
    let tick = move || {
        if runs.get_untracked() {
            seconds.update(|seconds| *seconds += 1);
        }
    };
    if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    let clock = move || {
        let seconds = seconds.get();
        format!("{:02}:{:02}", seconds / 60, seconds % 60)
    };
    let turn = Signal::derive(move || {
        if runs.get() {
            words::pause()
        } else {
            words::go_on()
        }
        .to_owned()
    });
    view! {
        <div class="meeting-timer">
            <span class="figure-large" role="timer" aria-label=words::timer()>{clock}</span>
            <div class="row">
                <Button
                    act="pause-timer"
                    label=turn
                    look=Look::Quiet
                    glyph=Glyph::Clock
                    on_press=move |()| runs.update(|runs| *runs = !*runs)
                />
                <Button
                    act="restart-timer"
                    label=words::again()
                    look=Look::Quiet
                    glyph=Glyph::Turning
                    picture_only=true
                    on_press=move |()| seconds.set(0)
                />
            </div>
        </div>
    }
}
