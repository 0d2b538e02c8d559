//! The keys of rows: the kind, the document, and the bits of an identity.
//!
//! A kind's word is the same in keys, tables and screens.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{PlanId, from_text};

/// The kind of a row: the word that its key, its table and its screen share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    /// See [`super::Row::Company`].
    Company,
    /// See [`super::Row::Unit`].
    Unit,
    /// See [`super::Row::Person`].
    Person,
    /// See [`super::Row::Assignment`].
    Assignment,
    /// See [`super::Row::ReportingLine`].
    ReportingLine,
    /// See [`super::Row::Appointment`].
    Appointment,
    /// See [`super::Row::Regime`].
    Regime,
    /// See [`super::Row::Period`].
    Period,
    /// See [`super::Row::Plan`].
    Plan,
    /// See [`super::Row::Item`].
    Item,
    /// See [`super::Row::Report`].
    Report,
    /// See [`super::Row::SelfScore`].
    SelfScore,
    /// See [`super::Row::SuperiorScore`].
    SuperiorScore,
    /// See [`super::Row::Result`].
    Result,
    /// See [`super::Row::WorkCalendar`].
    WorkCalendar,
    /// See [`super::Row::CalendarUse`].
    CalendarUse,
    /// See [`super::Row::HolidayNotice`].
    HolidayNotice,
    /// See [`super::Row::Absence`].
    Absence,
    /// See [`super::Row::SuperiorScoreBy`].
    SuperiorScoreBy,
    /// See [`super::Row::Baseline`].
    Baseline,
    /// See [`super::Row::ChangeRequest`].
    ChangeRequest,
    /// See [`super::Row::Help`].
    Help,
    /// See [`super::Row::Delivery`].
    Delivery,
    /// See [`super::Row::Answer`].
    Answer,
    /// See [`super::Row::SealedResult`].
    SealedResult,
    /// See [`super::Row::Unapplied`].
    Unapplied,
    /// See [`super::Row::Closing`].
    Closing,
    /// See [`super::Row::Evidence`].
    Evidence,
    /// See [`super::Row::PartScore`].
    PartScore,
    /// See [`super::Row::RaterScore`].
    RaterScore,
    /// See [`super::Row::RoleHolder`].
    RoleHolder,
    /// See [`super::Row::Delegation`].
    Delegation,
    /// See [`super::Row::LedgerEntry`].
    LedgerEntry,
    /// See [`super::Row::TariffSheet`].
    TariffSheet,
    /// See [`super::Row::FundLine`].
    FundLine,
    /// See [`super::Row::IndicatorValue`].
    IndicatorValue,
    /// See [`super::Row::GivenGrade`].
    GivenGrade,
    /// See [`super::Row::CohortResult`].
    CohortResult,
    /// See [`super::Row::TieDecision`].
    TieDecision,
    /// See [`super::Row::PayBase`].
    PayBase,
    /// See [`super::Row::MinimumWage`].
    MinimumWage,
    /// See [`super::Row::Payable`].
    Payable,
    /// See [`super::Row::PayBatch`].
    PayBatch,
    /// See [`super::Row::PaySlip`].
    PaySlip,
    /// See [`super::Row::Classification`].
    Classification,
    /// See [`super::Row::PublicList`].
    PublicList,
    /// See [`super::Row::ListObjection`].
    ListObjection,
    /// See [`super::Row::Appeal`].
    Appeal,
    /// See [`super::Row::DecisionDelivery`].
    DecisionDelivery,
    /// See [`super::Row::Revealed`].
    Revealed,
    /// See [`super::Row::SpotSample`].
    SpotSample,
    /// See [`super::Row::SpotCheck`].
    SpotCheck,
}

pub(super) const KINDS: [(RowKind, &str); 52] = [
    (RowKind::Company, "company"),
    (RowKind::Unit, "unit"),
    (RowKind::Person, "person"),
    (RowKind::Assignment, "assignment"),
    (RowKind::ReportingLine, "reporting_line"),
    (RowKind::Appointment, "appointment"),
    (RowKind::Regime, "regime"),
    (RowKind::Period, "period"),
    (RowKind::Plan, "plan"),
    (RowKind::Item, "item"),
    (RowKind::Report, "report"),
    (RowKind::SelfScore, "self_score"),
    (RowKind::SuperiorScore, "superior_score"),
    (RowKind::Result, "result"),
    (RowKind::WorkCalendar, "work_calendar"),
    (RowKind::CalendarUse, "calendar_use"),
    (RowKind::HolidayNotice, "holiday_notice"),
    (RowKind::Absence, "absence"),
    (RowKind::SuperiorScoreBy, "superior_score_by"),
    (RowKind::Baseline, "baseline"),
    (RowKind::ChangeRequest, "change_request"),
    (RowKind::Help, "help"),
    (RowKind::Delivery, "delivery"),
    (RowKind::Answer, "answer"),
    (RowKind::SealedResult, "sealed_result"),
    (RowKind::Unapplied, "unapplied"),
    (RowKind::Closing, "closing"),
    (RowKind::Evidence, "evidence"),
    (RowKind::PartScore, "part_score"),
    (RowKind::RaterScore, "rater_score"),
    (RowKind::RoleHolder, "role_holder"),
    (RowKind::Delegation, "delegation"),
    (RowKind::LedgerEntry, "ledger_entry"),
    (RowKind::TariffSheet, "tariff_sheet"),
    (RowKind::FundLine, "fund_line"),
    (RowKind::IndicatorValue, "indicator_value"),
    (RowKind::GivenGrade, "given_grade"),
    (RowKind::CohortResult, "cohort_result"),
    (RowKind::TieDecision, "tie_decision"),
    (RowKind::PayBase, "pay_base"),
    (RowKind::MinimumWage, "minimum_wage"),
    (RowKind::Payable, "payable"),
    (RowKind::PayBatch, "pay_batch"),
    (RowKind::PaySlip, "pay_slip"),
    (RowKind::Classification, "classification"),
    (RowKind::PublicList, "public_list"),
    (RowKind::ListObjection, "list_objection"),
    (RowKind::Appeal, "appeal"),
    (RowKind::DecisionDelivery, "decision_delivery"),
    (RowKind::Revealed, "revealed"),
    (RowKind::SpotSample, "spot_sample"),
    (RowKind::SpotCheck, "spot_check"),
];

impl RowKind {
    /// The word of this kind.
    pub fn word(self) -> &'static str {
        KINDS
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }
}

/// Names a row wherever it is kept. Text form: `kind:id`, or `kind:id@plan` within a document.
///
/// The document is part of the name: ids are minted by devices, and one that is used in two
/// documents must not let a row of one stand in the place of a row of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// The kind.
    pub kind: RowKind,
    /// The plan whose document it belongs to; `None` for rows of the organisation.
    pub document: Option<PlanId>,
    /// The identity's bits.
    pub bits: u128,
}

impl RowKey {
    /// The least key, where a range of keys begins.
    pub const fn first() -> Self {
        Self {
            kind: RowKind::Company,
            document: None,
            bits: 0,
        }
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:032x}", self.kind.word(), self.bits)?;
        self.document.map_or(Ok(()), |plan| write!(f, "@{plan}"))
    }
}

/// A text that names no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedRowKey;

impl fmt::Display for MalformedRowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this names no row")
    }
}

impl FromStr for RowKey {
    type Err = MalformedRowKey;

    fn from_str(text: &str) -> Result<Self, MalformedRowKey> {
        let (word, rest) = text.split_once(':').ok_or(MalformedRowKey)?;
        let (kind, _) = KINDS
            .iter()
            .find(|(_, w)| *w == word)
            .ok_or(MalformedRowKey)?;
        let (bits, document) = match rest.split_once('@') {
            Some((bits, plan)) => (bits, Some(plan.parse().map_err(|_| MalformedRowKey)?)),
            None => (rest, None),
        };
        let id: PlanId = bits.parse().map_err(|_| MalformedRowKey)?;
        Ok(Self {
            kind: *kind,
            document,
            bits: id.bits(),
        })
    }
}

impl Serialize for RowKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RowKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer)
    }
}
