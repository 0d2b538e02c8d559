//! Rules of roles and delegations: who holds a role that a regime names, and who signs for whom.

use crate::change::Change;
use crate::command::signing::{Delegate, EndDelegation, EndRole, HoldRole};
use crate::moment::InForce;
use crate::organisation::RoleHolder;
use crate::permission;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::signing::Delegation;
use crate::world::{Case, Stop};

use super::people::ended;
use super::{allow, known, malformed, name, no_less, reason};

pub(super) fn hold(case: &Case<'_>, args: &HoldRole) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_run_plans(
        organisation,
        case.actor,
        case.today(),
    ))?;
    if organisation.role_holders.contains_key(&args.holder) {
        return Err(Refusal::already_exists("role_holder").into());
    }
    known(organisation.people.get(&args.person), "person")?;
    if let Some(unit) = args.unit {
        known(organisation.units.get(&unit), "unit")?;
    }
    Ok(vec![Change::put(Row::RoleHolder(RoleHolder {
        id: args.holder,
        role: name("role", &args.role)?,
        unit: args.unit,
        person: args.person,
        in_force: InForce {
            from: args.from,
            to: None,
        },
    }))])
}

pub(super) fn end_role(case: &Case<'_>, args: &EndRole) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_run_plans(
        organisation,
        case.actor,
        case.today(),
    ))?;
    let held = known(organisation.role_holders.get(&args.holder), "role_holder")?;
    let in_force = ended(case, held.in_force, args.to)?;
    Ok(vec![Change::put(Row::RoleHolder(RoleHolder {
        in_force,
        ..held.clone()
    }))])
}

pub(super) fn delegate(case: &Case<'_>, args: &Delegate) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_delegate(
        organisation,
        case.actor,
        args.from,
        today,
    ))?;
    if organisation.delegations.contains_key(&args.delegation) {
        return Err(Refusal::already_exists("delegation").into());
    }
    known(organisation.people.get(&args.from), "person")?;
    known(organisation.people.get(&args.to), "person")?;
    if args.from == args.to {
        return Err(malformed("to"));
    }
    no_less("first", &args.first, &today)?;
    no_less("last", &args.last, &args.first)?;
    let in_force = InForce {
        from: args.first,
        to: Some(args.last),
    };
    case.work(organisation.delegations.len())?;
    let mut given = organisation.delegations.values();
    let twice = |given: &Delegation| {
        (given.from, given.to) == (args.from, args.to) && given.in_force.meets(&in_force)
    };
    if given.any(twice) {
        return Err(Refusal::already_exists("delegation").into());
    }
    Ok(vec![Change::put(Row::Delegation(Delegation {
        id: args.delegation,
        from: args.from,
        to: args.to,
        in_force,
        reason: reason(&args.reason)?,
    }))])
}

pub(super) fn end_delegation(case: &Case<'_>, args: &EndDelegation) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let given = organisation.delegations.get(&args.delegation);
    let given = known(given, "delegation")?;
    // Who was asked to sign may decline, too.
    let asked = given.to == case.actor;
    allow(asked || permission::may_delegate(organisation, case.actor, given.from, today))?;
    let InForce { from, to } = given.in_force;
    let least = from.pred_opt().unwrap_or(from);
    no_less("to", &args.to, &least)?;
    // What was signed meanwhile was signed by right.
    no_less(
        "to",
        &args.to,
        &today.pred_opt().unwrap_or(today).min(to.unwrap_or(today)),
    )?;
    Ok(vec![Change::put(Row::Delegation(Delegation {
        in_force: InForce {
            from,
            to: Some(args.to.min(to.unwrap_or(args.to))),
        },
        ..given.clone()
    }))])
}
