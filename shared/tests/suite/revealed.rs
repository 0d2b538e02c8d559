//! Whether a person sees each rater's own figures after publication.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::review::{ScoreAs, ScoreItem};
use shared::command::signing::HoldRole;
use shared::id::{PersonId, RoleHolderId};
use shared::item::Edit;
use shared::permission;
use shared::placement::placement;
use shared::quantity::Points;
use shared::result::{self, Recomputed};
use shared::row::Row;
use shared::score::Judgement;

use crate::plain::plain;
use crate::prelude::*;

fn points(points: i64) -> Judgement {
    Judgement::points(Points(points))
}

/// One item of 100.00 of the line's plan: the worker says 70 and the superior 90, and of the committee the
/// head of the store says 80 and the keeper 60. Published.
fn published(revealed: bool) -> Story {
    let committee = json!({
        "key": "committee", "by": {"role": "committee"}, "weight": 3_000,
        "missing": "blocks", "several": "mean"
    });
    let own = json!({"key": "self", "by": "responsible", "weight": 2_000, "missing": "blocks"});
    let superior =
        json!({"key": "superior", "by": "superior", "weight": 5_000, "missing": "blocks"});
    let role = json!([{"key": "committee", "name": {"zh": "考核小组", "en": "Committee"}}]);
    let set: [(&str, Value); 3] = [
        ("/roles", role),
        ("/judging/raters", json!([own, superior, committee])),
        ("/after/revealed", json!(revealed)),
    ];
    let mut story = Story::founded_under(plain(&set).into());
    for (n, person) in [(1, STORE_HEAD), (2, KEEPER)] {
        let hold = HoldRole {
            holder: RoleHolderId::from_bits(n),
            role: "committee".into(),
            unit: None,
            person,
            from: day(2026, 1, 1),
        };
        story.must(ADMINISTRATOR, Command::HoldRole(hold));
    }
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(item(1, 10_000)));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.moment = noon(day(2026, 12, 2));
    let own: ScoreItem = score(1, None, Some(points(7_000)));
    story.must(WORKER, Command::ScoreSelf(own));
    let superior: ScoreItem = score(1, None, Some(points(9_000)));
    story.must(MANAGER, Command::ScoreSuperior(superior));
    for (person, score) in [(STORE_HEAD, 8_000), (KEEPER, 6_000)] {
        let score = ScoreAs {
            plan: PLAN,
            item: item_id(1),
            rater: "committee".into(),
            judgement: Edit {
                old: None,
                new: Some(points(score)),
            },
            note: "现场核对".into(),
        };
        story.must(person, Command::ScoreAs(score));
    }
    story.must(MANAGER, story.publish());
    story
}

fn sees(story: &Story, person: PersonId, row: &Row) -> bool {
    let organisation = story.world.organisation();
    let mut stands = placement(row, Some(story.document())).into_iter();
    stands.any(|one| permission::may_see(organisation, person, day(2026, 12, 2), one))
}

/// By hand 70 x 0.2 + 90 x 0.5 + (80 + 60) / 2 x 0.3 = 14 + 45 + 21 = 80.00, whatever is revealed, and the
/// person recomputes it from what the person holds.
#[test]
fn the_result_is_the_same_and_recomputes() {
    for revealed in [false, true] {
        let story = published(revealed);
        let result = story.document().result().unwrap();
        assert_eq!(result.total, Points(8_000));
        assert!(sees(&story, LINE_HEAD, &Row::Result(result.clone())));
        let document = story.regime().document;
        assert_eq!(result::recompute(result, &document), Recomputed::Identical);
    }
}

/// Revealed, the person and who judged see who stated what and why; each rater alone, nobody else.
#[test]
fn revealed_each_stands_with_its_name_and_reason() {
    let story = published(true);
    let revealed = story.document().revealed[&1].clone();
    let stated: Vec<_> = revealed
        .items
        .iter()
        .map(|one| {
            (
                one.rater.as_str(),
                one.by,
                &one.judgement,
                one.note.as_str(),
            )
        })
        .collect();
    let note = "现场核对";
    let mut committee = [
        ("committee", STORE_HEAD, &points(8_000), note),
        ("committee", KEEPER, &points(6_000), note),
    ];
    committee.sort_by_key(|one| one.1);
    let own = stated.iter().find(|one| one.0 == "self").unwrap();
    assert_eq!((own.1, own.2), (WORKER, &points(7_000)));
    let superior = stated.iter().find(|one| one.0 == "superior").unwrap();
    assert_eq!((superior.1, superior.2), (MANAGER, &points(9_000)));
    let others: Vec<_> = stated
        .iter()
        .filter(|one| one.0 == "committee")
        .copied()
        .collect();
    assert_eq!(others, committee);
    assert_eq!(stated.len(), 4);
    let row = Row::Revealed(Box::new(revealed));
    assert!(sees(&story, LINE_HEAD, &row) && sees(&story, MANAGER, &row));
    for person in [WORKER, STORE_HEAD, KEEPER] {
        assert!(!sees(&story, person, &row), "{person}");
    }
}

/// Not revealed, no row names a rater to the person: scores stand with the superior and with who stated
/// them, and the result says no name, no word, and a rater by place alone.
#[test]
fn not_revealed_nothing_names_a_rater() {
    let story = published(false);
    let document = story.document();
    assert!(document.revealed.is_empty());
    let others = document.rater_scores.values();
    let others = others.map(|one| Row::RaterScore(one.clone()));
    let superior = document.superior_scores.values();
    let superior = superior.map(|one| Row::SuperiorScoreBy(one.clone()));
    let own = document.self_scores.values();
    let own = own.map(|one| Row::SelfScore(one.clone()));
    for row in others.chain(superior).chain(own) {
        assert!(!sees(&story, LINE_HEAD, &row), "{:?}", row.key());
    }
    let result = serde_json::to_string(document.result().unwrap()).unwrap();
    for person in [STORE_HEAD, KEEPER, WORKER] {
        assert!(!result.contains(&person.to_string()), "{person}");
    }
    assert!(!result.contains("现场核对"));
}
