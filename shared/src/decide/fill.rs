//! Rules of who fills what: sections and sources that a regime gives to somebody, what a signer may
//! add or weigh while signing, and what is entered after the fact.

use crate::id::PlanId;
use crate::item::Item;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::signing::SignStep;
use crate::regime::who::Who;
use crate::who;
use crate::world::{Case, PlanDocument, Stop};

use super::{allow, in_state, period_of, steps};

/// Refuses who may not add an item to a plan now; says whether it is entered after the fact, into a
/// plan that is carried out.
///
/// A plan is filled by who makes it. Whoever a regime names for a section or a source fills that one,
/// also in a plan that is not his or hers; a signer adds what the step lets be added.
pub(super) fn may_add(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    rules: Rules<'_>,
    item: &Item,
) -> Result<bool, Stop> {
    let Plan {
        unit, scope, owner, ..
    } = *plan;
    let (organisation, today) = (case.organisation(), case.today());
    let drafts = permission::may_draft(organisation, case.actor, unit, scope, owner, today);
    let named = is_named(case, (plan, document), rules, item);
    let adds = signing(case, (plan, document), rules)
        .is_some_and(|step| step.adds.contains(&item.section) || step.adds.contains(&item.source));
    allow(drafts || named || adds)?;
    if plan.state == PlanState::Submitted && adds {
        return Ok(false);
    }
    let section = rules.sections().iter().find(|one| one.key == item.section);
    let after = section.is_some_and(|section| section.filled_after);
    let states: &[PlanState] = if after {
        &[PlanState::Draft, PlanState::Returned, PlanState::Approved]
    } else {
        &[PlanState::Draft, PlanState::Returned]
    };
    in_state(plan, states)?;
    may_fill(case, (plan, document), rules, item)?;
    Ok(plan.state == PlanState::Approved)
}

/// Refuses who fills a section, or enters what comes from a source, that the regime gives to others.
pub(super) fn may_fill(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    rules: Rules<'_>,
    item: &Item,
) -> Result<(), Stop> {
    for (field, key, by) in fillers(rules, item) {
        let one_of = who::is_one(
            case.organisation(),
            by,
            case.actor,
            (plan, document.items.values()),
            case.today(),
        );
        if !by.is_empty() && !one_of {
            let (field, key) = (field.to_owned(), key.to_owned());
            return Err(Refusal::FilledByOthers { field, key }.into());
        }
    }
    Ok(())
}

/// Whether the regime names the actor for the item's section or source.
fn is_named(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    rules: Rules<'_>,
    item: &Item,
) -> bool {
    let (organisation, today) = (case.organisation(), case.today());
    fillers(rules, item).any(|(_, _, by)| {
        who::is_one(
            organisation,
            by,
            case.actor,
            (plan, document.items.values()),
            today,
        )
    })
}

/// The section and the source of an item, each with those to whom the regime gives it.
fn fillers<'r>(
    rules: Rules<'r>,
    item: &Item,
) -> impl Iterator<Item = (&'static str, &'r str, &'r [Who])> {
    let items = &rules.regime.items;
    let section = items.sections.iter().find(|one| one.key == item.section);
    let source = items.sources.iter().find(|one| one.key == item.source);
    let section = section.map(|one| ("section", one.key.as_str(), one.filled_by.as_slice()));
    let source = source.map(|one| ("source", one.key.as_str(), one.filled_by.as_slice()));
    section.into_iter().chain(source)
}

/// The step that this actor signs now, while the plan waits for it.
fn signing<'r>(
    case: &Case<'_>,
    (plan, document): (&'r Plan, &PlanDocument),
    rules: Rules<'r>,
) -> Option<&'r SignStep> {
    if plan.state != PlanState::Submitted {
        return None;
    }
    let standing = steps::standing(case, plan, document, rules);
    standing.awaits(case.actor).map(|(step, _)| step.rule)
}

/// A plan that waits for this actor's signature, at a step that may change weights; `None` where it
/// does not, so that the plan's own rule decides.
pub(super) fn weighed_by_signer<'c>(
    case: &'c Case<'_>,
    plan: PlanId,
) -> Result<Option<(&'c Plan, &'c PlanDocument, Rules<'c>)>, Stop> {
    let (plan, document) = case.plan(plan)?;
    let (_, rules) = period_of(case, plan)?;
    let weighs = signing(case, (plan, document), rules).is_some_and(|step| step.weighs);
    Ok(weighs.then_some((plan, document, rules)))
}
