//! Reports: the responsible person says how far it is and when it happened, within what can be.

use shared::command::Command;
use shared::command::review::{ConfirmEntry, PublishResult, ReportItem};
use shared::id::{ItemId, PersonId, ReportId};
use shared::item::Item;
use shared::plan::PlanState;
use shared::quantity::Quantity;
use shared::refusal::Refusal;
use shared::report::ReportKind::{Completion, Progress};
use shared::result::counts_from_receipt;
use shared::score::propose;

use crate::firm::{Firm, member, plan_of};
use crate::plain::plain;
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

/// A report that somebody enters on behalf of a person.
fn entered(of: PersonId, reason: &str) -> Command {
    let Command::ReportItem(args) = report(1, 1, Completion, 100, day(2026, 11, 9)) else {
        unreachable!()
    };
    Command::ReportItem(ReportItem {
        of: Some(of),
        reason: reason.into(),
        paper: true,
        ..args
    })
}

fn confirm(report: u128, n: u128, agreed: bool) -> Command {
    Command::ConfirmEntry(ConfirmEntry {
        plan: PLAN,
        item: item_id(n),
        report: ReportId::from_bits(report),
        agreed,
    })
}

#[test]
fn a_head_above_or_the_plan_office_enters_on_behalf_with_a_reason() {
    for actor in [LINE_HEAD, MANAGER, PLAN_OFFICE] {
        let mut story = Story::approved(&[10_000]);
        story.must(actor, entered(WORKER, " 本人无手机 "));
        let kept = &story.document().reports[&ReportId::from_bits(1)];
        assert_eq!((kept.by, kept.of, kept.paper), (actor, Some(WORKER), true));
        assert_eq!(kept.reason, "本人无手机");
        // The paper's date is when it happened; it stands unconfirmed and counts.
        assert_eq!(kept.happened, day(2026, 11, 9));
        assert!(kept.is_unconfirmed() && kept.stands());
    }
    let story = Story::approved(&[10_000]);
    for actor in [WORKER, STORE_HEAD, KEEPER, ADMINISTRATOR, STRANGER] {
        let refusal = story.refused(actor, entered(WORKER, "本人无手机"));
        assert_eq!(refusal, Refusal::Forbidden, "{actor}");
    }
    // Only the act of who may report on the item is entered.
    assert_eq!(
        story.refused(LINE_HEAD, entered(KEEPER, "代录")),
        Refusal::Forbidden
    );
    let (item, field) = (None, "reason".to_owned());
    let missing = Refusal::FieldMissing { item, field };
    assert_eq!(story.refused(LINE_HEAD, entered(WORKER, " ")), missing);
}

#[test]
fn the_person_says_once_whether_an_entry_is_so() {
    for agreed in [true, false] {
        let mut story = Story::approved(&[10_000]);
        story.must(LINE_HEAD, entered(WORKER, "本人无手机"));
        for actor in [LINE_HEAD, MANAGER, KEEPER, PLAN_OFFICE] {
            assert_eq!(
                story.refused(actor, confirm(1, 1, agreed)),
                Refusal::Forbidden
            );
        }
        story.must(WORKER, confirm(1, 1, agreed));
        let kept = &story.document().reports[&ReportId::from_bits(1)];
        assert_eq!(kept.confirmed.map(|said| said.agreed), Some(agreed));
        assert_eq!((kept.is_unconfirmed(), kept.stands()), (false, agreed));
        assert_eq!(story.must(WORKER, confirm(1, 1, agreed)), []);
        let other = story.refused(WORKER, confirm(1, 1, !agreed));
        assert_eq!(other, Refusal::already_exists("confirmation"));
    }
}

#[test]
fn only_an_entry_on_behalf_is_confirmed() {
    let mut story = Story::approved(&[5_000, 5_000]);
    story.must(WORKER, report(1, 2, Progress, 40, day(2026, 11, 9)));
    assert_eq!(
        story.refused(WORKER, confirm(2, 1, true)),
        Refusal::Forbidden
    );
    story.must(LINE_HEAD, entered(WORKER, "本人无手机"));
    assert_eq!(
        story.refused(WORKER, confirm(1, 2, true)),
        Refusal::not_found("report")
    );
    assert_eq!(
        story.refused(WORKER, confirm(9, 1, true)),
        Refusal::not_found("report")
    );
}

#[test]
fn ones_own_report_is_taken_back_while_the_plan_runs_and_stays_as_written() {
    let mut story = Story::approved(&[10_000]);
    story.must(WORKER, report(1, 1, Completion, 100, day(2026, 11, 9)));
    for actor in [LINE_HEAD, MANAGER, KEEPER, PLAN_OFFICE] {
        let refusal = story.refused(actor, confirm(1, 1, false));
        assert_eq!(refusal, Refusal::Forbidden, "{actor}");
    }
    let written = story.document().reports[&ReportId::from_bits(1)].clone();
    story.must(WORKER, confirm(1, 1, false));
    let kept = story.document().reports[&ReportId::from_bits(1)].clone();
    assert!(written.stands() && !kept.stands());
    assert!(!shared::carry::finished(story.document(), item_id(1)));
    let unsaid = shared::report::Report {
        confirmed: None,
        ..kept
    };
    assert_eq!(unsaid, written);
    // Once the result is published, what was reported is evidence.
    story.must(WORKER, report(1, 2, Completion, 100, day(2026, 11, 9)));
    let judged = score(1, None, Some(carried_out("on_time", "good")));
    story.must(MANAGER, Command::ScoreSuperior(judged));
    story.must(MANAGER, story.publish());
    let state = PlanState::Published;
    let refusal = story.refused(WORKER, confirm(2, 1, false));
    assert_eq!(refusal, Refusal::WrongState { state });
}

#[test]
fn a_denied_entry_proposes_nothing() {
    let mut story = Story::approved(&[10_000]);
    story.must(LINE_HEAD, entered(WORKER, "本人无手机"));
    let proposed = |story: &Story| {
        let (organisation, today) = (story.world.organisation(), story.moment.today());
        let proposal = propose(organisation, story.document(), &story.item(1), today);
        proposal.and_then(|proposal| proposal.efficiency().map(str::to_owned))
    };
    assert_eq!(proposed(&story).as_deref(), Some("on_time"));
    story.must(WORKER, confirm(1, 1, false));
    assert_eq!(proposed(&story), None);
}

#[test]
fn a_completion_stands_beside_the_due_day_in_force() {
    let mut story = Story::approved(&[10_000]);
    let timed = |story: &mut Story, n| {
        story.must(WORKER, report(1, n, Completion, 100, day(2026, 11, 9)));
        let kept = &story.document().reports[&ReportId::from_bits(n)];
        kept.timed.as_ref().unwrap().deadline.day
    };
    assert_eq!(timed(&mut story, 1), day(2026, 11, 20));
    // A later baseline moves the day after it had passed, without an excuse: the 20th still counts.
    let mut next = story.document().baselines[&1].clone();
    next.number = 2;
    next.from = day(2026, 11, 21);
    next.items[0].due = Some(day(2026, 11, 25));
    let item = next.items[0].clone();
    story.world.put(&shared::row::Row::Baseline(next));
    story.world.put(&shared::row::Row::Item(item));
    assert_eq!(timed(&mut story, 2), day(2026, 11, 20));
}

/// A verdict rests on when a late report was received: the same report, written down at the same minute and
/// received an hour later, is another verdict to sign. What a device foresees of it is an estimate.
#[test]
fn how_late_a_report_is_counts_from_its_receipt() {
    let plan = plan_of(LINE, 0);
    let args = ReportItem {
        report: ReportId::from_bits(1),
        plan,
        item: ItemId::from_bits(plan.bits()),
        kind: Completion,
        percent: 100,
        quantity: None,
        note: String::new(),
        happened: day(2026, 12, 2),
        of: None,
        reason: String::new(),
        paper: false,
    };
    let late = Command::ReportItem(args);
    let seen = |minutes: i64| {
        let mut firm = Firm::under(plain(&[]), &[(LINE, 1)]);
        firm.begun(LINE, 0);
        let noon = firm.story.moment;
        firm.story.moment.received.0 += minutes * 60_000;
        firm.story.must(member(LINE, 0), late.clone());
        firm.story.moment = noon;
        firm.foreseen(LINE, 0, 8_500)
    };
    assert_eq!(seen(0), seen(0));
    assert_ne!(seen(0), seen(60));
    assert!(counts_from_receipt(&late, plan));
    assert!(!counts_from_receipt(&late, plan_of(LINE, 1)));
    let published = PublishResult {
        plan,
        seen: seen(0),
    };
    assert!(!counts_from_receipt(
        &Command::PublishResult(published),
        plan
    ));
}
