//! Examples of roles and delegations, each field filled.

use shared::command::Command;
use shared::command::period::MarkPeriod;
use shared::command::signing::{Delegate, EndDelegation, EndRole, HoldRole, SignPlan};
use shared::id::{DelegationId, PersonId, RoleHolderId};
use shared::item::Item;
use shared::moment::{InForce, Times};
use shared::organisation::RoleHolder;
use shared::period::{Mark, Period, PeriodKind};
use shared::plan::{Plan, PlanState, Scope, Signed};
use shared::quantity::Points;
use shared::regime::cycle::PeriodAct;
use shared::row::Row;
use shared::signing::{Delegation, StepSigned};

use crate::prelude::*;

const HOLDER: RoleHolderId = RoleHolderId::from_bits(91);
const DELEGATION: DelegationId = DelegationId::from_bits(92);

pub(super) fn rows(times: Times) -> Vec<Row> {
    let in_force = InForce {
        from: day(2026, 11, 1),
        to: Some(day(2026, 11, 30)),
    };
    vec![
        Row::RoleHolder(RoleHolder {
            id: HOLDER,
            role: "deputy_gm".into(),
            unit: Some(LINE),
            person: MANAGER,
            in_force,
        }),
        Row::Delegation(Delegation {
            id: DELEGATION,
            from: MANAGER,
            to: PLAN_OFFICE,
            in_force,
            reason: "出差".into(),
        }),
        Row::Plan(countersigned(times)),
        Row::Period(closed(times)),
        Row::Item(Item {
            scheme: "两班倒，先试产".into(),
            category: "major".into(),
            source: "meeting".into(),
            must: true,
            importance: Some(Points(150)),
            ..item(1, 3_000)
        }),
    ]
}

fn signed(by: PersonId, times: Times) -> Signed {
    Signed {
        by,
        times,
        reason: String::new(),
        timed: None,
    }
}

/// A plan that waits for its last signature, of which one was given for somebody else.
fn countersigned(times: Times) -> Plan {
    let step = |step: &str, by, of| StepSigned {
        step: step.into(),
        by,
        of,
        times,
        seen: "a".repeat(64),
    };
    Plan {
        id: PLAN,
        unit: LINE,
        period: NOVEMBER,
        scope: Scope::Unit,
        owner: LINE_HEAD,
        state: PlanState::Submitted,
        judge: Some(MANAGER),
        submitted: Some(signed(LINE_HEAD, times)),
        returned: None,
        approved: None,
        withdrawn: None,
        returned_with: Vec::new(),
        signs: vec![
            step("compile", PLAN_OFFICE, None),
            step("countersign", KEEPER, Some(STORE_HEAD)),
        ],
        signers: vec![STORE_HEAD, KEEPER],
        raters: Vec::new(),
        hearers: Vec::new(),
        contested: Vec::new(),
    }
}

/// A period of which submission is closed, and judging for one unit.
fn closed(times: Times) -> Period {
    let mark = |act, units, open, reason: &str| Mark {
        act,
        units,
        signed: Signed {
            reason: reason.into(),
            ..signed(PLAN_OFFICE, times)
        },
        open,
    };
    Period {
        id: NOVEMBER,
        kind: PeriodKind::Month,
        from: day(2026, 11, 1),
        to: day(2026, 11, 30),
        regime: REGIME,
        opened: Some(Box::new(signed(PLAN_OFFICE, times))),
        marks: vec![
            mark(PeriodAct::SubmissionClosed, Vec::new(), 0, ""),
            mark(PeriodAct::JudgingClosed, vec![LINE], 2, "由间接上级代评"),
        ],
    }
}

pub(super) fn commands() -> Vec<Command> {
    let (first, last) = (day(2026, 11, 16), day(2026, 11, 30));
    vec![
        Command::HoldRole(HoldRole {
            holder: HOLDER,
            role: "deputy_gm".into(),
            unit: Some(LINE),
            person: MANAGER,
            from: first,
        }),
        Command::EndRole(EndRole {
            holder: HOLDER,
            to: last,
        }),
        Command::Delegate(Delegate {
            delegation: DELEGATION,
            from: MANAGER,
            to: PLAN_OFFICE,
            first,
            last,
            reason: "出差".into(),
        }),
        Command::EndDelegation(EndDelegation {
            delegation: DELEGATION,
            to: first,
        }),
        Command::SignPlan(SignPlan {
            plan: PLAN,
            step: "countersign".into(),
            seen: "a".repeat(64),
        }),
        Command::MarkPeriod(MarkPeriod {
            period: NOVEMBER,
            act: PeriodAct::JudgingClosed,
            units: vec![LINE],
            open: 2,
            reason: "两份计划由间接上级代评".into(),
        }),
    ]
}
