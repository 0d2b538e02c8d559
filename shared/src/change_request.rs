//! Change requests 计划调整申请: how an approved plan is changed, by asking and agreeing.
//!
//! The re-weighting is part of the request: who asks and who agrees have agreed on it.

use serde::{Deserialize, Serialize};

use crate::baseline::due_in_force;
use crate::canonical;
use crate::digest;
use crate::id::{ChangeRequestId, ItemId, PlanId};
use crate::item::{Item, ItemEdit};
use crate::moment::Day;
use crate::plan::{Plan, Signed};
use crate::regime::changes::{Changes, Window};
use crate::world::PlanDocument;

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

impl ItemChange {
    /// The item that it changes.
    pub fn item(&self) -> ItemId {
        match self {
            Self::Add(item) => item.id,
            Self::Edit(item, _) | Self::Cancel(item) => *item,
        }
    }
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
    /// Whether the superior's side asks, so that the owner's side decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_above: bool,
    /// How it stands to the window.
    pub window: ChangeWindow,
    /// Where it stands.
    pub state: ChangeState,
    /// Who agreed or refused, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Signed>,
}

/// Whether a change lies outside the window, so many days before the due day.
fn is_late(window: Window, left: i64) -> bool {
    match window {
        Window::Until { days } => left < i64::from(days),
        Window::OnlyWithin { days } => left > i64::from(days),
        Window::Always => false,
    }
}

/// How wished changes stand to the window on a day, and the items whose due day has passed.
///
/// The day is that of the receipt: what a device claims opens no window, and stands beside the
/// request for whoever decides.
///
/// Weight and place open no window: re-weighting follows from the other changes, and both sides
/// agree to it.
pub fn window(
    rules: &Changes,
    document: &PlanDocument,
    changes: &[ItemChange],
    day: Day,
) -> (ChangeWindow, Vec<ItemId>) {
    let quiet = |edit: &ItemEdit| matches!(edit, ItemEdit::Weight(_) | ItemEdit::Position(_));
    let mut window = ChangeWindow::InTime;
    let mut passed = Vec::new();
    for change in changes {
        let (item, due) = match change {
            // A new item is short of time by its nature; one that was due before is not new.
            ItemChange::Add(item) => (item.id, item.due.filter(|due| *due < day)),
            ItemChange::Edit(_, edits) if edits.iter().all(quiet) => continue,
            ItemChange::Edit(item, _) | ItemChange::Cancel(item) => {
                let promised = document.items.get(item);
                let due = promised.and_then(|item| due_in_force(item, &document.baselines));
                (*item, due)
            }
        };
        let Some(due) = due else { continue };
        let left = due.signed_duration_since(day).num_days();
        if left < 0 {
            passed.push(item);
        } else if is_late(rules.window, left) {
            window = window.max(ChangeWindow::Flagged);
        }
    }
    if !passed.is_empty() {
        window = ChangeWindow::AfterDue;
    }
    (window, passed)
}

/// Digest of a request and of the plan that it would change: the value of `seen` when deciding.
pub fn seen(plan: &Plan, document: &PlanDocument, request: &ChangeRequest) -> String {
    let content = (
        request.id,
        &request.changes,
        &request.by.reason,
        &request.evidence,
        digest::plan_content(plan, document),
    );
    canonical::digest("jihe/change-request/1", &content)
}
