//! What one document holds of payroll: bases, minimum wages and batches, payables, or slips.

use std::collections::BTreeMap;

use crate::id::{MinimumWageId, PayBaseId, PersonId};
use crate::moment::Day;
use crate::row::{Row, RowKey, RowKind};
use crate::world::World;

use super::base::base_on;
use super::{MinimumWage, PayBase, PayBatch, PayLine, PaySlip, Payable};

/// What one document holds of payroll.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// Pay bases.
    pub bases: BTreeMap<PayBaseId, PayBase>,
    /// Minimum wages.
    pub minimums: BTreeMap<MinimumWageId, MinimumWage>,
    /// Batches, by number.
    pub batches: BTreeMap<u32, PayBatch>,
    /// What payroll learns of sealed results, by the bits of their keys.
    pub payables: BTreeMap<u128, Payable>,
    /// Slips, by the bits of their keys.
    pub slips: BTreeMap<u128, PaySlip>,
}

impl Book {
    /// Puts a row where it belongs.
    pub(crate) fn put(&mut self, row: Row) {
        match row {
            Row::PayBase(base) => {
                self.bases.insert(base.id, base);
            }
            Row::MinimumWage(wage) => {
                self.minimums.insert(wage.id, wage);
            }
            Row::PayBatch(batch) => {
                self.batches.insert(batch.number, *batch);
            }
            Row::Payable(payable) => {
                self.payables.insert(payable.bits(), *payable);
            }
            Row::PaySlip(slip) => {
                self.slips.insert(slip.bits(), *slip);
            }
            _ => {}
        }
    }

    /// Takes a row away: a device may see it no longer.
    pub(crate) fn remove(&mut self, key: RowKey) {
        match key.kind {
            RowKind::PayBase => drop(self.bases.remove(&PayBaseId::from_bits(key.bits))),
            RowKind::MinimumWage => {
                drop(self.minimums.remove(&MinimumWageId::from_bits(key.bits)));
            }
            RowKind::PayBatch => {
                let number = u32::try_from(key.bits).unwrap_or(0);
                drop(self.batches.remove(&number));
            }
            RowKind::Payable => drop(self.payables.remove(&key.bits)),
            RowKind::PaySlip => drop(self.slips.remove(&key.bits)),
            _ => {}
        }
    }
}

/// Every pay base that this side holds, by person.
pub fn bases(world: &World) -> BTreeMap<PersonId, Vec<&PayBase>> {
    let mut found: BTreeMap<PersonId, Vec<&PayBase>> = BTreeMap::new();
    let document = world.document(super::book());
    for base in document.iter().flat_map(|held| held.payroll.bases.values()) {
        found.entry(base.person).or_default().push(base);
    }
    found
}

/// A person's pay base in force on a day, as far as this side holds it.
pub fn base_of(world: &World, person: PersonId, day: Day) -> Option<&PayBase> {
    let document = world.document(super::book())?;
    let own = document.payroll.bases.values();
    base_on(own.filter(|base| base.person == person), day)
}

/// Every minimum wage that this side holds.
pub fn minimums(world: &World) -> Vec<&MinimumWage> {
    let document = world.document(super::book());
    let held = document.into_iter();
    held.flat_map(|held| held.payroll.minimums.values())
        .collect()
}

/// Every batch that was handed over, as far as this side holds them, by number.
pub fn batches(world: &World) -> Vec<&PayBatch> {
    let document = world.document(super::book());
    let held = document.into_iter();
    held.flat_map(|held| held.payroll.batches.values())
        .collect()
}

/// The slips of a batch, in order of people.
pub fn slips_of(world: &World, month: Day, batch: u32) -> Vec<&PaySlip> {
    let document = world.document(super::month(month));
    let held = document.into_iter();
    let held = held.flat_map(|held| held.payroll.slips.values());
    let mut slips: Vec<&PaySlip> = held.filter(|slip| slip.batch == batch).collect();
    slips.sort_by_key(|slip| slip.person);
    slips
}

/// The lines that earlier batches of some months paid each person, with the batch, in order of batches.
pub fn former(
    world: &World,
    months: impl Iterator<Item = Day>,
) -> BTreeMap<PersonId, Vec<(u32, &PayLine)>> {
    let mut found: BTreeMap<PersonId, Vec<(u32, &PayLine)>> = BTreeMap::new();
    for month in months {
        let document = world.document(super::month(month));
        let slips = document.into_iter();
        for slip in slips.flat_map(|held| held.payroll.slips.values()) {
            let lines = found.entry(slip.person).or_default();
            lines.extend(slip.lines.iter().map(|line| (slip.batch, line)));
        }
    }
    for lines in found.values_mut() {
        lines.sort_by_key(|(batch, _)| *batch);
    }
    found
}
