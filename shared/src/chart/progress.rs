//! Period progress: how many items were to be done, and are done, by each working day.
//!
//! What falls on a day off stands on the next working day; what falls outside the period stands at
//! its nearer end, so that the last column always tells the whole.

use super::{binding, done_on, due, working_days};
use crate::id::{PeriodId, UnitId};
use crate::moment::Day;
use crate::world::World;

/// One working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The day.
    pub day: Day,
    /// Items due by its end.
    pub planned: u32,
    /// Items done by its end; `None` for days to come.
    pub done: Option<u32>,
}

/// The progress of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its working days.
    pub days: Vec<At>,
    /// All items.
    pub all: u32,
    /// Items without a due day; they are planned for the last working day.
    pub undated: u32,
}

impl Progress {
    /// Items planned and done by today, or by the end of a period that is over.
    pub fn now(&self) -> Option<At> {
        self.days.iter().rfind(|at| at.done.is_some()).copied()
    }
}

/// Counts the progress of a period, of one unit or of all that this side holds.
///
/// `None` for an unknown period and for one without a working day.
pub fn progress(
    world: &World,
    period: PeriodId,
    unit: Option<UnitId>,
    today: Day,
) -> Option<Progress> {
    let organisation = world.organisation();
    let period = organisation.periods.get(&period)?;
    let days = working_days(organisation, period, unit);
    let last = days.len().checked_sub(1)?;
    let column = |day: Day| days.partition_point(|working| *working < day).min(last);
    let mut planned = vec![0_u32; days.len()];
    let mut done = vec![0_u32; days.len()];
    let (mut all, mut undated) = (0, 0);
    for (plan, document) in binding(world, period.id, unit) {
        for item in document.items.values() {
            all += 1;
            let due = due(organisation, period, plan, document, item);
            undated += u32::from(due.is_none());
            planned[due.map_or(last, column)] += 1;
            if let Some(day) = done_on(organisation, document, item.id) {
                done[column(day)] += 1;
            }
        }
    }
    let (mut planned_by, mut done_by) = (0, 0);
    let days = days.iter().zip(planned.iter().zip(&done));
    let days = days.map(|(day, (planned, done))| {
        planned_by += planned;
        done_by += done;
        At {
            day: *day,
            planned: planned_by,
            done: (*day <= today).then_some(done_by),
        }
    });
    Some(Progress {
        days: days.collect(),
        all,
        undated,
    })
}
