//! The pool 任务库: what a unit means to do in half a year or a year, from which the plans of its
//! months are drawn.
//!
//! A pool is nothing but the unit's plan of a longer period under a regime that judges nothing. An
//! item that is drawn stays in the pool: it may be drawn again, and the pool shows how often it was
//! and what became of it.

use std::collections::BTreeMap;

use crate::carry;
use crate::id::{ItemId, PlanId};
use crate::item::{Item, LineageKind};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::Period;
use crate::plan::{Plan, Scope};
use crate::quantity::Points;
use crate::rollup::Drawn;
use crate::world::World;

/// An item of a unit's pool.
#[derive(Debug, Clone)]
pub struct PoolItem<'w> {
    /// The item.
    pub item: &'w Item,
    /// The longer period for which it was planned.
    pub period: &'w Period,
    /// How many items were drawn from it, as far as this side holds them.
    pub drawn: u32,
    /// How many of those are finished.
    pub completed: u32,
    /// How far it is, in percent: by its newest report, or by what was drawn from it, whichever is
    /// further; none where there is neither.
    pub percent: Option<u8>,
}

/// Says whether a plan is a pool.
pub fn is_pool_plan(organisation: &Organisation, plan: &Plan) -> bool {
    let period = organisation.periods.get(&plan.period);
    let rules = period.and_then(|period| organisation.rules(period));
    plan.scope == Scope::Unit && rules.is_some_and(|rules| !rules.is_judged())
}

/// Lists what a plan may draw from: the items of the unit's pools, and those of the plans of longer
/// periods that bind; the shorter period first, then as people read them.
///
/// Who drafts the pool draws from it while it is a draft still; a judged plan promises nothing before
/// it is approved.
pub fn items<'w>(world: &'w World, target: &Plan, day: Day) -> Vec<PoolItem<'w>> {
    let organisation = world.organisation();
    let sources = world.documents().filter_map(|(_, document)| {
        let plan = document.plan.as_ref()?;
        let open = plan.binds() || is_pool_plan(organisation, plan);
        let may = || carry::may_continue(organisation, LineageKind::Drawn, plan, target, day);
        let period = organisation.periods.get(&plan.period)?;
        (open && may()).then_some((plan, period, document))
    });
    let sources: Vec<_> = sources.collect();
    if sources.is_empty() {
        // Most plans have nothing to draw from, and need not look for what was drawn.
        return Vec::new();
    }
    let drawn = drawn(world);
    let rolled = Drawn::of(world);
    let mut pool = Vec::new();
    for (plan, period, document) in sources {
        for item in document.items_in_order() {
            let (drawn, completed) = drawn.get(&(plan.id, item.id)).copied().unwrap_or_default();
            let reports = document.reports.values();
            let newest = reports
                .filter(|report| report.item == item.id && report.stands())
                .max_by_key(|report| (report.kind, report.times.recorded, report.id));
            let reported = newest.map(|report| report.percent);
            let below = rolled.rolled(plan.id, item).map(|below| below.percent);
            pool.push(PoolItem {
                item,
                period,
                drawn,
                completed,
                percent: reported.max(below),
            });
        }
    }
    pool.sort_by_key(|found| (found.period.to, found.period.id, found.item.position));
    pool
}

/// How many items were drawn from each, and how many of them are completed.
fn drawn(world: &World) -> BTreeMap<(PlanId, ItemId), (u32, u32)> {
    let mut drawn: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    for (_, document) in world.documents() {
        for item in document.items.values() {
            let lineage = item.lineage.as_ref();
            let Some(from) = lineage.filter(|lineage| lineage.kind == LineageKind::Drawn) else {
                continue;
            };
            let (times, done) = drawn.entry((from.plan, from.item)).or_default();
            *times += 1;
            *done += u32::from(carry::finished(document, item.id));
        }
    }
    drawn
}

/// Gives the item that is drawn from a pool's item into a plan of a shorter period.
///
/// It is due on the pool's day where that lies in the period, else on the period's last day; a
/// section that the plan's regime does not have becomes its first. Into a person's own plan it comes
/// as that person's. Columns kept beside stay with the pool, to which the lineage leads.
pub fn draw(from: &Item, into: &Plan, world: &World, id: ItemId, weight: Points) -> Option<Item> {
    let organisation = world.organisation();
    let period = organisation.periods.get(&into.period)?;
    let sections = organisation.rules(period)?.sections();
    let document = world.document(into.id)?;
    let last = document.items.values().map(|item| item.position).max();
    let within = |day: &Day| period.from <= *day && *day <= period.to;
    let mut known = sections.iter();
    let section = known
        .find(|section| section.key == from.section)
        .or_else(|| sections.first())?;
    let drawn = carry::continued(LineageKind::Drawn, from, (id, into.id), false);
    let own = (into.scope == Scope::Personal).then_some(into.owner);
    Some(Item {
        responsible: own.or(drawn.responsible),
        position: last.map_or(0, |last| last.saturating_add(1)),
        section: section.key.clone(),
        due: Some(from.due.filter(within).unwrap_or(period.to)),
        weight,
        extra: Vec::new(),
        ..drawn
    })
}
