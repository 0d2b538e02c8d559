//! Classifications 归类: the level of a post, how a person is employed, what kind of responsibility
//! centre a unit is; each from a day on.
//!
//! A regime says by them whose plans it judges. What nobody has stated restricts nothing: a company
//! begins without levels, and states them when a regime asks for them.

use serde::{Deserialize, Serialize};

use crate::id::{AssignmentId, PersonId, UnitId};
use crate::moment::{Day, Times};
use crate::part_score::named;
use crate::regime::coverage::{Centre, Employment};

/// The least and the highest level of a post: staff, and the top.
pub const LEVELS: (u8, u8) = (1, 9);

/// What is classified, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classified {
    /// A post 岗位 that somebody holds.
    Post {
        /// The assignment.
        assignment: AssignmentId,
        /// Its level 职级, 1 for staff to 9 for the top.
        level: u8,
    },
    /// A person.
    Person {
        /// Who.
        person: PersonId,
        /// How the person is employed 用工类别.
        employment: Employment,
    },
    /// A unit.
    Unit {
        /// Which.
        unit: UnitId,
        /// The kind of responsibility centre 责任中心; `None` for a unit that is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        centre: Option<Centre>,
    },
}

/// A classification. The row's key is the subject and the day: what is stated again for the same day
/// stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// What, as what.
    pub of: Classified,
    /// From which day on, until another one begins.
    pub from: Day,
    /// Who stated it.
    pub by: PersonId,
    /// When.
    pub times: Times,
}

impl Classified {
    /// Says whether two are about the same post, person or unit.
    pub fn same_subject(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Post {
                    assignment: one, ..
                },
                Self::Post {
                    assignment: two, ..
                },
            ) => one == two,
            (Self::Person { person: one, .. }, Self::Person { person: two, .. }) => one == two,
            (Self::Unit { unit: one, .. }, Self::Unit { unit: two, .. }) => one == two,
            _ => false,
        }
    }

    fn subject(&self) -> (&'static str, u128) {
        match self {
            Self::Post { assignment, .. } => ("post", assignment.bits()),
            Self::Person { person, .. } => ("person", person.bits()),
            Self::Unit { unit, .. } => ("unit", unit.bits()),
        }
    }
}

impl Classification {
    /// The bits of its key.
    pub fn bits(&self) -> u128 {
        let (kind, subject) = self.of.subject();
        named(&(kind, format!("{subject:032x}"), self.from))
    }
}
