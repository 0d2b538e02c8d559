//! Regimes 考核办法 as data: how plans are made, signed, judged and turned into a coefficient.
//!
//! The program holds no rule of any one company: it interprets this document. A period keeps the
//! version that it was opened with; unknown fields are refused; the digest is taken over the
//! canonical form ([`crate::canonical`]).
//!
//! There are two formats. What is adopted today is format 1 ([`v1`]); format 2 ([`document`]) says
//! the rules of any company as a tree of parts, and reads a document of format 1 as one of its own
//! ([`document::Document`]). To add a rule to the model, add a field to the file of its noun, and its use in
//! [`crate::result::engine_3`].

use serde::{Deserialize, Serialize};

use crate::id::RegimeId;

pub mod after;
pub mod changes;
pub mod charge;
pub mod cohort;
pub mod coverage;
pub mod curve;
pub mod cycle;
pub mod deadlines;
pub mod document;
pub mod grades;
pub mod items;
pub mod judging;
pub mod money;
pub mod people;
pub mod preset;
pub mod presets;
pub mod signing;
pub mod tariff;
pub mod total;
mod upcast;
pub mod v1;
pub mod validate;
pub mod weights;
pub mod who;

pub use v1::{
    AssessedRange, Band, ChangeRules, EmptySection, Judging, Level, PartPeriod, Regime,
    RequiredField, Rounding, Section, Submission, Weights, WeightsPer,
};

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
pub struct RegimeVersion {
    /// Its identity.
    pub id: RegimeId,
    /// SHA-256 over the canonical form, 64 hexadecimal digits.
    pub digest: String,
    /// The document.
    pub regime: Regime,
}
