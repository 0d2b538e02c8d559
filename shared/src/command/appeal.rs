//! Arguments of the commands that follow the decision about an objection.

use serde::{Deserialize, Serialize};

use crate::appeal::{Decided, Level};
use crate::id::PlanId;
use crate::seal::DeliveryKind;

/// States that a decision reached the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliverDecision {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Of which decision.
    pub of: Decided,
    /// How it is proven.
    pub how: DeliveryKind,
}

/// Accepts a decision: the person goes no further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptDecision {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Which decision.
    pub of: Decided,
}

/// Appeals, or asks for the second instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealResult {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// To which instance.
    pub to: Level,
    /// Why; never empty.
    pub reason: String,
}

/// Decides about an appeal, or in the second instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideAppeal {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// In which instance.
    pub level: Level,
    /// Whether the result is judged again.
    pub upheld: bool,
    /// Why; never empty.
    pub reason: String,
}
