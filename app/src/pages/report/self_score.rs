//! The self score of one item, by the person who answers for it.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ItemId, PlanId};

use crate::components::Panel;
use crate::i18n::review;
use crate::pages::plan::rules_of;
use crate::pages::scoring::{Echo, ScoreForm, Scored, proposal};
use crate::session::Session;

/// The form, once there is something to score.
#[component]
pub(super) fn SelfScore(
    /// The plan.
    plan: PlanId,
    /// The item.
    item: ItemId,
) -> impl IntoView {
    let session = Session::here();
    let current = Memo::new(move |_| {
        let world = session.world();
        let document = world.document(plan)?;
        let rules = rules_of(&world, document.plan.as_ref()?)?;
        let found = document.items.get(&item)?;
        let proposed = proposal(world.organisation(), document, found, session.today());
        let current = document.self_scores.get(&item).cloned();
        Some((
            rules.method(found).cloned(),
            rules.full(found),
            current,
            proposed,
        ))
    });
    let echo = Echo::new();
    let drawn = echo.drawn(current, |(_, _, score, _)| score);
    let score = move |scored: Scored| {
        echo.says(&scored);
        scored.keep(session, (plan, item), Command::ScoreSelf);
    };
    view! {
        <Panel title=review::self_score()>
            {move || drawn.get().map(|(method, weight, current, proposed)| view! {
                <ScoreForm
                    group=format!("self-{item}")
                    method=method
                    weight=weight
                    current=current
                    proposed=proposed
                    on_score=score
                />
            })}
        </Panel>
    }
}
