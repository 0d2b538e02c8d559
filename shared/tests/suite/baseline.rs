//! Baselines: approval writes the first, and the due day that counts is the one that expired first.

use std::collections::BTreeMap;

use shared::baseline::{Baseline, due_in_force, in_force_on};
use shared::item::Item;
use shared::moment::Day;
use shared::plan::Signed;

use crate::prelude::*;

/// Baselines of one item: from which day on, with which due day, and whether the move is excused.
fn baselines(story: &Story, promised: &[(Day, Option<Day>, bool)]) -> BTreeMap<u32, Baseline> {
    let by = Signed {
        by: MANAGER,
        times: story.moment.times(),
        reason: String::new(),
        timed: None,
    };
    let numbered = (1..).zip(promised);
    let baseline = |(number, (from, due, excused)): (u32, &(Day, Option<Day>, bool))| {
        let item = Item {
            due: *due,
            ..item(1, 10_000)
        };
        let baseline = Baseline {
            plan: PLAN,
            number,
            from: *from,
            items: vec![item],
            excused: excused.then(|| item_id(1)).into_iter().collect(),
            digest: String::new(),
            by: by.clone(),
        };
        (number, baseline)
    };
    numbered.map(baseline).collect()
}

const fn november(date: u32) -> Day {
    match Day::from_ymd_opt(2026, 11, date) {
        Some(day) => day,
        None => panic!("November has thirty days"),
    }
}

#[test]
fn approval_writes_the_first_baseline_over_what_was_signed() {
    let mut story = Story::submitted(&[4_000, 6_000]);
    let seen = story.seen();
    story.must(MANAGER, story.approve());
    let first = &story.document().baselines[&1];
    assert_eq!((first.number, first.from), (1, november(10)));
    assert_eq!(first.digest, seen);
    assert_eq!(first.items, [story.item(1), story.item(2)]);
    assert_eq!(
        (first.by.by, first.by.times),
        (MANAGER, story.moment.times())
    );
    assert_eq!(story.document().baselines.len(), 1);
}

#[test]
fn the_due_day_that_expired_first_counts() {
    let story = Story::empty();
    let now = item(1, 10_000);
    let counts =
        |promised: &[(Day, Option<Day>, bool)]| due_in_force(&now, &baselines(&story, promised));
    let (nov, due) = (november, |date| Some(november(date)));
    // Without baselines the item's own day, the 20th, counts.
    assert_eq!(counts(&[]), due(20));
    assert_eq!(counts(&[(nov(1), due(15), false)]), due(15));
    // Moved on the 12th from the 15th to the 25th: the 15th had not come.
    let moved = [(nov(1), due(15), false), (nov(12), due(25), false)];
    assert_eq!(counts(&moved), due(25));
    // Moved on the day itself, which counts until its end.
    let same_day = [(nov(1), due(15), false), (nov(15), due(25), false)];
    assert_eq!(counts(&same_day), due(25));
    // Moved a day later: the 15th expired while the first was in force.
    let late = [(nov(1), due(15), false), (nov(16), due(25), false)];
    assert_eq!(counts(&late), due(15));
    // The same with both sides' excuse; a later baseline that leaves the day alone changes nothing.
    let excused = [
        (nov(1), due(15), false),
        (nov(16), due(25), true),
        (nov(18), due(25), false),
    ];
    assert_eq!(counts(&excused), due(25));
    // What the excuse granted expires like any other.
    let again = [
        (nov(1), due(15), false),
        (nov(16), due(18), true),
        (nov(20), due(28), false),
    ];
    assert_eq!(counts(&again), due(18));
    // Brought forward on the 12th to the 13th, then back: the 13th expired.
    let forward = [
        (nov(1), due(15), false),
        (nov(12), due(13), false),
        (nov(14), due(20), false),
    ];
    assert_eq!(counts(&forward), due(13));
    assert_eq!(counts(&[(nov(1), None, false)]), None);
    // An item that no baseline has keeps its own day.
    let other = Item {
        id: item_id(2),
        ..now.clone()
    };
    assert_eq!(due_in_force(&other, &baselines(&story, &moved)), due(20));
}

#[test]
fn a_baseline_is_in_force_until_the_next_begins() {
    let story = Story::empty();
    let days = [
        (november(5), None, false),
        (november(12), None, false),
        (november(12), None, false),
        (november(20), None, false),
    ];
    let baselines = baselines(&story, &days);
    let number = |date| in_force_on(&baselines, november(date)).map(|baseline| baseline.number);
    // Before the first there is nothing else that was promised.
    assert_eq!(number(1), Some(1));
    assert_eq!(number(11), Some(1));
    // Of two of one day the later stands.
    assert_eq!(number(12), Some(3));
    assert_eq!(number(19), Some(3));
    assert_eq!(number(30), Some(4));
    assert_eq!(in_force_on(&BTreeMap::new(), november(1)), None);
}
