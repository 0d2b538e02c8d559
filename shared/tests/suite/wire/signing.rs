//! Examples of roles and delegations, each field filled.

use shared::command::Command;
use shared::command::signing::{Delegate, EndDelegation, EndRole, HoldRole};
use shared::id::{DelegationId, RoleHolderId};
use shared::moment::InForce;
use shared::organisation::RoleHolder;
use shared::row::Row;
use shared::signing::Delegation;

use crate::prelude::*;

const HOLDER: RoleHolderId = RoleHolderId::from_bits(91);
const DELEGATION: DelegationId = DelegationId::from_bits(92);

pub(super) fn rows() -> Vec<Row> {
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
    ]
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
    ]
}
