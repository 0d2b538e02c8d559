//! Who may do what between judging and the seal: numbers of indicators, cohorts, equals.

use std::collections::BTreeSet;

use crate::id::PersonId;
use crate::moment::Day;
use crate::organisation::{Office, Organisation};
use crate::plan::Plan;
use crate::regime::who::Who;
use crate::who;
use crate::world::PlanDocument;

use super::{may_judge, people_of};

/// Says whether the actor may enter the numbers of a plan's indicators: the plan office, personnel
/// and who judges the plan; never its owner.
pub fn may_enter_indicator(
    organisation: &Organisation,
    actor: PersonId,
    plan: &Plan,
    day: Day,
) -> bool {
    let offices = [Office::PlanOffice, Office::Personnel];
    let mut offices = offices.into_iter();
    plan.owner != actor
        && (offices.any(|office| organisation.holds(actor, office, day))
            || may_judge(organisation, actor, plan, day))
}

/// Says whether the actor may propose or decide the grade of a plan: whom the regime names; where it
/// means nobody but the owner, who judges the plan. Never the owner.
pub fn may_give_grade(
    organisation: &Organisation,
    named: &[Who],
    actor: PersonId,
    (plan, document): (&Plan, &PlanDocument),
    day: Day,
) -> bool {
    if actor == plan.owner || named.is_empty() {
        return false;
    }
    let people = graders(organisation, named, (plan, document), day);
    if people.is_empty() {
        return may_judge(organisation, actor, plan, day);
    }
    people.contains(&actor)
}

/// Those whom a regime names to give a plan's grade on a day, without its owner.
pub(crate) fn graders(
    organisation: &Organisation,
    named: &[Who],
    (plan, document): (&Plan, &PlanDocument),
    day: Day,
) -> BTreeSet<PersonId> {
    let seats = |one| who::seats(organisation, one, plan, document.items.values(), day);
    let people = named.iter().flat_map(|one| seats(one).concat());
    people.filter(|person| *person != plan.owner).collect()
}

/// Says whether the actor may close the cohorts of a period: the plan office.
pub fn may_settle(organisation: &Organisation, actor: PersonId, day: Day) -> bool {
    organisation.holds(actor, Office::PlanOffice, day)
}

/// Says whether the actor may say who comes first among people who stand equal: whom the regime names
/// for every one of them; where that is nobody, the head of the company, and where that is nobody
/// either, whoever closes cohorts. Never one of them.
pub fn may_decide_tie(
    organisation: &Organisation,
    actor: PersonId,
    ties: &Who,
    people: &[PersonId],
    day: Day,
) -> bool {
    let named = |person: &PersonId| -> BTreeSet<PersonId> {
        let posts = organisation.assignments_of(*person, day);
        let main = posts.min_by_key(|post| (post.tenure, post.in_force.from, post.id));
        let about = |unit| people_of(organisation, ties, (*person, unit), &[], day);
        main.into_iter().flat_map(|post| about(post.unit)).collect()
    };
    let mut all = people.iter().map(named);
    let first = all.next().unwrap_or_default();
    let mut common = all.fold(first, |common, next| &common & &next);
    common.retain(|person| !people.contains(person));
    if common.is_empty() {
        let root = organisation.company.as_ref().map(|company| company.root);
        let head = root.and_then(|root| organisation.head(root, day));
        // Where the head is one of them, or there is none, it is whoever closes cohorts.
        return match head.filter(|head| !people.contains(head)) {
            Some(head) => head == actor,
            None => may_settle(organisation, actor, day) && !people.contains(&actor),
        };
    }
    common.contains(&actor)
}
