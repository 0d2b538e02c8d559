//! Rules of continued items: where they may come from, and what becomes of them when their source
//! is finished.
//!
//! While the source runs, the carried item is provisional; settling drops it or makes it final.

use std::collections::BTreeMap;

use crate::carry;
use crate::change::Change;
use crate::command::plan::SettleCarried;
use crate::id::ItemId;
use crate::item::{Item, Lineage, LineageKind};
use crate::organisation::Office;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::world::{Case, Held, PlanDocument, Stop};

use super::change::{next_baseline, replaced};
use super::{allow, in_state, malformed};

/// The item as it is placed in a plan: one that continues another is checked against its source.
///
/// Whether it is provisional is seen here: the source may have been published since the screen was
/// drawn.
pub(super) fn placed(
    case: &Case<'_>,
    plan: &Plan,
    document: &PlanDocument,
    item: &Item,
) -> Result<Item, Stop> {
    let mut item = item.clone();
    let Some(given) = &mut item.lineage else {
        return Ok(item);
    };
    let (source, of) = case.plan(given.plan)?;
    let continued = case.item(of, given.item)?;
    let organisation = case.organisation();
    let today = case.today();
    if !carry::may_continue(organisation, given.kind, source, plan, today) {
        return Err(Refusal::NotASource { plan: given.plan }.into());
    }
    match given.kind {
        LineageKind::HandedOver => allow(
            organisation.is_head(case.actor, source.unit, today)
                || organisation.holds(case.actor, Office::PlanOffice, today),
        )?,
        LineageKind::Mirrored => {
            let help = of.helps.get(&(continued.id, plan.unit));
            if !help.is_some_and(|help| help.agreed) {
                return Err(Refusal::NotASource { plan: given.plan }.into());
            }
        }
        LineageKind::CarriedOver | LineageKind::Drawn => {}
    }
    let provisional = match given.kind {
        LineageKind::CarriedOver | LineageKind::HandedOver => carry::runs(source),
        LineageKind::Drawn | LineageKind::Mirrored => false,
    };
    let expected = carry::lineage(given.kind, continued, provisional);
    given.provisional = provisional;
    if *given != expected {
        return Err(malformed("item.lineage"));
    }
    case.work(of.reports.len())?;
    if given.kind != LineageKind::Mirrored && carry::finished(of, continued.id) {
        return Err(Refusal::CarriedFinished {
            items: vec![item.id],
        }
        .into());
    }
    not_yet(document, &item)?;
    Ok(item)
}

/// Refuses an item that continues what another item of the plan continues already.
pub(super) fn not_yet(document: &PlanDocument, item: &Item) -> Result<(), Stop> {
    let lineage = item.lineage.as_ref();
    let other = lineage.and_then(|from| carry::continues(document, from.plan, from.item));
    match other.filter(|other| other.id != item.id) {
        Some(other) => Err(Refusal::AlreadyCarried { item: other.id }.into()),
        None => Ok(()),
    }
}

/// Refuses a plan that still promises what its source finished or gave up.
pub(super) fn none_finished(case: &Case<'_>, document: &PlanDocument) -> Result<(), Stop> {
    let mut items = Vec::new();
    for item in document.items.values() {
        let Some(from) = item.lineage.as_ref().filter(|from| from.provisional) else {
            continue;
        };
        match case.world.plan(from.plan) {
            Held::NotHeld => return Err(Stop::NotHeld),
            Held::Present((_, of)) if !over(case, of, from)? => {}
            Held::Present(_) | Held::Absent => items.push(item.id),
        }
    }
    if items.is_empty() {
        Ok(())
    } else {
        Err(Refusal::CarriedFinished { items }.into())
    }
}

/// Says whether a source is finished or given up.
fn over(case: &Case<'_>, of: &PlanDocument, from: &Lineage) -> Result<bool, Stop> {
    case.work(1 + of.reports.len())?;
    Ok(!of.items.contains_key(&from.item) || carry::finished(of, from.item))
}

pub(super) fn settle(case: &Case<'_>, args: &SettleCarried) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_draft(
        organisation,
        case.actor,
        plan.unit,
        plan.scope,
        plan.owner,
        today,
    ))?;
    let states = [PlanState::Draft, PlanState::Returned, PlanState::Approved];
    in_state(plan, &states)?;
    let (source, of) = case.plan(args.from)?;
    let mut after: BTreeMap<ItemId, Item> = BTreeMap::clone(&document.items);
    for item in document.items.values() {
        let from = item.lineage.as_ref().filter(|from| from.provisional);
        let Some(from) = from.filter(|from| from.plan == args.from) else {
            continue;
        };
        if over(case, of, from)? {
            after.remove(&item.id);
        } else if !carry::runs(source) {
            let lineage = Lineage {
                provisional: false,
                ..from.clone()
            };
            let lineage = Some(lineage);
            after.insert(
                item.id,
                Item {
                    lineage,
                    ..item.clone()
                },
            );
        }
    }
    let mut changes = replaced(case, document, &after)?;
    if !changes.is_empty() && plan.state == PlanState::Approved {
        // What dropped out leaves a gap in the weights, which a change request closes.
        changes.extend(next_baseline(case, plan, document, &after, Vec::new()));
    }
    Ok(changes)
}
