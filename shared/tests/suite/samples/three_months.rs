//! The factory with three months of work: every state that it promises is there on days of all
//! kinds, its history replays, and what it sealed comes out again.

use std::collections::BTreeSet;

use shared::change_request::ChangeState;
use shared::id::{CommandId, DeviceId, Epoch, PeriodId};
use shared::item::LineageKind;
use shared::moment::Day;
use shared::period::Period;
use shared::plan::{PlanState, Scope};
use shared::result::{self, Recomputed};
use shared::samples::{Act, Demo, demo_factory, three_months};
use shared::seal::{self, Assessment, ResultAnswer};
use shared::sync::server::replay::replay;
use shared::sync::server::{MemoryStore, Server};
use shared::world::{Holdings, PlanDocument, World};

use crate::prelude::*;
use crate::server::ready;

fn loaded(today: Day) -> (Demo, World) {
    let mut next = 0_u128;
    let demo = three_months(today, &mut || {
        next += 1;
        next
    });
    let mut world = World::new(Holdings::Everything);
    for Act {
        actor,
        moment,
        command,
    } in &demo.acts
    {
        let changes = world.decide(command, *actor, moment);
        let changes = changes.unwrap_or_else(|stop| panic!("{today}: {stop:?} of {command:?}"));
        for change in &changes {
            world.apply(change);
        }
    }
    (demo, world)
}

/// Month ends and beginnings, January, leap days, and around the long public holidays.
fn days_of_all_kinds() -> Vec<Day> {
    vec![
        day(2026, 1, 1),
        day(2026, 1, 4),
        day(2026, 1, 31),
        day(2026, 2, 15),
        day(2026, 2, 24),
        day(2026, 3, 1),
        day(2026, 4, 30),
        day(2026, 5, 6),
        day(2026, 6, 26),
        day(2026, 7, 25),
        day(2026, 8, 9),
        day(2026, 9, 30),
        day(2026, 10, 1),
        day(2026, 10, 9),
        day(2026, 11, 16),
        day(2026, 12, 31),
        day(2027, 1, 3),
        day(2027, 2, 28),
        day(2028, 2, 29),
        day(2028, 3, 1),
    ]
}

fn period<'w>(world: &'w World, document: &PlanDocument) -> &'w Period {
    &world.organisation().periods[&document.plan.as_ref().unwrap().period]
}

/// The documents of plans; what payroll learns of their results stands in others.
fn plans(world: &World) -> impl Iterator<Item = &PlanDocument> {
    let documents = world.documents().map(|(_, document)| document);
    documents.filter(|document| document.plan.is_some())
}

fn state(document: &PlanDocument) -> PlanState {
    document.plan.as_ref().unwrap().state
}

#[test]
fn every_promised_state_is_there_on_days_of_all_kinds() {
    for today in days_of_all_kinds() {
        let (demo, world) = loaded(today);
        let organisation = world.organisation();
        let running = &organisation.periods[&demo.period];
        assert!(running.from <= today && today <= running.to, "{today}");
        the_past_is_sealed(&world, today);
        a_month_runs(&world, today);
        a_month_is_drafted(&world, today);
        let regimes: BTreeSet<&str> = organisation
            .periods
            .values()
            .map(|period| organisation.regimes[&period.regime].regime().key.as_str())
            .collect();
        assert_eq!(regimes.len(), 2, "{today}");
        let planning: BTreeSet<_> = plans(&world)
            .map(|document| document.plan.as_ref().unwrap().owner)
            .collect();
        assert!(planning.len() >= 12, "{today}");
    }
}

/// In both regimes a whole month is sealed; somebody objected, somebody was judged late and had a
/// provisional result first, and every figure comes out again.
fn the_past_is_sealed(world: &World, today: Day) {
    let organisation = world.organisation();
    let whole = |id: &PeriodId| {
        let mut plans = plans(world).filter(|document| period(world, document).id == *id);
        plans.all(|document| state(document) == PlanState::Sealed)
    };
    let sealed: Vec<PeriodId> = organisation.periods.keys().copied().filter(whole).collect();
    let regimes: BTreeSet<_> = sealed
        .iter()
        .map(|id| organisation.periods[id].regime)
        .collect();
    assert_eq!(regimes.len(), 2, "{today}: a month of each regime");
    let (mut objected, mut provisional, mut silent) = (0, 0, 0);
    for document in plans(world) {
        let here = period(world, document);
        if !sealed.contains(&here.id) {
            continue;
        }
        assert!(here.to < today, "{today}");
        let regime = &organisation.regimes[&here.regime].document;
        let results: Vec<_> = document.results.values().collect();
        let last = document.sealed.values().next_back().unwrap();
        assert_eq!(last.assessment, Assessment::Assessed);
        assert_eq!(
            seal::recompute(last, regime, &results),
            Recomputed::Identical
        );
        for one in &results {
            assert_eq!(result::recompute(one, regime), Recomputed::Identical);
        }
        let before = document.sealed.values().next().unwrap();
        provisional += usize::from(before.assessment == Assessment::Provisional);
        let objection = |answer: &&seal::Answer| matches!(answer.answer, ResultAnswer::Objected(_));
        objected += document.answers.values().filter(objection).count();
        silent += usize::from(document.answers.is_empty());
        assert!(!document.deliveries.is_empty(), "{today}: proven delivery");
        let items = document.items.keys();
        let reported = |item| document.reports.values().any(|report| report.item == item);
        assert!(items.copied().all(reported), "{today}: reported");
    }
    assert!(objected >= 1 && provisional >= 1 && silent >= 1, "{today}");
}

/// Approved plans, work that is done, work that is late, an open change request, an open consent,
/// somebody who is away.
fn a_month_runs(world: &World, today: Day) {
    let organisation = world.organisation();
    let (mut done, mut late, mut asked, mut unanswered, mut approved) = (0, 0, 0, 0, 0);
    for document in plans(world) {
        let here = period(world, document);
        if state(document) != PlanState::Approved || !(here.from <= today && today <= here.to) {
            continue;
        }
        approved += 1;
        for item in document.items.values() {
            let is_done = document
                .reports
                .values()
                .any(|report| report.item == item.id && report.percent == 100);
            done += usize::from(is_done);
            late += usize::from(!is_done && item.due.unwrap() < today);
            let answered = |unit| document.helps.contains_key(&(item.id, unit));
            unanswered += item.helpers.iter().filter(|unit| !answered(**unit)).count();
        }
        let open =
            |asked: &&shared::change_request::ChangeRequest| asked.state == ChangeState::Open;
        asked += document.requests.values().filter(open).count();
    }
    let all = (approved, done, late, asked, unanswered);
    assert!(approved >= 7 && done >= 1 && late >= 1, "{today}: {all:?}");
    assert_eq!((asked, unanswered), (1, 1), "{today}");
    let away = organisation.absences.values();
    let away = away.filter(|absence| absence.in_force.covers(today));
    assert_eq!(away.count(), 1, "{today}");
}

/// Drafts, plans that wait for approval, one that was returned with its reason, one that goes on
/// with what is not finished.
fn a_month_is_drafted(world: &World, today: Day) {
    let mut states = Vec::new();
    let mut carried = 0;
    for document in plans(world) {
        if period(world, document).from <= today {
            continue;
        }
        states.push(state(document));
        let plan = document.plan.as_ref().unwrap();
        if state(document) == PlanState::Returned {
            assert!(!plan.returned.as_ref().unwrap().reason.is_empty());
            assert_eq!(plan.scope, Scope::Personal);
        }
        let lineages = document
            .items
            .values()
            .filter_map(|item| item.lineage.as_ref());
        let provisional = lineages.filter(|lineage| lineage.provisional);
        carried += provisional
            .filter(|l| l.kind == LineageKind::CarriedOver)
            .count();
    }
    for wanted in [PlanState::Draft, PlanState::Submitted, PlanState::Returned] {
        assert!(states.contains(&wanted), "{today}: {wanted:?}");
    }
    assert_eq!(carried, 1, "{today}");
}

#[test]
fn its_moments_lie_in_order_before_the_day_and_in_working_hours() {
    let today = day(2026, 11, 21);
    let (demo, world) = loaded(today);
    let mut before = None;
    for act in &demo.acts {
        assert!(before <= Some(act.moment.recorded), "{:?}", act.command);
        before = Some(act.moment.recorded);
        assert!(act.moment.today() < today);
        let root = world.organisation().company.as_ref().unwrap().root;
        let days = world.organisation().work_days(root);
        let midnight = days.at(act.moment.today(), 0);
        let minute = (act.moment.recorded.0 - midnight.0) / 60_000;
        assert!(
            (8 * 60..18 * 60).contains(&minute),
            "{minute} {:?}",
            act.command
        );
    }
    assert!(demo.acts.len() > 400, "{}", demo.acts.len());
}

#[test]
fn the_server_takes_its_history_and_replays_it_from_zero() {
    let (demo, world) = loaded(day(2026, 11, 21));
    let server = Server::new(MemoryStore::new(Epoch::from_bits(7)));
    for (place, act) in (1_u128..).zip(&demo.acts) {
        let commands = [(CommandId::from_bits(place), act.command.clone())];
        let (device, at) = (DeviceId::from_bits(1), act.moment.recorded);
        let done = server.execute_all_at(act.actor, device, &commands, (act.moment.made, at));
        assert_eq!(ready(done).unwrap(), Ok(()), "{:?}", act.command);
    }
    let log = server.store().log();
    let done = ready(replay(server.store(), &log)).unwrap();
    assert_eq!(
        (done.entries, done.decided),
        (demo.acts.len(), demo.acts.len())
    );
    let sealed = |world: &World| -> Vec<String> {
        let documents = world.documents();
        documents
            .flat_map(|(_, document)| document.sealed.values())
            .map(|sealed| sealed.digest.clone())
            .collect()
    };
    let (_, again) = loaded(day(2026, 11, 21));
    assert_eq!(
        sealed(&world),
        sealed(&again),
        "the same day gives the same factory"
    );
    assert!(sealed(&world).len() > 12);
}

#[test]
fn both_stories_are_of_the_same_people() {
    let mut next = 0_u128;
    let mut ids = || {
        next += 1;
        next
    };
    let beginning = demo_factory(day(2026, 11, 21), &mut ids);
    let later = three_months(day(2026, 11, 21), &mut ids);
    let logins = |demo: &Demo| -> Vec<String> {
        demo.people
            .iter()
            .map(|person| person.login.clone())
            .collect()
    };
    assert_eq!(logins(&beginning), logins(&later));
}
