//! Laws: no order of arrival changes what stands, and a reversal leaves the rest as if the entry had
//! never been.

use std::collections::BTreeMap;

use serde_json::json;
use shared::command::ledger::ProposeEntry;
use shared::id::EntryId;
use shared::ledger::{Counted, counted, standing};

use super::{Story, entry, november_day, proposal, propose, row, sheet, under};
use crate::prelude::*;

const SEEDS: u64 = 300;

fn story() -> Story {
    under(sheet(json!([
        row(
            "escalates",
            json!({"points": {"escalating": [50, 100, 300]},
                   "money": {"amount": {"escalating": [1000, 3000]}}}),
        ),
        row(
            "by_the_hour",
            json!({"counted": "hour_late", "points": {"fixed": 50}})
        ),
    ])))
}

/// Some entries of two people, on days of which several are the same.
fn entries(chance: &mut Chance) -> Vec<ProposeEntry> {
    let count = 3 + u128::from(chance.below(6));
    (1..=count)
        .map(|n| ProposeEntry {
            person: chance.pick(&[WORKER, LINE_HEAD]),
            count: 1 + u32::try_from(chance.below(9)).unwrap(),
            happened: november_day(1 + u32::try_from(chance.below(6)).unwrap()),
            // Ids are minted by devices: their order says nothing of the order of arrival.
            entry: entry(u128::from(chance.below(1_000)) * 16 + n),
            ..proposal(n, chance.pick(&["escalates", "by_the_hour"]), 1)
        })
        .collect()
}

fn number(args: &ProposeEntry) -> u128 {
    args.entry.bits() - entry(0).bits()
}

fn told(order: &[ProposeEntry]) -> Story {
    let mut story = story();
    for args in order {
        story.must(PLAN_OFFICE, propose(args.clone()));
        story.must(PLAN_OFFICE, story.decide(number(args), true, ""));
    }
    story
}

fn stands(story: &Story) -> BTreeMap<EntryId, Counted> {
    let entries = story.entries();
    let all = counted(story.world.organisation(), entries);
    let standing = standing(entries);
    standing.iter().map(|e| (e.id, all[&e.id])).collect()
}

#[test]
fn no_order_of_arrival_changes_what_stands() {
    for seed in 0..SEEDS {
        let mut chance = Chance(seed);
        let mut order = entries(&mut chance);
        let first = stands(&told(&order));
        for place in (1..order.len()).rev() {
            order.swap(
                place,
                usize::try_from(chance.below(place as u64 + 1)).unwrap(),
            );
        }
        assert_eq!(stands(&told(&order)), first, "seed {seed}");
    }
}

#[test]
fn a_reversal_leaves_the_rest_as_if_the_entry_had_never_been() {
    for seed in 0..SEEDS {
        let mut chance = Chance(seed);
        let mut order = entries(&mut chance);
        let mut story = told(&order);
        let taken = usize::try_from(chance.below(order.len() as u64)).unwrap();
        let taken = order.remove(taken);
        story.must(PLAN_OFFICE, story.reverse(number(&taken), 0xffff));
        assert_eq!(stands(&story), stands(&told(&order)), "seed {seed}");
    }
}
