//! A preset: a regime as it is shipped, with the other readings of its source that can be chosen.
//!
//! A choice changes the document before it is adopted; what was adopted says nothing of presets. What
//! a choice sets is the product's own and marked so, unless it is what the source says literally.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Name;
use super::document::Regime;

#[cfg(feature = "presets")]
pub mod shelf;

/// A regime with its alternatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// The regime, as it is without a choice.
    pub regime: Regime,
    /// Whether a company begins with it.
    #[serde(default, skip_serializing_if = "Founding::is_later")]
    pub founding: Founding,
    /// Other readings, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
}

/// Whether a company begins with a preset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Founding {
    /// It is adopted when somebody chooses it.
    #[default]
    Later,
    /// The company's founder is offered it first.
    Suggested,
    /// Every company has it, because others lean on it: a pool from which plans draw.
    Always,
}

impl Founding {
    /// Whether it is adopted only when somebody chooses it.
    pub const fn is_later(&self) -> bool {
        matches!(self, Self::Later)
    }
}

/// Another reading of what the source leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Key, for example `eighty-twenty`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Whether the source says it so, and the document as shipped reads it otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub literal: bool,
    /// What is set where.
    pub set: Vec<Patch>,
}

/// A value at a place of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    /// JSON pointer; what it goes through must be there, what it names may be new.
    pub at: String,
    /// The value; null takes away what is there.
    pub value: Value,
}

impl Preset {
    /// The regime with these alternatives chosen, by key, one after the other.
    ///
    /// `None` where there is no such alternative, or where what comes out is no regime.
    pub fn with(&self, chosen: &[&str]) -> Option<Regime> {
        let mut document = serde_json::to_value(&self.regime).ok()?;
        let mut defaults = self.regime.house_defaults.clone();
        for key in chosen {
            let mut alternatives = self.alternatives.iter();
            let alternative = alternatives.find(|one| one.key == *key)?;
            for patch in &alternative.set {
                put(&mut document, &patch.at, &patch.value)?;
                let own = !alternative.literal && !patch.value.is_null();
                mark(&mut defaults, &patch.at, own);
            }
        }
        let mut regime: Regime = serde_json::from_value(document).ok()?;
        regime.house_defaults = defaults;
        Some(regime)
    }
}

/// Sets a value, or takes one away.
fn put(document: &mut Value, at: &str, value: &Value) -> Option<()> {
    let (parent, member) = at.rsplit_once('/')?;
    match document.pointer_mut(parent)? {
        Value::Object(members) if value.is_null() => drop(members.remove(member)?),
        Value::Object(members) => drop(members.insert(member.to_owned(), value.clone())),
        Value::Array(list) => value.clone_into(list.get_mut(member.parse::<usize>().ok()?)?),
        _ => return None,
    }
    Some(())
}

/// Keeps the marks of house defaults true after a value was set.
fn mark(defaults: &mut Vec<String>, at: &str, own: bool) {
    let below = |place: &str, above: &str| {
        let rest = place.strip_prefix(above);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    defaults.retain(|one| one != at && !below(one, at));
    if own && !defaults.iter().any(|one| below(at, one)) {
        defaults.push(at.to_owned());
    }
}
