//! Roll-up: how far an item is, by what was drawn from it into plans of shorter periods.
//!
//! What the week's items reached is added up for the month's, and the month's for the year's, along
//! the lineage of drawn items; one that was carried over into the next week is the same piece of
//! work. An item's own reports stand beside it and are never mixed in.

use std::collections::BTreeMap;

use crate::carry;
use crate::id::{ItemId, PlanId};
use crate::item::{Item, LineageKind, Target, TargetKind};
use crate::quantity::Quantity;
use crate::report::{Report, ReportKind};
use crate::today;
use crate::world::{PlanDocument, World};

/// The deepest chain of drawn items that is followed: year, half-year, quarter, month, week, day.
const DEEPEST: usize = 6;

/// The most times that one piece of work is followed from plan to plan.
const MOST_ROLLED: usize = 60;

/// How far an item is, by the items that were drawn from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rolled {
    /// The items that were drawn from it: their plans and their ids, in order of the plans.
    pub children: Vec<(PlanId, ItemId)>,
    /// How many of them are finished.
    pub done: usize,
    /// What they reached in all, where all of them count the same thing as it does.
    pub quantity: Option<Quantity>,
    /// How far it is, in whole percent from 0 to 100.
    pub percent: u8,
}

/// One event, in ten-thousandths.
const ONE: i64 = 10_000;

/// An item with its document.
type Place<'w> = (&'w PlanDocument, &'w Item);

/// The drawn items of a world, found once: from which item, and which; and what goes on where.
#[derive(Debug, Clone, Default)]
pub struct Drawn<'w> {
    from: BTreeMap<(PlanId, ItemId), Vec<Place<'w>>>,
    goes_on: BTreeMap<(PlanId, ItemId), Place<'w>>,
}

/// What one drawn item adds.
struct Share {
    weight: i64,
    percent: u8,
    quantity: Option<i64>,
    finished: bool,
}

impl<'w> Drawn<'w> {
    /// Finds them in what this side holds.
    pub fn of(world: &'w World) -> Self {
        let mut found = Self::default();
        for (_, document) in world.documents() {
            for item in document.items.values() {
                let Some(lineage) = &item.lineage else {
                    continue;
                };
                let (source, place) = ((lineage.plan, lineage.item), (document, item));
                match lineage.kind {
                    LineageKind::Drawn => found.from.entry(source).or_default().push(place),
                    LineageKind::CarriedOver | LineageKind::HandedOver => {
                        found.goes_on.insert(source, place);
                    }
                    LineageKind::Mirrored => {}
                }
            }
        }
        found
    }

    /// A drawn item and every item by which it went on, in order.
    fn line(&self, drawn: Place<'w>) -> impl Iterator<Item = Place<'w>> {
        let next = |(_, item): &Place<'w>| self.goes_on.get(&(item.plan, item.id)).copied();
        std::iter::successors(Some(drawn), next).take(MOST_ROLLED)
    }

    /// Rolls up an item; `None` where nothing was drawn from it.
    ///
    /// Quantities add up to a share of the target; without one it is the mean of the parts, weighed
    /// by their weights, each alike where none has one.
    pub fn rolled(&self, plan: PlanId, item: &Item) -> Option<Rolled> {
        self.roll(plan, item, DEEPEST)
    }

    fn roll(&self, plan: PlanId, item: &Item, left: usize) -> Option<Rolled> {
        let left = left.checked_sub(1)?;
        let children = self.from.get(&(plan, item.id))?;
        let one = |(document, child): Place<'w>| {
            let below = self.roll(child.plan, child, left);
            share(item, child, document, below.as_ref())
        };
        // Of one piece of work the last plan says how far it is; what was reached adds up.
        let line = |drawn: &Place<'w>| {
            let shares = self.line(*drawn).map(one);
            shares.reduce(|before, last| Share {
                quantity: before
                    .quantity
                    .zip(last.quantity)
                    .map(|(one, other)| one.saturating_add(other)),
                ..last
            })
        };
        let shares: Vec<Share> = children.iter().filter_map(line).collect();
        let quantities = shares.iter().map(|share| share.quantity);
        let sum = |sum: i64, one: Option<i64>| one.map(|one| sum.saturating_add(one));
        let quantity = quantities.into_iter().try_fold(0, sum);
        let quantity = quantity.map(Quantity);
        let by_quantity = quantity.and_then(|reached| today::percent(item, reached));
        Some(Rolled {
            children: children
                .iter()
                .map(|(_, child)| (child.plan, child.id))
                .collect(),
            done: shares.iter().filter(|share| share.finished).count(),
            quantity,
            percent: by_quantity.unwrap_or_else(|| mean(&shares)),
        })
    }
}

/// The mean of some shares by their weights, each alike where none has one.
fn mean(shares: &[Share]) -> u8 {
    let unweighed = shares.iter().all(|share| share.weight == 0);
    let weight = |share: &Share| i128::from(if unweighed { 1 } else { share.weight });
    let parts = shares
        .iter()
        .map(|share| weight(share) * i128::from(share.percent));
    let all: i128 = shares.iter().map(weight).sum();
    u8::try_from(parts.sum::<i128>() / all.max(1)).unwrap_or(100)
}

/// What a drawn item adds to the one that it was drawn from.
///
/// Where something was drawn from it in turn, what lies below counts; else its own reports do.
fn share(item: &Item, child: &Item, document: &PlanDocument, below: Option<&Rolled>) -> Share {
    let finished = carry::finished(document, child.id);
    let same = adds_up(&item.target)
        && adds_up(&child.target)
        && item.target.measure.trim() == child.target.measure.trim();
    let own = || Some(reached(document, child));
    let quantity = below.map_or_else(own, |below| below.quantity.map(|quantity| quantity.0));
    let percent = || newest(document, child.id).map_or(0, |report| report.percent.min(100));
    Share {
        weight: child.weight.0.max(0),
        percent: match below {
            _ if finished => 100,
            Some(below) => below.percent,
            None => percent(),
        },
        quantity: quantity.filter(|_| same),
        finished,
    }
}

/// What was reported of an item in its own unit of measure: of what recurs each report is one event
/// unless it says how many, of anything else the newest says how much it is by then.
fn reached(document: &PlanDocument, item: &Item) -> i64 {
    let recurs = matches!(
        item.target.kind,
        TargetKind::PerDay | TargetKind::PerWeek | TargetKind::PerMonth
    );
    if !recurs {
        let newest = newest(document, item.id).and_then(|report| report.quantity);
        return newest.map_or(0, |quantity| quantity.0);
    }
    let reports = document.reports.values();
    let of = reports.filter(|report| report.item == item.id && report.stands());
    let events = of.map(|report| report.quantity.map_or(ONE, |quantity| quantity.0));
    events.fold(0, i64::saturating_add)
}

/// Rolls up one item of what this side holds; `None` where nothing was drawn from it.
pub fn of(world: &World, plan: PlanId, item: &Item) -> Option<Rolled> {
    Drawn::of(world).rolled(plan, item)
}

/// The newest report on an item that stands; a completion is newer than any progress.
fn newest(document: &PlanDocument, item: ItemId) -> Option<&Report> {
    let reports = document.reports.values();
    reports
        .filter(|report| report.item == item && report.stands())
        .max_by_key(|report| {
            let complete = report.kind == ReportKind::Completion;
            (complete, report.happened, report.times.recorded, report.id)
        })
}

/// Whether what is reached of a target in several spans adds up.
const fn adds_up(target: &Target) -> bool {
    match target.kind {
        TargetKind::Count | TargetKind::PerDay | TargetKind::PerWeek | TargetKind::PerMonth => true,
        TargetKind::Higher => target.baseline.is_none(),
        _ => false,
    }
}
