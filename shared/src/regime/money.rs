//! Money: what share of pay floats, when it is paid, and the fund into which fines go.
//!
//! Amounts of money never enter the arithmetic of results.

use serde::{Deserialize, Serialize};

use crate::quantity::BasisPoints;

use super::Name;
use super::who::Who;

/// What a regime says about money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The share of monthly pay that floats with the coefficient.
    pub floating_share: BasisPoints,
    /// The month whose pay carries the result: 0 for the period's, 1 for the next.
    pub pay_month: u32,
    /// Working days before pay day on which the hand-over is cut off.
    pub cut_off_days: u32,
    /// The most of a month's pay that compensation takes.
    pub most_deducted: BasisPoints,
    /// The fund into which entries go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<Fund>,
}

/// A fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fund {
    /// Its name.
    pub name: Name,
    /// Who keeps it.
    pub kept_by: Who,
    /// Who publishes it.
    pub published_by: Who,
}
