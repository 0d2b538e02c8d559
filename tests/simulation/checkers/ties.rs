//! Who stands where in an organisation on a day, read from the dated rows alone.
//!
//! This states practice a second time, on purpose: a rule that is wrong in the domain must not be
//! taken from there by the one who checks it.

use shared::id::{PersonId, UnitId};
use shared::moment::{Day, InForce};
use shared::organisation::{Line, Office, Organisation, Tenure};

fn on(span: InForce, day: Day) -> bool {
    span.from <= day && span.to.is_none_or(|last| day <= last)
}

/// Holds the office on that day.
pub(crate) fn in_office(all: &Organisation, person: PersonId, office: Office, day: Day) -> bool {
    let mut held = all
        .appointments
        .values()
        .filter(|a| a.person == person && a.office == office);
    held.any(|a| on(a.in_force, day))
}

/// Sits on the panel that hears the second instance, which the regime of a run names.
pub(crate) fn on_panel(all: &Organisation, person: PersonId, day: Day) -> bool {
    let mut seats = all.role_holders.values().filter(|a| a.person == person);
    seats.any(|seat| seat.unit.is_none() && on(seat.in_force, day))
}

/// Has a post in the unit on that day.
pub(crate) fn belongs(all: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    let mut posts = all
        .assignments
        .values()
        .filter(|a| a.person == person && a.unit == unit);
    posts.any(|a| on(a.in_force, day))
}

/// Has a post that leads the unit on that day.
pub(crate) fn leads(all: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    let mut posts = all
        .assignments
        .values()
        .filter(|a| a.person == person && a.unit == unit);
    posts.any(|a| a.heads && on(a.in_force, day))
}

/// The one who acts as head: an acting one, else the main post, else an additional one.
pub(crate) fn head(all: &Organisation, unit: UnitId, day: Day) -> Option<PersonId> {
    let rank = |tenure| match tenure {
        Tenure::Acting => 0,
        Tenure::Main => 1,
        Tenure::Additional => 2,
    };
    let mut best = None;
    for post in all
        .assignments
        .values()
        .filter(|a| a.unit == unit && a.heads)
    {
        let key = (rank(post.tenure), post.in_force.from, post.id);
        if on(post.in_force, day) && best.is_none_or(|(least, _)| key < least) {
            best = Some((key, post.person));
        }
    }
    best.map(|(_, person)| person)
}

/// The unit and those above it, the nearest first.
pub(crate) fn chain(all: &Organisation, unit: UnitId) -> Vec<UnitId> {
    let mut chain = vec![unit];
    while let Some(parent) = chain.last().and_then(|here| all.units.get(here)?.parent) {
        if chain.contains(&parent) {
            break;
        }
        chain.push(parent);
    }
    chain
}

/// The superior by an administrative line, the earliest where there are several.
pub(crate) fn by_line(all: &Organisation, person: PersonId, day: Day) -> Option<PersonId> {
    let mut lines: Vec<_> = all.lines.values().filter(|l| l.person == person).collect();
    lines.retain(|l| l.line == Line::Administrative && on(l.in_force, day));
    lines.retain(|l| l.superior != person);
    lines.sort_by_key(|l| (l.in_force.from, l.id));
    lines.first().map(|line| line.superior)
}

/// The heads of a chain of units, without the person and the units that the person leads.
pub(crate) fn heads_over(
    all: &Organisation,
    person: PersonId,
    chain: Vec<UnitId>,
    day: Day,
) -> Vec<PersonId> {
    let others = chain
        .into_iter()
        .filter(|unit| !leads(all, person, *unit, day));
    let heads = others.filter_map(|unit| head(all, unit, day));
    heads.filter(|head| *head != person).collect()
}

/// The superior: by the administrative line, else the nearest head above who is somebody else.
pub(crate) fn superior(
    all: &Organisation,
    person: PersonId,
    unit: UnitId,
    day: Day,
) -> Option<PersonId> {
    let line = by_line(all, person, day);
    line.or_else(|| {
        heads_over(all, person, chain(all, unit), day)
            .first()
            .copied()
    })
}

/// The superior for the part of a period that a member spent in a unit: a line counts as it stood on
/// the member's last day there, the heads as they are now.
pub(crate) fn superior_of_part(
    all: &Organisation,
    member: PersonId,
    unit: UnitId,
    day: Day,
) -> Option<PersonId> {
    let mut last_days = Vec::new();
    for post in all.assignments.values() {
        let last = post.in_force.to.map_or(day, |to| to.min(day));
        if post.person == member && post.unit == unit && on(post.in_force, last) {
            last_days.push(last);
        }
    }
    let asked = last_days.into_iter().max().unwrap_or(day);
    by_line(all, member, asked).or_else(|| {
        let heads = heads_over(all, member, chain(all, unit), day);
        heads.first().copied()
    })
}

/// Belongs to a unit that was named to go on with the work of an ended one, or of its successors.
pub(crate) fn goes_on_with(all: &Organisation, person: PersonId, unit: UnitId, day: Day) -> bool {
    let mut units = vec![unit];
    for place in 0.. {
        let Some(ended) = units.get(place).and_then(|unit| all.units.get(unit)) else {
            return false;
        };
        if ended.in_force.to.is_some_and(|to| to < day) {
            if ended
                .successors
                .iter()
                .any(|unit| belongs(all, person, *unit, day))
            {
                return true;
            }
            let more: Vec<UnitId> = ended.successors.clone();
            units.extend(more.into_iter().filter(|unit| all.units.contains_key(unit)));
        }
        if units.len() > 1_000 {
            return false;
        }
    }
    false
}

/// Is the one to whom a leader of the unit, or of one above it, answers for leading that.
pub(crate) fn is_over(
    all: &Organisation,
    person: PersonId,
    leader: PersonId,
    unit: UnitId,
    day: Day,
) -> bool {
    let led = chain(all, unit)
        .into_iter()
        .filter(|unit| leads(all, leader, *unit, day));
    led.map(|unit| superior(all, leader, unit, day))
        .any(|found| found == Some(person))
}

/// Has a functional line over the person on that day.
pub(crate) fn advises(all: &Organisation, adviser: PersonId, person: PersonId, day: Day) -> bool {
    let mut lines = all
        .lines
        .values()
        .filter(|l| l.person == person && l.superior == adviser);
    lines.any(|l| l.line == Line::Functional && on(l.in_force, day))
}

/// Those who delegated their signatures of that day to a person.
pub(super) fn delegated(
    all: &Organisation,
    person: PersonId,
    day: Day,
) -> impl Iterator<Item = PersonId> {
    let given = all.delegations.values();
    let given = given.filter(move |given| given.to == person && given.in_force.covers(day));
    given.map(|given| given.from)
}
