//! Whose results somebody may try: those that the same person's device holds, and no other.

use std::collections::BTreeSet;

use shared::id::PersonId;
use shared::permission;
use shared::placement::placement;
use shared::quantity::Points;
use shared::result::engine_3::inputs::Rating;
use shared::row::Row;

use super::{Past, preset, someone};
use crate::prelude::*;

fn past() -> Past {
    let mut past = Past::under(preset("twentieth-twentyfifth", &[]));
    for n in 1..=3 {
        past.scored(n, Rating::Points(Points(9_000)));
    }
    past
}

/// People whose result a reader's device would hold.
fn held(past: &Past, reader: PersonId) -> BTreeSet<PersonId> {
    let world = &past.story.world;
    let organisation = world.organisation();
    let today = past.story.moment.today();
    let results = world.documents().filter_map(|(_, document)| {
        let row = Row::Result(document.result()?.clone());
        let owner = document.result()?.owner;
        let partitions = placement(&row, Some(document)).into_iter();
        let mut seen = partitions
            .filter(|partition| permission::may_see(organisation, reader, today, *partition));
        seen.next().map(|_| owner)
    });
    results.collect()
}

#[test]
fn what_is_tried_is_what_is_seen() {
    let past = past();
    let readers = [
        ADMINISTRATOR,
        PLAN_OFFICE,
        MANAGER,
        LINE_HEAD,
        WORKER,
        STORE_HEAD,
        KEEPER,
        STRANGER,
        someone(1),
    ];
    let mut sizes = Vec::new();
    for reader in readers {
        let outcome = past.tried_by(reader, past.regime.clone());
        let tried: BTreeSet<PersonId> = outcome.lines.iter().map(|line| line.person).collect();
        assert_eq!(tried, held(&past, reader), "{reader}");
        // Neither is anybody else named as one who cannot be compared.
        assert_eq!(outcome.apart, []);
        sizes.push(tried.len());
    }
    assert_eq!(sizes, [0, 3, 3, 3, 0, 0, 0, 0, 1]);
    // Who sees a plan but not its result learns nothing of the result: a member of the line.
    assert_eq!(past.tried_by(WORKER, past.regime.clone()).units, []);
}
