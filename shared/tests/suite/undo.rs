//! Taking acts back: each edit has one that compensates it, and none overwrites what others did.

use shared::command::Command;
use shared::command::plan::{EditItem, RemoveItem, Weigh};
use shared::item::{Edit, Item, ItemEdit};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::undo::{binds, can_be_undone, moved, undone};

use crate::prelude::*;

fn title(old: &str, new: &str) -> Command {
    let (old, new) = (old.to_owned(), new.to_owned());
    Command::EditItem(EditItem {
        plan: PLAN,
        item: item_id(1),
        edits: vec![ItemEdit::Title(Edit { old, new })],
    })
}

fn weighing(from: i64, to: i64) -> Command {
    let edit = |old, new| Edit {
        old: Points(old),
        new: Points(new),
    };
    Command::Weigh(Weigh {
        plan: PLAN,
        weights: vec![(item_id(1), edit(from, to)), (item_id(2), edit(to, from))],
    })
}

fn remove(story: &Story, n: u128) -> Command {
    let (plan, item) = (PLAN, Box::new(story.item(n)));
    Command::RemoveItem(RemoveItem { plan, item })
}

#[test]
fn every_edit_is_taken_back_to_what_stood_before() {
    let mut story = Story::drafted(&[4_000, 6_000]);
    let before = story.document().clone();
    let mut done = Vec::new();
    for command in [
        title("事项 1", "改名"),
        weighing(4_000, 6_000),
        add(item(3, 500)),
        title("改名", "再改名"),
        remove(&story, 2),
    ] {
        // What is removed is named as it stands by then.
        let command = match command {
            Command::RemoveItem(_) => remove(&story, 2),
            other => other,
        };
        assert!(can_be_undone(&command));
        story.must(LINE_HEAD, command.clone());
        done.push(command);
    }
    // All at once, the last first.
    for command in undone(&story.world, &done) {
        story.must(LINE_HEAD, command);
    }
    assert_eq!(*story.document(), before);
    // And done once more by the very same acts.
    for command in done {
        story.must(LINE_HEAD, command);
    }
    assert_eq!(story.item(1).title, "再改名");
    assert!(!story.document().items.contains_key(&item_id(2)));
}

#[test]
fn what_others_did_meanwhile_is_not_overwritten() {
    let mut story = Story::drafted(&[10_000]);
    let done = [title("事项 1", "甲的名")];
    story.must(LINE_HEAD, done[0].clone());
    story.must(PLAN_OFFICE, title("甲的名", "乙的名"));
    let back = undone(&story.world, &done);
    assert!(matches!(
        story.refused(LINE_HEAD, back[0].clone()),
        Refusal::ChangedMeanwhile { .. }
    ));
    // An item that somebody removed needs no removing.
    let added = [add(item(2, 0))];
    story.must(LINE_HEAD, added[0].clone());
    story.must(PLAN_OFFICE, remove(&story, 2));
    assert_eq!(undone(&story.world, &added), []);
}

#[test]
fn a_signature_is_not_taken_back() {
    let story = Story::drafted(&[10_000]);
    let submit = story.submit();
    assert!(!can_be_undone(&submit));
    assert_eq!(undone(&story.world, std::slice::from_ref(&submit)), []);
    assert_eq!(binds(&submit), Some(PLAN));
    assert_eq!(binds(&title("a", "b")), None);
}

#[test]
fn an_item_moves_and_only_what_lies_between_changes() {
    let at = |n: u128, position| Item {
        position,
        ..item(n, 0)
    };
    let items = [at(1, 2), at(2, 5), at(3, 9), at(4, 11)];
    let refs: Vec<&Item> = items.iter().collect();
    let edit = |n, old, new| (item_id(n), Edit { old, new });
    assert_eq!(
        moved(&refs, 0, 2),
        [edit(2, 5, 2), edit(3, 9, 5), edit(1, 2, 9)]
    );
    assert_eq!(moved(&refs, 3, 2), [edit(4, 11, 9), edit(3, 9, 11)]);
    assert_eq!(moved(&refs, 1, 1), []);
    assert_eq!(moved(&refs, 9, 1), []);
    // Beyond the end is the end.
    assert_eq!(moved(&refs, 2, 99), [edit(4, 11, 9), edit(3, 9, 11)]);
    // Two at one place: numbered anew, so that the order is what was seen.
    let same = [at(1, 0), at(2, 0), at(3, 0)];
    let refs: Vec<&Item> = same.iter().collect();
    let edits = moved(&refs, 2, 0);
    assert_eq!(edits, [edit(3, 0, 1), edit(1, 0, 2), edit(2, 0, 3)]);
}
