//! Laws of sections, points and bonus items, tried with seeded chance.

use shared::id::ItemId;
use shared::quantity::{BasisPoints, Points};
use shared::regime::v1::Regime;
use shared::result::{Computed, Deferred, ItemInput, Step, compute};
use shared::score::Judgement;

use crate::format_1;
use crate::prelude::*;

const SECTIONS: [&str; 3] = ["daily_work", "key_work", "temporary_work"];

/// A plan whose sections each add up to 100.00 or are empty, at random points, with what is scored
/// next time.
struct Tried {
    regime: Regime,
    inputs: Vec<ItemInput>,
    deferred: Vec<Deferred>,
}

fn number(chance: &mut Chance, bound: i64) -> i64 {
    i64::try_from(chance.below(u64::try_from(bound).unwrap())).unwrap()
}

fn tried(chance: &mut Chance) -> Tried {
    let mut regime = format_1::three_sections();
    if chance.below(2) == 0 {
        regime.bonus = Some(Points(500));
    }
    let (mut inputs, mut deferred) = (Vec::new(), Vec::new());
    let mut id = 0;
    let mut item = |chance: &mut Chance, section: &str, weight: i64, bonus: bool| {
        id += 1;
        ItemInput {
            item: item_id(id),
            title: String::new(),
            weight: Points(weight),
            judgement: match chance.below(6) {
                0 => Judgement::NotCarriedOut,
                _ => Judgement::points(Points(number(chance, weight + 1))),
            },
            section: section.into(),
            bonus,
        }
    };
    for section in SECTIONS {
        let mut left = if chance.below(4) == 0 { 0 } else { 10_000 };
        while left > 0 {
            let weight = (1 + number(chance, 6_000)).min(left);
            left -= weight;
            let input = item(chance, section, weight, false);
            if chance.below(5) == 0 {
                deferred.push(Deferred {
                    item: input.item,
                    title: String::new(),
                    section: section.into(),
                    weight: input.weight,
                    due: day(2026, 11, 28),
                    bonus: false,
                });
            } else {
                inputs.push(input);
            }
        }
    }
    for _ in 0..chance.below(3) {
        let weight = 1 + number(chance, 500);
        inputs.push(item(chance, "key_work", weight, true));
    }
    Tried {
        regime,
        inputs,
        deferred,
    }
}

impl Tried {
    fn computed(&self) -> Computed {
        compute(&self.regime, &self.inputs, &self.deferred).unwrap()
    }
}

#[test]
fn the_order_of_items_does_not_matter() {
    let mut chance = Chance(17);
    for _ in 0..500 {
        let mut tried = tried(&mut chance);
        let one = tried.computed();
        tried.inputs.reverse();
        tried.deferred.reverse();
        let other = tried.computed();
        assert_eq!(
            (one.total, one.coefficient, one.exact),
            (other.total, other.coefficient, other.exact)
        );
    }
}

/// Adds a derivation up again from its own integers, apart from the engine: twice the total times
/// the common denominator, compared with twice the printed figure.
fn re_added(steps: &[Step]) -> Points {
    let mut items = 0_i128;
    let mut sections = Vec::new();
    let (mut bonus, mut shares, mut full) = (0_i128, 0_i128, 10_000_i128);
    for step in steps {
        match step {
            Step::Points { points, .. } => items += i128::from(points.0) * 10_000,
            Step::Section {
                earned,
                attainable,
                share,
                ..
            } => {
                items -= i128::from(*earned);
                sections.push((
                    i128::from(*earned) * i128::from(share.0),
                    i128::from(attainable.0),
                ));
            }
            Step::Shared {
                shares: of,
                full: whole,
                ..
            } => {
                assert_eq!(items, 0, "each item is in one section");
                (shares, full) = (of.0.into(), whole.0.into());
            }
            Step::Bonus {
                millionths,
                most,
                counted,
            } => {
                assert_eq!(items, i128::from(*millionths));
                assert_eq!(*counted, (*millionths).min(most.0 * 10_000));
                bonus = (*counted).into();
            }
            _ => {}
        }
    }
    let under: i128 = sections.iter().map(|(_, attainable)| *attainable).product();
    let over: i128 = sections
        .iter()
        .map(|(earned, attainable)| earned * full * (under / attainable))
        .sum();
    // Millionths: over / (under x shares) + bonus; hundredths are 10,000 of them.
    let shares = shares.max(1);
    let (over, under) = (over + bonus * under * shares, under * shares * 10_000);
    Points(i64::try_from((2 * over + under).div_euclid(2 * under)).unwrap())
}

#[test]
fn a_derivation_adds_up_again_to_its_total() {
    let mut chance = Chance(18);
    for _ in 0..500 {
        let computed = tried(&mut chance).computed();
        assert_eq!(re_added(&computed.derivation), computed.total);
    }
}

#[test]
fn a_raised_score_never_lowers_a_result() {
    let mut chance = Chance(19);
    for _ in 0..500 {
        let mut tried = tried(&mut chance);
        if tried.inputs.is_empty() {
            continue;
        }
        let before = tried.computed();
        let at = usize::try_from(chance.below(tried.inputs.len() as u64)).unwrap();
        let input = &mut tried.inputs[at];
        let is = match input.judgement {
            Judgement::Points { points, .. } => points.0,
            _ => 0,
        };
        let more = is + number(&mut chance, input.weight.0 - is + 1);
        input.judgement = Judgement::points(Points(more));
        let after = tried.computed();
        assert!(after.total >= before.total);
        assert!(after.coefficient >= before.coefficient);
    }
}

#[test]
fn nobody_gets_more_than_the_whole_and_the_bonus() {
    let mut chance = Chance(20);
    for _ in 0..500 {
        let tried = tried(&mut chance);
        let computed = tried.computed();
        let most = 10_000 + tried.regime.bonus.unwrap_or_default().0;
        assert!((0..=most).contains(&computed.total.0));
        assert!(computed.coefficient <= BasisPoints(12_000));
    }
}

/// By hand: 100.00 x 0.90 under the matrix, and two bonus items of 3.00 and 4.00 that earn 3.00 and
/// 3.60. Together 6.60, of which 5.00 count: 95.00.
#[test]
fn bonus_points_are_capped() {
    let mut regime = format_1::smart_monthly();
    regime.bonus = Some(Points(500));
    let input = |id: ItemId, weight, quality: &str, bonus| ItemInput {
        item: id,
        title: String::new(),
        weight: Points(weight),
        judgement: carried_out("on_time", quality),
        section: "key_work".into(),
        bonus,
    };
    let inputs = [
        input(item_id(1), 10_000, "good", false),
        input(item_id(2), 300, "excellent", true),
        input(item_id(3), 400, "good", true),
    ];
    let computed = compute(&regime, &inputs, &[]).unwrap();
    assert_eq!(computed.total, Points(9_500));
    let bonus = Step::Bonus {
        millionths: 6_600_000,
        most: Points(500),
        counted: 5_000_000,
    };
    assert!(computed.derivation.contains(&bonus));
    regime.bonus = None;
    let without = compute(&regime, &inputs, &[]).unwrap();
    assert_eq!(without.total, Points(9_000));
}

/// By hand: of a plan of 60.00 + 40.00 the 40.00 are scored next time: 60.00 x 0.70 = 42.00 of
/// 60.00, which is 70.00 of 100.
#[test]
fn a_plan_is_scaled_to_what_is_scored_now() {
    let regime = format_1::smart_monthly();
    let input = ItemInput {
        item: item_id(1),
        title: String::new(),
        weight: Points(6_000),
        judgement: carried_out("late", "good"),
        section: "key_work".into(),
        bonus: false,
    };
    let later = Deferred {
        item: item_id(2),
        title: String::new(),
        section: "key_work".into(),
        weight: Points(4_000),
        due: day(2026, 11, 28),
        bonus: false,
    };
    let computed = compute(&regime, &[input], &[later]).unwrap();
    assert_eq!(computed.total, Points(7_000));
    let scaled = Step::Scaled {
        attainable: Points(6_000),
        full: Points(10_000),
        millionths: 70_000_000,
    };
    assert!(computed.derivation.contains(&scaled));
}
