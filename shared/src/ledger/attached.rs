//! Files that show what an entry says: of whoever proposed it, and of the person whom it is about.
//!
//! An entry by hand often belongs to no plan, so its evidence cannot stand with an item of one: it
//! stands in the entry. Its bytes travel apart from it, as those of all evidence do.

use serde::{Deserialize, Serialize};

use super::{EntryState, LedgerEntry};
use crate::evidence::{ContentHash, MediaType};
use crate::id::{EvidenceId, PersonId};
use crate::moment::Times;

/// The most files of one entry.
pub const MOST_ATTACHED: usize = 20;

/// A file of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its identity.
    pub id: EvidenceId,
    /// The name of the file, as its person knows it.
    pub name: String,
    /// What kind of file.
    pub media: MediaType,
    /// How long it is, in bytes, 1 to [`crate::evidence::MOST_BYTES`].
    pub bytes: u32,
    /// Digest of its bytes.
    pub hash: ContentHash,
    /// Who attached it.
    pub by: PersonId,
    /// The three times of the act.
    pub times: Times,
}

impl LedgerEntry {
    /// Says whether a person may attach to it: its proposer until somebody decided, for what is
    /// confirmed is what was seen; the person who answers it until that answer was decided about.
    pub fn may_attach(&self, person: PersonId, state: EntryState) -> bool {
        match state {
            EntryState::Proposed => person == self.person || person == self.proposed.by,
            EntryState::Confirmed => person == self.person && self.upheld.is_none(),
            EntryState::Refused | EntryState::Reversed | EntryState::Reversal => false,
        }
    }
}
