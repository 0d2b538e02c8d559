//! What waits in the ledger for a person: entries to decide about, and one's own to answer.

use crate::id::PersonId;
use crate::moment::Day;
use crate::permission;
use crate::world::World;

use super::{EntryState, LedgerEntry, tariff};

/// How many entries a person may decide about now: proposed ones, and those that are disputed.
pub fn to_decide(world: &World, person: PersonId, day: Day) -> usize {
    let organisation = world.organisation();
    let waits = |entry: &LedgerEntry, state| {
        let tariff = tariff(organisation, entry.sheet, &entry.tariff);
        let open =
            state == EntryState::Proposed || state == EntryState::Confirmed && entry.is_disputed();
        open && tariff
            .is_some_and(|tariff| permission::may_confirm(organisation, person, tariff, entry, day))
    };
    count(world, waits)
}

/// How many entries about a person are neither accepted nor disputed.
pub fn to_answer(world: &World, person: PersonId) -> usize {
    count(world, |entry, state| {
        let stands = matches!(state, EntryState::Proposed | EntryState::Confirmed);
        stands && entry.person == person && entry.answer.is_none()
    })
}

fn count(world: &World, waits: impl Fn(&LedgerEntry, EntryState) -> bool) -> usize {
    let ledgers = world.documents().map(|(_, document)| &document.entries);
    let entries = ledgers.flat_map(|entries| {
        let states = entries.values();
        states.map(|entry| (entry, entry.state(entries)))
    });
    entries
        .filter(|(entry, state)| waits(entry, *state))
        .count()
}
