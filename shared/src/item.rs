//! Items 计划事项: one line of a plan, with all that practice asks of it.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, PersonId, PlanId, UnitId};
use crate::moment::Day;
use crate::quantity::{Points, Quantity};

/// How a target 目标值 is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// Done or not.
    Done,
    /// By a date.
    Date,
    /// A stage reached by a date.
    Milestone,
    /// A number of things.
    Count,
    /// A share of a base.
    Rate,
    /// The higher the better.
    Higher,
    /// The lower the better.
    Lower,
    /// So many each working day.
    PerDay,
    /// So many each week.
    PerWeek,
    /// So many each month.
    PerMonth,
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// How it is measured.
    pub kind: TargetKind,
    /// Where one starts from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Quantity>,
    /// What is to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Quantity>,
    /// The unit of measure, as written.
    #[serde(default)]
    pub measure: String,
}

/// An item of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its identity.
    pub id: ItemId,
    /// The plan to which it belongs.
    pub plan: PlanId,
    /// Its place in the plan; ties go to the smaller id.
    pub position: u32,
    /// What is to be done.
    pub title: String,
    /// The key of a section 工作类别 of the regime.
    pub section: String,
    /// The responsible person 责任人.
    pub responsible: Option<PersonId>,
    /// The post that answers for it, as written in an imported sheet.
    pub post: String,
    /// The helping unit 协同部门.
    pub helper: Option<UnitId>,
    /// The target.
    pub target: Target,
    /// The due day 完成时限; counts until its end.
    pub due: Option<Day>,
    /// The deliverable 输出成果.
    pub deliverable: String,
    /// The completion standard 完成标准.
    pub standard: String,
    /// The scoring rule 评分标准, in words.
    pub rule: String,
    /// The weight 权重; 0 is legal: tracked, not scored.
    pub weight: Points,
}

/// One changed field of an item: what the person saw and what it shall be.
///
/// It is accepted while the field still equals `old` or already equals `new`; so edits of
/// different fields merge, and edits of one field never overwrite each other unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum ItemEdit {
    /// The title.
    Title(Edit<String>),
    /// The section.
    Section(Edit<String>),
    /// The responsible person.
    Responsible(Edit<Option<PersonId>>),
    /// The helping unit.
    Helper(Edit<Option<UnitId>>),
    /// The target.
    Target(Edit<Target>),
    /// The due day.
    Due(Edit<Option<Day>>),
    /// The deliverable.
    Deliverable(Edit<String>),
    /// The completion standard.
    Standard(Edit<String>),
    /// The scoring rule.
    Rule(Edit<String>),
    /// The weight.
    Weight(Edit<Points>),
    /// The place in the plan.
    Position(Edit<u32>),
}

/// The two values of an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit<T> {
    /// What the person saw.
    pub old: T,
    /// What it shall be.
    pub new: T,
}
