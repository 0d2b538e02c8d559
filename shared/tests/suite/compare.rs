//! Differences between plans: by identity, by lineage, by title; and since the last return.

use shared::carry;
use shared::command::Command;
use shared::command::plan::{EditItem, RemoveItem, ReturnPlan};
use shared::compare::{self, Differences, compare};
use shared::item::{Edit, Item, ItemEdit, LineageKind};
use shared::plan::Scope;
use shared::quantity::Points;

use crate::prelude::*;

fn titles<'a>(items: &[&'a Item]) -> Vec<&'a str> {
    items.iter().map(|item| item.title.as_str()).collect()
}

fn between<'a>(before: &'a [Item], now: &'a [Item], across: bool) -> Differences<'a> {
    let refs = |items: &'a [Item]| items.iter().collect::<Vec<_>>();
    compare(&refs(before), &refs(now), across)
}

fn titled(n: u128, title: &str) -> Item {
    let title = title.to_owned();
    Item {
        title,
        ..item(n, 1_000)
    }
}

#[test]
fn lineage_goes_before_the_title() {
    let before = [titled(1, "甲"), titled(2, "乙"), titled(3, "丙 ABC")];
    let carried = Item {
        title: "甲（续）".into(),
        ..carry::continued(
            LineageKind::CarriedOver,
            &before[0],
            (item_id(11), NEXT),
            true,
        )
    };
    // Bears the first one's title, but the first one goes on elsewhere.
    let namesake = titled(12, "甲");
    let same = Item {
        weight: Points(2_000),
        due: Some(day(2026, 12, 5)),
        ..titled(13, "丙abc")
    };
    let now = [carried, namesake, same];
    let found = between(&before, &now, true);
    assert_eq!(titles(&found.new), ["甲"]);
    assert_eq!(found.new[0].id, item_id(12));
    assert_eq!(titles(&found.dropped), ["乙"]);
    assert_eq!(found.carried.len(), 1);
    let edit = |old: &str, new: &str| {
        ItemEdit::Title(Edit {
            old: old.into(),
            new: new.into(),
        })
    };
    assert_eq!(found.carried[0].edits, [edit("甲", "甲（续）")]);
    assert_eq!(found.changed.len(), 1);
    let weight = ItemEdit::Weight(Edit {
        old: Points(1_000),
        new: Points(2_000),
    });
    // Another due day and another place are what a new period brings.
    assert_eq!(found.changed[0].edits, [edit("丙 ABC", "丙abc"), weight]);
}

#[test]
fn what_says_the_same_is_no_difference() {
    let before = [titled(1, "甲"), titled(2, "乙")];
    let found = between(&before, &before, false);
    assert!(found.is_empty());
    assert_eq!(titles(&found.same), ["甲", "乙"]);
    // Two of one title are two, not one.
    let now = [titled(1, "甲"), titled(2, "乙"), titled(3, "乙")];
    assert_eq!(between(&before, &now, false).new[0].id, item_id(3));
}

#[test]
fn every_field_that_a_form_has_is_told() {
    let before = item(1, 1_000);
    let mut now = before.clone();
    assert_eq!(compare::edits(&before, &now), []);
    now.title.push('!');
    now.section = "daily_work".into();
    now.due = None;
    now.target.measure.push('次');
    now.weight = Points(3);
    now.responsible = None;
    now.helpers = vec![STORE];
    now.deliverable.clear();
    now.standard.clear();
    now.rule.clear();
    now.position = 9;
    now.bonus = true;
    let edits = compare::edits(&before, &now);
    assert_eq!(edits.len(), 12);
    // Carried out as an act, they make the one into the other.
    let mut story = Story::drafted(&[1_000]);
    let edits = edits
        .into_iter()
        .filter(|edit| !matches!(edit, ItemEdit::Bonus(_)));
    let (plan, edits) = (PLAN, edits.collect());
    story.must(
        LINE_HEAD,
        Command::EditItem(EditItem {
            plan,
            item: item_id(1),
            edits,
        }),
    );
    assert_eq!(
        story.item(1),
        Item {
            bonus: false,
            ..now
        }
    );
}

#[test]
fn the_plan_before_is_the_same_owners_newest() {
    let mut story = Story::approved(&[10_000]);
    story.own_plan();
    story.next_month();
    let next = story.document_of(NEXT).plan.clone().unwrap();
    let earlier = compare::earlier(&story.world, &next).unwrap();
    assert_eq!(earlier.0.id, PLAN);
    // A member's plan is none of the unit's; and nothing came before the first.
    let own = shared::plan::Plan {
        scope: Scope::Personal,
        owner: WORKER,
        ..next
    };
    assert_eq!(compare::earlier(&story.world, &own).unwrap().0.id, OWN);
    let first = story.document().plan.clone().unwrap();
    assert!(compare::earlier(&story.world, &first).is_none());
}

#[test]
fn a_returned_plan_remembers_what_was_returned_until_it_is_approved() {
    let mut story = Story::submitted(&[4_000, 6_000]);
    let (plan, seen, reason) = (PLAN, story.seen(), "请改".to_owned());
    story.must(
        MANAGER,
        Command::ReturnPlan(ReturnPlan { plan, seen, reason }),
    );
    let edit = ItemEdit::Title(Edit {
        old: "事项 1".into(),
        new: "事项一".into(),
    });
    let edit = EditItem {
        plan,
        item: item_id(1),
        edits: vec![edit],
    };
    story.must(LINE_HEAD, Command::EditItem(edit));
    let item = Box::new(story.item(2));
    story.must(LINE_HEAD, Command::RemoveItem(RemoveItem { plan, item }));
    story.must(LINE_HEAD, add(super::compare::titled(3, "新的")));
    let weight = ItemEdit::Weight(Edit {
        old: Points(1_000),
        new: Points(6_000),
    });
    let edit = EditItem {
        plan,
        item: item_id(3),
        edits: vec![weight],
    };
    story.must(LINE_HEAD, Command::EditItem(edit));
    story.must(LINE_HEAD, story.submit());
    {
        let document = story.document();
        let before: Vec<&Item> = document
            .plan
            .as_ref()
            .unwrap()
            .returned_with
            .iter()
            .collect();
        let found = compare(&before, &document.items_in_order(), false);
        assert_eq!(titles(&found.new), ["新的"]);
        assert_eq!(titles(&found.dropped), ["事项 2"]);
        assert_eq!(found.changed.len(), 1);
    }
    story.must(MANAGER, story.approve());
    assert_eq!(story.document().plan.as_ref().unwrap().returned_with, []);
}
