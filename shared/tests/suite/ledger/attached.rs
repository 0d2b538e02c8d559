//! Files of an entry: who attaches them until when, and that whoever signs has seen them.

use serde_json::json;
use shared::command::Command;
use shared::command::ledger::AttachToEntry;
use shared::evidence::{ContentHash, MOST_BYTES, MediaType};
use shared::id::EvidenceId;
use shared::ledger::{EntryState, MOST_ATTACHED};
use shared::refusal::Refusal;

use super::{Story, entry, proposal, propose, row, sheet, under};
use crate::prelude::*;

fn file(n: u128) -> AttachToEntry {
    AttachToEntry {
        entry: entry(1),
        unit: LINE,
        period: NOVEMBER,
        evidence: EvidenceId::from_bits(0xf000 + n),
        name: format!("地面积水 {n}.jpg"),
        media: MediaType::Jpeg,
        bytes: 1_000,
        hash: ContentHash::of(&n.to_be_bytes()),
    }
}

fn attach(n: u128) -> Command {
    Command::AttachToEntry(file(n))
}

/// The line's head proposed an entry about the worker, by hand and without a plan.
fn proposed() -> Story {
    let mut story = under(sheet(json!([row("late", json!({}))])));
    story.must(LINE_HEAD, propose(proposal(1, "late", 9)));
    story
}

fn decided(state: EntryState) -> Refusal {
    Refusal::EntryDecided { state }
}

#[test]
fn the_proposer_shows_what_was_found_until_somebody_decides() {
    let mut story = proposed();
    story.must(LINE_HEAD, attach(1));
    let kept = &story.entry(1).attached[0];
    assert_eq!((kept.by, &*kept.name), (LINE_HEAD, "地面积水 1.jpg"));
    assert_eq!(kept.times, story.moment.times());
    // Whoever only decides, and a stranger, show nothing.
    for stranger in [PLAN_OFFICE, KEEPER, MANAGER] {
        assert_eq!(story.refused(stranger, attach(2)), Refusal::Forbidden);
    }
    story.must(PLAN_OFFICE, story.decide(1, true, ""));
    let refused = story.refused(LINE_HEAD, attach(2));
    assert_eq!(refused, decided(EntryState::Confirmed));
}

#[test]
fn the_person_shows_the_other_side_until_that_is_decided() {
    let mut story = proposed();
    story.must(WORKER, attach(1));
    story.must(PLAN_OFFICE, story.decide(1, true, ""));
    story.must(WORKER, attach(2));
    story.must(WORKER, story.answer(1, false, "当日水管爆裂，有照片"));
    story.must(WORKER, attach(3));
    story.must(PLAN_OFFICE, story.decide(1, true, "照片为次日所拍"));
    let refused = story.refused(WORKER, attach(4));
    assert_eq!(refused, decided(EntryState::Confirmed));
    assert_eq!(story.entry(1).attached.len(), 3);
}

#[test]
fn nobody_signs_an_entry_with_files_they_have_not_seen() {
    let mut story = proposed();
    let without = story.decide(1, true, "");
    story.must(LINE_HEAD, attach(1));
    let stale = story.refused(PLAN_OFFICE, without);
    let current = story.entry(1).seen();
    assert_eq!(stale, Refusal::ContentChanged { current });
    story.must(PLAN_OFFICE, story.decide(1, true, ""));
}

#[test]
fn a_refused_entry_and_what_takes_one_back_take_no_file() {
    let mut story = proposed();
    story.must(LINE_HEAD, attach(1));
    story.must(PLAN_OFFICE, story.decide(1, false, "证据不足"));
    for person in [LINE_HEAD, WORKER] {
        let refused = story.refused(person, attach(2));
        assert_eq!(refused, decided(EntryState::Refused));
    }

    let mut story = proposed();
    story.must(LINE_HEAD, attach(1));
    story.must(PLAN_OFFICE, story.decide(1, true, ""));
    story.must(PLAN_OFFICE, story.reverse(1, 2));
    // The files stay with what they show.
    assert_eq!(story.entry(1).attached.len(), 1);
    assert!(story.entry(2).attached.is_empty());
    let refused = story.refused(WORKER, attach(2));
    assert_eq!(refused, decided(EntryState::Reversed));
}

#[test]
fn a_file_is_named_has_bytes_and_comes_once() {
    let mut story = proposed();
    let bad = |change: fn(&mut AttachToEntry)| {
        let mut args = file(1);
        change(&mut args);
        Command::AttachToEntry(args)
    };
    let malformed = |at: &str| Refusal::Malformed { at: at.to_owned() };
    let refused = story.refused(LINE_HEAD, bad(|file| file.name = "../照片".into()));
    assert_eq!(refused, malformed("name"));
    let refused = story.refused(LINE_HEAD, bad(|file| file.bytes = 0));
    assert_eq!(refused, malformed("bytes"));
    let passed = |limit: &str, most: u64| Refusal::LimitPassed {
        limit: limit.to_owned(),
        most,
    };
    let refused = story.refused(LINE_HEAD, bad(|file| file.bytes = MOST_BYTES + 1));
    assert_eq!(refused, passed("evidence_bytes", u64::from(MOST_BYTES)));

    story.must(LINE_HEAD, attach(1));
    let mut again = file(2);
    again.hash = file(1).hash;
    for twice in [attach(1), Command::AttachToEntry(again)] {
        let refused = story.refused(LINE_HEAD, twice);
        assert_eq!(refused, Refusal::already_exists("evidence"));
    }
    for n in 2..=MOST_ATTACHED as u128 {
        story.must(LINE_HEAD, attach(n));
    }
    let refused = story.refused(LINE_HEAD, attach(0));
    assert_eq!(refused, passed("evidence_per_entry", MOST_ATTACHED as u64));
}
