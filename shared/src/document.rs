//! A plan's document: the plan's own row with everything that hangs on it; a ledger is one, too.
//!
//! Rows come and go one by one; a device may hold some without the others. Rows of the kinds of
//! which there are many lie in drawers, where a start leaves them unread.

use std::collections::BTreeMap;

use crate::appeal::{Appeal, Decided, DecisionDelivery, Level};
use crate::baseline::Baseline;
use crate::change_request::ChangeRequest;
use crate::cohort::{CohortResult, TieDecision};
use crate::drawer::{Drawer, Keyed};
use crate::evidence::Evidence;
use crate::excerpt::Excerpt;
use crate::given_grade::GivenGrade;
use crate::help::Help;
use crate::id::{ChangeRequestId, EntryId, EvidenceId, ItemId, PersonId, PlanId, ReportId, UnitId};
use crate::indicator::IndicatorValue;
use crate::item::Item;
use crate::ledger::LedgerEntry;
use crate::part_score::{PartScore, RaterScore};
use crate::payroll::Book;
use crate::plan::Plan;
use crate::public_list::ListObjection;
use crate::report::Report;
use crate::result::PlanResult;
use crate::revealed::Revealed;
use crate::row::{Row, RowKey, RowKind, both};
use crate::score::Score;
use crate::seal::{Answer, Delivery, SealedResult};
use crate::spot_check::SpotCheck;

/// Items in the order in which people read them.
pub fn items_in_order(items: &BTreeMap<ItemId, Item>) -> Vec<&Item> {
    let mut items: Vec<&Item> = items.values().collect();
    items.sort_by_key(|item| (item.position, item.id));
    items
}

/// A plan with everything that hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanDocument {
    /// The plan's own row; a helper's device may hold items without it.
    pub plan: Option<Plan>,
    /// Its items.
    pub items: Drawer<ItemId, Item>,
    /// Reports on them.
    pub reports: Drawer<ReportId, Report>,
    /// Evidence on them.
    pub evidence: Drawer<EvidenceId, Evidence>,
    /// Self scores, by item.
    pub self_scores: Drawer<ItemId, Score>,
    /// The superiors' scores, by item and judge.
    pub superior_scores: Drawer<(ItemId, PersonId), Score>,
    /// Points typed for parts, by the bits of their keys.
    pub part_scores: BTreeMap<u128, PartScore>,
    /// Scores of other raters, by the bits of their keys.
    pub rater_scores: BTreeMap<u128, RaterScore>,
    /// Numbers of indicators, by the bits of their keys.
    pub indicators: BTreeMap<u128, IndicatorValue>,
    /// The grade that is given by decision.
    pub grade: Option<Box<GivenGrade>>,
    /// The published results, by version.
    pub results: Drawer<u32, PlanResult>,
    /// The baselines, by number.
    pub baselines: Drawer<u32, Baseline>,
    /// Requests to change it.
    pub requests: BTreeMap<ChangeRequestId, ChangeRequest>,
    /// What helping units answered, by item and unit.
    pub helps: BTreeMap<(ItemId, UnitId), Help>,
    /// Proven deliveries, by version of the result.
    pub deliveries: BTreeMap<u32, Delivery>,
    /// The owner's answers, by version of the result.
    pub answers: BTreeMap<u32, Answer>,
    /// Appeals, by version of the result and instance.
    pub appeals: BTreeMap<(u32, Level), Appeal>,
    /// Proven deliveries of decisions, by version of the result and decision.
    pub decision_deliveries: BTreeMap<(u32, Decided), DecisionDelivery>,
    /// What each rater stated, by version of the result, where the regime reveals it.
    pub revealed: BTreeMap<u32, Revealed>,
    /// What spot checks found, by version of the result.
    pub checks: BTreeMap<u32, SpotCheck>,
    /// Objections to the person's name on public lists, by the bits of their keys.
    pub list_objections: BTreeMap<u128, ListObjection>,
    /// Sealed results, by version.
    pub sealed: Drawer<u32, SealedResult>,
    /// What closing the cohort left.
    pub cohort: Option<Box<CohortResult>>,
    /// Orders of equals, by the bits of their keys, where the document is a period's.
    pub ties: BTreeMap<u128, TieDecision>,
    /// The entries, where the document is a ledger and no plan's.
    pub entries: BTreeMap<EntryId, LedgerEntry>,
    /// Pay bases, batches, payables or slips, where the document is one of payroll and no plan's.
    pub payroll: Book,
}

impl PlanDocument {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The latest published result.
    pub fn result(&self) -> Option<&PlanResult> {
        self.results.last_key_value().map(|(_, result)| result)
    }

    /// The items in the order in which people read them.
    pub fn items_in_order(&self) -> Vec<&Item> {
        items_in_order(&self.items)
    }

    /// Lays texts of rows of a kind down, to be read when somebody looks; `false` for a kind of which
    /// there are few, which is read at once.
    pub(crate) fn lay(&mut self, kind: RowKind, texts: &mut dyn Iterator<Item = &Excerpt>) -> bool {
        match kind {
            RowKind::Item => self.items.lay(texts),
            RowKind::Report => self.reports.lay(texts),
            RowKind::Evidence => self.evidence.lay(texts),
            RowKind::SelfScore => self.self_scores.lay(texts),
            RowKind::SuperiorScore | RowKind::SuperiorScoreBy => self.superior_scores.lay(texts),
            RowKind::Result => self.results.lay(texts),
            RowKind::Baseline => self.baselines.lay(texts),
            RowKind::SealedResult => self.sealed.lay(texts),
            _ => return false,
        }
        true
    }

    /// Says whether a text was found that cannot be read, so that a row is missing.
    pub(crate) fn is_torn(&self) -> bool {
        self.items.is_torn()
            || self.reports.is_torn()
            || self.evidence.is_torn()
            || self.self_scores.is_torn()
            || self.superior_scores.is_torn()
            || self.results.is_torn()
            || self.baselines.is_torn()
            || self.sealed.is_torn()
    }

    /// Says that what could not be read has come anew.
    pub(crate) fn mend(&mut self) {
        self.items.mend();
        self.reports.mend();
        self.evidence.mend();
        self.self_scores.mend();
        self.superior_scores.mend();
        self.results.mend();
        self.baselines.mend();
        self.sealed.mend();
    }

    /// Puts a row of the document where it belongs.
    pub(crate) fn put(&mut self, row: Row) {
        match row {
            Row::Plan(plan) => self.plan = Some(plan),
            Row::Item(item) => {
                self.items.insert(item.id, item);
            }
            Row::Report(report) => {
                self.reports.insert(report.id, report);
            }
            Row::Evidence(evidence) => {
                self.evidence.insert(evidence.id, evidence);
            }
            Row::SelfScore(score) => {
                self.self_scores.insert(score.item, score);
            }
            Row::SuperiorScore(score) | Row::SuperiorScoreBy(score) => {
                let key = (score.item, score.judge);
                self.superior_scores.insert(key, score);
            }
            Row::PartScore(score) => {
                self.part_scores.insert(score.bits(), score);
            }
            Row::RaterScore(score) => {
                self.rater_scores.insert(score.bits(), score);
            }
            Row::IndicatorValue(value) => {
                self.indicators.insert(value.bits(), value);
            }
            Row::GivenGrade(grade) => self.grade = Some(grade),
            Row::CohortResult(result) => self.cohort = Some(result),
            Row::TieDecision(decision) => {
                self.ties.insert(decision.bits(), *decision);
            }
            Row::Result(result) => {
                self.results.insert(result.version, result);
            }
            Row::Baseline(baseline) => {
                self.baselines.insert(baseline.number, baseline);
            }
            Row::ChangeRequest(request) => {
                self.requests.insert(request.id, request);
            }
            Row::Help(help) => {
                self.helps.insert((help.item, help.unit), help);
            }
            Row::Delivery(one) => drop(self.deliveries.insert(one.version, one)),
            Row::Answer(one) => drop(self.answers.insert(one.version, one)),
            Row::Appeal(appeal) => {
                self.appeals.insert((appeal.version, appeal.level), *appeal);
            }
            Row::DecisionDelivery(delivery) => {
                let key = (delivery.version, delivery.of);
                self.decision_deliveries.insert(key, delivery);
            }
            Row::SpotCheck(one) => drop(self.checks.insert(one.version, *one)),
            Row::Revealed(one) => drop(self.revealed.insert(one.version, *one)),
            Row::ListObjection(objection) => {
                self.list_objections.insert(objection.bits(), *objection);
            }
            Row::SealedResult(one) => drop(self.sealed.insert(one.version, one)),
            Row::LedgerEntry(entry) => {
                self.entries.insert(entry.id, *entry);
            }
            other => self.payroll.put(other),
        }
    }

    /// Takes a row of the document away.
    pub(crate) fn remove(&mut self, key: RowKey) {
        let item = ItemId::from_bits(key.bits);
        // A numbered row's bits are its plan's, moved on by its number.
        let number = |first: u32| {
            let plan = key.document.map_or(0, PlanId::bits);
            let moved = u32::try_from(key.bits.wrapping_sub(plan)).unwrap_or(u32::MAX);
            moved.saturating_add(first)
        };
        match key.kind {
            RowKind::Plan => self.plan = None,
            RowKind::Item => {
                self.items.remove(&item);
            }
            RowKind::Report => {
                self.reports.remove(&ReportId::from_bits(key.bits));
            }
            RowKind::Evidence => {
                self.evidence.remove(&EvidenceId::from_bits(key.bits));
            }
            RowKind::SelfScore => {
                self.self_scores.remove(&item);
            }
            RowKind::SuperiorScore => self.superior_scores.retain(|(of, _), _| *of != item),
            RowKind::SuperiorScoreBy => {
                let gone =
                    |item: &ItemId, judge: &PersonId| both(item.bits(), judge.bits()) == key.bits;
                self.superior_scores
                    .retain(|(item, judge), _| !gone(item, judge));
            }
            RowKind::Help => {
                let gone =
                    |item: &ItemId, unit: &UnitId| both(item.bits(), unit.bits()) == key.bits;
                self.helps.retain(|(item, unit), _| !gone(item, unit));
            }
            RowKind::ChangeRequest => {
                self.requests.remove(&ChangeRequestId::from_bits(key.bits));
            }
            RowKind::PartScore => drop(self.part_scores.remove(&key.bits)),
            RowKind::RaterScore => drop(self.rater_scores.remove(&key.bits)),
            RowKind::IndicatorValue => drop(self.indicators.remove(&key.bits)),
            RowKind::GivenGrade => self.grade = None,
            RowKind::CohortResult => self.cohort = None,
            RowKind::Appeal => self.appeals.retain(|_, one| one.number() != number(0)),
            RowKind::DecisionDelivery => {
                self.decision_deliveries
                    .retain(|_, one| one.number() != number(0));
            }
            RowKind::SpotCheck => drop(self.checks.remove(&number(0))),
            RowKind::Revealed => drop(self.revealed.remove(&number(0))),
            RowKind::ListObjection => drop(self.list_objections.remove(&key.bits)),
            RowKind::TieDecision => drop(self.ties.remove(&key.bits)),
            RowKind::Result => drop(self.results.remove(&(number(1)))),
            RowKind::Baseline => drop(self.baselines.remove(&number(0))),
            RowKind::Delivery => drop(self.deliveries.remove(&number(0))),
            RowKind::Answer => drop(self.answers.remove(&number(0))),
            RowKind::SealedResult => drop(self.sealed.remove(&number(0))),
            RowKind::LedgerEntry => drop(self.entries.remove(&EntryId::from_bits(key.bits))),
            _ => self.payroll.remove(key),
        }
    }
}

/// Says how rows of one kind lie in their drawer.
macro_rules! keyed {
    ($($key:ty => $noun:ty: $($row:ident)|+, $of:expr;)*) => {$(
        impl Keyed<$key> for $noun {
            fn keyed(row: Row) -> Option<($key, Self)> {
                let key: fn(&Self) -> $key = $of;
                match row {
                    $(Row::$row(row) => Some((key(&row), row)),)+
                    _ => None,
                }
            }
        }
    )*};
}

keyed! {
    ItemId => Item: Item, |item| item.id;
    ReportId => Report: Report, |report| report.id;
    EvidenceId => Evidence: Evidence, |evidence| evidence.id;
    ItemId => Score: SelfScore, |score| score.item;
    (ItemId, PersonId) => Score: SuperiorScore | SuperiorScoreBy, |score| (score.item, score.judge);
    u32 => PlanResult: Result, |result| result.version;
    u32 => Baseline: Baseline, |baseline| baseline.number;
    u32 => SealedResult: SealedResult, |sealed| sealed.version;
}
