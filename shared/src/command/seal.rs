//! Arguments of the commands that follow a publication: delivery, answer, decision, seal.

use serde::{Deserialize, Serialize};

use crate::id::{CommandId, PeriodId, PlanId, UnitId};
use crate::seal::{DeliveryKind, ResultAnswer};

/// States that a published result reached its person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliverResult {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// How.
    pub how: DeliveryKind,
}

/// Signs a published result, or objects to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerResult {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Digest of the published result that the person saw.
    pub seen: String,
    /// What the person says.
    pub answer: ResultAnswer,
}

/// Decides about an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideObjection {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Whether the result is judged again.
    pub upheld: bool,
    /// Why; never empty.
    pub reason: String,
}

/// Seals a person's result of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealResult {
    /// The plan of the person's last part.
    pub plan: PlanId,
    /// The person's other plans of the period, in order of time.
    pub parts: Vec<PlanId>,
    /// Digest of what is sealed, as the signer saw it.
    pub seen: String,
}

/// Marks that a period is being sealed: nothing of its plans changes meanwhile but by the seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeginClosing {
    /// The id by which the closing is known: this command's own.
    pub closing: CommandId,
    /// The period.
    pub period: PeriodId,
    /// The units; empty: all of them.
    pub units: Vec<UnitId>,
}

/// Marks that it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndClosing {
    /// The closing.
    pub closing: CommandId,
}
