//! Periods 考核周期: the spans of days for which plans are made and judged.
//!
//! Dates are only the plan; what has happened to a period is a list of acts, each by somebody at a
//! time. Periods of several kinds run at once and nest: what that means is said in [`nest`].

use serde::{Deserialize, Serialize};

use crate::id::{PeriodId, RegimeId, UnitId};
use crate::moment::{Day, InForce};
use crate::plan::Signed;
use crate::regime::cycle::PeriodAct;

pub mod covered;
pub mod expected;
pub mod nest;
pub mod ready;
pub mod timer;

/// How long a period is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// One day.
    Day,
    /// One week.
    Week,
    /// One calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
    /// Any other span.
    Custom,
}

/// An opened period; it keeps the regime version that it was opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its identity.
    pub id: PeriodId,
    /// Its kind.
    pub kind: PeriodKind,
    /// First day.
    pub from: Day,
    /// Last day, inclusive.
    pub to: Day,
    /// The regime version that judges it.
    pub regime: RegimeId,
    /// Who opened it, and when; none where it was opened before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Box<Signed>>,
    /// The acts on it, in the order in which they happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

impl Period {
    /// Its days.
    pub const fn days(&self) -> InForce {
        InForce::within(self.from, self.to)
    }
}

/// An act on a period, or on some units of it 周期办理.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The act.
    pub act: PeriodAct,
    /// The units that it is about; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// Who did it, when, and why.
    pub signed: Signed,
    /// How many things were still open then, as the list said that its maker saw.
    #[serde(default, skip_serializing_if = "is_none")]
    pub open: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "what decides about leaving a field out is given the field"
)]
const fn is_none(open: &u32) -> bool {
    *open == 0
}

impl Mark {
    /// Says whether it is about a unit.
    pub fn is_about(&self, unit: UnitId) -> bool {
        self.units.is_empty() || self.units.contains(&unit)
    }
}

impl Period {
    /// Says whether a day lies in it.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Says whether another period lies in it, wholly.
    pub fn holds(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// The mark by which an act is done for a unit; a correction round since has opened it again.
    pub fn done(&self, act: PeriodAct, unit: UnitId) -> Option<&Mark> {
        let last = self.marks.iter().rfind(|mark| {
            mark.is_about(unit) && (mark.act == act || mark.act == PeriodAct::Corrected)
        });
        last.filter(|mark| mark.act == act)
    }

    /// Says whether a correction round is open for a unit: nothing happened to it since.
    pub fn is_corrected(&self, unit: UnitId) -> bool {
        let last = self.marks.iter().rfind(|mark| mark.is_about(unit));
        last.is_some_and(|mark| mark.act == PeriodAct::Corrected)
    }

    /// The mark by which an act is done for some units, or for all where none is named.
    pub fn done_for(&self, act: PeriodAct, units: &[UnitId]) -> bool {
        if units.is_empty() {
            let whole = |mark: &&Mark| mark.act == act || mark.act == PeriodAct::Corrected;
            let last = self.marks.iter().rfind(whole);
            return last.is_some_and(|mark| mark.act == act && mark.units.is_empty());
        }
        units.iter().all(|unit| self.done(act, *unit).is_some())
    }
}
