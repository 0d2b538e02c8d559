//! After judging: notice, objection, appeal, publication, spot checks, archive.

use serde::{Deserialize, Serialize};

use crate::quantity::BasisPoints;

use super::who::Who;

/// What follows judging.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// Whether a written notice is signed before publication.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub notice: bool,
    /// Whether the person sees each rater's own figures after publication.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revealed: bool,
    /// Objection 异议.
    pub objection: Instance,
    /// Appeal 申诉.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Instance>,
    /// The second instance 复核.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Instance>,
    /// The list that hangs before it stands 公示.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<Publication>,
    /// Spot checks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spot_checks: Option<SpotChecks>,
    /// Years for which results are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive_years: Option<u32>,
}

/// An instance that hears people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// Working days, from proven delivery on.
    pub days: u32,
    /// Who decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Who>,
    /// Working days in which it is decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_in: Option<u32>,
}

/// A list that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// Keys of the bands whose people are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<String>,
    /// Working days for which it hangs.
    pub days: u32,
    /// Whether the averages of units are published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub averages: bool,
}

/// Spot checks of what was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpotChecks {
    /// The share of plans.
    pub share: BasisPoints,
    /// Who checks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Who>,
    /// The key of the tariff for a judge who was unfair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unfair: Option<String>,
}
