//! Lateness as a fact: how many days and hours after its deadline an act counts.
//!
//! What was decided about a claim stands; what nobody decided counts as the regime says.

use crate::deadline::{Act, Timed, Timeliness, label, late, of_due, settled};
use crate::moment::{Day, Times};
use crate::refusal::Refusal;
use crate::regime::deadlines::{CountedTime, PlanStep};
use crate::report::Report;
use crate::result::engine_3::inputs::Late;
use crate::world::Stop;

use super::Asked;

impl Asked<'_> {
    /// How late a completion is for a due day.
    pub(super) fn late_report(&self, report: &Report, due: Day) -> Result<Late, Stop> {
        let days = self.organisation.work_days(self.plan.unit);
        let deadline = of_due(due, &days);
        let act = Act {
            times: &report.times,
            happened: Some(report.happened),
        };
        let lateness = &self.rules.regime.lateness;
        let timed = Timed {
            label: label(lateness, lateness.counts, act, &deadline, &days),
            deadline,
            decided: report
                .timed
                .as_ref()
                .and_then(|timed| timed.decided.clone()),
        };
        self.counted(act, &timed, lateness.counts)
    }

    /// How late an act of the plan is for its deadline.
    pub(super) fn late_act(
        &self,
        step: &PlanStep,
        times: &Times,
        beside: Option<&Timed>,
    ) -> Result<Late, Stop> {
        let happened = None;
        let act = Act { times, happened };
        match beside {
            Some(found) => self.counted(act, found, self.rules.counts(step)),
            None => Ok(Late::default()),
        }
    }

    fn counted(&self, act: Act<'_>, timed: &Timed, counts: CountedTime) -> Result<Late, Stop> {
        let lateness = &self.rules.regime.lateness;
        let Some(in_time) = settled(timed, lateness.undecided) else {
            return Err(Refusal::FieldMissing {
                item: None,
                field: "lateness".to_owned(),
            }
            .into());
        };
        if in_time {
            return Ok(Late::default());
        }
        let days = self.organisation.work_days(self.plan.unit);
        let timed = (&timed.deadline, Timeliness::Late, None);
        Ok(late(counts, act, timed, &days))
    }
}
