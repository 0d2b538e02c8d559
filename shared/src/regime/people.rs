//! People: who was there for a part of the period, who has no plan, whose score is missing.

use serde::{Deserialize, Serialize};

use crate::quantity::BasisPoints;

/// What a regime says about people and not about plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Away for more than this share of the working days: not assessed 免考.
    pub absent_share: BasisPoints,
    /// Parts under one head of fewer working days drop out.
    pub least_days: u32,
    /// The coefficient of who is not assessed.
    pub not_assessed: BasisPoints,
    /// The coefficient that is paid provisionally 暂定 while a score is missing.
    pub provisional: BasisPoints,
    /// What it means that there is no plan.
    pub no_plan: NoPlan,
    /// How an item of a group is scored.
    pub group_items: GroupItems,
}

/// What it means that somebody has no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPlan {
    /// Not assessed.
    NotAssessed,
    /// The total is zero.
    CountsZero,
    /// Nothing is sealed before there is one.
    Blocks,
}

/// How an item of a group is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupItems {
    /// One score for all.
    OneScore,
    /// Each has a share.
    Shares,
}
