//! Help: what a helping unit answered when it was asked to help with an item.
//!
//! Consent makes a mirrored item in the helper's plan, with its own weight and due day.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, PlanId, UnitId};
use crate::plan::Signed;

/// A helping unit's answer. The row's key is the item and the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Help {
    /// The plan of the item.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The helping unit.
    pub unit: UnitId,
    /// Who answered, with the reason.
    pub by: Signed,
    /// Whether it helps.
    pub agreed: bool,
    /// The mirrored item in the helper's plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirrored: Option<(PlanId, ItemId)>,
}
