//! Spot checks 抽查: some of a period's results are looked at again by somebody who had no part in them.
//!
//! Nobody chooses which. The sample is drawn once for a period, when what it is drawn from stands: the
//! seed is the digest over all published results of the period, the plans are ordered by the digest of
//! seed and plan, and the first of them are drawn. Whoever holds the results draws the same.

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::document::PlanDocument;
use crate::id::{EvidenceId, PeriodId, PersonId, PlanId};
use crate::moment::{Day, Times, UtcMillis};
use crate::organisation::{Office, Organisation};
use crate::period::Period;
use crate::permission;
use crate::plan::{Plan, PlanState, Signed};
use crate::quantity::BasisPoints;
use crate::refusal::Refusal;
use crate::regime::after::SpotChecks;
use crate::regime::cycle::PeriodAct;
use crate::regime::who::Who;
use crate::result::PlanResult;
use crate::world::World;
use crate::{digest, who};

/// What was drawn of a period; there is one of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotSample {
    /// The period.
    pub period: PeriodId,
    /// The digest over the published results, by which the plans are ordered.
    pub seed: String,
    /// How many results there were.
    pub of: u32,
    /// The share that the regime has checked.
    pub share: BasisPoints,
    /// The plans that were drawn, in their order.
    pub drawn: Vec<PlanId>,
    /// Who drew, and when.
    pub signed: Signed,
}

/// What a check of a drawn plan found. The row's key is the plan and the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotCheck {
    /// The plan.
    pub plan: PlanId,
    /// The version of the result that was checked.
    pub version: u32,
    /// Who judged it.
    pub judge: PersonId,
    /// Who checked.
    pub by: PersonId,
    /// Whether it was judged fairly.
    pub fair: bool,
    /// Why.
    pub reason: String,
    /// Evidence on the plan's items that shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
    /// When.
    pub times: Times,
}

/// What can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The seed.
    pub seed: String,
    /// How many results there are.
    pub of: u32,
    /// The plans that are drawn, in their order.
    pub plans: Vec<PlanId>,
}

/// What a drawn sample is to whoever recomputes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redrawn {
    /// The same seed and the same plans.
    Identical,
    /// The results that are held give something else.
    Different,
    /// Not all results that were published then are held here.
    NotHeld,
}

/// The rule by which a period is spot checked, and its share.
pub fn rule(organisation: &Organisation, period: PeriodId) -> Option<&SpotChecks> {
    let (_, _, rules) = organisation.judged(period).ok()?;
    let rule = rules.regime.after.spot_checks.as_ref();
    rule.filter(|_| rules.is_judged() && !rules.cycle.ungraded)
}

/// Draws from all results of a period that this side holds, as they were published until a time.
///
/// Refuses a period without spot checks, and one of which plans are still to be judged: who draws must
/// not choose what is drawn from.
pub fn draw(world: &World, period: PeriodId, at: UtcMillis) -> Result<Drawn, Refusal> {
    let (span, _, _) = world.organisation().judged(period)?;
    let plans = world.documents().filter_map(|(_, one)| one.plan.as_ref());
    let awaited = plans.filter(|plan| is_awaited(span, plan)).count();
    let drawn = order(world, period, at)?;
    if awaited > 0 {
        let plans = u32::try_from(awaited).unwrap_or(u32::MAX);
        return Err(Refusal::NotAllJudged { plans });
    }
    Ok(drawn)
}

/// Draws from the results that were published until a time, whatever became of them since.
fn order(world: &World, period: PeriodId, at: UtcMillis) -> Result<Drawn, Refusal> {
    let rule = rule(world.organisation(), period).ok_or(Refusal::NothingToDecide)?;
    let results = world.documents().filter_map(|(_, document)| {
        let plan = document
            .plan
            .as_ref()
            .filter(|plan| plan.period == period)?;
        let result = published(document, at)?;
        Some((plan.id, result.version, digest::result(result)))
    });
    let mut results: Vec<(PlanId, u32, String)> = results.collect();
    results.sort();
    if results.is_empty() {
        return Err(Refusal::NothingToDecide);
    }
    let seed = canonical::digest("jihe/spot_check/1", &(period, &results));
    let mut plans: Vec<PlanId> = results.iter().map(|(plan, ..)| *plan).collect();
    plans.sort_by_cached_key(|plan| canonical::digest("jihe/spot_order/1", &(&seed, plan)));
    let of = plans.len();
    plans.truncate(share_of(of, rule.share));
    Ok(Drawn {
        seed,
        of: u32::try_from(of).unwrap_or(u32::MAX),
        plans,
    })
}

/// A plan that is handed in, is to be judged and still can be.
fn is_awaited(period: &Period, plan: &Plan) -> bool {
    plan.period == period.id
        && matches!(plan.state, PlanState::Submitted | PlanState::Approved)
        && period.done(PeriodAct::JudgingClosed, plan.unit).is_none()
}

/// The version that stood at a time.
fn published(document: &PlanDocument, at: UtcMillis) -> Option<&PlanResult> {
    let mut results = document.results.values();
    results.rfind(|result| result.times.received <= at)
}

/// A share of some plans, rounded up: at least one of any.
fn share_of(plans: usize, share: BasisPoints) -> usize {
    let share = usize::try_from(share.0.max(0)).unwrap_or(0);
    plans
        .saturating_mul(share)
        .div_ceil(10_000)
        .clamp(plans.min(1), plans)
}

/// Draws again what was drawn.
pub fn redraw(world: &World, sample: &SpotSample) -> Redrawn {
    let at = sample.signed.times.received;
    match order(world, sample.period, at) {
        Ok(again) if again.seed == sample.seed && again.plans == sample.drawn => Redrawn::Identical,
        Ok(again) if again.of >= sample.of => Redrawn::Different,
        Ok(_) | Err(_) => Redrawn::NotHeld,
    }
}

/// Says whether a person may draw: one of those whom the regime names for the whole company; where that
/// is nobody, the plan office.
pub fn may_draw(
    organisation: &Organisation,
    rule: &SpotChecks,
    person: PersonId,
    day: Day,
) -> bool {
    let root = organisation.company.as_ref().map(|company| company.root);
    let offices = rule.by.iter().filter(|who| {
        matches!(
            who,
            Who::PlanOffice | Who::Personnel | Who::Payroll | Who::Role(_)
        )
    });
    let named = offices.flat_map(|who| {
        let about = root.map(|root| (person, root));
        about.map_or_else(Vec::new, |about| {
            permission::people_of(organisation, who, about, &[], day)
        })
    });
    let mut named: Vec<PersonId> = named.collect();
    if named.is_empty() {
        named = who::officers(organisation, Office::PlanOffice, day);
    }
    named.contains(&person)
}

/// Who checks a drawn plan: those whom the regime names, never the person or who judged; where that
/// leaves nobody, those who hear an objection instead.
pub fn checkers(
    organisation: &Organisation,
    rule: &SpotChecks,
    (plan, document): (&Plan, &PlanDocument),
    day: Day,
) -> Vec<PersonId> {
    let judged = document.result();
    let judged = judged.map(|result| [Some(result.by), result.on_behalf_of]);
    let mut without: Vec<PersonId> = judged.into_iter().flatten().flatten().collect();
    without.push(plan.owner);
    let items = document.items.values();
    permission::hearers(organisation, &rule.by, (plan, items), &without, day)
}

/// Says whether a plan was drawn and nobody has checked it.
pub fn is_open(organisation: &Organisation, plan: &Plan, document: &PlanDocument) -> bool {
    let sample = organisation.samples.get(&plan.period);
    sample.is_some_and(|sample| sample.drawn.contains(&plan.id)) && document.checks.is_empty()
}

/// Says whether somebody checks a plan on a day.
pub fn checks(
    organisation: &Organisation,
    (plan, document): (&Plan, &PlanDocument),
    person: PersonId,
    day: Day,
) -> bool {
    let judged = matches!(plan.state, PlanState::Published | PlanState::Sealed);
    judged
        && is_open(organisation, plan, document)
        && rule(organisation, plan.period).is_some_and(|rule| {
            checkers(organisation, rule, (plan, document), day).contains(&person)
        })
}
