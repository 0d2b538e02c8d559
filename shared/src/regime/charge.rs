//! Charges: what is taken off, for each late day, each entry, each step short of a target.

use serde::{Deserialize, Serialize};

use crate::quantity::{BasisPoints, Points};

use super::Name;
use super::curve::Measure;
use super::deadlines::PlanStep;

/// Something for which points are taken off, or counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charge {
    /// Key, for example `late`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// What is counted.
    pub counted: Counted,
    /// The points of each; none exactly where entries are counted, which carry their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// The most of all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Points>,
}

impl Charge {
    /// The least points that are typed for it, unless nothing is.
    pub const fn least_typed(&self) -> Points {
        match &self.amount {
            Some(Amount::Range { least, .. }) => *least,
            _ => Points(0),
        }
    }

    /// The most points that can be typed for it.
    pub fn most_typed(&self) -> Points {
        let most = match &self.amount {
            Some(Amount::Fixed(most) | Amount::Range { most, .. }) => *most,
            Some(Amount::Escalating(_)) | None => Points(i64::MAX),
        };
        self.most.map_or(most, |cap| cap.min(most))
    }
}

/// What a charge counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Counted {
    /// Confirmed entries of a tariff in the period.
    Entries {
        /// The tariff's key.
        tariff: String,
    },
    /// Days late.
    DaysLate {
        /// Of what.
        of: LateOf,
        /// Which days.
        days: DayCount,
    },
    /// Full hours late.
    HoursLate {
        /// Of what.
        of: LateOf,
        /// Which hours.
        hours: HourCount,
    },
    /// Steps by which a rate falls short of its target.
    StepsShort {
        /// The rate.
        of: Measure,
        /// The target.
        target: BasisPoints,
        /// The step, in basis points.
        each: Each,
    },
    /// Steps by which the item falls short of its own target.
    StepsShortOfTarget {
        /// The step, in ten-thousandths of the target's measure.
        each: Each,
    },
    /// An amount that the judge types.
    Typed {},
    /// Items that were not carried out.
    Undone {},
}

/// The size of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Each {
    /// Size: basis points, or ten-thousandths of a measure.
    pub size: i64,
    /// Whether a begun step counts whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub started: bool,
}

/// The points of each thing that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Amount {
    /// Always the same.
    Fixed(Points),
    /// Between these.
    Range {
        /// The least.
        least: Points,
        /// The most.
        most: Points,
    },
    /// The first, the second, and so on; the last for all that follow.
    Escalating(Vec<Points>),
}

/// Whose lateness is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum LateOf {
    /// The item's.
    Due,
    /// A step's.
    Step(PlanStep),
}

/// Which days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCount {
    /// Calendar days.
    Calendar,
    /// Working days.
    Working,
}

/// Which hours are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HourCount {
    /// Hours of the clock.
    Clock,
    /// Hours of work.
    Working,
}
