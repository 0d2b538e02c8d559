//! Rules of public lists: who hangs one out, who objects to a name, who decides about that.

use crate::change::Change;
use crate::command::public_list::{DecideListObjection, HangList, ObjectToList};
use crate::period::{Mark, Period};
use crate::permission;
use crate::plan::PlanState;
use crate::public_list::{self as lists, ListObjection, PublicList};
use crate::refusal::Refusal;
use crate::regime::cycle::PeriodAct;
use crate::row::Row;
use crate::seal::ObjectionDecision;
use crate::world::{Case, Stop};

use super::appeal::shown_to;
use super::period::MOST_MARKS;
use super::plan::signature;
use super::{allow, in_state, known, reason, signed};

pub(super) fn hang(case: &Case<'_>, args: &HangList) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_run_plans(organisation, case.actor, today))?;
    let period = known(organisation.periods.get(&args.period), "period")?;
    for unit in &args.units {
        known(organisation.units.get(unit), "unit")?;
    }
    if organisation.lists.contains_key(&args.list) {
        return Err(Refusal::already_exists("list").into());
    }
    let documents = case.world.documents();
    let items: usize = documents
        .map(|(_, document)| document.items.len() + 1)
        .sum();
    case.work(4 * items + organisation.assignments.len())?;
    let drafted = lists::draft(case.world, args.period, &args.units, case.moment.received)?;
    signed(&args.seen, drafted.digest)?;
    let hung = signature(case, String::new());
    let mut changes = vec![Change::put(Row::PublicList(Box::new(PublicList {
        id: args.list,
        period: args.period,
        units: args.units.clone(),
        named: drafted.named,
        averages: drafted.averages,
        hung: hung.clone(),
    })))];
    let act = PeriodAct::Published;
    if !period.done_for(act, &args.units) && period.marks.len() < MOST_MARKS {
        let mut marks = period.marks.clone();
        marks.push(Mark {
            act,
            units: args.units.clone(),
            signed: hung,
            open: 0,
        });
        changes.push(Change::put(Row::Period(Period {
            marks,
            ..period.clone()
        })));
    }
    Ok(changes)
}

pub(super) fn object(case: &Case<'_>, args: &ObjectToList) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let list = known(organisation.lists.get(&args.list), "list")?;
    let mut all = list.named.iter();
    let named = known(all.find(|named| named.plan == args.plan), "list")?;
    // The person has an objection of one's own, to the result itself.
    allow(organisation.people.contains_key(&case.actor) && case.actor != named.person)?;
    let (_, _, rules) = organisation.judged(list.period)?;
    let publication = known(rules.regime.after.publication.as_ref(), "list")?;
    let until = list.until(organisation, publication, named.unit);
    if case.moment.received > until.at {
        let until = until.day;
        return Err(Refusal::ObjectionWindowPassed { until }.into());
    }
    let why = reason(&args.reason)?;
    let (plan, document) = case.plan(args.plan)?;
    in_state(plan, &[PlanState::Published])?;
    let deciders = lists::deciders(organisation, (plan, document), case.actor, today);
    let objection = ListObjection {
        plan: args.plan,
        version: named.version,
        list: args.list,
        by: case.actor,
        deciders,
        reason: why,
        times: case.moment.times(),
        decided: None,
    };
    match document.list_objections.get(&objection.bits()) {
        Some(other) if other.reason == objection.reason => Ok(Vec::new()),
        Some(_) => Err(Refusal::already_exists("list_objection").into()),
        None => {
            let mut contested = plan.clone();
            contested.contested.push(named.version);
            let mut changes = vec![Change::put(Row::Plan(contested.clone()))];
            let of = (&contested, document);
            changes.extend(shown_to(case, of, named.version, &objection.deciders)?);
            changes.push(Change::put(Row::ListObjection(Box::new(objection))));
            Ok(changes)
        }
    }
}

pub(super) fn decide(case: &Case<'_>, args: &DecideListObjection) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let (plan, document) = case.plan(args.plan)?;
    let objection = document
        .list_objections
        .get(&lists::key(args.list, args.by));
    let objection = known(objection, "list_objection")?;
    let of = (plan, document);
    allow(lists::decides(
        organisation,
        of,
        objection,
        case.actor,
        today,
    ))?;
    if objection.decided.is_some() {
        return Err(Refusal::already_exists("decision").into());
    }
    in_state(plan, &[PlanState::Published])?;
    let why = reason(&args.reason)?;
    let decided = ObjectionDecision {
        by: case.actor,
        times: case.moment.times(),
        upheld: args.upheld,
        reason: why.clone(),
    };
    let mut next = plan.clone();
    let mut open = next.contested.iter();
    if let Some(at) = open.position(|version| *version == objection.version) {
        next.contested.remove(at);
    }
    if args.upheld {
        // The judge reads why; who objected stays unnamed.
        next.state = PlanState::Approved;
        next.returned = Some(signature(case, why));
    }
    let objection = ListObjection {
        decided: Some(decided),
        ..objection.clone()
    };
    Ok(vec![
        Change::put(Row::Plan(next)),
        Change::put(Row::ListObjection(Box::new(objection))),
    ])
}
