//! Least right: pay is seen by payroll and by its person, entered and handed over by payroll alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::change::Change;
use shared::command::Command;
use shared::command::organisation::Appoint;
use shared::command::payroll::{EnterBase, PayrollAct};
use shared::id::{AppointmentId, PersonId};
use shared::organisation::Office;
use shared::partition::PartitionId;
use shared::permission::may_see;
use shared::placement::placement;
use shared::quantity::Fen;
use shared::refusal::Refusal;
use shared::row::Row;
use shared::world::{Holdings, Stop, World};

use super::{PAYROLL, act, base, december, minimum, only};
use crate::format_1;
use crate::month::{Month, person};
use crate::prelude::*;

/// Everybody who sees a row, through whichever of its partitions.
fn seers(story: &Story, row: &Row) -> BTreeSet<PersonId> {
    let (organisation, today) = (story.world.organisation(), story.moment.today());
    let partitions = placement(row, row.document().and_then(|of| story.world.document(of)));
    let people = organisation.people.keys().copied();
    let sees = |person: &PersonId| {
        let mut all = partitions.iter();
        all.any(|partition| may_see(organisation, *person, today, *partition))
    };
    people.filter(sees).collect()
}

/// One person's result, sealed on 2 December.
fn sealed() -> (Month, Vec<Change>) {
    let mut month = Month::under(format_1::smart_monthly());
    month.story.with_payroll(&[(person(1), 800_000)]);
    let items = [("key_work", 10_000, day(2026, 11, 20))];
    month.plans(1, person(1), LINE, &items);
    month.on(day(2026, 12, 2));
    month.judged(1, &[carried_out("on_time", "good")]);
    month.signed(1);
    let seal = month.seal(&[1]).unwrap();
    let changes = month.story.must(PLAN_OFFICE, seal);
    (month, changes)
}

fn rows(changes: &[Change]) -> Vec<&Row> {
    let mut rows = Vec::new();
    for change in changes {
        let Change::Put { row } = change else {
            panic!("nothing is removed");
        };
        rows.push(&**row);
    }
    rows
}

/// Not the superior, not the plan office, not personnel, not the administrator.
#[test]
fn pay_is_seen_by_payroll_and_its_person() {
    let (mut month, changes) = sealed();
    let appoint = Appoint {
        appointment: AppointmentId::from_bits(80),
        person: STORE_HEAD,
        office: Office::Personnel,
        from: day(2026, 1, 1),
    };
    month.story.must(ADMINISTRATOR, Command::Appoint(appoint));
    let payable = rows(&changes)
        .into_iter()
        .find(|row| matches!(row, Row::Payable(_)));
    let payable = payable.expect("a seal tells payroll");
    assert_eq!(seers(&month.story, payable), BTreeSet::from([PAYROLL]));
    // Nothing of how it came about: neither total nor steps nor baselines.
    let text = serde_json::to_string(payable).unwrap();
    for hidden in ["total", "derivation", "baseline", "parts"] {
        assert!(!text.contains(hidden), "{text}");
    }
    let wage = act(PayrollAct::EnterMinimum(minimum(1, 230_000)));
    let wage = month.story.must(PAYROLL, wage);
    assert_eq!(
        seers(&month.story, rows(&wage)[0]),
        BTreeSet::from([PAYROLL])
    );
    let raise = EnterBase {
        old: Some(Fen(800_000)),
        ..base(9, person(1), 810_000, december())
    };
    let both = BTreeSet::from([PAYROLL, person(1)]);
    let raise = act(PayrollAct::EnterBase(raise));
    let raise = month.story.must(PAYROLL, raise);
    assert_eq!(seers(&month.story, rows(&raise)[0]), both);
    month.on(day(2026, 12, 14));
    let args = month.story.hand_over(december(), &only(&[person(1)]));
    let batch = month.story.must(PAYROLL, act(PayrollAct::HandOver(args)));
    let [batch, slip] = rows(&batch)[..] else {
        panic!("a batch and a slip");
    };
    assert_eq!(seers(&month.story, batch), BTreeSet::from([PAYROLL]));
    assert_eq!(seers(&month.story, slip), both);
}

#[test]
fn nobody_else_enters_draws_or_hands_over() {
    let (mut month, _) = sealed();
    month.on(day(2026, 12, 14));
    let args = month.story.hand_over(december(), &only(&[person(1)]));
    let acts = [
        PayrollAct::EnterBase(base(9, person(2), 800_000, december())),
        PayrollAct::EnterMinimum(minimum(1, 230_000)),
        PayrollAct::HandOver(args),
    ];
    for one in acts {
        for actor in [PLAN_OFFICE, MANAGER, LINE_HEAD, ADMINISTRATOR, person(1)] {
            let refused = month.story.refused(actor, act(one.clone()));
            assert_eq!(refused, Refusal::Forbidden);
        }
    }
}

/// With nobody else in the office one enters one's own; with a second, that one does.
#[test]
fn nobody_enters_the_own_base_while_another_can() {
    let (mut month, _) = sealed();
    let own = act(PayrollAct::EnterBase(base(9, PAYROLL, 800_000, december())));
    let alone = month.story.world.decide(&own, PAYROLL, &month.story.moment);
    assert_eq!(alone.unwrap().len(), 1);
    let appoint = Appoint {
        appointment: AppointmentId::from_bits(80),
        person: STORE_HEAD,
        office: Office::Payroll,
        from: day(2026, 1, 1),
    };
    month.story.must(ADMINISTRATOR, Command::Appoint(appoint));
    assert_eq!(month.story.refused(PAYROLL, own.clone()), Refusal::OwnBase);
    month.story.must(STORE_HEAD, own);
}

/// Bounds of amounts and days, and an id that is taken.
#[test]
fn what_is_entered_is_bounded() {
    let (month, _) = sealed();
    let story = &month.story;
    let wrong = [
        base(9, person(2), -1, december()),
        base(9, person(2), 1_000_000_001, december()),
        base(9, person(2), 1, day(2024, 11, 30)),
        base(9, person(2), 1, day(2027, 12, 2)),
    ];
    for wrong in wrong {
        let refused = story.refused(PAYROLL, act(PayrollAct::EnterBase(wrong)));
        assert!(matches!(refused, Refusal::OutOfRange { .. }), "{refused:?}");
    }
    let twice = EnterBase {
        old: Some(Fen(800_000)),
        ..base(1, person(1), 1, december())
    };
    let refused = story.refused(PAYROLL, act(PayrollAct::EnterBase(twice)));
    assert_eq!(refused, Refusal::already_exists("pay_base"));
    let stranger = act(PayrollAct::EnterBase(base(9, STRANGER, 1, december())));
    let refused = story.refused(PAYROLL, stranger);
    assert_eq!(refused, Refusal::not_found("person"));
}

/// Payroll's device draws the very batch that the server draws, though it holds no plan and no score;
/// a device without the ledgers does not pretend to know.
#[test]
fn payrolls_device_draws_what_the_server_draws() {
    let (mut month, _) = sealed();
    month.on(day(2026, 12, 14));
    let scope = only(&[person(1)]);
    let server = month.story.drawn(december(), &scope);
    let holdings = |person, partitions: &[PartitionId]| Holdings::Granted {
        person,
        partitions: Arc::new(partitions.iter().copied().collect()),
    };
    let organisation = Arc::clone(month.story.world.organisation());
    let granted = holdings(PAYROLL, &[PartitionId::Organisation, PartitionId::Payroll]);
    let mut device = World::with_organisation(Arc::clone(&organisation), granted);
    for (_, document) in month.story.world.documents() {
        let book = &document.payroll;
        let rows = book.bases.values().cloned().map(Row::PayBase);
        let payables = book.payables.values().cloned();
        let rows = rows.chain(payables.map(|row| Row::Payable(Box::new(row))));
        rows.for_each(|row| device.put(&row));
    }
    let at = month.story.moment.received;
    assert_eq!(
        shared::payroll::draft(&device, december(), &scope, at),
        Ok(server)
    );
    let worker = holdings(WORKER, &[PartitionId::Organisation]);
    let device = World::with_organisation(organisation, worker);
    let drawn = shared::payroll::draft(&device, december(), &scope, at);
    assert_eq!(drawn, Err(Stop::NotHeld));
}
