//! The laws that no tree of parts may break, tried ten thousand times each with seeded chance.

use shared::refusal::Refusal;
use shared::result::engine_3::inputs::{ItemFacts, Rating};
use shared::result::engine_3::{Figures, Inputs, Node, Program, Tape, belongs, check, person};

use super::laws;
use crate::prelude::*;

/// Trees of parts, and people who are judged by each.
const TREES: usize = 250;
const PEOPLE: usize = 40;

/// What somebody's facts lead to, proved by the tape alone; nothing where there is nothing to judge.
fn figured(program: &Program, inputs: &Inputs, tape: &mut Tape) -> Option<Figures> {
    match person(program, inputs, tape) {
        Ok(figures) => {
            assert_eq!(check(&tape.nodes), Ok(figures));
            Some(figures)
        }
        Err(refusal) => {
            assert_eq!(refusal, Refusal::NothingToJudge);
            None
        }
    }
}

/// One item is judged better than before, by everybody who judged it and by what was reached.
fn better(inputs: &mut Inputs, chance: &mut Chance) -> bool {
    let Some(at) = chance.below(inputs.items.len() as u64 + 1).checked_sub(1) else {
        return false;
    };
    let item = &mut inputs.items[usize::try_from(at).unwrap()];
    for stated in &mut item.stated {
        stated.rating = laws::raised(stated.rating, chance);
    }
    if let Some((over, under)) = item.reached {
        item.reached = Some((over + 3, under));
    }
    true
}

/// A tape re-adds; the order of items and of what is known changes no figure; a better judgement of
/// one item lowers neither total nor grade; and a tape belongs to its own facts alone.
#[test]
fn laws_of_figures() {
    let mut chance = Chance(77);
    let mut tape = Tape::default();
    let (mut raised, mut others, mut empty) = (0, 0, 0);
    for _ in 0..TREES {
        let rules = laws::rules(&mut chance);
        let scoring = laws::scoring(&rules);
        let program = rules.program();
        let mut inputs = laws::facts(&scoring, &mut chance);
        let mut before: Option<(Figures, Vec<Node>)> = None;
        for _ in 0..PEOPLE {
            inputs.items = laws::items(&scoring, &mut chance);
            let Some(figures) = figured(&program, &inputs, &mut tape) else {
                empty += 1;
                continue;
            };
            assert!(belongs(&program, &inputs, &tape.nodes));
            if let Some((_, other)) = before.filter(|(other, _)| *other != figures) {
                assert!(!belongs(&program, &inputs, &other));
                others += 1;
            }
            before = Some((figures, tape.nodes.clone()));
            inputs.items.reverse();
            inputs.typed.reverse();
            inputs.results.reverse();
            assert_eq!(figured(&program, &inputs, &mut tape), Some(figures));
            if better(&mut inputs, &mut chance) {
                let after = figured(&program, &inputs, &mut tape).unwrap();
                assert!(after.exact >= figures.exact && after.total >= figures.total);
                // The lowest band is the last, and below all there is none.
                let rank = |band: Option<u16>| band.map_or(u16::MAX, |band| band);
                assert!(rank(after.band) <= rank(figures.band));
                raised += u32::from(after.exact > figures.exact);
            }
        }
    }
    assert!(
        raised > 900 && others > 4_000 && empty < 500,
        "{raised} {others} {empty}"
    );
}

/// What is kept reads back as it was, byte for byte.
#[test]
fn what_is_kept_reads_back() {
    let mut chance = Chance(78);
    let scorings = ["matrix", "levels", "whole", "typed"];
    let (mut undone, mut tape) = (0, Tape::default());
    let rules = laws::rules(&mut chance);
    let program = rules.program();
    let scoring = laws::scoring(&rules);
    for nth in 0..TREES * PEOPLE {
        let items = laws::items(chance.pick(&scorings), &mut chance);
        let mut stated = items.iter().flat_map(|item| &item.stated);
        undone += usize::from(stated.any(|one| one.rating == Rating::Undone));
        let kept = serde_json::to_string(&items).unwrap();
        let read: Vec<ItemFacts> = serde_json::from_str(&kept).unwrap();
        assert_eq!(read, items);
        assert_eq!(serde_json::to_string(&read).unwrap(), kept);
        if nth % 10 > 0 {
            continue;
        }
        let inputs = laws::facts(&scoring, &mut chance);
        let _ = figured(&program, &inputs, &mut tape);
        let kept = serde_json::to_string(&tape.nodes).unwrap();
        let read: Vec<Node> = serde_json::from_str(&kept).unwrap();
        assert_eq!(read, tape.nodes);
        assert_eq!(serde_json::to_string(&read).unwrap(), kept);
    }
    assert!(undone > 1_000, "{undone}");
}
