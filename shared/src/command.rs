//! Commands: everything that a person can ask for, and the only way in which anything changes.
//!
//! A command is kept and sent as the bytes in which it was made: `{"kind", "kind_ver", "args",
//! "made", "supersedes"}`. Its arguments contain every value that applying it needs, new ids too.
//!
//! To add a kind: add its arguments to a file under `command/`, a line to the `commands!` call
//! below, its lane to [`Command::lanes`], its rule to the noun that it changes, and an example to
//! the wire tests. A changed shape is a new version with an upcaster, never an edit of the old.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::change_request::ItemChange;
use crate::cohort::ties;
use crate::deadline::LateAct;
use crate::id::{CommandId, PlanId};
use crate::lane::Lane;
use crate::ledger as book;
use crate::moment::Made;
use crate::payroll as pay;
use crate::refusal::Refusal;

pub mod appeal;
mod class;
pub mod cohort;
pub mod evidence;
pub mod grade;
pub mod ledger;
pub mod organisation;
pub mod payroll;
pub mod period;
pub mod plan;
pub mod public_list;
pub mod review;
pub mod seal;
pub mod signing;
pub mod spot_check;
mod upcast;

pub use class::Class;

use appeal::{AcceptDecision, AppealResult, DecideAppeal, DeliverDecision};
use cohort::{DecideTie, ReturnResult, SettleCohort};
use evidence::{AttachEvidence, WithdrawEvidence};
use grade::{EnterIndicator, GiveGrade};
use ledger::{
    AdoptTariffs, AnswerEntry, AttachToEntry, DecideEntry, ProposeEntry, PublishFund, ReverseEntry,
};
use organisation::{
    AddCalendar, AddPerson, AddUnit, AdoptNotice, AdoptRegime, Appoint, Assign, Classify, DrawLine,
    EndAbsence, EndAppointment, EndAssignment, EndLine, EndUnit, FoundCompany, Leave, NoteAbsence,
    OpenPeriod, RenameUnit, Transfer, UseCalendar,
};
use payroll::PayrollAct;
use period::MarkPeriod;
use plan::{
    AddItem, AnswerHelp, ApprovePlan, DecideChange, DraftPlan, EditItem, RemoveItem, RequestChange,
    ReturnPlan, SettleCarried, SubmitPlan, Weigh, WithdrawChange, WithdrawPlan,
};
use public_list::{DecideListObjection, HangList, ObjectToList};
use review::{
    CloseUnapplied, ConfirmEntry, DecideLateness, DiscardRefused, PublishResult, ReportItem,
    ScoreAs, ScoreItem, ScorePart,
};
use seal::{AnswerResult, BeginClosing, DecideObjection, DeliverResult, EndClosing, SealResult};
use signing::{Delegate, EndDelegation, EndRole, HoldRole, SignPlan};
use spot_check::{CheckResult, DrawSample};

/// The largest command, in bytes of its kept form.
pub const MOST_COMMAND_BYTES: usize = 64 * 1024;

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident($args:ty) = $kind:literal @ $version:literal;)*) => {
        /// A command.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Command {
            $($(#[$doc])* $variant($args),)*
        }

        impl Command {
            /// The word of the kind, and the version of its arguments.
            pub const fn kind(&self) -> (&'static str, u16) {
                match self {
                    $(Self::$variant(_) => ($kind, $version),)*
                }
            }

            /// All kinds that this build can read.
            pub const KINDS: &'static [(&'static str, u16)] = &[$(($kind, $version),)*];

            fn args(&self) -> Result<Box<RawValue>, serde_json::Error> {
                match self {
                    $(Self::$variant(args) => serde_json::value::to_raw_value(args),)*
                }
            }

            fn read(kind: &str, version: u16, args: &RawValue) -> Result<Self, Refusal> {
                let malformed = |error: serde_json::Error| Refusal::Malformed {
                    at: format!("{kind}: {error}"),
                };
                match (kind, version) {
                    $(($kind, $version) => serde_json::from_str(args.get())
                        .map(Self::$variant)
                        .map_err(malformed),)*
                    _ => match upcast::upcast(kind, version, args) {
                        Some(next) => Self::read(kind, version + 1, &next.map_err(malformed)?),
                        None => Err(Refusal::UnknownKind { kind: format!("{kind}@{version}") }),
                    },
                }
            }
        }
    };
}

commands! {
    /// Founds the company with its root unit and first administrator.
    FoundCompany(FoundCompany) = "found_company" @ 1;
    /// Adds a unit.
    AddUnit(AddUnit) = "add_unit" @ 1;
    /// Adds a person.
    AddPerson(AddPerson) = "add_person" @ 1;
    /// Assigns a person to a post.
    Assign(Assign) = "assign" @ 1;
    /// Ends an assignment.
    EndAssignment(EndAssignment) = "end_assignment" @ 1;
    /// Draws a reporting line.
    DrawLine(DrawLine) = "draw_line" @ 1;
    /// Ends a reporting line.
    EndLine(EndLine) = "end_line" @ 1;
    /// Appoints a person to an office.
    Appoint(Appoint) = "appoint" @ 1;
    /// Ends an appointment.
    EndAppointment(EndAppointment) = "end_appointment" @ 1;
    /// Adopts a regime version.
    AdoptRegime(AdoptRegime) = "adopt_regime" @ 2;
    /// Opens a period.
    OpenPeriod(OpenPeriod) = "open_period" @ 1;
    /// Begins a plan.
    DraftPlan(DraftPlan) = "draft_plan" @ 1;
    /// Adds an item to a plan.
    AddItem(AddItem) = "add_item" @ 1;
    /// Changes fields of an item.
    EditItem(EditItem) = "edit_item" @ 3;
    /// Changes weights of several items at once.
    Weigh(Weigh) = "weigh" @ 1;
    /// Takes an item out of a plan.
    RemoveItem(RemoveItem) = "remove_item" @ 1;
    /// Hands a plan in.
    SubmitPlan(SubmitPlan) = "submit_plan" @ 1;
    /// Returns a plan with a reason.
    ReturnPlan(ReturnPlan) = "return_plan" @ 1;
    /// Approves a plan.
    ApprovePlan(ApprovePlan) = "approve_plan" @ 1;
    /// Reports progress or completion of an item.
    ReportItem(ReportItem) = "report_item" @ 2;
    /// Attaches evidence to an item.
    AttachEvidence(AttachEvidence) = "attach_evidence" @ 1;
    /// Withdraws evidence, or shows it again.
    WithdrawEvidence(WithdrawEvidence) = "withdraw_evidence" @ 1;
    /// Scores an item one is responsible for.
    ScoreSelf(ScoreItem) = "score_self" @ 1;
    /// Scores an item as the superior.
    ScoreSuperior(ScoreItem) = "score_superior" @ 1;
    /// Publishes the result of a plan to its owner.
    PublishResult(PublishResult) = "publish_result" @ 1;
    /// Notes that the author gave a refused command up.
    DiscardRefused(DiscardRefused) = "discard_refused" @ 1;
    /// Closes a command of somebody else that was not applied.
    CloseUnapplied(CloseUnapplied) = "close_unapplied" @ 1;
    /// Adds a version of a work calendar.
    AddCalendar(AddCalendar) = "add_calendar" @ 1;
    /// Lets a unit use a calendar.
    UseCalendar(UseCalendar) = "use_calendar" @ 1;
    /// Adopts a year's notice of public holidays.
    AdoptNotice(AdoptNotice) = "adopt_notice" @ 1;
    /// Gives a unit another name.
    RenameUnit(RenameUnit) = "rename_unit" @ 1;
    /// Ends a unit.
    EndUnit(EndUnit) = "end_unit" @ 1;
    /// Notes that a person is away.
    NoteAbsence(NoteAbsence) = "note_absence" @ 1;
    /// Ends an absence.
    EndAbsence(EndAbsence) = "end_absence" @ 1;
    /// Moves a person from one post to another.
    Transfer(Transfer) = "transfer" @ 1;
    /// Lets a person leave the company.
    Leave(Leave) = "leave" @ 1;
    /// Decides about a late act that claims to have been in time.
    DecideLateness(DecideLateness) = "decide_lateness" @ 1;
    /// Takes a plan back that waits for its superior.
    WithdrawPlan(WithdrawPlan) = "withdraw_plan" @ 1;
    /// Asks for a change of an approved plan.
    RequestChange(RequestChange) = "request_change" @ 1;
    /// Agrees to a change request, or refuses it.
    DecideChange(DecideChange) = "decide_change" @ 1;
    /// Takes a change request back.
    WithdrawChange(WithdrawChange) = "withdraw_change" @ 1;
    /// Settles what was carried over provisionally.
    SettleCarried(SettleCarried) = "settle_carried" @ 1;
    /// Answers whether a unit helps with an item.
    AnswerHelp(AnswerHelp) = "answer_help" @ 1;
    /// Confirms or denies an entry made on one's behalf.
    ConfirmEntry(ConfirmEntry) = "confirm_entry" @ 1;
    /// States that a published result reached its person.
    DeliverResult(DeliverResult) = "deliver_result" @ 1;
    /// Signs a published result, or objects.
    AnswerResult(AnswerResult) = "answer_result" @ 1;
    /// Decides about an objection.
    DecideObjection(DecideObjection) = "decide_objection" @ 1;
    /// Seals a person's result of a period.
    SealResult(SealResult) = "seal_result" @ 1;
    /// Begins to seal a period.
    BeginClosing(BeginClosing) = "begin_closing" @ 1;
    /// Ends it.
    EndClosing(EndClosing) = "end_closing" @ 1;
    /// Types points for a part of the total.
    ScorePart(ScorePart) = "score_part" @ 1;
    /// Scores an item as a rater whom the regime names.
    ScoreAs(ScoreAs) = "score_as" @ 1;
    /// Gives a person a role that a regime names.
    HoldRole(HoldRole) = "hold_role" @ 1;
    /// Ends the holding of a role.
    EndRole(EndRole) = "end_role" @ 1;
    /// Delegates signatures for some days.
    Delegate(Delegate) = "delegate" @ 1;
    /// Ends a delegation before its last day.
    EndDelegation(EndDelegation) = "end_delegation" @ 1;
    /// Adopts a version of a tariff sheet.
    AdoptTariffs(AdoptTariffs) = "adopt_tariffs" @ 1;
    /// Proposes an entry of the ledger.
    ProposeEntry(Box<ProposeEntry>) = "propose_entry" @ 1;
    /// Confirms or refuses an entry, or lets a disputed one stand.
    DecideEntry(DecideEntry) = "decide_entry" @ 1;
    /// Accepts or disputes an entry about oneself.
    AnswerEntry(AnswerEntry) = "answer_entry" @ 1;
    /// Takes a confirmed entry back.
    ReverseEntry(ReverseEntry) = "reverse_entry" @ 1;
    /// Attaches a file to an entry.
    AttachToEntry(AttachToEntry) = "attach_to_entry" @ 1;
    /// Publishes a line of a fund.
    PublishFund(PublishFund) = "publish_fund" @ 1;
    /// Signs a step of a plan.
    SignPlan(SignPlan) = "sign_plan" @ 1;
    /// Marks that an act on a period is done.
    MarkPeriod(MarkPeriod) = "mark_period" @ 1;
    /// Enters the number of an indicator.
    EnterIndicator(EnterIndicator) = "enter_indicator" @ 1;
    /// Proposes a grade, or decides it.
    GiveGrade(GiveGrade) = "give_grade" @ 1;
    /// Closes a cohort of a period.
    SettleCohort(SettleCohort) = "settle_cohort" @ 1;
    /// Says who comes first among equals.
    DecideTie(DecideTie) = "decide_tie" @ 1;
    /// Gives a published result back to its judge.
    ReturnResult(ReturnResult) = "return_result" @ 1;
    /// Enters a pay base or a minimum wage, or hands a batch over to payroll.
    Payroll(Box<PayrollAct>) = "payroll" @ 1;
    /// States what a post, a person or a unit counts as.
    Classify(Classify) = "classify" @ 1;
    /// States that a decision reached its person.
    DeliverDecision(DeliverDecision) = "deliver_decision" @ 1;
    /// Accepts a decision.
    AcceptDecision(AcceptDecision) = "accept_decision" @ 1;
    /// Appeals, or asks for the second instance.
    AppealResult(AppealResult) = "appeal_result" @ 1;
    /// Decides about an appeal, or in the second instance.
    DecideAppeal(DecideAppeal) = "decide_appeal" @ 1;
    /// Hangs out a public list.
    HangList(HangList) = "hang_list" @ 1;
    /// Objects to a name on a public list.
    ObjectToList(ObjectToList) = "object_to_list" @ 1;
    /// Decides about such an objection.
    DecideListObjection(DecideListObjection) = "decide_list_objection" @ 1;
    /// Draws what of a period is spot checked.
    DrawSample(DrawSample) = "draw_sample" @ 1;
    /// States what a spot check found.
    CheckResult(CheckResult) = "check_result" @ 1;
}

impl Command {
    /// Names the lanes that the command changes; the server derives them with this function too.
    pub fn lanes(&self) -> Vec<Lane> {
        match self {
            Self::FoundCompany(_)
            | Self::AddUnit(_)
            | Self::AddPerson(_)
            | Self::Assign(_)
            | Self::EndAssignment(_)
            | Self::DrawLine(_)
            | Self::EndLine(_)
            | Self::Appoint(_)
            | Self::EndAppointment(_)
            | Self::AdoptRegime(_)
            | Self::OpenPeriod(_)
            | Self::AddCalendar(_)
            | Self::UseCalendar(_)
            | Self::AdoptNotice(_)
            | Self::RenameUnit(_)
            | Self::EndUnit(_)
            | Self::Transfer(_)
            | Self::Leave(_)
            | Self::BeginClosing(_)
            | Self::EndClosing(_)
            | Self::HoldRole(_)
            | Self::EndRole(_)
            | Self::Delegate(_)
            | Self::EndDelegation(_)
            | Self::AdoptTariffs(_)
            | Self::PublishFund(_)
            | Self::SettleCohort(_)
            | Self::Classify(_)
            | Self::HangList(_)
            | Self::DrawSample(_)
            | Self::MarkPeriod(_) => vec![Lane::Organisation],
            Self::DecideTie(args) => vec![Lane::Plan(ties(args.period))],
            Self::Payroll(act) => vec![match &**act {
                PayrollAct::EnterBase(args) => Lane::Person(args.person),
                // Minimum wages and batches have one order.
                _ => Lane::Plan(pay::book()),
            }],
            Self::NoteAbsence(args) => vec![Lane::Person(args.person)],
            Self::EndAbsence(args) => vec![Lane::Person(args.person)],
            Self::DecideLateness(args) => vec![match args.act {
                LateAct::Submission => Lane::Plan(args.plan),
                LateAct::Report(item, _) | LateAct::SelfScore(item) => Lane::Item(item),
            }],
            Self::AnswerHelp(args) => args.lanes(),
            Self::ReportItem(ReportItem { item, .. })
            | Self::AttachEvidence(AttachEvidence { item, .. })
            | Self::WithdrawEvidence(WithdrawEvidence { item, .. })
            | Self::ScoreSelf(ScoreItem { item, .. })
            | Self::ScoreSuperior(ScoreItem { item, .. })
            | Self::ScoreAs(ScoreAs { item, .. })
            | Self::ConfirmEntry(ConfirmEntry { item, .. }) => vec![Lane::Item(*item)],
            Self::DiscardRefused(args) => vec![Lane::Refused(args.refused)],
            Self::CloseUnapplied(args) => vec![Lane::Refused(args.command)],
            Self::ProposeEntry(args) => vec![Lane::Entry(args.entry)],
            Self::DecideEntry(DecideEntry { entry, .. })
            | Self::AnswerEntry(AnswerEntry { entry, .. })
            | Self::AttachToEntry(AttachToEntry { entry, .. })
            | Self::ReverseEntry(ReverseEntry { entry, .. }) => vec![Lane::Entry(*entry)],
            // Whatever changes a plan as a whole, or what was judged of it.
            _ => self.document().map(Lane::Plan).into_iter().collect(),
        }
    }

    /// Names every plan whose document deciding reads, the one that it is about first.
    pub fn documents(&self) -> Vec<PlanId> {
        let mut documents: Vec<PlanId> = self.document().into_iter().collect();
        match self {
            Self::AddItem(args) => {
                documents.extend(args.item.lineage.iter().map(|lineage| lineage.plan));
            }
            Self::RequestChange(args) => {
                let added = args.changes.iter().filter_map(|change| match change {
                    ItemChange::Add(item) => item.lineage.as_ref(),
                    _ => None,
                });
                documents.extend(added.map(|lineage| lineage.plan));
            }
            Self::SettleCarried(args) => documents.push(args.from),
            Self::AnswerHelp(args) => documents.extend(args.mirrored.iter().map(|item| item.plan)),
            Self::SealResult(args) => documents.extend(&args.parts),
            Self::SettleCohort(args) => documents.push(ties(args.period)),
            Self::DecideTie(args) => documents.push(ties(args.period)),
            Self::Payroll(act) => documents.extend(act.documents()),
            Self::ProposeEntry(args) => documents.extend(args.documents()),
            Self::DecideEntry(args) => documents.push(book::document(args.unit, args.period)),
            Self::AnswerEntry(args) => documents.push(book::document(args.unit, args.period)),
            Self::ReverseEntry(args) => documents.push(book::document(args.unit, args.period)),
            Self::AttachToEntry(args) => documents.push(book::document(args.unit, args.period)),
            Self::PublishFund(args) => {
                let ledgers = args.units.iter();
                documents.extend(ledgers.map(|unit| book::document(*unit, args.period)));
            }
            _ => {}
        }
        let mut seen = std::collections::BTreeSet::new();
        documents.retain(|plan| seen.insert(*plan));
        documents
    }

    /// Names the plan that the command is about.
    pub const fn document(&self) -> Option<PlanId> {
        match self {
            Self::DraftPlan(args) => Some(args.plan),
            Self::AddItem(args) => Some(args.plan),
            Self::EditItem(args) => Some(args.plan),
            Self::Weigh(args) => Some(args.plan),
            Self::RemoveItem(args) => Some(args.plan),
            Self::SubmitPlan(args) => Some(args.plan),
            Self::ReturnPlan(args) => Some(args.plan),
            Self::ApprovePlan(args) => Some(args.plan),
            Self::SignPlan(args) => Some(args.plan),
            Self::ReportItem(args) => Some(args.plan),
            Self::AttachEvidence(args) => Some(args.plan),
            Self::WithdrawEvidence(args) => Some(args.plan),
            Self::ScoreSelf(args) | Self::ScoreSuperior(args) => Some(args.plan),
            Self::PublishResult(args) => Some(args.plan),
            Self::ScorePart(args) => Some(args.plan),
            Self::ScoreAs(args) => Some(args.plan),
            Self::EnterIndicator(args) => Some(args.plan),
            Self::GiveGrade(args) => Some(args.plan),
            Self::ReturnResult(args) => Some(args.plan),
            Self::DecideLateness(args) => Some(args.plan),
            Self::WithdrawPlan(args) => Some(args.plan),
            Self::RequestChange(args) => Some(args.plan),
            Self::DecideChange(args) => Some(args.plan),
            Self::WithdrawChange(args) => Some(args.plan),
            Self::SettleCarried(args) => Some(args.plan),
            Self::AnswerHelp(args) => Some(args.plan),
            Self::ConfirmEntry(args) => Some(args.plan),
            Self::DeliverResult(args) => Some(args.plan),
            Self::AnswerResult(args) => Some(args.plan),
            Self::DecideObjection(args) => Some(args.plan),
            Self::SealResult(args) => Some(args.plan),
            Self::ObjectToList(args) => Some(args.plan),
            Self::DeliverDecision(args) => Some(args.plan),
            Self::AcceptDecision(args) => Some(args.plan),
            Self::AppealResult(args) => Some(args.plan),
            Self::DecideAppeal(args) => Some(args.plan),
            Self::DecideListObjection(args) => Some(args.plan),
            Self::CheckResult(args) => Some(args.plan),
            _ => None,
        }
    }
}

/// A command with the circumstances in which it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeCommand {
    /// The command.
    pub command: Command,
    /// When and where it was made, as the device says.
    pub made: Made,
    /// The refused command in whose place it stands.
    pub supersedes: Option<CommandId>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    kind: String,
    kind_ver: u16,
    args: Box<RawValue>,
    made: Made,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    supersedes: Option<CommandId>,
}

impl MadeCommand {
    /// Writes the bytes in which the command is kept, hashed and sent.
    pub fn write(&self) -> Result<String, Refusal> {
        let malformed = |error: serde_json::Error| Refusal::Malformed {
            at: error.to_string(),
        };
        let (kind, kind_ver) = self.command.kind();
        let kept = Kept {
            kind: kind.to_owned(),
            kind_ver,
            args: self.command.args().map_err(malformed)?,
            made: self.made,
            supersedes: self.supersedes,
        };
        let text = serde_json::to_string(&kept).map_err(malformed)?;
        if text.len() > MOST_COMMAND_BYTES {
            let most = MOST_COMMAND_BYTES as u64;
            return Err(Refusal::LimitPassed {
                limit: "command_bytes".to_owned(),
                most,
            });
        }
        Ok(text)
    }

    /// Reads a kept command.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if text.len() > MOST_COMMAND_BYTES {
            let most = MOST_COMMAND_BYTES as u64;
            return Err(Refusal::LimitPassed {
                limit: "command_bytes".to_owned(),
                most,
            });
        }
        let kept: Kept = serde_json::from_str(text).map_err(|error| Refusal::Malformed {
            at: error.to_string(),
        })?;
        let command = Command::read(&kept.kind, kept.kind_ver, &kept.args)?;
        Ok(Self {
            command,
            made: kept.made,
            supersedes: kept.supersedes,
        })
    }
}
