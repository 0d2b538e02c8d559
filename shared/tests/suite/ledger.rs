//! The ledger: who may do what with an entry, what entries amount to, and the six tariffs by hand.

mod access;
mod attached;
mod found;
mod fund;
mod laws;
mod result;
mod rules;
mod sheets;
mod tariffs;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::ledger::{AdoptTariffs, AnswerEntry, DecideEntry, ProposeEntry, ReverseEntry};
use shared::id::{EntryId, PersonId, RegimeId};
use shared::ledger::{self, Counted, LedgerEntry};
use shared::moment::Day;
use shared::quantity::{Fen, Points};
use shared::regime::tariff::TariffSheet;

use crate::prelude::*;

const SHEET: RegimeId = RegimeId::from_bits(0x5ee7);

/// The n-th entry of a test.
const fn entry(n: u128) -> EntryId {
    EntryId::from_bits(0xe000 + n)
}

/// A sheet with these tariffs.
fn sheet(tariffs: Value) -> TariffSheet {
    let document = json!({
        "format": 2,
        "key": "house-rules",
        "name": {"zh": "奖惩标准", "en": "House rules"},
        "tariffs": tariffs,
    });
    serde_json::from_value(document).unwrap()
}

/// A tariff of points that the superior proposes and the plan office confirms, with other members
/// in place of these.
fn row(key: &str, others: Value) -> Value {
    let mut row = json!({
        "key": key,
        "name": {"zh": "扣分", "en": "Deduction"},
        "clause": "第一条",
        "legal": "points",
        "counted": "time",
        "points": {"fixed": 200},
        "proposed_by": ["superior", "plan_office"],
        "confirmed_by": ["plan_office"],
        "answer_days": 3,
    });
    for (name, value) in others.as_object().unwrap() {
        row[name] = value.clone();
    }
    row
}

/// A story in which a sheet was adopted.
fn under(sheet: TariffSheet) -> Story {
    let mut story = Story::founded();
    let sheet = Box::new(sheet);
    let adopt = Command::AdoptTariffs(AdoptTariffs { id: SHEET, sheet });
    story.must(PLAN_OFFICE, adopt);
    story
}

/// The proposal of an entry about the worker, on a day of November.
fn proposal(n: u128, tariff: &str, date: u32) -> ProposeEntry {
    ProposeEntry {
        entry: entry(n),
        sheet: SHEET,
        tariff: tariff.into(),
        person: WORKER,
        about: None,
        unit: LINE,
        period: NOVEMBER,
        plan: None,
        item: None,
        happened: day(2026, 11, date),
        facts: "当日巡线发现".into(),
        evidence: Vec::new(),
        count: 1,
        points: None,
        money: None,
    }
}

fn propose(args: ProposeEntry) -> Command {
    Command::ProposeEntry(Box::new(args))
}

impl Story {
    fn entries(&self) -> &BTreeMap<EntryId, LedgerEntry> {
        self.world.ledger(LINE, NOVEMBER).unwrap()
    }

    fn entry(&self, n: u128) -> &LedgerEntry {
        &self.entries()[&entry(n)]
    }

    fn decide(&self, n: u128, confirmed: bool, reason: &str) -> Command {
        Command::DecideEntry(DecideEntry {
            entry: entry(n),
            unit: LINE,
            period: NOVEMBER,
            confirmed,
            reason: reason.into(),
            seen: self.entry(n).seen(),
        })
    }

    fn answer(&self, n: u128, accepted: bool, reason: &str) -> Command {
        Command::AnswerEntry(AnswerEntry {
            entry: entry(n),
            unit: LINE,
            period: NOVEMBER,
            accepted,
            reason: reason.into(),
            seen: self.entry(n).seen(),
        })
    }

    fn reverse(&self, n: u128, reversal: u128) -> Command {
        Command::ReverseEntry(ReverseEntry {
            entry: entry(n),
            unit: LINE,
            period: NOVEMBER,
            reversal: entry(reversal),
            reason: "记错了人".into(),
            seen: self.entry(n).seen(),
        })
    }

    /// Proposes an entry as the line's head and confirms it as the plan office.
    fn entered(&mut self, args: ProposeEntry) {
        let id = args.entry.bits() - entry(0).bits();
        self.must(LINE_HEAD, propose(args));
        self.must(PLAN_OFFICE, self.decide(id, true, ""));
    }

    fn counted(&self, n: u128) -> Counted {
        ledger::counted(self.world.organisation(), self.entries())[&entry(n)]
    }

    /// The sum of what stands against a person.
    fn against(&self, person: PersonId) -> (Points, Fen) {
        let counted = ledger::counted(self.world.organisation(), self.entries());
        let standing = ledger::standing(self.entries());
        let own = standing.iter().filter(|entry| entry.person == person);
        own.fold((Points(0), Fen(0)), |(points, money), entry| {
            let more = counted[&entry.id];
            (
                Points(points.0 + more.points.0),
                Fen(money.0 + more.money.0),
            )
        })
    }
}

/// An entry as it is counted: its place, points and money, in hundredths.
const fn counts(nth: u32, points: i64, money: i64) -> Counted {
    Counted {
        nth,
        points: Points(points),
        money: Fen(money),
    }
}

/// A day of November 2026.
fn november_day(date: u32) -> Day {
    day(2026, 11, date)
}
