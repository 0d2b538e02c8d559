//! Entries as facts of a result: those of the plan that stand, by the places of the regime's tariffs.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::command::Command;
use shared::command::ledger::ProposeEntry;
use shared::ledger::entries_of;
use shared::partition::PartitionId;
use shared::quantity::Points;
use shared::regime::preset::shelf;
use shared::result::engine_3::inputs::EntryFact;
use shared::world::{Holdings, Stop};

use super::{Story, entry, november_day, proposal, propose};
use crate::prelude::*;

/// The line's plan with two items, under the shipped regime of a source.
fn story() -> Story {
    let presets = shelf::all().into_iter();
    let mut regimes = presets.map(|preset| preset.regime);
    let regime = regimes.find(|regime| regime.source == "S57").unwrap();
    let mut story = Story::founded_under(regime.into());
    story.must(LINE_HEAD, Command::DraftPlan(line_plan()));
    for n in [1, 2] {
        story.must(LINE_HEAD, add(item(n, 5_000)));
    }
    story
}

fn about_plan(n: u128, tariff: &str, date: u32) -> ProposeEntry {
    ProposeEntry {
        sheet: REGIME,
        person: LINE_HEAD,
        plan: Some(PLAN),
        ..proposal(n, tariff, date)
    }
}

fn facts(story: &Story) -> Vec<EntryFact> {
    entries_of(&story.world, PLAN, story.moment.today()).unwrap()
}

/// Late plan 2.00 on the 9th and an omission of 5.00 on the 5th; what is only proposed, what is
/// refused and what is taken back count nothing.
#[test]
fn what_stands_is_a_fact_of_its_plan() {
    let mut story = story();
    assert_eq!(facts(&story), []);
    story.must(PLAN_OFFICE, propose(about_plan(1, "late_plan", 9)));
    story.must(PLAN_OFFICE, propose(about_plan(2, "omission", 5)));
    let on_item = ProposeEntry {
        item: Some(item_id(2)),
        ..about_plan(3, "omission", 6)
    };
    story.must(PLAN_OFFICE, propose(on_item));
    assert_eq!(facts(&story), []);
    story.must(PLAN_OFFICE, story.decide(1, true, ""));
    story.must(MANAGER, story.decide(2, true, ""));
    story.must(MANAGER, story.decide(3, true, ""));
    let fact = |n, tariff, date, points, item: Option<u128>| EntryFact {
        entry: entry(n),
        tariff,
        item: item.map(item_id),
        happened: november_day(date),
        points: Points(points),
        item_zero: false,
    };
    let all = [
        fact(2, 2, 5, 500, None),
        fact(3, 2, 6, 500, Some(2)),
        fact(1, 0, 9, 200, None),
    ];
    assert_eq!(facts(&story), all);
    story.must(MANAGER, story.reverse(2, 9));
    assert_eq!(facts(&story), all[1..]);
}

/// A judge's device that lacks the ledger decides nothing, rather than a result without entries.
#[test]
fn a_side_without_the_ledger_says_so() {
    let mut story = story();
    let today = story.moment.today();
    let held = |partitions: BTreeSet<PartitionId>, person| Holdings::Granted {
        person,
        partitions: Arc::new(partitions),
    };
    story.world.set_holdings(held(BTreeSet::new(), WORKER));
    assert_eq!(entries_of(&story.world, PLAN, today), Err(Stop::NotHeld));
    let ledger = PartitionId::Ledger(LINE, NOVEMBER);
    story
        .world
        .set_holdings(held(BTreeSet::from([ledger]), WORKER));
    assert_eq!(entries_of(&story.world, PLAN, today), Ok(Vec::new()));
}
