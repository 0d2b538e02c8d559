//! Arguments of the acts of payroll: enter a base or a minimum wage, hand a batch over.

use serde::{Deserialize, Serialize};

use crate::id::{MinimumWageId, PayBaseId, PersonId, PlanId, UnitId};
use crate::moment::Day;
use crate::payroll::{self, Scope};
use crate::quantity::Fen;

/// An act of payroll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PayrollAct {
    /// Enters a person's pay base.
    EnterBase(EnterBase),
    /// Enters a minimum wage.
    EnterMinimum(EnterMinimum),
    /// Hands a batch over.
    HandOver(HandOver),
}

/// Enters a person's pay base from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterBase {
    /// Its id.
    pub base: PayBaseId,
    /// Whose.
    pub person: PersonId,
    /// A month's, 0 or more.
    pub amount: Fen,
    /// The first day on which it holds.
    pub from: Day,
    /// What was in force on that day, as the actor saw it; `None` where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Fen>,
    /// On what grounds; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Enters the minimum wage of a unit and those below it from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterMinimum {
    /// Its id.
    pub wage: MinimumWageId,
    /// Where it holds.
    pub unit: UnitId,
    /// A month's, 0 or more.
    pub amount: Fen,
    /// The first day on which it holds.
    pub from: Day,
    /// By which notice; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Hands a batch over, which nothing changes any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The number under which it was drawn.
    pub number: u32,
    /// The first day of the month whose pay carries it.
    pub month: Day,
    /// Whom it was drawn for.
    #[serde(default)]
    pub scope: Scope,
    /// SHA-256 of the file, as the actor saw it.
    pub seen: String,
    /// A note to it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl PayrollAct {
    /// The documents that deciding reads whatever the organisation: the book of payroll.
    pub fn documents(&self) -> [PlanId; 1] {
        [payroll::book()]
    }

    /// The month whose pay is drawn, where one is.
    pub const fn drawn(&self) -> Option<Day> {
        match self {
            Self::HandOver(args) => Some(args.month),
            Self::EnterBase(_) | Self::EnterMinimum(_) => None,
        }
    }
}
