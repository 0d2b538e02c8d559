//! What the program finds by itself: a pure function from what happened to proposals.

use std::collections::BTreeMap;

use serde_json::json;
use shared::command::ledger::ProposeEntry;
use shared::item::TargetKind;
use shared::ledger::found::{Event, Happening, Proposal, UndoneItem, propose};
use shared::ledger::gather::happenings;
use shared::regime::deadlines::PlanStep;
use shared::report::ReportKind;
use shared::result::engine_3::inputs::Late;

use super::{SHEET, Story, november_day, proposal, row, sheet, under};
use crate::prelude::*;

fn happening(event: Event, late: Late) -> Happening {
    Happening {
        whose: LINE_HEAD,
        plan: Some(PLAN),
        event,
        happened: november_day(20),
        late,
    }
}

fn undone(n: u128, section: &str) -> Event {
    Event::Undone(UndoneItem {
        item: item_id(n),
        section: section.into(),
        category: String::new(),
        source: String::new(),
        target: TargetKind::Done,
        must: false,
    })
}

fn hours(working_hours: u32) -> Late {
    Late {
        calendar: 2,
        working: 1,
        clock_hours: 30,
        working_hours,
    }
}

fn story() -> Story {
    under(sheet(json!([
        row(
            "late_plan",
            json!({"trigger": {"late": {"of": {"step": "submission"}}}})
        ),
        row("no_plan", json!({"trigger": {"not_handed_in": {}}})),
        row(
            "per_hour",
            json!({"counted": "hour_late", "trigger": {"late": {"of": "due"}}}),
        ),
        row(
            "major",
            json!({"counted": "item", "trigger": {"undone": {"of": {"sections": ["key_work"]}}}}),
        ),
        row(
            "any",
            json!({"counted": "month", "trigger": {"undone": {"of": {}}}})
        ),
        row("by_hand", json!({})),
    ])))
}

fn found(story: &Story, happenings: &[Happening]) -> Vec<Proposal> {
    let tariffs = shared::ledger::sheet::tariffs(story.world.organisation(), SHEET).unwrap();
    let none = BTreeMap::new();
    let ledger = story.world.ledger(LINE, NOVEMBER).unwrap_or(&none);
    propose((SHEET, tariffs), happenings, ledger)
}

fn keys(found: &[Proposal]) -> Vec<(&str, u32)> {
    found.iter().map(|p| (p.tariff.as_str(), p.count)).collect()
}

#[test]
fn each_tariff_finds_what_it_names() {
    let story = story();
    let none = Late::default();
    let all = [
        happening(Event::StepLate(PlanStep::Submission), hours(3)),
        happening(Event::StepLate(PlanStep::SelfScore), hours(3)),
        happening(Event::ItemLate(item_id(1)), hours(7)),
        // Less than a full hour costs nothing.
        happening(Event::ItemLate(item_id(2)), hours(0)),
        happening(undone(3, "key_work"), none),
        happening(undone(4, "daily_work"), none),
    ];
    // By the month: two items undone are one entry of that tariff.
    let expected = [("late_plan", 1), ("per_hour", 7), ("major", 1), ("any", 1)];
    assert_eq!(keys(&found(&story, &all)), expected);
    let missing = [happening(Event::NotHandedIn, none)];
    assert_eq!(keys(&found(&story, &missing)), [("no_plan", 1)]);
}

#[test]
fn what_was_proposed_is_not_found_again_whatever_became_of_it() {
    let mut story = story();
    story.must(LINE_HEAD, shared::command::Command::DraftPlan(line_plan()));
    let late = [happening(Event::StepLate(PlanStep::Submission), hours(3))];
    assert_eq!(found(&story, &late).len(), 1);
    let entered = ProposeEntry {
        person: LINE_HEAD,
        plan: Some(PLAN),
        ..proposal(1, "late_plan", 9)
    };
    story.must(PLAN_OFFICE, super::propose(entered));
    assert_eq!(found(&story, &late), []);
    story.must(PLAN_OFFICE, story.decide(1, false, "有说明"));
    assert_eq!(found(&story, &late), []);
}

/// What was proposed before there was a plan at all counts for the plan that was begun since.
#[test]
fn a_missing_plan_is_proposed_once() {
    let mut story = story();
    let missing = [happening(Event::NotHandedIn, Late::default())];
    assert_eq!(keys(&found(&story, &missing)), [("no_plan", 1)]);
    let entered = ProposeEntry {
        person: LINE_HEAD,
        plan: None,
        ..proposal(1, "no_plan", 9)
    };
    story.must(PLAN_OFFICE, super::propose(entered));
    assert_eq!(found(&story, &missing), []);
}

/// Due on 28 October and handed in on 10 November: thirteen days late. Both items are due on Friday,
/// the 20th; the first is completed on Monday, three days and one working day later.
#[test]
fn plans_say_what_was_late_and_what_is_not_done() {
    let mut story = Story::drafted(&[6_000, 4_000]);
    let at = |story: &Story| happenings(&story.world, LINE, NOVEMBER, story.moment.received);
    let missing = at(&story);
    let events: Vec<&Event> = missing.iter().map(|one| &one.event).collect();
    assert_eq!(events, [&Event::NotHandedIn]);
    assert_eq!(
        (missing[0].whose, missing[0].happened),
        (LINE_HEAD, day(2026, 10, 28))
    );
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.on(20);
    assert_eq!(at(&story).len(), 1);
    story.on(23);
    let done = report(1, 71, ReportKind::Completion, 100, november_day(23));
    story.must(WORKER, done);
    let found = at(&story);
    let all: Vec<_> = found
        .iter()
        .map(|one| (one.whose, one.happened, one.late.calendar, one.late.working))
        .collect();
    assert_eq!(
        all,
        [
            (LINE_HEAD, november_day(10), 13, 9),
            (WORKER, november_day(20), 0, 0),
            (WORKER, november_day(23), 3, 1),
        ]
    );
    assert_eq!(found[0].event, Event::StepLate(PlanStep::Submission));
    assert_eq!(found[1].event.item(), Some(item_id(2)));
    assert_eq!(found[2].event, Event::ItemLate(item_id(1)));
}
