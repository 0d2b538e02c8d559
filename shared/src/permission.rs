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
        PartitionId::Judging(unit, _, judge) => {
            judge == person || leads_leader(organisation, person, judge, unit, day) || office()
        }
    }
}

/// Says whether the person leads the unit, or is one of the two superiors above its head.
///
/// Direct superiors see their subordinates' plans, indirect ones the same one level further.
/// Vacant heads are passed over: the one a level up stands in for them.
fn stands_above(organisation: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    if organisation.is_head(person, unit, day) {
        return true;
    }
    let above = organisation.upwards(unit).skip(1);
    let mut heads: Vec<PersonId> = above
        .filter_map(|unit| organisation.head(unit, day))
        .collect();
    heads.dedup();
    if heads.iter().take(2).any(|head| *head == person) {
        return true;
    }
    let Some(head) = organisation.head(unit, day) else {
        return false;
    };
    let direct = organisation.superior(head, unit, day);
    direct == Some(person)
        || direct.is_some_and(|direct| leads_leader(organisation, person, direct, unit, day))
        || organisation.lines.values().any(|line| {
            line.person == head
                && line.superior == person
                && line.line == Line::Functional
                && line.in_force.covers(day)
        })
}

/// Says whether `leader` leads the unit or one above it, and answers to `person` for that.
///
/// Only upwards: neither a replacement nor a later head nor the head of another unit in which the
/// leader has a post sees what the leader judged.
fn leads_leader(
    organisation: &Organisation,
    person: PersonId,
    leader: PersonId,
    unit: UnitId,
    day: Day,
) -> bool {
    organisation
        .upwards(unit)
        .filter(|unit| organisation.is_head(leader, *unit, day))
        .any(|unit| organisation.superior(leader, unit, day) == Some(person))
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
///
/// A unit's plan is judged from above the unit, whoever owns it: nobody who leads the unit, acting
/// or beside another, judges its plan.
pub fn judge_of(organisation: &Organisation, plan: &Plan, day: Day) -> Option<PersonId> {
    if plan.scope == Scope::Personal {
        return organisation.superior(plan.owner, plan.unit, day);
    }
    let outside = |judge: &PersonId| !organisation.is_head(*judge, plan.unit, day);
    let line = organisation
        .superior_by_line(plan.owner, day)
        .filter(outside);
    let parent = organisation
        .units
        .get(&plan.unit)
        .and_then(|unit| unit.parent);
    line.or_else(|| {
        organisation
            .heads_above(plan.owner, parent?, day)
            .find(outside)
    })
}

/// Says whether the actor may approve, return and judge the plan: nobody does so to his or her own.
pub fn may_judge(organisation: &Organisation, actor: PersonId, plan: &Plan, day: Day) -> bool {
    plan.owner != actor && judge_of(organisation, plan, day) == Some(actor)
}

/// Says whether the actor may report on an item: its responsible person, else the plan's owner.
pub fn may_report(actor: PersonId, plan: &Plan, item: &Item) -> bool {
    item.responsible.unwrap_or(plan.owner) == actor
}

/// Says whether the actor may enter on behalf of a person what that person did for a unit's plan:
/// the heads above the person, and the plan office.
pub fn may_enter_for(
    organisation: &Organisation,
    actor: PersonId,
    person: PersonId,
    unit: UnitId,
    day: Day,
) -> bool {
    let posts = organisation.assignments_of(person, day).map(|a| a.unit);
    let above = |unit: UnitId| {
        let mut led = organisation.upwards(unit);
        led.any(|unit| {
            organisation.is_head(actor, unit, day) && !organisation.is_head(person, unit, day)
        })
    };
    actor != person
        && (posts.chain([unit]).any(above)
            || organisation.superior_by_line(person, day) == Some(actor)
            || organisation.holds(actor, Office::PlanOffice, day))
}
