//! Confidentiality (I4): no row reaches a person who may not see it at the time of the answer.

use shared::id::{PersonId, PlanId, UnitId};
use shared::moment::Day;
use shared::organisation::{Office, Organisation};
use shared::partition::PartitionId;
use shared::row::Row;
use shared::seal::ResultAnswer;
use shared::spot_check::SpotCheck;
use shared::sync::message::PullResponse;

use super::{Verdict, ties};

/// Says whether a person may see a partition on that day.
pub(crate) fn sees(all: &Organisation, person: PersonId, day: Day, partition: PartitionId) -> bool {
    let office = ties::in_office(all, person, Office::PlanOffice, day);
    match partition {
        PartitionId::Organisation => all.people.contains_key(&person),
        PartitionId::User(owner) => owner == person,
        PartitionId::Common(unit, _) => {
            office
                || ties::belongs(all, person, unit, day)
                || above(all, person, unit, day)
                || ties::goes_on_with(all, person, unit, day)
                || ties::delegated(all, person, day).any(|of| above(all, of, unit, day))
        }
        PartitionId::Personal(unit, _) => {
            office
                || above(all, person, unit, day)
                || ties::delegated(all, person, day).any(|of| above(all, of, unit, day))
        }
        PartitionId::Helping(unit, _) => ties::belongs(all, person, unit, day),
        PartitionId::Judging(unit, _, judge) => {
            office || judge == person || ties::is_over(all, person, judge, unit, day)
        }
        PartitionId::Payroll => ties::in_office(all, person, Office::Payroll, day),
        PartitionId::Ledger(unit, _) => {
            let head = ties::head(all, unit, day);
            let over = match head {
                Some(head) => ties::superior(all, head, unit, day),
                None => ties::chain(all, unit)
                    .into_iter()
                    .find_map(|unit| ties::head(all, unit, day)),
            };
            let keeps = [Office::Personnel, Office::Payroll];
            office
                || ties::leads(all, person, unit, day)
                || over == Some(person)
                || keeps
                    .iter()
                    .any(|office| ties::in_office(all, person, *office, day))
        }
    }
}

/// Leads the unit, heads one of the two nearest led units above, or is over its head by one or two
/// levels.
fn above(all: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    if ties::leads(all, person, unit, day) {
        return true;
    }
    let chain = ties::chain(all, unit).split_off(1);
    let mut heads: Vec<PersonId> = chain
        .into_iter()
        .filter_map(|unit| ties::head(all, unit, day))
        .collect();
    heads.dedup();
    if heads.iter().take(2).any(|head| *head == person) {
        return true;
    }
    let Some(head) = ties::head(all, unit, day) else {
        return false;
    };
    let direct = ties::superior(all, head, unit, day);
    direct == Some(person)
        || direct.is_some_and(|direct| ties::is_over(all, person, direct, unit, day))
        || ties::advises(all, person, head, day)
}

/// Checks every partition and every score and result of an answer to a pull.
///
/// `document` gives the rows of a plan that stand at the server.
pub(crate) fn check_answer(
    all: &Organisation,
    person: PersonId,
    day: Day,
    answer: &PullResponse,
    document: &dyn Fn(PlanId) -> Vec<Row>,
) -> Verdict {
    let granted = answer.granted.iter().flatten().copied();
    for partition in granted.chain(answer.parts.iter().map(|part| part.id)) {
        if !sees(all, person, day, partition) {
            return Err(format!(
                "confidentiality: {person} is sent {partition} on {day}"
            ));
        }
    }
    for part in answer
        .parts
        .iter()
        .filter(|part| part.id != PartitionId::Organisation)
    {
        for pulled in &part.rows {
            check_row(all, (person, part.id), pulled.row.get(), document)?;
        }
    }
    Ok(())
}

/// Rows whose every place is looked at.
const KINDS: [&str; 12] = [
    "self_score",
    "superior_score",
    "superior_score_by",
    "result",
    "ledger_entry",
    "pay_base",
    "minimum_wage",
    "payable",
    "pay_batch",
    "pay_slip",
    "list_objection",
    "spot_check",
];

/// A score stands only with its author and its judge, a result with its owner and its judge.
fn check_row(
    all: &Organisation,
    (person, partition): (PersonId, PartitionId),
    text: &str,
    document: &dyn Fn(PlanId) -> Vec<Row>,
) -> Verdict {
    if !KINDS
        .iter()
        .any(|kind| text.starts_with(&format!("{{\"kind\":\"{kind}\"")))
    {
        return Ok(());
    }
    let row = serde_json::from_str(text).map_err(|error| format!("a pulled row: {error}"))?;
    let stands = match (&row, partition) {
        (Row::SelfScore(score), PartitionId::User(person)) => person == score.by,
        (Row::SelfScore(score), PartitionId::Judging(_, _, judge)) => judge == score.judge,
        (
            Row::SuperiorScore(score) | Row::SuperiorScoreBy(score),
            PartitionId::Judging(_, _, judge),
        ) => judge == score.by,
        (Row::Result(result), PartitionId::User(person)) => person == result.owner,
        // An entry by name: the person, who proposed it, the superior of its day, who keep the ledger.
        (Row::LedgerEntry(entry), PartitionId::User(person)) => {
            person == entry.person || person == entry.proposed.by
        }
        (Row::LedgerEntry(entry), PartitionId::Judging(unit, period, judge)) => {
            entry.judge == Some(judge) && (unit, period) == (entry.unit, entry.period)
        }
        (Row::LedgerEntry(entry), PartitionId::Ledger(unit, period)) => {
            (unit, period) == (entry.unit, entry.period)
        }
        // Whom the one above stood in for may see what was published, and who hears what is said
        // against it.
        (Row::Result(result), PartitionId::Judging(_, _, judge)) => {
            let judged = judge == result.by || Some(judge) == result.on_behalf_of;
            judged || hears(all, &document(result.plan), judge)
        }
        (Row::SpotCheck(check), partition) => {
            let rows = document(check.plan);
            is_told(all, &rows, check, partition)
        }
        // Who objects to a name on a list: who objected and who decides, and never who is named.
        (Row::ListObjection(objection), PartitionId::User(seat)) => {
            let rows = document(objection.plan);
            let mut plans = rows.iter();
            let named = plans.any(|row| matches!(row, Row::Plan(plan) if plan.owner == person));
            !named && (seat == objection.by || objection.deciders.contains(&seat))
        }
        // Pay by name: the person and payroll; a coefficient, a batch and a wage payroll alone.
        (Row::PayBase(base), PartitionId::User(person)) => person == base.person,
        (Row::PaySlip(slip), PartitionId::User(person)) => person == slip.person,
        (
            Row::PayBase(_)
            | Row::PaySlip(_)
            | Row::MinimumWage(_)
            | Row::Payable(_)
            | Row::PayBatch(_),
            PartitionId::Payroll,
        ) => true,
        _ => false,
    };
    if stands {
        Ok(())
    } else {
        Err(format!("confidentiality: {partition} holds {row:?}"))
    }
}

/// Says whether a partition may hold what a check found: that of who was judged, of who judged, and of who
/// checks.
fn is_told(all: &Organisation, rows: &[Row], check: &SpotCheck, partition: PartitionId) -> bool {
    let mut standing = rows.iter();
    match partition {
        PartitionId::User(person) => {
            standing.any(|row| matches!(row, Row::Plan(plan) if plan.owner == person))
        }
        PartitionId::Judging(_, _, judge) => {
            let behalf = standing
                .any(|row| matches!(row, Row::Result(one) if one.on_behalf_of == Some(judge)));
            judge == check.judge || behalf || hears(all, rows, judge)
        }
        _ => false,
    }
}

/// Says whether somebody is to hear an objection or an appeal about a plan, or an objection to a list, or
/// to check a drawn one, by the rows that stand.
fn hears(all: &Organisation, rows: &[Row], person: PersonId) -> bool {
    let drawn = |plan: &PlanId| all.samples.values().any(|one| one.drawn.contains(plan));
    let objects = |row: &Row| match row {
        Row::Answer(answer) => matches!(answer.answer, ResultAnswer::Objected(_)),
        _ => false,
    };
    let objected = rows.iter().any(objects);
    rows.iter().any(|row| match row {
        Row::Appeal(appeal) => appeal.hearers.contains(&person),
        Row::ListObjection(objection) => objection.deciders.contains(&person),
        Row::Plan(plan) => (objected || drawn(&plan.id)) && plan.hearers.contains(&person),
        _ => false,
    })
}
