//! Results: the figure, the coefficient and the derivation that leads to them.
//!
//! A published result contains its own inputs, so that anyone who may see it can recompute it and
//! get the same bytes. All arithmetic is exact; rounding happens once, where the regime says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest;
use crate::id::{ItemId, PeriodId, PersonId, PlanId, RegimeId, UnitId};
use crate::item::Item;
use crate::moment::Times;
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::{Judging, Regime, Rounding};
use crate::report::{Report, ReportKind};
use crate::score::{Judgement, Score};
use crate::world::PlanDocument;

/// Version of the arithmetic; a version that published a result stays in this crate.
pub const ENGINE_VERSION: u32 = 1;

/// What goes into a result, item by item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemInput {
    /// The item.
    pub item: ItemId,
    /// Its title at publication, so that the derivation can be read alone.
    pub title: String,
    /// Its weight.
    pub weight: Points,
    /// The superior's judgement, which counts.
    pub judgement: Judgement,
}

/// One step of a derivation, as a compact code; the words are made when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Step {
    /// weight x factor of one item, in millionths of a point.
    Item {
        /// The item.
        item: ItemId,
        /// Its weight.
        weight: Points,
        /// The factor that the judgement gives.
        factor: BasisPoints,
        /// The product, in millionths of a point.
        millionths: i64,
    },
    /// The sum of the products, in millionths of a point.
    Sum {
        /// The sum.
        millionths: i64,
    },
    /// The sum, rounded once, half up.
    Rounded {
        /// The printed total.
        total: Points,
    },
    /// The band in which the printed total falls.
    Band {
        /// Its lower edge; `None` when the total lies below every band.
        from: Option<Points>,
        /// Its coefficient.
        coefficient: BasisPoints,
    },
}

crate::tagged::tagged!(Step, "step");

/// A published result of a plan. The row's key is the plan and the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanResult {
    /// The plan.
    pub plan: PlanId,
    /// Its version, from 1; an objection that is upheld leads to the next.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub version: u32,
    /// Its unit.
    pub unit: UnitId,
    /// Its period.
    pub period: PeriodId,
    /// Whose result it is.
    pub owner: PersonId,
    /// Who published it.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// The arithmetic's version.
    pub engine_version: u32,
    /// The regime version.
    pub regime: RegimeId,
    /// Digest of the regime.
    pub regime_digest: String,
    /// The inputs, in the plan's order.
    pub inputs: Vec<ItemInput>,
    /// The steps from inputs to coefficient.
    pub derivation: Vec<Step>,
    /// The printed total.
    pub total: Points,
    /// The coefficient.
    pub coefficient: BasisPoints,
}

const fn first() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
const fn is_first(version: &u32) -> bool {
    *version == 1
}

/// What inputs give under a regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// The steps from inputs to coefficient.
    pub derivation: Vec<Step>,
    /// The printed total.
    pub total: Points,
    /// The coefficient.
    pub coefficient: BasisPoints,
}

/// What a judge would publish now, and the digest that the signature must carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The inputs, in the plan's order.
    pub inputs: Vec<ItemInput>,
    /// What they give.
    pub computed: Computed,
    /// The digest to be signed: the value of `seen`.
    pub seen: String,
}

/// What recomputing a published result shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recomputed {
    /// Every step, the total and the coefficient come out as published.
    Identical,
    /// The regime at hand is not the version that the result names.
    OtherRegime,
    /// The result was made by an arithmetic that this build does not contain.
    OtherEngine,
    /// The inputs give something else.
    Differs(Computed),
}

/// Computes total and coefficient, step by step.
///
/// Weights are hundredths of a point and factors basis points, so products are exact millionths of
/// a point. Refuses a level that the regime does not know, and sums beyond what 64 bits hold.
pub fn compute(regime: &Regime, inputs: &[ItemInput]) -> Result<Computed, Refusal> {
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
    })
}

/// Rounds millionths of a point to hundredths; the half goes up.
fn round_half_up(millionths: i64) -> Points {
    let up = i64::from(millionths.rem_euclid(10_000) >= 5_000);
    Points(millionths.div_euclid(10_000) + up)
}

/// The factor that a judgement gives; refuses a level that the regime does not know.
pub fn factor(judging: &Judging, judgement: &Judgement) -> Result<BasisPoints, Refusal> {
    let Judging::Matrix {
        efficiency,
        quality,
        factors,
        not_carried_out,
        ..
    } = judging
    else {
        let (field, given) = ("judging".to_owned(), String::new());
        return Err(Refusal::UnknownValue { field, given });
    };
    let (row_key, column_key) = match judgement {
        Judgement::NotCarriedOut => return Ok(*not_carried_out),
        Judgement::Points { points } => {
            let (field, given) = ("judgement".to_owned(), points.to_string());
            return Err(Refusal::UnknownValue { field, given });
        }
        Judgement::CarriedOut {
            efficiency,
            quality,
        } => (efficiency, quality),
    };
    let unknown = |field: &str, given: &String| Refusal::UnknownValue {
        field: field.to_owned(),
        given: given.clone(),
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

/// The superior's scores that this judge gave.
///
/// A score that an earlier judge left unpublished is seen by nobody after; it counts for nothing,
/// and the one who publishes answers for every score.
pub fn judged(document: &PlanDocument, judge: PersonId) -> BTreeMap<ItemId, &Score> {
    let scores = document.superior_scores.iter();
    scores
        .filter(|((_, by), _)| *by == judge)
        .map(|((item, _), score)| (*item, score))
        .collect()
}

/// Computes what the judge would publish now; refuses while a weighted item lacks the judge's score.
pub fn verdict(
    regime: &Regime,
    plan: PlanId,
    document: &PlanDocument,
    judge: PersonId,
) -> Result<Verdict, Refusal> {
    let scores = judged(document, judge);
    let items = document.items_in_order();
    let lacks = |item: &&&Item| item.weight > Points(0) && !scores.contains_key(&item.id);
    let missing: Vec<ItemId> = items.iter().filter(lacks).map(|item| item.id).collect();
    if !missing.is_empty() {
        return Err(Refusal::ScoresMissing { items: missing });
    }
    let input = |item: &&Item| {
        scores.get(&item.id).map(|score| ItemInput {
            item: item.id,
            title: item.title.clone(),
            weight: item.weight,
            judgement: score.judgement.clone(),
        })
    };
    let inputs: Vec<ItemInput> = items.iter().filter_map(input).collect();
    let computed = compute(regime, &inputs)?;
    let stated = scores
        .iter()
        .map(|(item, score)| (*item, &score.judgement))
        .collect();
    let seen = digest::verdict(plan, stated, &computed.derivation, computed.total);
    Ok(Verdict {
        inputs,
        computed,
        seen,
    })
}

/// Computes a published result again from its own inputs and compares every step.
pub fn recompute(result: &PlanResult, regime: &Regime) -> Recomputed {
    if result.engine_version != ENGINE_VERSION {
        return Recomputed::OtherEngine;
    }
    if result.regime_digest != digest::regime(regime) {
        return Recomputed::OtherRegime;
    }
    match compute(regime, &result.inputs) {
        Ok(computed)
            if computed.derivation == result.derivation
                && computed.total == result.total
                && computed.coefficient == result.coefficient =>
        {
            Recomputed::Identical
        }
        Ok(computed) => Recomputed::Differs(computed),
        // Levels are resolved by the regime: inputs that it cannot read belong to another.
        Err(_) => Recomputed::OtherRegime,
    }
}

/// Proposes the efficiency level of an item from the earliest completion that was reported.
///
/// The day on which it happened is compared with the due day, which counts until its end. Without
/// a completion or a due day there is nothing to propose.
pub fn propose_efficiency<'r, 'd>(
    regime: &'r Regime,
    item: &Item,
    reports: impl IntoIterator<Item = &'d Report>,
) -> Option<&'r str> {
    let Judging::Matrix { on_time, late, .. } = &regime.judging else {
        return None;
    };
    let completions = reports
        .into_iter()
        .filter(|report| report.item == item.id && report.kind == ReportKind::Completion)
        .filter(|report| report.stands());
    let happened = completions.map(|report| report.happened).min()?;
    Some(if happened <= item.due? { on_time } else { late })
}
