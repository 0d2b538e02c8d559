//! Arguments of the commands that draft, sign and return plans.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, PeriodId, PersonId, PlanId, UnitId};
use crate::item::{Edit, Item, ItemEdit};
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
    /// The fields, 1 to 11.
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
