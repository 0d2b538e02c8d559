//! Scores: what the responsible person and the superior judge of an item, and what follows.
//!
//! The arithmetic is exact (see [`crate::result`]); this file holds what people state.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::baseline;
use crate::deadline::Timed;
use crate::document::PlanDocument;
use crate::id::{ItemId, PersonId, PlanId};
use crate::item::Item;
use crate::moment::{Day, Times};
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::charge::Counted;
use crate::result::engine_3::inputs::Rating;

pub mod propose;

pub use propose::{Proposal, Proposed, propose};

/// What a rater states about an item; the levels are keys of the regime's matrix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Judgement {
    /// Not carried out as planned.
    NotCarriedOut,
    /// Carried out, with an efficiency and a quality level.
    CarriedOut {
        /// Key of an efficiency level, for example `on_time`.
        efficiency: String,
        /// Key of a quality level, for example `good`.
        quality: String,
    },
    /// Carried out, with points of the item's own, 0 to its weight.
    Points {
        /// The points.
        points: Points,
        /// What typed charges of the method take off, by the charge's key.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        off: BTreeMap<String, Points>,
    },
    /// Carried out, with a level of a scale.
    Level {
        /// Key of the level.
        level: String,
        /// What typed charges of the method take off, by the charge's key.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        off: BTreeMap<String, Points>,
    },
    /// Carried out; what it gives follows from facts and from what charges take off.
    Whole {
        /// What typed charges of the method take off, by the charge's key.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        off: BTreeMap<String, Points>,
    },
}

impl Judgement {
    /// Points without anything taken off.
    pub const fn points(points: Points) -> Self {
        let off = BTreeMap::new();
        Self::Points { points, off }
    }

    /// What typed charges take off, by the charge's key.
    pub const fn off(&self) -> Option<&BTreeMap<String, Points>> {
        match self {
            Self::NotCarriedOut | Self::CarriedOut { .. } => None,
            Self::Points { off, .. } | Self::Level { off, .. } | Self::Whole { off } => Some(off),
        }
    }
}

crate::tagged::tagged!(Judgement, "outcome");

/// One rater's score of one item. A self score's key is the item, a superior score's the item and
/// the judge: a later judge's score leaves an earlier one's as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// Who scored.
    pub by: PersonId,
    /// The superior who judges the plan, in whose partition the score stands.
    pub judge: PersonId,
    /// What was stated.
    pub judgement: Judgement,
    /// The reason or evidence, in words.
    pub note: String,
    /// The three times of the act.
    pub times: Times,
    /// Whether the one above the judge scored, because the judge was late 代评.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_behalf: bool,
    /// How a self score stands to its deadline; `None` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timed: Option<Box<Timed>>,
}

/// Refuses a judgement that the method of the item does not know, and points beyond its full score.
pub fn check(rules: Rules<'_>, item: &Item, judgement: &Judgement) -> Result<(), Refusal> {
    let method = rules.method(item).ok_or(Refusal::NeverJudged)?;
    for (key, points) in judgement.off().into_iter().flatten() {
        let mut charges = method.charges.iter();
        let charge = charges.find(|one| one.key == *key && one.counted == Counted::Typed {});
        let charge = charge.ok_or_else(|| Refusal::UnknownValue {
            field: "charge".to_owned(),
            given: key.clone(),
        })?;
        within(*points, (charge.least_typed(), charge.most_typed()))?;
    }
    let Rating::Points(points) = Rating::of(&method.scoring, judgement)? else {
        return Ok(());
    };
    let most = i128::from(rules.full(item).0) * i128::from(method.cap.0) / 10_000;
    let most = Points(i64::try_from(most).unwrap_or(i64::MAX));
    within(points, (Points(0), most))
}

/// Refuses points that are neither none nor from the least to the most.
pub(crate) fn within(points: Points, (least, most): (Points, Points)) -> Result<(), Refusal> {
    if points == Points(0) || (least..=most).contains(&points) {
        return Ok(());
    }
    Err(Refusal::OutOfRange {
        field: "points".to_owned(),
        least: least.to_string(),
        most: most.to_string(),
    })
}

/// The due day that counts for an item: an agreed change moves it only while it has not expired.
pub fn due_in_force(document: &PlanDocument, item: &Item) -> Option<Day> {
    baseline::due_in_force(item, &document.baselines)
}
