//! Format 1 of the regime document: the types as they were when it was adopted, word for word.
//!
//! A digest is taken over what these types write again, so nothing here ever changes: a regime of
//! format 1 keeps its bytes, its digest and the engines that judged by it. New rules belong to
//! format 2 ([`super::document`]), as which a document of this one is read ([`super::document::Document`]).

use chrono::{Datelike, Months};
use serde::{Deserialize, Serialize};

use crate::deadline::{DeadlineRule, Lateness};
use crate::moment::Day;
use crate::period::{Period, PeriodKind};
use crate::quantity::{BasisPoints, Points};

use super::Name;

/// The regime document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// Version of this document format; 1.
    pub format: u32,
    /// Short key.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Catalogue row from which it was taken; empty for an organisation's own.
    #[serde(default)]
    pub source: String,
    /// Period kind for which plans are made.
    pub period: PeriodKind,
    /// Sections 工作类别 of a plan.
    pub sections: Vec<Section>,
    /// How items are weighed.
    pub weights: Weights,
    /// Fields without which an item cannot be submitted.
    pub required: Vec<RequiredField>,
    /// Day and time by which a plan is handed in.
    pub submission: Submission,
    /// How items are judged.
    pub judging: Judging,
    /// Where and how the total is rounded.
    pub rounding: Rounding,
    /// Bands from the highest to the lowest; the printed figure is looked up.
    pub bands: Vec<Band>,
    /// The share of monthly pay that floats with the coefficient.
    pub floating_share: BasisPoints,
    /// JSON pointers to values that are the product's own, because the source is silent.
    pub house_defaults: Vec<String>,
    /// Deadlines of the other steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<DeadlineRule>,
    /// How late acts are treated; the house default where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<Lateness>,
    /// How an approved plan may be changed; the house default where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangeRules>,
    /// The days whose work is assessed, where they are not the period's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<AssessedRange>,
    /// What happens with a section without items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empty_section: Option<EmptySection>,
    /// The most points that bonus items add; none where there are no bonus items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus: Option<Points>,
    /// People who were there for a part of the period; the house default where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_period: Option<PartPeriod>,
    /// The coefficient that is paid provisionally 暂定 while the superior's score is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<BasisPoints>,
    /// Working days in which a result can be objected to, from its proven delivery on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection_days: Option<u32>,
}

/// How an approved plan may be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRules {
    /// Changes are free until so many days before the due day of each item that they touch; inside
    /// they are flagged and need evidence.
    pub free_until_days: u32,
    /// Whether the indirect superior may still agree after the due day, for force majeure.
    pub force_majeure: bool,
}

/// The days whose work is assessed: from a day of the month before to a day of the month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessedRange {
    /// Day of the month before the period, 1 to 31; clamped.
    pub from_day: u32,
    /// Day of the period's last month, 1 to 31; clamped. What is due later is scored next time.
    pub to_day: u32,
}

impl AssessedRange {
    /// The first and the last day whose work is assessed in a period.
    pub fn days(&self, period: &Period) -> (Day, Day) {
        let first = period.to.with_day(1).unwrap_or(period.to);
        let before = first.checked_sub_months(Months::new(1)).unwrap_or(first);
        (clamped(before, self.from_day), clamped(first, self.to_day))
    }
}

/// A day of a month, given by the month's first; 29 to 31 clamp to the month's last day.
fn clamped(first: Day, day_of_month: u32) -> Day {
    let last = u32::from(first.num_days_in_month());
    first.with_day(day_of_month.clamp(1, last)).unwrap_or(first)
}

impl Regime {
    /// The first and the last day whose work is assessed in a period.
    pub fn assessed_days(&self, period: &Period) -> (Day, Day) {
        let range = self.assessed.as_ref();
        range.map_or((period.from, period.to), |range| range.days(period))
    }

    /// How people are assessed who were there for a part of the period.
    pub fn part_period(&self) -> PartPeriod {
        self.part_period.clone().unwrap_or_default()
    }

    /// The coefficient that is paid while the superior's score is missing.
    pub fn provisional(&self) -> BasisPoints {
        self.provisional.unwrap_or(BasisPoints(10_000))
    }

    /// Working days in which a result can be objected to.
    pub fn objection_days(&self) -> u32 {
        self.objection_days.unwrap_or(3)
    }
}

/// What happens with a section that has no items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptySection {
    /// It drops out and the shares of the others are scaled up.
    DropsOut,
    /// It counts as zero.
    CountsZero,
}

/// How people are assessed who were there for a part of the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartPeriod {
    /// Away for more than this share of the working days: not assessed 免考.
    pub absent_share: BasisPoints,
    /// Parts under one head of fewer working days drop out.
    pub least_days: u32,
    /// The coefficient of who is not assessed.
    pub coefficient: BasisPoints,
}

impl Default for PartPeriod {
    /// The house default: away for more than half, parts from five days on, 1.00.
    fn default() -> Self {
        Self {
            absent_share: BasisPoints(5_000),
            least_days: 5,
            coefficient: BasisPoints(10_000),
        }
    }
}

/// A section of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Key, for example `key_work`.
    pub key: String,
    /// Name on screens; the Chinese name is also what an imported sheet says.
    pub name: Name,
    /// The section's share of the total, where sections are totalled apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<BasisPoints>,
}

/// How items are weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// What the weights must add up to, checked at submission.
    pub total: Points,
    /// Of what they must add up to it.
    #[serde(default, skip_serializing_if = "WeightsPer::is_plan")]
    pub per: WeightsPer,
}

/// Of what the weights add up to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightsPer {
    /// The plan.
    #[default]
    Plan,
    /// Each section that has items.
    Section,
    /// Nothing: they need not add up.
    Free,
}

impl WeightsPer {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde calls it with a reference"
    )]
    const fn is_plan(&self) -> bool {
        matches!(self, Self::Plan)
    }
}

/// A field that an item needs before its plan can be handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequiredField {
    /// The responsible person.
    Responsible,
    /// The due day.
    Due,
    /// The deliverable.
    Deliverable,
    /// The completion standard.
    Standard,
}

/// When a plan is to be handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Day of the month before the period, 1 to 31; clamped to the month's last day.
    pub day_of_month: u32,
    /// Minutes after midnight, organisation's time.
    pub minute: u32,
}

/// How an item is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case", deny_unknown_fields)]
pub enum Judging {
    /// Efficiency levels x quality levels give a factor of the item's weight.
    Matrix {
        /// Efficiency levels, best first.
        efficiency: Vec<Level>,
        /// Quality levels, best first.
        quality: Vec<Level>,
        /// One row per efficiency level, one factor per quality level.
        factors: Vec<Vec<BasisPoints>>,
        /// Factor of an item that was not carried out.
        not_carried_out: BasisPoints,
        /// Key of the efficiency level proposed for a completion by the due day.
        on_time: String,
        /// Key of the efficiency level proposed for a later completion.
        late: String,
    },
    /// Points of the item's own, from 0 to its weight, proposed by its scoring rule.
    Points {},
    /// Never judged: the plan of a longer period, from which others draw.
    Tracked {},
}

crate::tagged::tagged!(Judging, "method");

/// A level of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Key, for example `on_time`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
}

/// Where and how the total is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// The total once, half up, to a hundredth of a point; parts are not rounded.
    TotalHalfUp,
}

/// A band of the printed total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Lowest total that belongs to it, inclusive.
    pub from: Points,
    /// Coefficient 绩效系数.
    pub coefficient: BasisPoints,
}
