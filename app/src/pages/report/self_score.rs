//! The self score of one item, by the person who answers for it.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::ScoreItem;
use shared::id::{ItemId, PlanId};
use shared::score::propose;

use crate::components::Panel;
use crate::i18n::review;
use crate::pages::plan::regime_of;
use crate::pages::scoring::{ScoreForm, Scored};
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
        let regime = regime_of(&world, document.plan.as_ref()?)?.clone();
        let found = document.items.get(&item)?;
        let proposed = propose(world.organisation(), document, found, session.today());
        let proposed = proposed.and_then(|proposed| proposed.efficiency().map(str::to_owned));
        Some((regime, document.self_scores.get(&item).cloned(), proposed))
    });
    let score = move |(judgement, note): Scored| {
        session.send(Command::ScoreSelf(ScoreItem {
            plan,
            item,
            judgement,
            note,
        }));
    };
    view! {
        <Panel title=review::self_score()>
            {move || current.get().map(|(regime, current, proposed)| view! {
                <ScoreForm
                    group=format!("self-{item}")
                    regime=regime
                    current=current
                    proposed=proposed
                    on_score=score
                />
            })}
        </Panel>
    }
}
