//! The orders in which people read lists, each written once.

use leptos::prelude::*;
use shared::evidence::Evidence;
use shared::id::{ItemId, PlanId};
use shared::organisation::Organisation;
use shared::period::Period;
use shared::report::Report;
use shared::world::PlanDocument;

use crate::components::Pick;
use crate::session::Session;

/// Periods, the newest first.
pub(crate) fn periods(organisation: &Organisation) -> Vec<&Period> {
    let mut periods: Vec<&Period> = organisation.periods.values().collect();
    periods.sort_unstable_by_key(|period| std::cmp::Reverse((period.from, period.id)));
    periods
}

/// The items of a plan in its order; it tells when one comes, goes or moves.
pub(crate) fn item_ids(session: Session, plan: PlanId) -> Memo<Vec<ItemId>> {
    Memo::new(move |_| {
        let world = session.world();
        let items = world.document(plan).map(PlanDocument::items_in_order);
        let items = items.unwrap_or_default();
        items.into_iter().map(|item| item.id).collect()
    })
}

/// Reports on an item, the newest first.
pub(crate) fn reports(document: &PlanDocument, item: ItemId) -> Vec<&Report> {
    let reports = document.reports.values();
    let mut reports: Vec<&Report> = reports.filter(|report| report.item == item).collect();
    reports.sort_unstable_by_key(|report| std::cmp::Reverse((report.times.recorded, report.id)));
    reports
}

/// Evidence on an item, the newest first, and what was withdrawn last of all.
pub(crate) fn evidence(document: &PlanDocument, item: ItemId) -> Vec<Evidence> {
    let evidence = document.evidence.values().filter(|one| one.item == item);
    let mut evidence: Vec<Evidence> = evidence.cloned().collect();
    evidence.sort_unstable_by_key(|one| {
        let newest = std::cmp::Reverse(one.times.recorded);
        (one.withdrawn.is_some(), newest, one.id)
    });
    evidence
}

/// Things to choose from, by their words.
pub(crate) fn picks(mut picks: Vec<Pick>) -> Vec<Pick> {
    picks.sort_unstable_by(|a, b| a.label.cmp(&b.label));
    picks
}
