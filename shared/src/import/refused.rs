//! What stands in the way of an import: the cell, by the address that a spreadsheet shows, and a
//! code with facts, no prose.

use serde::{Deserialize, Serialize};

use crate::id::{PlanId, UnitId};
use crate::moment::Day;
use crate::quantity::Points;

/// A place of a sheet with what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The row, counted from 1 with the header; 0 for the sheet as a whole.
    pub line: u64,
    /// The column's name; empty where the whole row or sheet is meant.
    pub column: String,
    /// The address, for example `B7`; empty where the whole row or sheet is meant.
    pub cell: String,
    /// What is wrong.
    pub refusal: ImportRefusal,
}

/// Why a sheet, its header, a row or a cell is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum ImportRefusal {
    /// The sheet has no rows.
    SheetEmpty,
    /// The sheet has more rows than can be taken at once.
    TooManyRows {
        /// The most rows, without the header.
        most: u64,
    },
    /// The text cannot be read as a sheet from this row on.
    Unreadable,
    /// The header names a column that the program does not know.
    UnknownColumn {
        /// The name, as written.
        given: String,
    },
    /// The header lacks a column that is needed.
    MissingColumn {
        /// The name.
        needed: String,
    },
    /// The header names a column twice.
    DuplicateColumn {
        /// The name.
        given: String,
    },
    /// The header names more columns without a field than an item keeps.
    TooManyColumns {
        /// The most of them.
        most: u64,
    },
    /// The row has another number of cells than the header.
    WrongCellCount {
        /// How many it has.
        is: u64,
        /// How many the header has.
        must: u64,
    },
    /// The cell is empty and may not be.
    CellEmpty,
    /// The text is longer than the product keeps.
    TextTooLong {
        /// The most characters.
        most: u32,
    },
    /// No unit has this name today.
    UnknownUnit {
        /// Its Chinese name; empty where the sheet gives none.
        name: String,
        /// Its English name; empty where the sheet gives none.
        name_en: String,
    },
    /// Only an administrator makes units and gives them heads.
    NeedsAdministrator,
    /// The unit helps itself.
    HelperIsOwnUnit,
    /// More units help than an item can have helpers.
    TooManyHelpers {
        /// The most.
        most: u64,
    },
    /// The regime has no such section.
    UnknownSection {
        /// What was written.
        given: String,
    },
    /// There is no such kind of target.
    UnknownTargetKind {
        /// What was written.
        given: String,
    },
    /// There is no such kind of period.
    UnknownPeriodKind {
        /// What was written.
        given: String,
    },
    /// No period of this kind is open for the chosen month, and an import does not open one.
    PeriodMissing {
        /// The kind, as written.
        given: String,
    },
    /// The text is no plain number, or has more decimal places than are kept.
    NotANumber {
        /// What was written.
        given: String,
    },
    /// The weight is negative or above the plan's total.
    WeightOutOfRange {
        /// The most it may be.
        most: Points,
    },
    /// The text names no due day.
    UnknownDue {
        /// What was written.
        given: String,
    },
    /// The words name several days of the period.
    AmbiguousDue {
        /// What was written.
        given: String,
    },
    /// The due day does not lie within the period.
    DueOutsidePeriod {
        /// What was written.
        given: String,
        /// The period's first day.
        from: Day,
        /// The period's last day.
        to: Day,
    },
    /// The unit has nobody today who could answer for its plan.
    HeadMissing {
        /// The unit.
        unit: UnitId,
    },
    /// The unit's plan for the period is already handed in.
    PlanExists {
        /// That plan.
        plan: PlanId,
    },
    /// The sheet names an item of the unit twice.
    TitleExists,
    /// The unit's plan would have more items than it can.
    TooManyItems {
        /// The most items.
        most: u64,
    },
}

crate::tagged::tagged!(ImportRefusal, "code");
