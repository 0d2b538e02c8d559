//! Rules of judging and publishing: the responsible person states, the superior judges, and what is
//! published binds every score and every step.

use crate::change::Change;
use crate::command::review::{CloseUnapplied, PublishResult, ScoreItem};
use crate::deadline::{DeadlineStep, of_step};
use crate::id::PersonId;
use crate::item::Item;
use crate::partition::PartitionId;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::result;
use crate::row::Row;
use crate::score::{self, Judgement, Score};
use crate::unapplied;
use crate::world::{Case, Stop};

use super::{MOST_TEXT, allow, deadline, fits, in_state, period_of, reason, signed, unchanged};

pub(super) fn score_self(case: &Case<'_>, args: &ScoreItem) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let item = case.item(document, args.item)?;
    allow(permission::may_report(case.actor, plan, item))?;
    in_state(plan, &[PlanState::Approved])?;
    let Some(judge) = permission::judge_of(case.organisation(), plan, case.today()) else {
        return Err(Refusal::NoSuperior { owner: plan.owner }.into());
    };
    let current = document.self_scores.get(&item.id);
    let score = Score {
        judge,
        timed: deadline::of_step(case, plan, DeadlineStep::SelfScore, &case.moment.times())?,
        ..scored(case, plan, item)
    };
    rescore(case, args, current, score, Row::SelfScore)
}

pub(super) fn score_superior(case: &Case<'_>, args: &ScoreItem) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let late = judging(case, plan)?;
    let item = case.item(document, args.item)?;
    in_state(plan, &[PlanState::Approved])?;
    // What an earlier judge left is not shown to this one, and so it is nothing to compare with.
    let current = result::judged(document, case.actor).remove(&item.id);
    let score = Score {
        on_behalf: late.is_some(),
        ..scored(case, plan, item)
    };
    rescore(case, args, current, score, Row::SuperiorScoreBy)
}

/// Refuses who may not judge the plan now; names the late superior in whose place the actor does.
///
/// The one above the superior judges only after the superior's deadline, and nobody else ever.
pub(super) fn judging(case: &Case<'_>, plan: &Plan) -> Result<Option<PersonId>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    if permission::may_judge(organisation, case.actor, plan, today) {
        return Ok(None);
    }
    let indirect = permission::indirect_judge_of(organisation, plan, today);
    allow(indirect == Some(case.actor))?;
    let judge = permission::judge_of(organisation, plan, today);
    let Some(judge) = judge else {
        return Err(Refusal::NoSuperior { owner: plan.owner }.into());
    };
    let (period, rules) = period_of(case, plan)?;
    let days = organisation.work_days(plan.unit);
    let deadline = of_step(rules, DeadlineStep::SuperiorScore, period, &days);
    if deadline
        .as_ref()
        .is_none_or(|deadline| case.moment.received <= deadline.at)
    {
        let until = deadline.map(|deadline| deadline.day);
        return Err(Refusal::SuperiorNotLate { judge, until }.into());
    }
    Ok(Some(judge))
}

/// A score by the actor, not yet stating anything.
fn scored(case: &Case<'_>, plan: &Plan, item: &Item) -> Score {
    Score {
        plan: plan.id,
        item: item.id,
        by: case.actor,
        judge: case.actor,
        judgement: Judgement::NotCarriedOut,
        note: String::new(),
        times: case.moment.times(),
        on_behalf: false,
        timed: None,
    }
}

/// Replaces a score while its judgement still is what the person saw.
fn rescore(
    case: &Case<'_>,
    args: &ScoreItem,
    current: Option<&Score>,
    blank: Score,
    row: fn(Score) -> Row,
) -> Result<Vec<Change>, Stop> {
    let standing = current.map(|score| score.judgement.clone());
    unchanged(&standing, &args.judgement, args.item, "judgement")?;
    if let Some(score) = current
        && standing != args.judgement.old
        && score.note != args.note
    {
        // The same judgement came from elsewhere with other words; those were not seen.
        let (item, field) = (Some(args.item), "note".to_owned());
        let current = serde_json::Value::from(score.note.clone());
        return Err(Refusal::ChangedMeanwhile {
            item,
            field,
            current,
        }
        .into());
    }
    let Some(judgement) = &args.judgement.new else {
        let remove = |score: &Score| Change::Remove {
            key: row(score.clone()).key(),
            document: Some(score.plan),
        };
        return Ok(current.map(remove).into_iter().collect());
    };
    fits("note", &args.note, MOST_TEXT)?;
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    score::check(rules, case.item(document, args.item)?, judgement)?;
    let same = |score: &Score| score.judgement == *judgement && score.note == args.note;
    if current.is_some_and(same) {
        return Ok(Vec::new());
    }
    let score = Score {
        judgement: judgement.clone(),
        note: args.note.clone(),
        ..blank
    };
    Ok(vec![Change::put(row(score))])
}

pub(super) fn publish(case: &Case<'_>, args: &PublishResult) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let late = judging(case, plan)?;
    in_state(plan, &[PlanState::Approved])?;
    case.work(4 * document.items.len() + document.superior_scores.len())?;
    let (period, _) = period_of(case, plan)?;
    let verdict = result::verdict(case.world, plan.id, case.actor, case.today())?;
    signed(&args.seen, verdict.seen)?;
    let version = case.organisation().regimes.get(&period.regime);
    let digest = version.map(|version| version.digest.clone());
    let number = document.result().map_or(1, |last| last.version + 1);
    let of = (plan.id, number);
    let revealed = result::facts::revealed(case.world, of, case.actor, case.today())?;
    let computed = verdict.computed;
    let published = result::PlanResult {
        plan: plan.id,
        version: number,
        unit: plan.unit,
        period: plan.period,
        owner: plan.owner,
        by: case.actor,
        times: case.moment.times(),
        engine_version: verdict.engine_version,
        regime: period.regime,
        regime_digest: digest.expect("period_of found this version"),
        inputs: verdict.inputs,
        derivation: computed.derivation,
        total: computed.total,
        coefficient: computed.coefficient,
        deferred: verdict.deferred,
        on_behalf_of: late,
        three: verdict.three,
    };
    let plan = Plan {
        state: PlanState::Published,
        ..plan.clone()
    };
    let mut changes = vec![
        Change::put(Row::Result(published)),
        Change::put(Row::Plan(plan)),
    ];
    let revealed = revealed.map(|revealed| Row::Revealed(Box::new(revealed)));
    changes.extend(revealed.map(Change::put));
    Ok(changes)
}

pub(super) fn close_unapplied(case: &Case<'_>, args: &CloseUnapplied) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_administer(organisation, case.actor, today))?;
    reason(&args.reason)?;
    match unapplied::settle(case.world, args.command, args.person) {
        Some(closed) => Ok(vec![closed]),
        None if case.world.holds(PartitionId::User(args.person), today) => {
            Err(Refusal::not_found("unapplied command").into())
        }
        None => Err(Stop::NotHeld),
    }
}
