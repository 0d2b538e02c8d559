//! Shared items: a unit answers by its head, and its consent makes an item of its own.

use serde_json::json;
use shared::carry;
use shared::command::Command;
use shared::command::organisation::EndAssignment;
use shared::command::plan::{AnswerHelp, DraftPlan};
use shared::id::{PlanId, UnitId};
use shared::item::{Item, LineageKind};
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::plan::PlanState;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::row::Row;

use crate::prelude::*;

/// The store's plan for November.
const STORES: PlanId = PlanId::from_bits(35);

/// The line asks the store to help with its first item; the store drafts its own plan.
fn asked() -> Story {
    let mut story = Story::drafted(&[]);
    let helped = Item {
        helpers: vec![STORE],
        ..item(1, 10_000)
    };
    story.must(LINE_HEAD, add(helped));
    story.must(
        STORE_HEAD,
        Command::DraftPlan(DraftPlan {
            plan: STORES,
            unit: STORE,
            owner: STORE_HEAD,
            ..line_plan()
        }),
    );
    story
}

fn says(agreed: bool, reason: &str) -> AnswerHelp {
    AnswerHelp {
        plan: PLAN,
        item: item_id(1),
        unit: STORE,
        agreed,
        reason: reason.into(),
        mirrored: None,
    }
}

fn mirror(story: &Story) -> Item {
    let ids = (item_id(80), STORES);
    Item {
        weight: Points(2_000),
        due: Some(day(2026, 11, 18)),
        responsible: Some(KEEPER),
        ..carry::continued(LineageKind::Mirrored, &story.item(1), ids, false)
    }
}

fn consents(story: &Story) -> Command {
    Command::AnswerHelp(AnswerHelp {
        mirrored: Some(Box::new(mirror(story))),
        ..says(true, "")
    })
}

#[test]
fn consent_puts_an_item_of_its_own_weight_and_due_day_into_the_helpers_plan() {
    let mut story = asked();
    story.must(STORE_HEAD, consents(&story));
    let help = &story.document().helps[&(item_id(1), STORE)];
    assert!(help.agreed);
    assert_eq!(
        (help.by.by, help.mirrored),
        (STORE_HEAD, Some((STORES, item_id(80))))
    );
    let kept = &story.document_of(STORES).items[&item_id(80)];
    assert_eq!(
        (kept.weight, kept.due),
        (Points(2_000), Some(day(2026, 11, 18)))
    );
    let lineage = kept.lineage.as_ref().unwrap();
    assert_eq!(
        (lineage.kind, lineage.origin),
        (LineageKind::Mirrored, item_id(1))
    );
    assert_eq!(kept.helpers, []);
    // The source keeps its own.
    assert_eq!(story.item(1).weight, Points(10_000));
    let again = story.refused(
        STORE_HEAD,
        Command::AnswerHelp(AnswerHelp {
            mirrored: Some(Box::new(Item {
                id: item_id(81),
                ..mirror(&story)
            })),
            ..says(true, "")
        }),
    );
    assert_eq!(again, Refusal::AlreadyCarried { item: item_id(80) });
}

#[test]
fn the_head_answers_and_the_one_above_while_there_is_none() {
    let mut story = asked();
    for actor in [LINE_HEAD, WORKER, KEEPER, MANAGER, PLAN_OFFICE] {
        let refusal = story.refused(actor, Command::AnswerHelp(says(true, "")));
        assert_eq!(refusal, Refusal::Forbidden);
    }
    let end = EndAssignment {
        assignment: assignment(STORE_HEAD),
        to: day(2026, 11, 10),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    story.on(11);
    let gone = story.refused(STORE_HEAD, Command::AnswerHelp(says(true, "")));
    assert_eq!(gone, Refusal::Forbidden);
    story.must(MANAGER, Command::AnswerHelp(says(true, "")));
}

#[test]
fn a_unit_that_was_not_asked_does_not_answer() {
    let story = asked();
    let other = AnswerHelp {
        unit: ROOT,
        ..says(true, "")
    };
    let refusal = Refusal::UnknownValue {
        field: "helpers".into(),
        given: ROOT.to_string(),
    };
    assert_eq!(story.refused(MANAGER, Command::AnswerHelp(other)), refusal);
}

#[test]
fn a_refusal_has_a_reason_and_consent_is_taken_back_before_the_approval_only() {
    let mut story = asked();
    let bare = story.refused(STORE_HEAD, Command::AnswerHelp(says(false, " ")));
    assert!(matches!(bare, Refusal::FieldMissing { field, .. } if field == "reason"));
    story.must(STORE_HEAD, Command::AnswerHelp(says(false, "人手不足")));
    story.must(STORE_HEAD, Command::AnswerHelp(says(true, "")));
    // The same answer again changes nothing.
    assert_eq!(
        story.must(STORE_HEAD, Command::AnswerHelp(says(true, ""))),
        []
    );
    story.must(LINE_HEAD, story.submit());
    story.must(STORE_HEAD, Command::AnswerHelp(says(false, "人手不足")));
    story.must(STORE_HEAD, Command::AnswerHelp(says(true, "")));
    story.must(MANAGER, story.approve());
    let state = PlanState::Approved;
    let late = story.refused(STORE_HEAD, Command::AnswerHelp(says(false, "人手不足")));
    assert_eq!(late, Refusal::WrongState { state });
}

#[test]
fn a_first_answer_may_come_after_the_approval() {
    for agreed in [true, false] {
        let mut story = asked();
        story.must(LINE_HEAD, story.submit());
        story.must(MANAGER, story.approve());
        story.must(STORE_HEAD, Command::AnswerHelp(says(agreed, "说明")));
        assert_eq!(story.document().helps[&(item_id(1), STORE)].agreed, agreed);
    }
}

#[test]
fn a_mirrored_item_belongs_into_a_drafted_plan_of_the_helper_with_its_true_line() {
    let story = asked();
    let refused = |change: fn(&mut Item)| {
        let mut item = mirror(&story);
        change(&mut item);
        let mirrored = Some(Box::new(item));
        story.refused(
            STORE_HEAD,
            Command::AnswerHelp(AnswerHelp {
                mirrored,
                ..says(true, "")
            }),
        )
    };
    let line = refused(|item| item.lineage = None);
    assert_eq!(
        line,
        Refusal::Malformed {
            at: "mirrored.lineage".into()
        }
    );
    assert_eq!(refused(|item| item.plan = PLAN), Refusal::Forbidden);
    assert!(matches!(
        refused(|item| item.weight = Points(-1)),
        Refusal::WeightOutOfRange { .. }
    ));
    let nothing = AnswerHelp {
        mirrored: Some(Box::new(mirror(&story))),
        ..says(false, "人手不足")
    };
    let at = "mirrored".to_owned();
    assert_eq!(
        story.refused(STORE_HEAD, Command::AnswerHelp(nothing)),
        Refusal::Malformed { at }
    );
    // Without consent nothing is mirrored by hand; with it, the item may come later.
    let mut story = story;
    let source = Refusal::NotASource { plan: PLAN };
    assert_eq!(story.refused(STORE_HEAD, add(mirror(&story))), source);
    story.must(STORE_HEAD, Command::AnswerHelp(says(true, "")));
    story.must(STORE_HEAD, add(mirror(&story)));
}

#[test]
fn helpers_see_the_item_and_the_answer_and_never_a_score() {
    let mut story = asked();
    story.must(STORE_HEAD, Command::AnswerHelp(says(true, "")));
    let helping = PartitionId::Helping(STORE, NOVEMBER);
    let document = story.document();
    let help = document.helps.values().next().unwrap().clone();
    for row in [Row::Item(story.item(1)), Row::Help(help)] {
        assert!(placement(&row, Some(document)).contains(&helping));
    }
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    let judgement = Some(carried_out("on_time", "good"));
    story.must(
        WORKER,
        Command::ScoreSelf(score(1, None, judgement.clone())),
    );
    story.must(MANAGER, Command::ScoreSuperior(score(1, None, judgement)));
    let document = story.document();
    let own = document.self_scores.values().cloned().map(Row::SelfScore);
    let superior = document
        .superior_scores
        .values()
        .cloned()
        .map(Row::SuperiorScoreBy);
    for row in own.chain(superior) {
        assert!(!placement(&row, Some(document)).contains(&helping));
    }
}

#[test]
fn an_item_goes_and_takes_the_answers_with_it() {
    let mut story = asked();
    story.must(STORE_HEAD, Command::AnswerHelp(says(true, "")));
    let item = Box::new(story.item(1));
    let remove = shared::command::plan::RemoveItem { plan: PLAN, item };
    story.must(LINE_HEAD, Command::RemoveItem(remove));
    assert!(story.document().helps.is_empty());
}

#[test]
fn units_that_help_are_kept_as_the_first_version_kept_them() {
    let stored = |helpers: Vec<UnitId>| {
        let item = Item {
            helpers: helpers.clone(),
            ..item(1, 0)
        };
        let value = serde_json::to_value(&item).unwrap();
        assert_eq!(serde_json::from_value::<Item>(value.clone()).unwrap(), item);
        assert_eq!(
            serde_json::from_str::<Item>(&value.to_string()).unwrap(),
            item
        );
        value["helper"].clone()
    };
    assert_eq!(stored(vec![]), json!(null));
    assert_eq!(stored(vec![STORE]), json!(STORE));
    assert_eq!(stored(vec![STORE, ROOT]), json!([STORE, ROOT]));
    for wrong in [json!("x"), json!(1), json!([1])] {
        let mut value = serde_json::to_value(item(1, 0)).unwrap();
        value["helper"] = wrong.clone();
        assert!(serde_json::from_value::<Item>(value).is_err(), "{wrong}");
    }
}
