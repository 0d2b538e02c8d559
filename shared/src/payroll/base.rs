//! Pay bases 绩效工资基数 of people and minimum wages of places, each from a day on.
//!
//! Append only: an entry never changes, a later one stands in its place.

use serde::{Deserialize, Serialize};

use crate::id::{MinimumWageId, PayBaseId, PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::plan::Signed;
use crate::quantity::Fen;

/// A person's pay base from a day on. Payroll and the person see it, and nobody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayBase {
    /// Its identity.
    pub id: PayBaseId,
    /// Whose.
    pub person: PersonId,
    /// A month's pay of which a share floats, before anything floats; 0 or more.
    pub amount: Fen,
    /// The first day on which it holds.
    pub from: Day,
    /// Who entered it, when, and on what grounds.
    pub entered: Signed,
}

/// The local minimum wage of a unit and those below it, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinimumWage {
    /// Its identity.
    pub id: MinimumWageId,
    /// Where it holds.
    pub unit: UnitId,
    /// A month's, 0 or more.
    pub amount: Fen,
    /// The first day on which it holds.
    pub from: Day,
    /// Who entered it, when, and by which notice.
    pub entered: Signed,
}

/// The base in force on a day: the one that began last; of two of one day the one entered last.
pub(super) fn base_on<'b>(
    bases: impl Iterator<Item = &'b PayBase>,
    day: Day,
) -> Option<&'b PayBase> {
    let begun = bases.filter(|base| base.from <= day);
    begun.max_by_key(|base| (base.from, base.entered.times.recorded, base.id))
}

/// The minimum wage in force for a unit on a day: its own, else that of the nearest unit above.
pub(super) fn minimum_on(
    organisation: &Organisation,
    minimums: &[&MinimumWage],
    unit: UnitId,
    day: Day,
) -> Option<Fen> {
    organisation.upwards(unit).find_map(|unit| {
        let own = minimums.iter().filter(|one| one.unit == unit);
        let begun = own.filter(|one| one.from <= day);
        let last = begun.max_by_key(|one| (one.from, one.entered.times.recorded, one.id));
        last.map(|one| one.amount)
    })
}
