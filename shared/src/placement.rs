//! Placement: in which partitions a row stands.
//!
//! The first partition is the row's home; the others hold identical read-only copies for other
//! audiences. A change of placement is a removal in the old partitions and a row in the new, in
//! the same transaction.

use std::collections::BTreeSet;

use crate::id::{ItemId, PersonId, UnitId};
use crate::item::Item;
use crate::ledger::LedgerEntry;
use crate::partition::PartitionId;
use crate::plan::{Plan, Scope};
use crate::result::PlanResult;
use crate::row::Row;
use crate::world::PlanDocument;

/// Lists the partitions of a row, the home first, none twice.
///
/// `document` is the document that the row belongs to, with the row's plan present; a row whose
/// plan is missing has no audience and stands nowhere.
pub fn placement(row: &Row, document: Option<&PlanDocument>) -> Vec<PartitionId> {
    if let Row::LedgerEntry(entry) = row {
        return distinct(entry_partitions(entry));
    }
    if let Row::TieDecision(tie) = row {
        return vec![PartitionId::Judging(tie.unit, tie.period, tie.by)];
    }
    if let Some(partitions) = of_payroll(row) {
        return partitions;
    }
    let Some(plan) = document.and_then(|document| document.plan.as_ref()) else {
        return match row {
            Row::Plan(plan) => distinct(plan_partitions(plan)),
            Row::Unapplied(unapplied) => vec![PartitionId::User(unapplied.person)],
            _ if row.document().is_some() => Vec::new(),
            _ => vec![PartitionId::Organisation],
        };
    };
    let judging = |judge| PartitionId::Judging(plan.unit, plan.period, judge);
    let partitions = match row {
        Row::Plan(plan) => plan_partitions(plan),
        Row::Item(item) => {
            let mut partitions = plan_partitions(plan);
            partitions.extend(helping(item, plan));
            partitions.extend(item.responsible.map(PartitionId::User));
            partitions
        }
        Row::Report(report) => {
            let people = [Some(report.by), report.of];
            reported(plan, document, (report.item, report.judge), people)
        }
        Row::Evidence(evidence) => {
            let item = document.and_then(|document| document.items.get(&evidence.item));
            let people = [Some(evidence.by), item.and_then(|item| item.responsible)];
            reported(plan, document, (evidence.item, evidence.judge), people)
        }
        Row::SelfScore(score) => vec![PartitionId::User(score.by), judging(score.judge)],
        Row::SuperiorScore(score) | Row::SuperiorScoreBy(score) => vec![judging(score.judge)],
        Row::PartScore(one) => vec![judging(one.judge), PartitionId::User(one.by)],
        Row::RaterScore(one) => vec![judging(one.score.judge), PartitionId::User(one.score.by)],
        // A number is a fact like a report, and seen by those who see the plan and by who entered it.
        Row::IndicatorValue(value) => {
            let mut partitions = plan_partitions(plan);
            partitions.push(PartitionId::User(value.by));
            partitions
        }
        Row::GivenGrade(grade) => {
            let sees = std::iter::once(&grade.judge).chain(&grade.deciders);
            let stated = grade.proposed.iter().chain(&grade.decided);
            let own = stated.map(|stated| PartitionId::User(stated.by));
            sees.copied().map(judging).chain(own).collect()
        }
        Row::Result(result) => {
            let mut partitions = result_partitions(result);
            partitions.extend(hearers(plan));
            partitions
        }
        Row::Baseline(_) | Row::ChangeRequest(_) => plan_partitions(plan),
        Row::Help(help) => {
            let mut partitions = plan_partitions(plan);
            partitions.push(PartitionId::Helping(help.unit, plan.period));
            partitions
        }
        row => followed(row, plan, document),
    };
    distinct(partitions)
}

/// Where that stands which follows a published result.
fn followed(row: &Row, plan: &Plan, document: Option<&PlanDocument>) -> Vec<PartitionId> {
    let judging = |judge| PartitionId::Judging(plan.unit, plan.period, judge);
    match row {
        Row::Delivery(delivery) => heard(plan, document, delivery.version),
        Row::Answer(answer) => heard(plan, document, answer.version),
        Row::Appeal(appeal) => heard(plan, document, appeal.version),
        Row::DecisionDelivery(delivery) => heard(plan, document, delivery.version),
        Row::Revealed(revealed) => heard(plan, document, revealed.version),
        Row::SpotCheck(check) => heard(plan, document, check.version),
        Row::CohortResult(_) => after(plan, document, None),
        // The person who is named does not see who objects, in whatever office: what stands with a judge
        // is seen by the plan office too.
        Row::ListObjection(objection) => {
            let people = std::iter::once(&objection.by).chain(&objection.deciders);
            people.copied().map(PartitionId::User).collect()
        }
        Row::SealedResult(sealed) => {
            let mut partitions = after(plan, document, None);
            // Of who was not assessed there may be no judge; who sealed it sees what was sealed.
            if partitions.len() == 1 {
                partitions.push(judging(sealed.by));
            }
            partitions
        }
        _ => vec![PartitionId::Organisation],
    }
}

/// Where a row of payroll stands: a base and a slip are their person's too, and nobody else's.
fn of_payroll(row: &Row) -> Option<Vec<PartitionId>> {
    let own = match row {
        Row::PayBase(base) => Some(base.person),
        Row::PaySlip(slip) => Some(slip.person),
        Row::MinimumWage(_) | Row::Payable(_) | Row::PayBatch(_) => None,
        _ => return None,
    };
    let own = own.map(PartitionId::User);
    Some(std::iter::once(PartitionId::Payroll).chain(own).collect())
}

/// Where a published result stands: its owner sees it, and those who judged.
pub(crate) fn result_partitions(result: &PlanResult) -> Vec<PartitionId> {
    let judging = |judge| PartitionId::Judging(result.unit, result.period, judge);
    let judges = [Some(result.by), result.on_behalf_of];
    let judging = judges.into_iter().flatten().map(judging);
    std::iter::once(PartitionId::User(result.owner))
        .chain(judging)
        .collect()
}

/// An entry is seen by those who keep the ledger and judge there, by the superior of its day, by the
/// person, and by who proposed it; by nobody else, for deductions are never shown by name.
fn entry_partitions(entry: &LedgerEntry) -> Vec<PartitionId> {
    let (unit, period) = (entry.unit, entry.period);
    let mut partitions = vec![
        PartitionId::Ledger(unit, period),
        PartitionId::User(entry.person),
        PartitionId::User(entry.proposed.by),
    ];
    let judging = |judge| PartitionId::Judging(unit, period, judge);
    partitions.extend(entry.judge.map(judging));
    partitions
}

/// What is reported of an item is seen where the plan is, by who helps, and by these people.
fn reported(
    plan: &Plan,
    document: Option<&PlanDocument>,
    (item, judge): (ItemId, Option<PersonId>),
    people: [Option<PersonId>; 2],
) -> Vec<PartitionId> {
    let mut partitions = handed_to(plan, judge.or(plan.judge));
    partitions.extend(raters(plan));
    partitions.extend(hearers(plan));
    let item = document.and_then(|document| document.items.get(&item));
    partitions.extend(item.into_iter().flat_map(|item| helping(item, plan)));
    partitions.extend(people.into_iter().flatten().map(PartitionId::User));
    partitions
}

fn helping(item: &Item, plan: &Plan) -> impl Iterator<Item = PartitionId> {
    let period = plan.period;
    let helping = move |unit: &UnitId| PartitionId::Helping(*unit, period);
    item.helpers.iter().map(helping)
}

/// What follows a publication is seen by its owner and by who published it; where nobody did, by
/// the judge to whom the plan was handed in.
fn after(plan: &Plan, document: Option<&PlanDocument>, version: Option<u32>) -> Vec<PartitionId> {
    let result = document.and_then(|document| match version {
        Some(version) => document.results.get(&version),
        None => document.result(),
    });
    let judge = result.map(|result| result.by).or(plan.judge);
    let mut partitions = vec![PartitionId::User(plan.owner)];
    partitions.extend(judge.map(|judge| PartitionId::Judging(plan.unit, plan.period, judge)));
    partitions
}

/// A plan and what it promises are seen by those who sign it, too; what is reported of it is not, but
/// by those who rate it.
pub(crate) fn plan_partitions(plan: &Plan) -> Vec<PartitionId> {
    let mut partitions = handed_to(plan, plan.judge);
    let signers = plan.signers.iter();
    partitions.extend(signers.map(|signer| PartitionId::Judging(plan.unit, plan.period, *signer)));
    partitions.extend(raters(plan));
    partitions.extend(hearers(plan));
    partitions
}

/// What is said against a result is seen by those who hear it, too.
fn heard(plan: &Plan, document: Option<&PlanDocument>, version: u32) -> Vec<PartitionId> {
    let mut partitions = after(plan, document, Some(version));
    partitions.extend(hearers(plan));
    partitions
}

fn hearers(plan: &Plan) -> impl Iterator<Item = PartitionId> {
    let hearers = plan.hearers.iter();
    hearers.map(|hearer| PartitionId::Judging(plan.unit, plan.period, *hearer))
}

fn raters(plan: &Plan) -> impl Iterator<Item = PartitionId> {
    let raters = plan.raters.iter();
    raters.map(|rater| PartitionId::Judging(plan.unit, plan.period, *rater))
}

fn handed_to(plan: &Plan, judge: Option<PersonId>) -> Vec<PartitionId> {
    let home = match plan.scope {
        Scope::Unit => PartitionId::Common(plan.unit, plan.period),
        Scope::Personal => PartitionId::Personal(plan.unit, plan.period),
    };
    let mut partitions = vec![home, PartitionId::User(plan.owner)];
    // A member may answer to somebody who does not lead the unit and sees no other member's plan.
    let judge = judge.filter(|_| plan.scope == Scope::Personal);
    partitions.extend(judge.map(|judge| PartitionId::Judging(plan.unit, plan.period, judge)));
    partitions
}

fn distinct(mut partitions: Vec<PartitionId>) -> Vec<PartitionId> {
    let mut seen = BTreeSet::new();
    partitions.retain(|partition| seen.insert(*partition));
    partitions
}
