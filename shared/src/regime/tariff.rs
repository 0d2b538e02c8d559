//! Tariffs 扣分标准: what an entry of the ledger costs, who bears it, who may confirm it.
//!
//! Points and money are two things: a tariff of points never becomes a deduction from pay.

use serde::{Deserialize, Serialize};

use crate::quantity::{BasisPoints, Fen};

use super::Name;
use super::charge::{Amount, LateOf};
use super::money::Fund;
use super::total::Filter;
use super::who::{Role, Who};

/// One row of a tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Key, for example `late_plan`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// The clause of the rule text.
    pub clause: String,
    /// What it is in law.
    pub legal: Legal,
    /// For each of what it counts.
    pub counted: Per,
    /// Points off the score; on it for a reward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Amount>,
    /// Money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<MoneyAmount>,
    /// Who bears it; the person whom the entry names where it is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bearers: Vec<Bearer>,
    /// Whether the item that the entry names counts zero besides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub item_zero: bool,
    /// Whether the money goes to the fund.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_fund: bool,
    /// Who proposes an entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposed_by: Vec<Who>,
    /// Who confirms it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed_by: Vec<Who>,
    /// Working days in which the person may answer.
    pub answer_days: u32,
    /// What the program finds by itself and proposes; nothing where people alone propose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Trigger>,
}

/// What the program finds by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// An item or a step of the plan was late.
    Late {
        /// Which.
        of: LateOf,
    },
    /// An item was not done when it was due.
    Undone {
        /// Which items.
        of: Filter,
    },
    /// The plan was not handed in when its deadline had passed.
    NotHandedIn {},
}

/// What an entry is in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Legal {
    /// Points of a score.
    Points,
    /// Compensation for a loss.
    Compensation,
    /// A so-called donation, which is never exported.
    Donation,
    /// A reward.
    Reward,
    /// A record without an amount.
    Record,
}

/// For each of what a tariff counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each time.
    Time,
    /// Each item.
    Item,
    /// Each full hour late.
    HourLate,
    /// Each day late.
    DayLate,
    /// Each month.
    Month,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyAmount {
    /// How much.
    pub amount: MoneyOf,
    /// Whether it takes effect.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on: bool,
    /// Whether the source names no amount and the company still has to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_be_set: bool,
}

/// How much money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MoneyOf {
    /// Always the same.
    Fixed(Fen),
    /// Between these.
    Range {
        /// The least.
        least: Fen,
        /// The most.
        most: Fen,
    },
    /// The first, the second, and so on; the last for all that follow.
    Escalating(Vec<Fen>),
}

/// Who bears an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bearer {
    /// Who.
    pub who: Who,
    /// The share; equal shares where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<BasisPoints>,
}

/// Tariffs that belong to no plan; adopted and digested like a regime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TariffSheet {
    /// Version of the document format; 2.
    pub format: u32,
    /// Short key.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Catalogue row from which it was taken; empty for an organisation's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Bodies and posts that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// The tariffs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tariffs: Vec<Tariff>,
    /// The fund into which entries go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<Fund>,
    /// JSON pointers to values that are the product's own, because the source is silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub house_defaults: Vec<String>,
}
