//! A file as it is looked at and as it is attached: evidence on an item of a plan, or what shows an
//! entry of the ledger.

use shared::command::Command;
use shared::command::evidence::AttachEvidence;
use shared::command::ledger::AttachToEntry;
use shared::evidence::{ContentHash, Evidence, MediaType};
use shared::id::{EntryId, EvidenceId, ItemId, PeriodId, PersonId, PlanId, ReportId, UnitId};
use shared::ledger::{self, Attached, LedgerEntry};
use shared::moment::UtcMillis;

use crate::store::evidence::Held;

/// Where a file goes, or stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On an item.
    Item {
        /// The plan.
        plan: PlanId,
        /// The item.
        item: ItemId,
        /// The report that it goes with.
        report: Option<ReportId>,
    },
    /// In an entry of the ledger.
    Entry {
        /// The entry.
        entry: EntryId,
        /// Its unit.
        unit: UnitId,
        /// Its period.
        period: PeriodId,
    },
}

impl Place {
    /// The place in an entry.
    pub(crate) const fn of_entry(entry: &LedgerEntry) -> Self {
        Self::Entry {
            entry: entry.id,
            unit: entry.unit,
            period: entry.period,
        }
    }

    /// The act that attaches a file that is kept here.
    pub(super) fn attach(self, held: &Held) -> Command {
        let (evidence, name) = (held.evidence, held.name.clone());
        let (media, bytes, hash) = (held.media, held.bytes, held.hash);
        match self {
            Self::Item { plan, item, report } => Command::AttachEvidence(AttachEvidence {
                evidence,
                plan,
                item,
                report,
                name,
                media,
                bytes,
                hash,
            }),
            Self::Entry {
                entry,
                unit,
                period,
            } => Command::AttachToEntry(AttachToEntry {
                entry,
                unit,
                period,
                evidence,
                name,
                media,
                bytes,
                hash,
            }),
        }
    }
}

/// A file that somebody attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) id: EvidenceId,
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) media: MediaType,
    /// How long it is, in bytes.
    pub(crate) bytes: u32,
    pub(crate) hash: ContentHash,
    pub(crate) by: PersonId,
    /// When it was attached, as its device said.
    pub(crate) claimed: UtcMillis,
    pub(crate) withdrawn: bool,
}

impl Piece {
    /// One of an entry.
    pub(crate) fn of_entry(entry: &LedgerEntry, file: &Attached) -> Self {
        Self {
            id: file.id,
            place: Place::of_entry(entry),
            name: file.name.clone(),
            media: file.media,
            bytes: file.bytes,
            hash: file.hash,
            by: file.by,
            claimed: file.times.claimed,
            withdrawn: false,
        }
    }

    /// Says whether a person who sees it may open it too; what is withdrawn is opened by nobody but
    /// who attached it.
    pub(crate) fn may_open(&self, person: PersonId) -> bool {
        !self.withdrawn || self.by == person
    }

    /// Where the server gives it.
    pub(super) fn path(&self) -> String {
        let Self { hash, id, .. } = self;
        let (document, entry) = match self.place {
            Place::Item { plan, .. } => (plan, String::new()),
            Place::Entry {
                entry,
                unit,
                period,
            } => {
                let document = ledger::document(unit, period);
                (document, format!("&entry={entry}"))
            }
        };
        format!("/api/v1/attachments/{hash}?plan={document}&evidence={id}{entry}")
    }
}

impl From<Evidence> for Piece {
    fn from(evidence: Evidence) -> Self {
        Self {
            id: evidence.id,
            place: Place::Item {
                plan: evidence.plan,
                item: evidence.item,
                report: evidence.report,
            },
            name: evidence.name,
            media: evidence.media,
            bytes: evidence.bytes,
            hash: evidence.hash,
            by: evidence.by,
            claimed: evidence.times.claimed,
            withdrawn: evidence.withdrawn.is_some(),
        }
    }
}
