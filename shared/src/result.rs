//! Results: the figure, the coefficient and the derivation that leads to them.
//!
//! A published result contains its own inputs, so that anyone who may see it can recompute it and
//! get the same bytes. All arithmetic is exact; rounding happens once, where the regime says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, PeriodId, PersonId, PlanId, RegimeId, UnitId};
use crate::item::Item;
use crate::moment::{Day, Times};
use crate::period::Period;
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::v1::Regime;
use crate::regime::{Document, Rules};
use crate::score::{self, Judgement, Score};
use crate::world::PlanDocument;

mod engine_1;
mod engine_2;
pub mod engine_3;
mod evaluated;
pub mod facts;
pub(crate) mod grade;
mod ratio;
mod receipt;
mod stated;
mod verdict;

pub(crate) use engine_2::{VERSION as ENGINE_2, band};
pub use evaluated::{Evaluated, Titled};
pub use ratio::Ratio;
pub use receipt::counts_from_receipt;
pub use verdict::{Running, Verdict, running, verdict};

/// Version of the arithmetic; a version that published a result stays in this crate.
pub const ENGINE_VERSION: u32 = engine_3::VERSION;

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
    /// Its section; empty in results of the first arithmetic.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// Whether it is a bonus item, whose points stand beside the total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bonus: bool,
}

/// An item that is due after the assessed range: it is scored in the next period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferred {
    /// The item.
    pub item: ItemId,
    /// Its title at publication.
    pub title: String,
    /// Its section.
    pub section: String,
    /// Its weight, which this period's total does without.
    pub weight: Points,
    /// Its due day in force.
    pub due: Day,
    /// Whether it is a bonus item.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bonus: bool,
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
    /// The points of one item, typed.
    Points {
        /// The item.
        item: ItemId,
        /// Its weight, the most that it can give.
        weight: Points,
        /// The points.
        points: Points,
    },
    /// The sum of the products, in millionths of a point.
    Sum {
        /// The sum.
        millionths: i64,
    },
    /// The sum scaled up: sum x `full` / `attainable`.
    Scaled {
        /// The weights that are scored in this period.
        attainable: Points,
        /// The weights of a whole plan.
        full: Points,
        /// The product, rounded down to a millionth of a point; the next step uses it unrounded.
        millionths: i64,
    },
    /// A section: it gives `earned` x `full` / `attainable` x `share`.
    Section {
        /// Its key.
        section: String,
        /// The sum of its items, in millionths of a point.
        earned: i64,
        /// The weights of it that are scored in this period.
        attainable: Points,
        /// Its share.
        share: BasisPoints,
    },
    /// A section in which nothing is scored.
    EmptySection {
        /// Its key.
        section: String,
        /// Its share.
        share: BasisPoints,
        /// Whether it drops out; else it counts as zero.
        dropped: bool,
    },
    /// The sum of what the sections give, divided by the shares in use.
    Shared {
        /// The sum of the shares in use.
        shares: BasisPoints,
        /// The weights of a whole section.
        full: Points,
        /// The quotient, rounded down to a millionth of a point; the next step uses it unrounded.
        millionths: i64,
    },
    /// Bonus items, whose own steps stand before this one and after the sum.
    Bonus {
        /// What they earned, in millionths of a point.
        millionths: i64,
        /// The most that they may add.
        most: Points,
        /// What is added to the sum, in millionths of a point.
        counted: i64,
    },
    /// A part of the period under one head, in a person's result: `over` / `under` is the part's
    /// total in hundredths of a point before it was rounded.
    Part {
        /// The plan.
        plan: PlanId,
        /// Working days of the part.
        working_days: u32,
        /// The printed total of the part.
        total: Points,
        /// Over the line.
        over: i64,
        /// Under the line.
        under: i64,
    },
    /// The parts, weighed by their working days.
    Parts {
        /// Working days of all parts.
        working_days: u32,
        /// The mean, rounded down to a millionth of a point; the next step uses it unrounded.
        millionths: i64,
    },
    /// Not assessed 免考: away on too many working days.
    NotAssessed {
        /// Working days on which the person was not there.
        away: u32,
        /// Working days of the period, until the person left.
        working_days: u32,
        /// The coefficient instead.
        coefficient: BasisPoints,
    },
    /// Provisional 暂定: nothing was published by the deadline for filing.
    Provisional {
        /// The coefficient until then.
        coefficient: BasisPoints,
    },
    /// What an earlier sealed version said.
    Replaces {
        /// That version.
        version: u32,
        /// Its total.
        total: Points,
        /// Its coefficient.
        coefficient: BasisPoints,
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
    /// Items that are scored in the next period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deferred: Vec<Deferred>,
    /// The late head in whose place the one above judged 代评; `None` where the judge did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
    /// Facts and tape, where the third arithmetic published it; its inputs and steps stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub three: Option<Box<Evaluated>>,
}

impl PlanResult {
    /// Whether the judgement that counted says that an item was carried out; `None` where points
    /// alone do not say it, and where the item was not judged.
    pub fn carried_out(&self, item: ItemId) -> Option<bool> {
        if let Some(three) = &self.three {
            return three.carried_out(item);
        }
        let input = self.inputs.iter().find(|input| input.item == item)?;
        match input.judgement {
            Judgement::NotCarriedOut => Some(false),
            Judgement::CarriedOut { .. } => Some(true),
            Judgement::Points { .. } | Judgement::Level { .. } | Judgement::Whole { .. } => None,
        }
    }

    /// What each judged item earned, in the order of the inputs.
    pub fn figures(&self) -> Vec<ItemFigure> {
        if let Some(three) = &self.three {
            return three.figures();
        }
        let earned = |item: ItemId| {
            self.derivation.iter().find_map(|step| match step {
                Step::Item {
                    item: of,
                    millionths,
                    ..
                } if *of == item => Some(*millionths),
                Step::Points {
                    item: of, points, ..
                } if *of == item => Some(points.0.saturating_mul(10_000)),
                _ => None,
            })
        };
        let figure = |input: &ItemInput| ItemFigure {
            item: input.item,
            title: input.title.clone(),
            weight: input.weight,
            earned: earned(input.item),
        };
        self.inputs.iter().map(figure).collect()
    }
}

/// What an item earned in a published result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFigure {
    /// The item.
    pub item: ItemId,
    /// Its title at publication.
    pub title: String,
    /// Its weight.
    pub weight: Points,
    /// What it gave, in millionths of a point; none where it gave nothing of its own.
    pub earned: Option<i64>,
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
    /// The total before it was rounded.
    pub exact: Ratio,
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

/// Computes total and coefficient by the rules of format 1, step by step.
pub fn compute(
    regime: &Regime,
    inputs: &[ItemInput],
    deferred: &[Deferred],
) -> Result<Computed, Refusal> {
    engine_2::compute(regime, inputs, deferred)
}

/// What the third arithmetic makes of facts that nobody published.
pub(crate) fn judged_by(
    of: (&engine_3::Program, crate::period::PeriodKind),
    regime: &crate::regime::document::Regime,
    inputs: engine_3::Inputs,
) -> Result<Evaluated, Refusal> {
    let (evaluated, _) = Evaluated::of(of, regime, inputs, Vec::new())?;
    Ok(evaluated)
}

/// Computes a published result again with the arithmetic that published it; `None` where this
/// build does not contain it.
pub fn compute_again(
    result: &PlanResult,
    document: &Document,
) -> Option<Result<Computed, Refusal>> {
    match result.engine_version {
        engine_1::VERSION => Some(engine_1::compute(document.v1()?, &result.inputs)),
        engine_2::VERSION => {
            let regime = document.v1()?;
            Some(engine_2::compute(regime, &result.inputs, &result.deferred))
        }
        engine_3::VERSION => result.three.as_ref()?.again(&document.read()),
        _ => None,
    }
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

/// The items that this period does not score, because they are due after its assessed range.
pub fn deferred(rules: Rules<'_>, period: &Period, document: &PlanDocument) -> Vec<Deferred> {
    if rules.cycle.assessed.is_none() {
        return Vec::new();
    }
    let (_, last) = rules.assessed_days(period);
    let deferred = |item: &&Item| {
        let due = score::due_in_force(document, item).filter(|due| *due > last)?;
        Some(Deferred {
            item: item.id,
            title: item.title.clone(),
            section: item.section.clone(),
            weight: item.weight,
            due,
            bonus: item.bonus,
        })
    };
    let items = document.items_in_order();
    items.iter().filter_map(deferred).collect()
}

/// The items that the judge has scored, in the plan's order, without those that are deferred.
pub fn inputs(document: &PlanDocument, judge: PersonId, deferred: &[Deferred]) -> Vec<ItemInput> {
    let scores = judged(document, judge);
    let later = |item: ItemId| deferred.iter().any(|deferred| deferred.item == item);
    let input = |item: &&Item| {
        scores.get(&item.id).map(|score| ItemInput {
            item: item.id,
            title: item.title.clone(),
            weight: item.weight,
            judgement: score.judgement.clone(),
            section: item.section.clone(),
            bonus: item.bonus,
        })
    };
    let items = document.items_in_order();
    let now = items.iter().filter(|item| !later(item.id));
    now.filter_map(input).collect()
}

/// Computes a published result again from its own inputs and compares every step.
pub fn recompute(result: &PlanResult, document: &Document) -> Recomputed {
    let Some(again) = compute_again(result, document) else {
        return Recomputed::OtherEngine;
    };
    if result.regime_digest != document.digest() {
        return Recomputed::OtherRegime;
    }
    let proven = result
        .three
        .as_ref()
        .is_none_or(|three| three.is_proven(&document.read()));
    match again {
        Ok(computed)
            if proven
                && computed.derivation == result.derivation
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
