//! Deciding: one rule per kind of command, in the file of the noun that it changes.
//!
//! Every rule asks in the same order: may the actor, is the thing there and in the right state, is
//! what was signed or edited still what the person saw, is the content acceptable.

use chrono::{Datelike, Months};
use serde::Serialize;

use crate::bug::{self, Bug};
use crate::change::Change;
use crate::command::Command;
use crate::id::ItemId;
use crate::item::Edit;
use crate::moment::Day;
use crate::partition::PartitionId;
use crate::period::Period;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::unapplied;
use crate::world::{Case, Stop};

mod absence;
mod appeal;
mod calendar;
mod carry;
mod change;
mod classification;
mod closing;
mod cohort;
mod deadline;
mod entry;
mod evidence;
mod fill;
mod fund;
mod grade;
mod help;
mod item;
mod ledger;
mod organisation;
mod payroll;
mod people;
mod period;
mod plan;
mod public_list;
mod rating;
mod review;
mod seal;
mod signing;
mod spot_check;
mod steps;

/// The most characters of a name: of a unit, a person, a post.
pub(crate) const MOST_NAME: u32 = 120;

/// The most characters of an item's title.
pub(crate) const MOST_TITLE: u32 = 200;

/// The most characters of any other text.
pub(crate) const MOST_TEXT: u32 = 2_000;

/// The most columns of a sheet that an item keeps beside its fields.
pub(crate) const MOST_EXTRA: usize = 50;

/// The most items of a plan.
pub(crate) const MOST_ITEMS: usize = 200;

/// The most helping units of an item: its row stands in the partition of each of them.
pub(crate) const MOST_HELPERS: usize = 20;

/// Decides a command: the changes that it makes, or why it makes none.
pub(crate) fn decide(case: &Case<'_>, command: &Command) -> Result<Vec<Change>, Stop> {
    if let Command::DiscardRefused(args) = command {
        let settled = unapplied::settle(case.world, args.refused, case.actor);
        return Ok(settled.into_iter().collect());
    }
    // Who may do what follows from the organisation alone: a device that has not pulled it yet
    // knows of nobody's rights, so it must not say that somebody has none.
    if !case.world.holds(PartitionId::Organisation, case.today()) {
        return Err(Stop::NotHeld);
    }
    let changes = by_kind(case, command)?;
    period::refuse_ended(case, command)?;
    refuse_sealed(case, command, &changes)?;
    closing::refuse_held(case, command, &changes)?;
    Ok(changes)
}

/// Refuses changes of what is sealed: only a seal and a spot check append to it, and a correction round
/// opens it.
fn refuse_sealed(case: &Case<'_>, command: &Command, changes: &[Change]) -> Result<(), Stop> {
    let sealed = |change: &Change| {
        let document = change.document().and_then(|id| case.world.document(id));
        let plan = document.and_then(|document| document.plan.as_ref());
        plan.is_some_and(|plan| plan.state == PlanState::Sealed)
    };
    let appends = matches!(
        command,
        Command::SealResult(_)
            | Command::ReturnResult(_)
            | Command::DrawSample(_)
            | Command::CheckResult(_)
    );
    if !appends && changes.iter().any(sealed) {
        return Err(Refusal::PeriodSealed.into());
    }
    Ok(())
}

fn by_kind(case: &Case<'_>, command: &Command) -> Result<Vec<Change>, Stop> {
    match command {
        Command::FoundCompany(args) => organisation::found(case, args),
        Command::AddUnit(args) => organisation::add_unit(case, args),
        Command::AdoptRegime(args) => organisation::adopt_regime(case, args),
        Command::OpenPeriod(args) => organisation::open_period(case, args),
        Command::AddPerson(args) => people::add_person(case, args),
        Command::Assign(args) => people::assign(case, args),
        Command::EndAssignment(args) => people::end_assignment(case, args),
        Command::DrawLine(args) => people::draw_line(case, args),
        Command::EndLine(args) => people::end_line(case, args),
        Command::Appoint(args) => people::appoint(case, args),
        Command::EndAppointment(args) => people::end_appointment(case, args),
        Command::DraftPlan(args) => plan::draft(case, args),
        Command::SubmitPlan(args) => plan::submit(case, args),
        Command::ReturnPlan(args) => plan::send_back(case, args),
        Command::ApprovePlan(args) => plan::approve(case, args),
        Command::AddItem(args) => item::add(case, args),
        Command::EditItem(args) => item::edit(case, args),
        Command::Weigh(args) => item::weigh(case, args),
        Command::RemoveItem(args) => item::remove(case, args),
        Command::ReportItem(args) => entry::report(case, args),
        Command::AttachEvidence(args) => evidence::attach(case, args),
        Command::WithdrawEvidence(args) => evidence::withdraw(case, args),
        Command::ScoreSelf(args) => review::score_self(case, args),
        Command::ScoreSuperior(args) => review::score_superior(case, args),
        Command::ScorePart(args) => rating::score_part(case, args),
        Command::ScoreAs(args) => rating::score_as(case, args),
        Command::PublishResult(args) => review::publish(case, args),
        Command::DiscardRefused(_) => Ok(Vec::new()),
        Command::CloseUnapplied(args) => review::close_unapplied(case, args),
        Command::AddCalendar(args) => calendar::add(case, args),
        Command::UseCalendar(args) => calendar::use_from(case, args),
        Command::AdoptNotice(args) => calendar::adopt_notice(case, args),
        Command::RenameUnit(args) => organisation::rename_unit(case, args),
        Command::EndUnit(args) => organisation::end_unit(case, args),
        Command::NoteAbsence(args) => absence::note(case, args),
        Command::EndAbsence(args) => absence::end(case, args),
        Command::Transfer(args) => people::transfer(case, args),
        Command::Leave(args) => people::leave(case, args),
        Command::DecideLateness(args) => deadline::decide(case, args),
        Command::WithdrawPlan(args) => plan::withdraw(case, args),
        Command::RequestChange(args) => change::request(case, args),
        Command::DecideChange(args) => change::decide(case, args),
        Command::WithdrawChange(args) => change::withdraw(case, args),
        Command::SettleCarried(args) => carry::settle(case, args),
        Command::AnswerHelp(args) => help::answer(case, args),
        Command::ConfirmEntry(args) => entry::confirm(case, args),
        Command::DeliverResult(args) => seal::deliver(case, args),
        Command::AnswerResult(args) => seal::answer(case, args),
        Command::DecideObjection(args) => seal::decide_objection(case, args),
        Command::SealResult(args) => seal::seal(case, args),
        Command::BeginClosing(args) => closing::begin(case, args),
        Command::EndClosing(args) => closing::end(case, args),
        Command::HoldRole(args) => signing::hold(case, args),
        Command::EndRole(args) => signing::end_role(case, args),
        Command::Delegate(args) => signing::delegate(case, args),
        Command::EndDelegation(args) => signing::end_delegation(case, args),
        Command::AdoptTariffs(args) => ledger::adopt(case, args),
        Command::ProposeEntry(args) => ledger::propose(case, args),
        Command::DecideEntry(args) => ledger::decide(case, args),
        Command::AnswerEntry(args) => ledger::answer(case, args),
        Command::ReverseEntry(args) => ledger::reverse(case, args),
        Command::AttachToEntry(args) => ledger::attach(case, args),
        Command::PublishFund(args) => fund::publish(case, args),
        Command::SignPlan(args) => plan::sign(case, args),
        Command::MarkPeriod(args) => period::mark(case, args),
        _ => after_judging(case, command),
    }
}

/// What comes between scores and the seal.
fn after_judging(case: &Case<'_>, command: &Command) -> Result<Vec<Change>, Stop> {
    match command {
        Command::EnterIndicator(args) => grade::enter(case, args),
        Command::GiveGrade(args) => grade::give(case, args),
        Command::SettleCohort(args) => cohort::settle(case, args),
        Command::DecideTie(args) => cohort::tie(case, args),
        Command::ReturnResult(args) => cohort::send_back(case, args),
        Command::DrawSample(args) => spot_check::draw(case, args),
        Command::CheckResult(args) => spot_check::check(case, args),
        Command::Payroll(args) => payroll::act(case, args),
        Command::DeliverDecision(args) => appeal::deliver(case, args),
        Command::AcceptDecision(args) => appeal::accept(case, args),
        Command::AppealResult(args) => appeal::appeal(case, args),
        Command::DecideAppeal(args) => appeal::decide(case, args),
        Command::HangList(args) => public_list::hang(case, args),
        Command::ObjectToList(args) => public_list::object(case, args),
        Command::DecideListObjection(args) => public_list::decide(case, args),
        Command::Classify(args) => classification::classify(case, args),
        _ => Ok(Vec::new()),
    }
}

/// Refuses arguments that no screen makes.
fn malformed(at: &str) -> Stop {
    Refusal::Malformed { at: at.to_owned() }.into()
}

/// Refuses an act that the policy does not allow.
fn allow(allowed: bool) -> Result<(), Stop> {
    if allowed || bug::is(Bug::NoPermission) {
        Ok(())
    } else {
        Err(Refusal::Forbidden.into())
    }
}

/// Gives a row of the organisation, which every side that decides holds whole.
fn known<T>(found: Option<T>, what: &str) -> Result<T, Stop> {
    found.ok_or_else(|| Refusal::not_found(what).into())
}

/// Refuses a plan that is in none of the states.
fn in_state(plan: &Plan, states: &[PlanState]) -> Result<(), Stop> {
    if states.contains(&plan.state) {
        Ok(())
    } else if plan.state == PlanState::Sealed {
        Err(Refusal::PeriodSealed.into())
    } else {
        Err(Refusal::WrongState { state: plan.state }.into())
    }
}

/// Refuses a signature under content that is not what stands there.
fn signed(seen: &str, current: String) -> Result<(), Stop> {
    if seen == current || bug::is(Bug::SubmitNoHash) {
        Ok(())
    } else {
        Err(Refusal::ContentChanged { current }.into())
    }
}

/// The plan's period and the rules that judge it.
fn period_of<'c>(case: &'c Case<'_>, plan: &Plan) -> Result<(&'c Period, Rules<'c>), Stop> {
    let organisation = case.organisation();
    let period = known(organisation.periods.get(&plan.period), "period")?;
    Ok((period, known(organisation.rules(period), "regime")?))
}

/// Takes a name: trimmed, not empty, not too long.
fn name(field: &str, given: &str) -> Result<String, Stop> {
    let trimmed = given.trim();
    if trimmed.is_empty() {
        return Err(Refusal::FieldMissing {
            item: None,
            field: field.to_owned(),
        }
        .into());
    }
    fits(field, trimmed, MOST_NAME)?;
    Ok(trimmed.to_owned())
}

/// Takes a reason: trimmed, not empty, not too long.
fn reason(given: &str) -> Result<String, Stop> {
    let trimmed = given.trim();
    if trimmed.is_empty() {
        return Err(Refusal::FieldMissing {
            item: None,
            field: "reason".to_owned(),
        }
        .into());
    }
    fits("reason", trimmed, MOST_TEXT)?;
    Ok(trimmed.to_owned())
}

/// Refuses a text that is too long.
fn fits(field: &str, text: &str, most: u32) -> Result<(), Stop> {
    if text.chars().nth(most as usize).is_some() {
        return Err(Refusal::TextTooLong {
            field: field.to_owned(),
            most,
        }
        .into());
    }
    Ok(())
}

/// Refuses a value that is not between two others, both inclusive.
fn within<T: PartialOrd + ToString>(
    field: &str,
    value: &T,
    least: &T,
    most: &T,
) -> Result<(), Stop> {
    if value < least || value > most {
        let (least, most) = (least.to_string(), most.to_string());
        return Err(Refusal::OutOfRange {
            field: field.to_owned(),
            least,
            most,
        }
        .into());
    }
    Ok(())
}

/// Refuses a value that is less than another.
fn no_less<T: PartialOrd + ToString>(field: &str, value: &T, least: &T) -> Result<(), Stop> {
    if value < least {
        let (field, least, most) = (field.to_owned(), least.to_string(), String::new());
        return Err(Refusal::OutOfRange { field, least, most }.into());
    }
    Ok(())
}

/// Refuses a change of days that are over and done with.
///
/// The month before the current one is still being judged, and papers come late: a change may
/// reach back to its first day. What is older is sealed with the figures of its time, and a
/// change would only make the organisation contradict them.
fn no_earlier(case: &Case<'_>, field: &str, day: Day) -> Result<(), Stop> {
    let today = case.today();
    let month = today.with_day(1).unwrap_or(today);
    let least = month.checked_sub_months(Months::new(1)).unwrap_or(month);
    if day < least {
        let field = field.to_owned();
        return Err(Refusal::Retroactive { field, least }.into());
    }
    Ok(())
}

/// Sets a field to the new value of an edit while it still is what the person saw.
fn set<T>(current: &mut T, edit: &Edit<T>, item: ItemId, field: &str) -> Result<(), Stop>
where
    T: Clone + PartialEq + Serialize,
{
    unchanged(current, edit, item, field)?;
    current.clone_from(&edit.new);
    Ok(())
}

/// Refuses an edit of a value that is neither what the person saw nor what it shall be.
fn unchanged<T>(current: &T, edit: &Edit<T>, item: ItemId, field: &str) -> Result<(), Stop>
where
    T: PartialEq + Serialize,
{
    if *current == edit.old || *current == edit.new {
        return Ok(());
    }
    let current = serde_json::to_value(current).expect("a field of the domain serialises");
    Err(Refusal::ChangedMeanwhile {
        item: Some(item),
        field: field.to_owned(),
        current,
    }
    .into())
}
