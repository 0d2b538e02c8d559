//! Rules of the steps by which a plan comes to stand: whose turn it is, who sees the plan for it, and
//! what a regime asks before a plan is handed in.

use crate::bug::{self, Bug};
use crate::carry;
use crate::id::PersonId;
use crate::item::Item;
use crate::partition::PartitionId;
use crate::permission;
use crate::plan::{Plan, Scope};
use crate::rating;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::grades::GradeBy;
use crate::regime::items::{Consent, RequiredField};
use crate::regime::signing::SignStep;
use crate::regime::who::Who;
use crate::signing::{self, Standing, StepSigned, StepState};
use crate::who;
use crate::world::{Case, Held, PlanDocument, Stop};

/// A step that is this actor's to sign.
pub(super) struct Turn<'r> {
    /// The step.
    pub(super) step: &'r SignStep,
    /// In whose place, where it was delegated.
    pub(super) of: Option<PersonId>,
}

/// Says whether a plan stands by one approval of the superior, as months did before there were steps.
pub(super) fn is_plain(rules: Rules<'_>) -> bool {
    signing::is_plain(&rules.regime.signing.plan)
}

/// Where the signing of a plan stands on this day.
pub(super) fn standing<'r>(
    case: &Case<'_>,
    plan: &'r Plan,
    document: &PlanDocument,
    rules: Rules<'r>,
) -> Standing<'r> {
    let items = document.items.values();
    signing::of_plan(case.organisation(), rules, plan, items, case.today())
}

/// The step that this actor signs now; refuses whose turn it is not yet, and who signs nothing.
pub(super) fn turn<'r>(case: &Case<'_>, standing: &Standing<'r>) -> Result<Turn<'r>, Stop> {
    if let Some((step, of)) = standing.awaits(case.actor) {
        return Ok(Turn {
            step: step.rule,
            of,
        });
    }
    let awaited = standing.awaited().map(|step| step.rule);
    let mut steps = standing.steps.iter();
    let later = steps.any(|step| step.state == StepState::Ahead && step.by(case.actor).is_some());
    let last = standing.steps.last().map(|step| step.rule);
    match awaited {
        // Whoever signs it is told that it stands already, by the state that the plan is in.
        None if standing.people().contains(&case.actor) => {
            let step = last.ok_or(Refusal::Forbidden)?;
            Ok(Turn { step, of: None })
        }
        Some(step) if bug::is(Bug::NoPermission) => Ok(Turn { step, of: None }),
        Some(step) if later => {
            let step = step.name.clone();
            Err(Refusal::WaitsForStep { step }.into())
        }
        _ => Err(Refusal::Forbidden.into()),
    }
}

/// The actor's signature at a step.
pub(super) fn given(
    case: &Case<'_>,
    step: &SignStep,
    of: Option<PersonId>,
    seen: &str,
) -> StepSigned {
    StepSigned {
        step: step.key.clone(),
        by: case.actor,
        of,
        times: case.moment.times(),
        seen: seen.to_owned(),
    }
}

/// The plan with one more signature.
pub(super) fn with(plan: &Plan, signed: StepSigned) -> Plan {
    let mut plan = plan.clone();
    plan.signs.push(signed);
    plan
}

/// Those who sign a plan, get a copy or decide its grade, and do not see it by what they are.
pub(super) fn signers(
    case: &Case<'_>,
    plan: &Plan,
    document: &PlanDocument,
    rules: Rules<'_>,
) -> Vec<PersonId> {
    let (organisation, day) = (case.organisation(), case.today());
    let mut people = standing(case, plan, document, rules).people();
    if !is_plain(rules) || !signing::is_plain(&rules.regime.signing.change) {
        let of = rules.regime.signing.change.iter().flat_map(|step| &step.by);
        let items = document.items.values();
        people.extend(
            of.flat_map(|one| who::seats(organisation, one, plan, items.clone(), day).concat()),
        );
        people.sort_unstable();
        people.dedup();
    }
    if let GradeBy::Decided {
        by, proposed_by, ..
    } = &rules.regime.grades.by
    {
        let items = document.items.values();
        let of = by.iter().chain(proposed_by);
        people.extend(
            of.flat_map(|one| who::seats(organisation, one, plan, items.clone(), day).concat()),
        );
    }
    people.sort_unstable();
    people.dedup();
    unseeing(case, plan, people)
}

/// Those who rate a plan beside the superior, or decide whether what was reported was in time, and do
/// not see it by what they are.
pub(super) fn raters(
    case: &Case<'_>,
    plan: &Plan,
    document: &PlanDocument,
    rules: Rules<'_>,
) -> Vec<PersonId> {
    let (organisation, day) = (case.organisation(), case.today());
    let of = |rater| rating::people(organisation, rater, (plan, document.items.values()), day);
    let mut people: Vec<PersonId> = rating::further(rules).flat_map(of).collect();
    let decider = &rules.regime.lateness.decider;
    if let Who::Personnel | Who::Payroll | Who::Role(_) = decider {
        let named = who::seats(organisation, decider, plan, std::iter::empty(), day);
        people.extend(named.concat());
    }
    people.sort_unstable();
    people.dedup();
    unseeing(case, plan, people)
}

/// Adds to a plan those who came to a role since it was handed in, and says whether there are any.
/// Nobody who saw it is shut out.
pub(super) fn come_to_see(
    case: &Case<'_>,
    plan: &mut Plan,
    document: &PlanDocument,
    rules: Rules<'_>,
) -> bool {
    let signers = signers(case, plan, document, rules);
    let raters = raters(case, plan, document, rules);
    let add = |seeing: &mut Vec<PersonId>, people: Vec<PersonId>| {
        let before = seeing.len();
        seeing.extend(people);
        seeing.sort_unstable();
        seeing.dedup();
        seeing.len() > before
    };
    let more_signers = add(&mut plan.signers, signers);
    let more_raters = add(&mut plan.raters, raters);
    more_signers || more_raters
}

/// Those of some people who do not see a plan by what they are.
fn unseeing(case: &Case<'_>, plan: &Plan, mut people: Vec<PersonId>) -> Vec<PersonId> {
    let (organisation, day) = (case.organisation(), case.today());
    let home = match plan.scope {
        Scope::Unit => PartitionId::Common(plan.unit, plan.period),
        Scope::Personal => PartitionId::Personal(plan.unit, plan.period),
    };
    let judge = permission::judge_of(organisation, plan, day);
    people.retain(|person| {
        let sees = permission::may_see(organisation, *person, day, home);
        !sees && *person != plan.owner && (plan.scope == Scope::Unit || judge != Some(*person))
    });
    people
}

/// Refuses a plan whose helpers have not agreed, where the regime wants that first.
pub(super) fn consented(rules: Rules<'_>, document: &PlanDocument) -> Result<(), Refusal> {
    let items = &rules.regime.items;
    let first = items.consent == Consent::BeforeSubmission
        || items.required.contains(&RequiredField::HelpersConsent);
    if !first {
        return Ok(());
    }
    let open = |item: &&Item| {
        let agreed = |unit| {
            document
                .helps
                .get(&(item.id, unit))
                .is_some_and(|help| help.agreed)
        };
        !item.helpers.iter().all(|unit| agreed(*unit))
    };
    let items = document.items_in_order().into_iter().filter(open);
    let items: Vec<_> = items.map(|item| item.id).collect();
    if items.is_empty() {
        Ok(())
    } else {
        Err(Refusal::ConsentMissing { items })
    }
}

/// Refuses a plan that leaves out what the regime wants carried over from the period before.
pub(super) fn none_left_out(
    case: &Case<'_>,
    plan: &Plan,
    document: &PlanDocument,
    rules: Rules<'_>,
) -> Result<(), Stop> {
    let items = match carry::left_out(case.world, plan, document, rules, case.today()) {
        Held::Present(items) => items,
        Held::Absent => return Ok(()),
        Held::NotHeld => return Err(Stop::NotHeld),
    };
    case.work(items.len())?;
    if items.is_empty() {
        Ok(())
    } else {
        Err(Refusal::CarryMissing { items }.into())
    }
}
