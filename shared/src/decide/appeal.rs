//! Rules of appeals: a decision reaches the person, who accepts it or goes on, and somebody new decides.

use crate::appeal::{self, Appeal, Decided, DecisionDelivery, Heard};
use crate::change::Change;
use crate::command::appeal::{AcceptDecision, AppealResult, DecideAppeal, DeliverDecision};
use crate::hearing::{self, Hearing};
use crate::id::{PersonId, PlanId};
use crate::plan::{Plan, PlanState};
use crate::refusal::Refusal;
use crate::regime::after::After;
use crate::row::Row;
use crate::seal::{DeliveryKind, ObjectionDecision};
use crate::world::{Case, PlanDocument, Stop};

use super::seal::{may_deliver, moved, standing as standing_version, witnessed};
use super::{allow, in_state, known, period_of, reason};

/// Where a version stands; refuses one that is not the standing one, and one without a failed objection.
fn heard(
    case: &Case<'_>,
    after: &After,
    (plan, document): (&Plan, &PlanDocument),
    version: u32,
) -> Result<Heard, Stop> {
    in_state(plan, &[PlanState::Published])?;
    standing_version(document, version)?;
    known(
        appeal::decision(document, version, Decided::Objection),
        "decision",
    )?;
    let (organisation, at) = (case.organisation(), case.moment.received);
    Ok(appeal::standing(
        organisation,
        after,
        (plan, document),
        version,
        at,
    ))
}

pub(super) fn deliver(case: &Case<'_>, args: &DeliverDecision) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    allow(may_deliver(case, (plan, document), &args.how))?;
    in_state(plan, &[PlanState::Published])?;
    let result = standing_version(document, args.version)?;
    known(
        appeal::decision(document, args.version, args.of),
        "decision",
    )?;
    if let DeliveryKind::Refused(witnesses) = args.how {
        witnessed(case, plan, result, witnesses)?;
    }
    // The first proof opened the window; a later one does not move it.
    if document
        .decision_deliveries
        .contains_key(&(args.version, args.of))
    {
        return Ok(Vec::new());
    }
    let delivery = delivery(case, (args.plan, args.version), args.of, args.how.clone());
    Ok(vec![Change::put(Row::DecisionDelivery(delivery))])
}

fn delivery(
    case: &Case<'_>,
    (plan, version): (PlanId, u32),
    of: Decided,
    how: DeliveryKind,
) -> DecisionDelivery {
    DecisionDelivery {
        plan,
        version,
        of,
        how,
        by: case.actor,
        times: case.moment.times(),
        accepted: None,
    }
}

/// The delivery of a decision; who acts on one has opened it.
fn opened(
    case: &Case<'_>,
    document: &PlanDocument,
    of: (PlanId, u32),
    decided: Decided,
) -> DecisionDelivery {
    let kept = document.decision_deliveries.get(&(of.1, decided)).cloned();
    kept.unwrap_or_else(|| delivery(case, of, decided, DeliveryKind::Opened))
}

pub(super) fn accept(case: &Case<'_>, args: &AcceptDecision) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    allow(case.actor == plan.owner)?;
    let (_, rules) = period_of(case, plan)?;
    let heard = heard(case, &rules.regime.after, (plan, document), args.version)?;
    let open = match heard {
        Heard::Undelivered(of) => of == args.of,
        Heard::Window(level, _) => level.after() == args.of,
        Heard::Final | Heard::Open(_) | Heard::Upheld => false,
    };
    let of = (args.plan, args.version);
    let kept = opened(case, document, of, args.of);
    if kept.accepted.is_some() {
        return Ok(Vec::new());
    }
    if !open {
        return Err(Refusal::NothingToDecide.into());
    }
    let accepted = Some(case.moment.times());
    Ok(vec![Change::put(Row::DecisionDelivery(DecisionDelivery {
        accepted,
        ..kept
    }))])
}

pub(super) fn appeal(case: &Case<'_>, args: &AppealResult) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    allow(case.actor == plan.owner)?;
    let (_, rules) = period_of(case, plan)?;
    let after = &rules.regime.after;
    let heard = heard(case, after, (plan, document), args.version)?;
    let why = reason(&args.reason)?;
    if let Some(other) = document.appeals.get(&(args.version, args.to)) {
        if other.reason == why {
            return Ok(Vec::new());
        }
        return Err(Refusal::already_exists("appeal").into());
    }
    let rule = args.to.rule(after);
    let rule = rule.ok_or(Refusal::NoInstance { level: args.to })?;
    let of = args.to.after();
    match heard {
        Heard::Undelivered(decided) if decided == of => {}
        Heard::Window(level, _) if level == args.to => {}
        _ => {
            let kept = document.decision_deliveries.get(&(args.version, of));
            let late = kept.filter(|kept| kept.accepted.is_none());
            return Err(match late {
                Some(kept) => {
                    let until = appeal::window(case.organisation(), rule, plan, kept).day;
                    Refusal::AppealWindowPassed { until }.into()
                }
                None => Refusal::NothingToDecide.into(),
            });
        }
    }
    let (organisation, at) = (case.organisation(), case.moment.received);
    let seats = (args.version, Hearing::from(args.to));
    let hearers = hearing::hearers(organisation, after, (plan, document), seats, at);
    // The plan goes first: what follows stands where those who hear it see it.
    let mut changes = shown_to(case, (plan, document), args.version, &hearers)?;
    let key = (args.version, of);
    if !document.decision_deliveries.contains_key(&key) {
        let opened = opened(case, document, (args.plan, args.version), of);
        changes.push(Change::put(Row::DecisionDelivery(opened)));
    }
    changes.push(Change::put(Row::Appeal(Box::new(Appeal {
        plan: args.plan,
        version: args.version,
        level: args.to,
        by: case.actor,
        times: case.moment.times(),
        reason: why,
        hearers,
        decided: None,
    }))));
    Ok(changes)
}

/// Lets those who hear see what they decide about: the plan with what was reported of it, the result
/// and what followed it. Other versions and unpublished scores they do not see.
pub(super) fn shown_to(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    version: u32,
    hearers: &[PersonId],
) -> Result<Vec<Change>, Stop> {
    let new = hearers.iter().filter(|one| !plan.hearers.contains(one));
    let new: Vec<_> = new.copied().collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    case.work(document.items.len() + document.reports.len() + document.evidence.len())?;
    let mut plan = plan.clone();
    plan.hearers.extend(new);
    plan.hearers.sort_unstable();
    let mut rows = vec![Row::Plan(plan)];
    rows.extend(document.items.values().cloned().map(Row::Item));
    rows.extend(document.baselines.values().cloned().map(Row::Baseline));
    rows.extend(document.requests.values().cloned().map(Row::ChangeRequest));
    rows.extend(document.helps.values().cloned().map(Row::Help));
    rows.extend(document.reports.values().cloned().map(Row::Report));
    rows.extend(document.evidence.values().cloned().map(Row::Evidence));
    rows.extend(document.results.get(&version).cloned().map(Row::Result));
    rows.extend(
        document
            .deliveries
            .get(&version)
            .cloned()
            .map(Row::Delivery),
    );
    rows.extend(document.answers.get(&version).cloned().map(Row::Answer));
    let revealed = document.revealed.get(&version).cloned();
    rows.extend(revealed.map(|one| Row::Revealed(Box::new(one))));
    let told = document.decision_deliveries.values();
    rows.extend(told.cloned().map(Row::DecisionDelivery));
    let before = document.appeals.values();
    rows.extend(before.cloned().map(|one| Row::Appeal(Box::new(one))));
    Ok(rows.into_iter().map(Change::put).collect())
}

pub(super) fn decide(case: &Case<'_>, args: &DecideAppeal) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    let kept = document.appeals.get(&(args.version, args.level));
    let kept = known(kept, "appeal")?;
    let (organisation, at) = (case.organisation(), case.moment.received);
    let after = &rules.regime.after;
    let seats = (args.version, Hearing::from(args.level));
    let by = (case.actor, args.upheld);
    allow(hearing::may_decide(
        organisation,
        after,
        (plan, document),
        seats,
        by,
        at,
    ))?;
    if kept.decided.is_some() {
        return Err(Refusal::already_exists("decision").into());
    }
    in_state(plan, &[PlanState::Published])?;
    standing_version(document, args.version)?;
    let decided = ObjectionDecision {
        by: case.actor,
        times: case.moment.times(),
        upheld: args.upheld,
        reason: reason(&args.reason)?,
    };
    let mut changes = vec![Change::put(Row::Appeal(Box::new(Appeal {
        decided: Some(decided),
        ..kept.clone()
    })))];
    if args.upheld {
        changes.push(moved(plan, PlanState::Approved));
    }
    Ok(changes)
}
