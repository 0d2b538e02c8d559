//! Arguments of the acts on whole periods.

use serde::{Deserialize, Serialize};

use crate::id::{PeriodId, UnitId};
use crate::regime::cycle::PeriodAct;

/// Marks that an act on a period is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkPeriod {
    /// The period.
    pub period: PeriodId,
    /// The act.
    pub act: PeriodAct,
    /// The units that it is about; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// How many things were still open on the list that its maker saw.
    pub open: u32,
    /// Why; never empty while something is open, and for a correction round.
    pub reason: String,
}
