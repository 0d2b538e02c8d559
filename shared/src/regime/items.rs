//! Items: what a plan may hold, who fills it in, and what each item needs.
//!
//! Everything refers to sections, categories and sources by key, never by place.

use serde::{Deserialize, Serialize};

use crate::quantity::{BasisPoints, Points};

use super::Name;
use super::who::Who;

/// What a plan holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRules {
    /// Sections 工作类别; at least one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Categories, by importance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// Where items come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ItemSource>,
    /// Fields without which an item cannot be submitted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<RequiredField>,
    /// Whether helpers are asked.
    pub consent: Consent,
    /// What happens to what was left unfinished.
    pub carry: Carry,
    /// Hints, which never refuse; the house's where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// A section of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Key, for example `key_work`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Who fills it; empty for whoever makes the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filled_by: Vec<Who>,
    /// Whether its items are entered after the fact.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub filled_after: bool,
    /// Whether its weights stand outside the plan's total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
}

/// A category of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Key, for example `major`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// The importance coefficient that its items have, in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importance: Option<Points>,
    /// The criterion, in words.
    pub means: Name,
}

/// Where items come from: a meeting, a duty of the post, an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemSource {
    /// Key, for example `meeting`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Who enters such items; empty for whoever makes the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filled_by: Vec<Who>,
    /// Who confirms that such an item is done; empty for nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verified_by: Vec<Who>,
}

/// A field that an item needs before its plan can be handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequiredField {
    /// The responsible person.
    Responsible,
    /// The due day.
    Due,
    /// The deliverable.
    Deliverable,
    /// The completion standard.
    Standard,
    /// The target.
    Target,
    /// The weight.
    Weight,
    /// The implementing scheme 实施方案.
    Scheme,
    /// The scoring rule.
    Rule,
    /// The helpers.
    Helpers,
    /// The consent of the helpers.
    HelpersConsent,
    /// The source.
    Source,
    /// The category.
    Category,
    /// The importance coefficient.
    Importance,
}

/// Whether helpers are asked for their consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// They are not.
    NotAsked,
    /// They are, and the plan does not wait.
    Asked,
    /// They answer before the plan is handed in.
    BeforeSubmission,
}

/// What happens to items that were left unfinished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Carry {
    /// They are offered to the next plan.
    Offered,
    /// The next plan cannot be handed in without them.
    Forced {
        /// Only those of these sections; empty for all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sections: Vec<String>,
    },
}

/// Hints for who makes a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// The least and the most items.
    pub items: [u32; 2],
    /// The least and the most points of an item.
    pub points: [Points; 2],
    /// A section that should stay small.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temporary: Option<AdvisedSection>,
}

impl Default for Advice {
    /// The house's: 5 to 12 items of 5 to 30 points.
    fn default() -> Self {
        Self {
            items: [5, 12],
            points: [Points(500), Points(3_000)],
            temporary: None,
        }
    }
}

/// A section that should stay small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvisedSection {
    /// Its key.
    pub section: String,
    /// The most that its weights should be of all.
    pub most: BasisPoints,
}
