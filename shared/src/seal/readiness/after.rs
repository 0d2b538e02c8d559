//! What comes between a person's judged parts and the seal: results of others that were open, the
//! cohort, and the list on which grades are made public.
//!
//! What closing saw stays as it saw it: a later result of a department changes nothing alone.

use crate::cohort::CohortResult;
use crate::deadline::{self, Deadline};
use crate::digest;
use crate::id::{PersonId, PlanId, UnitId};
use crate::period::expected;
use crate::public_list;
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::after::Publication;
use crate::regime::cycle::PeriodAct;
use crate::regime::people::NoPlan;
use crate::result::engine_3::{self, Program, Tape};
use crate::result::{PlanResult, facts};
use crate::world::Stop;

use super::super::closed::{self, Closed, Filled, Stand};
use super::super::{Assessment, Missing, derive};
use super::{Assessed, Case, Part, weighed};

/// What a public list says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) person: PersonId,
    /// The plan of the last part, and the version of its result.
    pub(crate) plan: PlanId,
    pub(crate) version: u32,
    /// The unit of the last part.
    pub(crate) unit: UnitId,
    /// Key of the band or the decided grade.
    pub(crate) band: Option<String>,
    pub(crate) total: Points,
}

/// What a person's result comes to in the end.
pub(super) struct Ended {
    pub(super) closed: Closed,
    pub(super) total: Points,
    pub(super) coefficient: BasisPoints,
}

impl<'w> Case<'w> {
    /// What was open in a published result and is known now, and the plans that still are.
    ///
    /// What closing the cohort saw stays as it saw it.
    pub(super) fn known_now(
        &self,
        result: &PlanResult,
    ) -> Result<(Option<Filled>, Vec<PlanId>), Stop> {
        if result.open().next().is_none() {
            return Ok((None, Vec::new()));
        }
        let settled = self.settled().filter(|settled| {
            let mut of = settled.of.iter();
            of.any(|(plan, version, _)| (*plan, *version) == (result.plan, result.version))
        });
        let mut kept = settled.iter().flat_map(|settled| &settled.closed.filled);
        if let Some(filled) = kept.find(|filled| filled.plan == result.plan) {
            return Ok((Some(filled.clone()), Vec::new()));
        }
        let program = self.program()?;
        let day = self.at.day(self.organisation.utc_offset());
        let now = facts::results(self.world, result.plan, result.by, &program, day)?;
        let (mut results, mut lacks) = (Vec::new(), Vec::new());
        for open in result.open() {
            let mut same = now.iter();
            let same = same.find(|one| (one.place, one.plan) == (open.place, open.plan));
            match same.filter(|one| one.known.is_some()) {
                Some(known) => results.push(known.clone()),
                None => lacks.push(open.plan),
            }
        }
        let plan = result.plan;
        let filled = (!results.is_empty()).then_some(Filled { plan, results });
        Ok((filled, lacks))
    }

    fn program(&self) -> Result<Program, Refusal> {
        let program = engine_3::compile(self.rules.regime, self.period.kind);
        program.map_err(|finding| Refusal::RegimeInvalid {
            findings: vec![finding],
        })
    }

    /// What closing the cohort left of the person.
    fn settled(&self) -> Option<&'w CohortResult> {
        let (_, document) = self.plans.last()?;
        document.cohort.as_deref()
    }

    pub(super) fn stand(&self, assessed: &Assessed<'w>) -> Result<Stand, Stop> {
        let (last, _) = self.last()?;
        let of = |part: &Part<'_>| {
            let PlanResult { plan, version, .. } = *part.result;
            (plan, version, digest::result(part.result))
        };
        let (figures, tape) = if assessed.assessment == Assessment::Assessed {
            let parts = weighed(&assessed.parts);
            let program = self.program()?;
            closed::figures(self.rules.regime, &program, &parts, &assessed.computed)?
        } else {
            (derive::no_figures(&assessed.computed), Tape::default())
        };
        Ok(Stand {
            assessment: assessed.assessment,
            plan: last.id,
            period: last.period,
            of: assessed.parts.iter().map(of).collect(),
            filled: assessed.filled.clone(),
            figures,
            tape,
        })
    }

    /// What the cohort, and results that were open, leave of the person's figures.
    pub(super) fn closed(&self, assessed: &Assessed<'w>) -> Result<Option<Ended>, Stop> {
        if assessed.assessment != Assessment::Assessed {
            return Ok(None);
        }
        if !self.rules.is_settled() {
            if assessed.filled.is_empty() {
                return Ok(None);
            }
            let Stand {
                figures,
                tape,
                filled,
                ..
            } = self.stand(assessed)?;
            let ended = Closed::ended(self.rules.regime, &figures, tape, filled);
            return Ok(Some(Ended {
                closed: ended,
                total: figures.total,
                coefficient: figures.coefficient,
            }));
        }
        let (last, _) = self.last()?;
        let Some(settled) = self.settled() else {
            let missing = vec![Missing::Cohort(last.unit)];
            return Err(Refusal::SealNotReady { missing }.into());
        };
        let stand = self.stand(assessed)?;
        if settled.of == stand.of {
            return Ok(Some(Ended {
                closed: settled.closed.clone(),
                total: settled.total,
                coefficient: settled.coefficient,
            }));
        }
        // Judged again after the places were filled: nobody loses one, and the person gains what the
        // total earns.
        let Some(facts) = &settled.closed.facts else {
            return Err(Refusal::not_found("cohort").into());
        };
        let program = self.program()?;
        let after = closed::beyond(&program, last.owner, &stand.figures, facts)?;
        let closed = Closed::of(self.world, &program, &stand, (&after, facts, true))?;
        let held = settled.closed.band == closed.band;
        let over_quota = closed.over_quota && !held;
        Ok(Some(Ended {
            closed: Closed {
                over_quota,
                ..closed
            },
            total: after.total,
            coefficient: after.coefficient,
        }))
    }

    /// Refuses where somebody of the same unit has no plan and the regime seals nothing before.
    pub(super) fn planned(&self) -> Result<(), Stop> {
        if self.rules.regime.people.no_plan != NoPlan::Blocks {
            return Ok(());
        }
        let (last, _) = self.last()?;
        let units = expected::beside(self.organisation, last);
        let day = self.at.day(self.organisation.utc_offset());
        let rules = (self.period, self.rules);
        let missed = expected::missed(self.world, rules, |unit| units.contains(&unit), day)?;
        if missed.is_empty() {
            return Ok(());
        }
        let missing = missed.into_iter().map(|one| Missing::Plan(one.person));
        let missing = missing.collect();
        Err(Refusal::SealNotReady { missing }.into())
    }

    /// What a public list would say of the person; nothing of who is not assessed.
    pub(super) fn shown(
        &self,
        assessed: &Assessed<'w>,
        closed: Option<&Ended>,
    ) -> Result<Option<Shown>, Stop> {
        let (last, document) = self.last()?;
        let judged = assessed.assessment == Assessment::Assessed && !self.rules.cycle.ungraded;
        let Some(part) = assessed.parts.last().filter(|_| judged) else {
            return Ok(None);
        };
        let own = part.now.three.as_ref();
        let (band, total) = match closed {
            Some(ended) => (ended.closed.band.clone(), ended.total),
            None => (
                own.and_then(|three| three.band.clone()),
                assessed.computed.total,
            ),
        };
        let version = document.result().map_or(0, |result| result.version);
        Ok(Some(Shown {
            person: last.owner,
            plan: last.id,
            version,
            unit: last.unit,
            band,
            total,
        }))
    }

    /// Refuses who stands in a band that is made public first, until the list has hung and nobody's
    /// objection to it is open.
    pub(super) fn public(
        &self,
        assessed: &Assessed<'w>,
        closed: Option<&Ended>,
    ) -> Result<(), Stop> {
        let Some(publication) = &self.rules.regime.after.publication else {
            return Ok(());
        };
        let Some(shown) = self.shown(assessed, closed)? else {
            return Ok(());
        };
        let named = |band: &String| publication.bands.contains(band);
        if !publication.bands.is_empty() && !shown.band.as_ref().is_some_and(named) {
            return Ok(());
        }
        let hung = public_list::hung(self.organisation, publication, self.period.id, &shown);
        let missing = match hung.or_else(|| self.marked(publication, shown.unit)) {
            None => Missing::Notice,
            Some(end) if self.at <= end.at => Missing::Hanging(end.day),
            Some(_) if self.is_contested(&shown) => Missing::Decision(shown.plan),
            Some(_) => return Ok(()),
        };
        let missing = vec![missing];
        Err(Refusal::SealNotReady { missing }.into())
    }

    /// The end of what hung before there were lists: a mark alone said that it did.
    fn marked(&self, publication: &Publication, unit: UnitId) -> Option<Deadline> {
        let mut lists = self.organisation.lists.values();
        if lists.any(|list| list.period == self.period.id && list.is_about(unit)) {
            return None;
        }
        let mark = self.period.done(PeriodAct::Published, unit)?;
        let days = self.organisation.work_days(unit);
        let hung = mark.signed.times.received;
        Some(deadline::window(hung, publication.days, &days))
    }

    /// Says whether an objection to the person's name on a list waits for its decision.
    fn is_contested(&self, shown: &Shown) -> bool {
        let document = self.world.document(shown.plan);
        let plan = document.and_then(|document| document.plan.as_ref());
        plan.is_some_and(|plan| plan.contested.contains(&shown.version))
    }

    /// Says whether another plan, whose result is open, is past its own deadline for filing.
    pub(super) fn is_late(&self, plan: PlanId) -> bool {
        let found = self.world.document(plan).and_then(|d| d.plan.as_ref());
        found.is_some_and(|plan| plan.period == self.period.id && self.overdue(plan))
    }
}
