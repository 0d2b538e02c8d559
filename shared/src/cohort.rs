//! Cohorts of a period: who is settled together, who says what comes first among equals, and what closing
//! left of each person's result.
//!
//! What a cohort decided stands with each of its people and names nobody else. A cohort is settled
//! once: who is judged later takes nobody's place and loses none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::{Day, Times};
use crate::organisation::Organisation;
use crate::part_score::named;
use crate::period::expected::{self, Owing};
use crate::permission;
use crate::plan::{Plan, Scope};
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::cohort::{Cohort, CohortOf, SmallThen};
use crate::regime::people::NoPlan;
use crate::seal::{self, Closed, Missing};
use crate::world::{Stop, World};

mod settle;

pub use crate::result::engine_3::cohort::{CohortFacts, CohortKey, CohortOpen};
pub use settle::{Settlement, draft};

/// What closing the cohort left of a person's result. It stands with the plan of the last part; there
/// is one of each plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortResult {
    /// The plan.
    pub plan: PlanId,
    /// Whose.
    pub person: PersonId,
    /// Of which period.
    pub period: PeriodId,
    /// The person's own cohort.
    pub cohort: CohortKey,
    /// The published results that were settled: plan, version and digest, in order of time.
    pub of: Vec<(PlanId, u32, String)>,
    /// What was decided.
    pub closed: Closed,
    /// The total after it.
    pub total: Points,
    /// The coefficient after it.
    pub coefficient: BasisPoints,
    /// Who closed the cohort.
    pub by: PersonId,
    /// When.
    pub times: Times,
}

/// The order of people who stand equal, as somebody decided it. The row's key is the people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieDecision {
    /// The period.
    pub period: PeriodId,
    /// The company's highest unit, where the decision stands.
    pub unit: UnitId,
    /// The people, the best first.
    pub people: Vec<PersonId>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: PersonId,
    /// When.
    pub times: Times,
}

impl TieDecision {
    /// The bits of its key: a later decision about the same people stands in its place.
    pub fn bits(&self) -> u128 {
        let mut people = self.people.clone();
        people.sort_unstable();
        named(&people)
    }
}

/// Why a cohort cannot be settled yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsettled {
    /// A person's own result lacks something.
    Lacks(PersonId, Missing),
    /// The plan whose total is the ceiling is not judged.
    Department(PlanId),
    /// What the cohort itself leaves open.
    Cohort(CohortOpen),
}

/// The document in which the tie decisions of a period stand.
pub fn ties(period: PeriodId) -> PlanId {
    let bits = named(&("ties", period));
    PlanId::from_bits(bits)
}

/// A person with plans in a period, or without one where that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// The plans, in order of time; none of somebody who counts zero for having none.
    pub plans: Vec<PlanId>,
    /// The unit of the last of them.
    pub unit: UnitId,
    /// The cohort to which the person belongs.
    pub cohort: CohortKey,
    /// What that cohort is part of.
    pub sisters: Option<CohortKey>,
}

/// Everybody with plans of a period, by cohort and person.
pub fn members<'p>(
    organisation: &Organisation,
    rule: &Cohort,
    plans: impl Iterator<Item = &'p Plan>,
    period: PeriodId,
    day: Day,
) -> Vec<Member> {
    // Whoever closes later must find the same cohorts: they are those of the period's last day.
    let day = organisation.periods.get(&period).map_or(day, |it| it.to);
    let mut owned: BTreeMap<PersonId, Vec<&Plan>> = BTreeMap::new();
    for plan in plans.filter(|plan| plan.period == period) {
        owned.entry(plan.owner).or_default().push(plan);
    }
    let mut sisters = BTreeMap::new();
    let member = |(person, plans): (PersonId, Vec<&Plan>)| {
        let ids = seal::in_order(organisation, person, period, plans.clone());
        let last = ids
            .last()
            .and_then(|id| plans.iter().find(|plan| plan.id == *id))?;
        let cohort = key(organisation, rule.of, &Seat::of(organisation, last, day));
        let sisters = *sisters
            .entry(cohort)
            .or_insert_with(|| under(organisation, cohort, day));
        Some(Member {
            person,
            plans: ids,
            unit: last.unit,
            cohort,
            sisters,
        })
    };
    let mut members: Vec<Member> = owned.into_iter().filter_map(member).collect();
    members.sort_by_key(|member| (member.cohort, member.person));
    members
}

/// What of a plan says among whom its owner stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seat {
    /// The unit.
    pub(crate) unit: UnitId,
    /// Whether it is the unit's plan or the person's own.
    pub(crate) scope: Scope,
    /// Who judges it.
    pub(crate) judge: Option<PersonId>,
}

impl Seat {
    /// The seat of a plan's owner, as the organisation is on a day.
    pub(crate) fn of(organisation: &Organisation, plan: &Plan, day: Day) -> Self {
        Self {
            unit: plan.unit,
            scope: plan.scope,
            judge: permission::judge_of(organisation, plan, day),
        }
    }
}

/// Everybody of a period by cohort and person, with those who have no plan where that counts zero.
///
/// Stops where this side cannot know who has none.
pub fn all(world: &World, period: PeriodId, day: Day) -> Result<Vec<Member>, Stop> {
    let organisation = world.organisation();
    let (found, _, rules) = organisation.judged(period)?;
    let Some(rule) = &rules.regime.cohort else {
        return Ok(Vec::new());
    };
    let plans = world.documents().filter_map(|(_, d)| d.plan.as_ref());
    let mut all = members(organisation, rule, plans, period, day);
    if rules.regime.people.no_plan == NoPlan::CountsZero {
        let missed = expected::missed(world, (found, rules), |_| true, day)?;
        let without = missed.into_iter();
        all.extend(without.map(|one| unplanned(organisation, rule.of, one, found.to)));
        all.sort_by_key(|member| (member.cohort, member.person));
    }
    Ok(all)
}

/// Somebody without a plan, in the cohort in which the plan would be.
fn unplanned(organisation: &Organisation, of: CohortOf, one: Owing, day: Day) -> Member {
    let Owing {
        unit,
        person,
        scope,
    } = one;
    let judge = organisation.superior(person, unit, day);
    let seat = Seat { unit, scope, judge };
    let cohort = key(organisation, of, &seat);
    Member {
        person,
        plans: Vec::new(),
        unit,
        cohort,
        sisters: under(organisation, cohort, day),
    }
}

/// The cohort of a plan's owner: a unit's plan stands among those of its sister units.
pub(crate) fn key(organisation: &Organisation, of: CohortOf, seat: &Seat) -> CohortKey {
    let parent = || {
        organisation
            .units
            .get(&seat.unit)
            .and_then(|unit| unit.parent)
    };
    match of {
        CohortOf::Company => CohortKey::Company,
        CohortOf::Unit if seat.scope == Scope::Unit => {
            CohortKey::Unit(parent().unwrap_or(seat.unit))
        }
        CohortOf::Unit => CohortKey::Unit(seat.unit),
        CohortOf::Superior => seat
            .judge
            .map_or(CohortKey::Unit(seat.unit), CohortKey::Superior),
    }
}

/// The superior whom a cohort has in common with its sisters.
pub(crate) fn under(organisation: &Organisation, cohort: CohortKey, day: Day) -> Option<CohortKey> {
    let superior = match cohort {
        CohortKey::Unit(unit) => {
            let parent = organisation.units.get(&unit)?.parent?;
            let head = organisation.head(parent, day);
            head.or_else(|| organisation.stand_in(parent, day))
        }
        CohortKey::Superior(superior) => {
            let posts = organisation.assignments_of(superior, day);
            let main = posts.min_by_key(|post| (post.tenure, post.in_force.from, post.id))?;
            organisation.superior(superior, main.unit, day)
        }
        CohortKey::Company | CohortKey::Under(_) => None,
    };
    superior.map(CohortKey::Under)
}

/// Those who are settled together with a cohort: its sisters too, where small ones are pooled or
/// places lent.
pub fn family(rule: &Cohort, members: Vec<Member>, cohort: CohortKey) -> Vec<Member> {
    let lends = rule.quotas.iter().any(|quota| quota.lent);
    let pools = !rule.quotas.is_empty() && rule.small.then == SmallThen::Pooled;
    let own = |member: &Member| member.cohort == cohort;
    let sisters = members.iter().find(|member| own(member));
    let sisters = sisters.and_then(|member| member.sisters);
    let sisters = sisters.filter(|_| lends || pools);
    let mut members = members;
    members.retain(|member| own(member) || (sisters.is_some() && member.sisters == sisters));
    members
}

/// Refuses a closing, with what is open.
fn unready(open: Vec<Unsettled>) -> Refusal {
    Refusal::CohortOpen { open }
}

/// Digest of what a closing leaves of everybody: what its signer saw.
fn seen(period: PeriodId, cohort: CohortKey, results: &[CohortResult]) -> String {
    let lines: Vec<_> = results
        .iter()
        .map(|one| {
            let Closed {
                digest, root, band, ..
            } = &one.closed;
            (one.plan, one.total, one.coefficient, digest, root, band)
        })
        .collect();
    canonical::digest("jihe/cohort-closing/1", &(period, cohort, lines))
}
