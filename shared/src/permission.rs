//! Permission: who sees and who may do what; one policy for list, detail, import and sync.
//!
//! Every question is asked for the organisation's day. What a person's device holds follows from
//! [`may_see`] alone; what a command may do is asked by the rule that decides it.

use std::collections::BTreeSet;

use crate::id::{PersonId, UnitId};
use crate::item::Item;
use crate::moment::Day;
use crate::organisation::{Line, Office, Organisation};
use crate::partition::PartitionId;
use crate::placement;
use crate::plan::{Plan, Scope};
use crate::regime::who::Who;
use crate::result::PlanResult;
use crate::who;

mod closing;
mod hearers;
mod ledger;
mod payroll;

pub(crate) use closing::graders;
pub use closing::{may_decide_tie, may_enter_indicator, may_give_grade, may_settle};
pub use hearers::hearers;
pub use ledger::{may_confirm, may_propose, may_publish_fund};
pub use payroll::{may_enter_base, may_pay};

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
                || goes_on_with(organisation, person, unit, day)
                || signs_for_above(organisation, person, unit, day)
                || office()
        }
        PartitionId::Personal(unit, _) => {
            organisation.is_head(person, unit, day)
                || stands_above(organisation, person, unit, day)
                || signs_for_above(organisation, person, unit, day)
                || office()
        }
        PartitionId::Helping(unit, _) => organisation.is_member(person, unit, day),
        PartitionId::Judging(unit, _, judge) => {
            judge == person || leads_leader(organisation, person, judge, unit, day) || office()
        }
        PartitionId::Payroll => organisation.holds(person, Office::Payroll, day),
        PartitionId::Ledger(unit, _) => {
            let kept_by = [Office::Personnel, Office::Payroll];
            let over = || {
                let head = organisation.head(unit, day);
                head.and_then(|head| organisation.superior(head, unit, day)) == Some(person)
            };
            organisation.is_head(person, unit, day)
                || organisation.stand_in(unit, day) == Some(person)
                || over()
                || office()
                || kept_by
                    .into_iter()
                    .any(|office| organisation.holds(person, office, day))
        }
    }
}

/// Says whether a person may see a plan's result; of a plan without one, whether the plan is seen.
pub fn may_see_result(
    organisation: &Organisation,
    person: PersonId,
    day: Day,
    (plan, result): (&Plan, Option<&PlanResult>),
) -> bool {
    let partitions = match result {
        Some(result) => placement::result_partitions(result),
        None => placement::plan_partitions(plan),
    };
    let hears = plan.hearers.contains(&person);
    let mut partitions = partitions.into_iter();
    hears || partitions.any(|partition| may_see(organisation, person, day, partition))
}

/// Names those whom a rule means by `who`, seen from what a person does in a unit.
///
/// `helpers` are the units that help with the item, where there is one.
pub fn people_of(
    organisation: &Organisation,
    who: &Who,
    (person, unit): (PersonId, UnitId),
    helpers: &[UnitId],
    day: Day,
) -> Vec<PersonId> {
    let officers = |office| who::officers(organisation, office, day);
    let head = |unit| {
        let head = organisation.head(unit, day);
        head.or_else(|| organisation.stand_in(unit, day))
    };
    match who {
        Who::Owner | Who::Responsible => vec![person],
        Who::Head => head(unit).into_iter().collect(),
        Who::Superior => organisation
            .superior(person, unit, day)
            .into_iter()
            .collect(),
        Who::IndirectSuperior => superior_of_superior(organisation, person, unit, day)
            .into_iter()
            .collect(),
        Who::Helpers => {
            let heads = helpers.iter().filter_map(|unit| head(*unit));
            heads.collect()
        }
        Who::PlanOffice => officers(Office::PlanOffice),
        Who::Personnel => officers(Office::Personnel),
        Who::Payroll => officers(Office::Payroll),
        Who::Role(role) => who::holders(organisation, role, unit, day),
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

/// Says whether somebody who leads the unit, or stands above it, delegated signatures to the person:
/// who signs sees what is signed. Scores stand elsewhere and are not seen by that.
fn signs_for_above(organisation: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    let given = organisation.delegations.values();
    let mut given = given.filter(|given| given.to == person && given.in_force.covers(day));
    given.any(|given| stands_above(organisation, given.from, unit, day))
}

/// Says whether the person belongs to a unit that goes on with the work of an ended one.
fn goes_on_with(organisation: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    let mut seen = BTreeSet::from([unit]);
    let mut open = vec![unit];
    while let Some(here) = open.pop() {
        let ended = organisation.units.get(&here);
        let ended = ended.filter(|unit| unit.in_force.to.is_some_and(|to| to < day));
        for successor in ended.iter().flat_map(|unit| &unit.successors) {
            if organisation.is_member(person, *successor, day) {
                return true;
            }
            open.extend(seen.insert(*successor).then_some(*successor));
        }
    }
    false
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
        // Who moved on is judged for this part as on the last day in the unit, by who leads it now.
        let last = organisation.last_day_in(plan.owner, plan.unit, day);
        let line = organisation.superior_by_line(plan.owner, last.unwrap_or(day));
        let mut above = organisation.heads_above(plan.owner, plan.unit, day);
        return line.or_else(|| above.next());
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

/// Names the indirect superior of a person for a unit on that day: the superior's own superior.
pub fn superior_of_superior(
    organisation: &Organisation,
    person: PersonId,
    unit: UnitId,
    day: Day,
) -> Option<PersonId> {
    let direct = organisation.superior(person, unit, day)?;
    above(organisation, direct, unit, day).filter(|indirect| *indirect != person)
}

/// Names who stands above the plan's judge on that day: who scores when the judge is late, and who
/// agrees to what the judge alone may not.
pub fn indirect_judge_of(organisation: &Organisation, plan: &Plan, day: Day) -> Option<PersonId> {
    let judge = judge_of(organisation, plan, day)?;
    let indirect = above(organisation, judge, plan.unit, day)?;
    let leads = plan.scope == Scope::Unit && organisation.is_head(indirect, plan.unit, day);
    (indirect != plan.owner && !leads).then_some(indirect)
}

/// Names who is above a superior, seen from a unit: above the highest unit that the superior leads
/// there, else above the superior's own post.
fn above(
    organisation: &Organisation,
    superior: PersonId,
    unit: UnitId,
    day: Day,
) -> Option<PersonId> {
    let led = organisation
        .upwards(unit)
        .filter(|unit| organisation.is_head(superior, *unit, day))
        .last();
    let own = || {
        let posts = organisation.assignments_of(superior, day);
        let main = posts.min_by_key(|post| (post.tenure, post.in_force.from, post.id));
        main.map(|post| post.unit)
    };
    organisation.superior(superior, led.or_else(own)?, day)
}

/// Says whether the actor may approve, return and judge the plan: nobody does so to his or her own.
pub fn may_judge(organisation: &Organisation, actor: PersonId, plan: &Plan, day: Day) -> bool {
    plan.owner != actor && judge_of(organisation, plan, day) == Some(actor)
}

/// Says whether a person only carries work out: leads no unit, nobody answers to the person, and no
/// office is held. Such a person judges and approves nothing.
pub fn only_carries_out(organisation: &Organisation, person: PersonId, day: Day) -> bool {
    let leads = organisation
        .assignments_of(person, day)
        .any(|post| post.heads);
    let mut lines = organisation.lines.values();
    let superior = lines.any(|line| line.superior == person && line.in_force.covers(day));
    !leads && !superior && !holds_office(organisation, person, day)
}

fn holds_office(organisation: &Organisation, person: PersonId, day: Day) -> bool {
    let mut offices = Office::ALL.into_iter();
    offices.any(|office| organisation.holds(person, office, day))
}

/// Says whether the actor may report on an item: its responsible person, else the plan's owner.
pub fn may_report(actor: PersonId, plan: &Plan, item: &Item) -> bool {
    item.responsible.unwrap_or(plan.owner) == actor
}

/// Says whether the actor may attach evidence to an item: who may report on it, for oneself or on
/// behalf, and who judges the plan.
pub fn may_attach(
    organisation: &Organisation,
    actor: PersonId,
    plan: &Plan,
    item: &Item,
    day: Day,
) -> bool {
    let whose = item.responsible.unwrap_or(plan.owner);
    may_report(actor, plan, item)
        || may_enter_for(organisation, actor, whose, plan.unit, day)
        || may_judge(organisation, actor, plan, day)
}

/// Says whether the actor may note that a person is away: the person's superior in one of the posts
/// of that day, the plan office, the administrator; never oneself.
pub fn may_note_absence(
    organisation: &Organisation,
    actor: PersonId,
    person: PersonId,
    day: Day,
) -> bool {
    let answers_to = |unit| organisation.superior(person, unit, day) == Some(actor);
    let mut posts = organisation.assignments_of(person, day);
    actor != person
        && (may_run_plans(organisation, actor, day) || posts.any(|post| answers_to(post.unit)))
}

/// Says whether the actor may ask a person in, so that he or she signs in: the administrator, and
/// the heads above the person's posts.
///
/// Whoever asks somebody in holds the code, and could use it. So heads ask in nobody who holds an
/// office or leads what lies not below them.
pub fn may_invite(
    organisation: &Organisation,
    actor: PersonId,
    person: PersonId,
    day: Day,
) -> bool {
    let above = |unit: UnitId| {
        let mut led = organisation.upwards(unit);
        led.any(|unit| organisation.is_head(actor, unit, day))
    };
    let posts = || organisation.assignments_of(person, day);
    let led = || {
        posts().any(|post| above(post.unit)) && posts().all(|post| !post.heads || above(post.unit))
    };
    actor != person
        && (may_administer(organisation, actor, day)
            || (led() && !holds_office(organisation, person, day)))
}

/// Says whether the actor may decide about a late act of `whose` in a plan.
///
/// The superior is the plan's judge, not the head who owns it: whether an item was in time counts
/// in the owner's result. Where the act is the judge's own, the one above decides.
pub fn may_decide_lateness(
    organisation: &Organisation,
    actor: PersonId,
    plan: &Plan,
    whose: PersonId,
    decider: &Who,
    day: Day,
) -> bool {
    if actor == whose || actor == plan.owner {
        return false;
    }
    match decider {
        Who::PlanOffice => organisation.holds(actor, Office::PlanOffice, day),
        Who::Superior => {
            let judge = judge_of(organisation, plan, day).filter(|judge| *judge != whose);
            judge.or_else(|| indirect_judge_of(organisation, plan, day)) == Some(actor)
        }
        Who::IndirectSuperior => indirect_judge_of(organisation, plan, day) == Some(actor),
        Who::Head => organisation.is_head(actor, plan.unit, day),
        Who::Personnel | Who::Payroll | Who::Role(_) => {
            let named = who::seats(organisation, decider, plan, std::iter::empty(), day).concat();
            let mut named = named
                .into_iter()
                .filter(|one| ![whose, plan.owner].contains(one));
            let first = named.next();
            first == Some(actor)
                || named.any(|one| one == actor)
                || first.is_none() && organisation.holds(actor, Office::PlanOffice, day)
        }
        // Nobody decides about himself or herself: where a rule names no other, the plan office does.
        Who::Owner | Who::Responsible | Who::Helpers => {
            organisation.holds(actor, Office::PlanOffice, day)
        }
    }
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

/// Says whether the actor may delegate a person's signatures: that person, and the administrator for
/// somebody who cannot.
pub fn may_delegate(
    organisation: &Organisation,
    actor: PersonId,
    from: PersonId,
    day: Day,
) -> bool {
    actor == from || may_administer(organisation, actor, day)
}

/// Says whether the actor answers for a unit: one of its heads, or the nearest head above while it
/// has none.
pub fn may_answer_for(
    organisation: &Organisation,
    actor: PersonId,
    unit: UnitId,
    day: Day,
) -> bool {
    let mut above = organisation.upwards(unit);
    organisation.is_head(actor, unit, day)
        || above.find_map(|unit| organisation.head(unit, day)) == Some(actor)
}
