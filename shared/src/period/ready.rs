//! Readiness of a period: what is still open before an act on it, for the list that its maker signs.
//!
//! Nothing on the list stops an act but a claim that the regime wants decided first: a late head
//! never stops the others, and what was open is kept with the act.

use std::collections::BTreeSet;

use super::covered::not_covered;
use super::{Period, expected, nest};
use crate::carry;
use crate::change_request::ChangeState;
use crate::deadline::{Timed, Timeliness, settled};
use crate::id::{ItemId, PersonId, PlanId, UnitId};
use crate::item::LineageKind;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::partition::PartitionId;
use crate::plan::{Plan, PlanState, Scope};
use crate::regime::Rules;
use crate::regime::coverage::PlansOf;
use crate::regime::cycle::PeriodAct;
use crate::regime::deadlines::Undecided;
use crate::regime::people::NoPlan;
use crate::seal::notice;
use crate::spot_check;
use crate::world::{PlanDocument, World};

/// Something that is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// Whether the unit, or its people, have plans cannot be told from here.
    Unseen(UnitId),
    /// The unit has no plan.
    NoPlan(UnitId),
    /// The person has no plan of his or her own.
    NoOwnPlan(UnitId, PersonId),
    /// The person has no plan and counts zero in the cohort.
    CountsZero(UnitId, PersonId),
    /// The person has no plan, and nothing is sealed before there is one.
    Blocks(UnitId, PersonId),
    /// The plan is not handed in.
    NotHandedIn(PlanId),
    /// The plan waits for a signature.
    NotSigned(PlanId),
    /// The item has no part in any plan of the shorter periods into which it must be split.
    NotSplit(PlanId, ItemId),
    /// A change of the plan is asked and not decided.
    ChangeOpen(PlanId),
    /// A late act claims to have been in time, and nobody has decided.
    Undecided(PlanId),
    /// The plan is not judged.
    NotJudged(PlanId),
    /// The notice of the result is not settled: not delivered, not answered, or not decided.
    NotAnswered(PlanId),
    /// The cohort that decides about the result is not settled.
    NotSettled(PlanId),
    /// The result is not sealed.
    NotSealed(PlanId),
    /// The regime has some results checked, and none was drawn.
    NotDrawn,
    /// The plan was drawn to be checked, and nobody has stated what the check found.
    NotChecked(PlanId),
}

impl Open {
    /// Whether it is known to be open: what cannot be told from here is not counted with an act.
    pub const fn is_known(self) -> bool {
        !matches!(self, Self::Unseen(_))
    }
}

/// Lists what is still open before an act, for some units or for all where none is named, of what
/// this side holds; in order of units and plans.
pub fn open(
    world: &World,
    period: &Period,
    act: PeriodAct,
    units: &[UnitId],
    day: Day,
) -> Vec<Open> {
    let organisation = world.organisation();
    let Some(rules) = organisation.rules(period) else {
        return Vec::new();
    };
    let about = |unit: UnitId| units.is_empty() || units.contains(&unit);
    let documents = world.documents().filter_map(|(_, document)| {
        let plan = document.plan.as_ref()?;
        (plan.period == period.id && about(plan.unit)).then_some((plan, document))
    });
    let documents: Vec<(&Plan, &PlanDocument)> = documents.collect();
    let settled = settled_parts(world, period);
    let mut found = Vec::new();
    if act == PeriodAct::SubmissionClosed {
        without_plan(world, (period, rules), &documents, about, day, &mut found);
    }
    if matches!(
        act,
        PeriodAct::Settled | PeriodAct::Published | PeriodAct::Sealed
    ) {
        // Where this side cannot know who has a plan, the server says so when something is sealed.
        let missed = expected::missed(world, (period, rules), about, day).unwrap_or_default();
        found.extend(
            missed
                .into_iter()
                .map(|one| match rules.regime.people.no_plan {
                    NoPlan::Blocks => Open::Blocks(one.unit, one.person),
                    NoPlan::CountsZero | NoPlan::NotAssessed => {
                        Open::CountsZero(one.unit, one.person)
                    }
                }),
        );
    }
    if act == PeriodAct::Sealed
        && units.is_empty()
        && spot_check::rule(organisation, period.id).is_some()
        && !organisation.samples.contains_key(&period.id)
    {
        found.push(Open::NotDrawn);
    }
    for (plan, document) in documents {
        if act == PeriodAct::Sealed && spot_check::is_open(organisation, plan, document) {
            found.push(Open::NotChecked(plan.id));
        }
        let seen = (organisation.as_ref(), rules, &settled);
        of_plan(seen, (act, day), plan, document, &mut found);
        if act == PeriodAct::JudgingClosed && rules.cycle.splits_into.is_some() {
            unsplit(world, period, plan, document, &mut found);
        }
    }
    found
}

/// Says whether something on the list stops the act: only a claim that the regime wants decided.
pub fn stops(organisation: &Organisation, period: &Period, act: PeriodAct, open: &[Open]) -> bool {
    let rules = organisation.rules(period);
    let waits = rules.is_some_and(|rules| rules.regime.lateness.undecided == Undecided::Blocks);
    let claim = |open: &Open| matches!(open, Open::Undecided(_));
    act == PeriodAct::JudgingClosed && waits && open.iter().any(claim)
}

/// Units, or people, that are covered and have no plan; of those whose plans this side does not hold,
/// the unit.
fn without_plan(
    world: &World,
    (period, rules): (&Period, Rules<'_>),
    documents: &[(&Plan, &PlanDocument)],
    about: impl Fn(UnitId) -> bool,
    today: Day,
    found: &mut Vec<Open>,
) {
    let organisation = world.organisation();
    let coverage = &rules.regime.coverage;
    let day = period.coverage_day(today);
    let unseen = |partition| !world.holds(partition, today);
    let covered = |scope, owner| not_covered(organisation, coverage, scope, owner, day).is_none();
    let made: BTreeSet<(UnitId, Scope, Option<PersonId>)> = documents
        .iter()
        .map(|(plan, _)| {
            let owner = (plan.scope == Scope::Personal).then_some(plan.owner);
            (plan.unit, plan.scope, owner)
        })
        .collect();
    let units = organisation.units.values();
    let units = units.filter(|unit| unit.in_force.covers(day) && about(unit.id));
    for unit in units {
        if coverage.plans == PlansOf::Personal {
            let members = organisation.assignments.values();
            let members = members.filter(|held| held.unit == unit.id && held.in_force.covers(day));
            let members: BTreeSet<PersonId> = members.map(|held| held.person).collect();
            let own = |person: PersonId| (unit.id, Scope::Personal, Some(person));
            let without = members.into_iter().filter(|person| {
                !made.contains(&own(*person)) && covered(Scope::Personal, (unit.id, *person))
            });
            if unseen(PartitionId::Personal(unit.id, period.id)) {
                found.extend(without.map(|_| Open::Unseen(unit.id)).take(1));
            } else {
                found.extend(without.map(|person| Open::NoOwnPlan(unit.id, person)));
            }
        } else if let Some(head) = organisation.head(unit.id, day)
            && !made.contains(&(unit.id, Scope::Unit, None))
            && covered(Scope::Unit, (unit.id, head))
        {
            let partition = PartitionId::Common(unit.id, period.id);
            found.push(if unseen(partition) {
                Open::Unseen(unit.id)
            } else {
                Open::NoPlan(unit.id)
            });
        }
    }
}

/// What is open of one plan before an act.
fn of_plan(
    (organisation, rules, settled): (&Organisation, Rules<'_>, &BTreeSet<PlanId>),
    (act, day): (PeriodAct, Day),
    plan: &Plan,
    document: &PlanDocument,
    found: &mut Vec<Open>,
) {
    let drafted = plan.is_editable();
    match act {
        PeriodAct::SubmissionClosed => found.extend(drafted.then_some(Open::NotHandedIn(plan.id))),
        PeriodAct::JudgingClosed | PeriodAct::Settled => {
            found.extend(drafted.then_some(Open::NotHandedIn(plan.id)));
            let waits = plan.state == PlanState::Submitted;
            found.extend(waits.then_some(Open::NotSigned(plan.id)));
            let mut requests = document.requests.values();
            let asked = requests.any(|request| request.state == ChangeState::Open);
            found.extend(asked.then_some(Open::ChangeOpen(plan.id)));
            found.extend(claims(plan, document).then_some(Open::Undecided(plan.id)));
            let unjudged = plan.state == PlanState::Approved && rules.is_judged();
            found.extend(unjudged.then_some(Open::NotJudged(plan.id)));
            if act == PeriodAct::Settled {
                let open = unsettled(rules, plan, settled);
                found.extend(open.then_some(Open::NotSettled(plan.id)));
            }
        }
        PeriodAct::Published => {
            let unjudged = rules.is_judged() && !plan.is_judged();
            found.extend(unjudged.then_some(Open::NotJudged(plan.id)));
            let open = unnoticed(organisation, rules, (plan, document), day);
            found.extend(open.then_some(Open::NotAnswered(plan.id)));
            let open = unsettled(rules, plan, settled);
            found.extend(open.then_some(Open::NotSettled(plan.id)));
        }
        PeriodAct::Sealed => {
            let unsealed = plan.state != PlanState::Sealed && rules.is_judged();
            found.extend(unsealed.then_some(Open::NotSealed(plan.id)));
        }
        PeriodAct::Corrected => {}
    }
}

/// Whether the notice of a published result is not settled at the beginning of a day, where the regime
/// asks for it before anything is made public.
fn unnoticed(
    organisation: &Organisation,
    rules: Rules<'_>,
    (plan, document): (&Plan, &PlanDocument),
    day: Day,
) -> bool {
    let regime = rules.regime;
    if !regime.after.notice || plan.state != PlanState::Published {
        return false;
    }
    let morning = organisation.work_days(plan.unit).at(day, 0);
    let of = (plan, document);
    let lacks = |result| notice::lacks(organisation, regime, of, result, morning);
    document.result().and_then(lacks).is_some()
}

/// Whether a published result waits for its cohort.
fn unsettled(rules: Rules<'_>, plan: &Plan, settled: &BTreeSet<PlanId>) -> bool {
    rules.is_settled() && plan.state == PlanState::Published && !settled.contains(&plan.id)
}

/// Plans whose results cohorts have settled. What closing left of a person stands with the last part;
/// the parts before it are settled with it.
fn settled_parts(world: &World, period: &Period) -> BTreeSet<PlanId> {
    let kept = world
        .documents()
        .filter_map(|(_, document)| document.cohort.as_deref());
    let kept = kept.filter(|kept| kept.period == period.id);
    let parts = kept.flat_map(|kept| kept.of.iter().map(|(plan, ..)| *plan).chain([kept.plan]));
    parts.collect()
}

/// Whether a late act of a plan claims to have been in time and waits for its decision.
fn claims(plan: &Plan, document: &PlanDocument) -> bool {
    let waits = |timed: &Timed| {
        timed.label == Timeliness::LateClaimedOnTime && settled(timed, Undecided::Blocks).is_none()
    };
    let submitted = plan
        .submitted
        .as_ref()
        .and_then(|signed| signed.timed.as_deref());
    let reports = document.reports.values();
    let reports = reports.filter(|report| report.stands());
    let reports = reports.filter_map(|report| report.timed.as_deref());
    let scores = document.self_scores.values();
    let scores = scores.filter_map(|score| score.timed.as_deref());
    submitted
        .into_iter()
        .chain(reports)
        .chain(scores)
        .any(waits)
}

/// Items that must be split and were not, once a shorter period of theirs is open.
fn unsplit(
    world: &World,
    period: &Period,
    plan: &Plan,
    document: &PlanDocument,
    found: &mut Vec<Open>,
) {
    if !plan.binds() || nest::children(world.organisation(), period).is_empty() {
        return;
    }
    let drawn: BTreeSet<ItemId> = world
        .documents()
        .flat_map(|(_, other)| other.items.values())
        .filter_map(|item| item.lineage.as_ref())
        .filter(|from| from.kind == LineageKind::Drawn && from.plan == plan.id)
        .map(|from| from.item)
        .collect();
    let items = document.items_in_order().into_iter();
    let without =
        items.filter(|item| !drawn.contains(&item.id) && !carry::finished(document, item.id));
    found.extend(without.map(|item| Open::NotSplit(plan.id, item.id)));
}
