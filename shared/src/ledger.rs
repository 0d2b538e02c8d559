//! The ledger 台账: deductions and rewards, each proposed with its clause and its facts, confirmed by
//! whom the tariff names, answered by the person, and taken back only by an entry of its own.
//!
//! Append only: what an entry says never changes. What it costs is reckoned from all entries that
//! stand, in the order in which things happened, so that no order of arrival matters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::canonical;
use crate::deadline::{self, Deadline};
use crate::id::{EntryId, EvidenceId, ItemId, PeriodId, PersonId, PlanId, RegimeId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::plan::Signed;
use crate::quantity::{BasisPoints, Fen, Points};
use crate::regime::tariff::{Legal, Tariff};

pub mod amount;
mod attached;
pub mod facts;
pub mod found;
pub mod fund;
pub mod gather;
pub mod sheet;
pub mod unfair;
pub mod waiting;

pub use amount::{Counted, counted};
pub use attached::{Attached, MOST_ATTACHED};
pub use facts::entries_of;
pub use fund::FundLine;
pub use sheet::{SheetVersion, tariff};

/// The whole of an amount: from nothing to all of it.
pub const WHOLE: [BasisPoints; 2] = [BasisPoints(0), BasisPoints(10_000)];

/// An entry of the ledger. It stands in the ledger of its unit and period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// Its identity.
    pub id: EntryId,
    /// The regime version, or the version of a tariff sheet, to whose tariff it belongs.
    pub sheet: RegimeId,
    /// The tariff's key.
    pub tariff: String,
    /// The clause of the rule text, as it read then.
    pub clause: String,
    /// What it is in law.
    pub legal: Legal,
    /// Who bears it, or is rewarded.
    pub person: PersonId,
    /// Whose act it was, where somebody else bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<PersonId>,
    /// The part of the amount that the person bears: from and to, of the whole.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub share: [BasisPoints; 2],
    /// The unit.
    pub unit: UnitId,
    /// The period.
    pub period: PeriodId,
    /// The person's plan in whose result it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanId>,
    /// The item of that plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// When it happened.
    pub happened: Day,
    /// What happened, in words.
    pub facts: String,
    /// Evidence on that plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
    /// Files that show it, beside evidence on a plan, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<Attached>,
    /// How many: hours or days late; 1 of whatever is counted by the time.
    pub count: u32,
    /// Points of each; 0 where the tariff escalates, for they follow from what came before.
    pub points: Points,
    /// Money of each; 0 where the tariff escalates.
    pub money: Fen,
    /// The superior of the day, who sees it beside those who keep the ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<PersonId>,
    /// Who proposed it.
    pub proposed: Signed,
    /// Who confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Signed>,
    /// Who refused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Signed>,
    /// What the person says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<EntryAnswer>,
    /// Who let it stand after the person disputed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upheld: Option<Signed>,
    /// The entry that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<EntryId>,
}

const fn whole() -> [BasisPoints; 2] {
    WHOLE
}

fn is_whole(share: &[BasisPoints; 2]) -> bool {
    *share == WHOLE
}

/// What a person says of an entry about himself or herself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryAnswer {
    /// It is so.
    Accepted(Signed),
    /// It is not so, for a reason.
    Disputed(Signed),
}

impl EntryAnswer {
    /// Who answered, when, and with what reason.
    pub const fn signed(&self) -> &Signed {
        match self {
            Self::Accepted(signed) | Self::Disputed(signed) => signed,
        }
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Somebody proposed it; it counts nothing yet.
    Proposed,
    /// It counts.
    Confirmed,
    /// It was refused and counts nothing.
    Refused,
    /// It counted, and was taken back.
    Reversed,
    /// It takes another back.
    Reversal,
}

impl LedgerEntry {
    /// Whose act it was.
    pub fn whose(&self) -> PersonId {
        self.about.unwrap_or(self.person)
    }

    /// Says whether a person has a part in it, and so decides nothing about it.
    pub fn is_about(&self, person: PersonId) -> bool {
        self.person == person || self.about == Some(person)
    }

    /// Says whether the person disputes it and nobody has decided about that.
    pub const fn is_disputed(&self) -> bool {
        matches!(self.answer, Some(EntryAnswer::Disputed(_))) && self.upheld.is_none()
    }

    /// Where it stands among the entries of its ledger.
    pub fn state(&self, ledger: &BTreeMap<EntryId, Self>) -> EntryState {
        if self.reverses.is_some() {
            EntryState::Reversal
        } else if self.refused.is_some() {
            EntryState::Refused
        } else if self.confirmed.is_none() {
            EntryState::Proposed
        } else if reversal_of(ledger, self.id).is_some() {
            EntryState::Reversed
        } else {
            EntryState::Confirmed
        }
    }

    /// Digest of what it says, which whoever confirms, answers or takes it back has seen.
    ///
    /// Signatures are left out, and so are times: a device may confirm what it has just proposed.
    pub fn seen(&self) -> String {
        let says = (
            (self.id, self.sheet, &self.tariff, &self.clause, self.legal),
            (self.person, self.about, self.share),
            (self.unit, self.period, self.plan, self.item),
            (self.happened, &self.facts, &self.evidence),
            (self.count, self.points, self.money, self.reverses),
            self.proposed.by,
        );
        if self.attached.is_empty() {
            return canonical::digest("jihe/entry/1", &says);
        }
        let files = self.attached.iter();
        let files: Vec<_> = files.map(|file| (file.id, file.hash, file.by)).collect();
        canonical::digest("jihe/entry/2", &(says, files))
    }
}

/// The last moment in which the person may dispute an entry; `None` while it is only proposed.
pub fn entry_until(
    organisation: &Organisation,
    tariff: &Tariff,
    entry: &LedgerEntry,
) -> Option<Deadline> {
    let confirmed = entry.confirmed.as_ref()?;
    let days = organisation.work_days(entry.unit);
    Some(deadline::window(
        confirmed.times.received,
        tariff.answer_days,
        &days,
    ))
}

/// The document that is the ledger of a unit and a period.
///
/// A ledger is read and written together as a plan with its items is, so it is a document like one;
/// its identity follows from the two that name it and is the id of no plan that anybody makes.
pub fn document(unit: UnitId, period: PeriodId) -> PlanId {
    let mut hash = Sha256::new();
    hash.update(b"jihe/ledger/1\n");
    hash.update(unit.bits().to_be_bytes());
    hash.update(period.bits().to_be_bytes());
    let mut bits = [0; 16];
    bits.copy_from_slice(&hash.finalize()[..16]);
    PlanId::from_bits(u128::from_be_bytes(bits))
}

/// The entry that takes another back, where one does.
pub fn reversal_of(
    ledger: &BTreeMap<EntryId, LedgerEntry>,
    entry: EntryId,
) -> Option<&LedgerEntry> {
    ledger
        .values()
        .find(|other| other.reverses == Some(entry) && other.confirmed.is_some())
}

/// The entries that count: confirmed, and not taken back.
pub fn standing(ledger: &BTreeMap<EntryId, LedgerEntry>) -> Vec<&LedgerEntry> {
    let reversed: std::collections::BTreeSet<EntryId> = ledger
        .values()
        .filter(|entry| entry.confirmed.is_some())
        .filter_map(|entry| entry.reverses)
        .collect();
    let counts = |entry: &&LedgerEntry| {
        entry.confirmed.is_some() && entry.reverses.is_none() && !reversed.contains(&entry.id)
    };
    ledger.values().filter(counts).collect()
}
