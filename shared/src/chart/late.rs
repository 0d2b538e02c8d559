//! Who is late: for each person or unit, how many items were overdue at the end of each working day.
//!
//! An item is overdue from the end of its due day until the day on which it is done; today is not
//! over yet. Who was never late has no row.

use std::collections::BTreeMap;

use super::{binding, done_on, due, working_days};
use crate::id::{PeriodId, PersonId, UnitId};
use crate::moment::Day;
use crate::world::World;

/// Whose row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// The responsible person.
    Person(PersonId),
    /// The unit of the plan.
    Unit(UnitId),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Whose.
    pub who: Who,
    /// Overdue items at the end of each day.
    pub overdue: Vec<u32>,
}

/// The heat map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// The working days until today.
    pub days: Vec<Day>,
    /// The rows, the latest first.
    pub rows: Vec<Row>,
    /// How many people or units have items and were never late.
    pub in_time: usize,
}

/// Counts who is late in a period; `by_unit` puts units in the rows instead of people.
///
/// `None` for an unknown period, and before its first working day.
pub fn late(
    world: &World,
    period: PeriodId,
    unit: Option<UnitId>,
    by_unit: bool,
    today: Day,
) -> Option<Late> {
    let organisation = world.organisation();
    let period = organisation.periods.get(&period)?;
    let mut days = working_days(organisation, period, unit);
    days.retain(|day| *day <= today);
    days.last()?;
    let mut rows: BTreeMap<Who, Vec<u32>> = BTreeMap::new();
    for (plan, document) in binding(world, period.id, unit) {
        for item in document.items.values() {
            let who = if by_unit {
                Who::Unit(plan.unit)
            } else {
                Who::Person(item.responsible.unwrap_or(plan.owner))
            };
            let row = rows.entry(who).or_insert_with(|| vec![0; days.len()]);
            let Some(due) = due(organisation, period, plan, document, item) else {
                continue;
            };
            let done = done_on(organisation, document, item.id);
            for (day, count) in days.iter().zip(row) {
                let passed = due < *day || (due == *day && *day < today);
                *count += u32::from(passed && done.is_none_or(|done| done > *day));
            }
        }
    }
    let (never, mut rows): (Vec<Row>, Vec<Row>) = rows
        .into_iter()
        .map(|(who, overdue)| Row { who, overdue })
        .partition(|row| row.overdue.iter().all(|count| *count == 0));
    rows.sort_by_key(|row| {
        let now = row.overdue.last().copied();
        std::cmp::Reverse((now, row.overdue.iter().sum::<u32>()))
    });
    Some(Late {
        days,
        rows,
        in_time: never.len(),
    })
}
