//! Rules of closing a cohort: the plan office signs what it leaves of everybody, and whom the regime
//! names says who comes first among equals.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::cohort::{self, CohortResult, TieDecision};
use crate::command::cohort::{DecideTie, ReturnResult, SettleCohort};
use crate::digest;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::regime::cycle::PeriodAct;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::plan::signature;
use super::{allow, in_state, known, malformed, period_of, reason, signed};

/// The most people who are ordered at once.
const MOST_TIED: usize = 500;

pub(super) fn settle(case: &Case<'_>, args: &SettleCohort) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_settle(organisation, case.actor, today))?;
    known(organisation.periods.get(&args.period), "period")?;
    let documents = case.world.documents();
    let items: usize = documents
        .map(|(_, document)| document.items.len() + 1)
        .sum();
    case.work(4 * items + organisation.assignments.len())?;
    let (received, actor) = (case.moment.received, case.actor);
    let settlement = cohort::draft(case.world, args.period, args.cohort, received, actor)?;
    // Whoever comes second has what was wished.
    if settlement.results.is_empty() {
        return Ok(Vec::new());
    }
    signed(&args.seen, settlement.digest)?;
    let times = case.moment.times();
    let results = settlement.results.into_iter();
    let row = |result| Row::CohortResult(Box::new(CohortResult { times, ..result }));
    Ok(results.map(|result| Change::put(row(result))).collect())
}

/// Gives a result back to be judged again: before the cohort is closed, because a ceiling that is passed
/// is kept by those who judged and by nobody else; after it, and after the seal, in a correction round.
pub(super) fn send_back(case: &Case<'_>, args: &ReturnResult) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let (plan, document) = case.plan(args.plan)?;
    allow(permission::may_settle(organisation, case.actor, today))?;
    let (period, rules) = period_of(case, plan)?;
    let corrected = period.is_corrected(plan.unit);
    // Nobody could judge it again: what judging closed, only a correction round opens.
    if period.done(PeriodAct::JudgingClosed, plan.unit).is_some() {
        let act = PeriodAct::JudgingClosed;
        return Err(Refusal::PeriodClosed {
            period: period.id,
            act,
        }
        .into());
    }
    if corrected {
        in_state(plan, &[PlanState::Published, PlanState::Sealed])?;
    } else {
        in_state(plan, &[PlanState::Published])?;
    }
    let result = known(document.result(), "result")?;
    if result.version != args.version {
        let current = digest::result(result);
        return Err(Refusal::ContentChanged { current }.into());
    }
    let waits = rules.is_settled() && document.cohort.is_none();
    if !waits && !corrected {
        return Err(Refusal::NothingToDecide.into());
    }
    let why = reason(&args.reason)?;
    Ok(vec![Change::put(Row::Plan(Plan {
        state: PlanState::Approved,
        returned: Some(signature(case, why)),
        ..plan.clone()
    }))])
}

pub(super) fn tie(case: &Case<'_>, args: &DecideTie) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let (_, _, rules) = organisation.judged(args.period)?;
    let Some(rule) = &rules.regime.cohort else {
        return Err(Refusal::NothingToDecide.into());
    };
    let distinct: BTreeSet<_> = args.people.iter().collect();
    if distinct.len() != args.people.len() || !(2..=MOST_TIED).contains(&args.people.len()) {
        return Err(malformed("people"));
    }
    for person in &args.people {
        known(organisation.people.get(person), "person")?;
    }
    let company = known(organisation.company.as_ref(), "company")?;
    allow(permission::may_decide_tie(
        organisation,
        case.actor,
        &rule.ties,
        &args.people,
        today,
    ))?;
    let decision = TieDecision {
        period: args.period,
        unit: company.root,
        people: args.people.clone(),
        reason: reason(&args.reason)?,
        by: case.actor,
        times: case.moment.times(),
    };
    let document = case.world.document(cohort::ties(args.period));
    let current = document.and_then(|document| document.ties.get(&decision.bits()));
    let same = |one: &TieDecision| one.people == decision.people && one.reason == decision.reason;
    if current.is_some_and(same) {
        return Ok(Vec::new());
    }
    Ok(vec![Change::put(Row::TieDecision(Box::new(decision)))])
}
