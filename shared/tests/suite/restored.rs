//! A server that went back to a backup: what devices know of its former life breaks nothing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::command::Command;
use shared::command::plan::EditItem;
use shared::id::{CommandId, DeviceId, Epoch, PersonId};
use shared::item::{Edit, ItemEdit};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::sync::client::{
    Batch, Client, Database, Durability, MemoryStorage, Op, Peer, PeerError, Pushed, Storage as _,
    Store,
};
use shared::sync::message::{
    PROTOCOL_VERSION, PullRequest, PullResponse, PushRequest, PushResponse, PushedCommand, ROW_FORM,
};
use shared::sync::server::replay::replay;
use shared::sync::server::{Arrival, MemoryStore, Server};

use crate::pages::Pocket;
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
        cut: vec![],
        page: None,
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
    let time = u64::try_from(now().0).unwrap();
    assert_eq!(first.grants_ver, time, "no version is given twice");
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
/// kept by id, where it comes last, and its author's own act before it comes after the plan too.
#[test]
fn what_was_refused_for_want_of_a_row_is_replayed_before_the_row_came() {
    let factory = factory();
    let (owner, other) = (factory.person("zhangjianjun"), factory.person("wangxiulan"));
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "先后");
    let edit = EditItem {
        plan: commands[0].document().unwrap(),
        item: item_id(1),
        edits: vec![ItemEdit::Title(Edit {
            old: "先后".to_owned(),
            new: "改过的".to_owned(),
        })],
    };
    let own = plan_with_item(&factory, "wangxiulan", 9_002, "自己的").remove(0);
    assert!(factory.push(other, &[pushed(5_008, other, &[], own)])[0].is_applied());
    let early = pushed(5_009, other, &[], Command::EditItem(edit));
    assert!(!factory.push(other, &[early])[0].is_applied());
    for (id, command) in (5_001..).zip(commands) {
        assert!(factory.push(owner, &[pushed(id, owner, &[], command)])[0].is_applied());
    }
    let log = factory.server.store().log();
    let done = ready(replay(factory.server.store(), &log)).unwrap();
    assert_eq!(done.decided, log.len());
}

/// A device's way to the server, which may have gone back since.
struct Line<'a> {
    server: &'a RefCell<Rc<Server<MemoryStore>>>,
    person: PersonId,
    pulls: &'a Cell<bool>,
}

impl Peer for Line<'_> {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, PeerError> {
        let server = Rc::clone(&self.server.borrow());
        let arrival = Arrival::of(self.person, now(), request.clone());
        let arrival = arrival.map_err(|_| PeerError::Garbled)?;
        let pushed = server.push(&[arrival], now()).await;
        Ok(pushed.map_err(|_| PeerError::Unreachable)?.remove(0))
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, PeerError> {
        if !self.pulls.get() {
            return Err(PeerError::UpdateNeeded);
        }
        let server = Rc::clone(&self.server.borrow());
        let pulled = server.pull(self.person, request, now()).await;
        pulled.map_err(|_| PeerError::Unreachable)
    }
}

/// Runs a story between a device and a server that begins as the factory's.
fn on_a_device(told: impl AsyncFn(&Client<MemoryStorage, Line<'_>, Pocket>, &Lived<'_>)) {
    let factory = factory();
    let person = factory.person("zhangjianjun");
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "归来");
    let backup = factory.server.store().restored(FORMER);
    let server = RefCell::new(Rc::new(factory.server));
    let pulls = Cell::new(true);
    let line = Line {
        server: &server,
        person,
        pulls: &pulls,
    };
    let (storage, pocket) = (MemoryStorage::default(), Pocket(Cell::new(7_000)));
    let client = ready(Client::open(storage, line, pocket, person, "test")).unwrap();
    let lived = Lived {
        server: &server,
        pulls: &pulls,
        backup,
        commands,
    };
    ready(client.pull()).unwrap();
    ready(told(&client, &lived));
}

/// What a story has at hand.
struct Lived<'a> {
    server: &'a RefCell<Rc<Server<MemoryStore>>>,
    pulls: &'a Cell<bool>,
    backup: MemoryStore,
    commands: Vec<Command>,
}

impl Lived<'_> {
    /// The server goes back to where the story began.
    fn goes_back(&self, epoch: Epoch) {
        let server = Server::new(self.backup.restored(epoch));
        *self.server.borrow_mut() = Rc::new(server);
    }

    /// Versions in which the commands stand in their author's partition; `None` where not applied.
    fn stands(&self, ids: &[CommandId]) -> Vec<Option<u64>> {
        let log = self.server.borrow().store().log();
        let place = |id: &CommandId| {
            let entry = log.iter().find(|entry| entry.cmd_id == *id)?;
            let own = |(id, _): &&(PartitionId, u64)| matches!(id, PartitionId::User(_));
            entry.touched.iter().find(own).map(|(_, ver)| *ver)
        };
        ids.iter().map(place).collect()
    }
}

/// Its build may be too old to read the rows, so it cannot learn of the new life by a pull.
#[test]
fn a_device_that_cannot_pull_hands_in_first_what_the_former_life_had_settled() {
    on_a_device(async |client, lived| {
        let drafted = client.send(&lived.commands[0]).await.unwrap();
        client.push().await.unwrap();
        client.pull().await.unwrap();
        assert_eq!(client.replica().pending().count(), 0, "it is settled");
        let added = client.send(&lived.commands[1]).await.unwrap();
        lived.goes_back(NEXT);
        lived.pulls.set(false);
        assert_eq!(client.push().await, Ok(Pushed::Answered(0)));
        assert_eq!(client.push().await, Ok(Pushed::Answered(2)));
        let stands = lived.stands(&[drafted, added]);
        assert!(stands[0].is_some() && stands[0] < stands[1], "{stands:?}");
    });
}

/// A device that holds no rows, as after an upgrade, still knows whose life settled its work.
#[test]
fn a_device_without_rows_hands_in_first_what_the_former_life_had_settled() {
    on_a_device(async |client, lived| {
        let drafted = client.send(&lived.commands[0]).await.unwrap();
        client.push().await.unwrap();
        client.pull().await.unwrap();
        let added = client.send(&lived.commands[1]).await.unwrap();
        lived.goes_back(NEXT);
        let cleared = Batch {
            database: Database::Cache,
            guards: vec![],
            ops: [Store::State, Store::Partitions, Store::Rows]
                .map(|store| Op::Clear { store })
                .into(),
            durability: Durability::Strict,
        };
        client.storage().write(cleared).await.unwrap();
        client.reload().await.unwrap();
        assert_eq!(client.replica().epoch(), None);
        assert_eq!(client.push().await, Ok(Pushed::Answered(0)));
        assert_eq!(client.push().await, Ok(Pushed::Answered(2)));
        let stands = lived.stands(&[drafted, added]);
        assert!(stands[0].is_some() && stands[0] < stands[1], "{stands:?}");
    });
}

/// Nothing but the answer tells that a server without a new life has lost what it acknowledged.
#[test]
fn what_was_acknowledged_and_does_not_come_with_the_rows_is_handed_in_again() {
    on_a_device(async |client, lived| {
        let drafted = client.send(&lived.commands[0]).await.unwrap();
        client.push().await.unwrap();
        assert!(!client.wants_push(), "it is acknowledged");
        lived.goes_back(FORMER);
        client.pull().await.unwrap();
        assert!(client.wants_push());
        assert_eq!(client.push().await, Ok(Pushed::Answered(1)));
        client.pull().await.unwrap();
        assert!(lived.stands(&[drafted])[0].is_some());
        assert_eq!(client.replica().pending().count(), 0);
    });
}
