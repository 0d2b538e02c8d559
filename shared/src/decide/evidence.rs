//! Rules of evidence: who may report on an item, for oneself or on behalf, attaches what shows it,
//! and so does the judge; who attached it withdraws it, and until the seal it can be shown again.

use crate::change::Change;
use crate::command::evidence::{AttachEvidence, WithdrawEvidence};
use crate::document::PlanDocument;
use crate::evidence::{
    ContentHash, Evidence, MOST_BYTES, MOST_EVER_PER_ITEM, MOST_PER_ITEM, OPEN, is_plain_name,
};
use crate::id::{EvidenceId, ItemId};
use crate::permission;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{allow, in_state, malformed, name};

pub(super) fn attach(case: &Case<'_>, args: &AttachEvidence) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let item = case.item(document, args.item)?;
    let (organisation, today) = (case.organisation(), case.today());
    allow(permission::may_attach(
        organisation,
        case.actor,
        plan,
        item,
        today,
    ))?;
    in_state(plan, &OPEN)?;
    let name = file(&args.name, args.bytes)?;
    if document.evidence.contains_key(&args.evidence) {
        return Err(Refusal::already_exists("evidence").into());
    }
    let report = args.report.and_then(|id| document.reports.get(&id));
    if report.is_some_and(|report| report.item != item.id) {
        return Err(Refusal::not_found("report").into());
    }
    fits_beside(case, document, item.id, None, args.hash)?;
    let judge = permission::judge_of(organisation, plan, today);
    Ok(vec![Change::put(Row::Evidence(Evidence {
        id: args.evidence,
        plan: plan.id,
        item: item.id,
        report: args.report,
        name,
        media: args.media,
        bytes: args.bytes,
        hash: args.hash,
        by: case.actor,
        times: case.moment.times(),
        judge: judge.filter(|judge| Some(*judge) != plan.judge),
        withdrawn: None,
    }))])
}

/// The name of a file; refuses one that no file has, and a length that is not taken.
pub(super) fn file(called: &str, bytes: u32) -> Result<String, Stop> {
    let name = name("name", called)?;
    if !is_plain_name(&name) {
        return Err(malformed("name"));
    }
    if bytes == 0 {
        return Err(malformed("bytes"));
    }
    if bytes > MOST_BYTES {
        return Err(passed("evidence_bytes", u64::from(MOST_BYTES)));
    }
    Ok(name)
}

/// Refuses what the item shows already, or cannot show beside what it has.
fn fits_beside(
    case: &Case<'_>,
    document: &PlanDocument,
    item: ItemId,
    itself: Option<EvidenceId>,
    hash: ContentHash,
) -> Result<(), Stop> {
    case.work(document.evidence.len())?;
    let others = |one: &&Evidence| one.item == item && Some(one.id) != itself;
    let of_item = || document.evidence.values().filter(others);
    let shown = || of_item().filter(|one| one.withdrawn.is_none());
    if shown().any(|one| one.hash == hash) {
        return Err(Refusal::already_exists("evidence").into());
    }
    if shown().count() >= MOST_PER_ITEM {
        return Err(passed("evidence_per_item", MOST_PER_ITEM as u64));
    }
    if of_item().count() >= MOST_EVER_PER_ITEM {
        return Err(passed("evidence_ever_per_item", MOST_EVER_PER_ITEM as u64));
    }
    Ok(())
}

pub(super) fn passed(limit: &str, most: u64) -> Stop {
    let limit = limit.to_owned();
    Refusal::LimitPassed { limit, most }.into()
}

pub(super) fn withdraw(case: &Case<'_>, args: &WithdrawEvidence) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let found = document.evidence.get(&args.evidence);
    let evidence = found
        .filter(|evidence| evidence.item == args.item)
        .ok_or_else(|| Refusal::not_found("evidence"))?;
    allow(evidence.by == case.actor)?;
    in_state(plan, &OPEN)?;
    if evidence.withdrawn.is_some() == args.withdrawn {
        return Ok(Vec::new());
    }
    let withdrawn = args.withdrawn.then(|| case.moment.times());
    if withdrawn.is_none() {
        let itself = Some(evidence.id);
        fits_beside(case, document, evidence.item, itself, evidence.hash)?;
    }
    Ok(vec![Change::put(Row::Evidence(Evidence {
        withdrawn,
        ..evidence.clone()
    }))])
}
