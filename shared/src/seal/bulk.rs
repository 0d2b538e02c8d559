//! Sealing many: everybody whose last part of a period is in some units and who is ready.
//!
//! A device shows it and the server carries it out; both make the same list, so that the person
//! who confirms its digest confirms each result in it.

use std::collections::BTreeMap;

use crate::canonical;
use crate::command::seal::SealResult;
use crate::digest;
use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::UtcMillis;
use crate::plan::Plan;
use crate::world::World;

use super::readiness::{draft, in_order};
use super::{SealedResult, same_content};

/// A result that is ready, with the command that seals it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// What would be sealed.
    pub draft: SealedResult,
    /// The command.
    pub command: SealResult,
}

/// Everybody who is ready, by unit and person; `units` empty: of all units.
pub fn ready(
    world: &World,
    period: PeriodId,
    units: &[UnitId],
    at: UtcMillis,
    by: PersonId,
) -> Vec<Ready> {
    let mut plans: BTreeMap<PersonId, Vec<&Plan>> = BTreeMap::new();
    let all = world.documents().filter_map(|(_, d)| d.plan.as_ref());
    for plan in all.filter(|plan| plan.period == period) {
        plans.entry(plan.owner).or_default().push(plan);
    }
    let mut ready: Vec<Ready> = plans
        .into_iter()
        .filter_map(|(person, plans)| one(world, person, period, plans, at, by))
        .filter(|ready| units.is_empty() || units.contains(&ready.draft.unit))
        .collect();
    ready.sort_by_key(|ready| (ready.draft.unit, ready.draft.person));
    ready
}

fn one(
    world: &World,
    person: PersonId,
    period: PeriodId,
    plans: Vec<&Plan>,
    at: UtcMillis,
    by: PersonId,
) -> Option<Ready> {
    let plans = in_order(world.organisation(), person, period, plans);
    let draft = draft(world, &plans, at, by).ok()?;
    let last = world.document(draft.plan)?;
    let sealed = last.sealed.last_key_value().map(|(_, sealed)| sealed);
    if sealed.is_some_and(|sealed| same_content(sealed, &draft)) {
        return None;
    }
    let parts = plans.into_iter().filter(|plan| *plan != draft.plan);
    let command = SealResult {
        plan: draft.plan,
        parts: parts.collect(),
        seen: digest::seal_content(&draft),
    };
    Some(Ready { draft, command })
}

/// Digest of what is sealed together.
pub fn digest_of(ready: &[Ready]) -> String {
    let all: Vec<(PlanId, &str)> = ready
        .iter()
        .map(|ready| (ready.command.plan, ready.command.seen.as_str()))
        .collect();
    canonical::digest("jihe/seal-bulk/1", &all)
}
