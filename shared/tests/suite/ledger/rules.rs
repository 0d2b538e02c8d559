//! Who may propose, confirm, answer and take back, and in which state.

use serde_json::json;
use shared::command::Command;
use shared::command::ledger::{AdoptTariffs, DecideEntry, ProposeEntry};
use shared::command::organisation::Appoint;
use shared::id::{AppointmentId, PersonId};
use shared::ledger::{EntryAnswer, EntryState};
use shared::organisation::Office;
use shared::quantity::{Fen, Points};
use shared::refusal::Refusal;

use super::{SHEET, Story, entry, november_day, proposal, propose, row, sheet, under};
use crate::prelude::*;

fn story() -> Story {
    under(sheet(json!([
        row("late", json!({})),
        row(
            "reward",
            json!({"legal": "reward", "proposed_by": ["responsible", "superior"]})
        ),
        row(
            "chosen",
            json!({"points": {"range": {"least": 100, "most": 300}}})
        ),
        row("by_head", json!({"confirmed_by": ["head"]})),
    ])))
}

#[test]
fn an_entry_goes_from_proposal_to_answer() {
    let mut story = story();
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    let proposed = story.entry(1);
    assert_eq!(proposed.state(story.entries()), EntryState::Proposed);
    assert_eq!(proposed.clause, "第一条");
    assert_eq!(
        (proposed.judge, proposed.points),
        (Some(LINE_HEAD), Points(200))
    );
    story.must(PLAN_OFFICE, story.decide(1, true, "属实"));
    let confirmed = story.entry(1);
    assert_eq!(confirmed.state(story.entries()), EntryState::Confirmed);
    assert_eq!(confirmed.confirmed.as_ref().unwrap().by, PLAN_OFFICE);
    story.must(WORKER, story.answer(1, true, ""));
    let answer = story.entry(1).answer.clone().unwrap();
    assert!(matches!(answer, EntryAnswer::Accepted(signed) if signed.by == WORKER));
    assert_eq!(story.against(WORKER), (Points(200), Fen(0)));
}

#[test]
fn only_those_whom_the_tariff_names_propose_and_confirm() {
    let mut story = story();
    for stranger in [WORKER, KEEPER, STORE_HEAD, MANAGER] {
        let refused = story.refused(stranger, propose(proposal(1, "late", 9)));
        assert_eq!(refused, Refusal::Forbidden, "{stranger:?}");
    }
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    for stranger in [KEEPER, STORE_HEAD, MANAGER, LINE_HEAD] {
        let refused = story.refused(stranger, story.decide(1, true, ""));
        assert_eq!(refused, Refusal::Forbidden, "{stranger:?}");
    }
    assert_eq!(
        story.refused(WORKER, story.decide(1, true, "")),
        Refusal::OwnEntry
    );
    assert_eq!(
        story.refused(KEEPER, story.answer(1, true, "")),
        Refusal::Forbidden
    );
}

#[test]
fn nobody_decides_about_himself() {
    let mut story = story();
    // The worker proposes a reward for himself; the only confirmer would be the plan office.
    story.must(WORKER, propose(proposal(1, "reward", 9)));
    assert_eq!(
        story.refused(WORKER, story.decide(1, true, "")),
        Refusal::OwnEntry
    );
    story.must(PLAN_OFFICE, story.decide(1, true, ""));
    // An entry about the head, whom alone the tariff lets confirm: the head's superior does.
    let about_head = ProposeEntry {
        person: LINE_HEAD,
        ..proposal(2, "by_head", 9)
    };
    story.must(PLAN_OFFICE, propose(about_head));
    assert_eq!(
        story.refused(LINE_HEAD, story.decide(2, true, "")),
        Refusal::OwnEntry
    );
    assert_eq!(
        story.refused(PLAN_OFFICE, story.decide(2, true, "")),
        Refusal::Forbidden
    );
    story.must(MANAGER, story.decide(2, true, ""));
    assert_eq!(
        story.refused(LINE_HEAD, story.reverse(2, 3)),
        Refusal::OwnEntry
    );
}

#[test]
fn one_of_two_plan_officers_decides_about_the_other() {
    let mut story = story();
    let appoint = Appoint {
        appointment: AppointmentId::from_bits(77),
        person: MANAGER,
        office: Office::PlanOffice,
        from: november_day(1),
    };
    story.must(ADMINISTRATOR, Command::Appoint(appoint));
    let about_officer = ProposeEntry {
        person: PLAN_OFFICE,
        unit: ROOT,
        ..proposal(1, "late", 9)
    };
    story.must(MANAGER, propose(about_officer));
    let seen = story.world.ledger(ROOT, NOVEMBER).unwrap()[&entry(1)].seen();
    let decide = |confirmed| {
        Command::DecideEntry(DecideEntry {
            entry: entry(1),
            unit: ROOT,
            period: NOVEMBER,
            confirmed,
            reason: "查实".into(),
            seen: seen.clone(),
        })
    };
    assert_eq!(story.refused(PLAN_OFFICE, decide(false)), Refusal::OwnEntry);
    story.must(MANAGER, decide(true));
}

#[test]
fn a_refused_entry_counts_nothing_and_is_decided_once() {
    let mut story = story();
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    let field = "reason".to_owned();
    assert_eq!(
        story.refused(PLAN_OFFICE, story.decide(1, false, " ")),
        Refusal::FieldMissing { item: None, field }
    );
    story.must(PLAN_OFFICE, story.decide(1, false, "已提前说明"));
    assert_eq!(story.against(WORKER), (Points(0), Fen(0)));
    let state = EntryState::Refused;
    let refused = Refusal::EntryDecided { state };
    assert_eq!(
        story.refused(PLAN_OFFICE, story.decide(1, true, "")),
        refused
    );
    assert_eq!(story.refused(PLAN_OFFICE, story.reverse(1, 2)), refused);
    assert_eq!(story.refused(WORKER, story.answer(1, true, "")), refused);
}

#[test]
fn a_dispute_is_upheld_with_a_reason_or_taken_back() {
    let mut story = story();
    story.entered(proposal(1, "late", 9));
    let again = Refusal::EntryDecided {
        state: EntryState::Confirmed,
    };
    assert_eq!(
        story.refused(PLAN_OFFICE, story.decide(1, true, "x")),
        again
    );
    story.must(WORKER, story.answer(1, false, "当日请假"));
    assert!(story.entry(1).is_disputed());
    // It counts until it is taken back.
    assert_eq!(story.against(WORKER), (Points(200), Fen(0)));
    story.must(PLAN_OFFICE, story.decide(1, true, "请假在次日"));
    assert!(!story.entry(1).is_disputed());
    assert_eq!(story.refused(WORKER, story.answer(1, false, "再看")), again);
    story.must(PLAN_OFFICE, story.reverse(1, 2));
    assert_eq!(story.entry(1).state(story.entries()), EntryState::Reversed);
    assert_eq!(story.entry(2).state(story.entries()), EntryState::Reversal);
    assert_eq!(story.against(WORKER), (Points(0), Fen(0)));
    let state = EntryState::Reversed;
    assert_eq!(
        story.refused(PLAN_OFFICE, story.reverse(1, 3)),
        Refusal::EntryDecided { state }
    );
}

#[test]
fn a_dispute_has_a_window_that_confirmation_opens() {
    let mut story = story();
    story.on(12);
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    // While it is only proposed it can be disputed at any time.
    story.on(27);
    story.must(WORKER, story.answer(1, false, "不是我"));
    story.must(PLAN_OFFICE, story.decide(1, true, ""));
    // Three working days after Friday the 27th end on Wednesday, the 2nd of December.
    story.moment = noon(day(2026, 12, 2));
    story.must(WORKER, story.answer(1, false, "不是我，有排班表"));
    story.moment = noon(day(2026, 12, 3));
    let until = day(2026, 12, 2);
    assert_eq!(
        story.refused(WORKER, story.answer(1, false, "太晚")),
        Refusal::ObjectionWindowPassed { until }
    );
    story.must(WORKER, story.answer(1, true, ""));
}

#[test]
fn what_was_signed_is_what_stands_there() {
    let mut story = story();
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    let Command::DecideEntry(decide) = story.decide(1, true, "") else {
        unreachable!()
    };
    let seen = "0".repeat(64);
    let current = story.entry(1).seen();
    let other = Command::DecideEntry(DecideEntry { seen, ..decide });
    assert_eq!(
        story.refused(PLAN_OFFICE, other),
        Refusal::ContentChanged { current }
    );
}

#[test]
fn amounts_are_the_tariffs_own_or_within_its_range() {
    let mut story = story();
    let out = |points| ProposeEntry {
        points,
        ..proposal(1, "chosen", 9)
    };
    for (points, refusal) in [
        (None, "field_missing"),
        (Some(Points(99)), "out_of_range"),
        (Some(Points(301)), "out_of_range"),
    ] {
        let refused = story.refused(LINE_HEAD, propose(out(points)));
        let code = serde_json::to_value(refused).unwrap()["code"].clone();
        assert_eq!(code, refusal);
    }
    story.entered(out(Some(Points(150))));
    assert_eq!(story.counted(1).points, Points(150));
    let given = "1.00".to_owned();
    let field = "points".to_owned();
    let other = ProposeEntry {
        points: Some(Points(100)),
        ..proposal(2, "late", 9)
    };
    assert_eq!(
        story.refused(LINE_HEAD, propose(other)),
        Refusal::UnknownValue { field, given }
    );
}

#[test]
fn a_proposal_names_what_is_there() {
    let mut story = story();
    let refused = |args: ProposeEntry| {
        let refusal = story.refused(LINE_HEAD, propose(args));
        serde_json::to_value(refusal).unwrap()["code"].clone()
    };
    let base = || proposal(1, "late", 9);
    let unknown = PersonId::from_bits(404);
    let tariff = "nothing".to_owned();
    assert_eq!(refused(ProposeEntry { tariff, ..base() }), "not_found");
    let plan = Some(PLAN);
    assert_eq!(refused(ProposeEntry { plan, ..base() }), "not_found");
    let item = Some(item_id(1));
    assert_eq!(refused(ProposeEntry { item, ..base() }), "unknown_value");
    assert_eq!(refused(ProposeEntry { count: 0, ..base() }), "out_of_range");
    let facts = " ".to_owned();
    assert_eq!(refused(ProposeEntry { facts, ..base() }), "field_missing");
    let happened = november_day(11);
    assert_eq!(refused(ProposeEntry { happened, ..base() }), "out_of_range");
    assert_eq!(
        refused(ProposeEntry {
            person: unknown,
            ..base()
        }),
        "not_found"
    );
    story.must(LINE_HEAD, propose(base()));
    let what = "entry".to_owned();
    assert_eq!(
        story.refused(LINE_HEAD, propose(base())),
        Refusal::AlreadyExists { what }
    );
}

#[test]
fn an_entry_names_the_persons_own_plan_and_its_items() {
    let mut story = story();
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    story.must(LINE_HEAD, add(item(1, 10_000)));
    let on_plan = |person, item| ProposeEntry {
        person,
        plan: Some(PLAN),
        item: Some(item_id(item)),
        ..proposal(1, "late", 9)
    };
    let refused = |args| {
        let refusal = story.refused(PLAN_OFFICE, propose(args));
        serde_json::to_value(refusal).unwrap()["code"].clone()
    };
    assert_eq!(refused(on_plan(WORKER, 1)), "unknown_value");
    assert_eq!(refused(on_plan(LINE_HEAD, 2)), "not_found");
    story.must(PLAN_OFFICE, propose(on_plan(LINE_HEAD, 1)));
}

#[test]
fn a_sheet_that_contradicts_itself_is_not_adopted() {
    let mut story = Story::founded();
    let adopt = |row| {
        let sheet = Box::new(sheet(json!([row])));
        Command::AdoptTariffs(AdoptTariffs { id: SHEET, sheet })
    };
    for (broken, place) in [
        (json!({"points": {"fixed": 0}}), "/tariffs/0"),
        (
            json!({"points": {"range": {"least": 300, "most": 100}}}),
            "/tariffs/0/points/range",
        ),
        (
            json!({"points": {"escalating": []}}),
            "/tariffs/0/points/escalating",
        ),
        (json!({"confirmed_by": []}), "/tariffs/0/confirmed_by"),
        (json!({"to_fund": true}), "/tariffs/0/to_fund"),
        (
            json!({"bearers": [{"who": "head", "share": 4000}, {"who": "owner", "share": 5000}]}),
            "/tariffs/0/bearers",
        ),
        (
            json!({"legal": "donation", "money": {"amount": {"fixed": 5000}, "on": true}}),
            "/tariffs/0/money/on",
        ),
    ] {
        let refused = story.refused(PLAN_OFFICE, adopt(row("late", broken)));
        let Refusal::RegimeInvalid { findings } = refused else {
            panic!("{place}: {refused:?}")
        };
        let places: Vec<&str> = findings.iter().map(|found| found.place.as_str()).collect();
        assert!(places.contains(&place), "{places:?}");
    }
    assert_eq!(
        story.refused(WORKER, adopt(row("late", json!({})))),
        Refusal::Forbidden
    );
    story.must(PLAN_OFFICE, adopt(row("late", json!({}))));
}
