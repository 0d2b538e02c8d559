//! Readiness 归档条件: what a person's result still lacks, and what would be sealed once nothing is
//! missing.
//!
//! A late head never stops the pay of others: past the deadline for filing a missing publication
//! becomes a provisional coefficient, and whoever was away too long is not assessed at all.

use crate::deadline::{self, Deadline, DeadlineStep};
use crate::digest;
use crate::id::{PeriodId, PersonId, PlanId, UnitId};
use crate::moment::{Day, InForce, Times, UtcMillis};
use crate::organisation::Organisation;
use crate::period::Period;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::regime::people::People;
use crate::regime::{Regime, RegimeVersion, Rules};
use crate::result::{self, Computed, PlanResult, Step};
use crate::world::{PlanDocument, Stop, World};

use super::closed::{self, Filled, Stand};
use super::derive;
use super::{Assessment, Delivery, Missing, SealedPart, SealedResult, notice};

mod after;
mod there;

pub(crate) use after::Shown;
pub use there::is_assessed;

/// The window in which a delivered result can be objected to; it ends at a close of work.
pub fn window(
    organisation: &Organisation,
    regime: &Regime,
    plan: &Plan,
    delivery: &Delivery,
) -> Deadline {
    let days = organisation.work_days(plan.unit);
    let working_days = regime.after.objection.days;
    deadline::window(delivery.times.received, working_days, &days)
}

/// A person's plans of a period that this side holds, in order of the stays that they are for.
pub fn plans_of(world: &World, person: PersonId, period: PeriodId) -> Vec<PlanId> {
    let documents = world.documents().filter_map(|(_, d)| d.plan.as_ref());
    let plans = documents.filter(|plan| plan.owner == person && plan.period == period);
    in_order(world.organisation(), person, period, plans.collect())
}

/// A person's plans of a period in order of the stays that they are for.
pub(crate) fn in_order(
    organisation: &Organisation,
    person: PersonId,
    period: PeriodId,
    mut plans: Vec<&Plan>,
) -> Vec<PlanId> {
    let span = organisation.periods.get(&period);
    let stays = span.map_or_else(Vec::new, |p| organisation.stays(person, p.from, p.to));
    // Of a unit to which the person came back, the last stay decides.
    let order = |plan: &Plan| stays.iter().rposition(|stay| stay.unit == plan.unit);
    plans.sort_by_key(|plan| (order(plan), plan.id));
    plans.into_iter().map(|plan| plan.id).collect()
}

/// What a person's result of a period still lacks at a time; empty when it can be sealed.
///
/// Refuses who has no plan at all, and stops where this side does not hold what it takes.
pub fn readiness(
    world: &World,
    person: PersonId,
    period: PeriodId,
    at: UtcMillis,
) -> Result<Vec<Missing>, Stop> {
    let plans = plans_of(world, person, period);
    let nobody = PersonId::from_bits(0);
    match draft(world, &plans, at, nobody) {
        Ok(_) => Ok(Vec::new()),
        Err(Stop::Refused(Refusal::SealNotReady { missing })) => Ok(missing),
        Err(stop) => Err(stop),
    }
}

/// Everything that is asked of the plans that are sealed together.
struct Case<'w> {
    world: &'w World,
    organisation: &'w Organisation,
    period: &'w Period,
    version: &'w RegimeVersion,
    rules: Rules<'w>,
    plans: Vec<(&'w Plan, &'w PlanDocument)>,
    days: (Day, Day),
    at: UtcMillis,
    /// Whether a published result counts before its person has opened and answered it.
    early: bool,
}

/// What would be sealed of a person's plans of a period, in order of time, the last part last.
///
/// `times` and `digest` of the answer are left for the one who seals. Refuses plans that do not
/// belong together, and results that are not ready, with what is missing.
pub fn draft(
    world: &World,
    plans: &[PlanId],
    at: UtcMillis,
    by: PersonId,
) -> Result<SealedResult, Stop> {
    let case = Case::read(world, plans, at)?;
    let (last, document) = case.last()?;
    let assessed = case.assess()?;
    let closed = case.closed(&assessed)?;
    case.planned()?;
    case.public(&assessed, closed.as_ref())?;
    let Assessed {
        assessment,
        parts,
        computed,
        ..
    } = assessed;
    let (total, coefficient) = match &closed {
        Some(ended) => (ended.total, ended.coefficient),
        None => (computed.total, computed.coefficient),
    };
    let before = case.before();
    let mut derivation = computed.derivation;
    derivation.extend(before.map(|before| Step::Replaces {
        version: before.version,
        total: before.total,
        coefficient: before.coefficient,
    }));
    let results: Vec<&PlanResult> = parts.iter().map(|part| part.result).collect();
    let baselines = case.plans.iter().flat_map(|(_, d)| d.baselines.values());
    let sealed_part = |part: &Part<'_>| SealedPart {
        plan: part.result.plan,
        unit: part.result.unit,
        version: part.result.version,
        working_days: part.working_days,
        total: part.result.total,
        digest: digest::result(part.result),
    };
    let newest = document.sealed.last_key_value();
    Ok(SealedResult {
        plan: last.id,
        version: newest.map_or(1, |(version, _)| version + 1),
        person: last.owner,
        period: last.period,
        unit: last.unit,
        assessment,
        parts: parts.iter().map(sealed_part).collect(),
        derivation,
        total,
        coefficient,
        regime_digest: case.version.digest.clone(),
        baseline_digests: baselines.map(|baseline| baseline.digest.clone()).collect(),
        inputs_digest: digest::seal_inputs(&results),
        head_count: head_count(case.organisation, last.unit, case.days),
        engine_version: match case.version.document.v1() {
            Some(_) => result::ENGINE_2,
            None => result::ENGINE_VERSION,
        },
        closed: closed.map(|ended| Box::new(ended.closed)),
        by,
        times: Times {
            claimed: at,
            received: at,
            recorded: at,
        },
        digest: String::new(),
    })
}

/// A person's figures before anything of the cohort.
///
/// Refuses what is not ready, with what is missing.
pub(crate) fn stand(world: &World, plans: &[PlanId], at: UtcMillis) -> Result<Stand, Stop> {
    let case = Case::read(world, plans, at)?;
    let assessed = case.assess()?;
    case.stand(&assessed)
}

/// What a list would say of a person who lacks nothing else; nothing of who is not assessed. Where the
/// regime asks for no notice, it does not wait for the person's answer, but for decisions it does.
///
/// Refuses what is not ready, with what is missing.
pub(crate) fn shown(world: &World, plans: &[PlanId], at: UtcMillis) -> Result<Option<Shown>, Stop> {
    let mut case = Case::read(world, plans, at)?;
    case.early = !case.rules.regime.after.notice;
    let assessed = case.assess()?;
    let closed = case.closed(&assessed)?;
    case.shown(&assessed, closed.as_ref())
}

/// A part that is judged, with its published result, and with the same as it is when what was open
/// in it is filled in.
struct Part<'w> {
    working_days: u32,
    result: &'w PlanResult,
    now: PlanResult,
}

/// A person's parts and what they give.
struct Assessed<'w> {
    assessment: Assessment,
    parts: Vec<Part<'w>>,
    computed: Computed,
    filled: Vec<Filled>,
}

impl<'w> Case<'w> {
    fn read(world: &'w World, plans: &[PlanId], at: UtcMillis) -> Result<Self, Stop> {
        let organisation = world.organisation();
        let mut found = Vec::with_capacity(plans.len());
        for plan in plans {
            found.push(world.plan(*plan).or_not_found("plan")?);
        }
        let Some((last, _)) = found.last() else {
            return Err(Refusal::not_found("plan").into());
        };
        for (at, (plan, _)) in found.iter().enumerate() {
            let twice = found[..at].iter().any(|(other, _)| other.id == plan.id);
            if twice || (plan.owner, plan.period) != (last.owner, last.period) {
                let (field, given) = ("parts".to_owned(), plan.id.to_string());
                return Err(Refusal::UnknownValue { field, given }.into());
            }
        }
        let (period, version, rules) = organisation.judged(last.period)?;
        Ok(Self {
            world,
            organisation,
            period,
            version,
            rules,
            days: rules.assessed_days(period),
            plans: found,
            at,
            early: false,
        })
    }

    const fn people(&self) -> &'w People {
        &self.rules.regime.people
    }

    fn last(&self) -> Result<(&'w Plan, &'w PlanDocument), Stop> {
        let last = self.plans.last().copied();
        last.ok_or_else(|| Refusal::not_found("plan").into())
    }

    /// The last sealed version of any of the plans.
    fn before(&self) -> Option<&'w SealedResult> {
        let sealed = self.plans.iter().flat_map(|(_, d)| d.sealed.values());
        sealed.max_by_key(|sealed| (sealed.times.recorded, sealed.version))
    }

    fn assess(&self) -> Result<Assessed<'w>, Stop> {
        let (last, _) = self.last()?;
        let (person, (from, to)) = (last.owner, self.days);
        let stays = self.organisation.stays(person, from, to);
        let (away, working_days) = self.organisation.away(person, last.unit, &stays, self.days);
        let not_assessed = || {
            let coefficient = self.people().not_assessed;
            let step = Step::NotAssessed {
                away,
                working_days,
                coefficient,
            };
            let computed = derive::fixed(step, coefficient);
            Ok(Assessed::without(Assessment::NotAssessed, computed))
        };
        if derive::away_too_long(self.people(), away, working_days) {
            return not_assessed();
        }
        let mut spent = there::spent(self.organisation, self.people(), person, self.days);
        let mut missing = Vec::new();
        let mut parts = Vec::new();
        let mut provisional = false;
        for (plan, document) in &self.plans {
            let Some(at) = spent.iter().position(|(unit, _)| *unit == plan.unit) else {
                continue;
            };
            let (_, working_days) = spent.remove(at);
            match self.part(plan, document) {
                Ok(Some(result)) => parts.push((working_days, result)),
                Ok(None) => {}
                Err(Missing::Publication(_)) if self.overdue(plan) => provisional = true,
                Err(lacks) => missing.push(lacks),
            }
        }
        missing.extend(spent.into_iter().map(|(unit, _)| Missing::Part(unit)));
        let filled = self.fill(&parts, &mut missing, &mut provisional)?;
        if provisional {
            let coefficient = self.people().provisional;
            let computed = derive::fixed(Step::Provisional { coefficient }, coefficient);
            return Ok(Assessed::without(Assessment::Provisional, computed));
        }
        if !missing.is_empty() {
            return Err(Refusal::SealNotReady { missing }.into());
        }
        if parts.is_empty() {
            return not_assessed();
        }
        let fill = |(working_days, result): (u32, &'w PlanResult)| {
            let now = closed::filled(&self.version.document, result, &filled)?;
            Ok(Part {
                working_days,
                result,
                now,
            })
        };
        let parts: Vec<Part<'w>> = parts
            .into_iter()
            .map(fill)
            .collect::<Result<_, Refusal>>()?;
        let computed = derive::of_parts(&self.version.document, &weighed(&parts))?;
        Ok(Assessed {
            assessment: Assessment::Assessed,
            parts,
            computed,
            filled,
        })
    }

    /// What was open in published parts and is known now; adds what still is open to what is missing,
    /// or makes the result provisional where that is late itself.
    fn fill(
        &self,
        parts: &[(u32, &PlanResult)],
        missing: &mut Vec<Missing>,
        provisional: &mut bool,
    ) -> Result<Vec<Filled>, Stop> {
        let mut filled = Vec::new();
        for (_, result) in parts {
            let (known, lacks) = self.known_now(result)?;
            filled.extend(known);
            for plan in lacks {
                if self.is_late(plan) {
                    *provisional = true;
                } else {
                    missing.push(Missing::Result(plan));
                }
            }
        }
        Ok(filled)
    }

    /// The result of a part that can be sealed, what it lacks, or none where nothing is scored.
    fn part(
        &self,
        plan: &Plan,
        document: &'w PlanDocument,
    ) -> Result<Option<&'w PlanResult>, Missing> {
        if plan.state == PlanState::Approved && self.scored_next_time(document) {
            return Ok(None);
        }
        if !matches!(plan.state, PlanState::Published | PlanState::Sealed) {
            return Err(Missing::Publication(plan.id));
        }
        let Some(result) = document.result() else {
            return Err(Missing::Publication(plan.id));
        };
        let of = (plan, document);
        let lacks = notice::lacks(self.organisation, self.rules.regime, of, result, self.at);
        let lacks = lacks.filter(|one| !(self.early && notice::is_the_persons(*one)));
        match lacks {
            None => Ok(Some(result)),
            Some(lacks) => Err(lacks),
        }
    }

    /// Says whether all that could be scored of a plan is scored in the next period.
    fn scored_next_time(&self, document: &PlanDocument) -> bool {
        let later = result::deferred(self.rules, self.period, document);
        let mut weighted = document.items.values().filter(|item| item.weight.0 > 0);
        !later.is_empty() && weighted.all(|item| later.iter().any(|later| later.item == item.id))
    }

    /// Says whether a plan that the superior has is past the deadline for filing.
    fn overdue(&self, plan: &Plan) -> bool {
        let with_superior = matches!(plan.state, PlanState::Submitted | PlanState::Approved);
        let days = self.organisation.work_days(plan.unit);
        let filing = deadline::of_step(self.rules, DeadlineStep::Filing, self.period, &days);
        with_superior && filing.is_some_and(|filing| self.at > filing.at)
    }
}

impl Assessed<'_> {
    /// Somebody without parts that count.
    const fn without(assessment: Assessment, computed: Computed) -> Self {
        Self {
            assessment,
            parts: Vec::new(),
            computed,
            filled: Vec::new(),
        }
    }
}

/// The parts as they are now, with their working days.
fn weighed<'p>(parts: &'p [Part<'_>]) -> Vec<(u32, &'p PlanResult)> {
    let weighed = |part: &'p Part<'_>| (part.working_days, &part.now);
    parts.iter().map(weighed).collect()
}

/// How many people have a post in the unit on one of the assessed days.
fn head_count(organisation: &Organisation, unit: UnitId, (from, to): (Day, Day)) -> u32 {
    let posts = organisation.assignments_within(InForce::within(from, to));
    let of_unit = posts.filter(|post| post.unit == unit);
    let mut people: Vec<PersonId> = of_unit.map(|post| post.person).collect();
    people.sort_unstable();
    people.dedup();
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}
