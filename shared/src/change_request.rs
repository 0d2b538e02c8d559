//! Change requests 计划调整申请: how an approved plan is changed, by asking and agreeing.
//!
//! The re-weighting is part of the request: who asks and who agrees have agreed on it.

use serde::{Deserialize, Serialize};

use crate::id::{ChangeRequestId, ItemId, PlanId};
use crate::item::{Item, ItemEdit};
use crate::plan::Signed;

/// One wished change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemChange {
    /// A new item.
    Add(Box<Item>),
    /// Other values of an item's fields.
    Edit(ItemId, Vec<ItemEdit>),
    /// The item is given up.
    Cancel(ItemId),
}

/// How the request stands to the window in which changes are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeWindow {
    /// Early enough.
    InTime,
    /// Within the last days before a due day: accepted, flagged and with evidence.
    Flagged,
    /// After a due day: only for force majeure, by the indirect superior.
    AfterDue,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// Waits for the superior.
    Open,
    /// Agreed; its changes stand in the next baseline.
    Agreed,
    /// Refused with a reason.
    Refused,
    /// Taken back by who asked.
    Withdrawn,
}

/// A change request. The row's key is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRequest {
    /// Its identity.
    pub id: ChangeRequestId,
    /// The plan.
    pub plan: PlanId,
    /// Who asks, with the reason.
    pub by: Signed,
    /// What is asked.
    pub changes: Vec<ItemChange>,
    /// Evidence, in words; never empty outside the free window.
    pub evidence: String,
    /// How it stands to the window.
    pub window: ChangeWindow,
    /// Where it stands.
    pub state: ChangeState,
    /// Who agreed or refused, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Signed>,
}
