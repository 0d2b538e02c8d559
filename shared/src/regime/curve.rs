//! Curves: what a degree or a rate gives; and the measures that they look at.

use serde::{Deserialize, Serialize};

use crate::quantity::BasisPoints;

use super::total::Filter;

/// What a degree gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Curve {
    /// The degree itself.
    Proportional {
        /// The most.
        cap: BasisPoints,
    },
    /// The factor of the highest step that is reached; nothing below the first.
    Steps {
        /// The steps, from the lowest.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        steps: Vec<CurvePoint>,
    },
    /// Straight lines between points; level before the first and after the last.
    Linear {
        /// The points, from the lowest.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        points: Vec<CurvePoint>,
    },
}

/// A point of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurvePoint {
    /// The degree.
    pub at: BasisPoints,
    /// The factor that it gives.
    pub factor: BasisPoints,
}

/// A figure that is counted and not judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// Items done by their due day, of those that were due.
    OnTimeRate(Filter),
    /// Items done, of those that were due.
    CompletionRate(Filter),
    /// The mean degree that targets were reached.
    Reached(Filter),
    /// A number entered for each period, by the indicator's key.
    Indicator(String),
}
