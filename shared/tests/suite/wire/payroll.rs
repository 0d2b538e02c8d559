//! Examples of payroll: acts, bases, minimum wages, payables, batches, slips; each field filled.

use shared::command::Command;
use shared::command::payroll::{EnterBase, EnterMinimum, HandOver, PayrollAct};
use shared::id::{EntryId, MinimumWageId, PayBaseId};
use shared::moment::Times;
use shared::payroll::{
    ControlTotals, LineOf, MinimumWage, PayBase, PayBatch, PayLine, PaySlip, Payable, Scope,
    SealRef,
};
use shared::plan::Signed;
use shared::quantity::{BasisPoints, Fen};
use shared::row::Row;
use shared::seal::Assessment;

use crate::prelude::*;

const BASE: PayBaseId = PayBaseId::from_bits(0xba01);
const WAGE: MinimumWageId = MinimumWageId::from_bits(0x3101);
const ENTRY: EntryId = EntryId::from_bits(0xe001);

fn scope() -> Scope {
    Scope {
        units: vec![LINE],
        people: vec![KEEPER],
    }
}

pub(super) fn commands() -> Vec<Command> {
    let acts = [
        PayrollAct::EnterBase(EnterBase {
            base: BASE,
            person: WORKER,
            amount: Fen(810_000),
            from: day(2026, 12, 1),
            old: Some(Fen(800_000)),
            note: "劳动合同变更".into(),
        }),
        PayrollAct::EnterMinimum(EnterMinimum {
            wage: WAGE,
            unit: ROOT,
            amount: Fen(230_000),
            from: day(2026, 1, 1),
            note: "本市通知".into(),
        }),
        PayrollAct::HandOver(HandOver {
            number: 2,
            month: day(2026, 12, 1),
            scope: scope(),
            seen: "5".repeat(64),
            note: "十二月".into(),
        }),
    ];
    let command = |act| Command::Payroll(Box::new(act));
    acts.into_iter().map(command).collect()
}

pub(super) fn rows(times: Times) -> Vec<Row> {
    let signed = |reason: &str| Signed {
        by: KEEPER,
        times,
        reason: reason.into(),
        timed: None,
    };
    vec![
        Row::PayBase(PayBase {
            id: BASE,
            person: WORKER,
            amount: Fen(810_000),
            from: day(2026, 12, 1),
            entered: signed("劳动合同变更"),
        }),
        Row::MinimumWage(MinimumWage {
            id: WAGE,
            unit: ROOT,
            amount: Fen(230_000),
            from: day(2026, 1, 1),
            entered: signed("本市通知"),
        }),
        Row::Payable(Box::new(Payable {
            plan: PLAN,
            version: 2,
            person: WORKER,
            period: NOVEMBER,
            unit: LINE,
            assessment: Assessment::Provisional,
            coefficient: BasisPoints(10_000),
            sealed: times.recorded,
            digest: "6".repeat(64),
        })),
        Row::PayBatch(Box::new(PayBatch {
            number: 2,
            month: day(2026, 12, 1),
            scope: scope(),
            totals: ControlTotals {
                heads: 1,
                base: Fen(800_000),
                coefficients: BasisPoints(8_000),
                amount: Fen(-40_000),
            },
            left_out: 3,
            digest: "5".repeat(64),
            handed_over: signed("十二月"),
        })),
        Row::PaySlip(Box::new(slip())),
    ]
}

fn slip() -> PaySlip {
    let from = SealRef {
        plan: PLAN,
        version: 2,
        digest: "6".repeat(64),
    };
    let recovery = PayLine {
        of: LineOf::Recovery(NOVEMBER),
        base: Fen(800_000),
        share: BasisPoints(2_000),
        coefficient: BasisPoints(8_000),
        basis: Some(Assessment::Assessed),
        amount: Fen(-30_000),
        capped: Fen(2_000),
        from: Some(from),
        corrects: Some(1),
    };
    let compensation = PayLine {
        of: LineOf::Compensation(ENTRY),
        base: Fen(0),
        share: BasisPoints(0),
        coefficient: BasisPoints(0),
        basis: None,
        amount: Fen(-10_000),
        capped: Fen(0),
        from: None,
        corrects: None,
    };
    let minimum = PayLine {
        of: LineOf::MinimumWage,
        ..compensation.clone()
    };
    PaySlip {
        batch: 2,
        month: day(2026, 12, 1),
        person: WORKER,
        name: "王小明".into(),
        unit: LINE,
        unit_name: "一线".into(),
        base: Some(Fen(800_000)),
        minimum: Some(Fen(230_000)),
        most_deducted: BasisPoints(2_000),
        lines: vec![recovery, compensation, minimum],
    }
}
