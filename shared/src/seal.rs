//! After publication: proven delivery, signature or objection, and the sealed result of a person.
//!
//! A sealed result never changes and holds all that recomputing it takes; a later fact appends a
//! version beside it.

use serde::{Deserialize, Serialize};

use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::{Day, Times};
use crate::quantity::{BasisPoints, Points};
use crate::regime::Regime;
use crate::result::grade::banded;
use crate::result::{PlanResult, Step};

mod archive;
pub mod bulk;
mod closed;
mod derive;
pub(crate) mod notice;
mod readiness;

pub use archive::kept_until;
pub use closed::{Closed, Filled};
pub(crate) use closed::{Stand, beyond};
pub use derive::recompute;
pub(crate) use derive::{away_too_long, of_parts};
pub(crate) use readiness::{Shown, in_order, shown, stand};
pub use readiness::{draft, is_assessed, plans_of, readiness, window};

/// How it is proven that a result reached its person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// Opened under the person's own sign-in.
    Opened,
    /// The person's PIN at a shared device.
    Pin,
    /// A signed paper.
    Paper,
    /// The person refused to sign before two witnesses.
    Refused([PersonId; 2]),
}

/// The proven delivery of a published result. The row's key is the plan and the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// How.
    pub how: DeliveryKind,
    /// Who states it.
    pub by: PersonId,
    /// When.
    pub times: Times,
}

/// What the person says of a published result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultAnswer {
    /// Signed.
    Signed,
    /// Objects 异议, with the reason.
    Objected(String),
}

/// What was decided about an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionDecision {
    /// Who.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// Whether the result is judged again.
    pub upheld: bool,
    /// Why.
    pub reason: String,
}

/// A person's answer to a published result. The row's key is the plan and the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The plan.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
    /// Who answers.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// What.
    pub answer: ResultAnswer,
    /// What was decided about an objection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<ObjectionDecision>,
}

/// How a person's result of a period came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assessment {
    /// Judged.
    Assessed,
    /// Not assessed 免考: joined late, or away for more than the regime allows.
    NotAssessed,
    /// The superior's score was missing at the cut-off 暂定: the difference follows.
    Provisional,
}

/// What a person's result still lacks before it can be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A plan for the part of the period that the person spent in this unit.
    Part(UnitId),
    /// The publication of this plan's result, or its superior's deadline for it.
    Publication(PlanId),
    /// The proof that this plan's result reached the person.
    Delivery(PlanId),
    /// The signature of this plan's result, or the end of the window to object on this day.
    Answer(PlanId, Day),
    /// The decision about an objection to this plan's result.
    Decision(PlanId),
    /// The result of this other plan, of which a part takes something.
    Result(PlanId),
    /// The closing of the cohort of this unit, which decides about the grade.
    Cohort(UnitId),
    /// The list 公示 on which the person's grade is made public.
    Notice,
    /// The end of the days for which the list hangs, on this day.
    Hanging(Day),
    /// The proof that the decision about this plan's objection or appeal reached the person.
    DecisionDelivery(PlanId),
    /// The end of the window to appeal, or to call on the second instance, on this day.
    Appealing(PlanId, Day),
    /// The decision about an appeal, or in the second instance.
    Appeal(PlanId),
    /// A plan of this person, who is covered and has none: the regime seals nothing before.
    Plan(PersonId),
}

/// One part of a person's period: the plan under one head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPart {
    /// The plan.
    pub plan: PlanId,
    /// Its unit.
    pub unit: UnitId,
    /// The result's version.
    pub version: u32,
    /// Working days of the person in this part.
    pub working_days: u32,
    /// The part's total.
    pub total: Points,
    /// Digest of the part's published result.
    pub digest: String,
}

/// A sealed result of a person for a period. The row's key is the plan and the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedResult {
    /// The plan of the last part, in whose document it stands.
    pub plan: PlanId,
    /// Its version, from 1.
    pub version: u32,
    /// Whose.
    pub person: PersonId,
    /// Of which period.
    pub period: PeriodId,
    /// The unit of the last part.
    pub unit: UnitId,
    /// How it came about.
    pub assessment: Assessment,
    /// The parts, in order of time.
    pub parts: Vec<SealedPart>,
    /// The steps from the parts to the coefficient.
    pub derivation: Vec<Step>,
    /// The printed total.
    pub total: Points,
    /// The coefficient.
    pub coefficient: BasisPoints,
    /// Digest of the regime.
    pub regime_digest: String,
    /// Digests of the baselines that were in force, in order.
    pub baseline_digests: Vec<String>,
    /// Digest of all inputs.
    pub inputs_digest: String,
    /// How many people of the unit are assessed in the period.
    pub head_count: u32,
    /// The arithmetic's version.
    pub engine_version: u32,
    /// What results of others and the cohort left of it; total and coefficient are those after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Box<Closed>>,
    /// Who sealed it.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// Digest of all of the above.
    pub digest: String,
}

impl SealedResult {
    /// Key of the band or of the decided level with which it ended; `None` for who was not assessed,
    /// below all bands, and where the regime does not grade.
    ///
    /// `regime` is the version by which it was judged, `parts` are the results that it rests on.
    pub fn grade(&self, regime: &Regime, parts: &[&PlanResult]) -> Option<String> {
        if self.assessment != Assessment::Assessed {
            return None;
        }
        if let Some(closed) = &self.closed {
            return closed.band.clone();
        }
        // A single part stands as it was published, decided levels too.
        if let [part] = parts {
            return part.grade(regime);
        }
        banded(regime, &self.derivation).map(|band| band.key.clone())
    }
}

/// Says whether two sealed results say the same of a person, whoever sealed them when.
pub fn same_content(one: &SealedResult, other: &SealedResult) -> bool {
    one.assessment == other.assessment
        && one.parts == other.parts
        && (one.total, one.coefficient) == (other.total, other.coefficient)
        && one.closed == other.closed
}
