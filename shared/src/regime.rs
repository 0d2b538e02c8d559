//! Regimes 考核办法 as data: how plans are made, signed, judged and turned into a coefficient.
//!
//! The program holds no rule of any one company: it interprets this document. A period keeps the
//! version that it was opened with; unknown fields are refused; the digest is taken over the
//! canonical form ([`crate::canonical`]).
//!
//! There are two formats. Format 2 ([`document`]) says the rules of any company as a tree of parts;
//! a document of format 1 ([`v1`]) keeps its bytes and is read as one of format 2 ([`Document`]).
//! What a period's rules say is asked of [`Rules`]. To add a rule to the model, add a field to the
//! file of its noun, and its use in [`crate::result::engine_3`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::period::PeriodKind;

use crate::id::RegimeId;

pub mod after;
pub mod changes;
pub mod charge;
pub mod cohort;
pub mod compare;
pub mod coverage;
pub mod curve;
pub mod cycle;
pub mod deadlines;
pub mod document;
pub mod finding;
pub mod grades;
pub mod items;
pub mod judging;
pub mod money;
pub mod people;
pub mod preset;
pub mod rules;
pub mod schema;
pub mod signing;
pub mod tariff;
pub mod total;
mod upcast;
pub mod v1;
pub mod validate;
pub mod validate_2;
pub mod walk;
pub mod weights;
pub mod who;

pub use document::{Document, Regime};
pub use rules::Rules;

/// A name in both languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One version of a regime as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct RegimeVersion {
    /// Its identity.
    pub id: RegimeId,
    /// SHA-256 over the canonical form, 64 hexadecimal digits.
    pub digest: String,
    /// The document as it was adopted.
    #[serde(rename = "regime")]
    pub document: Document,
    /// The document as one of format 2, made once.
    #[serde(skip)]
    read: Arc<Regime>,
}

/// The members of a version that are kept.
#[derive(Deserialize)]
struct Kept {
    id: RegimeId,
    digest: String,
    regime: Document,
}

impl From<Kept> for RegimeVersion {
    fn from(kept: Kept) -> Self {
        Self {
            id: kept.id,
            digest: kept.digest,
            read: kept.regime.read(),
            document: kept.regime,
        }
    }
}

impl RegimeVersion {
    /// A version of a document.
    pub fn new(id: RegimeId, document: Document) -> Self {
        Self {
            id,
            digest: document.digest(),
            read: document.read(),
            document,
        }
    }

    /// What it says, in words of format 2.
    pub fn regime(&self) -> &Regime {
        &self.read
    }

    /// Whether it wants what was left unfinished to go on in the next plan.
    pub fn forces_carry(&self) -> bool {
        matches!(self.read.items.carry, items::Carry::Forced { .. })
    }

    /// What it says of periods of a kind, where it has such a cycle.
    pub fn rules(&self, kind: PeriodKind) -> Option<Rules<'_>> {
        self.read.rules(kind)
    }
}
