//! Reports on items: progress and completion, each kept as it was written.

use serde::{Deserialize, Serialize};

use crate::deadline::Timed;
use crate::id::{ItemId, PersonId, PlanId, ReportId};
use crate::moment::{Day, Times};
use crate::quantity::Quantity;

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// How far it is.
    Progress,
    /// 完成情况报告: it is done.
    Completion,
}

/// A report on an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its identity.
    pub id: ReportId,
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// What kind.
    pub kind: ReportKind,
    /// Who reports.
    pub by: PersonId,
    /// How far, in percent, 0 to 100; a completion says 100.
    pub percent: u8,
    /// The value reached, in the target's unit of measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// What the person wrote.
    pub note: String,
    /// The day on which it happened.
    pub happened: Day,
    /// The three times of the act.
    pub times: Times,
    /// Whose act it is, when `by` entered it on behalf 代录; `None`: the person's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<PersonId>,
    /// Why it was entered on behalf; empty for one's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Whether it was entered from a signed paper.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paper: bool,
    /// What that person said of it; `None` while it is unconfirmed. Of one's own report it says
    /// that it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Confirmation>,
    /// Who judges the plan, where that is not the superior to whom it was handed in: what is reported
    /// after a change of superior goes to the new one and not to the old.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<PersonId>,
    /// How a completion stands to the due day in force; `None` where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timed: Option<Box<Timed>>,
}

impl Report {
    /// Says whether it counts: whose act it is has neither denied it nor taken it back.
    pub fn stands(&self) -> bool {
        self.confirmed.is_none_or(|said| said.agreed)
    }

    /// Says whether somebody entered it on behalf of a person who has not answered yet.
    pub const fn is_unconfirmed(&self) -> bool {
        self.of.is_some() && self.confirmed.is_none()
    }
}

/// What a person said of an entry that was made on that person's behalf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Whether it is so.
    pub agreed: bool,
    /// When.
    pub times: Times,
}
