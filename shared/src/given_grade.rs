//! Grades that are given by decision 定等: proposed by some, decided by others, without points.
//!
//! A decision ends the proposal and may differ from it; what a gate or a quota makes of the grade
//! stands in the result.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, PlanId};
use crate::moment::Times;

/// The grade of a plan's owner. There is one of each plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenGrade {
    /// The plan.
    pub plan: PlanId,
    /// The superior, with whom it stands.
    pub judge: PersonId,
    /// Those who propose and those who decide, as on the day of the last act: they see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deciders: Vec<PersonId>,
    /// What was proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<GradeStated>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<GradeStated>,
}

/// A grade as somebody stated it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeStated {
    /// Key of the grade.
    pub level: String,
    /// Who.
    pub by: PersonId,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub times: Times,
}
