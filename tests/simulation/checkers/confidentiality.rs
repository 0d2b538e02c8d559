//! Confidentiality: no row reaches a person who may not see it at the time of the answer.

use serde_json::Value;
use shared::id::PersonId;
use shared::moment::Day;
use shared::organisation::{Office, Organisation};
use shared::partition::PartitionId;
use shared::row::Row;
use shared::sync::message::PullResponse;

use super::{Verdict, ties};

/// Says whether a person may see a partition on that day.
pub(crate) fn sees(all: &Organisation, person: PersonId, day: Day, partition: PartitionId) -> bool {
    let office = ties::in_office(all, person, Office::PlanOffice, day);
    match partition {
        PartitionId::Organisation => all.people.contains_key(&person),
        PartitionId::User(owner) => owner == person,
        PartitionId::Common(unit, _) => {
            office || ties::belongs(all, person, unit, day) || above(all, person, unit, day)
        }
        PartitionId::Personal(unit, _) => office || above(all, person, unit, day),
        PartitionId::Helping(unit, _) => ties::belongs(all, person, unit, day),
        PartitionId::Judging(_, _, judge) => {
            office || judge == person || ties::is_over(all, person, judge, day)
        }
    }
}

/// Leads the unit, heads one of the two units above, or is over its head by one or two levels.
fn above(all: &Organisation, person: PersonId, unit: shared::id::UnitId, day: Day) -> bool {
    if ties::leads(all, person, unit, day) {
        return true;
    }
    let chain = ties::chain(all, unit);
    if chain
        .iter()
        .take(3)
        .any(|unit| ties::head(all, *unit, day) == Some(person))
    {
        return true;
    }
    let Some(head) = ties::head(all, unit, day) else {
        return false;
    };
    let direct = ties::superior(all, head, unit, day);
    direct == Some(person)
        || direct.is_some_and(|direct| ties::is_over(all, person, direct, day))
        || ties::advises(all, person, head, day)
}

/// Checks every partition and every score and result of an answer to a pull.
pub(crate) fn check_answer(
    all: &Organisation,
    person: PersonId,
    day: Day,
    answer: &PullResponse,
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
            check_row(all, person, day, pulled.row.get())?;
        }
    }
    Ok(())
}

/// A score reaches its author, its judge and those over the judge; a result also its owner.
fn check_row(all: &Organisation, person: PersonId, day: Day, text: &str) -> Verdict {
    let kinds = [
        "{\"kind\":\"self_score\"",
        "{\"kind\":\"superior_score\"",
        "{\"kind\":\"result\"",
    ];
    if !kinds.iter().any(|kind| text.starts_with(kind)) {
        return Ok(());
    }
    let judges = |judge| {
        person == judge
            || ties::is_over(all, person, judge, day)
            || ties::in_office(all, person, Office::PlanOffice, day)
    };
    let allowed = match serde_json::from_str(text) {
        Ok(Row::SelfScore(score)) => person == score.by || judges(score.judge),
        Ok(Row::SuperiorScore(score)) => judges(score.by),
        Ok(Row::Result(result)) => person == result.owner || judges(result.by),
        Ok(_) => true,
        Err(error) => return Err(format!("a pulled row cannot be read: {error}")),
    };
    if allowed {
        return Ok(());
    }
    let row: Value = serde_json::from_str(text).unwrap_or_default();
    Err(format!("confidentiality: {person} is sent on {day}: {row}"))
}
