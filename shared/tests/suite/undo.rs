//! Taking acts back: each edit has one that compensates it, and none overwrites what others did.

use shared::command::Command;
use shared::command::evidence::WithdrawEvidence;
use shared::command::plan::{EditItem, RemoveItem, Weigh};
use shared::id::{EvidenceId, PlanId};
use shared::item::{Edit, Item, ItemEdit};
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::report::ReportKind;
use shared::undo::{Steps, binds, can_be_undone, moved, undone};

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

#[test]
fn ones_own_report_and_a_withdrawal_are_taken_back_too() {
    let mut story = Story::drafted(&[10_000]);
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    let told = report(1, 1, ReportKind::Progress, 50, story.moment.today());
    assert!(can_be_undone(&told));
    story.must(WORKER, told.clone());
    let back = undone(&story.world, std::slice::from_ref(&told));
    assert!(matches!(&back[..], [Command::ConfirmEntry(args)] if !args.agreed));
    story.must(WORKER, back[0].clone());
    // It is taken back already.
    assert_eq!(undone(&story.world, &[told]), []);
    let withdraw = |withdrawn| {
        Command::WithdrawEvidence(WithdrawEvidence {
            plan: PLAN,
            item: item_id(1),
            evidence: EvidenceId::from_bits(1),
            withdrawn,
        })
    };
    assert!(can_be_undone(&withdraw(true)));
    assert_eq!(undone(&story.world, &[withdraw(true)]), [withdraw(false)]);
}

#[test]
fn steps_are_taken_back_by_plan_and_each_by_its_own_number() {
    const OTHER: PlanId = PlanId::from_bits(0xfff);
    let of = |plan| {
        let Command::EditItem(args) = title("a", "b") else {
            unreachable!("a title is edited");
        };
        vec![Command::EditItem(EditItem { plan, ..args })]
    };
    let mut steps = Steps::default();
    steps.note(of(PLAN));
    let first = steps.undo(|step| step.plan == PLAN).unwrap();
    steps.was_undone(first.clone());
    steps.note(of(OTHER));
    // The offer to take this one back means no other, whatever is done again meanwhile.
    let offered = steps.last().unwrap();
    assert_ne!(offered, first.id);
    let again = steps.redo(PLAN).unwrap();
    steps.was_redone(again);
    let taken = steps.undo(|step| step.id == offered).unwrap();
    assert_eq!(taken.plan, OTHER);
    steps.was_undone(taken);
    assert!(steps.can_undo(PLAN) && !steps.can_undo(OTHER));
    assert!(steps.can_redo(OTHER) && !steps.can_redo(PLAN));
    // What is done anew of a plan ends what was taken back of it, and of no other.
    steps.note(of(PLAN));
    assert!(steps.can_redo(OTHER));
    // A signature ends both; what somebody reads ends nothing.
    let story = Story::drafted(&[10_000]);
    steps.note(vec![story.submit()]);
    assert!(!steps.can_undo(PLAN) && steps.can_redo(OTHER));
}
