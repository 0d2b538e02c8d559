//! Arguments of the commands that close a cohort and order equals.

use serde::{Deserialize, Serialize};

use crate::cohort::CohortKey;
use crate::id::{PeriodId, PersonId, PlanId};

/// Closes a cohort of a period, with its sisters where they share places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleCohort {
    /// The period.
    pub period: PeriodId,
    /// The cohort.
    pub cohort: CohortKey,
    /// Digest of what it leaves of everybody, as the signer saw it.
    pub seen: String,
}

/// Gives a published result back to its judge: before its cohort is closed, or in a correction round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnResult {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Why; never empty.
    pub reason: String,
}

/// Says who comes first among people who stand equal where the places end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideTie {
    /// The period.
    pub period: PeriodId,
    /// The people, the best first.
    pub people: Vec<PersonId>,
    /// Why; never empty.
    pub reason: String,
}
