//! Rules of the ledger: proposing, confirming and refusing, answering, and taking back.
//!
//! Who may is what the tariff says, and never who has a part in it. What an entry says is written
//! once; a decision is a signature beside it, a correction an entry of its own.

use crate::change::Change;
use crate::command::ledger::{
    AdoptTariffs, AnswerEntry, AttachToEntry, DecideEntry, ProposeEntry, ReverseEntry,
};
use crate::deadline::Deadline;
use crate::id::{EntryId, PeriodId, PersonId, UnitId};
use crate::ledger::{
    self, Attached, EntryAnswer, EntryState, LedgerEntry, MOST_ATTACHED, SheetVersion, amount,
    entry_until,
};
use crate::moment::Day;
use crate::permission;
use crate::plan::Signed;
use crate::refusal::Refusal;
use crate::regime::tariff::Tariff;
use crate::regime::validate_2;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::evidence::{file, passed};
use super::{MOST_TEXT, allow, fits, known, reason, signed, within};

/// The most hours, days or times of one entry.
const MOST_COUNT: u32 = 1_000;

/// The most entries of a ledger.
const MOST_ENTRIES: usize = 5_000;

pub(super) fn adopt(case: &Case<'_>, args: &AdoptTariffs) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_run_plans(
        organisation,
        case.actor,
        case.today(),
    ))?;
    let taken = organisation.sheets.contains_key(&args.id);
    if taken || organisation.regimes.contains_key(&args.id) {
        return Err(Refusal::already_exists("tariff_sheet").into());
    }
    let findings = validate_2::validate_sheet(&args.sheet);
    if !findings.is_empty() {
        return Err(Refusal::RegimeInvalid { findings }.into());
    }
    let version = SheetVersion::new(args.id, (*args.sheet).clone());
    Ok(vec![Change::put(Row::TariffSheet(Box::new(version)))])
}

pub(super) fn propose(case: &Case<'_>, args: &ProposeEntry) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let tariff = ledger::tariff(organisation, args.sheet, &args.tariff);
    let tariff = known(tariff, "tariff")?;
    known(organisation.units.get(&args.unit), "unit")?;
    known(organisation.people.get(&args.person), "person")?;
    let period = known(organisation.periods.get(&args.period), "period")?;
    let regimes_own = organisation.regimes.contains_key(&args.sheet);
    if regimes_own && period.regime != args.sheet {
        return Err(unknown("sheet", args.sheet.to_string()));
    }
    let whose = args.about.unwrap_or(args.person);
    known(organisation.people.get(&whose), "person")?;
    let helpers = helping(case, args)?;
    allow(permission::may_propose(
        organisation,
        case.actor,
        tariff,
        (whose, args.unit),
        &helpers,
        today,
    ))?;
    refuse_taken(case, args)?;
    let borne = amount::bearers(organisation, tariff, (whose, args.unit), &helpers, today);
    let borne = borne.into_iter().find(|(who, _)| *who == args.person);
    let Some((_, share)) = borne else {
        return Err(unknown("person", args.person.to_string()));
    };
    let (points, money) = amount::stated(tariff, args.points, args.money)?;
    let facts = filled("facts", &args.facts)?;
    countable(args, today)?;
    let entry = LedgerEntry {
        id: args.entry,
        sheet: args.sheet,
        tariff: args.tariff.clone(),
        clause: tariff.clause.clone(),
        legal: tariff.legal,
        person: args.person,
        about: args.about.filter(|about| *about != args.person),
        share,
        unit: args.unit,
        period: args.period,
        plan: args.plan,
        item: args.item,
        happened: args.happened,
        facts,
        evidence: args.evidence.clone(),
        attached: Vec::new(),
        count: args.count,
        points,
        money,
        judge: organisation.superior(args.person, args.unit, today),
        proposed: signature(case, ""),
        confirmed: None,
        refused: None,
        answer: None,
        upheld: None,
        reverses: None,
    };
    Ok(vec![put(entry)])
}

/// Refuses a number that nobody counts, and what has not happened yet.
fn countable(args: &ProposeEntry, today: Day) -> Result<(), Stop> {
    within("count", &args.count, &1, &MOST_COUNT)?;
    if args.happened > today {
        let field = "happened".to_owned();
        let (least, most) = (String::new(), today.to_string());
        return Err(Refusal::OutOfRange { field, least, most }.into());
    }
    Ok(())
}

/// The units that help with the item; refuses a plan, an item or evidence that the entry cannot
/// name.
fn helping(case: &Case<'_>, args: &ProposeEntry) -> Result<Vec<UnitId>, Stop> {
    let Some(plan) = args.plan else {
        return match args.item {
            Some(item) => Err(unknown("item", item.to_string())),
            None if args.evidence.is_empty() => Ok(Vec::new()),
            None => Err(Refusal::not_found("evidence").into()),
        };
    };
    let (plan, document) = case.plan(plan)?;
    let own = plan.unit == args.unit && plan.period == args.period && plan.owner == args.person;
    if !own {
        return Err(unknown("plan", plan.id.to_string()));
    }
    for evidence in &args.evidence {
        known(document.evidence.get(evidence), "evidence")?;
    }
    let item = args.item.map(|item| case.item(document, item));
    let item = item.transpose()?;
    Ok(item.map_or_else(Vec::new, |item| item.helpers.clone()))
}

fn refuse_taken(case: &Case<'_>, args: &ProposeEntry) -> Result<(), Stop> {
    let Some(entries) = case.world.ledger(args.unit, args.period) else {
        return Ok(());
    };
    if entries.contains_key(&args.entry) {
        return Err(Refusal::already_exists("entry").into());
    }
    if entries.len() >= MOST_ENTRIES {
        return Err(passed("entries_per_ledger", MOST_ENTRIES as u64));
    }
    Ok(())
}

/// An entry with its tariff and where it stands, as somebody saw it.
struct Seen<'c> {
    entry: &'c LedgerEntry,
    tariff: &'c Tariff,
    state: EntryState,
}

/// Finds an entry.
fn find<'c>(
    case: &'c Case<'_>,
    (unit, period, entry): (UnitId, PeriodId, EntryId),
) -> Result<Seen<'c>, Stop> {
    case.work(1)?;
    let entry = case.world.entry(unit, period, entry);
    let entry = entry.or_not_found("entry")?;
    let entries = case.world.ledger(unit, period);
    let entries = entries.expect("its entry was found");
    case.work(entries.len())?;
    let tariff = ledger::tariff(case.organisation(), entry.sheet, &entry.tariff);
    Ok(Seen {
        entry,
        tariff: known(tariff, "tariff")?,
        state: entry.state(entries),
    })
}

/// Refuses who may not decide about an entry; somebody who has a part in it is told so.
fn may_decide(case: &Case<'_>, seen: &Seen<'_>, actor: PersonId) -> Result<(), Stop> {
    if seen.entry.is_about(actor) {
        return Err(Refusal::OwnEntry.into());
    }
    let (organisation, today) = (case.organisation(), case.today());
    let Seen { tariff, entry, .. } = *seen;
    allow(permission::may_confirm(
        organisation,
        actor,
        tariff,
        entry,
        today,
    ))
}

pub(super) fn decide(case: &Case<'_>, args: &DecideEntry) -> Result<Vec<Change>, Stop> {
    let found = find(case, (args.unit, args.period, args.entry))?;
    may_decide(case, &found, case.actor)?;
    let Seen { entry, state, .. } = found;
    let disputed = state == EntryState::Confirmed && entry.is_disputed() && args.confirmed;
    if state != EntryState::Proposed && !disputed {
        return Err(Refusal::EntryDecided { state }.into());
    }
    signed(&args.seen, entry.seen())?;
    let why = if args.confirmed && !disputed {
        fits("reason", args.reason.trim(), MOST_TEXT)?;
        args.reason.trim().to_owned()
    } else {
        reason(&args.reason)?
    };
    let mut entry = entry.clone();
    let by = Some(signature(case, &why));
    match (args.confirmed, disputed) {
        (true, true) => entry.upheld = by,
        (true, false) => entry.confirmed = by,
        (false, _) => entry.refused = by,
    }
    Ok(vec![put(entry)])
}

pub(super) fn answer(case: &Case<'_>, args: &AnswerEntry) -> Result<Vec<Change>, Stop> {
    let Seen {
        entry,
        tariff,
        state,
    } = find(case, (args.unit, args.period, args.entry))?;
    allow(case.actor == entry.person)?;
    if !matches!(state, EntryState::Proposed | EntryState::Confirmed) || entry.upheld.is_some() {
        return Err(Refusal::EntryDecided { state }.into());
    }
    signed(&args.seen, entry.seen())?;
    let why = if args.accepted {
        String::new()
    } else {
        let until = entry_until(case.organisation(), tariff, entry);
        let late = |until: &Deadline| case.moment.received > until.at;
        if let Some(until) = until.filter(late).map(|until| until.day) {
            return Err(Refusal::ObjectionWindowPassed { until }.into());
        }
        reason(&args.reason)?
    };
    let signature = signature(case, &why);
    let answer = if args.accepted {
        EntryAnswer::Accepted(signature)
    } else {
        EntryAnswer::Disputed(signature)
    };
    let answer = Some(answer);
    let entry = entry.clone();
    Ok(vec![put(LedgerEntry { answer, ..entry })])
}

pub(super) fn reverse(case: &Case<'_>, args: &ReverseEntry) -> Result<Vec<Change>, Stop> {
    let found = find(case, (args.unit, args.period, args.entry))?;
    may_decide(case, &found, case.actor)?;
    let Seen { entry, state, .. } = found;
    if state != EntryState::Confirmed {
        return Err(Refusal::EntryDecided { state }.into());
    }
    let entries = case.world.ledger(args.unit, args.period);
    if entries.is_some_and(|entries| entries.contains_key(&args.reversal)) {
        return Err(Refusal::already_exists("entry").into());
    }
    signed(&args.seen, entry.seen())?;
    let facts = reason(&args.reason)?;
    let by = signature(case, "");
    let reversal = LedgerEntry {
        id: args.reversal,
        facts,
        happened: case.today(),
        evidence: Vec::new(),
        attached: Vec::new(),
        proposed: by.clone(),
        confirmed: Some(by),
        refused: None,
        answer: None,
        upheld: None,
        reverses: Some(entry.id),
        ..entry.clone()
    };
    Ok(vec![put(reversal)])
}

pub(super) fn attach(case: &Case<'_>, args: &AttachToEntry) -> Result<Vec<Change>, Stop> {
    let found = find(case, (args.unit, args.period, args.entry))?;
    let Seen { entry, state, .. } = found;
    allow(entry.is_about(case.actor) || entry.proposed.by == case.actor)?;
    if !entry.may_attach(case.actor, state) {
        return Err(Refusal::EntryDecided { state }.into());
    }
    let name = file(&args.name, args.bytes)?;
    let taken = |file: &Attached| file.id == args.evidence || file.hash == args.hash;
    if entry.attached.iter().any(taken) {
        return Err(Refusal::already_exists("evidence").into());
    }
    if entry.attached.len() >= MOST_ATTACHED {
        return Err(passed("evidence_per_entry", MOST_ATTACHED as u64));
    }
    let mut entry = entry.clone();
    entry.attached.push(Attached {
        id: args.evidence,
        name,
        media: args.media,
        bytes: args.bytes,
        hash: args.hash,
        by: case.actor,
        times: case.moment.times(),
    });
    Ok(vec![put(entry)])
}

fn put(entry: LedgerEntry) -> Change {
    Change::put(Row::LedgerEntry(Box::new(entry)))
}

fn signature(case: &Case<'_>, why: &str) -> Signed {
    Signed {
        by: case.actor,
        times: case.moment.times(),
        reason: why.to_owned(),
        timed: None,
    }
}

fn unknown(field: &str, given: String) -> Stop {
    let field = field.to_owned();
    Refusal::UnknownValue { field, given }.into()
}

/// Takes a text that may not be empty.
pub(super) fn filled(field: &str, given: &str) -> Result<String, Stop> {
    let trimmed = given.trim();
    if trimmed.is_empty() {
        let (item, field) = (None, field.to_owned());
        return Err(Refusal::FieldMissing { item, field }.into());
    }
    fits(field, trimmed, MOST_TEXT)?;
    Ok(trimmed.to_owned())
}
