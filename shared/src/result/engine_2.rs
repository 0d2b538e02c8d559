//! The arithmetic of today: items by matrix or by points, sections with shares, bonus items, and
//! what the assessed range leaves to the next period.
//!
//! Sums are exact fractions until the one rounding; each step holds the integers from which anyone
//! can work it out again.

use super::ratio::Ratio;
use super::{Computed, Deferred, ItemInput, Step};
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::v1::{EmptySection, Judging, Regime, Rounding, WeightsPer};
use crate::score::Judgement;

/// Version of this arithmetic.
pub(crate) const VERSION: u32 = 2;

/// Millionths of a point in a hundredth.
const HUNDREDTH: i64 = 10_000;

/// What was earned under one heading.
struct Heading<'r> {
    key: &'r str,
    share: BasisPoints,
    earned: i64,
    attainable: i64,
    used: bool,
}

/// Computes total and coefficient, step by step.
///
/// Weights are hundredths of a point and factors basis points, so the products of items are exact
/// millionths of a point. Refuses a judgement that the regime does not know, a section that it does
/// not have, and sums beyond what the arithmetic holds.
pub(super) fn compute(
    regime: &Regime,
    inputs: &[ItemInput],
    deferred: &[Deferred],
) -> Result<Computed, Refusal> {
    let mut derivation = Vec::with_capacity(inputs.len() + 4);
    let mut headings = headings(regime);
    for item in deferred.iter().filter(|item| !item.bonus) {
        let heading = heading(&mut headings, &item.section)?;
        heading.attainable -= item.weight.0;
        heading.used = true;
    }
    for input in inputs.iter().filter(|input| !input.bonus) {
        let (step, millionths) = earned(regime, input)?;
        let heading = heading(&mut headings, &input.section)?;
        heading.earned = added(heading.earned, millionths, regime, input)?;
        heading.used = true;
        derivation.push(step);
    }
    let base = match regime.weights.per {
        WeightsPer::Section => by_sections(regime, &headings, &mut derivation)?,
        WeightsPer::Plan | WeightsPer::Free => by_plan(regime, &headings, &mut derivation)?,
    };
    let exact = base.plus(bonus(regime, inputs, &mut derivation)?)?;
    let total = match regime.rounding {
        Rounding::TotalHalfUp => exact.half_up()?,
    };
    derivation.push(Step::Rounded { total });
    let (step, coefficient) = band(regime, total);
    derivation.push(step);
    Ok(Computed {
        derivation,
        total,
        coefficient,
        exact,
    })
}

/// The step that looks a printed total up in the bands, and the coefficient that it finds.
pub(crate) fn band(regime: &Regime, total: Points) -> (Step, BasisPoints) {
    let band = regime.bands.iter().find(|band| total >= band.from);
    let coefficient = band.map_or(BasisPoints(0), |band| band.coefficient);
    let from = band.map(|band| band.from);
    (Step::Band { from, coefficient }, coefficient)
}

/// The headings under which points are earned: the sections, or the plan as one.
fn headings(regime: &Regime) -> Vec<Heading<'_>> {
    let heading = |key, share| Heading {
        key,
        share,
        earned: 0,
        attainable: regime.weights.total.0,
        used: false,
    };
    if regime.weights.per != WeightsPer::Section {
        return vec![heading("", BasisPoints(0))];
    }
    let sections = regime.sections.iter();
    sections
        .map(|section| heading(&section.key, section.share.unwrap_or_default()))
        .collect()
}

fn heading<'h, 'r>(
    headings: &'h mut [Heading<'r>],
    section: &str,
) -> Result<&'h mut Heading<'r>, Refusal> {
    let whole = headings.iter().any(|heading| heading.key.is_empty());
    headings
        .iter_mut()
        .find(|heading| whole || heading.key == section)
        .ok_or_else(|| Refusal::UnknownValue {
            field: "section".to_owned(),
            given: section.to_owned(),
        })
}

fn added(sum: i64, millionths: i64, regime: &Regime, input: &ItemInput) -> Result<i64, Refusal> {
    let (item, most) = (input.item, regime.weights.total);
    sum.checked_add(millionths)
        .ok_or(Refusal::WeightOutOfRange { item, most })
}

/// The plan as one: the sum, scaled up where a part of the weights is scored next time.
fn by_plan(
    regime: &Regime,
    headings: &[Heading<'_>],
    derivation: &mut Vec<Step>,
) -> Result<Ratio, Refusal> {
    let Some(plan) = headings.first() else {
        return Ok(Ratio::ZERO);
    };
    let sum = Ratio::of_millionths(plan.earned);
    derivation.push(Step::Sum {
        millionths: plan.earned,
    });
    let full = regime.weights.total;
    let whole = plan.attainable == full.0 || regime.weights.per == WeightsPer::Free;
    if whole || plan.attainable <= 0 {
        return Ok(sum);
    }
    let scaled = sum.times(full.0, plan.attainable)?;
    derivation.push(Step::Scaled {
        attainable: Points(plan.attainable),
        full,
        millionths: scaled.millionths()?,
    });
    Ok(scaled)
}

/// Sections apart: each one's points out of those it can reach, by its share of the shares in use.
fn by_sections(
    regime: &Regime,
    headings: &[Heading<'_>],
    derivation: &mut Vec<Step>,
) -> Result<Ratio, Refusal> {
    let full = regime.weights.total;
    let drops = regime.empty_section.unwrap_or(EmptySection::DropsOut) == EmptySection::DropsOut;
    let mut shares = 0;
    let mut weighed = Ratio::ZERO;
    for heading in headings {
        let section = heading.key.to_owned();
        let share = heading.share;
        // A section whose items are all scored next time asks for nothing now, whatever an empty
        // one counts.
        let later = heading.used && heading.attainable <= 0;
        if later || !heading.used {
            let dropped = later || drops;
            shares += if dropped { 0 } else { share.0 };
            derivation.push(Step::EmptySection {
                section,
                share,
                dropped,
            });
            continue;
        }
        shares += share.0;
        let part = Ratio::of_millionths(heading.earned).times(full.0, heading.attainable)?;
        weighed = weighed.plus(part.times(share.0, 1)?)?;
        derivation.push(Step::Section {
            section,
            earned: heading.earned,
            attainable: Points(heading.attainable),
            share,
        });
    }
    let sum = if shares > 0 {
        weighed.times(1, shares)?
    } else {
        Ratio::ZERO
    };
    derivation.push(Step::Shared {
        shares: BasisPoints(shares),
        full,
        millionths: sum.millionths()?,
    });
    Ok(sum)
}

/// Bonus items: what they earned beside the plan's total, up to what the regime lets them add.
fn bonus(
    regime: &Regime,
    inputs: &[ItemInput],
    derivation: &mut Vec<Step>,
) -> Result<Ratio, Refusal> {
    let mut sum = 0;
    let mut any = false;
    for input in inputs.iter().filter(|input| input.bonus) {
        let (step, millionths) = earned(regime, input)?;
        sum = added(sum, millionths, regime, input)?;
        derivation.push(step);
        any = true;
    }
    if !any {
        return Ok(Ratio::ZERO);
    }
    let most = regime.bonus.unwrap_or_default();
    let counted = sum.min(most.0.saturating_mul(HUNDREDTH));
    derivation.push(Step::Bonus {
        millionths: sum,
        most,
        counted,
    });
    Ok(Ratio::of_millionths(counted))
}

/// What one item earned, in millionths of a point, with its step.
fn earned(regime: &Regime, input: &ItemInput) -> Result<(Step, i64), Refusal> {
    let ItemInput { item, weight, .. } = *input;
    let most = regime.weights.total;
    let out_of_range = || Refusal::WeightOutOfRange { item, most };
    if let Judging::Matrix { .. } = regime.judging {
        let factor = factor(&regime.judging, &input.judgement)?;
        let millionths = weight.0.checked_mul(factor.0).ok_or_else(out_of_range)?;
        let step = Step::Item {
            item,
            weight,
            factor,
            millionths,
        };
        return Ok((step, millionths));
    }
    let points = points(&regime.judging, weight, &input.judgement)?;
    let millionths = points.0.checked_mul(HUNDREDTH).ok_or_else(out_of_range)?;
    let step = Step::Points {
        item,
        weight,
        points,
    };
    Ok((step, millionths))
}

fn unknown(field: &str, given: &str) -> Refusal {
    Refusal::UnknownValue {
        field: field.to_owned(),
        given: given.to_owned(),
    }
}

/// The points that a judgement gives of an item of this weight, where items are judged by points.
fn points(judging: &Judging, weight: Points, judgement: &Judgement) -> Result<Points, Refusal> {
    if *judging == (Judging::Tracked {}) {
        return Err(Refusal::NeverJudged);
    }
    match judgement {
        Judgement::NotCarriedOut => Ok(Points(0)),
        Judgement::CarriedOut { efficiency, .. } => Err(unknown("efficiency", efficiency)),
        Judgement::Level { level, .. } => Err(unknown("judgement", level)),
        Judgement::Whole { .. } => Err(unknown("judgement", "")),
        Judgement::Points { points, .. } if (0..=weight.0).contains(&points.0) => Ok(*points),
        Judgement::Points { .. } => Err(Refusal::OutOfRange {
            field: "points".to_owned(),
            least: Points(0).to_string(),
            most: weight.to_string(),
        }),
    }
}

/// The factor that a judgement gives, where items are judged by the matrix.
fn factor(judging: &Judging, judgement: &Judgement) -> Result<BasisPoints, Refusal> {
    let Judging::Matrix {
        efficiency,
        quality,
        factors,
        not_carried_out,
        ..
    } = judging
    else {
        return Err(Refusal::NeverJudged);
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
