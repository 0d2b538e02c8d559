//! What is not known of somebody, so that nobody can say what the other rules would have given.
//!
//! A kind of fact each, with the key of what asks for it; figures are never guessed.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Why a person cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// No result is published.
    NoResult,
    /// The other rules judge other plans than this one.
    NotCovered,
    /// The person was away, and the other rules judge another share of absence.
    Absence,
    /// The other rules judge other parts of a period than were judged.
    Parts,
    /// The other rules assess other days, and items would have been scored in another period.
    AssessedDays,
    /// The weights add up to something else.
    Weights,
    /// The section of an item, by key, is none of the other rules.
    Section(String),
    /// The category of an item decides, and it has none that the other rules know.
    Category,
    /// The source of an item decides, and it has none that the other rules know.
    Source,
    /// Whether an item must be done decides, and nobody recorded it.
    Must,
    /// How the target of an item is measured decides, and nobody recorded it.
    Target,
    /// The importance coefficient of an item decides, and nobody typed it.
    Importance,
    /// The other rules know no tasks outside the plan's total.
    Outside,
    /// Lateness decides, and it was not recorded or was counted otherwise.
    Lateness,
    /// The degree to which a target was reached decides, and nobody recorded it.
    Reached,
    /// This rater, by key, was not asked.
    Rater(String),
    /// Nobody judged an item in the way of this method, by key.
    Judgement(String),
    /// A level that was given, by key, is none of the other rules.
    Level(String),
    /// What is typed for this charge or criterion, by key.
    Typed(String),
    /// What is measured.
    Measure,
    /// How a step of the plan stood to a deadline that was another.
    Step,
    /// The result of another that counts.
    Result,
    /// A grade that is decided.
    Grade,
    /// Somebody of the same cohort cannot be compared or seen, so its places cannot be filled.
    Cohort,
    /// People stand equal where the places end; a superior would have to order them.
    Tie,
    /// The average is above the ceiling, and the judge would have got the totals back.
    Ceiling,
    /// The other rules refuse these facts.
    Refused(Refusal),
}

/// Reasons, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lacks(Vec<Lack>);

impl Lacks {
    pub(super) fn add(&mut self, lack: Lack) {
        if !self.0.contains(&lack) {
            self.0.push(lack);
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_list(self) -> Vec<Lack> {
        self.0
    }
}
