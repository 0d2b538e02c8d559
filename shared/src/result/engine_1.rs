//! The first arithmetic, frozen: a weight of the plan times a factor of the matrix, added up.
//!
//! Results that it published are recomputed by it for ever, so nothing here changes; the golden
//! vectors under `tests/golden/` hold it to that.

use super::ratio::Ratio;
use super::{Computed, ItemInput, Step};
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::v1::{Judging, Regime, Rounding};
use crate::score::Judgement;

/// Version of this arithmetic.
pub(super) const VERSION: u32 = 1;

/// Computes total and coefficient, step by step.
///
/// Weights are hundredths of a point and factors basis points, so products are exact millionths of
/// a point. Refuses a level that the regime does not know, and sums beyond what 64 bits hold.
pub(super) fn compute(regime: &Regime, inputs: &[ItemInput]) -> Result<Computed, Refusal> {
    let mut derivation = Vec::with_capacity(inputs.len() + 3);
    let mut sum = 0_i64;
    for input in inputs {
        let factor = factor(&regime.judging, &input.judgement)?;
        let product = input.weight.0.checked_mul(factor.0);
        let (millionths, next) = product
            .and_then(|product| Some((product, sum.checked_add(product)?)))
            .ok_or(Refusal::WeightOutOfRange {
                item: input.item,
                most: regime.weights.total,
            })?;
        sum = next;
        derivation.push(Step::Item {
            item: input.item,
            weight: input.weight,
            factor,
            millionths,
        });
    }
    derivation.push(Step::Sum { millionths: sum });
    let total = match regime.rounding {
        Rounding::TotalHalfUp => round_half_up(sum),
    };
    derivation.push(Step::Rounded { total });
    let band = regime.bands.iter().find(|band| total >= band.from);
    let coefficient = band.map_or(BasisPoints(0), |band| band.coefficient);
    derivation.push(Step::Band {
        from: band.map(|band| band.from),
        coefficient,
    });
    Ok(Computed {
        derivation,
        total,
        coefficient,
        exact: Ratio::of_millionths(sum),
    })
}

/// Rounds millionths of a point to hundredths; the half goes up.
fn round_half_up(millionths: i64) -> Points {
    let up = i64::from(millionths.rem_euclid(10_000) >= 5_000);
    Points(millionths.div_euclid(10_000) + up)
}

/// The factor that a judgement gives; refuses a level that the regime does not know.
fn factor(judging: &Judging, judgement: &Judgement) -> Result<BasisPoints, Refusal> {
    let unknown = |field: &str, given: &str| Refusal::UnknownValue {
        field: field.to_owned(),
        given: given.to_owned(),
    };
    let Judging::Matrix {
        efficiency,
        quality,
        factors,
        not_carried_out,
        ..
    } = judging
    else {
        return Err(unknown("judging", ""));
    };
    let (row_key, column_key) = match judgement {
        Judgement::NotCarriedOut => return Ok(*not_carried_out),
        Judgement::Points { points, .. } => {
            return Err(unknown("judgement", &points.to_string()));
        }
        Judgement::Level { level, .. } => return Err(unknown("judgement", level)),
        Judgement::Whole { .. } => return Err(unknown("judgement", "")),
        Judgement::CarriedOut {
            efficiency,
            quality,
        } => (efficiency, quality),
    };
    let row = efficiency
        .iter()
        .position(|level| level.key == *row_key)
        .and_then(|row| factors.get(row))
        .ok_or_else(|| unknown("efficiency", row_key))?;
    quality
        .iter()
        .position(|level| level.key == *column_key)
        .and_then(|column| row.get(column).copied())
        .ok_or_else(|| unknown("quality", column_key))
}
