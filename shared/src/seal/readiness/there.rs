//! Who was there for enough of a period to be assessed, by dated rows alone.

use crate::id::{PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::Period;
use crate::regime::Rules;
use crate::regime::people::People;

use super::derive;

/// Says whether a person is assessed for what was done in a unit: there for enough of the assessed
/// days, and in this unit for a part that counts.
pub fn is_assessed(
    organisation: &Organisation,
    (period, rules): (&Period, Rules<'_>),
    person: PersonId,
    unit: UnitId,
) -> bool {
    let (days, people) = (rules.assessed_days(period), &rules.regime.people);
    let stays = organisation.stays(person, days.0, days.1);
    let (missed, working_days) = organisation.away(person, unit, &stays, days);
    let parts = spent(organisation, people, person, days);
    !derive::away_too_long(people, missed, working_days) && parts.iter().any(|(of, _)| *of == unit)
}

/// The units in which the person spent a part of the period that counts, with its working days.
pub(super) fn spent(
    organisation: &Organisation,
    people: &People,
    person: PersonId,
    (from, to): (Day, Day),
) -> Vec<(UnitId, u32)> {
    let fewest = people.least_days.max(1);
    let mut spent: Vec<(UnitId, u32)> = Vec::new();
    for stay in organisation.parts(person, from, to, fewest) {
        match spent.iter_mut().find(|(unit, _)| *unit == stay.unit) {
            Some((_, days)) => *days += stay.working_days,
            None => spent.push((stay.unit, stay.working_days)),
        }
    }
    spent
}
