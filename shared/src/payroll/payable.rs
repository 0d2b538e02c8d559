//! Payables 结算依据: what payroll learns of a sealed result, and nothing of how it came about.

use serde::{Deserialize, Serialize};

use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::UtcMillis;
use crate::quantity::BasisPoints;
use crate::row;
use crate::seal::{Assessment, SealedResult};

use super::SealRef;

/// What payroll learns of a sealed result. The row's key is the plan and the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payable {
    /// The plan in whose document the result stands.
    pub plan: PlanId,
    /// The result's version, from 1.
    pub version: u32,
    /// Whose.
    pub person: PersonId,
    /// Of which period.
    pub period: PeriodId,
    /// The unit of the last part.
    pub unit: UnitId,
    /// How it came about.
    pub assessment: Assessment,
    /// The coefficient, parts of the period weighed already.
    pub coefficient: BasisPoints,
    /// When it was sealed: of several versions the last counts.
    pub sealed: UtcMillis,
    /// The result's digest.
    pub digest: String,
}

impl Payable {
    /// What payroll learns of a result.
    pub fn of(sealed: &SealedResult) -> Self {
        Self {
            plan: sealed.plan,
            version: sealed.version,
            person: sealed.person,
            period: sealed.period,
            unit: sealed.unit,
            assessment: sealed.assessment,
            coefficient: sealed.coefficient,
            sealed: sealed.times.recorded,
            digest: sealed.digest.clone(),
        }
    }

    /// The bits of its key.
    pub const fn bits(&self) -> u128 {
        row::numbered(self.plan, self.version)
    }

    /// Names the result.
    pub fn seal(&self) -> SealRef {
        SealRef {
            plan: self.plan,
            version: self.version,
            digest: self.digest.clone(),
        }
    }
}
