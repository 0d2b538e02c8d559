//! What the program itself finds and proposes: late, undone, not handed in.
//!
//! A pure function from what happened to proposals, by what each tariff says it is found by. Nothing
//! is entered by it: a person looks at a proposal and makes it an entry, or leaves it.

use std::collections::BTreeMap;

use crate::id::{EntryId, ItemId, PersonId, PlanId, RegimeId};
use crate::item::TargetKind;
use crate::moment::Day;
use crate::regime::charge::LateOf;
use crate::regime::deadlines::PlanStep;
use crate::regime::tariff::{Per, Tariff, Trigger};
use crate::regime::total::Filter;
use crate::result::engine_3::inputs::Late;

use super::LedgerEntry;

/// Something that happened, or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Whose act it was, or should have been.
    pub whose: PersonId,
    /// The plan; `None` where there is none.
    pub plan: Option<PlanId>,
    /// What.
    pub event: Event,
    /// When.
    pub happened: Day,
    /// How late.
    pub late: Late,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A step of the plan was late.
    StepLate(PlanStep),
    /// The plan was not handed in although its deadline has passed.
    NotHandedIn,
    /// An item was completed late.
    ItemLate(ItemId),
    /// An item is not done although its due day has passed.
    Undone(UndoneItem),
    /// A spot check found that the plan was judged unfairly.
    Unfair(PlanId),
}

/// An item that is not done, with what a filter asks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoneItem {
    /// The item.
    pub item: ItemId,
    /// Its section.
    pub section: String,
    /// Its category; empty where it has none.
    pub category: String,
    /// Its source; empty where it has none.
    pub source: String,
    /// How its target is measured.
    pub target: TargetKind,
    /// Whether it must be done.
    pub must: bool,
}

/// An entry that the program proposes to propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The regime or sheet.
    pub sheet: RegimeId,
    /// The tariff's key.
    pub tariff: String,
    /// What happened.
    pub of: Happening,
    /// How many.
    pub count: u32,
}

impl Event {
    /// The item that it is about.
    pub const fn item(&self) -> Option<ItemId> {
        match self {
            Self::ItemLate(item) => Some(*item),
            Self::Undone(undone) => Some(undone.item),
            Self::StepLate(_) | Self::NotHandedIn | Self::Unfair(_) => None,
        }
    }
}

/// What tariffs make of what happened, without what was proposed before, whatever became of it.
pub fn propose(
    (sheet, tariffs): (RegimeId, &[Tariff]),
    happenings: &[Happening],
    ledger: &BTreeMap<EntryId, LedgerEntry>,
) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for tariff in tariffs {
        let Some(trigger) = &tariff.trigger else {
            continue;
        };
        for happening in happenings.iter().filter(|h| is_found_by(trigger, &h.event)) {
            let once_a_period = tariff.counted == Per::Month;
            let (plan, item) = (happening.plan, happening.event.item());
            let known = ledger.values().any(|entry| {
                (entry.sheet, entry.tariff.as_str()) == (sheet, &tariff.key)
                    && entry.whose() == happening.whose
                    && (once_a_period || is_same(entry, (plan, item), &happening.event))
            });
            let again = once_a_period
                && proposals
                    .iter()
                    .any(|other| other.tariff == tariff.key && other.of.whose == happening.whose);
            let count = how_many(tariff.counted, happening.late);
            if !known && !again && count > 0 {
                proposals.push(Proposal {
                    sheet,
                    tariff: tariff.key.clone(),
                    of: happening.clone(),
                    count,
                });
            }
        }
    }
    proposals
}

/// Says whether an entry is about the same. What was proposed before there was a plan at all is not
/// proposed again for the plan that was begun since.
fn is_same(entry: &LedgerEntry, of: (Option<PlanId>, Option<ItemId>), event: &Event) -> bool {
    let unbegun = *event == Event::NotHandedIn && entry.plan.is_none() && entry.item.is_none();
    unbegun || (entry.plan, entry.item) == of
}

/// How many a tariff counts: only full hours and days.
const fn how_many(per: Per, late: Late) -> u32 {
    match per {
        Per::Time | Per::Item | Per::Month => 1,
        Per::HourLate => late.working_hours,
        Per::DayLate => late.calendar as u32,
    }
}

fn is_found_by(trigger: &Trigger, event: &Event) -> bool {
    match (trigger, event) {
        (Trigger::Late { of: LateOf::Due }, Event::ItemLate(_))
        | (Trigger::NotHandedIn {}, Event::NotHandedIn) => true,
        (
            Trigger::Late {
                of: LateOf::Step(of),
            },
            Event::StepLate(step),
        ) => of == step,
        (Trigger::Undone { of }, Event::Undone(undone)) => takes(of, undone),
        _ => false,
    }
}

/// Says whether a filter takes an item.
fn takes(filter: &Filter, item: &UndoneItem) -> bool {
    let named = |list: &[String], word: &String| list.is_empty() || list.contains(word);
    named(&filter.sections, &item.section)
        && named(&filter.categories, &item.category)
        && named(&filter.sources, &item.source)
        && (filter.targets.is_empty() || filter.targets.contains(&item.target))
        && filter.must.is_none_or(|must| must == item.must)
}
