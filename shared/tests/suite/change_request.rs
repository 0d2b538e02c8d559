//! Change requests: both sides agree, in time or with evidence, and the weights still add up.

use serde_json::json;
use shared::change_request::{self, ChangeRequest, ChangeState, ChangeWindow, ItemChange};
use shared::command::Command;
use shared::command::plan::{AnswerHelp, DecideChange, RequestChange, WithdrawChange};
use shared::id::{ChangeRequestId, PersonId, PlanId};
use shared::item::{Edit, Item, ItemEdit};
use shared::moment::Day;
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::plan::PlanState;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::RegimeVersion;
use shared::regime::v1::ChangeRules;
use shared::report::ReportKind;
use shared::row::{Row, RowKey, RowKind};

use crate::format_1;
use crate::prelude::*;

const fn id(n: u128) -> ChangeRequestId {
    ChangeRequestId::from_bits(900 + n)
}

fn due(n: u128, old: Day, new: Day) -> ItemChange {
    let (old, new) = (Some(old), Some(new));
    ItemChange::Edit(item_id(n), vec![ItemEdit::Due(Edit { old, new })])
}

/// Moves the due day of an item of the story from the 20th to a later day.
fn later(n: u128, date: u32) -> ItemChange {
    due(n, day(2026, 11, 20), day(2026, 11, date))
}

fn weigh(n: u128, old: i64, new: i64) -> ItemChange {
    let (old, new) = (Points(old), Points(new));
    ItemChange::Edit(item_id(n), vec![ItemEdit::Weight(Edit { old, new })])
}

fn asks(n: u128, changes: Vec<ItemChange>) -> RequestChange {
    RequestChange {
        request: id(n),
        plan: PLAN,
        changes,
        reason: "客户改期".into(),
        evidence: String::new(),
    }
}

fn request(n: u128, changes: Vec<ItemChange>) -> Command {
    Command::RequestChange(asks(n, changes))
}

fn proved(n: u128, changes: Vec<ItemChange>) -> Command {
    Command::RequestChange(RequestChange {
        evidence: "客户来函".into(),
        ..asks(n, changes)
    })
}

fn asked(story: &Story, plan: PlanId, n: u128) -> ChangeRequest {
    story.document_of(plan).requests[&id(n)].clone()
}

fn decide_of(story: &Story, plan: PlanId, n: u128, agreed: bool) -> DecideChange {
    let document = story.document_of(plan);
    let request = &document.requests[&id(n)];
    let seen = change_request::seen(document.plan.as_ref().unwrap(), document, request);
    DecideChange {
        plan,
        request: id(n),
        agreed,
        reason: "同意".into(),
        seen,
    }
}

fn decide(story: &Story, n: u128, agreed: bool) -> Command {
    Command::DecideChange(decide_of(story, PLAN, n, agreed))
}

#[test]
fn an_agreed_change_applies_at_once_and_writes_the_next_baseline() {
    let mut story = Story::approved(&[5_000, 5_000]);
    let first = story.item(1);
    story.on(12);
    story.must(
        LINE_HEAD,
        request(1, vec![later(1, 25), weigh(2, 5_000, 5_000)]),
    );
    let open = asked(&story, PLAN, 1);
    assert_eq!(
        (open.state, open.window, open.from_above),
        (ChangeState::Open, ChangeWindow::InTime, false)
    );
    assert_eq!(
        (open.by.by, open.by.reason.as_str()),
        (LINE_HEAD, "客户改期")
    );
    assert_eq!(story.item(1), first);
    story.must(MANAGER, decide(&story, 1, true));
    assert_eq!(story.item(1).due, Some(day(2026, 11, 25)));
    let agreed = asked(&story, PLAN, 1);
    assert_eq!(agreed.state, ChangeState::Agreed);
    assert_eq!(agreed.decided.map(|signed| signed.by), Some(MANAGER));
    let baselines = &story.document().baselines;
    assert_eq!(baselines[&1].item(item_id(1)), Some(&first));
    assert_eq!(baselines[&2].item(item_id(1)), Some(&story.item(1)));
    assert_eq!(baselines[&2].from, day(2026, 11, 12));
    assert_eq!(baselines[&2].digest, story.seen());
    assert_eq!(baselines[&2].excused, []);
    assert_eq!(story.state(), PlanState::Approved);
}

#[test]
fn neither_side_changes_an_approved_plan_alone() {
    let mut story = Story::approved(&[10_000]);
    for actor in [WORKER, STORE_HEAD, KEEPER, PLAN_OFFICE, STRANGER] {
        let refusal = story.refused(actor, request(1, vec![later(1, 25)]));
        assert_eq!(refusal, Refusal::Forbidden);
    }
    story.must(LINE_HEAD, request(1, vec![later(1, 25)]));
    for actor in [LINE_HEAD, WORKER, PLAN_OFFICE, STORE_HEAD] {
        assert_eq!(
            story.refused(actor, decide(&story, 1, true)),
            Refusal::Forbidden
        );
    }
    // The superior asks, the owner decides.
    story.must(MANAGER, request(2, vec![later(1, 26)]));
    assert!(asked(&story, PLAN, 2).from_above);
    for actor in [MANAGER, PLAN_OFFICE, WORKER] {
        assert_eq!(
            story.refused(actor, decide(&story, 2, true)),
            Refusal::Forbidden
        );
    }
    story.must(LINE_HEAD, decide(&story, 2, true));
    assert_eq!(story.item(1).due, Some(day(2026, 11, 26)));
}

#[test]
fn changes_are_free_until_three_days_before_the_due_day_and_flagged_after() {
    // The item is due on the 20th; until the 17th the change is free, on the 20th it still runs.
    for (date, window) in [
        (17, ChangeWindow::InTime),
        (18, ChangeWindow::Flagged),
        (20, ChangeWindow::Flagged),
        (21, ChangeWindow::AfterDue),
    ] {
        for change in [later(1, 25), ItemChange::Cancel(item_id(1))] {
            let mut story = Story::approved(&[0, 10_000]);
            story.on(date);
            let bare = request(1, vec![change.clone()]);
            if window == ChangeWindow::InTime {
                story.must(LINE_HEAD, bare);
            } else {
                let item = (window == ChangeWindow::AfterDue).then(|| item_id(1));
                let field = "evidence".into();
                let missing = Refusal::FieldMissing { item, field };
                assert_eq!(story.refused(LINE_HEAD, bare), missing);
                story.must(LINE_HEAD, proved(1, vec![change]));
            }
            assert_eq!(asked(&story, PLAN, 1).window, window, "{date}");
        }
    }
}

#[test]
fn weights_and_new_items_open_no_window_but_a_new_item_that_was_due_does() {
    let mut story = Story::approved(&[6_000, 4_000]);
    story.on(25);
    story.must(
        LINE_HEAD,
        request(1, vec![weigh(1, 6_000, 5_000), weigh(2, 4_000, 5_000)]),
    );
    assert_eq!(asked(&story, PLAN, 1).window, ChangeWindow::InTime);
    let new = |date| {
        ItemChange::Add(Box::new(Item {
            due: Some(day(2026, 11, date)),
            ..item(3, 0)
        }))
    };
    story.must(LINE_HEAD, request(2, vec![new(25)]));
    assert_eq!(asked(&story, PLAN, 2).window, ChangeWindow::InTime);
    story.must(LINE_HEAD, proved(3, vec![new(24)]));
    assert_eq!(asked(&story, PLAN, 3).window, ChangeWindow::AfterDue);
}

#[test]
fn the_window_is_reckoned_by_the_receipt_whatever_the_device_claims() {
    // Due on the 20th and free until three days before: the 17th is early, the 19th is not.
    let mut story = Story::approved(&[10_000]);
    story.on(19);
    let (item, field) = (None, "evidence".to_owned());
    let missing = Refusal::FieldMissing { item, field };
    for claimed in [10, 17, 25] {
        story.moment.made = noon(day(2026, 11, claimed)).made;
        let bare = request(1, vec![later(1, 25)]);
        assert_eq!(story.refused(LINE_HEAD, bare), missing);
    }
}

#[test]
fn after_the_due_day_only_the_indirect_superior_agrees_and_the_new_day_counts() {
    let mut story = Story::founded();
    story.own_plan();
    story.on(23);
    let ask = |n| {
        Command::RequestChange(RequestChange {
            plan: OWN,
            evidence: "停电通知".into(),
            ..asks(n, vec![later(51, 28)])
        })
    };
    story.must(WORKER, ask(1));
    let agree = Command::DecideChange(decide_of(&story, OWN, 1, true));
    // The line's head is the direct superior; the general manager stands above.
    for actor in [LINE_HEAD, WORKER, PLAN_OFFICE] {
        assert_eq!(story.refused(actor, agree.clone()), Refusal::Forbidden);
    }
    story.must(MANAGER, agree);
    let document = story.document_of(OWN);
    assert_eq!(document.baselines[&2].excused, [item_id(51)]);
    let item = &document.items[&item_id(51)];
    let counts = shared::baseline::due_in_force(item, &document.baselines);
    assert_eq!(counts, Some(day(2026, 11, 28)));
}

#[test]
fn a_regime_may_refuse_every_change_after_the_due_day() {
    let mut story = Story::approved(&[10_000]);
    let mut regime = format_1::smart_monthly();
    regime.changes = Some(ChangeRules {
        free_until_days: 0,
        force_majeure: false,
    });
    // The period keeps the regime it was opened with, so the row itself is replaced.
    let version = RegimeVersion::new(REGIME, regime.into());
    story.world.put(&Row::Regime(version));
    story.on(20);
    story.must(LINE_HEAD, request(1, vec![later(1, 25)]));
    assert_eq!(asked(&story, PLAN, 1).window, ChangeWindow::InTime);
    story.on(21);
    let items = vec![item_id(1)];
    let late = story.refused(LINE_HEAD, proved(2, vec![later(1, 25)]));
    assert_eq!(late, Refusal::ChangeTooLate { items });
}

#[test]
fn of_two_requests_in_conflict_the_second_is_told_what_changed() {
    let mut story = Story::approved(&[10_000]);
    story.must(LINE_HEAD, request(1, vec![later(1, 25)]));
    story.must(LINE_HEAD, request(2, vec![later(1, 28)]));
    let stale = decide(&story, 2, true);
    story.must(MANAGER, decide(&story, 1, true));
    // The superior agreed under the plan as it was.
    let Refusal::ContentChanged { current } = story.refused(MANAGER, stale) else {
        panic!("the plan changed under the signature");
    };
    let fresh = decide_of(&story, PLAN, 2, true);
    assert_eq!(fresh.seen, current);
    let changed = Refusal::ChangedMeanwhile {
        item: Some(item_id(1)),
        field: "due".into(),
        current: json!("2026-11-25"),
    };
    assert_eq!(
        story.refused(MANAGER, Command::DecideChange(fresh)),
        changed
    );
    story.must(MANAGER, decide(&story, 2, false));
    assert_eq!(asked(&story, PLAN, 2).state, ChangeState::Refused);
    assert_eq!(story.item(1).due, Some(day(2026, 11, 25)));
}

#[test]
fn a_request_is_decided_once_and_a_refusal_has_a_reason() {
    let mut story = Story::approved(&[10_000]);
    story.must(LINE_HEAD, request(1, vec![later(1, 25)]));
    let bare = DecideChange {
        reason: " ".into(),
        ..decide_of(&story, PLAN, 1, false)
    };
    let (item, field) = (None, "reason".to_owned());
    let missing = Refusal::FieldMissing { item, field };
    assert_eq!(story.refused(MANAGER, Command::DecideChange(bare)), missing);
    story.must(MANAGER, decide(&story, 1, false));
    let decided = |state| Refusal::ChangeDecided { state };
    let again = story.refused(MANAGER, decide(&story, 1, true));
    assert_eq!(again, decided(ChangeState::Refused));
    let withdraw = |n| {
        let (plan, request) = (PLAN, id(n));
        Command::WithdrawChange(WithdrawChange { plan, request })
    };
    let late = story.refused(LINE_HEAD, withdraw(1));
    assert_eq!(late, decided(ChangeState::Refused));
    story.must(LINE_HEAD, request(2, vec![later(1, 25)]));
    for actor in [MANAGER, WORKER, PLAN_OFFICE] {
        assert_eq!(story.refused(actor, withdraw(2)), Refusal::Forbidden);
    }
    story.must(LINE_HEAD, withdraw(2));
    let gone = story.refused(MANAGER, decide(&story, 2, true));
    assert_eq!(gone, decided(ChangeState::Withdrawn));
    let unknown = story.refused(LINE_HEAD, withdraw(9));
    assert_eq!(unknown, Refusal::not_found("change_request"));
}

#[test]
fn the_weights_add_up_after_a_change_and_what_is_cancelled_stays_in_its_baseline() {
    let mut story = Story::approved(&[4_000, 6_000]);
    story.must(
        WORKER,
        report(1, 1, ReportKind::Progress, 40, day(2026, 11, 9)),
    );
    let cancel = || ItemChange::Cancel(item_id(1));
    let short = story.refused(LINE_HEAD, request(1, vec![cancel()]));
    let (is, must) = (Points(6_000), Points(10_000));
    assert_eq!(short, Refusal::WeightsDoNotSum { is, must });
    let new = Item {
        due: Some(day(2026, 11, 28)),
        ..item(3, 1_000)
    };
    let changes = vec![
        cancel(),
        ItemChange::Add(Box::new(new.clone())),
        weigh(2, 6_000, 9_000),
    ];
    story.must(LINE_HEAD, request(1, changes));
    story.must(MANAGER, decide(&story, 1, true));
    let document = story.document();
    let weights: Vec<(u128, i64)> = document
        .items
        .values()
        .map(|item| (item.id.bits() - 100, item.weight.0))
        .collect();
    assert_eq!(weights, [(2, 9_000), (3, 1_000)]);
    assert!(document.baselines[&1].item(item_id(1)).is_some());
    assert_eq!(document.baselines[&2].item(item_id(1)), None);
    assert_eq!(document.baselines[&2].item(item_id(3)), Some(&new));
    // What was reported was done; it is kept.
    assert_eq!(document.reports.len(), 1);
    // Everything cancelled is no plan.
    let all = vec![
        ItemChange::Cancel(item_id(2)),
        ItemChange::Cancel(item_id(3)),
    ];
    assert_eq!(
        story.refused(LINE_HEAD, request(2, all)),
        Refusal::PlanEmpty
    );
}

#[test]
fn a_request_that_no_screen_makes_is_refused() {
    let mut story = Story::approved(&[10_000]);
    let refused = |changes| story.refused(LINE_HEAD, request(1, changes));
    let malformed = |at: &str| Refusal::Malformed { at: at.into() };
    assert_eq!(refused(vec![]), malformed("changes"));
    assert_eq!(
        refused(vec![later(1, 25), ItemChange::Cancel(item_id(1))]),
        malformed("changes")
    );
    assert_eq!(
        refused(vec![ItemChange::Edit(item_id(1), vec![])]),
        malformed("edits")
    );
    assert_eq!(refused(vec![later(9, 25)]), Refusal::not_found("item"));
    let there = ItemChange::Add(Box::new(item(1, 0)));
    assert_eq!(refused(vec![there]), Refusal::already_exists("item"));
    let stale = due(1, day(2026, 11, 19), day(2026, 11, 25));
    assert!(matches!(
        refused(vec![stale]),
        Refusal::ChangedMeanwhile { .. }
    ));
    let many = (0..51).map(|n| ItemChange::Cancel(item_id(n))).collect();
    let limit = "changes_per_request".into();
    assert_eq!(refused(many), Refusal::LimitPassed { limit, most: 50 });
    let unreasoned = RequestChange {
        reason: "\n".into(),
        ..asks(1, vec![later(1, 25)])
    };
    let refusal = story.refused(LINE_HEAD, Command::RequestChange(unreasoned));
    assert!(matches!(refusal, Refusal::FieldMissing { field, .. } if field == "reason"));
    story.must(LINE_HEAD, request(1, vec![later(1, 25)]));
    let again = story.refused(LINE_HEAD, request(1, vec![later(1, 26)]));
    assert_eq!(again, Refusal::already_exists("change_request"));
    let draft = Story::drafted(&[10_000]);
    let early = draft.refused(LINE_HEAD, request(1, vec![later(1, 25)]));
    let wrong = Refusal::WrongState {
        state: PlanState::Draft,
    };
    assert_eq!(early, wrong);
}

#[test]
fn a_plan_approved_before_baselines_were_kept_gets_its_first_with_the_change() {
    let mut story = Story::approved(&[10_000]);
    let before = story.item(1);
    let key = RowKey {
        kind: RowKind::Baseline,
        document: Some(PLAN),
        bits: PLAN.bits() + 1,
    };
    story.world.remove(key, Some(PLAN));
    assert!(story.document().baselines.is_empty());
    story.on(12);
    story.must(LINE_HEAD, request(1, vec![later(1, 25)]));
    story.must(MANAGER, decide(&story, 1, true));
    let baselines = &story.document().baselines;
    assert_eq!(baselines.len(), 2);
    assert_eq!(baselines[&1].items, [before]);
    assert_eq!(baselines[&1].from, day(2026, 11, 10));
    assert_eq!(baselines[&2].items, [story.item(1)]);
}

#[test]
fn reports_and_answers_follow_the_helping_units() {
    let mut story = Story::drafted(&[]);
    let helped = Item {
        helpers: vec![STORE],
        ..item(1, 10_000)
    };
    story.must(LINE_HEAD, add(helped));
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
    story.must(MANAGER, story.approve());
    story.must(
        WORKER,
        report(1, 1, ReportKind::Progress, 40, day(2026, 11, 9)),
    );
    let helpers = Edit {
        old: vec![STORE],
        new: vec![],
    };
    let alone = ItemChange::Edit(item_id(1), vec![ItemEdit::Helpers(helpers)]);
    story.must(LINE_HEAD, request(1, vec![alone]));
    let changes = story.must(MANAGER, decide(&story, 1, true));
    assert!(story.document().helps.is_empty());
    // The report is written anew, so that it leaves the partition of the unit.
    let moved = changes.iter().find_map(|change| match change {
        shared::change::Change::Put { row } if matches!(**row, Row::Report(_)) => Some(row),
        _ => None,
    });
    let places = placement(moved.unwrap(), Some(story.document()));
    assert!(
        !places.contains(&PartitionId::Helping(STORE, NOVEMBER)),
        "{places:?}"
    );
}

#[test]
fn the_owner_who_left_needs_no_answer() {
    let mut story = Story::founded();
    story.own_plan();
    let ask = Command::RequestChange(RequestChange {
        plan: OWN,
        ..asks(1, vec![later(51, 25)])
    });
    story.must(LINE_HEAD, ask);
    let end = shared::command::organisation::EndAssignment {
        assignment: assignment(WORKER),
        to: day(2026, 11, 10),
    };
    story.must(ADMINISTRATOR, Command::EndAssignment(end));
    story.on(11);
    let agree = |story: &Story| Command::DecideChange(decide_of(story, OWN, 1, true));
    let forbidden: [PersonId; 3] = [WORKER, LINE_HEAD, PLAN_OFFICE];
    for actor in forbidden {
        assert_eq!(story.refused(actor, agree(&story)), Refusal::Forbidden);
    }
    story.must(MANAGER, agree(&story));
}

#[test]
fn what_the_last_superior_asks_after_the_due_day_the_owner_decides() {
    let mut story = Story::approved(&[10_000]);
    story.on(23);
    story.must(MANAGER, proved(1, vec![later(1, 28)]));
    assert_eq!(asked(&story, PLAN, 1).window, ChangeWindow::AfterDue);
    assert_eq!(
        story.refused(MANAGER, decide(&story, 1, true)),
        Refusal::Forbidden
    );
    story.must(LINE_HEAD, decide(&story, 1, true));
    assert_eq!(story.document().baselines[&2].excused, [item_id(1)]);
}
