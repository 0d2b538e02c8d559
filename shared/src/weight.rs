//! Weights: sharing a total out exactly, so that three items of 100 are never 99.99.

use crate::id::ItemId;
use crate::item::Item;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::{Regime, WeightsPer};

/// Refuses items whose weights do not add up to what the regime asks; bonus items stand outside.
pub fn check<'i>(
    regime: &Regime,
    items: impl Iterator<Item = &'i Item> + Clone,
) -> Result<(), Refusal> {
    let must = regime.weights.total;
    let items = items.filter(|item| !item.bonus);
    let sum = |weights: &mut dyn Iterator<Item = i64>| Points(weights.fold(0, i64::saturating_add));
    match regime.weights.per {
        WeightsPer::Free => Ok(()),
        WeightsPer::Plan => {
            let is = sum(&mut items.map(|item| item.weight.0));
            if is == must {
                return Ok(());
            }
            Err(Refusal::WeightsDoNotSum { is, must })
        }
        WeightsPer::Section => {
            for section in &regime.sections {
                let of = items.clone().filter(|item| item.section == section.key);
                let mut weights = of.map(|item| item.weight.0).peekable();
                if weights.peek().is_none() {
                    continue;
                }
                let is = sum(&mut weights);
                if is != must {
                    let section = section.key.clone();
                    return Err(Refusal::SectionWeightsDoNotSum { section, is, must });
                }
            }
            Ok(())
        }
    }
}

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
