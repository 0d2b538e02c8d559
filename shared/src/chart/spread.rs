//! The spread of a period's results over the bands of its regime.
//!
//! One result per person: the sealed one, else the latest published. What this side does not hold
//! is counted and never guessed.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{PeriodId, PersonId, UnitId};
use crate::moment::InForce;
use crate::quantity::{BasisPoints, Points};
use crate::seal::Assessment;
use crate::world::World;

/// One band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its lower edge; `None` for totals below every band.
    pub from: Option<Points>,
    /// Its coefficient.
    pub coefficient: BasisPoints,
    /// How many people.
    pub people: u32,
}

/// The spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// The bands, the lowest first; the one below every band only where somebody is in it.
    pub bars: Vec<Bar>,
    /// Judged people whose result is here.
    pub judged: u32,
    /// People who were not assessed, or whose coefficient is provisional.
    pub unjudged: u32,
    /// People of the period whose result is not here: not published yet, or not for this reader.
    pub missing: u32,
}

/// Counts the results of a period, of one unit or of all; `None` for an unknown period or regime.
pub fn spread(world: &World, period: PeriodId, unit: Option<UnitId>) -> Option<Spread> {
    let organisation = world.organisation();
    let found = organisation.periods.get(&period)?;
    let bands = organisation.regimes.get(&found.regime)?.regime().bands();
    let span = InForce {
        from: found.from,
        to: Some(found.to),
    };
    let held = organisation.assignments.values();
    let people: BTreeSet<PersonId> = held
        .filter(|post| post.in_force.meets(&span))
        .filter(|post| unit.is_none_or(|unit| post.unit == unit))
        .map(|post| post.person)
        .collect();
    let totals = totals(world, period, unit);
    let mut bars: BTreeMap<Option<Points>, Bar> = BTreeMap::new();
    for band in bands {
        let bar = Bar {
            from: Some(band.from),
            coefficient: band.coefficient,
            people: 0,
        };
        bars.insert(bar.from, bar);
    }
    let (mut judged, mut unjudged) = (0, 0);
    for total in totals.values() {
        let Some(total) = total else {
            unjudged += 1;
            continue;
        };
        judged += 1;
        let within = bands.iter().find(|band| band.holds(*total));
        let coefficient = within.map_or(BasisPoints(0), |band| band.coefficient);
        let from = within.map(|band| band.from);
        let bar = bars.entry(from).or_insert(Bar {
            from,
            coefficient,
            people: 0,
        });
        bar.people += 1;
    }
    let missing = people.iter().filter(|one| !totals.contains_key(one));
    // What lies below all that earns something is shown where somebody is in it.
    let lowest = |bar: &Bar| bar.from.is_none_or(|from| from <= Points(0));
    bars.retain(|_, bar| bar.people > 0 || !lowest(bar));
    Some(Spread {
        bars: bars.into_values().collect(),
        judged,
        unjudged,
        missing: u32::try_from(missing.count()).unwrap_or(u32::MAX),
    })
}

/// The printed total of each person whose result is here; `None` for who was not judged.
fn totals(
    world: &World,
    period: PeriodId,
    unit: Option<UnitId>,
) -> BTreeMap<PersonId, Option<Points>> {
    let mut totals = BTreeMap::new();
    let mut sealed = BTreeSet::new();
    let of_unit = |found: UnitId| unit.is_none_or(|unit| unit == found);
    for (_, document) in world.documents() {
        let result = document.result();
        let here = result.filter(|one| one.period == period && of_unit(one.unit));
        if let Some(result) = here.filter(|one| !sealed.contains(&one.owner)) {
            totals.insert(result.owner, Some(result.total));
        }
        let last = document.sealed.last_key_value().map(|(_, one)| one);
        if let Some(one) = last.filter(|one| one.period == period && of_unit(one.unit)) {
            let judged = one.assessment == Assessment::Assessed;
            totals.insert(one.person, judged.then_some(one.total));
            sealed.insert(one.person);
        }
    }
    totals
}
