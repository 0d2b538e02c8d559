//! Findings: what is wrong in a regime document, and where.
//!
//! A finding names facts, no prose; the words and the remedies stand with the screens.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::period::PeriodKind;
use crate::quantity::{BasisPoints, Points};

use super::Name;

/// Something wrong in a regime document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where, as a JSON pointer into the document, for example `/bands/2/from`.
    pub place: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong at a place of a regime document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Problem {
    /// The format is one that this build cannot read.
    UnknownFormat {
        /// The format that it reads.
        must: u32,
    },
    /// A text that people or programs need is empty.
    Empty,
    /// A list has no entry where at least one is needed.
    NoEntries,
    /// A key stands twice in one list.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A key names no level.
    UnknownKey {
        /// The key.
        key: String,
    },
    /// The number of rows or columns is not the number of levels.
    WrongCount {
        /// How many there are.
        is: u32,
        /// How many there must be.
        must: u32,
    },
    /// A number is below what it can be.
    TooSmall {
        /// The least, as text.
        least: String,
    },
    /// A number is above what it can be.
    TooLarge {
        /// The most, as text.
        most: String,
    },
    /// A better level gives less than a worse one.
    BetterIsLess,
    /// A band does not begin below the band before it.
    NotDescending,
    /// No total can reach the band.
    Unreachable {
        /// The highest total that the regime can give.
        highest: Points,
    },
    /// Two places of the document say different things.
    Contradicts {
        /// The other place.
        other: String,
    },
    /// A step is due before one that must come first.
    TooEarly {
        /// The place of the one that must come first.
        after: String,
    },
    /// Shares do not add up to the whole.
    DoNotSum {
        /// What they add up to.
        is: BasisPoints,
        /// What they must add up to.
        must: BasisPoints,
    },
    /// Days are assessed twice or never, because the range does not close on itself.
    LeavesHole {
        /// The first day of month that would follow the last.
        must: u32,
    },
    /// The regime has no use for it, given what stands elsewhere.
    WithoutUse {
        /// The place that decides so.
        other: String,
    },
    /// A pointer to a house default leads nowhere.
    PointsNowhere {
        /// The pointer.
        pointer: String,
    },
    /// A field that the format does not have.
    UnknownField {
        /// Its name.
        field: String,
        /// The field that may have been meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        near: Option<String>,
    },
    /// A field is missing that has no meaning of its own when it is left out.
    Missing {
        /// Its name.
        field: String,
    },
    /// The value is of another type.
    WrongType {
        /// The word of JSON Schema for what it must be, or the words of which it must be one.
        must: String,
    },
    /// The text is no JSON, or not the JSON of a regime.
    Unreadable {
        /// Line, from 1; 0 where it cannot be said.
        line: u32,
    },
    /// A key is not made of `a` to `z`, digits, `_` and `-`, beginning with a letter.
    BadKey,
    /// A key names nothing that the document has.
    NotAmong {
        /// The key.
        key: String,
        /// The keys that there are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        among: Vec<String>,
    },
    /// A step has two deadlines.
    TwiceDue {
        /// The place of the other.
        other: String,
    },
    /// No day is ever meant.
    NeverDue,
    /// Totals from one figure to below another belong to no band.
    Hole {
        /// The first total without a band.
        from: Points,
        /// The total from which on there is a band again.
        below: Points,
    },
    /// Two bands claim the same totals.
    Overlap {
        /// The place of the other.
        other: String,
    },
    /// Points do not add up to what they must.
    PointsDoNotSum {
        /// What they add up to.
        is: Points,
        /// What they must add up to.
        must: Points,
    },
    /// Kinds of periods lie within each other in a circle.
    KindsCircle {
        /// The kinds, in the order of the circle.
        kinds: Vec<PeriodKind>,
    },
    /// A kind of period cannot hold another one.
    KindsOrder {
        /// The kind that would have to be longer.
        longer: PeriodKind,
        /// The kind that would have to be shorter.
        shorter: PeriodKind,
    },
    /// A result would need itself.
    ResultCircle,
    /// Something is counted, and nothing says what it costs.
    NoAmount,
    /// An amount stands where each entry carries its own.
    AmountTwice {
        /// The place that decides so.
        other: String,
    },
    /// Money would be taken that may not be taken.
    Exported,
    /// The least is above the most.
    RangeUpsideDown,
    /// A later step costs less than an earlier one.
    EscalationFalls,
    /// Points that are earned would lower the total.
    LowersTotal,
    /// Items or targets are judged by no method.
    NoMethod {
        /// The section or the kind of target.
        of: String,
    },
    /// A missing rating would mean nothing.
    MissingSaysNothing,
    /// Grades are to be given, and nothing is judged.
    NothingJudged,
    /// No step approves.
    ApproveMissing,
    /// Quotas contradict each other or the order of the bands.
    QuotaContradicts {
        /// The place of the other.
        other: String,
    },
    /// Parts lie deeper within each other than is computed.
    TooDeep {
        /// How deep they may.
        most: u32,
    },
    /// A list is longer than is computed.
    TooMany {
        /// How long it may be.
        most: u32,
    },
    /// Rounded parts cannot be multiplied.
    CannotRound,
    /// There would never be a time for it.
    WindowNever,
}

crate::tagged::tagged!(Problem, "problem");

/// Gathers findings on the way through a document.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// The findings.
    pub(super) fn into_list(self) -> Vec<Finding> {
        self.0
    }

    pub(super) fn add(&mut self, place: impl Into<String>, problem: Problem) {
        self.0.push(Finding {
            place: place.into(),
            problem,
        });
    }

    pub(super) fn filled(&mut self, place: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(place, Problem::Empty);
        }
    }

    pub(super) fn name(&mut self, place: &str, name: &Name) {
        self.filled(&format!("{place}/zh"), &name.zh);
        self.filled(&format!("{place}/en"), &name.en);
    }

    pub(super) fn between(
        &mut self,
        place: impl Into<String>,
        value: i64,
        (least, most): (i64, i64),
    ) {
        if value < least {
            self.add(
                place,
                Problem::TooSmall {
                    least: least.to_string(),
                },
            );
        } else if value > most {
            self.add(
                place,
                Problem::TooLarge {
                    most: most.to_string(),
                },
            );
        }
    }

    /// Checks a list of keyed and named entries: some, each with key and name, no key twice.
    pub(super) fn entries<'r>(
        &mut self,
        place: &str,
        entries: impl ExactSizeIterator<Item = (&'r str, &'r Name)>,
    ) {
        if entries.len() == 0 {
            self.add(place, Problem::NoEntries);
        }
        let mut seen = BTreeSet::new();
        for (at, (key, name)) in entries.enumerate() {
            self.filled(&format!("{place}/{at}/key"), key);
            self.name(&format!("{place}/{at}/name"), name);
            if !seen.insert(key) {
                let key = key.to_owned();
                self.add(format!("{place}/{at}/key"), Problem::DuplicateKey { key });
            }
        }
    }

    /// Finds a list that is not as long as another asks for.
    pub(super) fn wrong_count(&mut self, place: &str, is: usize, must: usize) {
        if is != must {
            let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            let (is, must) = (count(is), count(must));
            self.add(place, Problem::WrongCount { is, must });
        }
    }
}
