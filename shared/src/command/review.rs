//! Arguments of the commands that report, judge and publish.

use serde::{Deserialize, Serialize};

use crate::deadline::LateAct;
use crate::id::{CommandId, ItemId, PersonId, PlanId, ReportId};
use crate::item::Edit;
use crate::moment::Day;
use crate::quantity::{Points, Quantity};
use crate::report::ReportKind;
use crate::score::Judgement;

/// Reports progress or completion of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportItem {
    /// The report's id.
    pub report: ReportId,
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// Progress or completion.
    pub kind: ReportKind,
    /// 0 to 100.
    pub percent: u8,
    /// The value reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// In words.
    pub note: String,
    /// The day on which it happened; of a paper, the paper's date.
    pub happened: Day,
    /// Whose act it is, when it is entered on behalf 代录; `None`: the actor's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<PersonId>,
    /// Why it is entered on behalf; empty for one's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Whether a signed paper is at hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paper: bool,
}

/// Scores an item; as `score_self` or as `score_superior`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreItem {
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The score as the person saw it (`None`: none yet), and as it shall be.
    pub judgement: Edit<Option<Judgement>>,
    /// Reason or evidence, in words.
    pub note: String,
}

/// Types points for a criterion, or for a typed charge, of a part of the total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePart {
    /// The plan.
    pub plan: PlanId,
    /// Key of the part.
    pub part: String,
    /// Key of the criterion or the charge.
    pub criterion: String,
    /// Key of the rater as whom it is typed.
    pub rater: String,
    /// The points as the person saw them (`None`: none yet), and as they shall be.
    pub points: Edit<Option<Points>>,
    /// Reason or evidence, in words.
    pub note: String,
}

/// Scores an item as a rater whom the regime names beside the responsible person and the superior.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreAs {
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// Key of the rater as whom it is scored.
    pub rater: String,
    /// The score as the person saw it (`None`: none yet), and as it shall be.
    pub judgement: Edit<Option<Judgement>>,
    /// Reason or evidence, in words.
    pub note: String,
}

/// Publishes the result of a plan to its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishResult {
    /// The plan.
    pub plan: PlanId,
    /// Digest of the scores and the total that the signer saw.
    pub seen: String,
}

/// Notes that the author gave a refused command up; its text stays in the server's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscardRefused {
    /// The refused command.
    pub refused: CommandId,
}

/// Closes a command of somebody else that was not applied, where its author no longer can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseUnapplied {
    /// The command.
    pub command: CommandId,
    /// Its author.
    pub person: PersonId,
    /// Why; never empty.
    pub reason: String,
}

/// Confirms or denies an entry that was made on one's behalf; denying one's own report takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmEntry {
    /// The plan.
    pub plan: PlanId,
    /// The item.
    pub item: ItemId,
    /// The report.
    pub report: ReportId,
    /// Whether it is so.
    pub agreed: bool,
}

/// Decides about an act that is late and claims to have been made in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideLateness {
    /// The plan.
    pub plan: PlanId,
    /// The act.
    pub act: LateAct,
    /// Whether it counts as on time.
    pub accepted: bool,
    /// Why; never empty.
    pub reason: String,
}
