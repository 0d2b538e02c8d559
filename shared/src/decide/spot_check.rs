//! Rules of spot checks: who draws, what is drawn, and who states what a check found.

use crate::change::Change;
use crate::command::spot_check::{CheckResult, DrawSample};
use crate::permission;
use crate::plan::PlanState;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::spot_check::{self, SpotCheck, SpotSample};
use crate::world::{Case, Stop};

use super::appeal::shown_to;
use super::plan::signature;
use super::{allow, in_state, known, reason};

/// The most pieces of evidence that a check names.
const MOST_EVIDENCE: usize = 50;

pub(super) fn draw(case: &Case<'_>, args: &DrawSample) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    known(organisation.periods.get(&args.period), "period")?;
    let rule = spot_check::rule(organisation, args.period);
    let rule = rule.ok_or(Refusal::NothingToDecide)?;
    allow(spot_check::may_draw(organisation, rule, case.actor, today))?;
    if organisation.samples.contains_key(&args.period) {
        return Err(Refusal::already_exists("spot_sample").into());
    }
    // What is drawn from is everybody's, and only the server holds that.
    if !case.world.holds_everything() {
        return Err(Stop::NotHeld);
    }
    case.work(2 * case.world.documents().count())?;
    let drawn = spot_check::draw(case.world, args.period, case.moment.received)?;
    let mut changes = Vec::new();
    for plan in &drawn.plans {
        let (plan, document) = case.plan(*plan)?;
        let result = known(document.result(), "result")?;
        let mut checkers = spot_check::checkers(organisation, rule, (plan, document), today);
        let of = (plan, Some(result));
        checkers.retain(|person| !permission::may_see_result(organisation, *person, today, of));
        changes.extend(shown_to(case, (plan, document), result.version, &checkers)?);
    }
    changes.push(Change::put(Row::SpotSample(Box::new(SpotSample {
        period: args.period,
        seed: drawn.seed,
        of: drawn.of,
        share: rule.share,
        drawn: drawn.plans,
        signed: signature(case, String::new()),
    }))));
    Ok(changes)
}

pub(super) fn check(case: &Case<'_>, args: &CheckResult) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let (plan, document) = case.plan(args.plan)?;
    let why = reason(&args.reason)?;
    let given = document.checks.values().next();
    if given.is_some_and(|one| {
        (one.by, one.fair, &one.reason, &one.evidence)
            == (case.actor, args.fair, &why, &args.evidence)
    }) {
        return Ok(Vec::new());
    }
    if given.is_some() {
        return Err(Refusal::already_exists("spot_check").into());
    }
    if !spot_check::is_open(organisation, plan, document) {
        return Err(Refusal::NothingToDecide.into());
    }
    let rule = spot_check::rule(organisation, plan.period);
    let rule = rule.ok_or(Refusal::NothingToDecide)?;
    let checkers = spot_check::checkers(organisation, rule, (plan, document), today);
    allow(checkers.contains(&case.actor))?;
    in_state(plan, &[PlanState::Published, PlanState::Sealed])?;
    let result = super::seal::standing(document, args.version)?;
    if args.evidence.len() > MOST_EVIDENCE {
        return Err(Refusal::LimitPassed {
            limit: "evidence_per_check".to_owned(),
            most: MOST_EVIDENCE as u64,
        }
        .into());
    }
    for evidence in &args.evidence {
        known(document.evidence.get(evidence), "evidence")?;
    }
    Ok(vec![Change::put(Row::SpotCheck(Box::new(SpotCheck {
        plan: args.plan,
        version: args.version,
        judge: result.by,
        by: case.actor,
        fair: args.fair,
        reason: why,
        evidence: args.evidence.clone(),
        times: case.moment.times(),
    })))])
}
