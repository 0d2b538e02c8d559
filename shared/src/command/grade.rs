//! Arguments of the commands that enter indicators and give grades.

use serde::{Deserialize, Serialize};

use crate::id::PlanId;
use crate::indicator::Reading;
use crate::item::Edit;

/// Enters the number of an indicator of a plan, changes it or takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterIndicator {
    /// The plan.
    pub plan: PlanId,
    /// Key of the indicator.
    pub indicator: String,
    /// The number as the person saw it (`None`: none yet), and as it shall be.
    pub reading: Edit<Option<Reading>>,
    /// Where the number comes from, in words.
    pub note: String,
}

/// Proposes a grade, or decides it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiveGrade {
    /// The plan.
    pub plan: PlanId,
    /// Whether it is decided; else it is only proposed.
    pub decided: bool,
    /// Key of the grade as the person saw it (`None`: none yet), and as it shall be.
    pub level: Edit<Option<String>>,
    /// Why, in words.
    pub reason: String,
}
