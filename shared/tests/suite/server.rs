//! The server's core over a store in memory: exactly once, order, and rows that keep their place.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use shared::command::plan::{AddItem, DraftPlan};
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, DeviceId, Epoch, PersonId, PlanId};
use shared::item::Item;
use shared::moment::{Made, UtcMillis};
use shared::partition::PartitionId;
use shared::plan::Scope;
use shared::refusal::Refusal;
use shared::samples::{Act, Demo, demo_factory};
use shared::sync::message::{Outcome, PushResult, PushedCommand};
use shared::sync::server::{Arrival, MemoryStore, Server};

use crate::story::{Story, day, item, noon};

/// Nothing here waits for anything, so one poll is the whole run.
pub(crate) fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a store in memory never waits"),
    }
}

pub(crate) struct Factory {
    pub(crate) server: Server<MemoryStore>,
    pub(crate) demo: Demo,
    now: UtcMillis,
}

pub(crate) fn factory() -> Factory {
    let today = day(2026, 11, 10);
    let mut bits = 1_000_u128;
    let demo = demo_factory(today, &mut || {
        bits += 1;
        bits
    });
    let server = Server::new(MemoryStore::new(Epoch::from_bits(7)));
    let now = noon(today).recorded;
    for (place, Act { actor, command, .. }) in demo.acts.iter().enumerate() {
        let id = CommandId::from_bits(place as u128 + 1);
        let commands = [(id, command.clone())];
        let device = DeviceId::from_bits(1);
        let done = ready(server.execute_all(*actor, device, &commands, now)).unwrap();
        assert_eq!(done, Ok(()), "{command:?}");
    }
    Factory { server, demo, now }
}

/// Everything that was accepted is accepted by a server, one push after the other, and ends in the
/// same rows.
pub(crate) fn told(story: &Story) -> Server<MemoryStore> {
    let server = Server::new(MemoryStore::new(Epoch::from_bits(7)));
    for (n, (moment, actor, command)) in (1..).zip(&story.told) {
        let commands = [(CommandId::from_bits(n), command.clone())];
        let device = DeviceId::from_bits(1);
        let done = ready(server.execute_all(*actor, device, &commands, moment.recorded)).unwrap();
        assert_eq!(done, Ok(()), "{command:?}");
    }
    server
}

impl Factory {
    pub(crate) fn person(&self, login: &str) -> PersonId {
        self.demo.person(login).unwrap().person
    }

    pub(crate) fn push(&self, person: PersonId, commands: &[PushedCommand]) -> Vec<Outcome> {
        let device = DeviceId::from_bits(2);
        let (received, commands) = (self.now, commands.to_vec());
        let arrival = Arrival {
            epoch: None,
            build: String::new(),
            held: false,
            unsent: None,
            person,
            device,
            received,
            commands,
        };
        let responses = ready(self.server.push(&[arrival], self.now)).unwrap();
        responses[0]
            .results
            .iter()
            .map(|result| result.outcome.clone())
            .collect()
    }
}

pub(crate) fn pushed(id: u128, actor: PersonId, prevs: &[u128], command: Command) -> PushedCommand {
    let made = MadeCommand {
        command,
        made: Made::default(),
        supersedes: None,
    };
    PushedCommand {
        cmd_id: CommandId::from_bits(id),
        actor,
        prevs: prevs
            .iter()
            .map(|prev| CommandId::from_bits(*prev))
            .collect(),
        gap: false,
        bytes: made.write().unwrap(),
    }
}

/// Begins a personal plan of the head of a unit, and adds an item that the store helps with.
pub(crate) fn plan_with_item(
    factory: &Factory,
    login: &str,
    plan: u128,
    title: &str,
) -> Vec<Command> {
    let owner = factory.person(login);
    let organisation = ready(factory.server.organisation()).unwrap();
    let today = day(2026, 11, 10);
    let unit = organisation
        .assignments_of(owner, today)
        .next()
        .unwrap()
        .unit;
    let store = factory.person("tangchunmei");
    let helper = organisation
        .assignments_of(store, today)
        .next()
        .unwrap()
        .unit;
    let (plan, period) = (PlanId::from_bits(plan), factory.demo.period);
    let item = Item {
        plan,
        title: title.to_owned(),
        responsible: Some(owner),
        helpers: vec![helper],
        ..item(1, 0)
    };
    vec![
        Command::DraftPlan(DraftPlan {
            plan,
            unit,
            period,
            scope: Scope::Personal,
            owner,
        }),
        Command::AddItem(AddItem {
            plan,
            item: Box::new(item),
        }),
    ]
}

#[test]
fn an_item_id_used_in_two_plans_leaves_both_items_standing() {
    let factory = factory();
    for (place, login, title) in [(1, "zhangjianjun", "生产"), (2, "wangxiulan", "品管")] {
        let actor = factory.person(login);
        for (step, command) in plan_with_item(&factory, login, 9_000 + place, title)
            .into_iter()
            .enumerate()
        {
            let id = 5_000 + place * 10 + step as u128;
            let outcomes = factory.push(actor, &[pushed(id, actor, &[], command)]);
            assert!(outcomes[0].is_applied(), "{outcomes:?}");
        }
    }
    let organisation = ready(factory.server.organisation()).unwrap();
    let keeper = factory.person("tangchunmei");
    let store = organisation
        .assignments_of(keeper, day(2026, 11, 10))
        .next()
        .unwrap()
        .unit;
    let rows = factory
        .server
        .store()
        .rows(PartitionId::Helping(store, factory.demo.period));
    let text: String = rows.values().map(|(_, text)| text.to_string()).collect();
    assert!(text.contains("生产") && text.contains("品管"), "{text}");
}

#[test]
fn a_command_sent_again_gets_the_same_answer_and_another_content_under_its_id_is_told_apart() {
    let factory = factory();
    let actor = factory.person("zhangjianjun");
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "一次");
    let first = pushed(5_001, actor, &[], commands[0].clone());
    let answers = factory.push(actor, &[first.clone(), first.clone()]);
    assert!(answers[0].is_applied());
    assert_eq!(answers[0], answers[1]);
    assert_eq!(
        factory.push(actor, std::slice::from_ref(&first)),
        answers[..1]
    );
    let other = pushed(5_001, actor, &[], commands[1].clone());
    assert_eq!(factory.push(actor, &[other]), [Outcome::IdReuse]);
}

#[test]
fn what_was_built_on_a_refused_command_is_skipped_and_what_was_not_goes_on() {
    let factory = factory();
    let actor = factory.person("zhangjianjun");
    let stranger = factory.person("songjiaming");
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "顺序");
    let mut forbidden = commands[0].clone();
    if let Command::DraftPlan(draft) = &mut forbidden {
        draft.scope = Scope::Unit;
        draft.owner = stranger;
    }
    let answers = factory.push(
        actor,
        &[
            pushed(5_001, actor, &[], forbidden),
            pushed(5_002, actor, &[5_001], commands[1].clone()),
            pushed(5_003, actor, &[5_002], commands[1].clone()),
            pushed(5_004, actor, &[], commands[0].clone()),
            pushed(5_005, actor, &[5_004], commands[1].clone()),
        ],
    );
    assert!(
        matches!(answers[0], Outcome::Rejected { .. }),
        "{answers:?}"
    );
    assert_eq!(
        answers[1],
        Outcome::Skipped {
            because: CommandId::from_bits(5_001)
        }
    );
    assert_eq!(
        answers[2],
        Outcome::Skipped {
            because: CommandId::from_bits(5_002)
        }
    );
    assert!(
        answers[3].is_applied() && answers[4].is_applied(),
        "{answers:?}"
    );
}

#[test]
fn an_unknown_predecessor_is_asked_for_and_nothing_is_recorded() {
    let factory = factory();
    let actor = factory.person("zhangjianjun");
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "前");
    let early = pushed(5_002, actor, &[5_001], commands[0].clone());
    let need = Outcome::Need {
        cmd: CommandId::from_bits(5_001),
    };
    assert_eq!(factory.push(actor, std::slice::from_ref(&early)), [need]);
    let gap = PushedCommand {
        prevs: vec![],
        gap: true,
        ..early
    };
    assert!(factory.push(actor, &[gap])[0].is_applied());
}

/// A device builds nothing on what it knows to be refused; a server that forgot the refusal asks for
/// it, and must not let the later command pass the one that waits.
#[test]
fn in_a_lane_nothing_passes_a_command_that_waits_for_its_predecessor() {
    let factory = factory();
    let actor = factory.person("zhangjianjun");
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "先");
    let elsewhere = plan_with_item(&factory, "wangxiulan", 9_002, "别处").remove(0);
    let waits = pushed(5_002, actor, &[5_001], commands[0].clone());
    let later = pushed(5_003, actor, &[], commands[1].clone());
    let other = pushed(5_004, actor, &[], elsewhere);
    let answers = factory.push(actor, &[waits.clone(), later.clone(), other]);
    let cmd = CommandId::from_bits(5_001);
    assert_eq!(
        answers[..2],
        [Outcome::Need { cmd }, Outcome::Retry { after: 0 }]
    );
    assert!(
        answers[2].is_recorded(),
        "another lane goes on: {answers:?}"
    );
    let gap = PushedCommand {
        prevs: vec![],
        gap: true,
        ..waits
    };
    let answers = factory.push(actor, &[gap, later]);
    assert!(answers.iter().all(Outcome::is_applied), "{answers:?}");
}

#[test]
fn an_unreadable_command_is_kept_aside_and_stops_nobody() {
    let factory = factory();
    let actor = factory.person("zhangjianjun");
    let good = pushed(
        5_002,
        actor,
        &[],
        plan_with_item(&factory, "zhangjianjun", 9_001, "好")[0].clone(),
    );
    let unknown = r#"{"kind":"fly","kind_ver":1,"args":{},"made":{"device_wall":0,"est_server_time":0,"tz":0}}"#;
    let kinds = [("{", "malformed"), (unknown, "unknown kind")];
    for (place, (bytes, what)) in kinds.into_iter().enumerate() {
        let id = CommandId::from_bits(6_000 + place as u128);
        let bad = PushedCommand {
            cmd_id: id,
            bytes: bytes.to_owned(),
            ..good.clone()
        };
        let answers = factory.push(actor, &[bad, good.clone()]);
        assert!(
            matches!(answers[0], Outcome::Quarantined { .. }),
            "{what}: {answers:?}"
        );
        assert!(answers[1].is_applied(), "{what}: {answers:?}");
        let log = factory.server.store().log();
        let kept = log.iter().find(|entry| entry.cmd_id == id).unwrap();
        assert_eq!(kept.bytes, bytes, "what was sent is kept as it is");
    }
    let answers = factory.push(
        actor,
        &[PushedCommand {
            cmd_id: CommandId::from_bits(6_009),
            bytes: unknown.to_owned(),
            ..good
        }],
    );
    let refusal = Refusal::UnknownKind {
        kind: "fly@1".to_owned(),
    };
    assert_eq!(answers, [Outcome::Quarantined { refusal }]);
}

#[test]
fn nobody_executes_under_another_persons_sign_in() {
    let factory = factory();
    let (actor, other) = (factory.person("zhangjianjun"), factory.person("wangxiulan"));
    let command = plan_with_item(&factory, "zhangjianjun", 9_001, "借名")[0].clone();
    let forged = pushed(5_001, actor, &[], command);
    assert_eq!(
        factory.push(other, std::slice::from_ref(&forged)),
        [Outcome::WrongPerson]
    );
    // Nothing was recorded under the id: its author's own push is executed.
    assert!(factory.push(actor, &[forged])[0].is_applied());
}

#[test]
fn a_command_has_arrived_when_it_first_came_even_if_it_was_decided_later() {
    let factory = factory();
    let actor = factory.person("zhangjianjun");
    let command = pushed(
        5_001,
        actor,
        &[],
        plan_with_item(&factory, "zhangjianjun", 9_001, "早到")[0].clone(),
    );
    let early = UtcMillis(factory.now.0 - 60_000);
    let waits = PushedCommand {
        prevs: vec![CommandId::from_bits(5_000)],
        ..command.clone()
    };
    let arrival = Arrival {
        epoch: None,
        build: String::new(),
        held: false,
        unsent: None,
        person: actor,
        device: DeviceId::from_bits(2),
        received: early,
        commands: vec![waits],
    };
    let answered = ready(factory.server.push(&[arrival], early)).unwrap();
    assert!(!answered[0].results[0].outcome.is_recorded());
    assert!(factory.push(actor, &[command])[0].is_applied());
    let log = factory.server.store().log();
    let id = CommandId::from_bits(5_001);
    let entry = log.iter().find(|entry| entry.cmd_id == id).unwrap();
    assert_eq!((entry.received_at, entry.recorded_at), (early, factory.now));
    assert_eq!(factory.server.store().receipts(), 0, "the log has it now");
}

#[test]
fn every_outcome_of_a_command_is_read_as_it_was_written() {
    let cmd = CommandId::from_bits(3);
    let refusal = Refusal::Forbidden;
    let outcomes = [
        Outcome::Applied {
            touched: vec![(PartitionId::Organisation, 4)],
        },
        Outcome::Rejected {
            refusal: refusal.clone(),
        },
        Outcome::Skipped { because: cmd },
        Outcome::Quarantined { refusal },
        Outcome::Need { cmd },
        Outcome::Retry { after: 9 },
        Outcome::IdReuse,
        Outcome::WrongPerson,
    ];
    for outcome in outcomes {
        let result = PushResult {
            cmd_id: cmd,
            outcome,
        };
        let text = serde_json::to_string(&result).unwrap();
        assert!(text.contains(result.outcome.word()), "{text}");
        let read: PushResult = serde_json::from_str(&text).unwrap();
        assert_eq!(read, result);
    }
}
