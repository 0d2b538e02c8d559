//! Rules of plans: who begins one, what may be handed in, who approves or returns it.
//!
//! A signature binds the digest of the content that the signer saw, and is judged by the
//! assignments in force on the day on which it is executed.

use std::collections::BTreeMap;

use crate::change::Change;
use crate::command::plan::{ApprovePlan, DraftPlan, ReturnPlan, SubmitPlan, WithdrawPlan};
use crate::command::signing::SignPlan;
use crate::deadline::DeadlineStep;
use crate::digest;
use crate::document::items_in_order;
use crate::id::{ItemId, PersonId, PlanId, UnitId};
use crate::item::Item;
use crate::period::{Period, covered};
use crate::permission;
use crate::plan::{Plan, PlanState, Scope, Signed};
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::items::RequiredField;
use crate::regime::weights::Importance;
use crate::row::Row;
use crate::weight;
use crate::world::{Case, Held, PlanDocument, Stop};

use super::{
    MOST_TEXT, allow, carry, change, deadline, fits, in_state, known, period_of, reason, signed,
    steps,
};

pub(super) fn draft(case: &Case<'_>, args: &DraftPlan) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    let today = case.today();
    let DraftPlan {
        plan,
        unit,
        period,
        scope,
        owner,
    } = *args;
    allow(permission::may_draft(
        organisation,
        case.actor,
        unit,
        scope,
        owner,
        today,
    ))?;
    known(organisation.units.get(&unit), "unit")?;
    let opened = known(organisation.periods.get(&period), "period")?;
    known(organisation.people.get(&owner), "person")?;
    let answers = match scope {
        Scope::Unit => organisation.is_head(owner, unit, today),
        Scope::Personal => organisation.is_member(owner, unit, today),
    };
    if !answers {
        let (field, given) = ("owner".to_owned(), owner.to_string());
        return Err(Refusal::UnknownValue { field, given }.into());
    }
    covered(case, opened, scope, (unit, owner))?;
    // The id is minted for this plan: that a device does not hold it says that it is new.
    if case.world.document(plan).is_some() {
        return Err(Refusal::already_exists("plan").into());
    }
    match case.world.plan_of(unit, period, scope, owner, today) {
        Held::Present(other) => Err(Refusal::PlanExists { plan: other.id }.into()),
        Held::NotHeld => Err(Stop::NotHeld),
        Held::Absent => Ok(vec![Change::put(Row::Plan(Plan {
            id: plan,
            unit,
            period,
            scope,
            owner,
            state: PlanState::Draft,
            judge: None,
            submitted: None,
            returned: None,
            approved: None,
            withdrawn: None,
            returned_with: Vec::new(),
            signs: Vec::new(),
            signers: Vec::new(),
            raters: Vec::new(),
            hearers: Vec::new(),
            contested: Vec::new(),
        }))]),
    }
}

pub(super) fn submit(case: &Case<'_>, args: &SubmitPlan) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let organisation = case.organisation();
    let today = case.today();
    allow(permission::may_submit(
        organisation,
        case.actor,
        plan,
        today,
    ))?;
    in_state(plan, &[PlanState::Draft, PlanState::Returned])?;
    case.work(document.items.len())?;
    signed(&args.seen, digest::plan_content(plan, document))?;
    let Some(judge) = permission::judge_of(organisation, plan, today) else {
        return Err(Refusal::NoSuperior { owner: plan.owner }.into());
    };
    let (period, rules) = period_of(case, plan)?;
    covered(case, period, plan.scope, (plan.unit, plan.owner))?;
    complete(rules, &document.items)?;
    carry::none_finished(case, document)?;
    steps::consented(rules, document)?;
    steps::none_left_out(case, plan, document, rules)?;
    let signers = steps::signers(case, plan, document, rules);
    let raters = steps::raters(case, plan, document, rules);
    let moved = plan.scope == Scope::Personal && plan.judge != Some(judge);
    let moved = moved || plan.signers != signers || plan.raters != raters;
    // What was in time when it was first handed in is not late because it was returned.
    let returned = plan.state == PlanState::Returned;
    let before = plan.submitted.as_ref().filter(|_| returned);
    let since = before.map_or_else(|| case.moment.times(), |before| before.times);
    let timed = match before.and_then(|before| before.timed.clone()) {
        None => deadline::of_step(case, plan, DeadlineStep::Submission, &since)?,
        before => before,
    };
    let mut plan = plan.clone();
    plan.state = PlanState::Submitted;
    plan.judge = Some(judge);
    plan.signs = Vec::new();
    plan.signers = signers;
    plan.raters = raters;
    plan.submitted = Some(Signed {
        timed,
        ..signature(case, String::new())
    });
    // Where every step is the owner's own, handing in is the whole of it.
    let mut changes = if steps::standing(case, &plan, document, rules).is_complete() {
        approved(case, plan, document)
    } else {
        vec![Change::put(Row::Plan(plan))]
    };
    if moved {
        changes.extend(following(document));
    }
    Ok(changes)
}

/// Items and helps that follow a plan to those who see it from now on.
fn following(document: &PlanDocument) -> impl Iterator<Item = Change> {
    let items = document.items.values().cloned();
    let helps = document.helps.values().cloned();
    let items = items.map(|item| Change::put(Row::Item(item)));
    items.chain(helps.map(|help| Change::put(Row::Help(help))))
}

/// Refuses a plan that the regime of its period does not judge.
fn covered(
    case: &Case<'_>,
    period: &Period,
    scope: Scope,
    (unit, owner): (UnitId, PersonId),
) -> Result<(), Stop> {
    let organisation = case.organisation();
    let Some(rules) = organisation.rules(period) else {
        return Ok(());
    };
    case.work(organisation.classifications.len())?;
    let day = period.coverage_day(case.today());
    let coverage = &rules.regime.coverage;
    let why = covered::not_covered(organisation, coverage, scope, (unit, owner), day);
    why.map_or(Ok(()), |why| Err(Refusal::NotCovered { why, owner }.into()))
}

/// Refuses content that the regime does not take: it is checked here, never while drafting.
pub(super) fn complete(rules: Rules<'_>, items: &BTreeMap<ItemId, Item>) -> Result<(), Refusal> {
    if items.is_empty() {
        return Err(Refusal::PlanEmpty);
    }
    for item in items_in_order(items) {
        if let Some(field) = missing(rules, item) {
            return Err(Refusal::FieldMissing {
                item: Some(item.id),
                field: field.to_owned(),
            });
        }
    }
    weight::check(rules, items.values())
}

/// Names the first field that the item lacks.
fn missing(rules: Rules<'_>, item: &Item) -> Option<&'static str> {
    if item.title.trim().is_empty() {
        return Some("title");
    }
    let lacks = |field: RequiredField| match field {
        RequiredField::Responsible => item.responsible.is_none().then_some("responsible"),
        RequiredField::Due => item.due.is_none().then_some("due"),
        RequiredField::Deliverable => item.deliverable.trim().is_empty().then_some("deliverable"),
        RequiredField::Standard => item.standard.trim().is_empty().then_some("standard"),
        RequiredField::Target => item.target.value.is_none().then_some("target"),
        RequiredField::Weight => (item.weight <= Points(0)).then_some("weight"),
        RequiredField::Rule => item.rule.trim().is_empty().then_some("rule"),
        RequiredField::Helpers => item.helpers.is_empty().then_some("helpers"),
        RequiredField::Scheme => item.scheme.trim().is_empty().then_some("scheme"),
        RequiredField::Source => item.source.is_empty().then_some("source"),
        RequiredField::Category => item.category.is_empty().then_some("category"),
        RequiredField::Importance => {
            let typed = matches!(
                rules.cycle.weights.importance,
                Some(Importance::Typed { .. })
            );
            (typed && item.importance.is_none()).then_some("importance")
        }
        // Asked of what the helpers answered, beside the items.
        RequiredField::HelpersConsent => None,
    };
    let required = &rules.regime.items.required;
    required.iter().copied().find_map(lacks)
}

pub(super) fn send_back(case: &Case<'_>, args: &ReturnPlan) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    let standing = steps::standing(case, plan, document, rules);
    let turn = steps::turn(case, &standing)?;
    awaited(case, plan, document, &args.seen)?;
    if turn.step.approve_only {
        return Err(Refusal::ApprovesOnly.into());
    }
    let why = reason(&args.reason)?;
    let mut plan = plan.clone();
    plan.state = PlanState::Returned;
    plan.returned_with = document.items_in_order().into_iter().cloned().collect();
    plan.returned = Some(signature(case, why));
    plan.signs = Vec::new();
    Ok(vec![Change::put(Row::Plan(plan))])
}

pub(super) fn approve(case: &Case<'_>, args: &ApprovePlan) -> Result<Vec<Change>, Stop> {
    sign_step(case, args.plan, None, &args.seen)
}

pub(super) fn sign(case: &Case<'_>, args: &SignPlan) -> Result<Vec<Change>, Stop> {
    sign_step(case, args.plan, Some(&args.step), &args.seen)
}

/// Signs the step that waits for this actor, or the copy that is named.
fn sign_step(
    case: &Case<'_>,
    plan: PlanId,
    named: Option<&str>,
    seen: &str,
) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(plan)?;
    let (_, rules) = period_of(case, plan)?;
    let standing = steps::standing(case, plan, document, rules);
    let mut copies = standing.copies(case.actor);
    let copy = named.and_then(|named| copies.find(|step| step.rule.key == named));
    if let Some((step, of)) = copy.and_then(|step| Some((step, step.by(case.actor)?))) {
        let states = [
            PlanState::Submitted,
            PlanState::Approved,
            PlanState::Published,
        ];
        in_state(plan, &states)?;
        signed(seen, digest::plan_content(plan, document))?;
        let signed = steps::given(case, step.rule, of, seen);
        let plan = steps::with(plan, signed);
        return Ok(vec![Change::put(Row::Plan(plan))]);
    }
    let turn = steps::turn(case, &standing)?;
    awaited(case, plan, document, seen)?;
    if named.is_some_and(|named| named != turn.step.key) {
        let step = turn.step.name.clone();
        return Err(Refusal::WaitsForStep { step }.into());
    }
    carry::none_finished(case, document)?;
    let mut plan = plan.clone();
    // One approval by the superior is kept as the approval alone.
    if !steps::is_plain(rules) || turn.of.is_some() {
        plan = steps::with(&plan, steps::given(case, turn.step, turn.of, seen));
    }
    // Who came to a role since it was handed in sees it for what is still to be done.
    let moved = steps::come_to_see(case, &mut plan, document, rules);
    let complete = steps::standing(case, &plan, document, rules).is_complete();
    let mut changes = if steps::is_plain(rules) || complete {
        approved(case, plan, document)
    } else {
        vec![Change::put(Row::Plan(plan))]
    };
    if moved {
        changes.extend(following(document));
    }
    Ok(changes)
}

/// The plan as it stands from now on: approved, with its first baseline.
fn approved(case: &Case<'_>, plan: Plan, document: &PlanDocument) -> Vec<Change> {
    let first = change::next_baseline(case, &plan, document, &document.items, Vec::new());
    let mut changes = vec![Change::put(Row::Plan(Plan {
        state: PlanState::Approved,
        approved: Some(signature(case, String::new())),
        returned_with: Vec::new(),
        ..plan
    }))];
    changes.extend(first);
    changes
}

pub(super) fn withdraw(case: &Case<'_>, args: &WithdrawPlan) -> Result<Vec<Change>, Stop> {
    let (plan, _) = case.plan(args.plan)?;
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_submit(
        organisation,
        case.actor,
        plan,
        today,
    ))?;
    in_state(plan, &[PlanState::Submitted])?;
    let why = args.reason.trim();
    fits("reason", why, MOST_TEXT)?;
    Ok(vec![Change::put(Row::Plan(Plan {
        state: PlanState::Draft,
        withdrawn: Some(signature(case, why.to_owned())),
        signs: Vec::new(),
        ..plan.clone()
    }))])
}

/// Refuses a plan that waits for no signature, and content that is not what the actor saw.
fn awaited(case: &Case<'_>, plan: &Plan, document: &PlanDocument, seen: &str) -> Result<(), Stop> {
    in_state(plan, &[PlanState::Submitted])?;
    case.work(document.items.len())?;
    signed(seen, digest::plan_content(plan, document))
}

/// The actor's signature at the moment of the case.
pub(super) fn signature(case: &Case<'_>, reason: String) -> Signed {
    Signed {
        by: case.actor,
        times: case.moment.times(),
        reason,
        timed: None,
    }
}
