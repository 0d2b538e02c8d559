//! Cohorts: what is decided only when everybody of a unit or a company is judged.

use serde::{Deserialize, Serialize};

use crate::quantity::{BasisPoints, Points};

use super::who::Who;

/// What is decided from a whole cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cohort {
    /// Who belongs together.
    pub of: CohortOf,
    /// What happens with small ones.
    pub small: Small,
    /// Whether places are rounded up; down where it is not said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub round_up: bool,
    /// Places of bands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<Quota>,
    /// The most that the average may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Ceiling>,
    /// Who orders equal totals.
    pub ties: Who,
    /// Whether ranks are shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ranked: bool,
}

/// Who belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortOf {
    /// The people of a unit.
    Unit,
    /// Those under one superior.
    Superior,
    /// The company.
    Company,
}

/// What happens with small cohorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Small {
    /// Below so many heads.
    pub below: u32,
    /// What then.
    pub then: SmallThen,
}

/// What happens with a small cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmallThen {
    /// It is joined with its sisters under the common superior.
    Pooled,
    /// Quotas do not apply.
    Exempt,
}

/// The places of a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The band's key.
    pub band: String,
    /// The share of the heads.
    pub share: BasisPoints,
    /// Whether it is a most or a least.
    pub kind: QuotaKind,
    /// The key of the band of who finds no place.
    pub over: String,
    /// Whether unused places go to sister cohorts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lent: bool,
}

/// Whether a quota is a most or a least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaKind {
    /// No more than the share.
    AtMost,
    /// No fewer than the share.
    AtLeast,
}

/// The most that a cohort's average may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// How high it lies.
    pub at: CeilingAt,
    /// What happens above it.
    pub how: CeilingHow,
}

/// How high a ceiling lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CeilingAt {
    /// At these points.
    Points(Points),
    /// At the department's own total.
    DepartmentTotal,
}

/// What happens above a ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CeilingHow {
    /// The judge gets the totals back.
    Returned,
    /// Every total is scaled down.
    Scaled,
}
