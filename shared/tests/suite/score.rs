//! Scores: each side states its own, replaces only what it saw, and knows only the regime's levels.

use serde_json::json;
use shared::command::Command;
use shared::command::organisation::DrawLine;
use shared::command::review::ScoreItem;
use shared::id::ReportingLineId;
use shared::organisation::Line;
use shared::plan::PlanState;
use shared::refusal::Refusal;
use shared::score::Judgement::NotCarriedOut;

use crate::prelude::*;

#[test]
fn a_self_score_is_kept_for_the_superior_of_the_day() {
    let mut story = Story::approved(&[10_000]);
    let good = carried_out("on_time", "good");
    story.must(
        WORKER,
        Command::ScoreSelf(score(1, None, Some(good.clone()))),
    );
    let kept = &story.document().self_scores[&item_id(1)];
    assert_eq!(
        (kept.by, kept.judge, &kept.judgement),
        (WORKER, MANAGER, &good)
    );
    assert_eq!(kept.times, story.moment.times());
    assert!(story.document().superior_scores.is_empty());
}

#[test]
fn each_side_scores_its_own_side_only() {
    let story = Story::approved(&[10_000]);
    let args = score(1, None, Some(NotCarriedOut));
    for actor in [LINE_HEAD, MANAGER, PLAN_OFFICE, KEEPER, STRANGER] {
        assert_eq!(
            story.refused(actor, Command::ScoreSelf(args.clone())),
            Refusal::Forbidden
        );
    }
    for actor in [LINE_HEAD, WORKER, PLAN_OFFICE, STORE_HEAD, STRANGER] {
        let command = Command::ScoreSuperior(args.clone());
        assert_eq!(story.refused(actor, command), Refusal::Forbidden);
    }
}

type Make = fn(ScoreItem) -> Command;

#[test]
fn a_score_is_replaced_and_withdrawn_as_it_was_seen() {
    let mut story = Story::approved(&[10_000]);
    let (good, late) = (carried_out("on_time", "good"), carried_out("late", "good"));
    for (actor, make) in [
        (WORKER, Command::ScoreSelf as Make),
        (MANAGER, Command::ScoreSuperior),
    ] {
        story.must(actor, make(score(1, None, Some(good.clone()))));
        let stale = make(score(1, None, Some(late.clone())));
        let current = json!({"outcome": "carried_out", "efficiency": "on_time", "quality": "good"});
        let (item, field) = (Some(item_id(1)), "judgement".into());
        let changed = Refusal::ChangedMeanwhile {
            item,
            field,
            current,
        };
        assert_eq!(story.refused(actor, stale), changed);
        assert_eq!(
            story.must(actor, make(score(1, None, Some(good.clone())))),
            []
        );
        story.must(
            actor,
            make(score(1, Some(good.clone()), Some(late.clone()))),
        );
        story.must(actor, make(score(1, Some(late.clone()), None)));
        assert_eq!(
            story.must(actor, make(score(1, Some(late.clone()), None))),
            []
        );
    }
    assert!(story.document().self_scores.is_empty());
    assert!(story.document().superior_scores.is_empty());
}

#[test]
fn a_note_alone_can_be_changed() {
    let mut story = Story::approved(&[10_000]);
    story.must(
        MANAGER,
        Command::ScoreSuperior(score(1, None, Some(NotCarriedOut))),
    );
    let noted = ScoreItem {
        note: "未见验收单".into(),
        ..score(1, Some(NotCarriedOut), Some(NotCarriedOut))
    };
    assert_eq!(story.must(MANAGER, Command::ScoreSuperior(noted)).len(), 1);
    assert_eq!(
        story.document().superior_scores[&(item_id(1), MANAGER)].note,
        "未见验收单"
    );
    let note = "长".repeat(2_001);
    let long = ScoreItem {
        note,
        ..score(1, Some(NotCarriedOut), Some(NotCarriedOut))
    };
    let refusal = Refusal::TextTooLong {
        field: "note".into(),
        most: 2_000,
    };
    assert_eq!(
        story.refused(MANAGER, Command::ScoreSuperior(long)),
        refusal
    );
}

#[test]
fn levels_are_those_of_the_regime() {
    let story = Story::approved(&[10_000]);
    for (efficiency, quality, field, given) in [
        ("early", "good", "efficiency", "early"),
        ("late", "perfect", "quality", "perfect"),
    ] {
        let args = score(1, None, Some(carried_out(efficiency, quality)));
        let unknown = Refusal::UnknownValue {
            field: field.into(),
            given: given.into(),
        };
        assert_eq!(
            story.refused(MANAGER, Command::ScoreSuperior(args.clone())),
            unknown
        );
        assert_eq!(story.refused(WORKER, Command::ScoreSelf(args)), unknown);
    }
}

#[test]
fn scores_belong_to_approved_plans() {
    let story = Story::submitted(&[10_000]);
    let wrong = Refusal::WrongState {
        state: PlanState::Submitted,
    };
    let args = score(1, None, Some(NotCarriedOut));
    assert_eq!(
        story.refused(WORKER, Command::ScoreSelf(args.clone())),
        wrong
    );
    assert_eq!(story.refused(MANAGER, Command::ScoreSuperior(args)), wrong);
    let approved = Story::approved(&[10_000]);
    let unknown = score(9, None, Some(NotCarriedOut));
    let not_found = Refusal::not_found("item");
    assert_eq!(
        approved.refused(MANAGER, Command::ScoreSuperior(unknown.clone())),
        not_found
    );
    assert_eq!(
        approved.refused(WORKER, Command::ScoreSelf(unknown)),
        not_found
    );
}

#[test]
fn a_new_judge_starts_anew_and_answers_for_every_score() {
    let mut story = Story::approved(&[6_000, 4_000]);
    let good = carried_out("on_time", "good");
    for n in [1, 2] {
        story.must(
            MANAGER,
            Command::ScoreSuperior(score(n, None, Some(good.clone()))),
        );
    }
    story.must(
        ADMINISTRATOR,
        Command::DrawLine(DrawLine {
            id: ReportingLineId::from_bits(200),
            person: LINE_HEAD,
            superior: STORE_HEAD,
            line: Line::Administrative,
            from: day(2026, 11, 1),
        }),
    );
    // The first judge now stands above the new one, and waits until that one is late.
    let refused = story.refused(
        MANAGER,
        Command::ScoreSuperior(score(1, Some(good.clone()), None)),
    );
    let not_late = Refusal::SuperiorNotLate {
        judge: STORE_HEAD,
        until: Some(day(2026, 12, 7)),
    };
    assert_eq!(refused, not_late);
    // The new judge does not see the first one's scores, so to the new judge there are none.
    story.must(
        STORE_HEAD,
        Command::ScoreSuperior(score(1, None, Some(NotCarriedOut))),
    );
    let seen = "0".repeat(64);
    let publish = shared::command::review::PublishResult { plan: PLAN, seen };
    let missing = Refusal::ScoresMissing {
        items: vec![item_id(2)],
    };
    assert_eq!(
        story.refused(STORE_HEAD, Command::PublishResult(publish)),
        missing
    );
}
