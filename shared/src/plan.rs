//! Plans 工作计划: what a unit or a person will do in one period; draft → submitted → approved →
//! published.
//!
//! A plan is a document: its row, its items and all that is reported and judged about them move
//! together. What a signature binds is [`content_digest`](crate::digest::plan_content).

use serde::{Deserialize, Serialize};

use crate::deadline::Timed;
use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::Times;

/// Whose plan it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The unit's plan, which is also its head's own.
    Unit,
    /// One member's plan.
    Personal,
}

/// Where the plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Being drafted.
    Draft,
    /// Handed in; waits for the superior.
    Submitted,
    /// Returned with a reason 退回修改; may be edited again.
    Returned,
    /// Approved; it is carried out, reported and judged.
    Approved,
    /// Judged, and the result is published to its owner.
    Published,
    /// The result is sealed 锁定归档: nothing changes any more, later facts append versions.
    Sealed,
}

/// Who did something to a plan, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Who.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// The reason that was given; empty where none is needed.
    pub reason: String,
    /// How it stands to its deadline; `None` where no deadline applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timed: Option<Box<Timed>>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its identity.
    pub id: PlanId,
    /// The unit for which it is made.
    pub unit: UnitId,
    /// The period.
    pub period: PeriodId,
    /// Whose plan.
    pub scope: Scope,
    /// The person who answers for it and whose result it becomes.
    pub owner: PersonId,
    /// Where it stands.
    pub state: PlanState,
    /// The superior to whom it was last handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<PersonId>,
    /// The last submission.
    pub submitted: Option<Signed>,
    /// The last return.
    pub returned: Option<Signed>,
    /// The approval.
    pub approved: Option<Signed>,
}

impl Plan {
    /// Says whether its items may still be changed.
    pub const fn is_editable(&self) -> bool {
        matches!(self.state, PlanState::Draft | PlanState::Returned)
    }
}
