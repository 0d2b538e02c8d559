//! Scores beside those of the responsible person and the superior: what other raters say of an item,
//! and what any rater types for a part of the total.
//!
//! Who rates, and what it weighs, is the regime's; a score names its rater by the regime's key. Each
//! stands with the superior, who publishes what all raters gave together.

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{PersonId, PlanId};
use crate::moment::Times;
use crate::quantity::Points;
use crate::score::Score;

/// What a rater typed for a criterion, or for a typed charge, of a part. The row's key is the part,
/// the criterion, the rater and who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartScore {
    /// The plan.
    pub plan: PlanId,
    /// Key of the part.
    pub part: String,
    /// Key of the criterion or the charge.
    pub criterion: String,
    /// Key of the rater.
    pub rater: String,
    /// Who typed it.
    pub by: PersonId,
    /// The superior, with whom it stands.
    pub judge: PersonId,
    /// The points.
    pub points: Points,
    /// The reason or evidence, in words.
    pub note: String,
    /// The three times of the act.
    pub times: Times,
}

/// What a rater who is neither the responsible person nor the superior says of an item. The row's
/// key is the item, the rater and who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RaterScore {
    /// Key of the rater.
    pub rater: String,
    /// The score; its judge is the superior, with whom it stands.
    pub score: Score,
}

impl PartScore {
    /// The bits of its key.
    pub fn bits(&self) -> u128 {
        named(&(&self.part, &self.criterion, &self.rater, self.by))
    }
}

impl RaterScore {
    /// The bits of its key.
    pub fn bits(&self) -> u128 {
        named(&(self.score.item, &self.rater, self.score.by))
    }
}

/// The bits that stand for keys and identities together.
pub(crate) fn named(parts: &impl Serialize) -> u128 {
    let digest = canonical::digest("jihe/row/1", parts);
    let half = digest.get(..32).unwrap_or_default();
    u128::from_str_radix(half, 16).expect("a digest is hexadecimal digits")
}
