//! What a sheet would do, as it is shown and confirmed.

use serde::{Deserialize, Serialize};

use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::import::{ImportRefusal, Refused};
use crate::item::Item;
use crate::moment::Day;
use crate::period::PeriodKind;
use crate::quantity::Points;

/// What a sheet would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The sheet's columns, from the left.
    pub columns: Vec<Column>,
    /// The departments and helpers that the sheet names, in its order.
    pub units: Vec<SheetUnit>,
    /// The posts that the sheet names, in its order.
    pub posts: Vec<SheetPost>,
    /// The periods into which rows go.
    pub periods: Vec<PlannedPeriod>,
    /// Rows that would become items, in the sheet's order.
    pub accepted: Vec<AcceptedRow>,
    /// Rows whose item is there already; nothing is done about them.
    pub existing: Vec<ExistingRow>,
    /// What stands in the way, in the sheet's order.
    pub refused: Vec<Refused>,
    /// The plans that would be begun or added to, in the order in which the sheet names the units.
    pub plans: Vec<PlannedPlan>,
    /// Digest of all of the above: a confirmation names it, so that what is applied is what was
    /// shown.
    pub digest: String,
}

/// A column of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its letters, for example `B`.
    pub letters: String,
    /// Its name, as written.
    pub name: String,
    /// Whether its cells have no field of their own and are kept beside, word for word.
    pub extra: bool,
}

/// A name of a department or helper, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetUnit {
    /// The name, as written.
    pub name: String,
    /// Its English name; empty where the sheet gives none.
    pub name_en: String,
    /// How many rows are this unit's own; 0 for who only helps.
    pub rows: u32,
    /// The unit; none where the name means none yet.
    pub unit: Option<UnitId>,
    /// Whether the import makes the unit.
    pub made: bool,
    /// Who answers for its plans; none where nobody leads it.
    pub head: Option<PersonId>,
    /// Whether the import makes that person its head.
    pub headed: bool,
}

/// A post of a department, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPost {
    /// The name of the department, as written.
    pub department: String,
    /// The post, as written.
    pub post: String,
    /// How many rows name it.
    pub rows: u32,
    /// Who is responsible; none for now where nobody is.
    pub person: Option<PersonId>,
}

/// A period into which rows go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPeriod {
    /// Its kind.
    pub kind: PeriodKind,
    /// First day.
    pub from: Day,
    /// Last day, inclusive.
    pub to: Day,
    /// The period; none where the import opens it.
    pub period: Option<PeriodId>,
    /// Whether the import adopts the regime under which it is opened.
    pub adopts: bool,
    /// Whether the units' plans of it are pools 任务库: kept and drawn from, never judged.
    pub pool: bool,
    /// How many rows go into it.
    pub rows: u32,
}

/// A row that would become an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedRow {
    /// Its row in the sheet, counted from 1 with the header.
    pub line: u64,
    /// The unit.
    pub unit: UnitId,
    /// The kind of period that it is for.
    pub kind: PeriodKind,
    /// The item; it gets its identity, its plan and its place when it is applied.
    pub item: Item,
    /// What a reader should know about the row.
    pub notes: Vec<Note>,
}

/// A row whose item the unit's plan has already, by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExistingRow {
    /// Its row in the sheet.
    pub line: u64,
    /// The unit.
    pub unit: UnitId,
    /// The title.
    pub title: String,
    /// The columns in which the sheet says something else than the plan; the plan stays.
    pub differs: Vec<String>,
}

/// Something a reader should know about an accepted row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Note {
    /// Nobody in the unit holds the post today; the item has no responsible person yet.
    PostUnfilled {
        /// The post.
        post: String,
    },
    /// The helper was found by a part of its name.
    HelperByPart {
        /// What was written.
        given: String,
        /// The unit's name.
        unit: String,
    },
    /// The helper's name is no unit's; its words are kept.
    HelperInWords {
        /// What was written.
        given: String,
    },
    /// A rhythm has no due day of its own: the period's last day is taken.
    RhythmEnds {
        /// The rhythm, as written.
        given: String,
    },
    /// The scoring rule is kept in words: it cannot be said in figures without guessing.
    RuleInWords {
        /// The rule.
        given: String,
    },
}

crate::tagged::tagged!(Note, "note");

/// A plan that would be begun or added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPlan {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The kind of period.
    pub kind: PeriodKind,
    /// The plan that is there already; `None` where one would be begun.
    pub plan: Option<PlanId>,
    /// Who answers for it.
    pub owner: PersonId,
    /// The place that the first added item takes.
    pub first_position: u32,
    /// How many items would be added.
    pub items: u32,
    /// What their weights add up to.
    pub weight: Points,
}

impl Preview {
    /// Says whether the sheet can be applied: it adds rows, and nothing stands in the way.
    pub const fn is_clean(&self) -> bool {
        self.refused.is_empty() && !self.accepted.is_empty()
    }

    /// Says whether all that the sheet holds is there already.
    pub const fn is_done(&self) -> bool {
        self.refused.is_empty() && self.accepted.is_empty() && !self.existing.is_empty()
    }

    /// Says whether unknown columns are all that stands in the way of reading the rows.
    pub fn has_unknown_columns(&self) -> bool {
        self.refused
            .iter()
            .any(|refused| matches!(refused.refusal, ImportRefusal::UnknownColumn { .. }))
    }
}
