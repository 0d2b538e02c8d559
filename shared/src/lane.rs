//! Lanes: the order of one device's commands exists only inside a lane.
//!
//! Structure, weights and signatures of a plan share the plan's lane; progress, reports and scores
//! of an item use the item's lane, so that a refused tick never holds back a worker's day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{CommandId, EntryId, ItemId, PersonId, PlanId, from_text};

/// A lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Structure of the organisation; such commands are made online only.
    Organisation,
    /// A plan's structure, weights and signatures.
    Plan(PlanId),
    /// What is reported and judged of one item.
    Item(ItemId),
    /// What is noted about one person, such as an absence.
    Person(PersonId),
    /// What a person decided about a refused command.
    Refused(CommandId),
    /// An entry of the ledger.
    Entry(EntryId),
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation => f.write_str("org"),
            Self::Plan(plan) => write!(f, "plan/{plan}"),
            Self::Item(item) => write!(f, "item/{item}"),
            Self::Person(person) => write!(f, "person/{person}"),
            Self::Refused(command) => write!(f, "refused/{command}"),
            Self::Entry(entry) => write!(f, "entry/{entry}"),
        }
    }
}

/// A text that names no lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedLane;

impl fmt::Display for MalformedLane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this names no lane")
    }
}

impl FromStr for Lane {
    type Err = MalformedLane;

    fn from_str(text: &str) -> Result<Self, MalformedLane> {
        if text == "org" {
            return Ok(Self::Organisation);
        }
        let (word, id) = text.split_once('/').ok_or(MalformedLane)?;
        match word {
            "plan" => id.parse().map(Self::Plan).map_err(|_| MalformedLane),
            "item" => id.parse().map(Self::Item).map_err(|_| MalformedLane),
            "person" => id.parse().map(Self::Person).map_err(|_| MalformedLane),
            "refused" => id.parse().map(Self::Refused).map_err(|_| MalformedLane),
            "entry" => id.parse().map(Self::Entry).map_err(|_| MalformedLane),
            _ => Err(MalformedLane),
        }
    }
}

impl Serialize for Lane {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Lane {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer)
    }
}
