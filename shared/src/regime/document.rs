//! The regime document of format 2, and the document as it was adopted, in either format.
//!
//! Only empty lists, `None`, `false` and empty texts are left out of a document; every other value
//! is written, also where it is the product's own. So each figure has a place that
//! `house_defaults` can point at, and no later default can change an old document.

use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::canonical;
use crate::digest;
use crate::period::PeriodKind;

use super::after::After;
use super::changes::Changes;
use super::cohort::Cohort;
use super::coverage::Coverage;
use super::cycle::Cycle;
use super::deadlines::Lateness;
use super::finding::Finding;
use super::grades::{Band, GradeBy, Grades};
use super::items::ItemRules;
use super::judging::Judging;
use super::money::Money;
use super::people::People;
use super::signing::Signing;
use super::tariff::Tariff;
use super::who::Role;
use super::{Name, schema, v1, validate, validate_2};

/// Version of the document format that this file describes.
pub const FORMAT: u32 = 2;

/// A regime document of format 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// Version of the document format; 2.
    pub format: u32,
    /// Short key, for example `a-b-c-minus-d`.
    pub key: String,
    /// Name on screens.
    pub name: Name,
    /// Catalogue row from which it was taken; empty for an organisation's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Whose plans it judges.
    pub coverage: Coverage,
    /// Bodies and posts that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// What a plan holds.
    pub items: ItemRules,
    /// The steps by which things come to stand.
    pub signing: Signing,
    /// How late acts are treated.
    pub lateness: Lateness,
    /// How an approved plan may be changed.
    pub changes: Changes,
    /// Who rates, and how.
    pub judging: Judging,
    /// One cycle for each kind of period; at least one.
    pub cycles: Vec<Cycle>,
    /// How a total becomes a grade.
    pub grades: Grades,
    /// What is decided from a whole cohort.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<Cohort>,
    /// What it says about people.
    pub people: People,
    /// What it says about money.
    pub money: Money,
    /// What entries of the ledger cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tariffs: Vec<Tariff>,
    /// What follows judging.
    pub after: After,
    /// JSON pointers to values that are the product's own, because the source is silent; each
    /// marks everything below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub house_defaults: Vec<String>,
}

impl Regime {
    /// The rules of periods of a kind, with their place among the cycles.
    pub fn cycle(&self, kind: PeriodKind) -> Option<(usize, &Cycle)> {
        let mut cycles = self.cycles.iter().enumerate();
        cycles.find(|(_, cycle)| cycle.kind == kind)
    }

    /// The bands of its totals, from the highest; none where it grades otherwise.
    pub fn bands(&self) -> &[Band] {
        match &self.grades.by {
            GradeBy::Points { bands, .. } => bands,
            GradeBy::Decided { .. } | GradeBy::None {} => &[],
        }
    }

    /// Digest of the document; its version keeps it, and results name it.
    pub fn digest(&self) -> String {
        canonical::digest("jihe/regime/2", self)
    }
}

/// Reads a document of either format from JSON, as somebody wrote it.
///
/// Gives what cannot be read, each with its place: fields that the format does not have, values of
/// another type, a format that is not known. What is read may still contradict itself, which
/// [`Document::findings`] says.
pub fn read(text: &str) -> Result<Document, Vec<Finding>> {
    schema::read(text)
}

/// A document as it was adopted; its bytes and its digest never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// Format 1.
    V1(Box<v1::Regime>),
    /// Format 2.
    V2(Arc<Regime>),
}

impl Document {
    /// Its digest, in the way of its format.
    pub fn digest(&self) -> String {
        match self {
            Self::V1(regime) => digest::regime(regime),
            Self::V2(regime) => regime.digest(),
        }
    }

    /// It as a document of format 2: itself, or what format 1 means in that format.
    pub fn read(&self) -> Arc<Regime> {
        match self {
            Self::V1(regime) => Arc::new(Regime::from(&**regime)),
            Self::V2(regime) => Arc::clone(regime),
        }
    }

    /// What is wrong in it, by the rules of its format; one without findings can be adopted.
    pub fn findings(&self) -> Vec<Finding> {
        match self {
            Self::V1(regime) => validate::validate(regime),
            Self::V2(regime) => validate_2::validate(regime),
        }
    }

    /// The document of format 1, where it is one: engines 1 and 2 judge by it.
    pub fn v1(&self) -> Option<&v1::Regime> {
        match self {
            Self::V1(regime) => Some(regime),
            Self::V2(_) => None,
        }
    }
}

impl From<v1::Regime> for Document {
    fn from(regime: v1::Regime) -> Self {
        Self::V1(Box::new(regime))
    }
}

impl From<Regime> for Document {
    fn from(regime: Regime) -> Self {
        Self::V2(Arc::new(regime))
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::V1(regime) => regime.serialize(serializer),
            Self::V2(regime) => Regime::serialize(regime, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// The one member that both formats have with one meaning.
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let Head { format } = serde_json::from_str(raw.get()).map_err(D::Error::custom)?;
        match format {
            1 => serde_json::from_str(raw.get()).map(|regime| Self::V1(Box::new(regime))),
            FORMAT => serde_json::from_str(raw.get()).map(|regime| Self::V2(Arc::new(regime))),
            _ => Err(serde_json::Error::custom("a regime is of format 1 or 2")),
        }
        .map_err(D::Error::custom)
    }
}
