//! Grades by decision through commands: proposed, decided, published with the gates that exclude some.

use serde_json::json;
use shared::command::Command;
use shared::command::grade::GiveGrade;
use shared::command::signing::HoldRole;
use shared::id::RoleHolderId;
use shared::item::Edit;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::document::Regime;
use shared::result::{self, Recomputed};
use shared::world::Stop;

use crate::plain::plain;
use crate::prelude::*;

/// A month that is graded by decision, without points: the superior proposes, a committee decides.
fn decided() -> Regime {
    let level = |key: &str, coefficient: i64| json!({"key": key, "name": {"zh": key, "en": key}, "coefficient": coefficient});
    let by = json!({"decided": {
        "levels": [level("excellent", 12_000), level("competent", 10_000), level("incompetent", 0)],
        "by": [{"role": "committee"}], "proposed_by": ["superior"]
    }});
    plain(&[
        (
            "/roles",
            json!([{"key": "committee", "name": {"zh": "考核委员会", "en": "Committee"}}]),
        ),
        ("/grades/by", by),
        ("/cycles/0/total", json!(null)),
    ])
}

fn give(decided: bool, old: Option<&str>, new: Option<&str>) -> Command {
    Command::GiveGrade(GiveGrade {
        plan: PLAN,
        decided,
        level: Edit {
            old: old.map(Into::into),
            new: new.map(Into::into),
        },
        reason: "全年出色".into(),
    })
}

/// The store's head sits in the committee; the line's plan is approved.
fn approved() -> Story {
    let mut story = Story::founded_under(decided().into());
    story.must(
        ADMINISTRATOR,
        Command::HoldRole(HoldRole {
            holder: RoleHolderId::from_bits(1),
            role: "committee".into(),
            unit: None,
            person: STORE_HEAD,
            from: day(2026, 1, 1),
        }),
    );
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(item(1, 10_000)));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.moment = noon(day(2026, 12, 2));
    story
}

/// Proposed excellent, decided competent: 1.00, no points. Who decides sees the plan.
#[test]
fn what_is_decided_counts() {
    let mut story = approved();
    let plan = story.document().plan.clone().unwrap();
    assert_eq!(plan.signers, [STORE_HEAD]);
    story.must(MANAGER, give(false, None, Some("excellent")));
    assert_eq!(
        story.verdict(MANAGER),
        Err(Stop::Refused(Refusal::GradeOpen))
    );
    story.must(STORE_HEAD, give(true, None, Some("competent")));
    let given = story.document().grade.clone().unwrap();
    // Who proposed sees what became of it.
    assert_eq!(given.deciders, [MANAGER, STORE_HEAD]);
    assert_eq!(given.proposed.unwrap().level, "excellent");
    story.must(MANAGER, story.publish());
    let result = story.document().result().unwrap();
    assert_eq!(
        (result.total, result.coefficient),
        (Points(0), BasisPoints(10_000))
    );
    let three = result.three.as_ref().unwrap();
    assert_eq!(
        (three.band.as_deref(), three.preliminary),
        (Some("competent"), false)
    );
    let document = story.regime().document;
    assert_eq!(result::recompute(result, &document), Recomputed::Identical);
}

#[test]
fn who_proposes_and_who_decides() {
    let mut story = approved();
    for person in [LINE_HEAD, WORKER, PLAN_OFFICE] {
        assert_eq!(
            story.refused(person, give(false, None, Some("excellent"))),
            Refusal::Forbidden
        );
    }
    assert_eq!(
        story.refused(MANAGER, give(true, None, Some("excellent"))),
        Refusal::Forbidden
    );
    let unknown = Refusal::UnknownValue {
        field: "level".into(),
        given: "best".into(),
    };
    assert_eq!(
        story.refused(MANAGER, give(false, None, Some("best"))),
        unknown
    );
    story.must(STORE_HEAD, give(true, None, Some("incompetent")));
    // What is decided is not proposed any more; who decided may think better of it.
    let refused = story.refused(MANAGER, give(false, None, Some("competent")));
    assert_eq!(refused, Refusal::already_exists("decision"));
    let refused = story.refused(STORE_HEAD, give(true, Some("excellent"), Some("competent")));
    assert!(
        matches!(refused, Refusal::ChangedMeanwhile { .. }),
        "{refused:?}"
    );
    story.must(
        STORE_HEAD,
        give(true, Some("incompetent"), Some("competent")),
    );
    story.must(STORE_HEAD, give(true, Some("competent"), None));
    assert_eq!(
        story.verdict(MANAGER),
        Err(Stop::Refused(Refusal::GradeOpen))
    );
}

/// Under a regime with points nothing is decided.
#[test]
fn points_are_not_decided() {
    let mut story = Story::founded_under(plain(&[]).into());
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    let refused = story.refused(MANAGER, give(true, None, Some("a")));
    assert_eq!(refused, Refusal::NothingToDecide);
}
