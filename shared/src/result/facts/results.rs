//! Results of others as facts: the department's, the same owner's of other cycles, the head's.

use crate::digest;
use crate::id::PlanId;
use crate::plan::{Plan, PlanState, Scope};
use crate::regime::total::ResultOf;
use crate::result::PlanResult;
use crate::result::engine_3::Program;
use crate::result::engine_3::inputs::{KnownResult, ResultFact};
use crate::world::{Held, Stop};

use super::Asked;

impl Asked<'_> {
    /// The results that the program takes, by place; one that is still open is there without its
    /// figures.
    pub(super) fn results(&self, program: &Program) -> Result<Vec<ResultFact>, Stop> {
        let mut facts = Vec::new();
        for (place, (of, bands)) in (0..).zip(program.taken()) {
            for plan in self.taken(*of)? {
                let known = self.known(plan, bands)?;
                facts.push(ResultFact { place, plan, known });
            }
        }
        Ok(facts)
    }

    fn taken(&self, of: ResultOf) -> Result<Vec<PlanId>, Stop> {
        let Plan {
            unit,
            period,
            scope,
            owner,
            ..
        } = *self.plan;
        let find = |unit, period, scope, owner| {
            let found = self.world.plan_of(unit, period, scope, owner, self.day);
            match found {
                Held::Present(plan) => Ok(Some(plan.id)),
                Held::Absent => Ok(None),
                Held::NotHeld => Err(Stop::NotHeld),
            }
        };
        let found = match of {
            ResultOf::Department => {
                // A unit's own plan looks at the unit above.
                let above = self.organisation.upwards(unit).nth(1);
                let unit = if scope == Scope::Unit {
                    above
                } else {
                    Some(unit)
                };
                match unit {
                    Some(unit) => vec![find(unit, period, Scope::Unit, owner)?],
                    None => Vec::new(),
                }
            }
            ResultOf::Responsibility => match self.organisation.head(unit, self.day) {
                Some(head) => match find(unit, period, Scope::Personal, head)? {
                    None => vec![find(unit, period, Scope::Unit, head)?],
                    found => vec![found],
                },
                None => vec![find(unit, period, Scope::Unit, owner)?],
            },
            ResultOf::Cycle { kind, nth } => {
                let periods = self.organisation.periods.values();
                let within = |from, to| self.period.from <= from && to <= self.period.to;
                let mut periods: Vec<_> = periods
                    .filter(|one| one.kind == kind && within(one.from, one.to))
                    .collect();
                periods.sort_by_key(|one| (one.from, one.id));
                let wanted = nth.and_then(|nth| usize::try_from(nth).ok());
                let periods = periods.into_iter().enumerate();
                let periods = periods.filter(|(at, _)| wanted.is_none_or(|nth| at + 1 == nth));
                periods
                    .map(|(_, one)| find(unit, one.id, scope, owner))
                    .collect::<Result<Vec<_>, _>>()?
            }
        };
        let found = found.into_iter().flatten();
        Ok(found.filter(|plan| *plan != self.plan.id).collect())
    }

    fn known(&self, plan: PlanId, bands: &[String]) -> Result<Option<KnownResult>, Stop> {
        let Held::Present((found, document)) = self.world.plan(plan) else {
            return Err(Stop::NotHeld);
        };
        let published = matches!(found.state, PlanState::Published | PlanState::Sealed);
        match document.result() {
            Some(result) => Ok(Some(fact(result, bands))),
            // It is published and stands where this side may not look.
            None if published => Err(Stop::NotHeld),
            None => Ok(None),
        }
    }
}

fn fact(result: &PlanResult, bands: &[String]) -> KnownResult {
    let band = result.three.as_ref().and_then(|three| three.band.as_ref());
    let band = band.and_then(|band| bands.iter().position(|one| one == band));
    KnownResult {
        version: result.version,
        digest: digest::result(result),
        total: result.total,
        band: band.and_then(|at| u16::try_from(at).ok()),
    }
}
