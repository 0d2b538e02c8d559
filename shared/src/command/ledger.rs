//! Arguments of the commands of the ledger: propose, decide, answer, reverse, publish.

use serde::{Deserialize, Serialize};

use crate::evidence::{ContentHash, MediaType};
use crate::id::{
    EntryId, EvidenceId, FundLineId, ItemId, PeriodId, PersonId, PlanId, RegimeId, UnitId,
};
use crate::ledger;
use crate::moment::Day;
use crate::quantity::{Fen, Points};
use crate::regime::tariff::TariffSheet;

/// Adopts a version of a tariff sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdoptTariffs {
    /// The version's id.
    pub id: RegimeId,
    /// The document.
    pub sheet: Box<TariffSheet>,
}

/// Proposes an entry of a tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposeEntry {
    /// The entry's id.
    pub entry: EntryId,
    /// The regime version or the version of a tariff sheet.
    pub sheet: RegimeId,
    /// The tariff's key.
    pub tariff: String,
    /// Who bears it.
    pub person: PersonId,
    /// Whose act it was, where somebody else bears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<PersonId>,
    /// The unit.
    pub unit: UnitId,
    /// The period.
    pub period: PeriodId,
    /// The plan of `person` in whose result it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanId>,
    /// The item of that plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// When it happened.
    pub happened: Day,
    /// What happened, in words; never empty.
    pub facts: String,
    /// Evidence on that plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
    /// How many, from 1.
    pub count: u32,
    /// Points of each, where the tariff leaves a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Money of each, where the tariff leaves a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Fen>,
}

impl ProposeEntry {
    /// The documents that a proposal reads: the ledger, and the plan in whose result it counts.
    pub(super) fn documents(&self) -> impl Iterator<Item = PlanId> {
        let ledger = ledger::document(self.unit, self.period);
        std::iter::once(ledger).chain(self.plan)
    }
}

/// Confirms or refuses a proposed entry, or lets one stand that the person disputes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideEntry {
    /// The entry.
    pub entry: EntryId,
    /// Its unit.
    pub unit: UnitId,
    /// Its period.
    pub period: PeriodId,
    /// Whether it counts.
    pub confirmed: bool,
    /// Why; never empty where it is refused, or stands against the person's word.
    pub reason: String,
    /// Digest of what it says, as the signer saw it.
    pub seen: String,
}

/// Accepts or disputes an entry about oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerEntry {
    /// The entry.
    pub entry: EntryId,
    /// Its unit.
    pub unit: UnitId,
    /// Its period.
    pub period: PeriodId,
    /// Whether it is so.
    pub accepted: bool,
    /// Why not; never empty where it is disputed.
    pub reason: String,
    /// Digest of what it says, as the person saw it.
    pub seen: String,
}

/// Takes a confirmed entry back, by an entry of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReverseEntry {
    /// The entry that is taken back.
    pub entry: EntryId,
    /// Its unit.
    pub unit: UnitId,
    /// Its period.
    pub period: PeriodId,
    /// The id of the entry that takes it back.
    pub reversal: EntryId,
    /// Why; never empty.
    pub reason: String,
    /// Digest of what it says, as the actor saw it.
    pub seen: String,
}

/// Attaches a file to an entry; its bytes are handed in apart from this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachToEntry {
    /// The entry.
    pub entry: EntryId,
    /// Its unit.
    pub unit: UnitId,
    /// Its period.
    pub period: PeriodId,
    /// The file's id.
    pub evidence: EvidenceId,
    /// The name of the file.
    pub name: String,
    /// What kind of file.
    pub media: MediaType,
    /// How long it is, in bytes.
    pub bytes: u32,
    /// Digest of its bytes.
    pub hash: ContentHash,
}

/// Publishes what came into a fund from entries, or what was spent of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishFund {
    /// The line's id.
    pub line: FundLineId,
    /// The regime or tariff sheet whose fund it is.
    pub sheet: RegimeId,
    /// The period.
    pub period: PeriodId,
    /// The units whose entries are gathered; none where something was spent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// What was spent, above 0; `None` to gather entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent: Option<Fen>,
    /// What it was spent on, or a note; never empty where something was spent.
    pub words: String,
    /// Digest of the entries that are gathered, as the actor saw them.
    pub seen: String,
}
