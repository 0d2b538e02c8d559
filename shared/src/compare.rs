//! What differs between two lists of items: this plan and the last period's, or a plan and itself
//! as it was returned.
//!
//! An item is the same as another by identity, else by lineage, else by its title. Who reads it
//! sees each difference as an edit, field by field with old and new.

use std::collections::BTreeMap;

use crate::id::ItemId;
use crate::item::{Edit, Item, ItemEdit, LineageKind};
use crate::plan::{Plan, Scope};
use crate::world::{PlanDocument, World};

/// What became of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<'a> {
    /// As it was.
    pub before: &'a Item,
    /// As it is.
    pub now: &'a Item,
    /// The fields that differ.
    pub edits: Vec<ItemEdit>,
}

/// What differs between two lists of items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences<'a> {
    /// Items without a counterpart before.
    pub new: Vec<&'a Item>,
    /// Items that were carried over from the list before, with what changed of them.
    pub carried: Vec<Changed<'a>>,
    /// Items that stand in both and differ.
    pub changed: Vec<Changed<'a>>,
    /// Items that stand in both and say the same.
    pub same: Vec<&'a Item>,
    /// Items that stand no more.
    pub dropped: Vec<&'a Item>,
}

impl Differences<'_> {
    /// Says whether both lists say the same.
    pub const fn is_empty(&self) -> bool {
        self.new.is_empty()
            && self.carried.is_empty()
            && self.changed.is_empty()
            && self.dropped.is_empty()
    }
}

/// Compares two lists, each in its order.
///
/// Where an item stands in the list, and its due day between periods, are what a new period changes
/// anyway; `across` leaves them out.
pub fn compare<'a>(before: &[&'a Item], now: &[&'a Item], across: bool) -> Differences<'a> {
    let pairs = paired(before, now);
    let mut found = Differences::default();
    for item in now {
        let Some(old) = pairs.get(&item.id).copied() else {
            found.new.push(item);
            continue;
        };
        let mut edits = edits(old, item);
        if across {
            edits.retain(|edit| !matches!(edit, ItemEdit::Position(_) | ItemEdit::Due(_)));
        }
        let carried = item.lineage.as_ref().is_some_and(|lineage| {
            lineage.kind == LineageKind::CarriedOver && lineage.item == old.id
        });
        let one = Changed {
            before: old,
            now: item,
            edits,
        };
        match () {
            () if carried => found.carried.push(one),
            () if one.edits.is_empty() => found.same.push(item),
            () => found.changed.push(one),
        }
    }
    let stays = |item: &&&Item| pairs.values().any(|old| old.id == item.id);
    found.dropped = before.iter().filter(|item| !stays(item)).copied().collect();
    found
}

/// The counterpart of each item, by the identity of the later one; each earlier item is taken once.
fn paired<'a>(before: &[&'a Item], now: &[&'a Item]) -> BTreeMap<ItemId, &'a Item> {
    let mut pairs: BTreeMap<ItemId, &Item> = BTreeMap::new();
    let rules: [fn(&Item, &Item) -> bool; 4] = [by_id, by_source, by_line, by_title];
    for same in rules {
        for item in now {
            if pairs.contains_key(&item.id) {
                continue;
            }
            let free = |old: &&&Item| !pairs.values().any(|taken| taken.id == old.id);
            let old = before.iter().filter(free).find(|old| same(old, item));
            if let Some(old) = old.copied() {
                pairs.insert(item.id, old);
            }
        }
    }
    pairs
}

fn by_id(old: &Item, item: &Item) -> bool {
    old.id == item.id
}

fn by_source(old: &Item, item: &Item) -> bool {
    let from = item.lineage.as_ref();
    from.is_some_and(|from| from.item == old.id)
}

fn by_line(old: &Item, item: &Item) -> bool {
    let origin = |item: &Item| item.lineage.as_ref().map_or(item.id, |from| from.origin);
    origin(old) == origin(item)
}

fn by_title(old: &Item, item: &Item) -> bool {
    let title = folded(&item.title);
    !title.is_empty() && title == folded(&old.title)
}

/// A title as it is compared: spaces and case say nothing.
pub fn folded(title: &str) -> String {
    let letters = title.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

/// The edits that make one item into another, each field with what stood there and what stands.
///
/// Identity, lineage and what an import kept beside are no fields of a form.
pub fn edits(old: &Item, new: &Item) -> Vec<ItemEdit> {
    fn edit<T: Clone + PartialEq>(
        old: &T,
        new: &T,
        wrap: fn(Edit<T>) -> ItemEdit,
    ) -> Option<ItemEdit> {
        (old != new).then(|| {
            let (old, new) = (old.clone(), new.clone());
            wrap(Edit { old, new })
        })
    }
    [
        edit(&old.title, &new.title, ItemEdit::Title),
        edit(&old.section, &new.section, ItemEdit::Section),
        edit(&old.due, &new.due, ItemEdit::Due),
        edit(&old.rhythm, &new.rhythm, ItemEdit::Rhythm),
        edit(&old.target, &new.target, ItemEdit::Target),
        edit(&old.weight, &new.weight, ItemEdit::Weight),
        edit(&old.bonus, &new.bonus, ItemEdit::Bonus),
        edit(&old.responsible, &new.responsible, ItemEdit::Responsible),
        edit(&old.helpers, &new.helpers, ItemEdit::Helpers),
        edit(&old.deliverable, &new.deliverable, ItemEdit::Deliverable),
        edit(&old.standard, &new.standard, ItemEdit::Standard),
        edit(&old.rule, &new.rule, ItemEdit::Rule),
        edit(&old.deduction, &new.deduction, ItemEdit::Deduction),
        edit(&old.category, &new.category, ItemEdit::Category),
        edit(&old.source, &new.source, ItemEdit::Source),
        edit(&old.importance, &new.importance, ItemEdit::Importance),
        edit(&old.must, &new.must, ItemEdit::Must),
        edit(&old.scheme, &new.scheme, ItemEdit::Scheme),
        edit(&old.position, &new.position, ItemEdit::Position),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The plan that the same owner had before, of what this side holds: of the same unit and scope,
/// and of the newest period of the same kind that began earlier: a week says nothing of a month.
pub fn earlier<'w>(world: &'w World, plan: &Plan) -> Option<(&'w Plan, &'w PlanDocument)> {
    let organisation = world.organisation();
    let kind = organisation.periods.get(&plan.period)?.kind;
    let all = earlier_plans(world, plan).into_iter().filter_map(|found| {
        let period = organisation.periods.get(&found.0.period)?;
        (period.kind == kind).then_some((period, found))
    });
    let newest = all.max_by_key(|(period, _)| (period.from, period.id));
    newest.map(|(_, found)| found)
}

/// Every plan of the same unit, scope and owner whose period began earlier, the newest first.
///
/// A unit's plan is the unit's, whoever led it then.
pub fn earlier_plans<'w>(world: &'w World, plan: &Plan) -> Vec<(&'w Plan, &'w PlanDocument)> {
    let organisation = world.organisation();
    let begins = |plan: &Plan| organisation.periods.get(&plan.period).map(|p| p.from);
    let Some(from) = begins(plan) else {
        return Vec::new();
    };
    let plans = world.documents().filter_map(|(_, document)| {
        let found = document.plan.as_ref()?;
        let same = found.unit == plan.unit && found.scope == plan.scope;
        let same = same && (plan.scope == Scope::Unit || found.owner == plan.owner);
        (same && begins(found).is_some_and(|day| day < from)).then_some((found, document))
    });
    let mut plans: Vec<_> = plans.collect();
    plans.sort_by_key(|(found, _)| std::cmp::Reverse((begins(found), found.id)));
    plans
}
