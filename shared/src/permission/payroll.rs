//! Who may do what in payroll: the office, and nobody else; in one's own matter another of the office.

use crate::id::PersonId;
use crate::moment::Day;
use crate::organisation::{Office, Organisation};

/// Says whether the actor may see pay bases and coefficients, draw batches and hand them over.
pub fn may_pay(organisation: &Organisation, actor: PersonId, day: Day) -> bool {
    organisation.holds(actor, Office::Payroll, day)
}

/// Says whether the actor may enter a person's pay base: payroll, and one's own only where nobody else
/// holds the office.
pub fn may_enter_base(
    organisation: &Organisation,
    actor: PersonId,
    person: PersonId,
    day: Day,
) -> bool {
    let others = || {
        let held = organisation.appointments.values();
        let mut held = held.filter(|held| held.office == Office::Payroll);
        held.any(|held| held.person != actor && held.in_force.covers(day))
    };
    may_pay(organisation, actor, day) && (actor != person || !others())
}
