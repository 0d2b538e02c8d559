//! Rows: everything that is kept and synced, one variant per noun.
//!
//! A row's key is its kind and 128 bits; its content is JSON whose shape is pinned by tests.
//!
//! To add a noun: add a variant here, say where it lives in [`crate::placement`], and where it is
//! held in [`crate::world`].

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::appeal::{Appeal, DecisionDelivery};
use crate::baseline::Baseline;
use crate::calendar::{CalendarUse, HolidayNotice, WorkCalendar};
use crate::change_request::ChangeRequest;
use crate::classification::Classification;
use crate::closing::Closing;
use crate::cohort::{self, CohortResult, TieDecision};
use crate::evidence::Evidence;
use crate::given_grade::GivenGrade;
use crate::help::Help;
use crate::id::PlanId;
use crate::indicator::IndicatorValue;
use crate::item::Item;
use crate::ledger::{self, FundLine, LedgerEntry, SheetVersion};
use crate::organisation::{
    Absence, Appointment, Assignment, Company, Person, ReportingLine, RoleHolder, Unit,
};
use crate::part_score::{PartScore, RaterScore};
use crate::payroll::{self, MinimumWage, PayBase, PayBatch, PaySlip, Payable};
use crate::period::Period;
use crate::plan::Plan;
use crate::public_list::{ListObjection, PublicList};
use crate::regime::RegimeVersion;
use crate::report::Report;
use crate::result::PlanResult;
use crate::revealed::Revealed;
use crate::score::Score;
use crate::seal::{Answer, Delivery, SealedResult};
use crate::signing::Delegation;
use crate::spot_check::{SpotCheck, SpotSample};
use crate::unapplied::{self, Unapplied};

mod key;

use key::KINDS;
pub use key::{MalformedRowKey, RowKey, RowKind};

/// A kept row. Its JSON is `{"kind": .., "row": ..}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "row", rename_all = "snake_case")]
pub enum Row {
    /// The company; there is one.
    Company(Company),
    /// A unit.
    Unit(Unit),
    /// A person.
    Person(Person),
    /// An assignment.
    Assignment(Assignment),
    /// A reporting line.
    ReportingLine(ReportingLine),
    /// An appointment.
    Appointment(Appointment),
    /// A regime version.
    Regime(RegimeVersion),
    /// A period.
    Period(Period),
    /// A plan.
    Plan(Plan),
    /// An item.
    Item(Item),
    /// A report.
    Report(Report),
    /// The responsible person's score of an item.
    SelfScore(Score),
    /// The superior's score of an item, as the first version kept it: by item alone.
    SuperiorScore(Score),
    /// A published result.
    Result(PlanResult),
    /// A work calendar.
    WorkCalendar(WorkCalendar),
    /// A unit's use of a work calendar.
    CalendarUse(CalendarUse),
    /// A notice of public holidays.
    HolidayNotice(HolidayNotice),
    /// An absence.
    Absence(Absence),
    /// A superior's score of an item, by item and judge.
    SuperiorScoreBy(Score),
    /// A baseline.
    Baseline(Baseline),
    /// A change request.
    ChangeRequest(ChangeRequest),
    /// A helping unit's answer.
    Help(Help),
    /// The proven delivery of a result.
    Delivery(Delivery),
    /// A person's answer to a result.
    Answer(Answer),
    /// A sealed result.
    SealedResult(SealedResult),
    /// A command that was not applied.
    Unapplied(Unapplied),
    /// A closing.
    Closing(Closing),
    /// A piece of evidence.
    Evidence(Evidence),
    /// Points that a rater typed for a part.
    PartScore(PartScore),
    /// A score by a rater beside the responsible person and the superior.
    RaterScore(RaterScore),
    /// A holding of a named role.
    RoleHolder(RoleHolder),
    /// A delegation of signatures.
    Delegation(Delegation),
    /// An entry of the ledger.
    LedgerEntry(Box<LedgerEntry>),
    /// A version of a tariff sheet.
    TariffSheet(Box<SheetVersion>),
    /// A published line of a fund.
    FundLine(FundLine),
    /// The value of an indicator.
    IndicatorValue(IndicatorValue),
    /// A grade that is given by decision.
    GivenGrade(Box<GivenGrade>),
    /// What closing the cohort left of a person's result.
    CohortResult(Box<CohortResult>),
    /// The order of people who stand equal.
    TieDecision(Box<TieDecision>),
    /// A pay base.
    PayBase(PayBase),
    /// A minimum wage.
    MinimumWage(MinimumWage),
    /// What payroll learns of a sealed result.
    Payable(Box<Payable>),
    /// A batch that was handed over to payroll.
    PayBatch(Box<PayBatch>),
    /// What a batch pays one person.
    PaySlip(Box<PaySlip>),
    /// What a post, a person or a unit counts as.
    Classification(Classification),
    /// A list of grades that are made public.
    PublicList(Box<PublicList>),
    /// An objection to a name on such a list.
    ListObjection(Box<ListObjection>),
    /// An appeal, or a call on the second instance.
    Appeal(Box<Appeal>),
    /// The proven delivery of a decision.
    DecisionDelivery(DecisionDelivery),
    /// What each rater stated of a published result.
    Revealed(Box<Revealed>),
    /// What was drawn of a period to be checked.
    SpotSample(Box<SpotSample>),
    /// What a spot check found.
    SpotCheck(Box<SpotCheck>),
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Derived code would keep a second reader for each noun, for the case that the kind comes
        // last, and the app is paid for by the byte.
        #[derive(Deserialize)]
        struct Kept<'a> {
            kind: String,
            #[serde(borrow)]
            row: &'a RawValue,
        }
        let Kept { kind, row } = Kept::deserialize(deserializer)?;
        let found = KINDS.iter().find(|(_, word)| *word == kind);
        let (kind, _) = found.ok_or_else(|| serde::de::Error::custom("unknown kind of row"))?;
        Self::of_kind(*kind, row.get()).map_err(serde::de::Error::custom)
    }
}

impl Row {
    /// Reads a row's text.
    ///
    /// A device reads thousands at its start: where the text stands as rows are written, the noun is
    /// read at once; any other order of the members is read by the general way.
    pub fn read(text: &str) -> serde_json::Result<Self> {
        let noun = || {
            let (kind, rest) = text.strip_prefix(r#"{"kind":""#)?.split_once('"')?;
            let noun = rest.strip_prefix(r#","row":"#)?.strip_suffix('}')?;
            let (kind, _) = KINDS.iter().find(|(_, word)| *word == kind)?;
            Self::of_kind(*kind, noun).ok()
        };
        noun().map_or_else(|| serde_json::from_str(text), Ok)
    }

    fn of_kind(kind: RowKind, text: &str) -> serde_json::Result<Self> {
        match kind {
            RowKind::Company => serde_json::from_str(text).map(Self::Company),
            RowKind::Unit => serde_json::from_str(text).map(Self::Unit),
            RowKind::Person => serde_json::from_str(text).map(Self::Person),
            RowKind::Assignment => serde_json::from_str(text).map(Self::Assignment),
            RowKind::ReportingLine => serde_json::from_str(text).map(Self::ReportingLine),
            RowKind::Appointment => serde_json::from_str(text).map(Self::Appointment),
            RowKind::Regime => serde_json::from_str(text).map(Self::Regime),
            RowKind::Period => serde_json::from_str(text).map(Self::Period),
            RowKind::Plan => serde_json::from_str(text).map(Self::Plan),
            RowKind::Item => serde_json::from_str(text).map(Self::Item),
            RowKind::Report => serde_json::from_str(text).map(Self::Report),
            RowKind::SelfScore => serde_json::from_str(text).map(Self::SelfScore),
            RowKind::SuperiorScore => serde_json::from_str(text).map(Self::SuperiorScore),
            RowKind::Result => serde_json::from_str(text).map(Self::Result),
            RowKind::WorkCalendar => serde_json::from_str(text).map(Self::WorkCalendar),
            RowKind::CalendarUse => serde_json::from_str(text).map(Self::CalendarUse),
            RowKind::HolidayNotice => serde_json::from_str(text).map(Self::HolidayNotice),
            RowKind::Absence => serde_json::from_str(text).map(Self::Absence),
            RowKind::SuperiorScoreBy => serde_json::from_str(text).map(Self::SuperiorScoreBy),
            RowKind::Baseline => serde_json::from_str(text).map(Self::Baseline),
            RowKind::ChangeRequest => serde_json::from_str(text).map(Self::ChangeRequest),
            RowKind::Help => serde_json::from_str(text).map(Self::Help),
            RowKind::Delivery => serde_json::from_str(text).map(Self::Delivery),
            RowKind::Answer => serde_json::from_str(text).map(Self::Answer),
            RowKind::SealedResult => serde_json::from_str(text).map(Self::SealedResult),
            RowKind::Unapplied => serde_json::from_str(text).map(Self::Unapplied),
            RowKind::Closing => serde_json::from_str(text).map(Self::Closing),
            RowKind::Evidence => serde_json::from_str(text).map(Self::Evidence),
            RowKind::PartScore => serde_json::from_str(text).map(Self::PartScore),
            RowKind::RaterScore => serde_json::from_str(text).map(Self::RaterScore),
            RowKind::RoleHolder => serde_json::from_str(text).map(Self::RoleHolder),
            RowKind::Delegation => serde_json::from_str(text).map(Self::Delegation),
            RowKind::LedgerEntry => serde_json::from_str(text).map(Self::LedgerEntry),
            RowKind::TariffSheet => serde_json::from_str(text).map(Self::TariffSheet),
            RowKind::FundLine => serde_json::from_str(text).map(Self::FundLine),
            RowKind::IndicatorValue => serde_json::from_str(text).map(Self::IndicatorValue),
            RowKind::GivenGrade => serde_json::from_str(text).map(Self::GivenGrade),
            RowKind::CohortResult => serde_json::from_str(text).map(Self::CohortResult),
            RowKind::TieDecision => serde_json::from_str(text).map(Self::TieDecision),
            RowKind::PayBase => serde_json::from_str(text).map(Self::PayBase),
            RowKind::MinimumWage => serde_json::from_str(text).map(Self::MinimumWage),
            RowKind::Payable => serde_json::from_str(text).map(Self::Payable),
            RowKind::PayBatch => serde_json::from_str(text).map(Self::PayBatch),
            RowKind::PaySlip => serde_json::from_str(text).map(Self::PaySlip),
            RowKind::Classification => serde_json::from_str(text).map(Self::Classification),
            RowKind::PublicList => serde_json::from_str(text).map(Self::PublicList),
            RowKind::ListObjection => serde_json::from_str(text).map(Self::ListObjection),
            RowKind::Appeal => serde_json::from_str(text).map(Self::Appeal),
            RowKind::DecisionDelivery => serde_json::from_str(text).map(Self::DecisionDelivery),
            RowKind::Revealed => serde_json::from_str(text).map(Self::Revealed),
            RowKind::SpotSample => serde_json::from_str(text).map(Self::SpotSample),
            RowKind::SpotCheck => serde_json::from_str(text).map(Self::SpotCheck),
        }
    }
}

/// The bits of a numbered row of a plan: each number has its own.
pub(crate) const fn numbered(plan: PlanId, number: u32) -> u128 {
    plan.bits().wrapping_add(number as u128)
}

/// The bits of a row that two identities name together; which of them comes first matters.
pub(crate) const fn both(first: u128, second: u128) -> u128 {
    first.rotate_left(1).wrapping_add(second)
}

impl Row {
    /// The key under which the row is kept.
    pub fn key(&self) -> RowKey {
        let (kind, bits) = match self {
            Self::Company(_) => (RowKind::Company, 0),
            Self::Unit(row) => (RowKind::Unit, row.id.bits()),
            Self::Person(row) => (RowKind::Person, row.id.bits()),
            Self::Assignment(row) => (RowKind::Assignment, row.id.bits()),
            Self::ReportingLine(row) => (RowKind::ReportingLine, row.id.bits()),
            Self::Appointment(row) => (RowKind::Appointment, row.id.bits()),
            Self::Regime(row) => (RowKind::Regime, row.id.bits()),
            Self::Period(row) => (RowKind::Period, row.id.bits()),
            Self::Plan(row) => (RowKind::Plan, row.id.bits()),
            Self::Item(row) => (RowKind::Item, row.id.bits()),
            Self::Report(row) => (RowKind::Report, row.id.bits()),
            Self::SelfScore(row) => (RowKind::SelfScore, row.item.bits()),
            Self::SuperiorScore(row) => (RowKind::SuperiorScore, row.item.bits()),
            Self::Result(row) => (RowKind::Result, numbered(row.plan, row.version - 1)),
            Self::WorkCalendar(row) => (RowKind::WorkCalendar, row.id.bits()),
            Self::CalendarUse(row) => (RowKind::CalendarUse, row.id.bits()),
            Self::HolidayNotice(row) => (RowKind::HolidayNotice, row.id.bits()),
            Self::Absence(row) => (RowKind::Absence, row.id.bits()),
            Self::SuperiorScoreBy(row) => (
                RowKind::SuperiorScoreBy,
                both(row.item.bits(), row.judge.bits()),
            ),
            Self::Baseline(row) => (RowKind::Baseline, numbered(row.plan, row.number)),
            Self::ChangeRequest(row) => (RowKind::ChangeRequest, row.id.bits()),
            Self::Help(row) => (RowKind::Help, both(row.item.bits(), row.unit.bits())),
            Self::Delivery(row) => (RowKind::Delivery, numbered(row.plan, row.version)),
            Self::Answer(row) => (RowKind::Answer, numbered(row.plan, row.version)),
            Self::SealedResult(row) => (RowKind::SealedResult, numbered(row.plan, row.version)),
            Self::Unapplied(row) => return unapplied::key(row.command),
            Self::Closing(row) => (RowKind::Closing, row.id.bits()),
            Self::Evidence(row) => (RowKind::Evidence, row.id.bits()),
            Self::PartScore(row) => (RowKind::PartScore, row.bits()),
            Self::RaterScore(row) => (RowKind::RaterScore, row.bits()),
            Self::RoleHolder(row) => (RowKind::RoleHolder, row.id.bits()),
            Self::Delegation(row) => (RowKind::Delegation, row.id.bits()),
            Self::LedgerEntry(row) => (RowKind::LedgerEntry, row.id.bits()),
            Self::TariffSheet(row) => (RowKind::TariffSheet, row.id.bits()),
            Self::FundLine(row) => (RowKind::FundLine, row.id.bits()),
            Self::IndicatorValue(row) => (RowKind::IndicatorValue, row.bits()),
            Self::GivenGrade(row) => (RowKind::GivenGrade, row.plan.bits()),
            Self::CohortResult(row) => (RowKind::CohortResult, row.plan.bits()),
            Self::TieDecision(row) => (RowKind::TieDecision, row.bits()),
            Self::PayBase(row) => (RowKind::PayBase, row.id.bits()),
            Self::MinimumWage(row) => (RowKind::MinimumWage, row.id.bits()),
            Self::Payable(row) => (RowKind::Payable, row.bits()),
            Self::PayBatch(row) => (RowKind::PayBatch, u128::from(row.number)),
            Self::PaySlip(row) => (RowKind::PaySlip, row.bits()),
            Self::Classification(row) => (RowKind::Classification, row.bits()),
            Self::PublicList(row) => (RowKind::PublicList, row.id.bits()),
            Self::ListObjection(row) => (RowKind::ListObjection, row.bits()),
            Self::Appeal(row) => (RowKind::Appeal, numbered(row.plan, row.number())),
            Self::DecisionDelivery(row) => {
                (RowKind::DecisionDelivery, numbered(row.plan, row.number()))
            }
            Self::Revealed(row) => (RowKind::Revealed, numbered(row.plan, row.version)),
            Self::SpotSample(row) => (RowKind::SpotSample, row.period.bits()),
            Self::SpotCheck(row) => (RowKind::SpotCheck, numbered(row.plan, row.version)),
        };
        RowKey {
            kind,
            document: self.document(),
            bits,
        }
    }

    /// The plan whose document the row belongs to, or the ledger or the book of payroll that is one;
    /// `None` for rows of the organisation.
    pub fn document(&self) -> Option<PlanId> {
        match self {
            Self::Plan(row) => Some(row.id),
            Self::Item(row) => Some(row.plan),
            Self::Report(row) => Some(row.plan),
            Self::SelfScore(row) | Self::SuperiorScore(row) | Self::SuperiorScoreBy(row) => {
                Some(row.plan)
            }
            Self::Result(row) => Some(row.plan),
            Self::Baseline(row) => Some(row.plan),
            Self::ChangeRequest(row) => Some(row.plan),
            Self::Help(row) => Some(row.plan),
            Self::Delivery(row) => Some(row.plan),
            Self::Answer(row) => Some(row.plan),
            Self::SealedResult(row) => Some(row.plan),
            Self::Evidence(row) => Some(row.plan),
            Self::LedgerEntry(row) => Some(ledger::document(row.unit, row.period)),
            Self::PartScore(row) => Some(row.plan),
            Self::RaterScore(row) => Some(row.score.plan),
            Self::IndicatorValue(row) => Some(row.plan),
            Self::GivenGrade(row) => Some(row.plan),
            Self::CohortResult(row) => Some(row.plan),
            Self::TieDecision(row) => Some(cohort::ties(row.period)),
            Self::PayBase(_) | Self::MinimumWage(_) | Self::PayBatch(_) => Some(payroll::book()),
            Self::Payable(row) => Some(payroll::payables(row.period)),
            Self::PaySlip(row) => Some(payroll::month(row.month)),
            Self::ListObjection(row) => Some(row.plan),
            Self::Appeal(row) => Some(row.plan),
            Self::DecisionDelivery(row) => Some(row.plan),
            Self::Revealed(row) => Some(row.plan),
            Self::SpotCheck(row) => Some(row.plan),
            Self::Company(_)
            | Self::Unit(_)
            | Self::Person(_)
            | Self::Assignment(_)
            | Self::ReportingLine(_)
            | Self::Appointment(_)
            | Self::Regime(_)
            | Self::Period(_)
            | Self::WorkCalendar(_)
            | Self::CalendarUse(_)
            | Self::HolidayNotice(_)
            | Self::Absence(_)
            | Self::Unapplied(_)
            | Self::Closing(_)
            | Self::RoleHolder(_)
            | Self::Delegation(_)
            | Self::TariffSheet(_)
            | Self::FundLine(_)
            | Self::Classification(_)
            | Self::SpotSample(_)
            | Self::PublicList(_) => None,
        }
    }
}
