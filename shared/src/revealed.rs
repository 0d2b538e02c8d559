//! Revealed figures 评分公开: what each rater stated of a plan, for its person after publication.
//!
//! A published result holds what recomputing it takes: ratings by the place of their rater, without
//! names, words or who said them. Where a regime reveals them, publication writes down beside the result
//! who stated what and why, of everything that counts; elsewhere that stands with the superior alone.

use serde::{Deserialize, Serialize};

use crate::id::{ItemId, PersonId, PlanId};
use crate::quantity::Points;
use crate::score::Judgement;

/// What raters stated of a published version. The row's key is the plan and the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revealed {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Of items, in their order and that of the raters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemFigure>,
    /// Of criteria and charges of parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartFigure>,
}

/// What somebody stated of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFigure {
    /// The item.
    pub item: ItemId,
    /// Key of the rater.
    pub rater: String,
    /// Who stated it.
    pub by: PersonId,
    /// What.
    pub judgement: Judgement,
    /// Why, in words.
    pub note: String,
}

/// What somebody typed for a criterion or a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartFigure {
    /// Key of the part.
    pub part: String,
    /// Key of the criterion or the charge.
    pub criterion: String,
    /// Key of the rater.
    pub rater: String,
    /// Who typed it.
    pub by: PersonId,
    /// The points.
    pub points: Points,
    /// Why, in words.
    pub note: String,
}
