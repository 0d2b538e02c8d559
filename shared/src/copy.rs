//! Copying an earlier plan into a draft: recurring work is planned anew, with new days.
//!
//! A copy is a new item without lineage: what is unfinished is carried over instead
//! ([`crate::carry`]), and what stands in the draft already is marked and not doubled.

use chrono::{Datelike, Months, NaiveDate};

use crate::carry;
use crate::compare::folded;
use crate::id::{ItemId, PlanId};
use crate::item::Item;
use crate::moment::Day;
use crate::period::Period;
use crate::quantity::Points;
use crate::regime::Rules;
use crate::world::PlanDocument;

/// How an item of the earlier plan stands to the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be copied.
    Free,
    /// The draft has it already, carried over or drawn from the same place.
    Carried,
    /// The draft has an item of the same title.
    SameTitle,
}

/// Says how an item of an earlier plan stands to a draft.
pub fn standing(draft: &PlanDocument, source: &Item) -> Standing {
    let origin = |item: &Item| item.lineage.as_ref().map(|from| from.origin);
    let line = origin(source).unwrap_or(source.id);
    let title = folded(&source.title);
    if carry::continues(draft, source.plan, source.id).is_some()
        || draft.items.values().any(|item| origin(item) == Some(line))
    {
        Standing::Carried
    } else if draft
        .items
        .values()
        .any(|item| folded(&item.title) == title)
    {
        Standing::SameTitle
    } else {
        Standing::Free
    }
}

/// Moves a due day from one period into another: the last day of the period stays the last day,
/// any other stays the same day of the month, clipped to the month's end and to the period.
pub fn moved(day: Day, from: &Period, to: &Period) -> Day {
    if day == from.to {
        return to.to;
    }
    let month = |day: Day| i64::from(day.year()) * 12 + i64::from(day.month0());
    let by = month(to.from) - month(from.from);
    let months = Months::new(u32::try_from(by.unsigned_abs()).unwrap_or(u32::MAX));
    // Chrono takes the month's last day where the day of the month is missing.
    let moved = if by < 0 {
        day.checked_sub_months(months)
    } else {
        day.checked_add_months(months)
    };
    moved
        .unwrap_or(NaiveDate::MAX)
        .clamp(to.from, to.to.max(to.from))
}

/// The copy of an item: with new identity, place and day, its weight kept.
///
/// What the new regime does not know is replaced: an unknown section by the first, a bonus item by
/// an ordinary one, more weight than the total by the total.
pub fn copied(
    source: &Item,
    (id, plan, position): (ItemId, PlanId, u32),
    (from, to): (&Period, &Period),
    rules: Rules<'_>,
) -> Item {
    let knows = |key: &str| rules.sections().iter().any(|section| section.key == key);
    let first = rules.sections().first().map(|section| section.key.clone());
    let section = Some(source.section.clone()).filter(|key| knows(key));
    let outside = rules.outside();
    let bonus = source.bonus && outside.is_some();
    let most = outside.filter(|_| bonus);
    Item {
        id,
        plan,
        position,
        due: source.due.map(|day| moved(day, from, to)),
        section: section.or(first).unwrap_or_default(),
        bonus,
        weight: source
            .weight
            .clamp(Points(0), most.unwrap_or(rules.total())),
        lineage: None,
        ..source.clone()
    }
}
