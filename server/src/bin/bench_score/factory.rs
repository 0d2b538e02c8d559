//! People of a factory and what is known of their month; the same in every run.

use shared::id::ItemId;
use shared::item::TargetKind;
use shared::quantity::Points;
use shared::regime::document::Regime;
use shared::regime::judging::Scoring;
use shared::result::engine_3::Inputs;
use shared::result::engine_3::inputs::{ItemFacts, Late, NONE, Outcome, Rating, Stated};

/// Weights of ten items; together 100 points.
const WEIGHTS: [i64; 10] = [2_000, 1_500, 1_500, 1_000, 1_000, 1_000, 500, 500, 500, 500];

/// One item in so many was not carried out.
const UNDONE: u64 = 40;

/// Makes people, each with ten items that the person and the superior judged.
pub(crate) fn people(regime: &Regime, heads: usize) -> Vec<Inputs> {
    let mut chance = 0x9e37_79b9_7f4a_7c15;
    let sections = regime.items.sections.len() as u64;
    let raters = u16::try_from(regime.judging.raters.len()).unwrap_or(u16::MAX);
    (0..heads as u128)
        .map(|head| {
            let items = (0..).zip(WEIGHTS).map(|(nth, weight)| {
                let stated = (0..raters).map(|rater| Stated {
                    rater,
                    rating: rating(regime, &mut chance),
                    off: Vec::new(),
                });
                let stated = stated.collect();
                ItemFacts {
                    item: ItemId::from_bits(head << 8 | nth),
                    section: u16::try_from(next(&mut chance) % sections).unwrap_or_default(),
                    category: NONE,
                    source: NONE,
                    target: TargetKind::Done,
                    must: false,
                    outside: false,
                    weight: Points(weight),
                    importance: Points(0),
                    outcome: Outcome::Done,
                    late: Late::default(),
                    reached: None,
                    stated,
                }
            });
            Inputs {
                items: items.collect(),
                ..Inputs::default()
            }
        })
        .collect()
}

fn rating(regime: &Regime, chance: &mut u64) -> Rating {
    let (rows, columns) = match regime.judging.methods.first().map(|method| &method.scoring) {
        Some(Scoring::Matrix {
            efficiency,
            quality,
            ..
        }) => (efficiency.len() as u64, quality.len() as u64),
        _ => (1, 1),
    };
    let drawn = next(chance);
    if drawn.is_multiple_of(UNDONE) {
        return Rating::Undone;
    }
    let place = |at: u64| u16::try_from(at).unwrap_or_default();
    Rating::Cell(place((drawn >> 8) % rows), place((drawn >> 24) % columns))
}

/// The next number of a xorshift sequence.
const fn next(chance: &mut u64) -> u64 {
    *chance ^= *chance << 13;
    *chance ^= *chance >> 7;
    *chance ^= *chance << 17;
    *chance
}
