//! Baselines: which version of the plan was in force when, and what each changed.

use leptos::prelude::*;
use shared::baseline::Baseline;
use shared::id::PlanId;
use shared::world::Held;

use crate::components::{Badge, Panel, Tone};
use crate::i18n::{change, format, names, plan};
use crate::pages::plan::items::{ItemFacts, item_view};
use crate::pages::plan::rules_of;
use crate::session::Session;

/// The versions of a plan, newest first; nothing while there is only one.
#[component]
pub(super) fn Baselines(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    move || {
        let world = session.world();
        let Held::Present((found, document)) = world.plan(id) else {
            return ().into_any();
        };
        if document.baselines.len() < 2 {
            return ().into_any();
        }
        let organisation = world.organisation();
        let rules = rules_of(&world, found);
        let all: Vec<&Baseline> = document.baselines.values().collect();
        let line = |(at, baseline): (usize, &&Baseline)| {
            let next = all.get(at + 1);
            let span = match next {
                Some(next) => change::baseline_span(
                    &format::short_day(baseline.from),
                    &format::short_day(next.from),
                ),
                None => change::baseline_from(&format::short_day(baseline.from)),
            };
            let who = names::person_of(organisation, baseline.by.by);
            let when = format::time(baseline.by.times.recorded, organisation.utc_offset());
            let items = baseline
                .items
                .iter()
                .enumerate()
                .map(|(at, item)| {
                    let facts = ItemFacts::of(organisation, rules, item);
                    item_view(at + 1, facts, ().into_any())
                })
                .collect_view();
            let number = change::baseline_number(&baseline.number.to_string());
            let count = plan::items_count(&baseline.items.len().to_string());
            view! {
                <li data-baseline=baseline.number.to_string()>
                    <details>
                        <summary>
                            <span class="row">
                                <span class="strong">{number}</span>
                                <span>{span}</span>
                                {next.is_none().then(|| view! {
                                    <Badge words=change::in_force() tone=Tone::Good />
                                })}
                                <span class="faint">{plan::signed_line(&count, &who, &when)}</span>
                            </span>
                        </summary>
                        <ol class="stack">{items}</ol>
                    </details>
                </li>
            }
        };
        let lines = all.iter().enumerate().rev().map(line).collect_view();
        view! {
            <Panel title=change::baselines()>
                <ul class="list-plain stack" data-list="baselines">{lines}</ul>
            </Panel>
        }
        .into_any()
    }
}
