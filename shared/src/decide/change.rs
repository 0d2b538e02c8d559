//! Rules of change requests: an approved plan changes when both sides agree, never by one alone.
//!
//! Who asks speaks for one side, the owner's or the superior's; the other decides. After a due day
//! only the indirect superior agrees, for force majeure. An agreed change writes the next baseline.

use std::collections::{BTreeMap, BTreeSet};

use crate::baseline::Baseline;
use crate::canonical;
use crate::change::Change;
use crate::change_request::{self, ChangeRequest, ChangeState, ChangeWindow, ItemChange};
use crate::command::plan::{DecideChange, RequestChange, WithdrawChange};
use crate::digest;
use crate::id::{ChangeRequestId, ItemId};
use crate::item::{Item, ItemEdit};
use crate::moment::Day;
use crate::permission;
use crate::plan::{Plan, PlanState, Scope};
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::changes::{AfterDue, Changes, Inside, Window};
use crate::regime::signing::{SignKind, SignStep};
use crate::regime::who::Who;
use crate::row::Row;
use crate::signing::{self, Signing, Standing, StepSigned};
use crate::who;
use crate::world::{Case, PlanDocument, Stop};

use super::item::{check, edited, fits_in, follow};
use super::plan::{complete, signature};
use super::{MOST_TEXT, allow, carry, fits, in_state, malformed, period_of, reason, signed};

/// The most changes of one request.
const MOST_CHANGES: usize = 50;

/// The most requests about one plan.
const MOST_REQUESTS: usize = 200;

pub(super) fn request(case: &Case<'_>, args: &RequestChange) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let own = may_ask(case, plan)?;
    in_state(plan, &[PlanState::Approved])?;
    if document.requests.contains_key(&args.request) {
        return Err(Refusal::already_exists("change_request").into());
    }
    let most = |limit: &str, most: usize| Refusal::LimitPassed {
        limit: limit.to_owned(),
        most: most as u64,
    };
    if document.requests.len() >= MOST_REQUESTS {
        return Err(most("requests_per_plan", MOST_REQUESTS).into());
    }
    if args.changes.len() > MOST_CHANGES {
        return Err(most("changes_per_request", MOST_CHANGES).into());
    }
    let why = reason(&args.reason)?;
    fits("evidence", args.evidence.trim(), MOST_TEXT)?;
    let (_, rules) = period_of(case, plan)?;
    let mut changes = args.changes.clone();
    for change in &mut changes {
        if let ItemChange::Add(item) = change {
            **item = carry::placed(case, plan, document, item)?;
        }
    }
    let after = changed(case, (plan, document, rules), &changes)?;
    complete(rules, &after)?;
    let allowed = &rules.regime.changes;
    let day = case.moment.received.day(case.moment.utc_offset);
    let (window, passed) = change_request::window(allowed, document, &changes, day);
    fits_window(allowed, document, &changes, day)?;
    if window == ChangeWindow::AfterDue && allowed.after_due == AfterDue::Refused {
        return Err(Refusal::ChangeTooLate { items: passed }.into());
    }
    if window == ChangeWindow::Flagged && allowed.inside == Inside::Refused {
        let items = changes.iter().map(ItemChange::item).collect();
        return Err(Refusal::ChangeTooLate { items }.into());
    }
    if window != ChangeWindow::InTime && args.evidence.trim().is_empty() {
        let (item, field) = (passed.first().copied(), "evidence".to_owned());
        return Err(Refusal::FieldMissing { item, field }.into());
    }
    Ok(vec![Change::put(Row::ChangeRequest(ChangeRequest {
        id: args.request,
        plan: plan.id,
        by: signature(case, why),
        changes,
        evidence: args.evidence.trim().to_owned(),
        from_above: !own,
        window,
        state: ChangeState::Open,
        decided: None,
        signs: Vec::new(),
    }))])
}

/// Refuses kinds of change that the regime does not have, and what it is too early for.
fn fits_window(
    allowed: &Changes,
    document: &PlanDocument,
    changes: &[ItemChange],
    day: Day,
) -> Result<(), Refusal> {
    let kinds = changes
        .iter()
        .flat_map(|change| change_request::kinds(document, change));
    let mut unknown =
        kinds.filter(|kind| !allowed.kinds.is_empty() && !allowed.kinds.contains(kind));
    if let Some(kind) = unknown.next() {
        let given = canonical::bytes(&kind);
        let given = String::from_utf8_lossy(&given).trim_matches('"').to_owned();
        let field = "change".to_owned();
        return Err(Refusal::UnknownValue { field, given });
    }
    let items = change_request::too_early(allowed, document, changes, day);
    match allowed.window {
        Window::OnlyWithin { days } if !items.is_empty() => {
            Err(Refusal::ChangeTooEarly { items, days })
        }
        _ => Ok(()),
    }
}

/// Refuses who speaks for neither side; says whether it is the owner's.
fn may_ask(case: &Case<'_>, plan: &Plan) -> Result<bool, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let own = permission::may_submit(organisation, case.actor, plan, today);
    let leads = plan.scope == Scope::Personal
        && plan.owner != case.actor
        && organisation.is_head(case.actor, plan.unit, today);
    let above = leads || permission::may_judge(organisation, case.actor, plan, today);
    allow(own || above)?;
    Ok(own)
}

/// The steps by which a change comes to stand, where they are more than one approval by the superior.
fn steps(rules: Rules<'_>) -> Option<&[SignStep]> {
    let steps = &rules.regime.signing.change;
    let binding = steps.iter().any(|step| step.kind != SignKind::File);
    (binding && !signing::is_plain(steps)).then_some(steps)
}

/// Where the steps of a request stand; whoever asks has signed his or her own by asking.
fn standing<'r>(
    case: &Case<'_>,
    steps: &'r [SignStep],
    (plan, document): (&Plan, &PlanDocument),
    (request, signs): (&ChangeRequest, &[StepSigned]),
) -> Standing<'r> {
    let organisation = case.organisation();
    let signing = Signing {
        steps,
        signed: signs,
        owner: plan.owner,
        by: request.by.by,
    };
    signing::standing(organisation, signing, case.today(), |one, day| {
        who::seats(organisation, one, plan, document.items.values(), day)
    })
}

/// The key under which the owner's side agrees to what is asked from above, before the steps.
const OWNER: &str = "owner";

/// The step of a request that is this actor's, where the regime has several; the owner's side agrees
/// first to what is asked from above, but where the regime lets one side change alone.
fn turn(
    case: &Case<'_>,
    steps: &[SignStep],
    (plan, document): (&Plan, &PlanDocument),
    request: &ChangeRequest,
    rules: Rules<'_>,
) -> Option<StepSigned> {
    let given = |step: &str, of| StepSigned {
        step: step.to_owned(),
        by: case.actor,
        of,
        times: case.moment.times(),
        seen: String::new(),
    };
    let agreed = request.signs.iter().any(|one| one.step == OWNER);
    let there = owner_is_there(case, plan);
    if request.from_above && !rules.regime.changes.one_sided && there && !agreed {
        let own = permission::may_submit(case.organisation(), case.actor, plan, case.today());
        return (own && request.by.by != case.actor).then(|| given(OWNER, None));
    }
    let standing = standing(case, steps, (plan, document), (request, &request.signs));
    let (step, of) = standing.awaits(case.actor)?;
    Some(given(&step.rule.key, of))
}

/// Whether somebody is there who can agree for the owner's side.
fn owner_is_there(case: &Case<'_>, plan: &Plan) -> bool {
    let (organisation, today) = (case.organisation(), case.today());
    match plan.scope {
        Scope::Unit => organisation.head(plan.unit, today).is_some(),
        Scope::Personal => organisation.is_member(plan.owner, plan.unit, today),
    }
}

/// Says whether the actor decides about the request: the other side than the one that asks.
fn decides(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    request: &ChangeRequest,
    rules: Rules<'_>,
) -> bool {
    let (organisation, today) = (case.organisation(), case.today());
    let actor = case.actor;
    let judge = || permission::judge_of(organisation, plan, today);
    // Where nobody stands above the judge, the judge is the last who can agree.
    let last = || match &rules.regime.changes.after_due {
        AfterDue::ForceMajeure { by } if *by != Who::IndirectSuperior => {
            let items = document.items.values();
            let people = who::seats(organisation, by, plan, items, today).concat();
            people.into_iter().find(|person| *person == actor)
        }
        _ => permission::indirect_judge_of(organisation, plan, today).or_else(judge),
    };
    let above = |who: Option<_>| who == Some(actor) && plan.owner != actor;
    if request.by.by == actor {
        return false;
    }
    // Whose word is the last has agreed by asking; then the owner's side decides as ever.
    if request.window == ChangeWindow::AfterDue && last() != Some(request.by.by) {
        return above(last());
    }
    if let Some(steps) = steps(rules) {
        return turn(case, steps, (plan, document), request, rules).is_some();
    }
    if !request.from_above {
        return above(judge());
    }
    // An owner who left the unit cannot agree; the one above who asks then does.
    if owner_is_there(case, plan) {
        permission::may_submit(organisation, actor, plan, today)
    } else {
        above(last())
    }
}

/// An open request of the plan.
fn open(document: &PlanDocument, request: ChangeRequestId) -> Result<&ChangeRequest, Stop> {
    let found = document.requests.get(&request);
    let request = found.ok_or_else(|| Refusal::not_found("change_request"))?;
    match request.state {
        ChangeState::Open => Ok(request),
        state => Err(Refusal::ChangeDecided { state }.into()),
    }
}

pub(super) fn decide(case: &Case<'_>, args: &DecideChange) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let found = document.requests.get(&args.request);
    let asked = found.ok_or_else(|| Refusal::not_found("change_request"))?;
    let (_, rules) = period_of(case, plan)?;
    allow(decides(case, (plan, document), asked, rules))?;
    in_state(plan, &[PlanState::Approved])?;
    let asked = open(document, args.request)?;
    case.work(document.items.len())?;
    signed(&args.seen, change_request::seen(plan, document, asked))?;
    let decided = |state, why| {
        Change::put(Row::ChangeRequest(ChangeRequest {
            state,
            decided: Some(signature(case, why)),
            ..asked.clone()
        }))
    };
    if !args.agreed {
        return Ok(vec![decided(ChangeState::Refused, reason(&args.reason)?)]);
    }
    fits("reason", args.reason.trim(), MOST_TEXT)?;
    let after = changed(case, (plan, document, rules), &asked.changes)?;
    complete(rules, &after)?;
    if let Some(signs) = not_the_last(case, (plan, document), asked, rules, &args.seen) {
        let signed = ChangeRequest {
            signs,
            ..asked.clone()
        };
        return Ok(vec![Change::put(Row::ChangeRequest(signed))]);
    }
    let mut changes = replaced(case, document, &after)?;
    changes.push(decided(ChangeState::Agreed, args.reason.trim().to_owned()));
    changes.extend(next_baseline(
        case,
        plan,
        document,
        &after,
        excused(case, document, asked),
    ));
    Ok(changes)
}

/// The signatures of a request with this actor's, where others have still to sign.
fn not_the_last(
    case: &Case<'_>,
    (plan, document): (&Plan, &PlanDocument),
    asked: &ChangeRequest,
    rules: Rules<'_>,
    seen: &str,
) -> Option<Vec<StepSigned>> {
    let steps = steps(rules).filter(|_| asked.window != ChangeWindow::AfterDue)?;
    let given = turn(case, steps, (plan, document), asked, rules)?;
    let mut signs = asked.signs.clone();
    signs.push(StepSigned {
        seen: seen.to_owned(),
        ..given
    });
    let standing = standing(case, steps, (plan, document), (asked, &signs));
    (!standing.is_complete()).then_some(signs)
}

pub(super) fn withdraw(case: &Case<'_>, args: &WithdrawChange) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let found = document.requests.get(&args.request);
    let asked = found.ok_or_else(|| Refusal::not_found("change_request"))?;
    let own = permission::may_submit(case.organisation(), case.actor, plan, case.today());
    allow(asked.by.by == case.actor || (own && !asked.from_above))?;
    let asked = open(document, args.request)?;
    Ok(vec![Change::put(Row::ChangeRequest(ChangeRequest {
        state: ChangeState::Withdrawn,
        decided: Some(signature(case, String::new())),
        ..asked.clone()
    }))])
}

/// The items as they are after the changes; refuses what does not fit the plan as it stands.
fn changed(
    case: &Case<'_>,
    (plan, document, rules): (&Plan, &PlanDocument, Rules<'_>),
    changes: &[ItemChange],
) -> Result<BTreeMap<ItemId, Item>, Stop> {
    let touched: BTreeSet<ItemId> = changes.iter().map(ItemChange::item).collect();
    if touched.is_empty() || touched.len() != changes.len() {
        return Err(malformed("changes"));
    }
    let mut items = BTreeMap::clone(&document.items);
    for change in changes {
        case.work(1)?;
        match change {
            ItemChange::Add(item) => {
                if items.contains_key(&item.id) {
                    return Err(Refusal::already_exists("item").into());
                }
                carry::not_yet(document, item)?;
                check(case, plan, rules, item)?;
                items.insert(item.id, (**item).clone());
            }
            ItemChange::Edit(id, edits) => {
                let item = edited(case.item(document, *id)?, edits)?;
                check(case, plan, rules, &item)?;
                items.insert(*id, item);
            }
            // That it is gone already is what was wished.
            ItemChange::Cancel(id) => drop(items.remove(id)),
        }
    }
    fits_in(items.len())?;
    Ok(items)
}

/// The changes that bring a document's items to what they shall be.
///
/// Reports and scores of an item that is gone are kept: they say what was done.
pub(super) fn replaced(
    case: &Case<'_>,
    document: &PlanDocument,
    after: &BTreeMap<ItemId, Item>,
) -> Result<Vec<Change>, Stop> {
    let mut changes = Vec::new();
    for (id, item) in &document.items {
        match after.get(id) {
            Some(now) if now == item => continue,
            Some(now) => changes.push(Change::put(Row::Item(now.clone()))),
            None => changes.push(Change::Remove {
                key: Row::Item(item.clone()).key(),
                document: Some(item.plan),
            }),
        }
        follow(case, document, item, after.get(id), &mut changes)?;
    }
    let new = after
        .iter()
        .filter(|(id, _)| !document.items.contains_key(id));
    changes.extend(new.map(|(_, item)| Change::put(Row::Item(item.clone()))));
    Ok(changes)
}

/// The items whose passed due day the agreement moves.
fn excused(case: &Case<'_>, document: &PlanDocument, asked: &ChangeRequest) -> Vec<ItemId> {
    let today = case.today();
    let moved = asked.changes.iter().filter_map(|change| match change {
        ItemChange::Edit(id, edits) => {
            let due = |edit: &ItemEdit| matches!(edit, ItemEdit::Due(_));
            edits.iter().any(due).then_some(*id)
        }
        _ => None,
    });
    let passed = |id: &ItemId| {
        let due = document.items.get(id).and_then(|item| item.due);
        due.is_some_and(|due| due < today)
    };
    moved.filter(passed).collect()
}

/// The next baseline of a plan that promises these items from today on.
///
/// A plan that was approved before baselines were kept gets its first one as well.
pub(super) fn next_baseline(
    case: &Case<'_>,
    plan: &Plan,
    document: &PlanDocument,
    items: &BTreeMap<ItemId, Item>,
    excused: Vec<ItemId>,
) -> Vec<Change> {
    let baseline = |number, from, items: &BTreeMap<ItemId, Item>, excused, by| {
        Change::put(Row::Baseline(Baseline {
            plan: plan.id,
            number,
            from,
            items: items.values().cloned().collect(),
            excused,
            digest: digest::plan_items(plan, items),
            by,
        }))
    };
    let mut changes = Vec::new();
    let mut last = document
        .baselines
        .last_key_value()
        .map_or(0, |(last, _)| *last);
    let approved = plan.approved.as_ref();
    let approved = approved.filter(|_| last == 0 && plan.state == PlanState::Approved);
    if let Some(approved) = approved {
        let from = approved.times.recorded.day(case.moment.utc_offset);
        changes.push(baseline(
            1,
            from,
            &document.items,
            Vec::new(),
            approved.clone(),
        ));
        last = 1;
    }
    let by = signature(case, String::new());
    changes.push(baseline(last + 1, case.today(), items, excused, by));
    changes
}
