//! Shares of a total, by hand and by chance.

use shared::id::ItemId;
use shared::quantity::Points;
use shared::weight::balance_weights;

use crate::prelude::*;

fn balanced(weights: &[i64], total: i64) -> Vec<i64> {
    let weights: Vec<(ItemId, Points)> = (1..)
        .zip(weights)
        .map(|(n, weight)| (item_id(n), Points(*weight)))
        .collect();
    let balanced = balance_weights(&weights, Points(total));
    assert!(
        weights
            .iter()
            .zip(&balanced)
            .all(|(before, after)| before.0 == after.0)
    );
    balanced.into_iter().map(|(_, weight)| weight.0).collect()
}

#[test]
fn shares_by_hand() {
    // 100.00 / 3 = 33.33 each, one hundredth is left: equal remainders, so the smallest id.
    assert_eq!(balanced(&[1, 1, 1], 10_000), [3_334, 3_333, 3_333]);
    assert_eq!(balanced(&[0, 0, 0], 10_000), [3_334, 3_333, 3_333]);
    // 30, 25, 20 of 75: 40.00, 33.33.., 26.66..; the hundredth goes to the larger remainder.
    assert_eq!(
        balanced(&[3_000, 2_500, 2_000], 10_000),
        [4_000, 3_333, 2_667]
    );
    assert_eq!(balanced(&[6_000, 4_000], 10_000), [6_000, 4_000]);
    // A weight of 0 among others stays: tracked, not scored.
    assert_eq!(balanced(&[0, 50], 10_000), [0, 10_000]);
    assert_eq!(balanced(&[], 10_000), [0_i64; 0]);
    assert_eq!(balanced(&[7], 0), [0]);
    assert_eq!(balanced(&[i64::MAX, i64::MAX], 10_000), [5_000, 5_000]);
}

#[test]
fn shares_sum_exactly_and_keep_proportion_to_a_hundredth() {
    let mut chance = Chance(1);
    for _ in 0..10_000 {
        let count = 1 + chance.below(60);
        let weights: Vec<i64> = (0..count)
            .map(|_| i64::try_from(chance.below(9_000)).unwrap())
            .collect();
        let total = i64::try_from(chance.below(20_000)).unwrap();
        let shares = balanced(&weights, total);
        assert_eq!(shares.iter().sum::<i64>(), total);
        let whole: i64 = weights.iter().sum();
        for (weight, share) in weights.iter().zip(&shares) {
            if whole > 0 {
                let exact_times_whole = weight * total;
                assert!(
                    (share * whole - exact_times_whole).abs() < whole,
                    "{weights:?}"
                );
            }
        }
        // Of two that weigh the same, the one with the smaller id gets the hundredth, if one does.
        for (one, weight) in weights.iter().enumerate() {
            let mut later = (one + 1..weights.len()).filter(|other| weights[*other] == *weight);
            if let Some(other) = later.next() {
                assert!(
                    (0..=1).contains(&(shares[one] - shares[other])),
                    "{weights:?}"
                );
            }
        }
    }
}
