//! Weights: what they add up to, and the importance coefficient beside them.

use serde::{Deserialize, Serialize};

use crate::quantity::Points;

/// How items are weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightRules {
    /// What the weights must add up to, checked at submission.
    pub total: Points,
    /// Of what they must add up to it.
    pub per: WeightsPer,
    /// The importance coefficient of items, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importance: Option<Importance>,
}

/// Of what the weights add up to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightsPer {
    /// The plan.
    Plan,
    /// Each section that has items.
    Section,
    /// Nothing: they need not add up.
    Free,
}

/// Where an item's importance coefficient comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Importance {
    /// It is typed, between these.
    Typed {
        /// The least, in hundredths.
        least: Points,
        /// The most, in hundredths.
        most: Points,
    },
    /// Its category has it.
    ByCategory {},
}
