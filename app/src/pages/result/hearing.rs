//! Who decides about what is said against a result, until when, and whether that is over: for the person
//! and for those who decide, in the same words.

use leptos::prelude::*;
use shared::hearing::{self as rule, Open};
use shared::organisation::Organisation;
use shared::plan::Plan;
use shared::world::{PlanDocument, World};

use crate::i18n::{appeal as words, common, format, names};
use crate::pages::plan::rules_of;
use crate::session::Session;

/// The hearing of a plan's result that waits for its decision, as the rule says it. Observed.
pub(crate) fn open(world: &World, session: Session, of: (&Plan, &PlanDocument)) -> Option<Open> {
    let after = &rules_of(world, of.0)?.regime.after;
    rule::open(world.organisation(), after, of, session.now())
}

/// What is said of one that waits.
pub(crate) fn notes(organisation: &Organisation, open: &Open) -> Vec<String> {
    let people = open.hearers.iter();
    let people: Vec<String> = people
        .map(|person| names::person_of(organisation, *person))
        .collect();
    let who = if people.is_empty() {
        words::nobody().to_owned()
    } else {
        words::hearers(&people.join(common::between()))
    };
    let until = open.until.as_ref();
    let until = until.map(|until| words::decided_until(&format::short_day(until.day)));
    let late = open.overdue.then(|| words::overdue().to_owned());
    std::iter::once(who).chain(until).chain(late).collect()
}

/// The same below what is said against the result.
pub(super) fn waiting(notes: Vec<String>, overdue: bool) -> impl IntoView {
    let lines: Vec<_> = notes
        .into_iter()
        .map(|line| view! { <p class="faint">{line}</p> })
        .collect();
    view! {
        <div class="stack-tight" data-part="hearing" data-overdue=overdue.to_string()>{lines}</div>
    }
}
