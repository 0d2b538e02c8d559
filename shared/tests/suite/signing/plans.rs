//! Plans that come to stand in several steps, through commands: a month in three classes that heads
//! countersign, one that a signer weighs, one that needs its helpers' consent.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::plan::{AnswerHelp, ReturnPlan, Weigh, WithdrawPlan};
use shared::command::signing::{Delegate, HoldRole, SignPlan};
use shared::id::{DelegationId, PersonId, RoleHolderId};
use shared::item::{Edit, Item};
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::plan::PlanState;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::Document;
use shared::row::Row;

use crate::prelude::*;

fn shipped(text: &str) -> Value {
    let shipped: Value = serde_json::from_str(text).unwrap();
    shipped.get("regime").unwrap_or(&shipped).clone()
}

/// A month in three classes: head, compiling, countersigning, deputy, issuing.
pub(super) fn three_classes() -> Value {
    let mut regime = shipped(include_str!(
        "../../../src/regime/presets/three-class-monthly.json"
    ));
    // The tests change what the marks of the shipped document point at.
    regime["house_defaults"] = json!([]);
    regime
}

pub(super) fn under(regime: &Value) -> Story {
    let document: Document = serde_json::from_value(regime.clone()).unwrap();
    Story::founded_under(document)
}

pub(super) fn of_class(n: u128, weight: i64) -> Item {
    Item {
        scheme: "分两步实施".into(),
        category: "major".into(),
        source: "own".into(),
        ..item(n, weight)
    }
}

fn hold(role: &str, person: PersonId) -> Command {
    Command::HoldRole(HoldRole {
        holder: RoleHolderId::from_bits(person.bits()),
        role: role.into(),
        unit: None,
        person,
        from: day(2026, 1, 1),
    })
}

/// The line's plan in three classes is handed in; the store helps with its second item.
pub(super) fn handed_in() -> Story {
    let mut story = under(&three_classes());
    story.must(ADMINISTRATOR, hold("deputy_gm", MANAGER));
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(of_class(1, 6_000)));
    let helped = Item {
        helpers: vec![STORE],
        ..of_class(2, 4_000)
    };
    story.must(LINE_HEAD, add(helped));
    story.must(LINE_HEAD, story.submit());
    story
}

pub(super) fn sign(story: &Story, step: &str) -> Command {
    Command::SignPlan(SignPlan {
        plan: PLAN,
        step: step.into(),
        seen: story.seen(),
    })
}

fn steps_signed(story: &Story) -> Vec<(String, PersonId)> {
    let plan = story.document().plan.as_ref().unwrap();
    let signs = plan.signs.iter();
    signs.map(|one| (one.step.clone(), one.by)).collect()
}

#[test]
fn a_plan_stands_when_its_last_step_is_signed() {
    let mut story = handed_in();
    // The head's review was handing in; the deputy is early, the store's head too.
    let waits = |story: &Story, actor, step: &str| story.refused(actor, sign(story, step));
    let compiling = serde_json::from_value(three_classes()["signing"]["plan"][1]["name"].clone());
    let step = compiling.unwrap();
    assert_eq!(
        waits(&story, MANAGER, "approve"),
        Refusal::WaitsForStep { step }
    );
    assert!(matches!(
        waits(&story, STORE_HEAD, "countersign"),
        Refusal::WaitsForStep { .. }
    ));
    assert_eq!(waits(&story, KEEPER, "countersign"), Refusal::Forbidden);
    assert_eq!(waits(&story, LINE_HEAD, "compile"), Refusal::Forbidden);
    story.must(PLAN_OFFICE, sign(&story, "compile"));
    story.must(STORE_HEAD, sign(&story, "countersign"));
    assert_eq!(story.state(), PlanState::Submitted);
    // Approving is signing the step that waits.
    story.must(MANAGER, story.approve());
    assert_eq!(story.state(), PlanState::Approved);
    let signed = |step: &str, by| (step.to_owned(), by);
    let expected = [
        signed("compile", PLAN_OFFICE),
        signed("countersign", STORE_HEAD),
        signed("approve", MANAGER),
    ];
    assert_eq!(steps_signed(&story), expected);
    assert_eq!(story.document().baselines.len(), 1);
    // The copy is acknowledged afterwards, once.
    story.must(PLAN_OFFICE, sign(&story, "issue"));
    assert_eq!(steps_signed(&story).len(), 4);
    assert_eq!(story.state(), PlanState::Approved);
    let state = PlanState::Approved;
    assert_eq!(
        waits(&story, PLAN_OFFICE, "issue"),
        Refusal::WrongState { state }
    );
}

#[test]
fn a_signature_binds_what_was_seen() {
    let mut story = handed_in();
    let stale = sign(&story, "compile");
    let directive = Item {
        source: "directive".into(),
        ..of_class(3, 0)
    };
    // Compiling adds directive tasks, and nothing else.
    let own = Item {
        source: "own".into(),
        ..directive.clone()
    };
    assert!(matches!(
        story.refused(PLAN_OFFICE, add(own)),
        Refusal::WrongState { .. }
    ));
    story.must(PLAN_OFFICE, add(directive.clone()));
    assert!(matches!(
        story.refused(PLAN_OFFICE, stale),
        Refusal::ContentChanged { .. }
    ));
    story.must(PLAN_OFFICE, sign(&story, "compile"));
    // After the step is signed, what it let be done is over.
    let late = Item {
        id: item_id(4),
        ..directive
    };
    assert!(matches!(
        story.refused(PLAN_OFFICE, add(late)),
        Refusal::WrongState { .. }
    ));
}

#[test]
fn a_section_or_a_source_is_filled_by_whom_the_regime_names() {
    let mut story = under(&three_classes());
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    let directive = Item {
        source: "directive".into(),
        ..of_class(1, 10_000)
    };
    let refused = story.refused(LINE_HEAD, add(directive.clone()));
    let (field, key) = ("source".to_owned(), "directive".to_owned());
    assert_eq!(refused, Refusal::FilledByOthers { field, key });
    story.must(PLAN_OFFICE, add(directive));
    for (field, item) in [
        (
            "category",
            Item {
                category: "huge".into(),
                ..of_class(2, 0)
            },
        ),
        (
            "source",
            Item {
                source: "rumour".into(),
                ..of_class(2, 0)
            },
        ),
        (
            "importance",
            Item {
                importance: Some(Points(100)),
                ..of_class(2, 0)
            },
        ),
    ] {
        let refused = story.refused(LINE_HEAD, add(item));
        assert!(
            matches!(&refused, Refusal::UnknownValue { field: at, .. } if at == field),
            "{refused:?}"
        );
    }
    // What the regime requires is asked when the plan is handed in.
    let without = Item {
        scheme: String::new(),
        ..of_class(3, 0)
    };
    story.must(LINE_HEAD, add(without));
    let refused = story.refused(LINE_HEAD, story.submit());
    let (item, field) = (Some(item_id(3)), "scheme".to_owned());
    assert_eq!(refused, Refusal::FieldMissing { item, field });
}

#[test]
fn returning_and_withdrawing_begin_the_steps_anew() {
    let mut story = handed_in();
    story.must(PLAN_OFFICE, sign(&story, "compile"));
    let back = |story: &Story| {
        Command::ReturnPlan(ReturnPlan {
            plan: PLAN,
            seen: story.seen(),
            reason: "请补充责任人".into(),
        })
    };
    assert!(matches!(
        story.refused(MANAGER, back(&story)),
        Refusal::WaitsForStep { .. }
    ));
    story.must(STORE_HEAD, back(&story));
    assert_eq!(steps_signed(&story), []);
    story.must(LINE_HEAD, story.submit());
    story.must(PLAN_OFFICE, sign(&story, "compile"));
    let take_back = WithdrawPlan {
        plan: PLAN,
        reason: String::new(),
    };
    story.must(LINE_HEAD, Command::WithdrawPlan(take_back));
    assert_eq!(steps_signed(&story), []);
    assert_eq!(story.state(), PlanState::Draft);
}

#[test]
fn who_may_approve_and_not_return_does_not_return() {
    let mut regime = three_classes();
    regime["signing"]["plan"][1]["approve_only"] = json!(true);
    let mut story = under(&regime);
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(of_class(1, 10_000)));
    story.must(LINE_HEAD, story.submit());
    let back = ReturnPlan {
        plan: PLAN,
        seen: story.seen(),
        reason: "不妥".into(),
    };
    let refused = story.refused(PLAN_OFFICE, Command::ReturnPlan(back));
    assert_eq!(refused, Refusal::ApprovesOnly);
}

#[test]
fn who_signs_sees_the_plan_and_not_what_is_reported() {
    let mut story = handed_in();
    let plan = |story: &Story| story.document().plan.clone().unwrap();
    // The store's head neither leads the line nor stands above it.
    assert_eq!(plan(&story).signers, [STORE_HEAD]);
    let stands = |story: &Story, row: &Row| {
        let signing = PartitionId::Judging(LINE, NOVEMBER, STORE_HEAD);
        placement(row, Some(story.document())).contains(&signing)
    };
    assert!(stands(&story, &Row::Plan(plan(&story))));
    assert!(stands(&story, &Row::Item(story.item(1))));
    story.must(PLAN_OFFICE, sign(&story, "compile"));
    story.must(STORE_HEAD, sign(&story, "countersign"));
    story.must(MANAGER, story.approve());
    let kind = shared::report::ReportKind::Progress;
    story.must(WORKER, report(1, 71, kind, 30, day(2026, 11, 10)));
    let report = story.document().reports.values().next().unwrap().clone();
    assert!(!stands(&story, &Row::Report(report)));
}

#[test]
fn a_delegate_signs_in_the_others_place_and_never_judges() {
    let mut story = Story::submitted(&[10_000]);
    story.must(
        MANAGER,
        Command::Delegate(Delegate {
            delegation: DelegationId::from_bits(1),
            from: MANAGER,
            to: STORE_HEAD,
            first: day(2026, 11, 10),
            last: day(2026, 11, 12),
            reason: "出差".into(),
        }),
    );
    assert_eq!(story.refused(KEEPER, story.approve()), Refusal::Forbidden);
    story.must(STORE_HEAD, story.approve());
    assert_eq!(story.state(), PlanState::Approved);
    let plan = story.document().plan.clone().unwrap();
    assert_eq!(
        plan.approved.as_ref().map(|signed| signed.by),
        Some(STORE_HEAD)
    );
    assert_eq!((plan.signs.len(), plan.signs[0].of), (1, Some(MANAGER)));
    let scoring = Command::ScoreSuperior(score(1, None, Some(carried_out("on_time", "good"))));
    assert_eq!(story.refused(STORE_HEAD, scoring), Refusal::Forbidden);
}

#[test]
fn one_approval_is_kept_as_before() {
    let story = Story::approved(&[10_000]);
    let plan = story.document().plan.as_ref().unwrap();
    assert_eq!((plan.signs.len(), plan.signers.len()), (0, 0));
    let text = serde_json::to_string(plan).unwrap();
    assert!(!text.contains("signs") && !text.contains("signers"));
}

/// A week whose superior weighs while signing, under a regime of a month.
fn weighed() -> Story {
    let mut regime = three_classes();
    regime["signing"]["plan"] = json!([
        {"key": "weigh", "name": {"zh": "审定权重", "en": "Weigh"}, "by": ["plan_office"],
         "kind": "review", "weighs": true, "in_person": true},
        {"key": "approve", "name": {"zh": "审批", "en": "Approve"}, "by": ["superior"], "kind": "approve"}
    ]);
    let mut story = under(&regime);
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(of_class(1, 6_000)));
    story.must(LINE_HEAD, add(of_class(2, 4_000)));
    story.must(LINE_HEAD, story.submit());
    story
}

#[test]
fn a_signer_weighs_while_signing() {
    let mut story = weighed();
    let edit = |old, new| Edit {
        old: Points(old),
        new: Points(new),
    };
    let weigh = Command::Weigh(Weigh {
        plan: PLAN,
        weights: vec![
            (item_id(1), edit(6_000, 5_000)),
            (item_id(2), edit(4_000, 5_000)),
        ],
    });
    assert!(matches!(
        story.refused(LINE_HEAD, weigh.clone()),
        Refusal::WrongState { .. }
    ));
    assert_eq!(story.refused(MANAGER, weigh.clone()), Refusal::Forbidden);
    story.must(PLAN_OFFICE, weigh);
    story.must(PLAN_OFFICE, sign(&story, "weigh"));
    story.must(MANAGER, story.approve());
    assert_eq!(story.item(1).weight, Points(5_000));
}

#[test]
fn helpers_agree_before_the_plan_is_handed_in() {
    let mut regime = three_classes();
    regime["items"]["consent"] = json!("before_submission");
    let mut story = under(&regime);
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    let helped = Item {
        helpers: vec![STORE],
        ..of_class(1, 10_000)
    };
    story.must(LINE_HEAD, add(helped));
    let items = vec![item_id(1)];
    let refused = story.refused(LINE_HEAD, story.submit());
    assert_eq!(refused, Refusal::ConsentMissing { items });
    let answer = AnswerHelp {
        plan: PLAN,
        item: item_id(1),
        unit: STORE,
        agreed: true,
        reason: String::new(),
        mirrored: None,
    };
    story.must(STORE_HEAD, Command::AnswerHelp(answer));
    story.must(LINE_HEAD, story.submit());
}

#[test]
fn what_is_unfinished_must_go_on_where_the_regime_forces_it() {
    let mut regime = three_classes();
    regime["items"]["carry"] = json!({"forced": {"sections": ["key_work"]}});
    regime["signing"]["plan"] = json!([
        {"key": "approve", "name": {"zh": "审批", "en": "Approve"}, "by": ["superior"], "kind": "approve"}
    ]);
    let mut story = under(&regime);
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(of_class(1, 6_000)));
    let daily = Item {
        section: "daily_work".into(),
        ..of_class(2, 4_000)
    };
    story.must(LINE_HEAD, add(daily));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.next_month();
    let fresh = Item {
        plan: NEXT,
        due: Some(day(2026, 12, 10)),
        ..of_class(3, 10_000)
    };
    story.must(LINE_HEAD, add(fresh.clone()));
    let refused = story.refused(LINE_HEAD, story.submit_of(NEXT));
    let items = vec![(PLAN, item_id(1))];
    assert_eq!(refused, Refusal::CarryMissing { items });
    // Once it goes on, the plan is handed in; the daily item is nobody's duty.
    let kind = shared::item::LineageKind::CarriedOver;
    let carried = shared::carry::continued(kind, &story.item(1), (item_id(4), NEXT), true);
    let carried = Item {
        due: Some(day(2026, 12, 20)),
        weight: Points(0),
        ..carried
    };
    story.must(LINE_HEAD, add(carried));
    story.must(LINE_HEAD, story.submit_of(NEXT));
}
