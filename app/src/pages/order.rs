//! The orders in which people read lists, each written once.

use shared::id::ItemId;
use shared::organisation::Organisation;
use shared::period::Period;
use shared::report::Report;
use shared::world::PlanDocument;

use crate::components::Pick;

/// Periods, the newest first.
pub(crate) fn periods(organisation: &Organisation) -> Vec<&Period> {
    let mut periods: Vec<&Period> = organisation.periods.values().collect();
    periods.sort_unstable_by_key(|period| std::cmp::Reverse((period.from, period.id)));
    periods
}

/// Reports on an item, the newest first.
pub(crate) fn reports(document: &PlanDocument, item: ItemId) -> Vec<&Report> {
    let reports = document.reports.values();
    let mut reports: Vec<&Report> = reports.filter(|report| report.item == item).collect();
    reports.sort_unstable_by_key(|report| std::cmp::Reverse((report.times.recorded, report.id)));
    reports
}

/// Things to choose from, by their words.
pub(crate) fn picks(mut picks: Vec<Pick>) -> Vec<Pick> {
    picks.sort_unstable_by(|a, b| a.label.cmp(&b.label));
    picks
}
