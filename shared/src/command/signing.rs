//! Arguments of the commands about signing in steps: the signature, roles that a regime names, and
//! delegations.

use serde::{Deserialize, Serialize};

use crate::id::{DelegationId, PersonId, PlanId, RoleHolderId, UnitId};
use crate::moment::Day;

/// Signs a step of a plan, or acknowledges a filed copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignPlan {
    /// The plan.
    pub plan: PlanId,
    /// The step's key.
    pub step: String,
    /// Digest of the content that the signer saw.
    pub seen: String,
}

/// Gives a person a role that a regime names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldRole {
    /// Its id.
    pub holder: RoleHolderId,
    /// The role's key in the regimes.
    pub role: String,
    /// For which unit and those below it; `None` for the whole company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Who.
    pub person: PersonId,
    /// First day.
    pub from: Day,
}

/// Ends the holding of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndRole {
    /// Which.
    pub holder: RoleHolderId,
    /// Last day, inclusive.
    pub to: Day,
}

/// Delegates signatures for some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    /// Its id.
    pub delegation: DelegationId,
    /// Whose signatures.
    pub from: PersonId,
    /// Who signs.
    pub to: PersonId,
    /// First day; not before today.
    pub first: Day,
    /// Last day, inclusive.
    pub last: Day,
    /// Why; never empty.
    pub reason: String,
}

/// Ends a delegation before its last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndDelegation {
    /// Which.
    pub delegation: DelegationId,
    /// Last day, inclusive; the day before its first takes it back.
    pub to: Day,
}
