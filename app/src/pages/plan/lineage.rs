//! Where an item comes from, and what was drawn from it into plans of shorter periods: both ways,
//! with how far those have brought it.
//!
//! What a device does not hold it does not name; the item's own line says the kind all the same.

use leptos::prelude::*;
use shared::carry;
use shared::id::{ItemId, PlanId};
use shared::item::{Item, LineageKind};
use shared::report::Report;
use shared::rollup::{Drawn, Rolled};
use shared::world::World;

use super::newest_report;
use crate::components::{Badge, Glyph, Icon, Meter, Tone};
use crate::i18n::{change, common, names, plan};
use crate::route::Route;

/// Draws both; nothing where an item stands alone. `drawn` is found once for a page.
pub(crate) fn lineage(world: &World, drawn: &Drawn<'_>, item: &Item) -> AnyView {
    let rolled = drawn.rolled(item.plan, item);
    let source = source(world, item);
    if rolled.is_none() && source.is_none() {
        return ().into_any();
    }
    let rolled = rolled.map(|rolled| below(world, item, &rolled));
    view! { <div class="stack-tight lineage" data-part="lineage">{source}{rolled}</div> }.into_any()
}

/// The item that it continues, where its plan is held.
pub(crate) fn source(world: &World, item: &Item) -> Option<AnyView> {
    let lineage = item.lineage.as_ref()?;
    let document = world.document(lineage.plan)?;
    let (from, of) = (document.plan.as_ref()?, document.items.get(&lineage.item)?);
    let period = names::period_of(world.organisation(), from.period);
    let kind = match lineage.kind {
        LineageKind::Drawn => change::drawn(),
        _ => names::lineage(lineage),
    };
    let words = common::named(kind, &common::with_note(&of.title, &period));
    Some(
        view! {
            <a class="row lineage-line" href=Route::Plan(from.id).path() data-act="open-source">
                <Icon glyph=Glyph::Return />
                <span>{words}</span>
            </a>
        }
        .into_any(),
    )
}

/// How far the items drawn from it have brought it, and each of them to unfold.
fn below(world: &World, item: &Item, rolled: &Rolled) -> AnyView {
    let (done, all) = (rolled.done.to_string(), rolled.children.len().to_string());
    let percent = rolled.percent.to_string();
    let words = match rolled.quantity {
        Some(quantity) => {
            let reached = format!("{quantity}{}", item.target.measure);
            plan::rolled_quantity(&percent, &reached, &done, &all)
        }
        None => plan::rolled(&percent, &done, &all),
    };
    let state = if rolled.percent >= 100 {
        "full"
    } else {
        "under"
    };
    let children = rolled.children.iter();
    let children: Vec<AnyView> = children
        .filter_map(|(of, item)| child(world, *of, *item))
        .collect();
    view! {
        <details data-part="rolled" data-percent=percent>
            <summary>
                <Meter
                    label=plan::rolled_up()
                    percent=Signal::stored(u32::from(rolled.percent))
                    state=Signal::stored(state)
                    words=Signal::stored(words)
                />
            </summary>
            <ul class="list" data-list="drawn">{children}</ul>
        </details>
    }
    .into_any()
}

fn child(world: &World, of: PlanId, item: ItemId) -> Option<AnyView> {
    let document = world.document(of)?;
    let (found, item) = (document.plan.as_ref()?, document.items.get(&item)?);
    let organisation = world.organisation();
    let reports = document.reports.values();
    let own = reports.filter(|report: &&Report| report.item == item.id);
    let newest = newest_report(own).map(|(_, words)| words);
    let done = carry::finished(document, item.id).then(|| {
        view! { <Badge words=plan::done_here() tone=Tone::Good glyph=Glyph::Tick /> }
    });
    Some(
        view! {
            <li data-item=item.id.to_string()>
                <a class="list-line" href=Route::Plan(of).path() data-act="open-drawn">
                    <span class="stack-tight">
                        <span class="list-title">{item.title.clone()}</span>
                        <span class="list-more">
                            <span>{names::period_of(organisation, found.period)}</span>
                            <span>{names::plan_of(organisation, found)}</span>
                            {newest.map(|words| view! { <span>{words}</span> })}
                        </span>
                    </span>
                    <span class="list-end">{done}<Icon glyph=Glyph::Forward /></span>
                </a>
            </li>
        }
        .into_any(),
    )
}
