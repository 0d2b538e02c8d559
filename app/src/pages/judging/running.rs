//! The running total: what the scores given so far amount to, and the coefficient it would give.
//!
//! The arithmetic is the one that publishes, so the last figure before signing is the result.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::quantity::Points;
use shared::result;
use shared::world::World;

use crate::components::{Explain, ExplainNode, Panel};
use crate::i18n::review;
use crate::pages::derivation::explained;
use crate::pages::tape;
use crate::session::Session;

/// The figures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sums {
    /// The total of what is judged.
    pub(crate) total: String,
    /// The coefficient that it would give; a dash while nothing can be computed.
    pub(crate) coefficient: String,
    /// How many items are judged, in words.
    pub(crate) done: String,
    /// How the figures come about.
    pub(crate) explained: Option<ExplainNode>,
}

impl Sums {
    /// Adds up what this person has judged of a plan.
    pub(crate) fn of(world: &World, session: Session, id: PlanId) -> Option<Self> {
        let running = result::running(world, id, session.person(), session.today()).ok()?;
        let organisation = world.organisation();
        let found = world.document(id)?.plan.as_ref()?;
        let period = organisation.periods.get(&found.period)?;
        let regime = organisation.regimes.get(&period.regime)?.regime();
        let computed = running.computed.as_ref();
        let total = computed.map_or(Points(0), |computed| computed.total);
        let coefficient = computed.map(|computed| computed.coefficient.to_string());
        let coefficient = coefficient.unwrap_or_else(|| "–".to_owned());
        let explained = match (&running.three, computed) {
            (Some(three), _) => {
                // What is judged stands beside it.
                let judged = tape::Judged::new();
                Some(tape::explained(regime, three, &coefficient, &judged))
            }
            (None, Some(computed)) => {
                let steps = &computed.derivation;
                Some(explained(regime, &running.inputs, steps, &coefficient))
            }
            (None, None) => None,
        };
        Some(Self {
            total: total.to_string(),
            done: review::items_judged(&running.judged.to_string(), &running.all.to_string()),
            explained,
            coefficient,
        })
    }
}

/// The total of what is judged so far, and the coefficient it would give.
#[component]
pub(crate) fn Running(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let sums = Memo::new(move |_| Sums::of(&session.world(), session, id));
    move || {
        sums.get().map(|sums| view! {
            <Panel title=review::running_total()>
                <p class="figure-large" data-field="running-total">{sums.total}</p>
                <p class="list-more">
                    <span>{sums.done}</span>
                    <span>{review::coefficient()}" "{sums.coefficient}</span>
                </p>
                {sums.explained.map(|root| view! {
                    <details><summary>{review::derivation()}</summary><Explain root=root /></details>
                })}
            </Panel>
        })
    }
}
