//! Closings: marks that a period is being sealed, for some units or for the whole company.
//!
//! While one is open, nothing of those plans changes but by the seal itself: what was shown and
//! confirmed is what is sealed, however long it takes.

use serde::{Deserialize, Serialize};

use crate::id::{CommandId, PeriodId, PersonId, UnitId};
use crate::moment::Times;
use crate::plan::Plan;

/// A closing. The row's key is the command that began it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The command that began it, by which its job is known too.
    pub id: CommandId,
    /// The period.
    pub period: PeriodId,
    /// The units; empty: all of them.
    pub units: Vec<UnitId>,
    /// Who began it.
    pub by: PersonId,
    /// When.
    pub times: Times,
    /// When it ended; `None` while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Times>,
}

impl Closing {
    /// Says whether it is open and holds a plan still.
    pub fn holds(&self, plan: &Plan) -> bool {
        self.ended.is_none() && self.period == plan.period && self.is_about(&[plan.unit])
    }

    /// Says whether it is about one of some units; none of them named: about all.
    pub fn is_about(&self, units: &[UnitId]) -> bool {
        let both = self.units.is_empty() || units.is_empty();
        both || units.iter().any(|unit| self.units.contains(unit))
    }
}
