//! Entries as facts of a result: those of a plan that stand, with the points that they amount to.
//!
//! A side that does not hold the whole ledger of the plan's unit and period says so and decides
//! nothing: a result in which an entry is missing would be wrong without a word.

use crate::id::PlanId;
use crate::ledger;
use crate::moment::Day;
use crate::partition::PartitionId;
use crate::result::engine_3::inputs::EntryFact;
use crate::world::{Stop, World};

/// The entries that count in the result of a plan, by the places of the regime's tariffs, in the
/// order in which they happened.
pub fn entries_of(world: &World, plan: PlanId, day: Day) -> Result<Vec<EntryFact>, Stop> {
    let (plan, _) = world.plan(plan).or_not_found("plan")?;
    let organisation = world.organisation();
    let Some(period) = organisation.periods.get(&plan.period) else {
        return Ok(Vec::new());
    };
    let Some(tariffs) = ledger::sheet::tariffs(organisation, period.regime) else {
        return Ok(Vec::new());
    };
    if tariffs.is_empty() {
        return Ok(Vec::new());
    }
    if !world.holds(PartitionId::Ledger(plan.unit, plan.period), day) {
        return Err(Stop::NotHeld);
    }
    let Some(entries) = world.ledger(plan.unit, plan.period) else {
        return Ok(Vec::new());
    };
    let counted = ledger::counted(organisation, entries);
    let mut facts: Vec<EntryFact> = Vec::new();
    for entry in ledger::standing(entries) {
        let tariff = tariffs.iter().position(|row| row.key == entry.tariff);
        let tariff = tariff.and_then(|place| Some((u16::try_from(place).ok()?, &tariffs[place])));
        let counts = entry.plan == Some(plan.id) && entry.sheet == period.regime;
        if let Some((place, tariff)) = tariff.filter(|_| counts) {
            facts.push(EntryFact {
                entry: entry.id,
                tariff: place,
                item: entry.item,
                happened: entry.happened,
                points: counted[&entry.id].points,
                item_zero: tariff.item_zero,
            });
        }
    }
    facts.sort_by_key(|fact| (fact.happened, fact.entry));
    Ok(facts)
}
