//! What an administrator does before the first plan is handed in; it goes once that is done.

use leptos::prelude::*;
use shared::first_steps::{FirstStep, first_steps};

use crate::components::{Badge, Glyph, Panel, Tone};
use crate::i18n::joining as words;
use crate::route::Route;
use crate::session::Session;

/// The list, for administrators of a company that is not under way yet.
#[component]
pub(crate) fn FirstSteps() -> impl IntoView {
    let session = Session::here();
    let steps =
        Memo::new(move |_| first_steps(&session.world(), session.person(), session.today()));
    move || {
        let steps = steps.get()?;
        let next = steps.iter().position(|(_, done)| !done);
        let lines = steps
            .into_iter()
            .enumerate()
            .map(move |(place, (step, done))| {
                let state = match (done, Some(place) == next) {
                    (true, _) => "done",
                    (false, true) => "next",
                    (false, false) => "later",
                };
                line(step, state)
            });
        Some(view! {
            <Panel title=words::first_steps()>
                <ol class="list" data-list="first-steps">{lines.collect_view()}</ol>
            </Panel>
        })
    }
}

/// A step that is `done`, `next` or `later`.
fn line(step: FirstStep, state: &'static str) -> impl IntoView {
    let (key, title, more, route) = match step {
        FirstStep::Units => (
            "units",
            words::step_units(),
            words::step_units_words(),
            Route::Organisation,
        ),
        FirstStep::People => (
            "people",
            words::step_people(),
            words::step_people_words(),
            Route::Organisation,
        ),
        FirstStep::Heads => (
            "heads",
            words::step_heads(),
            words::step_heads_words(),
            Route::Organisation,
        ),
        FirstStep::Period => (
            "period",
            words::step_period(),
            words::step_period_words(),
            Route::Periods,
        ),
        FirstStep::Plan => (
            "plan",
            words::step_plan(),
            words::step_plan_words(),
            Route::Plans,
        ),
        FirstStep::Submission => (
            "submission",
            words::step_submission(),
            words::step_submission_words(),
            Route::Plans,
        ),
    };
    let next = state == "next";
    let end = if state == "done" {
        view! { <Badge words=words::step_done() tone=Tone::Good glyph=Glyph::Tick /> }.into_any()
    } else {
        let class = if next {
            "button button-primary"
        } else {
            "button"
        };
        view! {
            <a class=class href=route.path() data-act="go-to-step">{words::step_go()}</a>
        }
        .into_any()
    };
    view! {
        <li data-item=key data-state=state aria-current=next.then_some("step")>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{title}</span>
                    {next.then(|| view! { <span class="faint">{more}</span> })}
                </span>
                {end}
            </div>
        </li>
    }
}
