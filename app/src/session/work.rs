//! Where each piece of a person's work is: a picture of the outbox and of what was refused.

use std::collections::BTreeMap;

use shared::appeal::Level;
use shared::command::payroll::PayrollAct;
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, EntryId, ItemId, PlanId};
use shared::item::LineageKind;
use shared::moment::UtcMillis;
use shared::refusal::Refusal;
use shared::result::counts_from_receipt;
use shared::seal::ResultAnswer;
use shared::sync::client::{Attention, Fold, OutboxRow, Pending};
use shared::sync::message::Outcome;
use shared::world::World;

use super::Device;
use crate::components::WorkState;
use crate::i18n::{appeal, ledger, lists, names, payroll, spot_check, work as words};

/// One act in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Act {
    /// Which.
    pub(crate) id: CommandId,
    /// What was done.
    pub(crate) what: &'static str,
    /// On what.
    pub(crate) on: String,
    /// The plan that it belongs to.
    pub(crate) plan: Option<PlanId>,
    /// When, by the device's estimate of the server's time.
    pub(crate) at: Option<UtcMillis>,
    /// Where it is.
    pub(crate) state: WorkState,
}

/// An act that waits to be sent or to be seen by the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Queued {
    /// The act.
    pub(crate) act: Act,
    /// Whether the device could not check it.
    pub(crate) unchecked: bool,
    /// Whether its effect is left out of the view, because an earlier start died of it.
    pub(crate) unfolded: bool,
    /// Why the server will probably refuse it.
    pub(crate) doubt: Option<Refusal>,
}

/// An act that was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The act.
    pub(crate) act: Act,
    /// Why; `None` for one that is held back because of another.
    pub(crate) refusal: Option<Refusal>,
    /// The refused act because of which it is held back.
    pub(crate) because: Option<CommandId>,
    /// The command, where this build can read it.
    pub(crate) command: Option<Command>,
    /// Whether another device of the person made it, or it was executed later.
    pub(crate) elsewhere: bool,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Work {
    /// By plan, the state that needs most attention.
    pub(crate) plans: BTreeMap<PlanId, WorkState>,
    /// By item, likewise.
    pub(crate) items: BTreeMap<ItemId, WorkState>,
    /// By entry of the ledger, likewise.
    pub(crate) entries: BTreeMap<EntryId, WorkState>,
    /// By plan, how many acts wait whose lateness counts from their receipt.
    pub(crate) unreceived: BTreeMap<PlanId, usize>,
    /// Not settled yet, oldest first.
    pub(crate) queue: Vec<Queued>,
    /// Not applied, oldest first.
    pub(crate) refused: Vec<Refused>,
}

impl Work {
    /// Draws the picture of what the device knows.
    pub(crate) fn read(device: &Device) -> Self {
        let replica = device.replica();
        let mut work = Self::default();
        for pending in replica.pending() {
            let queued = queued(replica.view(), pending);
            let made = pending.made.as_ref().map(|made| &made.command);
            work.note(made, queued.act.state);
            let plan = made.and_then(Command::document).zip(made);
            if let Some((plan, _)) = plan.filter(|(plan, made)| counts_from_receipt(made, *plan)) {
                *work.unreceived.entry(plan).or_default() += 1;
            }
            work.queue.push(queued);
        }
        let here = replica.attention().into_iter().map(|entry| (entry, false));
        let elsewhere = replica.elsewhere();
        let there = elsewhere.iter().map(|entry| (entry, true));
        for (attention, elsewhere) in here.chain(there) {
            let refused = Refused {
                elsewhere,
                ..refused(replica.view(), attention)
            };
            work.note(refused.command.as_ref(), refused.act.state);
            work.refused.push(refused);
        }
        work
    }

    /// How many acts the server has not confirmed.
    pub(crate) fn unsent(&self) -> usize {
        self.queue
            .iter()
            .filter(|queued| queued.act.state != WorkState::Accepted)
            .count()
    }

    fn note(&mut self, command: Option<&Command>, state: WorkState) {
        let Some(command) = command else { return };
        let worse = |old: WorkState| {
            if weight(old) > weight(state) {
                old
            } else {
                state
            }
        };
        if let Some(plan) = command.document() {
            self.plans
                .entry(plan)
                .and_modify(|old| *old = worse(*old))
                .or_insert(state);
        }
        if let Some(entry) = entry(command) {
            self.entries
                .entry(entry)
                .and_modify(|old| *old = worse(*old))
                .or_insert(state);
        }
        for item in items(command) {
            self.items
                .entry(item)
                .and_modify(|old| *old = worse(*old))
                .or_insert(state);
        }
    }
}

/// How much a state asks for attention.
const fn weight(state: WorkState) -> u8 {
    match state {
        WorkState::Accepted => 0,
        WorkState::Received => 1,
        WorkState::Kept => 2,
        WorkState::HeldBack => 3,
        WorkState::Refused => 4,
    }
}

fn queued(view: &World, pending: &Pending) -> Queued {
    let state = if pending.ack.is_some() {
        WorkState::Accepted
    } else {
        WorkState::Kept
    };
    let doubt = match &pending.fold {
        Fold::Refused(refusal) if pending.ack.is_none() => Some(refusal.clone()),
        _ => None,
    };
    Queued {
        act: act(view, &pending.row, pending.made.as_ref(), state),
        unchecked: pending.fold == Fold::ToBeChecked,
        unfolded: pending.fold == Fold::Unfolded,
        doubt,
    }
}

fn refused(view: &World, attention: &Attention) -> Refused {
    let made = MadeCommand::read(&attention.row.bytes).ok();
    let (state, refusal, because) = match &attention.outcome {
        Outcome::Rejected { refusal } => (WorkState::Refused, Some(refusal.clone()), None),
        Outcome::Skipped { because } => (WorkState::HeldBack, None, Some(*because)),
        Outcome::Quarantined { refusal } => (WorkState::Received, Some(refusal.clone()), None),
        Outcome::Applied { .. } => (WorkState::Accepted, None, None),
        _ => (WorkState::Refused, None, None),
    };
    Refused {
        act: act(view, &attention.row, made.as_ref(), state),
        refusal,
        because,
        command: made.map(|made| made.command),
        elsewhere: false,
    }
}

fn act(view: &World, row: &OutboxRow, made: Option<&MadeCommand>, state: WorkState) -> Act {
    let command = made.map(|made| &made.command);
    Act {
        id: row.cmd_id,
        what: command.map_or_else(words::did_unknown, did),
        on: command.map(|command| on(view, command)).unwrap_or_default(),
        plan: command.and_then(Command::document),
        at: made.map(|made| made.made.est_server_time),
        state,
    }
}

/// What an act did and on what, in words; of `None`, that another version of the app made it.
pub(crate) fn described(view: &World, command: Option<&Command>) -> (&'static str, String) {
    let what = command.map_or_else(words::did_unknown, did);
    let on = command.map(|command| on(view, command));
    (what, on.unwrap_or_default())
}

/// What an act did, in words.
fn did(command: &Command) -> &'static str {
    match command {
        Command::DraftPlan(_) => words::did_draft_plan(),
        Command::AddItem(args) => match &args.item.lineage {
            Some(lineage) if lineage.kind == LineageKind::CarriedOver => words::did_carry_over(),
            _ => words::did_add_item(),
        },
        Command::EditItem(_) => words::did_edit_item(),
        Command::Weigh(_) => words::did_weigh(),
        Command::RemoveItem(_) => words::did_remove_item(),
        Command::SubmitPlan(_) => words::did_submit_plan(),
        Command::ReturnPlan(_) => words::did_return_plan(),
        Command::ApprovePlan(_) => words::did_approve_plan(),
        Command::ReportItem(_) => words::did_report_item(),
        Command::AttachEvidence(_) | Command::AttachToEntry(_) => words::did_attach_evidence(),
        Command::WithdrawEvidence(args) if args.withdrawn => words::did_withdraw_evidence(),
        Command::WithdrawEvidence(_) => words::did_show_evidence(),
        Command::ScoreSelf(_) => words::did_score_self(),
        Command::ScoreSuperior(_) | Command::ScoreAs(_) => words::did_score_superior(),
        Command::ScorePart(_) => words::did_score_part(),
        Command::DecideTie(_) => words::did_decide_tie(),
        Command::SettleCohort(_) => words::did_settle_cohort(),
        Command::ReturnResult(_) => words::did_return_result(),
        Command::EnterIndicator(_) => words::did_enter_indicator(),
        Command::GiveGrade(args) if args.decided => words::did_decide_grade(),
        Command::GiveGrade(_) => words::did_propose_grade(),
        Command::PublishResult(_) => words::did_publish_result(),
        Command::DiscardRefused(_) => words::did_discard(),
        Command::CloseUnapplied(_) => words::did_close_unapplied(),
        Command::WithdrawPlan(_) => words::did_withdraw_plan(),
        Command::RequestChange(_) => words::did_request_change(),
        Command::DecideChange(args) if args.agreed => words::did_agree_change(),
        Command::DecideChange(_) => words::did_refuse_change(),
        Command::WithdrawChange(_) => words::did_withdraw_change(),
        Command::SettleCarried(_) => words::did_settle_carried(),
        Command::AnswerHelp(args) if args.agreed => words::did_agree_help(),
        Command::AnswerHelp(_) => words::did_decline_help(),
        Command::ConfirmEntry(args) if args.agreed => words::did_confirm_entry(),
        Command::ConfirmEntry(_) => words::did_deny_entry(),
        Command::DecideLateness(_) => words::did_decide_lateness(),
        Command::DeliverResult(_) => words::did_deliver_result(),
        Command::AnswerResult(args) => match args.answer {
            ResultAnswer::Signed => words::did_sign_result(),
            ResultAnswer::Objected(_) => words::did_object(),
        },
        Command::DecideObjection(_) => words::did_decide_objection(),
        Command::SealResult(_) => words::did_seal_result(),
        Command::AdoptTariffs(_) => ledger::did_adopt_tariffs(),
        Command::ProposeEntry(_) => ledger::did_propose_entry(),
        Command::DecideEntry(args) if args.confirmed => ledger::did_confirm_entry(),
        Command::DecideEntry(_) => ledger::did_refuse_entry(),
        Command::AnswerEntry(args) if args.accepted => ledger::did_accept_entry(),
        Command::AnswerEntry(_) => ledger::did_dispute_entry(),
        Command::ReverseEntry(_) => ledger::did_reverse_entry(),
        Command::PublishFund(_) => ledger::did_publish_fund(),
        Command::Payroll(act) => match &**act {
            PayrollAct::EnterBase(_) => payroll::did_enter_base(),
            PayrollAct::EnterMinimum(_) => payroll::did_enter_minimum(),
            PayrollAct::HandOver(_) => payroll::did_hand_over(),
        },
        Command::DeliverDecision(_) => appeal::did_deliver(),
        Command::AcceptDecision(_) => appeal::did_accept(),
        Command::AppealResult(args) => match args.to {
            Level::Appeal => appeal::did_appeal(),
            Level::Second => appeal::did_second(),
        },
        Command::DecideAppeal(_) => appeal::did_decide(),
        Command::DrawSample(_) => spot_check::did_draw(),
        Command::CheckResult(_) => spot_check::did_check(),
        Command::HangList(_) => lists::did_hang(),
        Command::ObjectToList(_) => lists::did_object(),
        Command::DecideListObjection(_) => lists::did_decide(),
        Command::NoteAbsence(_) => words::did_note_absence(),
        Command::EndAbsence(_) => words::did_end_absence(),
        _ => words::did_organisation(),
    }
}

/// On what an act was done, in words.
fn on(view: &World, command: &Command) -> String {
    let organisation = view.organisation();
    if let Command::Payroll(act) = command {
        return match &**act {
            PayrollAct::EnterBase(args) => names::person_of(organisation, args.person),
            PayrollAct::EnterMinimum(args) => names::unit_of(organisation, args.unit),
            PayrollAct::HandOver(args) => payroll::batch_of(&args.number.to_string()),
        };
    }
    let Some(document) = command.document().and_then(|plan| view.document(plan)) else {
        return on_entry(view, command).unwrap_or_default();
    };
    let named = match command {
        Command::AddItem(args) => Some(args.item.title.clone()),
        Command::RemoveItem(args) => Some(args.item.title.clone()),
        _ => None,
    };
    let first = items(command).into_iter().next();
    let item = first
        .and_then(|item| document.items.get(&item))
        .map(|item| item.title.clone());
    let plan = document.plan.as_ref().map(|plan| {
        let period = names::period_of(organisation, plan.period);
        format!("{} · {period}", names::plan_of(organisation, plan))
    });
    named
        .filter(|title| !title.is_empty())
        .or(item)
        .or(plan)
        .unwrap_or_default()
}

/// On which entry an act was done: whose, and by which tariff.
fn on_entry(view: &World, command: &Command) -> Option<String> {
    let organisation = view.organisation();
    let (person, sheet, tariff) = if let Command::ProposeEntry(args) = command {
        (args.person, args.sheet, args.tariff.as_str())
    } else {
        let id = entry(command)?;
        let mut ledgers = view.documents().map(|(_, document)| &document.entries);
        let found = ledgers.find_map(|entries| entries.get(&id))?;
        (found.person, found.sheet, found.tariff.as_str())
    };
    let tariff = shared::ledger::tariff(organisation, sheet, tariff)?;
    let who = names::person_of(organisation, person);
    Some(format!("{who} · {}", names::name(&tariff.name)))
}

/// The entry of the ledger that an act is about.
const fn entry(command: &Command) -> Option<EntryId> {
    match command {
        Command::ProposeEntry(args) => Some(args.entry),
        Command::DecideEntry(args) => Some(args.entry),
        Command::AnswerEntry(args) => Some(args.entry),
        Command::ReverseEntry(args) => Some(args.entry),
        Command::AttachToEntry(args) => Some(args.entry),
        _ => None,
    }
}

/// The items that an act is about.
fn items(command: &Command) -> Vec<ItemId> {
    match command {
        Command::AddItem(args) => vec![args.item.id],
        Command::EditItem(args) => vec![args.item],
        Command::RemoveItem(args) => vec![args.item.id],
        Command::Weigh(args) => args.weights.iter().map(|(item, _)| *item).collect(),
        Command::ReportItem(args) => vec![args.item],
        Command::AttachEvidence(args) => vec![args.item],
        Command::WithdrawEvidence(args) => vec![args.item],
        Command::ScoreSelf(args) | Command::ScoreSuperior(args) => vec![args.item],
        Command::AnswerHelp(args) => vec![args.item],
        Command::ConfirmEntry(args) => vec![args.item],
        _ => Vec::new(),
    }
}
