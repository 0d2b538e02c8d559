//! Who may do what in the ledger: what its tariffs say, resolved by date.
//!
//! Who has a part in an entry decides nothing about it.

use crate::id::{PersonId, UnitId};
use crate::ledger::LedgerEntry;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::regime::money::Fund;
use crate::regime::tariff::Tariff;

use super::people_of;

/// Says whether the actor may propose an entry of a tariff about what a person did in a unit.
pub fn may_propose(
    organisation: &Organisation,
    actor: PersonId,
    tariff: &Tariff,
    about: (PersonId, UnitId),
    helpers: &[UnitId],
    day: Day,
) -> bool {
    let mut named = tariff.proposed_by.iter();
    named.any(|who| people_of(organisation, who, about, helpers, day).contains(&actor))
}

/// Says whether the actor may publish a fund: whom the fund names, seen from the actor's own posts.
pub fn may_publish_fund(
    organisation: &Organisation,
    actor: PersonId,
    fund: &Fund,
    day: Day,
) -> bool {
    let posts = organisation
        .assignments_of(actor, day)
        .map(|post| post.unit);
    let root = organisation.company.as_ref().map(|company| company.root);
    posts.chain(root).any(|unit| {
        let about = (actor, unit);
        people_of(organisation, &fund.published_by, about, &[], day).contains(&actor)
    })
}

/// Says whether the actor may confirm, refuse and take back an entry of a tariff.
///
/// Nobody does so where he or she has a part in it: then the others whom the tariff names do, and
/// where it names nobody else, the superior of who has a part.
pub fn may_confirm(
    organisation: &Organisation,
    actor: PersonId,
    tariff: &Tariff,
    entry: &LedgerEntry,
    day: Day,
) -> bool {
    if entry.is_about(actor) {
        return false;
    }
    let about = (entry.whose(), entry.unit);
    let named = tariff.confirmed_by.iter();
    let named = named.flat_map(|who| people_of(organisation, who, about, &[], day));
    let named: Vec<PersonId> = named.filter(|person| !entry.is_about(*person)).collect();
    if named.is_empty() {
        let own = organisation.superior(entry.person, entry.unit, day);
        let above = organisation.heads_above(entry.person, entry.unit, day);
        let mut superiors = own.into_iter().chain(above);
        return superiors.find(|superior| !entry.is_about(*superior)) == Some(actor);
    }
    named.contains(&actor)
}
