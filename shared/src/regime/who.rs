//! Who: the offices and relations that a regime names where somebody has to act.
//!
//! No company's own body is a variant: a named role is data, and people hold it by date.

use serde::{Deserialize, Serialize};

use super::Name;

/// Somebody, seen from a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Who {
    /// The plan's owner.
    Owner,
    /// The person who answers for the item.
    Responsible,
    /// The head of the plan's unit.
    Head,
    /// The direct superior, who judges the plan.
    Superior,
    /// The superior's superior.
    IndirectSuperior,
    /// The helping units, or those who raised a demand.
    Helpers,
    /// The plan office.
    PlanOffice,
    /// The personnel office.
    Personnel,
    /// Payroll.
    Payroll,
    /// Who holds the role of this key.
    Role(String),
}

/// A body or a post that the regime names, held by people by date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Key, for example `assessment_group`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
}
