//! Baselines 基线: what a plan promised from a day on; approval makes the first, each agreed change
//! the next. A baseline never changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, PlanId};
use crate::item::Item;
use crate::moment::Day;
use crate::plan::Signed;

/// A baseline. The row's key is the plan and the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The plan.
    pub plan: PlanId,
    /// Its number, from 1.
    pub number: u32,
    /// The first day on which it is in force; it ends where the next begins.
    pub from: Day,
    /// The items, in order of their ids.
    pub items: Vec<Item>,
    /// Items whose due day it moved although the old day had passed: both sides agreed to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excused: Vec<ItemId>,
    /// Digest of the plan's content as it was signed.
    pub digest: String,
    /// Who approved or agreed.
    pub by: Signed,
}

impl Baseline {
    /// The item as it was promised.
    pub fn item(&self, item: ItemId) -> Option<&Item> {
        let place = self
            .items
            .binary_search_by_key(&item, |promised| promised.id);
        match place {
            Ok(place) => self.items.get(place),
            // One that was written out of order is looked through.
            Err(_) => self.items.iter().find(|promised| promised.id == item),
        }
    }
}

/// The due day that counts for an item: that of the first baseline during which it expired, or of
/// the last one that has the item.
///
/// A due day counts until its end, so one that a baseline moves on the day itself had not expired.
/// What an excusing baseline replaced counts no more. Without baselines the item's own day counts.
pub fn due_in_force(item: &Item, baselines: &BTreeMap<u32, Baseline>) -> Option<Day> {
    let excused = baselines
        .values()
        .filter(|baseline| baseline.excused.contains(&item.id))
        .map(|baseline| baseline.number)
        .next_back();
    let mut counts = item.due;
    let mut in_force = baselines.range(excused.unwrap_or(0)..).peekable();
    while let Some((_, baseline)) = in_force.next() {
        let Some(promised) = baseline.item(item.id) else {
            continue;
        };
        counts = promised.due;
        let ended = in_force.peek().map(|(_, next)| next.from);
        if promised
            .due
            .zip(ended)
            .is_some_and(|(due, ended)| due < ended)
        {
            break;
        }
    }
    counts
}

/// The baseline in force on a day; before the first began, the first.
pub fn in_force_on(baselines: &BTreeMap<u32, Baseline>, day: Day) -> Option<&Baseline> {
    let begun = baselines
        .values()
        .rev()
        .find(|baseline| baseline.from <= day);
    begun.or_else(|| baselines.values().next())
}
