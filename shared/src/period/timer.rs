//! Timers: acts on a period that a regime lets be done when a deadline passes.
//!
//! A timer has no rights of its own. It acts for who opened the period, while that person runs the
//! plans; after that it waits until somebody does the act by hand.

use super::Period;
use crate::deadline::{self, Scene};
use crate::id::{PeriodId, PersonId};
use crate::moment::UtcMillis;
use crate::organisation::Organisation;
use crate::permission;
use crate::regime::cycle::{PeriodAct, Timer};

/// A timer whose deadline has passed, and whose act is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The period.
    pub period: PeriodId,
    /// The act.
    pub act: PeriodAct,
    /// For whom it acts; `None` where nobody is left to act for.
    pub actor: Option<PersonId>,
}

/// When a timer of a period goes off, by the calendar of the whole company.
pub fn at(organisation: &Organisation, period: &Period, timer: &Timer) -> Option<UtcMillis> {
    let rules = organisation.rules(period)?;
    let root = organisation.company.as_ref()?.root;
    let days = organisation.work_days(root);
    let scene = Scene {
        period,
        days: &days,
        rules: &rules.cycle.deadlines,
        due: None,
        delivered: None,
    };
    deadline::of_plan_step(&timer.step, &scene).map(|deadline| deadline.at)
}

/// The timers that have gone off by a time and whose acts are not done for all units, the earliest
/// periods first.
pub fn due(organisation: &Organisation, now: UtcMillis) -> Vec<Due> {
    let today = now.day(organisation.utc_offset());
    let mut periods: Vec<&Period> = organisation.periods.values().collect();
    periods.sort_by_key(|period| (period.from, period.id));
    let mut found = Vec::new();
    for period in periods {
        let Some(rules) = organisation.rules(period) else {
            continue;
        };
        let opened = period.opened.as_ref().map(|opened| opened.by);
        let actor = opened.filter(|by| permission::may_run_plans(organisation, *by, today));
        for timer in &rules.cycle.timers {
            let passed = at(organisation, period, timer).is_some_and(|at| at < now);
            if passed && !period.done_for(timer.act, &[]) {
                found.push(Due {
                    period: period.id,
                    act: timer.act,
                    actor,
                });
            }
        }
    }
    found
}
