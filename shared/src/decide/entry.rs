//! Rules of reports: the responsible person states how far it is; where that person has no device,
//! somebody above enters it on behalf 代录, and the person says later whether it is so.
//!
//! An entry on behalf never signs and never scores.

use chrono::Days;

use crate::baseline::due_in_force;
use crate::change::Change;
use crate::command::review::{ConfirmEntry, ReportItem};
use crate::id::PersonId;
use crate::item::Item;
use crate::moment::Day;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::report::{Confirmation, Report, ReportKind};
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{MOST_TEXT, allow, deadline, fits, in_state, period_of, reason, within};

/// The most reports on the items of one plan.
const MOST_REPORTS: usize = 10_000;

/// How many days before its period an item may have been worked on.
const EARLIEST: Days = Days::new(366);

pub(super) fn report(case: &Case<'_>, args: &ReportItem) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let item = case.item(document, args.item)?;
    may_enter(case, plan, item, args.of)?;
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
    let why = match args.of {
        Some(_) => reason(&args.reason)?,
        None => String::new(),
    };
    let (period, _) = period_of(case, plan)?;
    let earliest = period.from.checked_sub_days(EARLIEST).unwrap_or(Day::MIN);
    // The person's zone may already be in tomorrow.
    let latest = case.today().succ_opt().unwrap_or(Day::MAX);
    within("happened", &args.happened, &earliest, &latest)?;
    let judge = permission::judge_of(case.organisation(), plan, case.today());
    let due = due_in_force(item, &document.baselines);
    let due = due.filter(|_| args.kind == ReportKind::Completion);
    let timed = deadline::of_due(case, plan, item, (due, args.happened))?;
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
        of: args.of,
        reason: why,
        paper: args.paper,
        confirmed: None,
        judge: judge.filter(|judge| Some(*judge) != plan.judge),
        timed,
    }))])
}

/// Refuses who may not report on the item: oneself, or on behalf of who may.
fn may_enter(case: &Case<'_>, plan: &Plan, item: &Item, of: Option<PersonId>) -> Result<(), Stop> {
    let whose = of.unwrap_or(case.actor);
    allow(permission::may_report(whose, plan, item))?;
    if of.is_none() {
        return Ok(());
    }
    let organisation = case.organisation();
    allow(permission::may_enter_for(
        organisation,
        case.actor,
        whose,
        plan.unit,
        case.today(),
    ))
}

pub(super) fn confirm(case: &Case<'_>, args: &ConfirmEntry) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let report = document
        .reports
        .get(&args.report)
        .filter(|report| report.item == args.item)
        .ok_or_else(|| Refusal::not_found("report"))?;
    let own = report.of.is_none() && report.by == case.actor && !args.agreed;
    allow(own || report.of == Some(case.actor))?;
    // One's own report is taken back while it may still be judged, and stays as it was written.
    if own {
        in_state(plan, &[PlanState::Approved])?;
    } else {
        in_state(plan, &[PlanState::Approved, PlanState::Published])?;
    }
    match report.confirmed {
        Some(said) if said.agreed == args.agreed => Ok(Vec::new()),
        // What a person said of it is evidence; another word comes as a report of one's own.
        Some(_) => Err(Refusal::already_exists("confirmation").into()),
        None => Ok(vec![Change::put(Row::Report(Report {
            confirmed: Some(Confirmation {
                agreed: args.agreed,
                times: case.moment.times(),
            }),
            ..report.clone()
        }))]),
    }
}
