//! Where a period's plans stand, unit by unit.

use leptos::prelude::*;
use shared::id::{PeriodId, UnitId};
use shared::plan::{Plan, PlanState};
use shared::world::World;

use crate::components::Panel;
use crate::i18n::{names, period as words};
use crate::pages::organisation::picks;
use crate::pages::plans::state_badge;
use crate::route::Route;
use crate::session::Session;

/// The panel.
#[component]
pub(super) fn Sealing(id: PeriodId) -> impl IntoView {
    let session = Session::here();
    view! {
        <Panel title=words::standing()>
            {move || content(session, &session.world(), id)}
        </Panel>
    }
}

fn plans(world: &World, period: PeriodId) -> Vec<&Plan> {
    let plans = world
        .documents()
        .filter_map(|(_, document)| document.plan.as_ref());
    plans.filter(|plan| plan.period == period).collect()
}

fn content(session: Session, world: &World, period: PeriodId) -> AnyView {
    let organisation = world.organisation();
    let plans = plans(world, period);
    let units = picks::units(organisation, session.today());
    let units = units.into_iter().filter_map(|pick| {
        let unit: UnitId = pick.key.parse().ok()?;
        let here: Vec<&Plan> = plans
            .iter()
            .copied()
            .filter(|plan| plan.unit == unit)
            .collect();
        (!here.is_empty()).then_some((pick.label, here))
    });
    let lines: Vec<_> = units
        .map(|(name, here)| {
            let plans = here.into_iter().map(|plan| {
                view! {
                    <a class="row" href=Route::Plan(plan.id).path()>
                        {names::plan_of(organisation, plan)} {state_badge(plan.state)}
                    </a>
                }
            });
            view! {
                <li>
                    <div class="list-line">
                        <span class="list-title">{name}</span>
                        <span class="row">{plans.collect_view()}</span>
                    </div>
                </li>
            }
        })
        .collect();
    let sealed = plans
        .iter()
        .filter(|plan| plan.state == PlanState::Sealed)
        .count();
    let (done, all) = (sealed.to_string(), plans.len().to_string());
    view! {
        <p class="figure">{words::sealed_of(&done, &all)}</p>
        <ul class="list" data-list="standing">{lines}</ul>
    }
    .into_any()
}
