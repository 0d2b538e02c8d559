//! The activity fund 活动经费: what entries brought into it and what was spent, published to
//! everybody, without a name.
//!
//! A published line never changes. What was taken back after it was published is taken off the
//! next line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{EntryId, FundLineId, PeriodId, RegimeId, UnitId};
use crate::ledger;
use crate::organisation::Organisation;
use crate::plan::Signed;
use crate::quantity::Fen;
use crate::regime::money::Fund;
use crate::regime::tariff::Tariff;
use crate::world::World;

/// A published line of a fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundLine {
    /// Its identity.
    pub id: FundLineId,
    /// The regime or tariff sheet whose fund it is.
    pub sheet: RegimeId,
    /// The period of the entries, or in which it was spent.
    pub period: PeriodId,
    /// The units whose entries it gathers; none where something was spent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// The entries, each with what it brought; negative where one was taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<(EntryId, Fen)>,
    /// What came in; negative for what was spent.
    pub amount: Fen,
    /// What it was spent on, or a note.
    pub words: String,
    /// Who published it.
    pub published: Signed,
}

/// Says whether the money of a tariff goes to its fund.
pub fn goes_to_fund(tariff: &Tariff) -> bool {
    let money = tariff.money.as_ref();
    tariff.to_fund && money.is_some_and(|money| money.on && !money.to_be_set)
}

/// The fund of a regime or of a tariff sheet.
pub fn of(organisation: &Organisation, sheet: RegimeId) -> Option<&Fund> {
    if let Some(version) = organisation.sheets.get(&sheet) {
        return version.sheet.fund.as_ref();
    }
    let regime = organisation.regimes.get(&sheet)?;
    regime.regime().money.fund.as_ref()
}

/// What entries of some ledgers have brought into a fund beyond what was published.
pub fn due(
    world: &World,
    sheet: RegimeId,
    period: PeriodId,
    units: &[UnitId],
) -> Vec<(EntryId, Fen)> {
    let organisation = world.organisation();
    let mut owed: BTreeMap<EntryId, i64> = BTreeMap::new();
    for unit in units {
        let Some(entries) = world.ledger(*unit, period) else {
            continue;
        };
        let counted = ledger::counted(organisation, entries);
        for entry in ledger::standing(entries) {
            let tariff = ledger::tariff(organisation, sheet, &entry.tariff);
            if entry.sheet == sheet && tariff.is_some_and(goes_to_fund) {
                owed.insert(entry.id, counted[&entry.id].money.0);
            }
        }
        // What was published of this unit and stands no more comes off again.
        let published = organisation.fund_lines.values();
        let published = published.filter(|line| line.sheet == sheet && line.period == period);
        for (entry, amount) in published.flat_map(|line| &line.entries) {
            if entries.contains_key(entry) {
                *owed.entry(*entry).or_default() -= amount.0;
            }
        }
    }
    let open = owed.into_iter().filter(|(_, fen)| *fen != 0);
    open.map(|(entry, fen)| (entry, Fen(fen))).collect()
}

/// What a fund holds, by all that was published.
pub fn balance(organisation: &Organisation, sheet: RegimeId) -> Fen {
    let lines = organisation.fund_lines.values();
    Fen(lines
        .filter(|line| line.sheet == sheet)
        .map(|line| line.amount.0)
        .sum())
}

/// Digest of what would be published, which whoever publishes it has seen.
pub fn seen(entries: &[(EntryId, Fen)]) -> String {
    canonical::digest("jihe/fund/1", entries)
}
