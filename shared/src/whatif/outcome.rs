//! What comes of it: people with what was and what would be, units with their sums, and those of
//! whom it cannot be said.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, UnitId};
use crate::quantity::{BasisPoints, Points};
use crate::seal::Assessment;

use super::lack::Lack;

/// How somebody stands under one regime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The printed total; 0 where nothing was judged.
    pub total: Points,
    /// Key of the band or the decided grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// The coefficient.
    pub coefficient: BasisPoints,
    /// The pay of the month, of the pay at a coefficient of 1.00.
    pub pay: BasisPoints,
    /// How it came about.
    pub assessment: Assessment,
}

/// A person under both regimes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Who.
    pub person: PersonId,
    /// In which unit, at last.
    pub unit: UnitId,
    /// As it was.
    pub then: Standing,
    /// As it would be.
    pub now: Standing,
    /// How many levels count as the points that they earned, because points are asked.
    #[serde(default, skip_serializing_if = "is_none")]
    pub converted: u32,
}

/// Somebody of whom it cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Who.
    pub person: PersonId,
    /// In which unit, at last.
    pub unit: UnitId,
    /// Why.
    pub lacks: Vec<Lack>,
}

/// Sums over people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Of printed totals of who was judged.
    pub total: Points,
    /// How many were judged.
    pub judged: u32,
    /// Of coefficients.
    pub coefficient: BasisPoints,
    /// Of the shares of pay.
    pub pay: BasisPoints,
}

/// A unit under both regimes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitSum {
    /// Which.
    pub unit: UnitId,
    /// How many of its people are compared.
    pub heads: u32,
    /// Of how many the coefficient or the grade differs.
    pub changed: u32,
    /// How many of its people cannot be compared.
    pub apart: u32,
    /// As it was.
    pub then: Sums,
    /// As it would be.
    pub now: Sums,
}

/// All that comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// People, the greatest difference first.
    pub lines: Vec<Line>,
    /// Units, the greatest difference of pay first.
    pub units: Vec<UnitSum>,
    /// Who cannot be compared.
    pub apart: Vec<Apart>,
    /// Keys of tariffs of which no entry could be made in the period; they count none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
const fn is_none(converted: &u32) -> bool {
    *converted == 0
}

impl Line {
    /// By how much the total, the coefficient and the share of pay differ.
    pub const fn difference(&self) -> (Points, BasisPoints, BasisPoints) {
        let (then, now) = (&self.then, &self.now);
        (
            Points(now.total.0 - then.total.0),
            BasisPoints(now.coefficient.0 - then.coefficient.0),
            BasisPoints(now.pay.0 - then.pay.0),
        )
    }

    /// Whether the grade or what is paid on it differs.
    pub fn is_changed(&self) -> bool {
        self.then.coefficient != self.now.coefficient || self.then.pay != self.now.pay
    }
}

impl Sums {
    fn add(&mut self, standing: &Standing) {
        if standing.assessment == Assessment::Assessed {
            self.total.0 += standing.total.0;
            self.judged += 1;
        }
        self.coefficient.0 += standing.coefficient.0;
        self.pay.0 += standing.pay.0;
    }

    /// The mean of the totals, half up; none where nobody was judged.
    pub fn mean(&self) -> Option<Points> {
        let judged = i64::from(self.judged);
        (judged > 0).then(|| Points((self.total.0 * 2 + judged).div_euclid(judged * 2)))
    }
}

/// Sorts lines by their difference and adds units up.
pub(super) fn of(mut lines: Vec<Line>, mut apart: Vec<Apart>, without: Vec<String>) -> Outcome {
    lines.sort_by_key(|line| {
        let (total, coefficient, pay) = line.difference();
        let sizes = [pay.0, coefficient.0, total.0].map(i64::unsigned_abs);
        (std::cmp::Reverse(sizes), line.unit, line.person)
    });
    apart.sort_by_key(|one| (one.unit, one.person));
    let mut units: BTreeMap<UnitId, UnitSum> = BTreeMap::new();
    let none = |unit| UnitSum {
        unit,
        heads: 0,
        changed: 0,
        apart: 0,
        then: Sums::default(),
        now: Sums::default(),
    };
    for line in &lines {
        let sum = units.entry(line.unit).or_insert_with(|| none(line.unit));
        sum.heads += 1;
        sum.changed += u32::from(line.is_changed());
        sum.then.add(&line.then);
        sum.now.add(&line.now);
    }
    for one in &apart {
        units
            .entry(one.unit)
            .or_insert_with(|| none(one.unit))
            .apart += 1;
    }
    let mut units: Vec<UnitSum> = units.into_values().collect();
    units.sort_by_key(|unit| {
        let pay = (unit.now.pay.0 - unit.then.pay.0).unsigned_abs();
        (std::cmp::Reverse(pay), unit.unit)
    });
    Outcome {
        lines,
        units,
        apart,
        without,
    }
}
