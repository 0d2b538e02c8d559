//! Reports: the responsible person says how far it is and when it happened, within what can be.

use shared::command::Command;
use shared::command::review::ReportItem;
use shared::id::ReportId;
use shared::item::Item;
use shared::plan::PlanState;
use shared::quantity::Quantity;
use shared::refusal::Refusal;
use shared::report::ReportKind::{Completion, Progress};

use crate::prelude::*;

#[test]
fn a_report_is_kept_as_written_with_its_times() {
    let mut story = Story::approved(&[10_000]);
    let Command::ReportItem(args) = report(1, 1, Progress, 40, day(2026, 11, 9)) else {
        unreachable!()
    };
    let quantity = Some(Quantity(-5));
    let note = "半成品已入库".to_owned();
    story.must(
        WORKER,
        Command::ReportItem(ReportItem {
            quantity,
            note: note.clone(),
            ..args
        }),
    );
    let kept = &story.document().reports[&ReportId::from_bits(1)];
    assert_eq!(
        (kept.by, kept.percent, kept.quantity),
        (WORKER, 40, quantity)
    );
    assert_eq!((&kept.note, kept.happened), (&note, day(2026, 11, 9)));
    assert_eq!(kept.times, story.moment.times());
}

#[test]
fn only_the_responsible_person_reports() {
    let story = Story::approved(&[10_000]);
    let command = report(1, 1, Progress, 40, day(2026, 11, 9));
    for actor in [LINE_HEAD, MANAGER, PLAN_OFFICE, KEEPER, STRANGER] {
        assert_eq!(story.refused(actor, command.clone()), Refusal::Forbidden);
    }
}

#[test]
fn an_item_is_reported_on_once_its_plan_is_approved() {
    let command = report(1, 1, Progress, 40, day(2026, 11, 9));
    let story = Story::drafted(&[10_000]);
    let refusal = story.refused(WORKER, command.clone());
    assert_eq!(
        refusal,
        Refusal::WrongState {
            state: PlanState::Draft
        }
    );
    let mut story = Story::approved(&[10_000]);
    story.must(WORKER, command.clone());
    assert_eq!(
        story.refused(WORKER, command),
        Refusal::already_exists("report")
    );
    let unknown = report(9, 2, Progress, 40, day(2026, 11, 9));
    assert_eq!(story.refused(WORKER, unknown), Refusal::not_found("item"));
}

#[test]
fn progress_is_a_percentage_and_a_completion_is_whole() {
    let story = Story::approved(&[10_000]);
    let today = story.moment.today();
    let out = |least: &str| Refusal::OutOfRange {
        field: "percent".into(),
        least: least.into(),
        most: "100".into(),
    };
    assert_eq!(
        story.refused(WORKER, report(1, 1, Progress, 101, today)),
        out("0")
    );
    assert_eq!(
        story.refused(WORKER, report(1, 1, Completion, 99, today)),
        out("100")
    );
}

#[test]
fn work_happened_neither_after_tomorrow_nor_long_before_the_period() {
    let mut story = Story::approved(&[10_000]);
    // The period begins on 1 November 2026; 366 days before is 31 October 2025.
    let out = Refusal::OutOfRange {
        field: "happened".into(),
        least: "2025-10-31".into(),
        most: "2026-11-11".into(),
    };
    for bad in [day(2026, 11, 12), day(2025, 10, 30), day(9999, 1, 1)] {
        assert_eq!(story.refused(WORKER, report(1, 1, Progress, 1, bad)), out);
    }
    story.must(WORKER, report(1, 1, Progress, 1, day(2026, 11, 11)));
    story.must(WORKER, report(1, 2, Progress, 1, day(2025, 10, 31)));
}

#[test]
fn a_note_has_two_thousand_characters() {
    let mut story = Story::approved(&[10_000]);
    let Command::ReportItem(args) = report(1, 1, Progress, 40, day(2026, 11, 9)) else {
        unreachable!()
    };
    let noted = |count| {
        Command::ReportItem(ReportItem {
            note: "长".repeat(count),
            ..args.clone()
        })
    };
    let long = Refusal::TextTooLong {
        field: "note".into(),
        most: 2_000,
    };
    assert_eq!(story.refused(WORKER, noted(2_001)), long);
    story.must(WORKER, noted(2_000));
}

#[test]
fn without_a_responsible_person_the_owner_reports() {
    let mut story = Story::drafted(&[10_000]);
    let unassigned = Item {
        responsible: None,
        ..item(2, 0)
    };
    story.must(LINE_HEAD, add(unassigned));
    // The regime asks for a responsible person at submission, so the plan stays a draft: what is
    // tried here is the policy alone.
    let plan = story.document().plan.as_ref().unwrap();
    let item = story.item(2);
    assert!(shared::permission::may_report(LINE_HEAD, plan, &item));
    assert!(!shared::permission::may_report(WORKER, plan, &item));
}
