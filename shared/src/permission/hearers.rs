//! Who hears people after a result: objections to a list, appeals, the second instance.

use std::collections::BTreeSet;

use crate::id::PersonId;
use crate::item::Item;
use crate::moment::Day;
use crate::organisation::{Office, Organisation};
use crate::plan::Plan;
use crate::regime::who::Who;
use crate::who;

use super::indirect_judge_of;

/// Names who decides, in order of their ids: those whom the regime names, without those who have a part
/// in it. Where that is nobody: the one above the judge and the plan office; then the head of the
/// company; then personnel.
pub fn hearers<'i>(
    organisation: &Organisation,
    by: &[Who],
    (plan, items): (&Plan, impl Iterator<Item = &'i Item> + Clone),
    without: &[PersonId],
    day: Day,
) -> Vec<PersonId> {
    let free = |people: BTreeSet<PersonId>| -> Vec<PersonId> {
        let free = people.into_iter().filter(|one| !without.contains(one));
        free.collect()
    };
    let named = by
        .iter()
        .flat_map(|who| who::seats(organisation, who, plan, items.clone(), day).concat());
    let named = free(named.collect());
    if !named.is_empty() {
        return named;
    }
    let officers = |office| who::officers(organisation, office, day);
    let above = indirect_judge_of(organisation, plan, day);
    let above = above.into_iter().chain(officers(Office::PlanOffice));
    let root = organisation.company.as_ref().map(|company| company.root);
    let head = root.and_then(|root| organisation.head(root, day));
    let instead: [BTreeSet<PersonId>; 3] = [
        above.collect(),
        head.into_iter().collect(),
        officers(Office::Personnel).into_iter().collect(),
    ];
    let mut instead = instead.into_iter().map(free);
    instead
        .find(|people| !people.is_empty())
        .unwrap_or_default()
}
