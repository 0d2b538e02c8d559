//! Tariffs of an organisation: those of its regimes, and sheets that belong to no plan cycle.
//!
//! A sheet is adopted like a regime: its document and its digest never change, and an entry names
//! the version by which it was proposed.

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::RegimeId;
use crate::organisation::Organisation;
use crate::regime::tariff::{Tariff, TariffSheet};

/// The sheets as they are shipped, in the order in which a screen offers them.
const SHIPPED: &[&str] = include!(concat!(env!("OUT_DIR"), "/tariffs.rs"));

/// One version of a tariff sheet as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetVersion {
    /// Its identity.
    pub id: RegimeId,
    /// Digest of the document.
    pub digest: String,
    /// The document.
    pub sheet: TariffSheet,
}

impl SheetVersion {
    /// A version of a document.
    pub fn new(id: RegimeId, sheet: TariffSheet) -> Self {
        let digest = canonical::digest("jihe/tariffs/2", &sheet);
        Self { id, digest, sheet }
    }
}

/// The sheets that are shipped.
pub fn shipped() -> Vec<TariffSheet> {
    let read = |text: &&str| serde_json::from_str(text);
    let sheets: Result<_, _> = SHIPPED.iter().map(read).collect();
    sheets.expect("a test reads and validates every shipped sheet")
}

/// The tariffs of a regime version or of a version of a sheet.
pub fn tariffs(organisation: &Organisation, of: RegimeId) -> Option<&[Tariff]> {
    let sheet = organisation.sheets.get(&of);
    let sheet = sheet.map(|version| version.sheet.tariffs.as_slice());
    let regime = || Some(organisation.regimes.get(&of)?.regime().tariffs.as_slice());
    sheet.or_else(regime)
}

/// One tariff.
pub fn tariff<'o>(organisation: &'o Organisation, of: RegimeId, key: &str) -> Option<&'o Tariff> {
    tariffs(organisation, of)?.iter().find(|row| row.key == key)
}
