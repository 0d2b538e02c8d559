//! Changes of approved plans that several agree to, and the forms of their window, through commands.

use serde_json::{Value, json};
use shared::change_request::{self, ChangeState, ItemChange};
use shared::command::Command;
use shared::command::plan::{DecideChange, RequestChange};
use shared::id::{ChangeRequestId, ItemId};
use shared::item::{Edit, ItemEdit};
use shared::refusal::Refusal;

use super::plans::{handed_in, of_class, sign, three_classes, under};
use crate::prelude::*;

const REQUEST: ChangeRequestId = ChangeRequestId::from_bits(501);

/// A wish to move the first item's due day by ten days.
fn extension(n: u128) -> Command {
    let edit = Edit {
        old: Some(day(2026, 11, 20)),
        new: Some(day(2026, 11, 30)),
    };
    Command::RequestChange(RequestChange {
        request: ChangeRequestId::from_bits(500 + n),
        plan: PLAN,
        changes: vec![ItemChange::Edit(item_id(1), vec![ItemEdit::Due(edit)])],
        reason: "模具延期".into(),
        evidence: "供应商函".into(),
    })
}

fn decide(story: &Story, agreed: bool) -> Command {
    let document = story.document();
    let plan = document.plan.as_ref().unwrap();
    Command::DecideChange(DecideChange {
        plan: PLAN,
        request: REQUEST,
        agreed,
        reason: if agreed {
            String::new()
        } else {
            "不同意".into()
        },
        seen: change_request::seen(plan, document, &document.requests[&REQUEST]),
    })
}

fn approved() -> Story {
    let mut story = handed_in();
    story.must(PLAN_OFFICE, sign(&story, "compile"));
    story.must(STORE_HEAD, sign(&story, "countersign"));
    story.must(MANAGER, story.approve());
    story
}

fn due(story: &Story) -> Option<shared::moment::Day> {
    story.document().items[&item_id(1)].due
}

#[test]
fn a_change_is_agreed_to_in_steps() {
    let mut story = approved();
    // The head asks, which is the head's step; the deputy remains, and a copy holds nothing up.
    story.must(LINE_HEAD, extension(1));
    assert_eq!(
        story.refused(PLAN_OFFICE, decide(&story, true)),
        Refusal::Forbidden
    );
    story.must(MANAGER, decide(&story, true));
    assert_eq!(
        story.document().requests[&REQUEST].state,
        ChangeState::Agreed
    );
    assert_eq!(due(&story), Some(day(2026, 11, 30)));
}

#[test]
fn what_is_asked_from_above_is_agreed_to_below_first() {
    let mut regime = three_classes();
    regime["signing"]["change"] = json!([
        {"key": "head", "name": {"zh": "部门", "en": "Head"}, "by": ["plan_office"], "kind": "review"},
        {"key": "deputy", "name": {"zh": "分管", "en": "Deputy"}, "by": ["superior"], "kind": "approve"}
    ]);
    regime["signing"]["plan"] = json!([
        {"key": "approve", "name": {"zh": "审批", "en": "Approve"}, "by": ["superior"], "kind": "approve"}
    ]);
    let mut story = under(&regime);
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(of_class(1, 10_000)));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.must(MANAGER, extension(1));
    assert_eq!(
        story.refused(PLAN_OFFICE, decide(&story, true)),
        Refusal::Forbidden
    );
    story.must(LINE_HEAD, decide(&story, true));
    assert_eq!(due(&story), Some(day(2026, 11, 20)));
    story.must(PLAN_OFFICE, decide(&story, true));
    // The superior asked, which was the last step.
    assert_eq!(due(&story), Some(day(2026, 11, 30)));
    let signs = &story.document().requests[&REQUEST].signs;
    assert_eq!(signs.len(), 1);
}

#[test]
fn windows_in_their_forms() {
    let with = |window: Value, inside: &str, after: Value| {
        let mut regime = three_classes();
        regime["changes"] = json!({
            "kinds": ["extend", "cancel"], "window": window, "inside": inside, "after_due": after
        });
        regime["signing"]["plan"] = json!([
            {"key": "approve", "name": {"zh": "审批", "en": "Approve"}, "by": ["superior"], "kind": "approve"}
        ]);
        let mut story = under(&regime);
        story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
        story.must(LINE_HEAD, add(of_class(1, 10_000)));
        story.must(LINE_HEAD, story.submit());
        story.must(MANAGER, story.approve());
        story
    };
    let items = vec![item_id(1)];
    let refused = || json!("refused");
    // Due on the 20th; in the literal reading a change is asked for from the 17th on.
    let mut literal = with(json!({"only_within": {"days": 3}}), "flagged", refused());
    literal.on(16);
    let early = Refusal::ChangeTooEarly {
        items: items.clone(),
        days: 3,
    };
    assert_eq!(literal.refused(LINE_HEAD, extension(1)), early);
    literal.on(17);
    literal.must(LINE_HEAD, extension(1));
    let late = Refusal::ChangeTooLate {
        items: items.clone(),
    };
    let mut until = with(json!({"until": {"days": 3}}), "refused", refused());
    until.on(18);
    assert_eq!(until.refused(LINE_HEAD, extension(1)), late);
    until.on(17);
    until.must(LINE_HEAD, extension(1));
    let mut always = with(json!("always"), "refused", refused());
    always.on(20);
    always.must(LINE_HEAD, extension(1));
    always.on(21);
    assert_eq!(always.refused(LINE_HEAD, extension(2)), late);
    // Only what the regime names is asked for.
    let title = Edit {
        old: "事项 1".to_owned(),
        new: "另一件".to_owned(),
    };
    let other = Command::RequestChange(RequestChange {
        request: ChangeRequestId::from_bits(509),
        plan: PLAN,
        changes: vec![ItemChange::Edit(item_id(1), vec![ItemEdit::Title(title)])],
        reason: "换内容".into(),
        evidence: String::new(),
    });
    until.on(12);
    let (field, given) = ("change".to_owned(), "change".to_owned());
    assert_eq!(
        until.refused(LINE_HEAD, other),
        Refusal::UnknownValue { field, given }
    );
}

#[test]
fn force_majeure_is_agreed_to_by_whom_the_regime_names() {
    let mut story = approved();
    story.on(23);
    story.must(LINE_HEAD, extension(1));
    // After the due day the deputy alone decides, who is the manager here.
    assert_eq!(
        story.refused(PLAN_OFFICE, decide(&story, true)),
        Refusal::Forbidden
    );
    story.must(MANAGER, decide(&story, true));
    assert_eq!(due(&story), Some(day(2026, 11, 30)));
    let ids: Vec<ItemId> = story.document().baselines[&2].excused.clone();
    assert_eq!(ids, [item_id(1)]);
}
