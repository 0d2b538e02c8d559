//! Several raters through commands: what each may state, and every meaning of one who stated nothing.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::review::ScoreAs;
use shared::command::signing::HoldRole;
use shared::id::{PersonId, RoleHolderId};
use shared::item::Edit;
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::document::Regime;
use shared::result::{self, Recomputed};
use shared::row::Row;
use shared::score::Judgement;
use shared::seal::{self, Assessment};
use shared::world::Stop;

use crate::plain::plain;
use crate::prelude::*;

/// The worker at a fifth, the superior at a half, a committee at three tenths.
fn rated(missing: &Value, several: &Value) -> Regime {
    let committee = json!({
        "key": "committee", "by": {"role": "committee"}, "weight": 3_000,
        "missing": missing, "several": several
    });
    let own = json!({"key": "self", "by": "responsible", "weight": 2_000, "missing": "blocks"});
    let superior =
        json!({"key": "superior", "by": "superior", "weight": 5_000, "missing": "blocks"});
    plain(&[
        (
            "/roles",
            json!([{"key": "committee", "name": {"zh": "考核小组", "en": "Committee"}}]),
        ),
        ("/judging/raters", json!([own, superior, committee])),
    ])
}

fn points(points: i64) -> Judgement {
    Judgement::points(Points(points))
}

fn as_committee(old: Option<i64>, new: Option<i64>) -> Command {
    Command::ScoreAs(ScoreAs {
        plan: PLAN,
        item: item_id(1),
        rater: "committee".into(),
        judgement: Edit {
            old: old.map(points),
            new: new.map(points),
        },
        note: "现场核对".into(),
    })
}

fn holds(n: u128, person: PersonId) -> Command {
    Command::HoldRole(HoldRole {
        holder: RoleHolderId::from_bits(n),
        role: "committee".into(),
        unit: None,
        person,
        from: day(2026, 1, 1),
    })
}

/// One item of 100.00: the worker says 70 and the superior 90.
fn rates(story: &mut Story) {
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(item(1, 10_000)));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.moment = noon(day(2026, 12, 2));
    story.must(
        WORKER,
        Command::ScoreSelf(score(1, None, Some(points(7_000)))),
    );
    story.must(
        MANAGER,
        Command::ScoreSuperior(score(1, None, Some(points(9_000)))),
    );
}

/// The same, and the store's two sit in the committee.
fn scored(missing: &Value, several: &Value) -> Story {
    let mut story = Story::founded_under(rated(missing, several).into());
    for (n, person) in [(1, STORE_HEAD), (2, KEEPER)] {
        story.must(ADMINISTRATOR, holds(n, person));
    }
    rates(&mut story);
    story
}

fn total(story: &Story) -> Points {
    story.verdict(MANAGER).unwrap().computed.total
}

/// By hand, 70 x 0.2 + 90 x 0.5 = 59 without the committee: with nothing earned in its place 59.00; left
/// out, 59 / 0.7 = 84.2857..., 84.29; with the worker's 70 in its place 59 + 21 = 80.00.
#[test]
fn every_meaning_of_a_missing_rater() {
    let none = Value::Null;
    for (missing, expected) in [
        (json!("counts_zero"), 5_900),
        (json!("left_out"), 8_429),
        (json!({"instead": "self"}), 8_000),
    ] {
        let mut story = scored(&missing, &none);
        assert_eq!(total(&story), Points(expected), "{missing}");
        // With 80 of the committee it is 59 + 24 = 83.00 whatever a missing one would mean.
        story.must(KEEPER, as_committee(None, Some(8_000)));
        assert_eq!(total(&story), Points(8_300), "{missing}");
        story.must(MANAGER, story.publish());
        let result = story.document().result().unwrap();
        let document = story.regime().document;
        assert_eq!(result::recompute(result, &document), Recomputed::Identical);
    }
    for missing in [json!("blocks"), json!("provisional")] {
        let mut story = scored(&missing, &none);
        let items = vec![item_id(1)];
        let lacks = Stop::Refused(Refusal::ScoresMissing { items });
        assert_eq!(story.verdict(MANAGER), Err(lacks), "{missing}");
        let today = story.moment.today();
        let running = result::running(&story.world, PLAN, MANAGER, today).unwrap();
        let of = ("committee".to_owned(), item_id(1));
        assert!(running.missing.ratings.contains(&of));
        story.must(KEEPER, as_committee(None, Some(8_000)));
        assert_eq!(total(&story), Points(8_300));
    }
}

/// One's own score is recorded and weighs nothing: what the superior judged is the judgement. Where
/// both weigh, none of the two is.
#[test]
fn what_one_rater_alone_decided_reads_back() {
    for (own, superior, expected) in [(0, 10_000, Some(points(9_000))), (5_000, 5_000, None)] {
        let own = json!({"key": "self", "by": "responsible", "weight": own, "missing": "left_out"});
        let superior =
            json!({"key": "superior", "by": "superior", "weight": superior, "missing": "blocks"});
        let regime = plain(&[("/judging/raters", json!([own, superior]))]);
        let mut story = Story::founded_under(regime.clone().into());
        rates(&mut story);
        story.must(MANAGER, story.publish());
        let document = story.document();
        let result = document.result().unwrap();
        let organisation = story.world.organisation();
        let kind = organisation.periods[&result.period].kind;
        let judged = result.judged(regime.rules(kind).unwrap(), document);
        assert_eq!(judged.get(&item_id(1)).cloned(), expected);
    }
}

/// What nobody could publish by the deadline for filing is provisional at 1.00, and nobody's pay waits.
#[test]
fn a_provisional_rater_holds_up_nobodys_pay() {
    let mut story = scored(&json!("provisional"), &Value::Null);
    story.moment = noon(day(2026, 12, 9));
    let at = story.moment.received;
    let draft = seal::draft(&story.world, &[PLAN], at, PLAN_OFFICE).unwrap();
    assert_eq!(draft.assessment, Assessment::Provisional);
    assert_eq!(draft.coefficient, BasisPoints(10_000));
}

/// Two of the committee say 80 and 60: the mean is 70, 59 + 21 = 80.00; the first alone, 59 + 24 = 83.00.
#[test]
fn several_who_hold_a_role() {
    for (several, expected) in [("mean", 8_000), ("first", 8_300)] {
        let mut story = scored(&json!("blocks"), &json!(several));
        story.must(STORE_HEAD, as_committee(None, Some(8_000)));
        story.moment = noon(day(2026, 12, 3));
        story.must(KEEPER, as_committee(None, Some(6_000)));
        assert_eq!(total(&story), Points(expected), "{several}");
    }
}

/// Each of them changes only what is his or her own, within what the method knows; what one states is
/// seen by the superior and by nobody else of the committee.
#[test]
fn who_may_state_what() {
    let mut story = scored(&json!("left_out"), &json!("mean"));
    for person in [WORKER, LINE_HEAD, MANAGER, PLAN_OFFICE] {
        assert_eq!(
            story.refused(person, as_committee(None, Some(8_000))),
            Refusal::Forbidden
        );
    }
    let refused = story.refused(KEEPER, as_committee(None, Some(10_001)));
    assert!(matches!(refused, Refusal::OutOfRange { .. }), "{refused:?}");
    let Command::ScoreAs(args) = as_committee(None, Some(8_000)) else {
        unreachable!("it was made as one");
    };
    let superior = ScoreAs {
        rater: "superior".into(),
        ..args
    };
    let unknown = Refusal::UnknownValue {
        field: "rater".into(),
        given: "superior".into(),
    };
    assert_eq!(story.refused(MANAGER, Command::ScoreAs(superior)), unknown);
    story.must(KEEPER, as_committee(None, Some(8_000)));
    // The other one begins with nothing and does not change the first.
    story.must(STORE_HEAD, as_committee(None, Some(6_000)));
    let refused = story.refused(STORE_HEAD, as_committee(Some(8_000), Some(9_000)));
    assert!(
        matches!(refused, Refusal::ChangedMeanwhile { .. }),
        "{refused:?}"
    );
    assert_eq!(story.document().rater_scores.len(), 2);
    let own = story.document().rater_scores.values();
    let own = own.clone().find(|one| one.score.by == KEEPER).unwrap();
    let seen = placement(&Row::RaterScore(own.clone()), Some(story.document()));
    let judging = PartitionId::Judging(LINE, NOVEMBER, MANAGER);
    assert_eq!(seen, [judging, PartitionId::User(KEEPER)]);
    story.must(KEEPER, as_committee(Some(8_000), None));
    assert_eq!(story.document().rater_scores.len(), 1);
    story.must(MANAGER, story.publish());
    let refused = story.refused(KEEPER, as_committee(None, Some(8_000)));
    assert!(matches!(refused, Refusal::WrongState { .. }), "{refused:?}");
}
