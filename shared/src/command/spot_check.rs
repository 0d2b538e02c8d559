//! Arguments of the commands of spot checks.

use serde::{Deserialize, Serialize};

use crate::id::{EvidenceId, PeriodId, PlanId};

/// Draws the sample of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawSample {
    /// The period.
    pub period: PeriodId,
}

/// States what the check of a drawn plan found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckResult {
    /// The plan.
    pub plan: PlanId,
    /// The version of its result that was checked.
    pub version: u32,
    /// Whether it was judged fairly.
    pub fair: bool,
    /// Why; never empty.
    pub reason: String,
    /// Evidence on the plan's items that shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
}
