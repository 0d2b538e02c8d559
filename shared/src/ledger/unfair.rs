//! What spot checks found unfair, as proposals: against whoever judged, by the tariff that the regime
//! names.

use crate::id::{PeriodId, PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::regime::tariff::Tariff;
use crate::result::engine_3::inputs::Late;
use crate::spot_check::{self, SpotCheck};
use crate::world::World;

use super::found::{Event, Happening, Proposal};
use super::{amount, tariff};

/// Proposals for what checks of a unit's plans of a period found, without what was proposed before.
///
/// A tariff says who bears it, seen from somebody: from the judge, or from the person who was judged.
/// Where neither way leads to who judged, nothing is proposed, and it is left to people.
pub fn unfair(world: &World, unit: UnitId, period: PeriodId, today: Day) -> Vec<Proposal> {
    let organisation = world.organisation();
    let key = spot_check::rule(organisation, period).and_then(|rule| rule.unfair.as_ref());
    let span = organisation.periods.get(&period);
    let Some((key, span)) = key.zip(span) else {
        return Vec::new();
    };
    let Some(row) = tariff(organisation, span.regime, key) else {
        return Vec::new();
    };
    let mut proposals: Vec<Proposal> = Vec::new();
    for (_, document) in world.documents() {
        let plan = document.plan.as_ref();
        let Some(plan) = plan.filter(|plan| (plan.unit, plan.period) == (unit, period)) else {
            continue;
        };
        for check in document.checks.values().filter(|check| !check.fair) {
            let Some(whose) = seen_from(organisation, row, (plan.owner, unit), check, today) else {
                continue;
            };
            proposals.push(Proposal {
                sheet: span.regime,
                tariff: key.clone(),
                of: Happening {
                    whose,
                    plan: None,
                    event: Event::Unfair(plan.id),
                    happened: check.times.recorded.day(organisation.utc_offset()),
                    late: Late::default(),
                },
                count: 1,
            });
        }
    }
    proposals.sort_by_key(|one| (one.of.whose, one.of.happened));
    let none = std::collections::BTreeMap::new();
    let entries = world.ledger(unit, period).unwrap_or(&none);
    // An entry names no plan of somebody else: of each person so many were proposed already.
    let known = |whose: PersonId| {
        let of = entries.values().filter(|entry| {
            (entry.sheet, &entry.tariff) == (span.regime, key)
                && entry.whose() == whose
                && entry.reverses.is_none()
        });
        of.count()
    };
    let mut seen = std::collections::BTreeMap::<PersonId, usize>::new();
    proposals.retain(|one| {
        let nth = seen.entry(one.of.whose).or_default();
        *nth += 1;
        *nth > known(one.of.whose)
    });
    proposals
}

/// From whom the tariff is seen so that who judged bears it.
fn seen_from(
    organisation: &Organisation,
    row: &Tariff,
    (owner, unit): (PersonId, UnitId),
    check: &SpotCheck,
    day: Day,
) -> Option<PersonId> {
    let bears = |whose: &PersonId| {
        let borne = amount::bearers(organisation, row, (*whose, unit), &[], day);
        borne.iter().any(|(person, _)| *person == check.judge)
    };
    [check.judge, owner].into_iter().find(bears)
}
