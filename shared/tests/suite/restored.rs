//! A server that went back to a backup: what devices know of its former life breaks nothing.

use shared::command::Command;
use shared::command::plan::EditItem;
use shared::id::{DeviceId, Epoch, PersonId};
use shared::item::{Edit, ItemEdit};
use shared::moment::UtcMillis;
use shared::sync::message::{PROTOCOL_VERSION, PullRequest, PullResponse, PushedCommand, ROW_FORM};
use shared::sync::server::replay::replay;
use shared::sync::server::{Arrival, Server};

use crate::server::{Factory, factory, plan_with_item, pushed, ready};
use crate::story::item_id;

const FORMER: Epoch = Epoch::from_bits(7);
const NEXT: Epoch = Epoch::from_bits(8);

/// A time of the day on which the factory stands.
fn now() -> UtcMillis {
    crate::story::noon(crate::story::day(2026, 11, 10)).recorded
}

/// Puts the server back to what it is now, under an epoch; gives what it went on from.
fn restored(factory: &mut Factory, epoch: Epoch) {
    factory.server = Server::new(factory.server.store().restored(epoch));
}

fn arrival(person: PersonId, epoch: Option<Epoch>, commands: &[PushedCommand]) -> Arrival {
    Arrival {
        person,
        device: DeviceId::from_bits(2),
        build: String::new(),
        unsent: None,
        held: false,
        received: now(),
        epoch,
        commands: commands.to_vec(),
    }
}

fn pulled(factory: &Factory, person: PersonId, grants_ver: u64) -> PullResponse {
    let request = PullRequest {
        proto: PROTOCOL_VERSION,
        app_build: String::new(),
        server_epoch: Some(FORMER),
        device: DeviceId::from_bits(2),
        rows: ROW_FORM,
        unsent: None,
        grants_ver,
        have: vec![],
        sums: vec![],
        reset: vec![],
    };
    ready(factory.server.pull(person, &request, now())).unwrap()
}

/// A device that does not know of the restore may send what was built on a lost command that it has
/// no reason to send again; executed at once, the later would come before the earlier.
#[test]
fn a_push_of_a_former_life_is_answered_without_results_until_the_device_knows_the_new_one() {
    let mut factory = factory();
    let person = factory.person("zhangjianjun");
    restored(&mut factory, NEXT);
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "重来");
    // Settled by the former life, and lost with it: the device names no predecessor any more.
    let lost = pushed(5_001, person, &[], commands[0].clone());
    let later = pushed(5_002, person, &[], commands[1].clone());
    let push = |epoch, commands: &[PushedCommand]| {
        let arrivals = [arrival(person, epoch, commands)];
        ready(factory.server.push(&arrivals, now()))
            .unwrap()
            .remove(0)
    };
    let answer = push(Some(FORMER), std::slice::from_ref(&later));
    assert_eq!((answer.server_epoch, answer.results.len()), (NEXT, 0));
    let logged = |id| {
        factory
            .server
            .store()
            .log()
            .iter()
            .any(|entry| entry.cmd_id == id)
    };
    assert!(!logged(later.cmd_id), "nothing is known of it");
    let answer = push(Some(NEXT), &[lost, later.clone()]);
    let applied = answer
        .results
        .iter()
        .all(|result| result.outcome.is_applied());
    assert!(applied, "{answer:?}");
    assert!(logged(later.cmd_id));
}

/// Where a copy of the database was put back without a new epoch, devices have seen versions of
/// their grants that the server would give out a second time, with other grants behind them.
#[test]
fn grants_go_on_from_the_version_that_a_device_has_seen() {
    let mut factory = factory();
    let person = factory.person("zhangjianjun");
    let first = pulled(&factory, person, 0);
    assert_eq!(first.grants_ver, 1);
    restored(&mut factory, FORMER);
    // The device saw two more changes of its rights before the server went back.
    let seen = first.grants_ver + 2;
    let answer = pulled(&factory, person, seen);
    assert_eq!(answer.grants_ver, seen + 1);
    assert_eq!(answer.granted, first.granted, "the whole list, told again");
    let again = pulled(&factory, person, answer.grants_ver);
    assert_eq!((again.grants_ver, again.granted), (seen + 1, None));
    // What no server ever gave out is nobody's version.
    let made_up = pulled(&factory, person, u64::MAX);
    assert_eq!(made_up.grants_ver, seen + 1);
}

/// 5,009 was refused because its plan did not stand yet, and so read no version of it; the log is
/// kept by id, where it comes last.
#[test]
fn what_was_refused_for_want_of_a_row_is_replayed_before_the_row_came() {
    let factory = factory();
    let person = factory.person("zhangjianjun");
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "先后");
    let edit = EditItem {
        plan: commands[0].document().unwrap(),
        item: item_id(1),
        edits: vec![ItemEdit::Title(Edit {
            old: "先后".to_owned(),
            new: "改过的".to_owned(),
        })],
    };
    let early = pushed(5_009, person, &[], Command::EditItem(edit));
    assert!(!factory.push(person, &[early])[0].is_applied());
    for (id, command) in (5_001..).zip(commands) {
        assert!(factory.push(person, &[pushed(id, person, &[], command)])[0].is_applied());
    }
    let log = factory.server.store().log();
    let done = ready(replay(factory.server.store(), &log)).unwrap();
    assert_eq!(done.decided, log.len());
}
