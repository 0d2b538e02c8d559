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
use crate::regime::changes::{ChangeKind, Changes, Window};
use crate::signing::StepSigned;
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
    /// The signatures of those who agreed so far, where the regime has several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<StepSigned>,
}

/// The items that changes touch, with the due days in force that decide about the window.
///
/// Weight and place open no window: re-weighting follows from the other changes, and both sides
/// agree to it. A new item is short of time by its nature; it has none.
fn touched<'c>(
    document: &'c PlanDocument,
    changes: &'c [ItemChange],
) -> impl Iterator<Item = (ItemId, Day)> {
    changes.iter().filter_map(|change| match change {
        ItemChange::Add(_) => None,
        ItemChange::Edit(_, edits) if edits.iter().all(is_quiet) => None,
        ItemChange::Edit(item, _) | ItemChange::Cancel(item) => {
            let promised = document.items.get(item)?;
            Some((*item, due_in_force(promised, &document.baselines)?))
        }
    })
}

/// Whether an edit opens no window.
const fn is_quiet(edit: &ItemEdit) -> bool {
    matches!(edit, ItemEdit::Weight(_) | ItemEdit::Position(_))
}

/// How wished changes stand to the window on a day, and the items whose due day has passed.
///
/// The day is that of the receipt: what a device claims opens no window, and stands beside the
/// request for whoever decides.
pub fn window(
    rules: &Changes,
    document: &PlanDocument,
    changes: &[ItemChange],
    day: Day,
) -> (ChangeWindow, Vec<ItemId>) {
    let mut window = ChangeWindow::InTime;
    let mut passed = Vec::new();
    // A new item that was due before is not new.
    let new = changes.iter().filter_map(|change| match change {
        ItemChange::Add(item) => Some((item.id, item.due.filter(|due| *due < day)?)),
        ItemChange::Edit(..) | ItemChange::Cancel(_) => None,
    });
    for (item, due) in touched(document, changes).chain(new) {
        let left = due.signed_duration_since(day).num_days();
        if left < 0 {
            passed.push(item);
        } else if matches!(rules.window, Window::Until { days } if left < i64::from(days)) {
            window = window.max(ChangeWindow::Flagged);
        }
    }
    if !passed.is_empty() {
        window = ChangeWindow::AfterDue;
    }
    (window, passed)
}

/// The items for which it is too early: the regime lets them be changed in the last days only.
pub fn too_early(
    rules: &Changes,
    document: &PlanDocument,
    changes: &[ItemChange],
    day: Day,
) -> Vec<ItemId> {
    let Window::OnlyWithin { days } = rules.window else {
        return Vec::new();
    };
    let early = touched(document, changes)
        .filter(|(_, due)| due.signed_duration_since(day).num_days() > i64::from(days));
    early.map(|(item, _)| item).collect()
}

/// The kinds of change that a wished one is; none where it only weighs or moves an item.
pub fn kinds(document: &PlanDocument, change: &ItemChange) -> Vec<ChangeKind> {
    match change {
        ItemChange::Add(_) => vec![ChangeKind::Add],
        ItemChange::Cancel(_) => vec![ChangeKind::Cancel],
        ItemChange::Edit(item, edits) => {
            let before = document.items.get(item).and_then(|item| item.due);
            let extends = |edit: &ItemEdit| match edit {
                ItemEdit::Due(due) => before.zip(due.new).is_some_and(|(old, new)| new > old),
                _ => false,
            };
            let extension = edits.iter().any(extends);
            let other = edits.iter().any(|edit| !is_quiet(edit) && !extends(edit));
            let kinds = [
                extension.then_some(ChangeKind::Extend),
                other.then_some(ChangeKind::Change),
            ];
            kinds.into_iter().flatten().collect()
        }
    }
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
