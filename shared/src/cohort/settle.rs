//! Closing a cohort: everybody's figures together, or all that is still open.
//!
//! A device shows it and the server decides it with the same function, so that who signs the digest
//! signs each result in it.

use crate::id::{PeriodId, PersonId, PlanId};
use crate::moment::{Times, UtcMillis};
use crate::plan::Scope;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::cohort::{CeilingAt, Cohort};
use crate::result::engine_3::cohort::{
    self as engine, CohortKey, Outcome, Settled, Standing, TieDecision as Order,
};
use crate::result::engine_3::{self, Figures, Program};
use crate::seal::{self, Assessment, Closed, Stand};
use crate::world::{Held, Stop, World};

use super::{CohortResult, Member, Unsettled, all, family, seen, ties, unready};

/// What a closing would leave, and the digest by which it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The results, by cohort and person; without those who are not assessed.
    pub results: Vec<CohortResult>,
    /// The digest to be signed.
    pub digest: String,
}

/// Until somebody signs.
const NEVER: Times = Times {
    claimed: UtcMillis(0),
    received: UtcMillis(0),
    recorded: UtcMillis(0),
};

/// Somebody's figures before the cohort is looked at.
struct Seat<'m> {
    member: &'m Member,
    /// None of somebody who is not assessed.
    figures: Option<Figures>,
    /// None of somebody without a plan either.
    stand: Option<Stand>,
    department: Option<Points>,
}

/// What closing a cohort of a period would leave of those who are not settled yet.
///
/// Refuses with all that is open; stops where this side does not hold what it takes.
pub fn draft(
    world: &World,
    period: PeriodId,
    cohort: CohortKey,
    at: UtcMillis,
    by: PersonId,
) -> Result<Settlement, Stop> {
    let organisation = world.organisation();
    let (found, _, rules) = organisation.judged(period)?;
    let Some(rule) = &rules.regime.cohort else {
        return Err(Refusal::NothingToDecide.into());
    };
    let program = engine_3::compile(rules.regime, found.kind);
    let program = program.map_err(|finding| Refusal::RegimeInvalid {
        findings: vec![finding],
    })?;
    let day = at.day(organisation.utc_offset());
    let all = all(world, period, day)?;
    let together = family(rule, all, cohort);
    if !together.iter().any(|member| member.cohort == cohort) {
        return Err(Refusal::not_found("cohort").into());
    }
    // A cohort that somebody has left since for this one does not settle it.
    let settled = |member: &&Member| {
        let result = result_of(world, member);
        result.is_some_and(|result| together.iter().any(|one| one.cohort == result.cohort))
    };
    let mut results = if together.iter().any(|member| settled(&member)) {
        late(world, (rule, &program), &together, at)?
    } else {
        at_once(world, (rule, &program), (period, &together), at)?
    };
    let times = Times {
        claimed: at,
        received: at,
        recorded: at,
    };
    for result in &mut results {
        (result.by, result.times) = (by, times);
    }
    let digest = seen(period, cohort, &results);
    Ok(Settlement { results, digest })
}

/// What closing left of a member before.
fn result_of<'w>(world: &'w World, member: &Member) -> Option<&'w CohortResult> {
    let last = member.plans.last()?;
    world.document(*last)?.cohort.as_deref()
}

/// Everybody's figures; or all that they lack.
fn seats<'m>(
    world: &World,
    (rule, program): (&Cohort, &Program),
    together: impl Iterator<Item = &'m Member>,
    at: UtcMillis,
) -> Result<Vec<Seat<'m>>, Stop> {
    let mut seats = Vec::new();
    let mut open = Vec::new();
    for member in together {
        let department = match department(world, rule, member, at)? {
            Ok(department) => department,
            Err(plan) => {
                open.push(Unsettled::Department(plan));
                None
            }
        };
        if member.plans.is_empty() {
            seats.push(Seat {
                member,
                figures: Some(engine::zero(program)),
                stand: None,
                department,
            });
            continue;
        }
        let stand = match seal::stand(world, &member.plans, at) {
            Ok(stand) => stand,
            Err(Stop::Refused(Refusal::SealNotReady { missing })) => {
                let lacks = missing.into_iter();
                open.extend(lacks.map(|missing| Unsettled::Lacks(member.person, missing)));
                continue;
            }
            Err(stop) => return Err(stop),
        };
        let stand = (stand.assessment == Assessment::Assessed).then_some(stand);
        seats.push(Seat {
            member,
            figures: stand.as_ref().map(|stand| stand.figures),
            stand,
            department,
        });
    }
    if open.is_empty() {
        return Ok(seats);
    }
    open.sort();
    open.dedup();
    Err(unready(open).into())
}

/// The total of a member's department, where it is the ceiling; its plan where that is not judged.
fn department(
    world: &World,
    rule: &Cohort,
    member: &Member,
    at: UtcMillis,
) -> Result<Result<Option<Points>, PlanId>, Stop> {
    let by_department = rule
        .ceiling
        .is_some_and(|one| one.at == CeilingAt::DepartmentTotal);
    let CohortKey::Unit(unit) = member.cohort else {
        return Ok(Ok(None));
    };
    if !by_department {
        return Ok(Ok(None));
    }
    let period = member.plans.last().and_then(|plan| world.document(*plan));
    let Some(plan) = period.and_then(|document| document.plan.as_ref()) else {
        return Ok(Ok(None));
    };
    let day = at.day(world.organisation().utc_offset());
    let found = world.plan_of(unit, plan.period, Scope::Unit, plan.owner, day);
    let department = match found {
        Held::Present(department) => department.id,
        Held::Absent => return Ok(Ok(None)),
        Held::NotHeld => return Err(Stop::NotHeld),
    };
    let (_, document) = world.plan(department).or_not_found("plan")?;
    let total = document.result().map(|result| result.total);
    Ok(total.map_or(Err(department), |total| Ok(Some(total))))
}

/// Settles everybody together.
fn at_once(
    world: &World,
    (rule, program): (&Cohort, &Program),
    (period, together): (PeriodId, &[Member]),
    at: UtcMillis,
) -> Result<Vec<CohortResult>, Stop> {
    let seats = seats(world, (rule, program), together.iter(), at)?;
    let standings: Vec<Standing> = seats.iter().map(Seat::standing).collect();
    let orders = orders(world, period);
    let outcome = match engine::cohort(program, &standings, &orders) {
        Ok(outcome) => outcome,
        Err(engine::Unsettled::Open(open)) => {
            let open = open.into_iter().map(Unsettled::Cohort);
            return Err(unready(open.collect()).into());
        }
        Err(engine::Unsettled::Refused(refusal)) => return Err(refusal.into()),
    };
    let Outcome { settled, .. } = &outcome;
    let mut results = Vec::with_capacity(seats.len());
    for (seat, settled) in seats.iter().zip(settled) {
        let facts = outcome.facts_of(seat.member.cohort);
        if let (Some(stand), Some(facts)) = (&seat.stand, facts) {
            let closed = Closed::of(world, program, stand, (settled, &facts, false))?;
            results.push(seat.member.result(stand, closed, settled));
        }
    }
    Ok(results)
}

/// Settles those who were judged after the others: by the facts that stand.
fn late(
    world: &World,
    (rule, program): (&Cohort, &Program),
    together: &[Member],
    at: UtcMillis,
) -> Result<Vec<CohortResult>, Stop> {
    let rest = together
        .iter()
        .filter(|member| result_of(world, member).is_none());
    let mut results = Vec::new();
    for seat in seats(world, (rule, program), rest, at)? {
        let of = |other: &&Member| other.cohort == seat.member.cohort;
        let mut own = together.iter().filter(of).chain(together);
        let facts = own.find_map(|other| result_of(world, other)?.closed.facts.clone());
        let (Some(stand), Some(facts)) = (&seat.stand, facts) else {
            continue;
        };
        let settled = seal::beyond(program, seat.member.person, &stand.figures, &facts)?;
        let closed = Closed::of(world, program, stand, (&settled, &facts, true))?;
        results.push(seat.member.result(stand, closed, &settled));
    }
    Ok(results)
}

/// The orders that were decided in a period, the oldest first.
fn orders(world: &World, period: PeriodId) -> Vec<Order> {
    let document = world.document(ties(period));
    let mut decisions: Vec<_> = document
        .into_iter()
        .flat_map(|document| document.ties.values())
        .collect();
    decisions.sort_by_key(|decision| (decision.times.recorded, decision.bits()));
    let order = |decision: &super::TieDecision| Order {
        people: decision.people.clone(),
    };
    decisions.into_iter().map(order).collect()
}

impl Seat<'_> {
    fn standing(&self) -> Standing {
        let figures = self.figures;
        Standing {
            person: self.member.person,
            cohort: self.member.cohort,
            sisters: self.member.sisters,
            department: self.department,
            exempt: figures.is_none(),
            figures: figures.unwrap_or(Figures {
                exact: engine_3::Exact::ZERO,
                total: Points(0),
                band: None,
                coefficient: crate::quantity::BasisPoints(0),
                preliminary: false,
            }),
        }
    }
}

impl Member {
    fn result(&self, stand: &Stand, closed: Closed, settled: &Settled) -> CohortResult {
        CohortResult {
            plan: stand.plan,
            person: self.person,
            period: stand.period,
            cohort: self.cohort,
            of: stand.of.clone(),
            closed,
            total: settled.total,
            coefficient: settled.coefficient,
            by: self.person,
            times: NEVER,
        }
    }
}
