//! Raters beside the superior, through commands: who sees what is rated, who has handed in how much,
//! and that nobody else sees it.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::review::ScoreAs;
use shared::command::signing::HoldRole;
use shared::id::{PersonId, RoleHolderId};
use shared::item::{Edit, Item};
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::quantity::Points;
use shared::rating::{self, HandedIn};
use shared::refusal::Refusal;
use shared::regime::Document;
use shared::report::ReportKind;
use shared::row::Row;
use shared::score::Judgement;

use crate::prelude::*;

/// A month in which the project manager rates items of projects beside the superior.
fn rated() -> Value {
    let shipped = include_str!("../../src/regime/presets/software-company.json");
    let shipped: Value = serde_json::from_str(shipped).unwrap();
    let mut regime = shipped["regime"].clone();
    regime["house_defaults"] = json!([]);
    regime
}

/// The line's plan is approved; the first of its two items comes from a project, whose manager is the
/// keeper of the store.
fn approved() -> Story {
    let document: Document = serde_json::from_value(rated()).unwrap();
    let mut story = Story::founded_under(document);
    let hold = HoldRole {
        holder: RoleHolderId::from_bits(7),
        role: "project_manager".into(),
        unit: None,
        person: KEEPER,
        from: day(2026, 1, 1),
    };
    story.must(ADMINISTRATOR, Command::HoldRole(hold));
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    let section = rated()["items"]["sections"][0]["key"].clone();
    let section = section.as_str().unwrap().to_owned();
    let of = |n, weight, source: &str| Item {
        source: source.into(),
        section: section.clone(),
        ..item(n, weight)
    };
    story.must(LINE_HEAD, add(of(1, 6_000, "project")));
    story.must(LINE_HEAD, add(of(2, 4_000, "")));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story
}

fn rates(n: u128, points: i64) -> Command {
    Command::ScoreAs(ScoreAs {
        plan: PLAN,
        item: item_id(n),
        rater: "project_manager".into(),
        judgement: Edit {
            old: None,
            new: Some(Judgement::points(Points(points))),
        },
        note: String::new(),
    })
}

fn share(story: &Story, person: PersonId) -> Option<HandedIn> {
    let organisation = story.world.organisation();
    let period = &organisation.periods[&NOVEMBER];
    let document = story.document();
    let plan = document.plan.as_ref().unwrap();
    let rules = organisation.rules(period).unwrap();
    let of = (rules, period);
    rating::of(
        organisation,
        of,
        (plan, document),
        person,
        story.moment.today(),
    )
}

#[test]
fn a_rater_sees_the_plan_and_what_is_reported_of_it() {
    let mut story = approved();
    let plan = story.document().plan.clone().unwrap();
    assert_eq!(plan.raters, [KEEPER]);
    let today = story.moment.today();
    let done = report(1, 1, ReportKind::Completion, 100, today);
    story.must(WORKER, done);
    let document = story.document();
    let theirs = PartitionId::Judging(plan.unit, plan.period, KEEPER);
    let rows = [
        Row::Plan(plan.clone()),
        Row::Item(document.items[&item_id(1)].clone()),
        Row::Report(document.reports.values().next().unwrap().clone()),
    ];
    for row in rows {
        assert!(placement(&row, Some(document)).contains(&theirs), "{row:?}");
    }
    // What the person says of himself is for the superior alone.
    let own = Command::ScoreSelf(score(1, None, Some(Judgement::points(Points(6_000)))));
    story.must(WORKER, own);
    let document = story.document();
    let own = document.self_scores.values().next().unwrap();
    let own = placement(&Row::SelfScore(own.clone()), Some(document));
    assert!(!own.contains(&theirs));
}

#[test]
fn a_rater_is_asked_for_what_the_regime_names() {
    let mut story = approved();
    let of = |done, all| {
        Some(HandedIn {
            person: KEEPER,
            done,
            all,
        })
    };
    assert_eq!(share(&story, KEEPER), of(0, 1));
    assert_eq!(share(&story, MANAGER), None);
    assert_eq!(share(&story, WORKER), None);
    // The other item comes from no project.
    let other = story.refused(KEEPER, rates(2, 1_000));
    assert!(matches!(other, Refusal::UnknownValue { .. }), "{other:?}");
    assert_eq!(story.refused(WORKER, rates(1, 1_000)), Refusal::Forbidden);
    story.must(KEEPER, rates(1, 5_000));
    assert_eq!(share(&story, KEEPER), of(1, 1));
}

#[test]
fn who_is_no_rater_any_more_is_asked_for_nothing() {
    let mut story = approved();
    let held = story.world.organisation().role_holders.values().next();
    let holder = held.unwrap().id;
    let end = shared::command::signing::EndRole {
        holder,
        to: day(2026, 11, 10),
    };
    story.must(ADMINISTRATOR, Command::EndRole(end));
    story.on(11);
    assert_eq!(share(&story, KEEPER), None);
}
