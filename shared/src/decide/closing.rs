//! Rules of closing: the plan office begins it, nothing else changes meanwhile, and it ends.

use crate::change::Change;
use crate::closing::Closing;
use crate::command::Command;
use crate::command::seal::{BeginClosing, EndClosing};
use crate::organisation::Office;
use crate::permission;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{allow, known};

pub(super) fn begin(case: &Case<'_>, args: &BeginClosing) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(organisation.holds(case.actor, Office::PlanOffice, today))?;
    known(organisation.periods.get(&args.period), "period")?;
    for unit in &args.units {
        known(organisation.units.get(unit), "unit")?;
    }
    if organisation.closings.contains_key(&args.closing) {
        return Err(Refusal::already_exists("closing").into());
    }
    let mut open = organisation.closings.values();
    let period = args.period;
    let meets = |other: &Closing| {
        other.ended.is_none() && other.period == period && other.is_about(&args.units)
    };
    if open.any(meets) {
        return Err(Refusal::BeingClosed { period }.into());
    }
    Ok(vec![Change::put(Row::Closing(Closing {
        id: args.closing,
        period,
        units: args.units.clone(),
        by: case.actor,
        times: case.moment.times(),
        ended: None,
    }))])
}

pub(super) fn end(case: &Case<'_>, args: &EndClosing) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let closing = known(organisation.closings.get(&args.closing), "closing")?;
    // Who began it may have lost the office meanwhile, and it must not stay open for that.
    let began = closing.by == case.actor;
    allow(began || permission::may_run_plans(organisation, case.actor, today))?;
    if closing.ended.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![Change::put(Row::Closing(Closing {
        ended: Some(case.moment.times()),
        ..closing.clone()
    }))])
}

/// Refuses changes of plans that are being sealed, but by the seal.
pub(super) fn refuse_held(
    case: &Case<'_>,
    command: &Command,
    changes: &[Change],
) -> Result<(), Stop> {
    let closings = &case.organisation().closings;
    if closings.is_empty() || matches!(command, Command::SealResult(_)) {
        return Ok(());
    }
    for change in changes {
        let document = change.document().and_then(|id| case.world.document(id));
        let mut plan = document.and_then(|document| document.plan.as_ref());
        if let (None, Change::Put { row }) = (plan, change)
            && let Row::Plan(begun) = &**row
        {
            plan = Some(begun);
        }
        let Some(plan) = plan else { continue };
        if closings.values().any(|closing| closing.holds(plan)) {
            let period = plan.period;
            return Err(Refusal::BeingClosed { period }.into());
        }
    }
    Ok(())
}
