//! Rules of lateness: each act is put beside its deadline when it is executed, and the named role decides about an act that came late and claims to have been
//! made in time, once, with a reason.

use crate::change::Change;
use crate::command::review::DecideLateness;
use crate::deadline::{self, Act, DeadlineStep, LateAct, LatenessDecision, Timed, Timeliness};
use crate::item::Item;
use crate::moment::{Day, Times};
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{MOST_TEXT, allow, fits, in_state, known, period_of};

/// Puts an act beside the deadline of a step, where the regime has one.
pub(super) fn of_step(
    case: &Case<'_>,
    plan: &Plan,
    step: DeadlineStep,
    times: &Times,
) -> Result<Option<Box<Timed>>, Stop> {
    let (period, rules) = period_of(case, plan)?;
    let days = case.organisation().work_days(plan.unit);
    let found = deadline::of_step(rules, step, period, &days);
    let (lateness, counts) = (&rules.regime.lateness, rules.counts(&step.into()));
    let happened = None;
    let act = Act { times, happened };
    Ok(found.map(|found| Box::new(deadline::timed(lateness, counts, act, found, &days))))
}

/// Puts a completion of this moment, which happened on a day, beside the due day in force, where there
/// is one.
pub(super) fn of_due(
    case: &Case<'_>,
    plan: &Plan,
    item: &Item,
    (due, happened): (Option<Day>, Day),
) -> Result<Option<Box<Timed>>, Stop> {
    let (period, rules) = period_of(case, plan)?;
    let organisation = case.organisation();
    let days = organisation.work_days(plan.unit);
    Ok(due.map(|due| {
        let due = deadline::extended_due(organisation, plan, item, due, period.from);
        let due = deadline::of_due(due, &days);
        let act = Act {
            times: &case.moment.times(),
            happened: Some(happened),
        };
        let lateness = &rules.regime.lateness;
        Box::new(deadline::timed(lateness, lateness.counts, act, due, &days))
    }))
}

pub(super) fn decide(case: &Case<'_>, args: &DecideLateness) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    // The row with the act, and whose act it is.
    let (mut row, whose) = match args.act {
        LateAct::Submission => {
            let submitted = known(plan.submitted.as_ref(), "submission")?;
            (Row::Plan(plan.clone()), submitted.by)
        }
        LateAct::Report(item, report) => {
            let report = document.reports.get(&report);
            let report = known(report.filter(|report| report.item == item), "report")?;
            let whose = report.of.unwrap_or(report.by);
            (Row::Report(report.clone()), whose)
        }
        LateAct::SelfScore(item) => {
            let score = known(document.self_scores.get(&item), "score")?;
            (Row::SelfScore(score.clone()), score.by)
        }
    };
    let decider = &rules.regime.lateness.decider;
    let may = permission::may_decide_lateness(
        case.organisation(),
        case.actor,
        plan,
        whose,
        decider,
        case.today(),
    );
    allow(may)?;
    in_state(
        plan,
        &[
            PlanState::Submitted,
            PlanState::Returned,
            PlanState::Approved,
        ],
    )?;
    let reason = args.reason.trim().to_owned();
    if reason.is_empty() {
        let (item, field) = (None, "reason".to_owned());
        return Err(Refusal::FieldMissing { item, field }.into());
    }
    fits("reason", &reason, MOST_TEXT)?;
    let timed = timed(&mut row)
        .filter(|timed| timed.label == Timeliness::LateClaimedOnTime && timed.decided.is_none());
    let timed = timed.ok_or(Refusal::NothingToDecide)?;
    timed.decided = Some(LatenessDecision {
        by: case.actor,
        times: case.moment.times(),
        accepted: args.accepted,
        reason,
    });
    Ok(vec![Change::put(row)])
}

/// How the act of a row stands to its deadline.
fn timed(row: &mut Row) -> Option<&mut Timed> {
    let timed = match row {
        Row::Plan(plan) => plan.submitted.as_mut()?.timed.as_mut(),
        Row::Report(report) => report.timed.as_mut(),
        Row::SelfScore(score) => score.timed.as_mut(),
        _ => None,
    };
    timed.map(AsMut::as_mut)
}
