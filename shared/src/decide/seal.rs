//! Rules of what follows a publication: it is delivered, signed or objected to, decided about, and
//! in the end sealed, after which nothing of the plan changes any more.
//!
//! Silence is no answer and stops nothing: a proven delivery opens a window, and its end counts.

use crate::change::Change;
use crate::command::seal::{AnswerResult, DecideObjection, DeliverResult, SealResult};
use crate::digest;
use crate::hearing::{self, Hearing};
use crate::organisation::Office;
use crate::payroll::Payable;
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::result::PlanResult;
use crate::row::Row;
use crate::seal::{
    self, Answer, Assessment, Delivery, DeliveryKind, ObjectionDecision, ResultAnswer,
};
use crate::world::{Case, PlanDocument, Stop};

use super::appeal::shown_to;
use super::{MOST_TEXT, allow, fits, in_state, known, period_of, signed};

/// The version of a plan's result that stands; refuses another, which nobody may answer any more.
pub(super) fn standing(document: &PlanDocument, version: u32) -> Result<&PlanResult, Stop> {
    let result = known(document.result(), "result")?;
    if result.version == version {
        return Ok(result);
    }
    let current = digest::result(result);
    Err(Refusal::ContentChanged { current }.into())
}

/// Who may say that something came to the person whose plan it is: they themselves that they opened it
/// or signed for it with their PIN, who hands it over that they gave it or that it was refused.
pub(super) fn may_deliver(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    how: &DeliveryKind,
) -> bool {
    let own = case.actor == plan.owner;
    match how {
        DeliveryKind::Opened | DeliveryKind::Pin => own,
        DeliveryKind::Paper | DeliveryKind::Refused(_) => {
            !own && may_hand_over(case, plan, document)
        }
    }
}

pub(super) fn deliver(case: &Case<'_>, args: &DeliverResult) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    allow(may_deliver(case, (plan, document), &args.how))?;
    in_state(plan, &[PlanState::Published])?;
    let result = standing(document, args.version)?;
    if let DeliveryKind::Refused(witnesses) = args.how {
        witnessed(case, plan, result, witnesses)?;
    }
    // The first proof opened the window; a later one does not move it.
    if document.deliveries.contains_key(&args.version) {
        return Ok(Vec::new());
    }
    Ok(vec![Change::put(Row::Delivery(delivery(case, args)))])
}

fn delivery(case: &Case<'_>, args: &DeliverResult) -> Delivery {
    Delivery {
        plan: args.plan,
        version: args.version,
        how: args.how.clone(),
        by: case.actor,
        times: case.moment.times(),
    }
}

/// Says whether the actor may hand a result over on paper: who published it, the judge of the day,
/// the head of the unit, the plan office.
pub(super) fn may_hand_over(case: &Case<'_>, plan: &Plan, document: &PlanDocument) -> bool {
    let (organisation, today) = (case.organisation(), case.today());
    document
        .result()
        .is_some_and(|result| result.by == case.actor)
        || permission::may_judge(organisation, case.actor, plan, today)
        || organisation.is_head(case.actor, plan.unit, today)
        || organisation.holds(case.actor, Office::PlanOffice, today)
}

/// Refuses witnesses who are one, unknown, or have a part in it.
pub(super) fn witnessed(
    case: &Case<'_>,
    plan: &Plan,
    result: &PlanResult,
    witnesses: [crate::id::PersonId; 2],
) -> Result<(), Stop> {
    let [first, second] = witnesses;
    for person in witnesses {
        known(case.organisation().people.get(&person), "person")?;
        let judges = [Some(result.by), result.on_behalf_of, plan.judge];
        let party = person == plan.owner || person == case.actor || judges.contains(&Some(person));
        if party || first == second {
            return Err(Refusal::WitnessUnfit { person }.into());
        }
    }
    Ok(())
}

pub(super) fn answer(case: &Case<'_>, args: &AnswerResult) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    allow(case.actor == plan.owner)?;
    in_state(plan, &[PlanState::Published])?;
    let result = standing(document, args.version)?;
    signed(&args.seen, digest::result(result))?;
    if let Some(given) = document.answers.get(&args.version) {
        if given.answer == args.answer {
            return Ok(Vec::new());
        }
        return Err(Refusal::already_exists("answer").into());
    }
    let delivered = document.deliveries.get(&args.version);
    if let ResultAnswer::Objected(reason) = &args.answer {
        reasoned(reason)?;
        if let Some(delivered) = delivered {
            let (_, rules) = period_of(case, plan)?;
            let window = seal::window(case.organisation(), rules.regime, plan, delivered);
            if case.moment.received > window.at {
                let until = window.day;
                return Err(Refusal::ObjectionWindowPassed { until }.into());
            }
        }
    }
    // Who answers has opened it.
    let opened = DeliverResult {
        plan: plan.id,
        version: args.version,
        how: DeliveryKind::Opened,
    };
    let opened = delivered.is_none().then(|| delivery(case, &opened));
    let mut changes = match &args.answer {
        ResultAnswer::Objected(_) => heard_by(case, (plan, document), result)?,
        ResultAnswer::Signed => Vec::new(),
    };
    changes.extend(opened.map(|opened| Change::put(Row::Delivery(opened))));
    changes.push(Change::put(Row::Answer(Answer {
        plan: plan.id,
        version: args.version,
        by: case.actor,
        times: case.moment.times(),
        answer: args.answer.clone(),
        decided: None,
    })));
    Ok(changes)
}

/// Lets those who decide about an objection see what it is about, where they do not see it already.
fn heard_by(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    result: &PlanResult,
) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let (_, rules) = period_of(case, plan)?;
    let mut hearers = hearing::hearers(
        organisation,
        &rules.regime.after,
        (plan, document),
        (result.version, Hearing::Objection),
        case.moment.received,
    );
    let of = (plan, Some(result));
    hearers.retain(|person| !permission::may_see_result(organisation, *person, today, of));
    shown_to(case, (plan, document), result.version, &hearers)
}

/// Refuses an act without a reason.
fn reasoned(reason: &str) -> Result<(), Stop> {
    if reason.trim().is_empty() {
        let (item, field) = (None, "reason".to_owned());
        return Err(Refusal::FieldMissing { item, field }.into());
    }
    fits("reason", reason, MOST_TEXT)
}

pub(super) fn decide_objection(
    case: &Case<'_>,
    args: &DecideObjection,
) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    known(document.result(), "result")?;
    let (_, rules) = period_of(case, plan)?;
    allow(hearing::may_decide(
        case.organisation(),
        &rules.regime.after,
        (plan, document),
        (args.version, Hearing::Objection),
        (case.actor, args.upheld),
        case.moment.received,
    ))?;
    in_state(plan, &[PlanState::Published])?;
    standing(document, args.version)?;
    let answer = known(document.answers.get(&args.version), "answer")?;
    if answer.answer == ResultAnswer::Signed {
        return Err(Refusal::NothingToDecide.into());
    }
    if answer.decided.is_some() {
        return Err(Refusal::already_exists("decision").into());
    }
    reasoned(&args.reason)?;
    let decided = ObjectionDecision {
        by: case.actor,
        times: case.moment.times(),
        upheld: args.upheld,
        reason: args.reason.trim().to_owned(),
    };
    let mut changes = vec![Change::put(Row::Answer(Answer {
        decided: Some(decided),
        ..answer.clone()
    }))];
    if args.upheld {
        changes.push(moved(plan, PlanState::Approved));
    }
    Ok(changes)
}

pub(super) fn moved(plan: &Plan, state: PlanState) -> Change {
    let plan = plan.clone();
    Change::put(Row::Plan(Plan { state, ..plan }))
}

pub(super) fn seal(case: &Case<'_>, args: &SealResult) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(organisation.holds(case.actor, Office::PlanOffice, today))?;
    let mut plans = args.parts.clone();
    plans.push(args.plan);
    for plan in &plans {
        let (_, document) = case.plan(*plan)?;
        case.work(4 * document.items.len() + organisation.assignments.len())?;
    }
    let mut sealed = seal::draft(case.world, &plans, case.moment.received, case.actor)?;
    let (_, document) = case.plan(args.plan)?;
    let same = |last: &seal::SealedResult| seal::same_content(last, &sealed);
    if document
        .sealed
        .last_key_value()
        .is_some_and(|(_, last)| same(last))
    {
        return Ok(Vec::new());
    }
    signed(&args.seen, digest::seal_content(&sealed))?;
    sealed.times = case.moment.times();
    sealed.digest = digest::sealed(&sealed);
    let mut changes = Vec::with_capacity(plans.len() + 2);
    let payable = Box::new(Payable::of(&sealed));
    if sealed.assessment != Assessment::Provisional {
        for plan in &plans {
            let (plan, _) = case.plan(*plan)?;
            changes.push(moved(plan, PlanState::Sealed));
        }
    }
    changes.insert(0, Change::put(Row::SealedResult(sealed)));
    changes.push(Change::put(Row::Payable(payable)));
    Ok(changes)
}
