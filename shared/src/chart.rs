//! Charts: what a period looks like, counted from the rows that this side holds, and the geometry
//! of the pictures.
//!
//! Everything is counted and placed in whole numbers. A chart shows what its reader may see and
//! says how much of the whole that is; the words are the caller's.

pub mod draw;
pub mod late;
pub mod progress;
pub mod scale;
pub mod spread;

use crate::carry;
use crate::deadline;
use crate::id::{ItemId, PeriodId, UnitId};
use crate::item::Item;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::Period;
use crate::plan::Plan;
use crate::report::ReportKind;
use crate::score;
use crate::world::{PlanDocument, World};

/// The plans of a period that bind: approved, published or sealed.
fn binding(
    world: &World,
    period: PeriodId,
    unit: Option<UnitId>,
) -> impl Iterator<Item = (&Plan, &PlanDocument)> {
    let documents = world
        .documents()
        .filter_map(|(_, document)| Some((document.plan.as_ref()?, document)));
    documents.filter(move |(plan, _)| {
        plan.binds() && plan.period == period && unit.is_none_or(|unit| plan.unit == unit)
    })
}

/// The due day of an item that counts, after agreed changes and entitled absence.
fn due(
    organisation: &Organisation,
    period: &Period,
    plan: &Plan,
    document: &PlanDocument,
    item: &Item,
) -> Option<Day> {
    let due = score::due_in_force(document, item)?;
    Some(deadline::extended_due(
        organisation,
        plan,
        item,
        due,
        period.from,
    ))
}

/// The day on which an item was done; `None` while it is not.
///
/// It is the day of the earliest completion that stands, or of the publication where the judge
/// alone says that it was carried out.
pub fn done_on(organisation: &Organisation, document: &PlanDocument, item: ItemId) -> Option<Day> {
    if !carry::finished(document, item) {
        return None;
    }
    let completions = document.reports.values().filter(|report| {
        report.item == item && report.kind == ReportKind::Completion && report.stands()
    });
    let reported = completions.map(|report| report.happened).min();
    reported.or_else(|| {
        let published = document.result()?.times.recorded;
        Some(published.day(organisation.utc_offset()))
    })
}

/// The working days of a period by the calendar of a unit, of the company where none is asked for.
fn working_days(organisation: &Organisation, period: &Period, unit: Option<UnitId>) -> Vec<Day> {
    let root = organisation.company.as_ref().map(|company| company.root);
    let Some(unit) = unit.or(root) else {
        return Vec::new();
    };
    let days = organisation.work_days(unit);
    let all = period.from.iter_days().take_while(|day| *day <= period.to);
    all.filter(|day| days.is_working(*day)).collect()
}
