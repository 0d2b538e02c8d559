//! Turning from plan to plan: by a swipe across the page, or by a key.
//!
//! A key pressed in a field, a list or a choice belongs to that field.

use leptos::ev;
use leptos::prelude::*;
use shared::id::PlanId;
use wasm_bindgen::JsCast as _;

use super::waiting;
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::Session;

/// How far a finger travels sideways before it turns the page, and how far it may stray, in pixels.
const SWIPE: (i32, i32) = (80, 60);

/// The plans of the meeting, and the way from one to another.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    plans: Memo<Vec<PlanId>>,
    navigation: Navigation,
}

impl Turn {
    fn at(self, id: PlanId, step: isize) -> Option<PlanId> {
        self.plans.with(|plans| {
            let here = plans.iter().position(|plan| *plan == id)?;
            plans.get(here.checked_add_signed(step)?).copied()
        })
    }

    /// The plan before one.
    pub(super) fn before(self, id: PlanId) -> Signal<Option<PlanId>> {
        Signal::derive(move || self.at(id, -1))
    }

    /// The plan after one.
    pub(super) fn after(self, id: PlanId) -> Signal<Option<PlanId>> {
        Signal::derive(move || self.at(id, 1))
    }

    /// Goes to a plan.
    pub(super) fn go(self, to: Option<PlanId>) {
        if let Some(to) = to {
            self.navigation.go(Route::Meeting(to));
        }
    }
}

/// The page that can be turned.
#[component]
pub(super) fn Turning(id: PlanId, children: Children) -> impl IntoView {
    let session = Session::here();
    let turn = Turn {
        plans: Memo::new(move |_| waiting(session, Some(id))),
        navigation: expect_context::<Navigation>(),
    };
    provide_context(turn);
    let step = move |step: isize| turn.go(untrack(|| turn.at(id, step)));
    let pressed = window_event_listener(ev::keydown, move |event| {
        if belongs_to_field(&event) {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" | "PageUp" => step(-1),
            "ArrowRight" | "PageDown" => step(1),
            _ => {}
        }
    });
    on_cleanup(move || pressed.remove());
    let touched_at = StoredValue::new(None::<(i32, i32)>);
    let begin = move |event: ev::PointerEvent| {
        let touched = event.pointer_type() == "touch" && event.is_primary();
        touched_at.set_value(touched.then(|| (event.client_x(), event.client_y())));
    };
    let end = move |event: ev::PointerEvent| {
        let Some((x, y)) = touched_at.get_value() else {
            return;
        };
        touched_at.set_value(None);
        let (across, down) = (event.client_x() - x, event.client_y() - y);
        if across.abs() >= SWIPE.0 && down.abs() <= SWIPE.1 {
            step(if across < 0 { 1 } else { -1 });
        }
    };
    view! {
        <div class="turning" on:pointerdown=begin on:pointerup=end>
            {children()}
        </div>
    }
}

fn belongs_to_field(event: &ev::KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
    let target = event.target();
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let field = element.and_then(|element| {
        element
            .closest("input, textarea, select, summary, dialog")
            .ok()?
    });
    modified || field.is_some()
}
