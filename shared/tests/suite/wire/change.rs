//! Examples of how a plan goes on after its draft: changes, carry-over, help, entries on behalf.

use shared::baseline::Baseline;
use shared::change_request::{ChangeRequest, ChangeState, ChangeWindow, ItemChange};
use shared::command::Command;
use shared::command::plan::{
    AnswerHelp, DecideChange, RequestChange, SettleCarried, WithdrawChange, WithdrawPlan,
};
use shared::command::review::ConfirmEntry;
use shared::help::Help;
use shared::id::{ChangeRequestId, ItemId, PlanId, ReportId};
use shared::item::{Edit, Item, ItemEdit, Lineage, LineageKind, Rhythm};
use shared::moment::Times;
use shared::plan::{Plan, PlanState, Scope, Signed};
use shared::report::{Confirmation, Report, ReportKind};
use shared::row::Row;

use super::command::{deduction, full_item};
use crate::prelude::*;

const REQUEST: ChangeRequestId = ChangeRequestId::from_bits(91);
const OTHER: PlanId = PlanId::from_bits(32);

/// An item with every field that the first version did not have.
fn later_item() -> Item {
    Item {
        helpers: vec![STORE, ROOT],
        bonus: true,
        deduction: Some(deduction()),
        lineage: Some(Lineage {
            kind: LineageKind::CarriedOver,
            plan: OTHER,
            item: item_id(8),
            origin: item_id(7),
            rolled: 2,
            provisional: true,
        }),
        rhythm: Some(Rhythm::Weekly),
        extra: vec![("备注".into(), "见附件".into())],
        ..full_item()
    }
}

fn mirrored() -> Item {
    Item {
        id: ItemId::from_bits(201),
        plan: OTHER,
        helpers: Vec::new(),
        lineage: Some(Lineage {
            kind: LineageKind::Mirrored,
            plan: PLAN,
            item: item_id(1),
            origin: item_id(1),
            rolled: 0,
            provisional: false,
        }),
        ..full_item()
    }
}

fn changes() -> Vec<ItemChange> {
    let due = ItemEdit::Due(Edit {
        old: Some(day(2026, 11, 20)),
        new: Some(day(2026, 11, 25)),
    });
    vec![
        ItemChange::Add(Box::new(later_item())),
        ItemChange::Edit(item_id(2), vec![due]),
        ItemChange::Cancel(item_id(3)),
    ]
}

pub(super) fn commands() -> Vec<Command> {
    let (plan, item, request) = (PLAN, item_id(1), REQUEST);
    vec![
        Command::WithdrawPlan(WithdrawPlan {
            plan,
            reason: "漏了一项".into(),
        }),
        Command::RequestChange(RequestChange {
            request,
            plan,
            changes: changes(),
            reason: "客户改期".into(),
            evidence: "客户来函".into(),
        }),
        Command::DecideChange(DecideChange {
            plan,
            request,
            agreed: false,
            reason: "证明不足".into(),
            seen: "5".repeat(64),
        }),
        Command::WithdrawChange(WithdrawChange { plan, request }),
        Command::SettleCarried(SettleCarried { plan, from: OTHER }),
        Command::AnswerHelp(AnswerHelp {
            plan,
            item,
            unit: STORE,
            agreed: true,
            reason: "可以安排".into(),
            mirrored: Some(Box::new(mirrored())),
        }),
        Command::ConfirmEntry(ConfirmEntry {
            plan,
            item,
            report: ReportId::from_bits(71),
            agreed: true,
        }),
    ]
}

pub(super) fn rows(times: Times) -> Vec<Row> {
    let signed = |reason: &str| Signed {
        by: MANAGER,
        times,
        reason: reason.into(),
        timed: None,
    };
    let mut rows = vec![
        Row::Baseline(Baseline {
            plan: PLAN,
            number: 2,
            from: day(2026, 11, 12),
            items: vec![later_item()],
            excused: vec![item_id(1)],
            digest: "5".repeat(64),
            by: signed(""),
        }),
        Row::ChangeRequest(ChangeRequest {
            id: REQUEST,
            plan: PLAN,
            by: signed("客户改期"),
            changes: changes(),
            evidence: "客户来函".into(),
            from_above: true,
            window: ChangeWindow::Flagged,
            state: ChangeState::Agreed,
            decided: Some(signed("同意")),
            signs: Vec::new(),
        }),
        Row::Help(Help {
            plan: PLAN,
            item: item_id(1),
            unit: STORE,
            by: signed("可以安排"),
            agreed: true,
            mirrored: Some((OTHER, ItemId::from_bits(201))),
        }),
    ];
    rows.extend(second_shapes(times, &signed("漏了一项")));
    rows
}

/// Rows whose kinds the first version had, with the fields that it had not.
fn second_shapes(times: Times, signed: &Signed) -> Vec<Row> {
    let confirmed = Confirmation {
        agreed: true,
        times,
    };
    vec![
        Row::Item(later_item()),
        Row::Plan(Plan {
            id: PLAN,
            unit: LINE,
            period: NOVEMBER,
            scope: Scope::Unit,
            owner: LINE_HEAD,
            state: PlanState::Draft,
            judge: Some(MANAGER),
            submitted: Some(signed.clone()),
            returned: None,
            approved: None,
            withdrawn: Some(signed.clone()),
            returned_with: Vec::new(),
            signs: Vec::new(),
            signers: Vec::new(),
            raters: Vec::new(),
            hearers: Vec::new(),
            contested: Vec::new(),
        }),
        Row::Plan(Plan {
            id: PLAN,
            unit: LINE,
            period: NOVEMBER,
            scope: Scope::Unit,
            owner: LINE_HEAD,
            state: PlanState::Returned,
            judge: Some(MANAGER),
            submitted: Some(signed.clone()),
            returned: Some(signed.clone()),
            approved: None,
            withdrawn: None,
            returned_with: vec![later_item()],
            signs: Vec::new(),
            signers: Vec::new(),
            raters: Vec::new(),
            hearers: Vec::new(),
            contested: Vec::new(),
        }),
        Row::Report(Report {
            id: ReportId::from_bits(72),
            plan: PLAN,
            item: item_id(1),
            kind: ReportKind::Completion,
            by: LINE_HEAD,
            percent: 100,
            quantity: None,
            note: "已完成".into(),
            happened: day(2026, 11, 9),
            times,
            of: Some(WORKER),
            reason: "本人无手机".into(),
            paper: true,
            confirmed: Some(confirmed),
            judge: None,
            timed: None,
        }),
    ]
}
