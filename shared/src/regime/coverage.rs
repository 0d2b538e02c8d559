//! Coverage 适用范围: whose plans a regime judges.
//!
//! An empty list stands for all, so that what is left out restricts nothing.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, UnitId};

/// Whose plans a regime judges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Of what the plans are.
    pub plans: PlansOf,
    /// Units; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// Units that are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_units: Vec<UnitId>,
    /// Post levels, 1 for staff to 9 for the top; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<u8>,
    /// People besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// People who are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_people: Vec<PersonId>,
    /// Kinds of employment; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employment: Vec<Employment>,
    /// Kinds of responsibility centres 责任中心; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub centres: Vec<Centre>,
}

impl Coverage {
    /// Whether the plans of a unit are among them.
    pub fn covers_unit(&self, unit: UnitId) -> bool {
        let named = self.units.is_empty() || self.units.contains(&unit);
        named && !self.without_units.contains(&unit)
    }
}

/// Of what plans are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlansOf {
    /// Units.
    Unit,
    /// People.
    Personal,
    /// Units and people.
    Both,
}

/// Kind of a responsibility centre 责任中心.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Centre {
    /// Profit.
    Profit,
    /// Revenue.
    Revenue,
    /// Cost.
    Cost,
    /// Expense.
    Expense,
}

/// Kind of employment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// Regular.
    Regular,
    /// On probation.
    Probation,
    /// Temporary.
    Temporary,
}
