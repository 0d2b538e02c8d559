//! Validation of a regime: what contradicts itself or could never be reached is found when it is
//! saved, each finding with its place and what is wrong there.
//!
//! A finding names facts, no prose; the words stand with the screens.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::quantity::{BasisPoints, Points};

use super::Name;
use super::v1::{Judging, Regime, WeightsPer};

mod month;

/// The document format that this build reads.
pub const FORMAT: u32 = 1;

/// A plan of more than a million points is a typing error; it would also let a sum overflow.
const MOST_POINTS: Points = Points(100_000_000);

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
}

crate::tagged::tagged!(Problem, "problem");

/// Gathers findings on the way through a document.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, place: impl Into<String>, problem: Problem) {
        self.0.push(Finding {
            place: place.into(),
            problem,
        });
    }

    fn filled(&mut self, place: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(place, Problem::Empty);
        }
    }

    fn name(&mut self, place: &str, name: &Name) {
        self.filled(&format!("{place}/zh"), &name.zh);
        self.filled(&format!("{place}/en"), &name.en);
    }

    fn between(&mut self, place: impl Into<String>, value: i64, (least, most): (i64, i64)) {
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
    fn entries<'r>(
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
}

/// Finds what is wrong in a regime document; a document without findings can be adopted.
pub fn validate(regime: &Regime) -> Vec<Finding> {
    let mut findings = Findings::default();
    if regime.format != FORMAT {
        findings.add("/format", Problem::UnknownFormat { must: FORMAT });
    }
    findings.filled("/key", &regime.key);
    findings.name("/name", &regime.name);
    let sections = regime
        .sections
        .iter()
        .map(|section| (section.key.as_str(), &section.name));
    findings.entries("/sections", sections);
    findings.between("/weights/total", regime.weights.total.0, (1, MOST_POINTS.0));
    let mut required = BTreeSet::new();
    for (at, field) in regime.required.iter().enumerate() {
        if !required.insert(field) {
            let key = word(field);
            findings.add(format!("/required/{at}"), Problem::DuplicateKey { key });
        }
    }
    let submission = &regime.submission;
    findings.between(
        "/submission/day_of_month",
        submission.day_of_month.into(),
        (1, 31),
    );
    findings.between("/submission/minute", submission.minute.into(), (0, 1439));
    month::check(&mut findings, regime);
    check_judging(&mut findings, &regime.judging);
    check_bands(&mut findings, regime);
    findings.between("/floating_share", regime.floating_share.0, (0, 10_000));
    check_house_defaults(&mut findings, regime);
    findings.0
}

/// The word under which a unit variant is written.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn check_judging(findings: &mut Findings, judging: &Judging) {
    let Judging::Matrix {
        efficiency,
        quality,
        factors,
        not_carried_out,
        on_time,
        late,
    } = judging
    else {
        return;
    };
    for (place, levels) in [
        ("/judging/efficiency", efficiency),
        ("/judging/quality", quality),
    ] {
        findings.entries(
            place,
            levels.iter().map(|level| (level.key.as_str(), &level.name)),
        );
    }
    for (place, key) in [("/judging/on_time", on_time), ("/judging/late", late)] {
        if !efficiency.iter().any(|level| level.key == *key) {
            findings.add(place, Problem::UnknownKey { key: key.clone() });
        }
    }
    findings.between("/judging/not_carried_out", not_carried_out.0, (0, 100_000));
    wrong_count(
        findings,
        "/judging/factors",
        factors.len(),
        efficiency.len(),
    );
    for (at, row) in factors.iter().enumerate() {
        let place = format!("/judging/factors/{at}");
        wrong_count(findings, &place, row.len(), quality.len());
        for (column, factor) in row.iter().enumerate() {
            findings.between(format!("{place}/{column}"), factor.0, (0, 100_000));
            let above = at
                .checked_sub(1)
                .and_then(|above| factors.get(above)?.get(column));
            let before = column.checked_sub(1).and_then(|before| row.get(before));
            if [above, before]
                .into_iter()
                .flatten()
                .any(|better| better < factor)
            {
                findings.add(format!("{place}/{column}"), Problem::BetterIsLess);
            }
        }
    }
}

fn wrong_count(findings: &mut Findings, place: &str, is: usize, must: usize) {
    if is != must {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        findings.add(
            place,
            Problem::WrongCount {
                is: count(is),
                must: count(must),
            },
        );
    }
}

fn check_bands(findings: &mut Findings, regime: &Regime) {
    let judged = regime.judging != (Judging::Tracked {});
    if judged && regime.bands.is_empty() {
        findings.add("/bands", Problem::NoEntries);
    } else if !judged && !regime.bands.is_empty() {
        let other = "/judging".to_owned();
        findings.add("/bands", Problem::WithoutUse { other });
    }
    let highest = highest_total(regime);
    for (at, band) in regime.bands.iter().enumerate() {
        let place = format!("/bands/{at}");
        findings.between(
            format!("{place}/coefficient"),
            band.coefficient.0,
            (0, 100_000),
        );
        if band.from < Points(0) {
            findings.add(
                format!("{place}/from"),
                Problem::TooSmall {
                    least: "0".to_owned(),
                },
            );
        }
        if band.from > highest {
            findings.add(format!("{place}/from"), Problem::Unreachable { highest });
        }
        let Some(better) = at
            .checked_sub(1)
            .and_then(|better| regime.bands.get(better))
        else {
            continue;
        };
        if band.from >= better.from {
            findings.add(format!("{place}/from"), Problem::NotDescending);
        }
        if band.coefficient > better.coefficient {
            findings.add(format!("{place}/coefficient"), Problem::BetterIsLess);
        }
    }
}

/// The highest total that a plan can reach: all of its weight at the best factor, and the bonus.
fn highest_total(regime: &Regime) -> Points {
    if regime.weights.per == WeightsPer::Free {
        return MOST_POINTS;
    }
    let best = match &regime.judging {
        Judging::Matrix {
            factors,
            not_carried_out,
            ..
        } => factors.iter().flatten().chain([not_carried_out]).max(),
        Judging::Points {} | Judging::Tracked {} => Some(&BasisPoints(10_000)),
    };
    let best = best.copied().unwrap_or_default();
    let total = i128::from(regime.weights.total.0) * i128::from(best.0) / 10_000;
    let bonus = regime.bonus.unwrap_or_default();
    let highest = total.saturating_add(i128::from(bonus.0));
    Points(i64::try_from(highest).unwrap_or(i64::MAX))
}

fn check_house_defaults(findings: &mut Findings, regime: &Regime) {
    let document = serde_json::to_value(regime).expect("a regime serialises");
    let mut seen = BTreeSet::new();
    for (at, pointer) in regime.house_defaults.iter().enumerate() {
        let place = format!("/house_defaults/{at}");
        if pointer.is_empty() || document.pointer(pointer).is_none() {
            let pointer = pointer.clone();
            findings.add(place, Problem::PointsNowhere { pointer });
        } else if !seen.insert(pointer) {
            findings.add(
                place,
                Problem::DuplicateKey {
                    key: pointer.clone(),
                },
            );
        }
    }
}
