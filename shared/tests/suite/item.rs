//! Items while a plan is drafted: different fields merge, one field is never overwritten unseen.

use serde_json::json;
use shared::command::Command;
use shared::command::organisation::AddUnit;
use shared::command::plan::{AddItem, EditItem, RemoveItem, Weigh};
use shared::id::{PersonId, PlanId, UnitId};
use shared::item::{Deduction, Edit, Item, ItemEdit, Rhythm};
use shared::plan::PlanState;
use shared::quantity::{Points, Quantity};
use shared::refusal::Refusal;

use crate::prelude::*;

fn edit(n: u128, edits: Vec<ItemEdit>) -> Command {
    Command::EditItem(EditItem {
        plan: PLAN,
        item: item_id(n),
        edits,
    })
}

fn title(old: &str, new: &str) -> ItemEdit {
    ItemEdit::Title(Edit {
        old: old.into(),
        new: new.into(),
    })
}

fn weigh(weights: &[(u128, i64, i64)]) -> Command {
    let weights = weights.iter().map(|(n, old, new)| {
        (
            item_id(*n),
            Edit {
                old: Points(*old),
                new: Points(*new),
            },
        )
    });
    Command::Weigh(Weigh {
        plan: PLAN,
        weights: weights.collect(),
    })
}

fn both<T: Clone>(old: &T, new: &T) -> Edit<T> {
    Edit {
        old: old.clone(),
        new: new.clone(),
    }
}

fn changed(n: u128, field: &str, current: serde_json::Value) -> Refusal {
    Refusal::ChangedMeanwhile {
        item: Some(item_id(n)),
        field: field.into(),
        current,
    }
}

#[test]
fn edits_of_different_fields_merge() {
    let mut story = Story::drafted(&[5_000]);
    story.must(LINE_HEAD, edit(1, vec![title("事项 1", "甲")]));
    // The other device still shows the old title and changes the due day.
    let due = Edit {
        old: Some(day(2026, 11, 20)),
        new: Some(day(2026, 11, 25)),
    };
    story.must(PLAN_OFFICE, edit(1, vec![ItemEdit::Due(due)]));
    assert_eq!(story.item(1).title, "甲");
    assert_eq!(story.item(1).due, Some(day(2026, 11, 25)));
}

#[test]
fn an_edit_of_a_field_that_changed_meanwhile_is_refused_with_what_it_is_now() {
    let mut story = Story::drafted(&[5_000]);
    story.must(LINE_HEAD, edit(1, vec![title("事项 1", "甲")]));
    let late = edit(1, vec![title("事项 1", "乙")]);
    assert_eq!(
        story.refused(PLAN_OFFICE, late),
        changed(1, "title", json!("甲"))
    );
    // Who wants what already stands there changes nothing and is not refused.
    assert_eq!(
        story.must(PLAN_OFFICE, edit(1, vec![title("事项 1", "甲")])),
        []
    );
}

#[test]
fn fields_of_one_edit_are_changed_together_or_not_at_all() {
    let mut story = Story::drafted(&[5_000]);
    story.must(LINE_HEAD, edit(1, vec![title("事项 1", "甲")]));
    let before = story.item(1);
    let weight = ItemEdit::Weight(Edit {
        old: Points(5_000),
        new: Points(7_000),
    });
    let both = edit(1, vec![weight, title("事项 1", "乙")]);
    assert_eq!(
        story.refused(LINE_HEAD, both),
        changed(1, "title", json!("甲"))
    );
    assert_eq!(story.item(1), before);
}

#[test]
fn every_field_can_be_edited() {
    let mut story = Story::drafted(&[5_000]);
    let old = story.item(1);
    let mut new = Item {
        helpers: vec![STORE],
        section: "daily_work".into(),
        ..old.clone()
    };
    new.title = "新".into();
    new.responsible = Some(KEEPER);
    new.target.measure = "件".into();
    new.due = None;
    new.deliverable = "表".into();
    new.standard = "齐全".into();
    new.rule = "每漏一处扣2分".into();
    new.weight = Points(1);
    new.position = 9;
    let edits = vec![
        ItemEdit::Title(both(&old.title, &new.title)),
        ItemEdit::Section(both(&old.section, &new.section)),
        ItemEdit::Responsible(both(&old.responsible, &new.responsible)),
        ItemEdit::Helpers(both(&old.helpers, &new.helpers)),
        ItemEdit::Target(both(&old.target, &new.target)),
        ItemEdit::Due(both(&old.due, &new.due)),
        ItemEdit::Deliverable(both(&old.deliverable, &new.deliverable)),
        ItemEdit::Standard(both(&old.standard, &new.standard)),
        ItemEdit::Rule(both(&old.rule, &new.rule)),
        ItemEdit::Weight(both(&old.weight, &new.weight)),
        ItemEdit::Position(both(&old.position, &new.position)),
    ];
    story.must(LINE_HEAD, edit(1, edits));
    assert_eq!(story.item(1), new);
}

#[test]
fn an_edit_names_each_field_once_and_at_least_one() {
    let story = Story::drafted(&[5_000]);
    let malformed = Refusal::Malformed { at: "edits".into() };
    assert_eq!(story.refused(LINE_HEAD, edit(1, vec![])), malformed);
    let twice = edit(1, vec![title("事项 1", "甲"), title("甲", "乙")]);
    assert_eq!(story.refused(LINE_HEAD, twice), malformed);
    let unknown = edit(9, vec![title("事项 9", "甲")]);
    assert_eq!(
        story.refused(LINE_HEAD, unknown),
        Refusal::not_found("item")
    );
}

#[test]
fn items_are_checked_when_they_are_added() {
    let story = Story::drafted(&[]);
    let refused = |change: fn(&mut Item)| {
        let mut item = item(1, 5_000);
        change(&mut item);
        let item = Box::new(item);
        story.refused(LINE_HEAD, Command::AddItem(AddItem { plan: PLAN, item }))
    };
    let long = |field: &str, most| Refusal::TextTooLong {
        field: field.into(),
        most,
    };
    assert_eq!(
        refused(|item| item.title = "长".repeat(201)),
        long("title", 200)
    );
    assert_eq!(
        refused(|item| item.rule = "长".repeat(2_001)),
        long("rule", 2_000)
    );
    assert_eq!(
        refused(|item| item.standard = "长".repeat(2_001)),
        long("standard", 2_000)
    );
    assert_eq!(
        refused(|item| item.deliverable = "长".repeat(2_001)),
        long("deliverable", 2_000)
    );
    assert_eq!(
        refused(|item| item.post = "长".repeat(2_001)),
        long("post", 2_000)
    );
    assert_eq!(
        refused(|item| item.target.measure = "长".repeat(2_001)),
        long("target", 2_000)
    );
    let section = Refusal::UnknownValue {
        field: "section".into(),
        given: "other".into(),
    };
    assert_eq!(refused(|item| item.section = "other".into()), section);
    let out = Refusal::WeightOutOfRange {
        item: item_id(1),
        most: Points(10_000),
    };
    assert_eq!(refused(|item| item.weight = Points(-1)), out);
    assert_eq!(refused(|item| item.weight = Points(10_001)), out);
    let nobody = refused(|item| item.responsible = Some(PersonId::from_bits(999)));
    assert_eq!(nobody, Refusal::not_found("person"));
    let nowhere = refused(|item| item.helpers = vec![UnitId::from_bits(999)]);
    assert_eq!(nowhere, Refusal::not_found("unit"));
    let itself = Refusal::UnknownValue {
        field: "helpers".into(),
        given: LINE.to_string(),
    };
    assert_eq!(refused(|item| item.helpers = vec![LINE]), itself);
    let elsewhere = refused(|item| item.plan = PlanId::from_bits(999));
    assert_eq!(
        elsewhere,
        Refusal::Malformed {
            at: "item.plan".into()
        }
    );
}

#[test]
fn edits_are_checked_as_additions_are() {
    let story = Story::drafted(&[5_000]);
    let section = Edit {
        old: "key_work".into(),
        new: "other".into(),
    };
    let refusal = story.refused(LINE_HEAD, edit(1, vec![ItemEdit::Section(section)]));
    assert!(matches!(refusal, Refusal::UnknownValue { .. }));
    let most = Points(10_000);
    let out = Refusal::WeightOutOfRange {
        item: item_id(1),
        most,
    };
    assert_eq!(story.refused(LINE_HEAD, weigh(&[(1, 5_000, 10_001)])), out);
}

#[test]
fn an_id_is_taken_once() {
    let story = Story::drafted(&[5_000]);
    let again = story.refused(LINE_HEAD, add(item(1, 0)));
    assert_eq!(again, Refusal::already_exists("item"));
}

#[test]
fn a_plan_takes_two_hundred_items_and_no_more() {
    let mut story = Story::drafted(&[0; 200]);
    let limit = "items_per_plan".into();
    let refusal = Refusal::LimitPassed { limit, most: 200 };
    assert_eq!(story.refused(LINE_HEAD, add(item(201, 0))), refusal);
    let gone = Box::new(story.item(7));
    story.must(
        LINE_HEAD,
        Command::RemoveItem(RemoveItem {
            plan: PLAN,
            item: gone,
        }),
    );
    story.must(LINE_HEAD, add(item(201, 0)));
}

#[test]
fn weights_are_changed_together_or_not_at_all() {
    let mut story = Story::drafted(&[5_000, 3_000]);
    story.must(LINE_HEAD, weigh(&[(1, 5_000, 6_000), (2, 3_000, 4_000)]));
    assert_eq!(
        (story.item(1).weight, story.item(2).weight),
        (Points(6_000), Points(4_000))
    );
    let stale = weigh(&[(1, 6_000, 7_000), (2, 3_000, 3_500)]);
    assert_eq!(
        story.refused(PLAN_OFFICE, stale),
        changed(2, "weight", json!(4_000))
    );
    assert_eq!(story.item(1).weight, Points(6_000));
    let malformed = Refusal::Malformed {
        at: "weights".into(),
    };
    assert_eq!(story.refused(LINE_HEAD, weigh(&[])), malformed);
    let twice = weigh(&[(1, 6_000, 1), (1, 6_000, 2)]);
    assert_eq!(story.refused(LINE_HEAD, twice), malformed);
    assert_eq!(
        story.refused(LINE_HEAD, weigh(&[(9, 0, 1)])),
        Refusal::not_found("item")
    );
}

#[test]
fn an_item_is_removed_as_it_was_seen() {
    let mut story = Story::drafted(&[5_000]);
    let seen = story.item(1);
    let remove = |item: &Item| {
        Command::RemoveItem(RemoveItem {
            plan: PLAN,
            item: Box::new(item.clone()),
        })
    };
    story.must(PLAN_OFFICE, edit(1, vec![title("事项 1", "甲")]));
    let now = story.item(1);
    let current = serde_json::to_value(&now).unwrap();
    assert_eq!(
        story.refused(LINE_HEAD, remove(&seen)),
        changed(1, "item", current)
    );
    story.must(LINE_HEAD, remove(&now));
    assert!(story.document().items.is_empty());
    // It is gone, as the person wants it.
    assert_eq!(story.must(LINE_HEAD, remove(&now)), []);
}

#[test]
fn a_plan_that_is_handed_in_is_not_changed() {
    let wrong = Refusal::WrongState {
        state: PlanState::Submitted,
    };
    let story = Story::submitted(&[10_000]);
    let remove = RemoveItem {
        plan: PLAN,
        item: Box::new(story.item(1)),
    };
    for command in [
        add(item(2, 0)),
        edit(1, vec![title("事项 1", "甲")]),
        weigh(&[(1, 10_000, 0)]),
        Command::RemoveItem(remove),
    ] {
        assert_eq!(story.refused(LINE_HEAD, command), wrong);
    }
}

#[test]
fn others_do_not_touch_the_items_of_a_unit() {
    let story = Story::drafted(&[5_000]);
    for actor in [WORKER, STORE_HEAD, KEEPER, STRANGER] {
        assert_eq!(story.refused(actor, add(item(2, 0))), Refusal::Forbidden);
        let edit = edit(1, vec![title("事项 1", "甲")]);
        assert_eq!(story.refused(actor, edit), Refusal::Forbidden);
    }
}

#[test]
fn an_item_has_several_helping_units_each_once_and_at_most_twenty() {
    let mut story = Story::drafted(&[]);
    let helped = |helpers: Vec<UnitId>| {
        add(Item {
            helpers,
            ..item(1, 0)
        })
    };
    let twice = Refusal::UnknownValue {
        field: "helpers".into(),
        given: STORE.to_string(),
    };
    assert_eq!(story.refused(LINE_HEAD, helped(vec![STORE, STORE])), twice);
    story.must(LINE_HEAD, helped(vec![STORE, ROOT]));
    assert_eq!(story.item(1).helpers, [STORE, ROOT]);
    let many: Vec<UnitId> = (0..21).map(|n| UnitId::from_bits(300 + n)).collect();
    for unit in &many {
        let add = AddUnit {
            unit: *unit,
            name: unit.to_string(),
            name_en: String::new(),
            parent: ROOT,
            from: day(2026, 1, 1),
        };
        story.must(ADMINISTRATOR, Command::AddUnit(add));
    }
    let helpers = ItemEdit::Helpers(both(&vec![STORE, ROOT], &many));
    let limit = "helpers_per_item".to_owned();
    let refusal = Refusal::LimitPassed { limit, most: 20 };
    assert_eq!(story.refused(LINE_HEAD, edit(1, vec![helpers])), refusal);
    let twenty = ItemEdit::Helpers(both(&vec![STORE, ROOT], &many[1..].to_vec()));
    story.must(LINE_HEAD, edit(1, vec![twenty]));
}

#[test]
fn a_bonus_item_needs_a_regime_that_has_them_and_weighs_no_more_than_it_gives() {
    let mut story = Story::drafted(&[]);
    let bonus = |weight| {
        add(Item {
            bonus: true,
            ..item(1, weight)
        })
    };
    let unknown = Refusal::UnknownValue {
        field: "bonus".into(),
        given: "true".into(),
    };
    assert_eq!(story.refused(LINE_HEAD, bonus(100)), unknown);
    let mut regime = crate::format_1::smart_monthly();
    regime.bonus = Some(Points(500));
    let version = shared::regime::RegimeVersion::new(REGIME, regime.into());
    story.world.put(&shared::row::Row::Regime(version));
    let (item, most) = (item_id(1), Points(500));
    let heavy = story.refused(LINE_HEAD, bonus(501));
    assert_eq!(heavy, Refusal::WeightOutOfRange { item, most });
    story.must(LINE_HEAD, bonus(500));
}

#[test]
fn a_scoring_rule_in_figures_is_one_that_can_be_reckoned() {
    let mut story = Story::drafted(&[]);
    let rule = |per, points, floor| {
        let deduction = Some(Deduction {
            per: Quantity(per),
            points: Points(points),
            started: true,
            floor: Points(floor),
        });
        add(Item {
            deduction,
            ..item(1, 1_000)
        })
    };
    let out = |field: &str, least: &str| Refusal::OutOfRange {
        field: field.into(),
        least: least.into(),
        most: String::new(),
    };
    let refused = |command| story.refused(LINE_HEAD, command);
    assert_eq!(refused(rule(0, 100, 0)), out("deduction.per", "0.0001"));
    assert_eq!(refused(rule(1, -1, 0)), out("deduction.points", "0.00"));
    assert_eq!(refused(rule(1, 100, -1)), out("deduction.floor", "0.00"));
    story.must(LINE_HEAD, rule(1, 0, 0));
    let deduction = ItemEdit::Deduction(Edit {
        old: story.item(1).deduction,
        new: None,
    });
    let rhythm = ItemEdit::Rhythm(both(&None, &Some(Rhythm::Weekly)));
    story.must(LINE_HEAD, edit(1, vec![deduction, rhythm]));
    assert_eq!(story.item(1).deduction, None);
    assert_eq!(story.item(1).rhythm, Some(Rhythm::Weekly));
}

#[test]
fn columns_of_a_sheet_are_kept_as_they_are_within_limits() {
    let mut story = Story::drafted(&[]);
    let with = |extra: Vec<(String, String)>| {
        add(Item {
            extra,
            ..item(1, 0)
        })
    };
    let column = |n: usize| (format!("列{n}"), "值".to_owned());
    let limit = "extra_columns".to_owned();
    let many = story.refused(LINE_HEAD, with((0..51).map(column).collect()));
    assert_eq!(many, Refusal::LimitPassed { limit, most: 50 });
    let long = story.refused(LINE_HEAD, with(vec![("备注".into(), "长".repeat(2_001))]));
    assert!(matches!(long, Refusal::TextTooLong { most: 2_000, .. }));
    let kept: Vec<_> = (0..50).map(column).collect();
    story.must(LINE_HEAD, with(kept.clone()));
    assert_eq!(story.item(1).extra, kept);
}
