//! Weights: sharing a total out exactly, so that three items of 100 are never 99.99.

use crate::id::ItemId;
use crate::item::Item;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::weights::WeightsPer;

/// What weights add up to, and what they must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightSum {
    /// The section's key, where each section is summed apart; `None` for the plan.
    pub section: Option<String>,
    /// What they add up to, bonus items left out.
    pub is: Points,
    /// What they must add up to.
    pub must: Points,
}

/// Sums the weights of a plan's items as the regime asks: of the plan, of each section that has
/// items in the regime's order, or of nothing where they are free.
pub fn sums<'i>(rules: Rules<'_>, items: impl Iterator<Item = &'i Item> + Clone) -> Vec<WeightSum> {
    let must = rules.total();
    let counted = items.filter(move |item| !rules.stands_outside(item));
    let sum = |section: Option<&str>| {
        let mut found = counted
            .clone()
            .filter(|item| section.is_none_or(|section| item.section == section))
            .peekable();
        // A plan is summed even when it is empty; a section only when it is there.
        let is_there = section.is_none() || found.peek().is_some();
        let is = found.fold(0_i64, |sum, item| sum.saturating_add(item.weight.0));
        is_there.then(|| WeightSum {
            section: section.map(str::to_owned),
            is: Points(is),
            must,
        })
    };
    match rules.cycle.weights.per {
        WeightsPer::Plan => sum(None).into_iter().collect(),
        WeightsPer::Section => {
            let sections = rules.sections().iter();
            sections
                .filter_map(|section| sum(Some(&section.key)))
                .collect()
        }
        WeightsPer::Free => Vec::new(),
    }
}

/// Refuses items whose weights do not add up to what the regime asks; bonus items stand outside.
pub fn check<'i>(
    rules: Rules<'_>,
    items: impl Iterator<Item = &'i Item> + Clone,
) -> Result<(), Refusal> {
    let mut sums = sums(rules, items).into_iter();
    match sums.find(|sum| sum.is != sum.must) {
        None => Ok(()),
        Some(WeightSum { section, is, must }) => Err(match section {
            None => Refusal::WeightsDoNotSum { is, must },
            Some(section) => Refusal::SectionWeightsDoNotSum { section, is, must },
        }),
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
