//! Replay: the log alone gives the rows, and a change of either is found.

use shared::command::Command;
use shared::command::plan::EditItem;
use shared::id::CommandId;
use shared::item::{Edit, ItemEdit};
use shared::partition::PartitionId;
use shared::sync::message::Outcome;
use shared::sync::server::Store as _;
use shared::sync::server::replay::{Difference, Replayed, replay};
use shared::sync::server::store::{Commit, LogWrite, RowWrite};

use crate::server::{Factory, factory, plan_with_item, pushed, ready};
use crate::story::item_id;

/// A factory where somebody drafted a plan, and was refused once.
fn worked() -> Factory {
    let factory = factory();
    let actor = factory.person("zhangjianjun");
    let commands = plan_with_item(&factory, "zhangjianjun", 9_001, "重放");
    let plan = commands[0].document().unwrap();
    for (place, command) in (0..).zip(commands) {
        let outcomes = factory.push(actor, &[pushed(5_000 + place, actor, &[], command)]);
        assert!(outcomes[0].is_applied(), "{outcomes:?}");
    }
    for (place, title) in [(2, "改过的"), (3, "又一次")] {
        let edit = Edit {
            old: "重放".to_owned(),
            new: title.to_owned(),
        };
        let edit = EditItem {
            plan,
            item: item_id(1),
            edits: vec![ItemEdit::Title(edit)],
        };
        let edit = pushed(5_000 + place, actor, &[], Command::EditItem(edit));
        let outcomes = factory.push(actor, &[edit]);
        assert_eq!(outcomes[0].is_applied(), place == 2, "{outcomes:?}");
    }
    factory
}

fn replayed(factory: &Factory, log: &[LogWrite]) -> Result<Replayed, Difference> {
    ready(replay(factory.server.store(), log))
}

#[test]
fn the_log_alone_gives_every_row_sum_and_chain() {
    let factory = worked();
    let log = factory.server.store().log();
    let done = replayed(&factory, &log).unwrap();
    assert_eq!(done.entries, factory.demo.acts.len() + 4);
    assert_eq!(done.decided, done.entries);
    assert!(done.partitions > 3 && done.rows > 100, "{done:?}");
}

#[test]
fn the_order_in_which_the_log_is_read_does_not_matter() {
    let factory = worked();
    let mut log = factory.server.store().log();
    let done = replayed(&factory, &log);
    log.reverse();
    assert_eq!(replayed(&factory, &log), done);
}

#[test]
fn what_an_older_engine_decided_is_taken_at_its_word() {
    let factory = worked();
    let mut log = factory.server.store().log();
    for entry in &mut log {
        entry.engine = 0;
        entry.places = vec![];
    }
    assert_eq!(replayed(&factory, &log).unwrap().decided, 0);
}

#[test]
fn a_changed_log_is_found() {
    let factory = worked();
    let log = factory.server.store().log();
    let edit = CommandId::from_bits(5_002);
    let changed = |change: &dyn Fn(&mut LogWrite)| {
        let mut log = log.clone();
        change(log.iter_mut().find(|entry| entry.cmd_id == edit).unwrap());
        replayed(&factory, &log).unwrap_err()
    };
    let other = |text: &str| text.replace("改过的", "偷改的");
    let found = changed(&|entry| entry.changes = other(&entry.changes));
    assert_eq!(found.command, Some(edit), "{found}");
    let found = changed(&|entry| entry.bytes = other(&entry.bytes));
    assert_eq!(found.command, Some(edit), "{found}");
    // Under a foreign engine nothing is decided again: the rows tell.
    let found = changed(&|entry| {
        entry.engine = 1;
        entry.changes = other(&entry.changes);
    });
    assert!(found.what.contains("item:"), "{found}");
    let found = changed(&|entry| entry.outcome = Outcome::IdReuse);
    assert_eq!(found.command, Some(edit), "{found}");
    let elsewhere = vec![(PartitionId::Organisation, 1)];
    let touched = |entry: &mut LogWrite| {
        let touched = elsewhere.clone();
        entry.outcome = Outcome::Applied { touched };
    };
    let found = changed(&touched);
    assert_eq!(found.command, Some(edit), "{found}");
}

#[test]
fn a_missing_or_doubled_command_is_found() {
    let factory = worked();
    let log = factory.server.store().log();
    let without = |id: u128| {
        let id = CommandId::from_bits(id);
        let kept = log.iter().filter(|entry| entry.cmd_id != id).cloned();
        replayed(&factory, &kept.collect::<Vec<_>>()).unwrap_err()
    };
    for applied in [5_000, 5_002] {
        assert!(without(applied).what.contains("no command wrote version"));
    }
    // The last one was refused: what it left with its author comes from no command now.
    let found = without(5_003);
    assert!(found.what.contains("unapplied"), "{found}");
    let mut doubled = log.clone();
    doubled.push(log[0].clone());
    let found = replayed(&factory, &doubled).unwrap_err();
    assert!(found.what.contains("written twice"), "{found}");
}

#[test]
fn a_row_that_was_changed_behind_the_log_is_found() {
    let factory = worked();
    let store = factory.server.store();
    let log = store.log();
    let own = PartitionId::User(factory.person("zhangjianjun"));
    let (key, (ver, text)) = store.rows(own).into_iter().next_back().unwrap();
    let write = RowWrite {
        partition: own,
        key,
        document: key.document,
        home: false,
        ver,
        text: Some(text.replace("改过的", "偷改的").into()),
    };
    let commit = Commit {
        rows: vec![write],
        ..Commit::default()
    };
    ready(store.commit(&commit)).unwrap();
    let found = replayed(&factory, &log).unwrap_err();
    assert!(found.what.contains(&key.to_string()), "{found}");
}
