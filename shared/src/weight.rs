//! Weights: sharing a total out exactly, so that three items of 100 are never 99.99.

use crate::id::ItemId;
use crate::quantity::Points;

/// Scales weights so that they add up to exactly `total`, keeping their proportions.
///
/// By largest remainder: every share is rounded down to a hundredth of a point, and the hundredths
/// left over go to the largest remainders, ties to the smaller item id. Where all weights are zero
/// (or negative, which counts as zero) the total is split equally. The answer keeps the order
/// given; a negative total counts as zero.
pub fn balance_weights(weights: &[(ItemId, Points)], total: Points) -> Vec<(ItemId, Points)> {
    let total = i128::from(total.0.max(0));
    let mut parts: Vec<i128> = weights
        .iter()
        .map(|(_, weight)| weight.0.max(0).into())
        .collect();
    if parts.iter().all(|part| *part == 0) {
        parts.fill(1);
    }
    let whole: i128 = parts.iter().sum();
    if whole == 0 {
        return Vec::new();
    }
    let mut shares: Vec<i128> = parts.iter().map(|part| total * part / whole).collect();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|at| (-(total * parts[*at] % whole), weights[*at].0, *at));
    let left = total - shares.iter().sum::<i128>();
    // Fewer than one hundredth per item is left: each was rounded down by less than one.
    for at in by_remainder
        .into_iter()
        .take(usize::try_from(left).unwrap_or(0))
    {
        shares[at] += 1;
    }
    let share = |share: i128| Points(i64::try_from(share).expect("no share exceeds the total"));
    weights
        .iter()
        .zip(shares)
        .map(|((item, _), part)| (*item, share(part)))
        .collect()
}
