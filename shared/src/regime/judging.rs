//! Judging: who rates, how a rating becomes a figure, and what a missing one means.
//!
//! A method names arithmetic, never a regime: a company's own way is a method of its own document.

use serde::{Deserialize, Serialize};

use crate::quantity::{BasisPoints, Points};

use super::Name;
use super::charge::{Charge, Counted};
use super::curve::Curve;
use super::total::Filter;
use super::who::Who;

/// Raters and methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judging {
    /// Who rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raters: Vec<Rater>,
    /// How items are judged; parts name a method by its key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Method>,
}

/// Somebody who rates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rater {
    /// Key, for example `superior`.
    pub key: String,
    /// Who.
    pub by: Who,
    /// What the rating weighs; 0 is recorded and does not count.
    pub weight: BasisPoints,
    /// What it means that nothing was stated.
    pub missing: MissingRater,
    /// What counts where a role is held by several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub several: Option<Several>,
    /// The items that are rated; all items and all criteria where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Filter>,
}

/// What it means that a rater stated nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MissingRater {
    /// It counts as nothing earned.
    CountsZero,
    /// It is left out, and the others weigh the more.
    LeftOut,
    /// Nothing is published before it is there.
    Blocks,
    /// The rating of the rater of this key stands in its place.
    Instead(String),
    /// Nothing is published; at filing the coefficient is provisional 暂定.
    Provisional,
}

/// What counts where several hold a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Several {
    /// The mean of what was handed in.
    Mean,
    /// What was handed in first.
    First,
}

/// How an item is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Key, for example `item`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// How a rating becomes points.
    pub scoring: Scoring,
    /// What is taken off the item's points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<Charge>,
    /// Factor of an item that was not carried out.
    pub undone: BasisPoints,
    /// Least factor of the full score after charges.
    pub floor: BasisPoints,
    /// Most factor of the full score.
    pub cap: BasisPoints,
}

impl Method {
    /// Whether somebody has to say something; else facts alone give the points.
    pub fn asks(&self) -> bool {
        !self.is_by_facts() || self.takes_off()
    }

    /// Whether facts give the points before anything is taken off.
    pub const fn is_by_facts(&self) -> bool {
        matches!(self.scoring, Scoring::Whole {} | Scoring::Reached { .. })
    }

    /// Whether some charge is typed by the judge.
    pub fn takes_off(&self) -> bool {
        let mut charges = self.charges.iter();
        charges.any(|charge| charge.counted == Counted::Typed {})
    }
}

/// How a rating becomes points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Scoring {
    /// Efficiency levels x quality levels give a factor of the item's full score.
    Matrix {
        /// Efficiency levels, best first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        efficiency: Vec<Level>,
        /// Quality levels, best first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        quality: Vec<Level>,
        /// One row per efficiency level, one factor per quality level.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        factors: Vec<Vec<BasisPoints>>,
        /// Key of the efficiency level proposed for a completion by the due day.
        on_time: String,
        /// Key of the efficiency level proposed for a later completion.
        late: String,
    },
    /// One scale of levels, each with its factor.
    Levels {
        /// The levels, best first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        levels: Vec<Graded>,
    },
    /// Points, from 0 to full x cap.
    Typed {},
    /// Full, unless charges take something off.
    Whole {},
    /// By the degree that the item's target was reached.
    Reached {
        /// What a degree gives.
        curve: Curve,
    },
    /// Points, which the item's own scoring rule proposes.
    OwnRule {},
}

/// A level of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Key, for example `on_time`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
}

/// A level with its factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Graded {
    /// Key, for example `good`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Its factor of the full score.
    pub factor: BasisPoints,
}

/// A criterion with points of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Key, for example `feasible`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// The most points.
    pub points: Points,
}
