//! Results of others as facts: the department's, the same owner's of other cycles, the head's.

use crate::digest;
use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::Period;
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
        let mut found = Vec::new();
        for choices in sought(self.organisation, self.plan, self.period, of, self.day) {
            for one in choices {
                let Sought {
                    unit,
                    period,
                    scope,
                    owner,
                } = one;
                match self.world.plan_of(unit, period, scope, owner, self.day) {
                    Held::Present(plan) => {
                        found.push(plan.id);
                        break;
                    }
                    Held::Absent => {}
                    Held::NotHeld => return Err(Stop::NotHeld),
                }
            }
        }
        found.retain(|plan| *plan != self.plan.id);
        Ok(found)
    }

    fn known(&self, plan: PlanId, bands: &[String]) -> Result<Option<KnownResult>, Stop> {
        let Held::Present((found, document)) = self.world.plan(plan) else {
            return Err(Stop::NotHeld);
        };
        let published = matches!(found.state, PlanState::Published | PlanState::Sealed);
        match document.result() {
            // A grade that is not decided yet is not known, whatever the points are.
            Some(result) => {
                Ok(Some(fact(result, bands))
                    .filter(|known| bands.is_empty() || known.band.is_some()))
            }
            // It is published and stands where this side may not look.
            None if published => Err(Stop::NotHeld),
            None => Ok(None),
        }
    }
}

/// A plan whose result another takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sought {
    pub(crate) unit: UnitId,
    pub(crate) period: PeriodId,
    pub(crate) scope: Scope,
    /// Whose it is, where it is personal.
    pub(crate) owner: PersonId,
}

impl Sought {
    /// Says whether a plan is the one.
    pub(crate) fn is(&self, plan: &Plan) -> bool {
        (plan.unit, plan.period, plan.scope) == (self.unit, self.period, self.scope)
            && (self.scope == Scope::Unit || plan.owner == self.owner)
    }
}

/// The plans whose results a plan takes; of each choice the first that is there counts.
pub(crate) fn sought(
    organisation: &Organisation,
    plan: &Plan,
    period: &Period,
    of: ResultOf,
    day: Day,
) -> Vec<Vec<Sought>> {
    let Plan {
        unit, scope, owner, ..
    } = *plan;
    let one = |unit, period, scope, owner| Sought {
        unit,
        period,
        scope,
        owner,
    };
    match of {
        ResultOf::Department => {
            // A unit's own plan looks at the unit above.
            let above = organisation.upwards(unit).nth(1);
            let unit = if scope == Scope::Unit {
                above
            } else {
                Some(unit)
            };
            let department = |unit| vec![one(unit, period.id, Scope::Unit, owner)];
            unit.map(department).into_iter().collect()
        }
        ResultOf::Responsibility => {
            let head = organisation.head(unit, day);
            let own = head.map(|head| one(unit, period.id, Scope::Personal, head));
            let unit = one(unit, period.id, Scope::Unit, head.unwrap_or(owner));
            vec![own.into_iter().chain([unit]).collect()]
        }
        ResultOf::Cycle { kind, nth } => {
            let periods = organisation.periods.values();
            let within = |from, to| period.from <= from && to <= period.to;
            let mut periods: Vec<_> = periods
                .filter(|one| one.kind == kind && within(one.from, one.to))
                .collect();
            periods.sort_by_key(|one| (one.from, one.id));
            let wanted = nth.and_then(|nth| usize::try_from(nth).ok());
            let periods = periods.into_iter().enumerate();
            let periods = periods.filter(|(at, _)| wanted.is_none_or(|nth| at + 1 == nth));
            periods
                .map(|(_, other)| vec![one(unit, other.id, scope, owner)])
                .collect()
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
