//! Grades: bands of a total, grades that are decided, and the gates that lead down.

use serde::{Deserialize, Serialize};

use crate::quantity::{BasisPoints, Points};

use super::Name;
use super::who::Who;

/// How a total becomes a grade and a coefficient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grades {
    /// By what.
    pub by: GradeBy,
    /// Conditions under which the result can only be lower.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
}

/// By what a grade is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GradeBy {
    /// By points.
    Points {
        /// The figure that is looked up.
        looks_at: LooksAt,
        /// Bands from the highest to the lowest.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bands: Vec<Band>,
    },
    /// By decision.
    Decided {
        /// The grades, best first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        levels: Vec<DecidedLevel>,
        /// Who decides.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        by: Vec<Who>,
        /// Who proposes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        proposed_by: Vec<Who>,
    },
    /// There is no grade.
    None {},
}

/// The figure that is looked up in the bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LooksAt {
    /// As printed, rounded.
    Printed,
    /// Before it was rounded.
    Exact,
}

/// A band of totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Key, for example `excellent`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Lowest total that belongs to it, inclusive.
    pub from: Points,
    /// The total from which on it no longer does; open above where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Points>,
    /// Coefficient 绩效系数.
    pub coefficient: BasisPoints,
}

impl Grades {
    /// The key of the band or the decided grade at a place.
    pub fn key(&self, at: usize) -> Option<&str> {
        match &self.by {
            GradeBy::Points { bands, .. } => bands.get(at).map(|band| band.key.as_str()),
            GradeBy::Decided { levels, .. } => levels.get(at).map(|level| level.key.as_str()),
            GradeBy::None {} => None,
        }
    }
}

impl Band {
    /// Whether a total belongs to it.
    pub fn holds(&self, total: Points) -> bool {
        total >= self.from && self.below.is_none_or(|below| total < below)
    }
}

/// A grade that is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedLevel {
    /// Key, for example `competent`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Coefficient 绩效系数.
    pub coefficient: BasisPoints,
}

/// A condition under which the result can only be lower 一票否决.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Key, for example `accident`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// The condition.
    pub when: Condition,
    /// What follows.
    pub effect: GateEffect,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// So many confirmed entries of a tariff.
    Entries {
        /// The tariff's key.
        tariff: String,
        /// The least number.
        least: u32,
    },
    /// A part below so many points.
    PartBelow {
        /// The part's key.
        part: String,
        /// The points.
        points: Points,
    },
    /// So many items undone that must be done.
    MustUndone {
        /// The least number.
        least: u32,
    },
}

/// What a gate does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GateEffect {
    /// The grade is no better than this one, by key.
    NoBetterThan(String),
    /// The total is at most this.
    TotalAtMost(Points),
    /// The total is zero.
    TotalZero {},
    /// The items that the entries name count zero.
    ItemZero {},
}
