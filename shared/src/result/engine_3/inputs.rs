//! What goes into a person's figures: facts by place in the regime, self-contained and digested.
//!
//! Places point into the lists of the regime version whose digest stands beside; a version never
//! changes, so they last as long as keys. Titles and keys stand in the record that people read.

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{EntryId, ItemId, PlanId};
use crate::item::TargetKind;
use crate::moment::Day;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::judging::Scoring;
use crate::score::Judgement;

/// The place of an item's category or source where it has none.
pub const NONE: u16 = u16::MAX;

/// All facts about one plan in one period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// Items that this period scores.
    pub items: Vec<ItemFacts>,
    /// Confirmed entries of the ledger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryFact>,
    /// Points that raters typed for criteria, and for charges of parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typed: Vec<TypedFact>,
    /// Measures, by their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<MeasureFact>,
    /// How steps of the plan stood to their deadlines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepFact>,
    /// Other results, by their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultFact>,
    /// Items that are scored in the next period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_to_next: Vec<ItemFacts>,
    /// The grade that was decided, by its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<u16>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFacts {
    /// The item.
    pub item: ItemId,
    /// Its section, by place.
    pub section: u16,
    /// Its category, by place, or [`NONE`].
    pub category: u16,
    /// Its source, by place, or [`NONE`].
    pub source: u16,
    /// How its target is measured.
    pub target: TargetKind,
    /// Whether it must be done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must: bool,
    /// Whether its weight stands outside the plan's total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// Its weight.
    pub weight: Points,
    /// Its importance coefficient, in hundredths.
    pub importance: Points,
    /// What became of it, by the reports.
    pub outcome: Outcome,
    /// How late it was.
    #[serde(default, skip_serializing_if = "Late::is_none")]
    pub late: Late,
    /// What was reached over what was to be reached, not reduced; `None` where that cannot be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<(i64, i64)>,
    /// What raters stated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<Stated>,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Not carried out.
    Undone,
    /// Carried out.
    Done,
}

/// How late something was; 0 is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// Calendar days.
    pub calendar: u16,
    /// Working days.
    pub working: u16,
    /// Full hours of the clock.
    pub clock_hours: u32,
    /// Full hours of work.
    pub working_hours: u32,
}

impl Late {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// What one rater stated of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// The rater, by place; where several hold the role, each has an entry, the first comes first.
    pub rater: u16,
    /// The rating.
    pub rating: Rating,
    /// Points taken off: the charge by its place in the method, and how many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<(u16, Points)>,
}

/// A rating, by places in the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Not carried out.
    Undone,
    /// An efficiency and a quality level.
    Cell(u16, u16),
    /// A level.
    Level(u16),
    /// Points.
    Points(Points),
    /// Carried out; what it gives follows from facts and charges.
    Whole,
}

impl Rating {
    /// Reads what a person stated by what the method knows; refuses what it does not know.
    pub fn of(scoring: &Scoring, judgement: &Judgement) -> Result<Self, Refusal> {
        match (scoring, judgement) {
            (_, Judgement::NotCarriedOut) => Ok(Self::Undone),
            (
                Scoring::Matrix {
                    efficiency: rows,
                    quality: columns,
                    ..
                },
                Judgement::CarriedOut {
                    efficiency,
                    quality,
                },
            ) => {
                let row = rows.iter().position(|level| level.key == *efficiency);
                let row = place(row).ok_or_else(|| unknown("efficiency", efficiency))?;
                let column = columns.iter().position(|level| level.key == *quality);
                let column = place(column).ok_or_else(|| unknown("quality", quality))?;
                Ok(Self::Cell(row, column))
            }
            (_, Judgement::CarriedOut { efficiency, .. }) => Err(unknown("efficiency", efficiency)),
            (Scoring::Levels { levels }, Judgement::Level { level, .. }) => {
                let at = levels.iter().position(|one| one.key == *level);
                let at = place(at).ok_or_else(|| unknown("level", level))?;
                Ok(Self::Level(at))
            }
            (_, Judgement::Level { level, .. }) => Err(unknown("level", level)),
            (Scoring::Whole {} | Scoring::Reached { .. }, Judgement::Whole { .. }) => {
                Ok(Self::Whole)
            }
            (_, Judgement::Whole { .. }) => Err(unknown("judgement", "")),
            (
                Scoring::Matrix { .. } | Scoring::Levels { .. } | Scoring::Whole {},
                Judgement::Points { points, .. },
            ) => Err(unknown("judgement", &points.to_string())),
            (_, Judgement::Points { points, .. }) => Ok(Self::Points(*points)),
        }
    }
}

/// A place in a list, as it is kept.
pub(super) fn place(at: Option<usize>) -> Option<u16> {
    at.and_then(|at| u16::try_from(at).ok())
}

/// Refuses a value that the regime does not know.
pub(crate) fn unknown(field: &str, given: &str) -> Refusal {
    Refusal::UnknownValue {
        field: field.to_owned(),
        given: given.to_owned(),
    }
}

/// A confirmed entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryFact {
    /// The entry.
    pub entry: EntryId,
    /// Its tariff, by place.
    pub tariff: u16,
    /// The item that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// When it happened.
    pub happened: Day,
    /// Its points, as they were confirmed.
    pub points: Points,
    /// Whether the item that it names counts zero.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub item_zero: bool,
}

/// What a rater typed for a criterion, or for a charge of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedFact {
    /// The part, by its place, depth first.
    pub part: u16,
    /// The criterion or charge, by its place in the part.
    pub criterion: u16,
    /// The rater, by place.
    pub rater: u16,
    /// The points.
    pub points: Points,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureFact {
    /// The measure's place.
    pub place: u16,
    /// Over the line.
    pub over: i64,
    /// Under the line; 0 where there was nothing to measure.
    pub under: i64,
}

/// How a step of the plan stood to its deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepFact {
    /// The deadline, by its place in the cycle.
    pub step: u16,
    /// How late it was.
    pub late: Late,
}

/// Another result that a part takes something of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultFact {
    /// The place in the regime; several of one place count as their mean.
    pub place: u16,
    /// The plan whose result it is.
    pub plan: PlanId,
    /// The result; `None` while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<KnownResult>,
}

/// A result that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownResult {
    /// Its version.
    pub version: u32,
    /// Its digest.
    pub digest: String,
    /// Its printed total.
    pub total: Points,
    /// Its band, by the place among the factors of bands that the part lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<u16>,
}

impl Inputs {
    /// Puts every list into its one order, so that equal facts have equal bytes.
    pub fn sort(&mut self) {
        self.items.sort_by_key(|fact| fact.item);
        self.left_to_next.sort_by_key(|fact| fact.item);
        self.entries.sort_by_key(|fact| (fact.happened, fact.entry));
        self.typed
            .sort_by_key(|fact| (fact.part, fact.criterion, fact.rater));
        self.measures.sort_by_key(|fact| fact.place);
        self.steps.sort_by_key(|fact| fact.step);
        self.results.sort_by_key(|fact| (fact.place, fact.plan));
        for item in &mut self.items {
            item.stated.sort_by_key(|stated| stated.rater);
        }
    }

    /// Digest of the facts.
    pub fn digest(&self) -> String {
        canonical::digest("jihe/inputs/3", self)
    }
}
