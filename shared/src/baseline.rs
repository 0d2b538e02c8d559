//! Baselines 基线: what a plan promised from a day on; approval makes the first, each agreed change
//! the next. A baseline never changes.

use serde::{Deserialize, Serialize};

use crate::id::PlanId;
use crate::item::Item;
use crate::moment::Day;
use crate::plan::Signed;

/// A baseline. The row's key is the plan and the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The plan.
    pub plan: PlanId,
    /// Its number, from 1.
    pub number: u32,
    /// The first day on which it is in force; it ends where the next begins.
    pub from: Day,
    /// The items, in order of their ids.
    pub items: Vec<Item>,
    /// Digest of the plan's content as it was signed.
    pub digest: String,
    /// Who approved or agreed.
    pub by: Signed,
}
