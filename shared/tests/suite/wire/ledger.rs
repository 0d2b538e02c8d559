//! Examples of the ledger: sheets, entries, answers, funds; each field filled.

use serde_json::json;
use shared::command::Command;
use shared::command::ledger::{
    AdoptTariffs, AnswerEntry, AttachToEntry, DecideEntry, ProposeEntry, PublishFund, ReverseEntry,
};
use shared::evidence::{ContentHash, MediaType};
use shared::id::{EntryId, EvidenceId, FundLineId, RegimeId};
use shared::ledger::{Attached, EntryAnswer, FundLine, LedgerEntry, SheetVersion};
use shared::moment::Times;
use shared::plan::Signed;
use shared::quantity::{BasisPoints, Fen, Points};
use shared::regime::tariff::{Legal, TariffSheet};
use shared::row::Row;

use crate::prelude::*;

const SHEET: RegimeId = RegimeId::from_bits(0x5ee7);
const ENTRY: EntryId = EntryId::from_bits(0xe001);
const REVERSAL: EntryId = EntryId::from_bits(0xe002);
const LINE_ID: FundLineId = FundLineId::from_bits(0xf001);

fn sheet() -> TariffSheet {
    let document = json!({
        "format": 2,
        "key": "house-rules",
        "name": {"zh": "奖惩标准", "en": "House rules"},
        "source": "S00",
        "roles": [{"key": "panel", "name": {"zh": "小组", "en": "Panel"}}],
        "tariffs": [{
            "key": "late",
            "name": {"zh": "迟交", "en": "Late"},
            "clause": "第三条",
            "legal": "compensation",
            "counted": "hour_late",
            "points": {"escalating": [100, 300]},
            "money": {"amount": {"range": {"least": 5000, "most": 10_000}}, "on": true, "to_be_set": true},
            "bearers": [{"who": "head", "share": 6000}, {"who": {"role": "panel"}, "share": 4000}],
            "item_zero": true,
            "to_fund": true,
            "proposed_by": ["superior"],
            "confirmed_by": ["plan_office"],
            "answer_days": 3,
            "trigger": {"undone": {"of": {"sections": ["key_work"]}}},
        }],
        "fund": {
            "name": {"zh": "活动经费", "en": "Fund"},
            "kept_by": "payroll",
            "published_by": "payroll",
        },
        "house_defaults": ["/tariffs/0/points"],
    });
    serde_json::from_value(document).unwrap()
}

pub(super) fn commands() -> Vec<Command> {
    let (unit, period, seen) = (LINE, NOVEMBER, "5".repeat(64));
    vec![
        Command::AdoptTariffs(AdoptTariffs {
            id: SHEET,
            sheet: Box::new(sheet()),
        }),
        Command::ProposeEntry(Box::new(ProposeEntry {
            entry: ENTRY,
            sheet: SHEET,
            tariff: "late".into(),
            person: LINE_HEAD,
            about: Some(WORKER),
            unit,
            period,
            plan: Some(PLAN),
            item: Some(item_id(1)),
            happened: day(2026, 11, 9),
            facts: "9日17时仍未交".into(),
            evidence: vec![EvidenceId::from_bits(0xa1)],
            count: 7,
            points: Some(Points(150)),
            money: Some(Fen(8_000)),
        })),
        Command::DecideEntry(DecideEntry {
            entry: ENTRY,
            unit,
            period,
            confirmed: true,
            reason: "属实".into(),
            seen: seen.clone(),
        }),
        Command::AnswerEntry(AnswerEntry {
            entry: ENTRY,
            unit,
            period,
            accepted: false,
            reason: "当日请假".into(),
            seen: seen.clone(),
        }),
        Command::ReverseEntry(ReverseEntry {
            entry: ENTRY,
            unit,
            period,
            reversal: REVERSAL,
            reason: "记错了人".into(),
            seen: seen.clone(),
        }),
        Command::PublishFund(PublishFund {
            line: LINE_ID,
            sheet: SHEET,
            period,
            units: vec![LINE, STORE],
            spent: Some(Fen(2_500)),
            words: "部门聚餐".into(),
            seen,
        }),
        Command::AttachToEntry(AttachToEntry {
            entry: ENTRY,
            unit,
            period,
            evidence: EvidenceId::from_bits(0xa2),
            name: "地面积水.jpg".into(),
            media: MediaType::Jpeg,
            bytes: 81_234,
            hash: ContentHash::of(b"water"),
        }),
    ]
}

fn attached(times: Times) -> Attached {
    Attached {
        id: EvidenceId::from_bits(0xa2),
        name: "地面积水.jpg".into(),
        media: MediaType::Jpeg,
        bytes: 81_234,
        hash: ContentHash::of(b"water"),
        by: MANAGER,
        times,
    }
}

pub(super) fn rows(times: Times) -> Vec<Row> {
    let signed = |by, reason: &str| Signed {
        by,
        times,
        reason: reason.into(),
        timed: None,
    };
    let entry = LedgerEntry {
        id: REVERSAL,
        sheet: SHEET,
        tariff: "late".into(),
        clause: "第三条".into(),
        legal: Legal::Compensation,
        person: LINE_HEAD,
        about: Some(WORKER),
        share: [BasisPoints(0), BasisPoints(6_000)],
        unit: LINE,
        period: NOVEMBER,
        plan: Some(PLAN),
        item: Some(item_id(1)),
        happened: day(2026, 11, 9),
        facts: "9日17时仍未交".into(),
        evidence: vec![EvidenceId::from_bits(0xa1)],
        attached: Vec::new(),
        count: 7,
        points: Points(150),
        money: Fen(8_000),
        judge: Some(MANAGER),
        proposed: signed(MANAGER, ""),
        confirmed: Some(signed(PLAN_OFFICE, "属实")),
        refused: Some(signed(PLAN_OFFICE, "不属实")),
        answer: Some(EntryAnswer::Disputed(signed(LINE_HEAD, "当日请假"))),
        upheld: Some(signed(PLAN_OFFICE, "请假在次日")),
        reverses: Some(ENTRY),
    };
    let plain = LedgerEntry {
        id: ENTRY,
        about: None,
        share: shared::ledger::WHOLE,
        plan: None,
        item: None,
        evidence: Vec::new(),
        judge: None,
        confirmed: None,
        refused: None,
        answer: Some(EntryAnswer::Accepted(signed(LINE_HEAD, ""))),
        upheld: None,
        reverses: None,
        ..entry.clone()
    };
    let shown = LedgerEntry {
        attached: vec![attached(times)],
        ..plain.clone()
    };
    vec![
        Row::LedgerEntry(Box::new(entry)),
        Row::LedgerEntry(Box::new(plain)),
        Row::LedgerEntry(Box::new(shown)),
        Row::TariffSheet(Box::new(SheetVersion::new(SHEET, sheet()))),
        Row::FundLine(FundLine {
            id: LINE_ID,
            sheet: SHEET,
            period: NOVEMBER,
            units: vec![LINE],
            entries: vec![(ENTRY, Fen(4_000)), (REVERSAL, Fen(-1_000))],
            amount: Fen(3_000),
            words: "十一月".into(),
            published: signed(KEEPER, ""),
        }),
    ]
}
