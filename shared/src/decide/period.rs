//! Rules of acts on periods: who marks them, and what an act ends.
//!
//! The list of what is still open is read where all plans are held; its maker states how much of it
//! there was, and why it is done all the same.

use crate::change::Change;
use crate::command::Command;
use crate::command::period::MarkPeriod;
use crate::id::PlanId;
use crate::period::{Mark, Period};
use crate::permission;
use crate::refusal::Refusal;
use crate::regime::cycle::PeriodAct;
use crate::row::Row;
use crate::world::{Case, Held, Stop};

use super::plan::signature;
use super::{MOST_TEXT, allow, fits, known, reason};

/// The most acts on one period.
pub(super) const MOST_MARKS: usize = 200;

pub(super) fn mark(case: &Case<'_>, args: &MarkPeriod) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_run_plans(organisation, case.actor, today))?;
    let period = known(organisation.periods.get(&args.period), "period")?;
    for unit in &args.units {
        known(organisation.units.get(unit), "unit")?;
    }
    let rules = organisation.rules(period);
    let lists = rules.is_some_and(|rules| rules.regime.after.publication.is_some());
    if lists && args.act == PeriodAct::Published {
        // What is made public is a list, and the act is to hang it out.
        return Err(Refusal::ListFirst.into());
    }
    // Whoever comes second, a timer or a colleague, has what was wished.
    if args.act != PeriodAct::Corrected && period.done_for(args.act, &args.units) {
        return Ok(Vec::new());
    }
    if period.marks.len() >= MOST_MARKS {
        let (limit, most) = ("marks_per_period".to_owned(), MOST_MARKS as u64);
        return Err(Refusal::LimitPassed { limit, most }.into());
    }
    let why = if args.open > 0 || args.act == PeriodAct::Corrected {
        reason(&args.reason)?
    } else {
        fits("reason", args.reason.trim(), MOST_TEXT)?;
        args.reason.trim().to_owned()
    };
    let mut period = period.clone();
    period.marks.push(Mark {
        act: args.act,
        units: args.units.clone(),
        signed: signature(case, why),
        open: args.open,
    });
    Ok(vec![Change::put(Row::Period(period))])
}

/// Refuses what an act on the period has ended: handing in after submission closed, but for what was
/// handed in before and came back; judging after judging closed.
pub(super) fn refuse_ended(case: &Case<'_>, command: &Command) -> Result<(), Stop> {
    let (id, act) = match command {
        Command::SubmitPlan(args) => (args.plan, PeriodAct::SubmissionClosed),
        Command::ScoreSelf(args) | Command::ScoreSuperior(args) => {
            (args.plan, PeriodAct::JudgingClosed)
        }
        Command::ScorePart(args) => (args.plan, PeriodAct::JudgingClosed),
        Command::ScoreAs(args) => (args.plan, PeriodAct::JudgingClosed),
        Command::EnterIndicator(args) => (args.plan, PeriodAct::JudgingClosed),
        Command::GiveGrade(args) => (args.plan, PeriodAct::JudgingClosed),
        Command::PublishResult(args) => (args.plan, PeriodAct::JudgingClosed),
        _ => return Ok(()),
    };
    let Some((period, unit, again)) = period_of(case, id) else {
        return Ok(());
    };
    let again = again && act == PeriodAct::SubmissionClosed;
    if period.done(act, unit).is_none() || again {
        return Ok(());
    }
    let period = period.id;
    Err(Refusal::PeriodClosed { period, act }.into())
}

/// A plan's period and unit, and whether it was handed in before.
fn period_of<'c>(
    case: &'c Case<'_>,
    plan: PlanId,
) -> Option<(&'c Period, crate::id::UnitId, bool)> {
    let Held::Present((plan, _)) = case.world.plan(plan) else {
        return None;
    };
    let period = case.organisation().periods.get(&plan.period)?;
    Some((period, plan.unit, plan.submitted.is_some()))
}
