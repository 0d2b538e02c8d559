//! Who is meant: the people behind an office or a relation that a regime names, seen from a plan.
//!
//! Asked for a day, like everything about people. A named role is held for the whole company or for
//! a unit and those below it; the nearest holder decides.

use std::collections::BTreeSet;

use crate::id::{PersonId, UnitId};
use crate::item::Item;
use crate::moment::Day;
use crate::organisation::{Office, Organisation};
use crate::permission;
use crate::plan::Plan;
use crate::regime::who::Who;

/// The people whom a `Who` means for a plan, one list for each signature that it stands for: of each
/// list, anybody may act. A list is empty where nobody holds the office or the role.
///
/// `items` are the plan's, for those who help or answer for one. Where nobody stands above the
/// superior, the superior is the last who can act for the one above.
pub fn seats<'i>(
    organisation: &Organisation,
    who: &Who,
    plan: &Plan,
    items: impl Iterator<Item = &'i Item>,
    day: Day,
) -> Vec<Vec<PersonId>> {
    let one = |person: Option<PersonId>| vec![person.into_iter().collect()];
    let judge = || permission::judge_of(organisation, plan, day);
    match who {
        Who::Owner => vec![vec![plan.owner]],
        Who::Responsible => {
            let people: BTreeSet<PersonId> = items
                .map(|item| item.responsible.unwrap_or(plan.owner))
                .collect();
            people.into_iter().map(|person| vec![person]).collect()
        }
        Who::Head => one(acting_head(organisation, plan.unit, day)),
        Who::Superior => one(judge()),
        Who::IndirectSuperior => {
            one(permission::indirect_judge_of(organisation, plan, day).or_else(judge))
        }
        Who::Helpers => {
            let units: BTreeSet<UnitId> = items
                .flat_map(|item| item.helpers.iter().copied())
                .collect();
            let head = |unit| acting_head(organisation, unit, day).into_iter().collect();
            units.into_iter().map(head).collect()
        }
        Who::PlanOffice => vec![officers(organisation, Office::PlanOffice, day)],
        Who::Personnel => vec![officers(organisation, Office::Personnel, day)],
        Who::Payroll => vec![officers(organisation, Office::Payroll, day)],
        Who::Role(role) => vec![holders(organisation, role, plan.unit, day)],
    }
}

/// Says whether a person is one of those whom some `Who`s mean for a plan.
pub fn is_one<'i>(
    organisation: &Organisation,
    of: &[Who],
    person: PersonId,
    (plan, items): (&Plan, impl Iterator<Item = &'i Item> + Clone),
    day: Day,
) -> bool {
    of.iter().any(|who| {
        let seats = seats(organisation, who, plan, items.clone(), day);
        seats.iter().any(|people| people.contains(&person))
    })
}

/// The head of a unit on a day, or who stands in for a vacant one.
fn acting_head(organisation: &Organisation, unit: UnitId, day: Day) -> Option<PersonId> {
    organisation
        .head(unit, day)
        .or_else(|| organisation.stand_in(unit, day))
}

/// Everybody who holds an office on a day, in order of their ids.
pub fn officers(organisation: &Organisation, office: Office, day: Day) -> Vec<PersonId> {
    let held = organisation.appointments.values();
    let held = held.filter(|held| held.office == office && held.in_force.covers(day));
    let people: BTreeSet<PersonId> = held.map(|held| held.person).collect();
    people.into_iter().collect()
}

/// Everybody who holds a named role for a unit on a day, in order of their ids: those who hold it
/// for the unit, else for the nearest unit above it, else for the whole company.
pub fn holders(organisation: &Organisation, role: &str, unit: UnitId, day: Day) -> Vec<PersonId> {
    let of = |wanted: Option<UnitId>| {
        let held = organisation.role_holders.values();
        let held = held.filter(|held| held.role == role && held.unit == wanted);
        let held = held.filter(|held| held.in_force.covers(day));
        held.map(|held| held.person).collect::<BTreeSet<PersonId>>()
    };
    let nearest = organisation.upwards(unit).map(|unit| of(Some(unit)));
    let nearest = nearest.chain([of(None)]).find(|people| !people.is_empty());
    nearest.unwrap_or_default().into_iter().collect()
}
