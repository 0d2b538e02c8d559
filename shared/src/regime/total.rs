//! Totals: a tree of parts, each with one source, put together by one rule.
//!
//! No company needs a variant of its own: what differs between rules of companies is the tree.

use serde::{Deserialize, Serialize};

use crate::item::TargetKind;
use crate::period::PeriodKind;
use crate::quantity::{BasisPoints, Points};

use super::Name;
use super::charge::Charge;
use super::curve::{Curve, CurvePoint, Measure};
use super::judging::Criterion;

/// How the total of a period comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// Its parts.
    pub parts: Parts,
    /// The least that it can be.
    pub floor: Points,
    /// The most that it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Points>,
    /// Where and how it is rounded.
    pub rounding: Rounding,
}

/// Parts and how they are put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// How.
    pub combine: Combine,
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<Part>,
}

/// How parts are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Added up.
    Sum,
    /// The mean by their weights, of those in use.
    Weighted,
    /// The first is points, each further one a factor.
    Product,
    /// The smallest counts.
    Least,
}

/// A part of a total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Key, for example `plan`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Whether it is taken off instead of added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub minus: bool,
    /// Its weight, exactly where the parts are weighed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<BasisPoints>,
    /// Its full points, where its source needs them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Points>,
    /// Where its figure comes from.
    pub source: Source,
    /// The least that it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Points>,
    /// The most that it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Points>,
    /// What it means that nothing is there.
    pub empty: Empty,
}

/// Where a part's figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// The plan's items.
    Items(ItemScores),
    /// Points that raters type.
    Typed {
        /// For each of these.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        criteria: Vec<Criterion>,
    },
    /// Charges.
    Charges {
        /// What they are taken from.
        from: ChargeFrom,
        /// The charges.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        charges: Vec<Charge>,
    },
    /// The part's total x what the curve gives of a measure.
    Measured {
        /// The measure.
        of: Measure,
        /// The curve.
        curve: Curve,
    },
    /// Another result.
    Result {
        /// Whose.
        of: ResultOf,
        /// What of it.
        take: Take,
    },
    /// Further parts, at most four deep.
    Parts(Parts),
}

/// How the scores of items become a part's figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemScores {
    /// Which items are judged how; the first group that holds an item counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// What an item's full score is.
    pub full: Full,
    /// How the scores become one figure.
    pub pool: Pool,
    /// What tasks outside the plan's total do.
    pub outside: Outside,
    /// What it means that an item was not scored.
    pub unscored: Unscored,
}

impl ItemScores {
    /// Whether tasks inside the plan's total, or those outside it, are scored here.
    pub const fn counts(&self, outside: bool) -> bool {
        match self.outside {
            Outside::None => !outside,
            Outside::Only { .. } => outside,
            Outside::Pooled | Outside::Bonus { .. } | Outside::Extra { .. } => true,
        }
    }
}

/// Items that are judged by one method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Which items.
    pub of: Filter,
    /// The method's key.
    pub method: String,
}

/// Which items; an empty list restricts nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Of these sections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
    /// Of these categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// From these sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// With targets of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetKind>,
    /// Only those that must be done, or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must: Option<bool>,
}

/// What an item's full score is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Full {
    /// Its weight.
    Weight,
    /// Its importance coefficient.
    Importance,
    /// The same for each.
    Equal(Points),
}

/// How scores become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pool {
    /// Added up.
    Sum,
    /// Earned of what could be earned, x the part's total.
    Scaled,
}

/// What tasks outside the plan's total do: bonus items, and sections that stand outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Outside {
    /// Nothing here.
    None,
    /// They count like the others.
    Pooled,
    /// What they earned is added.
    Bonus {
        /// The most that they add.
        most: Points,
    },
    /// What they earned is added before it is scaled; what could be earned stays.
    Extra {
        /// The most that they add.
        most: Points,
    },
    /// This part is these tasks alone.
    Only {
        /// The most that they add.
        most: Points,
    },
}

/// What it means that an item was not scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unscored {
    /// Nothing is published before it is.
    Blocks,
    /// It counts as nothing earned.
    CountsZero,
    /// It is left out.
    LeftOut,
}

/// Whose result a part takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ResultOf {
    /// The department's.
    Department,
    /// The same person's or unit's, of other cycles.
    Cycle {
        /// Of which kind.
        kind: PeriodKind,
        /// Which of them, from 1; the mean of all where it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nth: Option<u32>,
    },
    /// That of the plan of the unit's head.
    Responsibility,
}

/// What a part takes of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Take {
    /// Its total.
    Total,
    /// The factor of the highest step that its total reaches; 1.0000 stands for 100 points.
    Factor(Vec<CurvePoint>),
    /// The factor of its band.
    FactorOfBand(Vec<BandFactor>),
}

/// The factor of a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandFactor {
    /// The band's key.
    pub band: String,
    /// The factor.
    pub factor: BasisPoints,
}

/// What it means that nothing is there for a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Empty {
    /// It is left out, and weighed parts share its weight.
    DropsOut,
    /// It counts as zero.
    CountsZero,
    /// It counts in full.
    CountsFull,
    /// Nothing is published before something is there.
    Blocks,
}

/// What charges are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeFrom {
    /// The part's total, and never below 0.
    Full,
    /// Nothing: they are added up.
    Nothing,
}

/// Where and how the total is rounded, to a hundredth of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Once, half up; parts are not rounded.
    TotalHalfUp,
    /// Once, down.
    TotalDown,
    /// Once, up.
    TotalUp,
    /// What each direct part gives, half up; the total follows.
    PartsHalfUp,
}
