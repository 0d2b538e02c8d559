//! Rules of reporting, judging and publishing: the responsible person states, the superior judges,
//! and what is published binds every score and every step.

use chrono::Days;

use crate::change::Change;
use crate::command::review::{PublishResult, ReportItem, ScoreItem};
use crate::deadline::DeadlineStep;
use crate::item::Item;
use crate::moment::Day;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::report::{Report, ReportKind};
use crate::result;
use crate::row::Row;
use crate::score::{Judgement, Score};
use crate::world::{Case, Stop};

use super::{MOST_TEXT, allow, deadline, fits, in_state, period_of, signed, unchanged, within};

/// The most reports on the items of one plan.
const MOST_REPORTS: usize = 10_000;

/// How many days before its period an item may have been worked on.
const EARLIEST: Days = Days::new(366);

pub(super) fn report(case: &Case<'_>, args: &ReportItem) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let item = case.item(document, args.item)?;
    allow(permission::may_report(case.actor, plan, item))?;
    in_state(plan, &[PlanState::Approved])?;
    if document.reports.contains_key(&args.report) {
        return Err(Refusal::already_exists("report").into());
    }
    if document.reports.len() >= MOST_REPORTS {
        let (limit, most) = ("reports_per_plan".to_owned(), MOST_REPORTS as u64);
        return Err(Refusal::LimitPassed { limit, most }.into());
    }
    let least = if args.kind == ReportKind::Completion {
        100
    } else {
        0
    };
    within("percent", &args.percent, &least, &100)?;
    fits("note", &args.note, MOST_TEXT)?;
    let (period, _) = period_of(case, plan)?;
    let earliest = period.from.checked_sub_days(EARLIEST).unwrap_or(Day::MIN);
    // The person's zone may already be in tomorrow.
    let latest = case.today().succ_opt().unwrap_or(Day::MAX);
    within("happened", &args.happened, &earliest, &latest)?;
    let due = item.due.filter(|_| args.kind == ReportKind::Completion);
    let timed = deadline::of_due(case, plan, due)?;
    Ok(vec![Change::put(Row::Report(Report {
        id: args.report,
        plan: plan.id,
        item: item.id,
        kind: args.kind,
        by: case.actor,
        percent: args.percent,
        quantity: args.quantity,
        note: args.note.clone(),
        happened: args.happened,
        times: case.moment.times(),
        of: None,
        reason: String::new(),
        confirmed: None,
        timed,
    }))])
}

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
        timed: deadline::of_step(case, plan, DeadlineStep::SelfScore)?,
        ..scored(case, plan, item)
    };
    rescore(case, args, current, score, Row::SelfScore)
}

pub(super) fn score_superior(case: &Case<'_>, args: &ScoreItem) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    allow(permission::may_judge(
        case.organisation(),
        case.actor,
        plan,
        case.today(),
    ))?;
    let item = case.item(document, args.item)?;
    in_state(plan, &[PlanState::Approved])?;
    // What an earlier judge left is not shown to this one, and so it is nothing to compare with.
    let current = result::judged(document, case.actor).remove(&item.id);
    rescore(
        case,
        args,
        current,
        scored(case, plan, item),
        Row::SuperiorScoreBy,
    )
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
    let (plan, _) = case.plan(args.plan)?;
    let (_, regime) = period_of(case, plan)?;
    result::factor(&regime.judging, judgement)?;
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
    allow(permission::may_judge(
        case.organisation(),
        case.actor,
        plan,
        case.today(),
    ))?;
    in_state(plan, &[PlanState::Approved])?;
    case.work(4 * document.items.len() + document.superior_scores.len())?;
    let (period, regime) = period_of(case, plan)?;
    let verdict = result::verdict(regime, plan.id, document, case.actor)?;
    signed(&args.seen, verdict.seen)?;
    let version = case.organisation().regimes.get(&period.regime);
    let digest = version.map(|version| version.digest.clone());
    let computed = verdict.computed;
    let published = result::PlanResult {
        plan: plan.id,
        version: document.result().map_or(1, |last| last.version + 1),
        unit: plan.unit,
        period: plan.period,
        owner: plan.owner,
        by: case.actor,
        times: case.moment.times(),
        engine_version: result::ENGINE_VERSION,
        regime: period.regime,
        regime_digest: digest.expect("period_of found this version"),
        inputs: verdict.inputs,
        derivation: computed.derivation,
        total: computed.total,
        coefficient: computed.coefficient,
    };
    let plan = Plan {
        state: PlanState::Published,
        ..plan.clone()
    };
    Ok(vec![
        Change::put(Row::Result(published)),
        Change::put(Row::Plan(plan)),
    ])
}
