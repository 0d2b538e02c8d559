//! The note of the last backup, beside the database, so that whoever serves can tell how old it is.
//!
//! It says what this program did and nothing of copies that were made otherwise.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use shared::moment::UtcMillis;

/// The name of the note inside the data folder.
const NOTE: &str = "last-backup.json";

/// A backup that was made and found sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// When.
    pub at: UtcMillis,
    /// Where to.
    pub file: String,
    /// The bytes of its database.
    pub bytes: u64,
    /// The entries of its log.
    pub commands: u64,
}

impl Noted {
    /// The last one of a data folder; `None` where none is known, or its note does not read.
    pub fn last(data: &Path) -> Option<Self> {
        let text = fs::read_to_string(data.join(NOTE)).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Writes it down in place of an earlier one.
    pub(super) fn write(&self, data: &Path) -> io::Result<()> {
        let text = serde_json::to_string(self).map_err(io::Error::other)?;
        // A reader finds the old note or the new one, never half of one.
        let fresh = data.join(format!("{NOTE}.new"));
        fs::write(&fresh, text)?;
        fs::rename(fresh, data.join(NOTE))
    }
}
