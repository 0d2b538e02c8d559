//! What comes between a person's judged parts and the seal: results of others that were open, the
//! cohort, and the list on which grades are made public.
//!
//! What closing saw stays as it saw it: a later result of a department changes nothing alone.

use crate::cohort::CohortResult;
use crate::deadline;
use crate::digest;
use crate::id::PlanId;
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::cycle::PeriodAct;
use crate::result::engine_3::{self, Program, Tape};
use crate::result::{PlanResult, facts};
use crate::world::Stop;

use super::super::closed::{self, Closed, Filled, Stand};
use super::super::{Assessment, Missing, derive};
use super::{Assessed, Case, Part, weighed};

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

    /// Refuses who stands in a band that is made public first, until the list has hung.
    pub(super) fn public(
        &self,
        assessed: &Assessed<'w>,
        closed: Option<&Ended>,
    ) -> Result<(), Stop> {
        let publication = self.rules.regime.after.publication.as_ref();
        let (last, _) = self.last()?;
        let judged = assessed.assessment == Assessment::Assessed && !self.rules.cycle.ungraded;
        let Some(publication) = publication.filter(|_| judged) else {
            return Ok(());
        };
        let own = assessed
            .parts
            .last()
            .and_then(|part| part.now.three.as_ref());
        let band = match closed {
            Some(ended) => ended.closed.band.as_ref(),
            None => own.and_then(|three| three.band.as_ref()),
        };
        let named = |band| publication.bands.contains(band);
        if !publication.bands.is_empty() && !band.is_some_and(named) {
            return Ok(());
        }
        let missing = match self.period.done(PeriodAct::Published, last.unit) {
            None => Missing::Notice,
            Some(mark) => {
                let days = self.organisation.work_days(last.unit);
                let hung = mark.signed.times.received;
                let end = deadline::window(hung, publication.days, &days);
                if self.at > end.at {
                    return Ok(());
                }
                Missing::Hanging(end.day)
            }
        };
        let missing = vec![missing];
        Err(Refusal::SealNotReady { missing }.into())
    }

    /// Says whether another plan, whose result is open, is past its own deadline for filing.
    pub(super) fn is_late(&self, plan: PlanId) -> bool {
        let found = self.world.document(plan).and_then(|d| d.plan.as_ref());
        found.is_some_and(|plan| plan.period == self.period.id && self.overdue(plan))
    }
}
