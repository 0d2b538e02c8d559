//! Rules of shared items: a unit that is asked to help answers by its head, and its consent puts a
//! mirrored item of its own weight and due day into its own plan.
//!
//! The mirrored item comes with the consent while the helper's plan is drafted; into an approved
//! plan it comes by a change request, after the consent. Consent is not taken back once the plan
//! that counts on it is approved.

use crate::carry;
use crate::change::Change;
use crate::command::plan::AnswerHelp;
use crate::help::Help;
use crate::id::UnitId;
use crate::item::{Item, LineageKind};
use crate::permission;
use crate::plan::PlanState;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, PlanDocument, Stop};

use super::item::{check, drafted, fits_in};
use super::plan::signature;
use super::{MOST_TEXT, allow, carry as carried, fits, in_state, malformed, reason};

pub(super) fn answer(case: &Case<'_>, args: &AnswerHelp) -> Result<Vec<Change>, Stop> {
    let AnswerHelp {
        unit,
        agreed,
        mirrored,
        ..
    } = args;
    allow(permission::may_answer_for(
        case.organisation(),
        case.actor,
        *unit,
        case.today(),
    ))?;
    let (plan, document) = case.plan(args.plan)?;
    let item = case.item(document, args.item)?;
    if !item.helpers.contains(unit) {
        let (field, given) = ("helpers".to_owned(), unit.to_string());
        return Err(Refusal::UnknownValue { field, given }.into());
    }
    let before = document.helps.get(&(item.id, *unit));
    let states = [
        PlanState::Draft,
        PlanState::Returned,
        PlanState::Submitted,
        PlanState::Approved,
    ];
    let takes_back = !agreed && before.is_some_and(|help| help.agreed);
    let last = if takes_back { 3 } else { states.len() };
    in_state(plan, &states[..last])?;
    let why = if *agreed {
        fits("reason", args.reason.trim(), MOST_TEXT)?;
        args.reason.trim().to_owned()
    } else {
        reason(&args.reason)?
    };
    if !agreed && mirrored.is_some() {
        return Err(malformed("mirrored"));
    }
    let same = |help: &Help| help.agreed == *agreed && help.by.reason == why;
    if before.is_some_and(same) && mirrored.is_none() {
        return Ok(Vec::new());
    }
    let mut changes = Vec::new();
    let mut stands = before.filter(|_| *agreed).and_then(|help| help.mirrored);
    if let Some(mirror) = mirrored {
        let mirror = mirrors(case, (document, item), *unit, mirror)?;
        stands = Some((mirror.plan, mirror.id));
        changes.push(Change::put(Row::Item(mirror)));
    }
    changes.push(Change::put(Row::Help(Help {
        plan: plan.id,
        item: item.id,
        unit: *unit,
        by: signature(case, why),
        agreed: *agreed,
        mirrored: stands,
    })));
    Ok(changes)
}

/// The mirrored item as it is placed in the helper's plan, which must be one that is drafted.
fn mirrors(
    case: &Case<'_>,
    (document, source): (&PlanDocument, &Item),
    unit: UnitId,
    mirror: &Item,
) -> Result<Item, Stop> {
    let (helper, into, rules) = drafted(case, mirror.plan)?;
    let asks = document.plan.as_ref();
    let fits_there = asks.is_some_and(|plan| {
        let kind = LineageKind::Mirrored;
        carry::may_continue(case.organisation(), kind, plan, helper, case.today())
    });
    if helper.unit != unit || !fits_there {
        return Err(Refusal::NotASource { plan: source.plan }.into());
    }
    if into.items.contains_key(&mirror.id) {
        return Err(Refusal::already_exists("item").into());
    }
    fits_in(into.items.len() + 1)?;
    if mirror.lineage != Some(carry::lineage(LineageKind::Mirrored, source, false)) {
        return Err(malformed("mirrored.lineage"));
    }
    carried::not_yet(into, mirror)?;
    check(case, helper, rules, mirror)?;
    Ok(mirror.clone())
}
