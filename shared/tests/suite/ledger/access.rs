//! Least right: an entry by name is seen by the person, by who proposed it, by who judges, and by
//! those who keep the ledger.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;
use shared::command::Command;
use shared::command::ledger::ProposeEntry;
use shared::command::organisation::Appoint;
use shared::id::{AppointmentId, PersonId};
use shared::organisation::Office;
use shared::partition::PartitionId;
use shared::permission::{may_see, only_carries_out};
use shared::placement::placement;
use shared::row::Row;
use shared::world::{Holdings, Stop, World};

use super::{Story, november_day, proposal, propose, row, sheet, under};
use crate::prelude::*;

fn seers(story: &Story, partitions: &[PartitionId]) -> BTreeSet<PersonId> {
    let (organisation, today) = (story.world.organisation(), story.moment.today());
    let people = organisation.people.keys().copied();
    people
        .filter(|person| {
            let mut all = partitions.iter();
            all.any(|partition| may_see(organisation, *person, today, *partition))
        })
        .collect()
}

fn people(people: &[PersonId]) -> BTreeSet<PersonId> {
    people.iter().copied().collect()
}

fn story() -> Story {
    under(sheet(json!([row("late", json!({}))])))
}

fn appoint(story: &mut Story, person: PersonId, office: Office) {
    let appoint = Appoint {
        appointment: AppointmentId::from_bits(70 + person.bits()),
        person,
        office,
        from: november_day(1),
    };
    story.must(ADMINISTRATOR, Command::Appoint(appoint));
}

#[test]
fn a_ledger_is_seen_by_those_who_keep_it_and_those_who_judge_there() {
    let mut story = story();
    let ledger = [PartitionId::Ledger(LINE, NOVEMBER)];
    let kept_by = [PLAN_OFFICE, MANAGER, LINE_HEAD];
    assert_eq!(seers(&story, &ledger), people(&kept_by));
    appoint(&mut story, KEEPER, Office::Payroll);
    appoint(&mut story, STORE_HEAD, Office::Personnel);
    let more = [PLAN_OFFICE, MANAGER, LINE_HEAD, KEEPER, STORE_HEAD];
    assert_eq!(seers(&story, &ledger), people(&more));
    let today = story.moment.today();
    assert!(!only_carries_out(story.world.organisation(), KEEPER, today));
}

#[test]
fn an_entry_is_seen_by_its_person_and_never_by_a_colleague() {
    let mut story = story();
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    let row = Row::LedgerEntry(Box::new(story.entry(1).clone()));
    let places = placement(&row, None);
    assert_eq!(places[0], PartitionId::Ledger(LINE, NOVEMBER));
    assert!(places.contains(&PartitionId::User(WORKER)));
    let seen = [PLAN_OFFICE, MANAGER, LINE_HEAD, WORKER];
    assert_eq!(seers(&story, &places), people(&seen));
    // Of the head's own, the worker sees nothing.
    let about_head = ProposeEntry {
        person: LINE_HEAD,
        ..proposal(2, "late", 9)
    };
    story.must(PLAN_OFFICE, propose(about_head));
    let row = Row::LedgerEntry(Box::new(story.entry(2).clone()));
    let seen = [PLAN_OFFICE, MANAGER, LINE_HEAD];
    assert_eq!(seers(&story, &placement(&row, None)), people(&seen));
}

#[test]
fn a_device_without_the_entry_leaves_it_to_the_server() {
    let mut story = story();
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    let partitions = Arc::new(BTreeSet::from([PartitionId::Organisation]));
    let person = LINE_HEAD;
    let mut device = World::with_organisation(
        Arc::clone(story.world.organisation()),
        Holdings::Granted { person, partitions },
    );
    let decide = story.decide(1, true, "");
    assert_eq!(
        device.decide(&decide, PLAN_OFFICE, &story.moment),
        Err(Stop::NotHeld)
    );
    // What the person's own partition brings is enough to answer.
    device.put(&Row::LedgerEntry(Box::new(story.entry(1).clone())));
    let answer = story.answer(1, true, "");
    assert!(device.decide(&answer, WORKER, &story.moment).is_ok());
}

#[test]
fn an_entry_is_taken_from_a_device_as_it_was_put_there() {
    let mut story = story();
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    let row = Row::LedgerEntry(Box::new(story.entry(1).clone()));
    let (key, document) = (row.key(), row.document());
    assert_eq!(key.to_string().parse(), Ok(key));
    assert_eq!(
        Row::read(&serde_json::to_string(&row).unwrap()).unwrap(),
        row
    );
    story.world.remove(key, document);
    assert!(story.world.ledger(LINE, NOVEMBER).is_none());
    let partition = PartitionId::Ledger(LINE, NOVEMBER);
    assert_eq!(partition.to_string().parse(), Ok(partition));
}
