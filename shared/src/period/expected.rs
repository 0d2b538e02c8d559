//! Who owes a plan of a period, and who has none.
//!
//! Whoever is covered by the regime owes one, but for those who are not assessed anyway. What it means
//! that there is none is the regime's to say.

use std::collections::BTreeSet;

use super::Period;
use super::covered::not_covered;
use crate::id::{PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::{Assignment, Organisation};
use crate::plan::{Plan, Scope};
use crate::regime::Rules;
use crate::regime::coverage::PlansOf;
use crate::regime::people::NoPlan;
use crate::seal::is_assessed;
use crate::world::{Held, Stop, World};

/// Somebody who owes a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owing {
    /// For which unit.
    pub unit: UnitId,
    /// Who.
    pub person: PersonId,
    /// Of what.
    pub scope: Scope,
}

/// Everybody who owes a plan of a period in some units, by unit and person.
///
/// Where plans of units alone are judged it is their heads. A person with several posts owes one plan,
/// in the unit of the post that binds most.
pub fn owing(
    organisation: &Organisation,
    (period, rules): (&Period, Rules<'_>),
    about: impl Fn(UnitId) -> bool,
    today: Day,
) -> Vec<Owing> {
    let coverage = &rules.regime.coverage;
    let day = period.coverage_day(today);
    let scope = match coverage.plans {
        PlansOf::Unit => Scope::Unit,
        PlansOf::Personal | PlansOf::Both => Scope::Personal,
    };
    let in_force = organisation.assignments.values();
    let in_force = in_force.filter(|post| post.in_force.covers(day));
    let of_unit = in_force.filter(|post| about(post.unit));
    let mut found: BTreeSet<Owing> = BTreeSet::new();
    for post in of_unit {
        let (unit, person) = (post.unit, post.person);
        let owes = match scope {
            Scope::Unit => organisation.head(unit, day) == Some(person),
            Scope::Personal => binds_most(organisation, person, day) == Some(post),
        };
        let owner = (unit, person);
        let covered = || not_covered(organisation, coverage, scope, owner, day).is_none();
        let there = || is_assessed(organisation, (period, rules), person, unit);
        if owes && covered() && there() {
            found.insert(Owing {
                unit,
                person,
                scope,
            });
        }
    }
    found.into_iter().collect()
}

/// The post that binds a person most on a day: a main one before others, the oldest first.
fn binds_most(organisation: &Organisation, person: PersonId, day: Day) -> Option<&Assignment> {
    let posts = organisation.assignments_of(person, day);
    posts.min_by_key(|post| (post.tenure, post.in_force.from, post.id))
}

/// Of those who owe a plan, those who have none: neither of their own nor one of a unit.
///
/// Stops where this side cannot know.
pub fn without(world: &World, period: &Period, owing: Vec<Owing>) -> Result<Vec<Owing>, Stop> {
    if owing.is_empty() {
        return Ok(owing);
    }
    let plans = world.documents().filter_map(|(_, d)| d.plan.as_ref());
    let plans: Vec<&Plan> = plans.filter(|plan| plan.period == period.id).collect();
    let owners: BTreeSet<PersonId> = plans.iter().map(|plan| plan.owner).collect();
    let units = plans.iter().filter(|plan| plan.scope == Scope::Unit);
    let units: BTreeSet<UnitId> = units.map(|plan| plan.unit).collect();
    let mut without = Vec::new();
    for one in owing {
        let of_unit = one.scope == Scope::Unit && units.contains(&one.unit);
        if owners.contains(&one.person) || of_unit {
            continue;
        }
        let Owing {
            unit,
            person,
            scope,
        } = one;
        match world.plan_of(unit, period.id, scope, person, period.to) {
            Held::Present(_) => {}
            Held::Absent => without.push(one),
            Held::NotHeld => return Err(Stop::NotHeld),
        }
    }
    Ok(without)
}

/// Everybody in some units who has no plan of a period though the regime gives that a meaning.
pub fn missed(
    world: &World,
    (period, rules): (&Period, Rules<'_>),
    about: impl Fn(UnitId) -> bool,
    today: Day,
) -> Result<Vec<Owing>, Stop> {
    if rules.regime.people.no_plan == NoPlan::NotAssessed {
        return Ok(Vec::new());
    }
    let owing = owing(world.organisation(), (period, rules), about, today);
    without(world, period, owing)
}

/// The units whose missing plans hold up the seal of a plan: its own, and for a unit's plan its sister
/// units, with which it is compared.
pub fn beside(organisation: &Organisation, plan: &Plan) -> BTreeSet<UnitId> {
    let mut units = BTreeSet::from([plan.unit]);
    if plan.scope == Scope::Unit {
        let parent = organisation.units.get(&plan.unit);
        let parent = parent.and_then(|unit| unit.parent);
        let sisters = organisation.units.values();
        let sisters = sisters.filter(|unit| parent.is_some() && unit.parent == parent);
        units.extend(sisters.map(|unit| unit.id));
    }
    units
}
