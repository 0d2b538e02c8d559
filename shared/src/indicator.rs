//! Indicators 指标: numbers that are entered for a plan and its period, and not judged.
//!
//! What an indicator gives is said by the regime's curve; here stands what was reached and of what,
//! by somebody who is not the one whom it is about.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, PlanId};
use crate::moment::Times;
use crate::part_score::named;
use crate::quantity::Quantity;

/// A number as it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// What was reached.
    pub reached: Quantity,
    /// What was to be reached, above 0; where it is not said, the number is a degree itself and 1
    /// is all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Quantity>,
}

impl Reading {
    /// The degree as a fraction: over and under the line. What is below nothing is nothing.
    pub fn degree(self) -> (i64, i64) {
        let whole = self.target.unwrap_or(Quantity(10_000));
        (self.reached.0.max(0), whole.0)
    }
}

/// The value of an indicator of a plan. The row's key is the indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorValue {
    /// The plan.
    pub plan: PlanId,
    /// Key of the indicator.
    pub indicator: String,
    /// The number.
    pub reading: Reading,
    /// Who entered it.
    pub by: PersonId,
    /// Where the number comes from, in words.
    pub note: String,
    /// The three times of the act.
    pub times: Times,
}

impl IndicatorValue {
    /// The bits of its key.
    pub fn bits(&self) -> u128 {
        named(&(&self.indicator,))
    }
}
