//! Permission: who sees and who may do what; one policy for list, detail, import and sync.
//!
//! Every question is asked for the organisation's day. What a person's device holds follows from
//! [`may_see`] alone; what a command may do is asked by the rule that decides it.

use crate::id::{PersonId, UnitId};
use crate::item::Item;
use crate::moment::Day;
use crate::organisation::{Line, Office, Organisation};
use crate::partition::PartitionId;
use crate::plan::{Plan, Scope};

/// Says whether a person may see the rows of a partition on that day.
pub fn may_see(
    organisation: &Organisation,
    person: PersonId,
    day: Day,
    partition: PartitionId,
) -> bool {
    let office = || organisation.holds(person, Office::PlanOffice, day);
    match partition {
        PartitionId::Organisation => organisation.people.contains_key(&person),
        PartitionId::User(owner) => owner == person,
        PartitionId::Common(unit, _) => {
            organisation.is_member(person, unit, day)
                || stands_above(organisation, person, unit, day)
                || office()
        }
        PartitionId::Personal(unit, _) => {
            organisation.is_head(person, unit, day)
                || stands_above(organisation, person, unit, day)
                || office()
        }
        PartitionId::Helping(unit, _) => organisation.is_member(person, unit, day),
        PartitionId::Judging(_, _, judge) => {
            judge == person || is_superior(organisation, person, judge, day) || office()
        }
    }
}

/// Says whether the person leads the unit, or stands one or two levels above its head.
///
/// Direct superiors see their subordinates' plans, indirect ones the same one level further.
fn stands_above(organisation: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    let heads_above = organisation.upwards(unit).take(3);
    let mut heads_above = heads_above.filter_map(|unit| organisation.head(unit, day));
    if organisation.is_head(person, unit, day) || heads_above.any(|head| head == person) {
        return true;
    }
    let Some(head) = organisation.head(unit, day) else {
        return false;
    };
    let direct = organisation.superior(head, unit, day);
    direct == Some(person)
        || direct.is_some_and(|direct| is_superior(organisation, person, direct, day))
        || organisation.lines.values().any(|line| {
            line.person == head
                && line.superior == person
                && line.line == Line::Functional
                && line.in_force.covers(day)
        })
}

/// Says whether `person` is the superior of `other` in any unit where `other` has a post.
fn is_superior(organisation: &Organisation, person: PersonId, other: PersonId, day: Day) -> bool {
    organisation
        .assignments_of(other, day)
        .any(|a| organisation.superior(other, a.unit, day) == Some(person))
}

/// Says whether the actor may shape the organisation.
pub fn may_administer(organisation: &Organisation, actor: PersonId, day: Day) -> bool {
    organisation.holds(actor, Office::Administrator, day)
}

/// Says whether the actor may open periods, adopt regimes and import plans of any unit.
pub fn may_run_plans(organisation: &Organisation, actor: PersonId, day: Day) -> bool {
    organisation.holds(actor, Office::PlanOffice, day)
        || organisation.holds(actor, Office::Administrator, day)
}

/// Says whether the actor may begin or change a plan of this unit, scope and owner.
///
/// Its owner may while holding a post in the unit, the unit's head may, and the plan office.
pub fn may_draft(
    organisation: &Organisation,
    actor: PersonId,
    unit: UnitId,
    scope: Scope,
    owner: PersonId,
    day: Day,
) -> bool {
    let own = owner == actor
        && match scope {
            Scope::Unit => organisation.is_head(actor, unit, day),
            Scope::Personal => organisation.is_member(actor, unit, day),
        };
    own || organisation.is_head(actor, unit, day) || may_run_plans(organisation, actor, day)
}

/// Says whether the actor may hand the plan in: its owner, or the unit's head of the day.
pub fn may_submit(organisation: &Organisation, actor: PersonId, plan: &Plan, day: Day) -> bool {
    let head = organisation.is_head(actor, plan.unit, day);
    match plan.scope {
        Scope::Unit => head,
        Scope::Personal => plan.owner == actor && organisation.is_member(actor, plan.unit, day),
    }
}

/// Names who approves and judges the plan on that day: the owner's superior.
pub fn judge_of(organisation: &Organisation, plan: &Plan, day: Day) -> Option<PersonId> {
    organisation.superior(plan.owner, plan.unit, day)
}

/// Says whether the actor may approve, return and judge the plan: nobody does so to his or her own.
pub fn may_judge(organisation: &Organisation, actor: PersonId, plan: &Plan, day: Day) -> bool {
    plan.owner != actor && judge_of(organisation, plan, day) == Some(actor)
}

/// Says whether the actor may report on an item: its responsible person, else the plan's owner.
pub fn may_report(actor: PersonId, plan: &Plan, item: &Item) -> bool {
    item.responsible.unwrap_or(plan.owner) == actor
}
