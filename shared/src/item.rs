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
    /// As close as can be: within a tolerance it is reached.
    Within,
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
    /// How far off still counts as reached, where closeness is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Quantity>,
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
    /// The helping units 协同部门, none twice; kept as `helper`: null, one, or a list of several.
    #[serde(default, rename = "helper", with = "crate::help::units")]
    pub helpers: Vec<UnitId>,
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
    /// Whether it is a bonus item 加分项: its weight stands outside the plan's total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bonus: bool,
    /// The scoring rule in figures, where it can be said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deduction: Option<Deduction>,
    /// The item of which it is the continuation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
    /// How often it recurs, where it has no single due day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<Rhythm>,
    /// The key of a category of the regime; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// The key of the source 事项来源 of the regime from which it comes; empty where it is not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The importance coefficient 重要性系数, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importance: Option<Points>,
    /// Whether it must be done: a regime may gate a result by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must: bool,
    /// The implementing scheme 实施方案.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scheme: String,
    /// Columns of an imported sheet for which the product has no field: name and cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<(String, String)>,
}

impl Item {
    /// A blank item of a plan.
    pub fn blank(id: ItemId, plan: PlanId) -> Self {
        let text = String::new;
        let target = Target {
            kind: TargetKind::Done,
            baseline: None,
            value: None,
            measure: text(),
            tolerance: None,
        };
        Self {
            id,
            plan,
            position: 0,
            title: text(),
            section: text(),
            responsible: None,
            post: text(),
            helpers: Vec::new(),
            target,
            due: None,
            deliverable: text(),
            standard: text(),
            rule: text(),
            weight: Points(0),
            bonus: false,
            deduction: None,
            lineage: None,
            rhythm: None,
            category: text(),
            source: text(),
            importance: None,
            must: false,
            scheme: text(),
            extra: Vec::new(),
        }
    }
}

/// A scoring rule 评分标准 in figures: so many points off for each step short of the target.
///
/// A step is `per` units of measure of the target, a day for dates, a missing event for targets per
/// day, week or month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    /// Size of a step, more than 0.
    pub per: Quantity,
    /// Points off per step.
    pub points: Points,
    /// Whether a step that has only begun counts whole.
    pub started: bool,
    /// What is left at least; the rule "down to 0" has 0.
    pub floor: Points,
}

/// Of what an item is the continuation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineage {
    /// How it continues.
    pub kind: LineageKind,
    /// The plan from which it comes.
    pub plan: PlanId,
    /// The item from which it comes.
    pub item: ItemId,
    /// The first item of the line.
    pub origin: ItemId,
    /// How often it was carried over, this time included.
    pub rolled: u32,
    /// Whether its source may still be finished 预计结转.
    pub provisional: bool,
}

/// How an item continues another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineageKind {
    /// Unfinished in an earlier period 结转.
    CarriedOver,
    /// Drawn from the unit's pool: the plan of a longer period.
    Drawn,
    /// The helper's part of a shared item.
    Mirrored,
    /// Taken over from somebody who left or moved.
    HandedOver,
}

/// How often an item recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Each working day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// Whenever it is asked for.
    OnRequest,
}

/// One changed field of an item: what the person saw and what it shall be.
///
/// It is accepted while the field still equals `old` or already equals `new`; so edits of
/// different fields merge, and edits of one field never overwrite each other unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum ItemEdit {
    /// The title.
    Title(Edit<String>),
    /// The section.
    Section(Edit<String>),
    /// The responsible person.
    Responsible(Edit<Option<PersonId>>),
    /// The helping units.
    Helpers(Edit<Vec<UnitId>>),
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
    /// Whether it is a bonus item.
    Bonus(Edit<bool>),
    /// The scoring rule in figures.
    Deduction(Edit<Option<Deduction>>),
    /// How often it recurs.
    Rhythm(Edit<Option<Rhythm>>),
    /// The category.
    Category(Edit<String>),
    /// The source.
    Source(Edit<String>),
    /// The importance coefficient.
    Importance(Edit<Option<Points>>),
    /// Whether it must be done.
    Must(Edit<bool>),
    /// The implementing scheme.
    Scheme(Edit<String>),
}

crate::tagged::tagged!(ItemEdit, "field");

/// The two values of an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit<T> {
    /// What the person saw.
    pub old: T,
    /// What it shall be.
    pub new: T,
}
