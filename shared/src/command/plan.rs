//! Arguments of the commands that draft, sign and return plans.

use serde::{Deserialize, Serialize};

use crate::change_request::ItemChange;
use crate::id::{ChangeRequestId, ItemId, PeriodId, PersonId, PlanId, UnitId};
use crate::item::{Edit, Item, ItemEdit};
use crate::lane::Lane;
use crate::plan::Scope;
use crate::quantity::Points;

/// Begins a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftPlan {
    /// Its id.
    pub plan: PlanId,
    /// The unit.
    pub unit: UnitId,
    /// The period.
    pub period: PeriodId,
    /// Whose plan.
    pub scope: Scope,
    /// Who answers for it.
    pub owner: PersonId,
}

/// Adds an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddItem {
    /// The plan.
    pub plan: PlanId,
    /// The item, whole.
    pub item: Box<Item>,
}

/// Changes fields of an item: all of them or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditItem {
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The fields, each at most once, at least one.
    pub edits: Vec<ItemEdit>,
}

/// Changes weights of several items: all of them or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weigh {
    /// The plan.
    pub plan: PlanId,
    /// Each item's weight as seen and as it shall be.
    pub weights: Vec<(ItemId, Edit<Points>)>,
}

/// Takes an item out of a plan that is being drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveItem {
    /// The plan.
    pub plan: PlanId,
    /// The item as the person saw it.
    pub item: Box<Item>,
}

/// Hands a plan in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitPlan {
    /// The plan.
    pub plan: PlanId,
    /// Digest of the content that the signer saw.
    pub seen: String,
}

/// Returns a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnPlan {
    /// The plan.
    pub plan: PlanId,
    /// Digest of the content that the signer saw.
    pub seen: String,
    /// Why; never empty.
    pub reason: String,
}

/// Approves a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovePlan {
    /// The plan.
    pub plan: PlanId,
    /// Digest of the content that the signer saw.
    pub seen: String,
}

/// Takes a plan back that waits for its superior.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawPlan {
    /// The plan.
    pub plan: PlanId,
    /// Why; may be empty.
    pub reason: String,
}

/// Asks for a change of an approved plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestChange {
    /// The request's id.
    pub request: ChangeRequestId,
    /// The plan.
    pub plan: PlanId,
    /// What is asked, 1 to 50 changes; the weights after it add up.
    pub changes: Vec<ItemChange>,
    /// Why; never empty.
    pub reason: String,
    /// Evidence, in words.
    pub evidence: String,
}

/// Agrees to a change request, or refuses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideChange {
    /// The plan.
    pub plan: PlanId,
    /// The request.
    pub request: ChangeRequestId,
    /// Whether it is agreed.
    pub agreed: bool,
    /// Why; never empty for a refusal.
    pub reason: String,
    /// Digest of the request and the plan's content that the signer saw.
    pub seen: String,
}

/// Takes a change request back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawChange {
    /// The plan.
    pub plan: PlanId,
    /// The request.
    pub request: ChangeRequestId,
}

/// Settles what was carried over provisionally: finished sources drop out, the rest becomes final
/// once the source plan is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleCarried {
    /// The plan that holds the carried items.
    pub plan: PlanId,
    /// The plan from which they come.
    pub from: PlanId,
}

/// Answers for a helping unit whether it helps with an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerHelp {
    /// The plan of the item.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The helping unit.
    pub unit: UnitId,
    /// Whether it helps.
    pub agreed: bool,
    /// Why; never empty for a refusal.
    pub reason: String,
    /// The mirrored item for the helper's plan; none when it does not help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirrored: Option<Box<Item>>,
}

impl AnswerHelp {
    /// The item's lane, and that of the plan into which a mirrored one comes.
    pub(super) fn lanes(&self) -> Vec<Lane> {
        let mut lanes = vec![Lane::Item(self.item)];
        lanes.extend(self.mirrored.iter().map(|item| Lane::Plan(item.plan)));
        lanes
    }
}
