//! What is due to each person: sealed results in their last version, missing ones as provisional, and
//! entries of the ledger that take effect in money.

use std::collections::{BTreeMap, BTreeSet};

use crate::deadline::Deadline;
use crate::id::{EntryId, PeriodId, PersonId, UnitId};
use crate::ledger::{self, EntryAnswer, LedgerEntry, entry_until};
use crate::moment::{Day, InForce, UtcMillis};
use crate::organisation::{Assignment, Organisation, Tenure};
use crate::period::Period;
use crate::period::covered::left_out;
use crate::quantity::{BasisPoints, Fen};
use crate::regime::Rules;
use crate::regime::coverage::{Coverage, PlansOf};
use crate::regime::tariff::{Legal, Tariff};
use crate::seal::{self, Assessment};
use crate::world::World;

use super::{Payable, SealRef, Term};

/// What is known of one person for a month's pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The person.
    pub person: PersonId,
    /// The month's pay, before anything floats; `None` where nobody has entered it.
    pub base: Option<Fen>,
    /// The local minimum wage of the month; `None` where nobody has entered it.
    pub minimum: Option<Fen>,
    /// The most of the month's pay that compensation takes.
    pub most_deducted: BasisPoints,
    /// What is due for each period.
    pub results: Vec<ResultDue>,
    /// Every entry that stands and takes effect in money.
    pub entries: Vec<EntryDue>,
}

/// A period's result as it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultDue {
    /// The period.
    pub period: PeriodId,
    /// The part of its month's pay base that it is reckoned from.
    pub base: Fen,
    /// The share of pay that floats.
    pub floating_share: BasisPoints,
    /// The coefficient.
    pub coefficient: BasisPoints,
    /// What the coefficient is.
    pub basis: Assessment,
    /// The sealed result; `None` while there is none.
    pub from: Option<SealRef>,
}

/// An entry as it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDue {
    /// The entry.
    pub entry: EntryId,
    /// When it happened.
    pub happened: Day,
    /// What it is in law.
    pub legal: Legal,
    /// How much, above 0.
    pub amount: Fen,
}

/// A period whose results are paid, with its rules.
#[derive(Clone, Copy)]
pub(super) struct Paid<'o> {
    pub(super) period: &'o Period,
    pub(super) rules: Rules<'o>,
    pub(super) term: Term,
}

/// A period of a person, by the regime's key: versions of one regime are one.
pub(super) struct Stated<'o> {
    pub(super) paid: Paid<'o>,
    pub(super) coefficient: BasisPoints,
    pub(super) basis: Assessment,
    pub(super) from: Option<SealRef>,
}

/// What stands for a person in the periods of one pay month: sealed results, and in periods of the same
/// regime that lack one what the regime says meanwhile; `waits` gets periods that are not over yet.
///
/// Where nothing is sealed, one regime alone is expected: first one that names the person's unit. The
/// others may cover the person by saying nothing.
pub(super) fn of_month<'o>(
    organisation: &'o Organisation,
    person: PersonId,
    unit: UnitId,
    periods: &[(Paid<'o>, Option<&Payable>, bool)],
    at: UtcMillis,
    waits: &mut Vec<(PeriodId, Day)>,
) -> Vec<Stated<'o>> {
    let key = |paid: &Paid<'o>| paid.rules.regime.key.as_str();
    let sealed = periods.iter().filter(|(_, payable, _)| payable.is_some());
    let mut regimes: BTreeSet<&str> = sealed.map(|(paid, ..)| key(paid)).collect();
    if regimes.is_empty() {
        let expected = periods.iter().filter(|(.., expected)| *expected);
        let names = |paid: &Paid<'_>| !paid.rules.regime.coverage.units.contains(&unit);
        let one = expected.min_by_key(|(paid, ..)| (names(paid), key(paid)));
        regimes.extend(one.map(|(paid, ..)| key(paid)));
    }
    let mut stated = Vec::new();
    for (paid, payable, expected) in periods {
        if let Some(payable) = payable {
            stated.push(Stated {
                paid: *paid,
                coefficient: payable.coefficient,
                basis: payable.assessment,
                from: Some(payable.seal()),
            });
        } else if *expected && regimes.contains(key(paid)) {
            if at <= paid.term.provisional {
                waits.push((paid.period.id, paid.term.cut_off));
                continue;
            }
            let (coefficient, basis) = meanwhile(organisation, *paid, person, unit);
            stated.push(Stated {
                paid: *paid,
                coefficient,
                basis,
                from: None,
            });
        }
    }
    stated
}

/// What stands for a missing result: not assessed where the person was away too long, else provisional.
fn meanwhile(
    organisation: &Organisation,
    paid: Paid<'_>,
    person: PersonId,
    unit: UnitId,
) -> (BasisPoints, Assessment) {
    let people = &paid.rules.regime.people;
    let days = paid.rules.assessed_days(paid.period);
    let stays = organisation.stays(person, days.0, days.1);
    let (away, working_days) = organisation.away(person, unit, &stays, days);
    if seal::away_too_long(people, away, working_days) {
        (people.not_assessed, Assessment::NotAssessed)
    } else {
        (people.provisional, Assessment::Provisional)
    }
}

/// The people of whom a result of a period is expected: those whose work its regime judges.
pub(super) fn expected(organisation: &Organisation, paid: Paid<'_>) -> BTreeSet<PersonId> {
    let coverage: &Coverage = &paid.rules.regime.coverage;
    let (from, to) = paid.rules.assessed_days(paid.period);
    let heads_alone = coverage.plans == PlansOf::Unit;
    // A post is looked at on its last day within the period.
    let covered = |held: &&Assignment| {
        let day = held.in_force.to.map_or(to, |last| last.min(to));
        left_out(organisation, coverage, (held.unit, held.person), day).is_none()
    };
    let held = organisation.assignments_within(InForce::within(from, to));
    let held = held.filter(|held| held.tenure != Tenure::Acting);
    let held =
        held.filter(|held| held.heads || !heads_alone || coverage.people.contains(&held.person));
    held.filter(covered).map(|held| held.person).collect()
}

/// The post that says to which unit a person's pay belongs: the main one in force on a day, else the one
/// that lasted longest until then.
pub(super) fn posts(organisation: &Organisation, day: Day) -> BTreeMap<PersonId, UnitId> {
    let mut found: BTreeMap<PersonId, &Assignment> = BTreeMap::new();
    let rank = |held: &Assignment| {
        let last = held.in_force.to.map_or(day, |to| to.min(day));
        let main = held.tenure == Tenure::Main;
        (last, main, held.in_force.from, held.id)
    };
    for held in organisation.assignments.values() {
        if held.in_force.from <= day {
            let better = found
                .get(&held.person)
                .is_none_or(|other| rank(other) < rank(held));
            if better {
                found.insert(held.person, held);
            }
        }
    }
    let units = found.into_iter().map(|(person, held)| (person, held.unit));
    units.collect()
}

/// Says whether any tariff that was adopted takes effect in pay; without one no ledger is read.
pub(super) fn any_money(organisation: &Organisation) -> bool {
    let regimes = organisation.regimes.values();
    let regimes = regimes.flat_map(|version| &version.regime().tariffs);
    let sheets = organisation.sheets.values();
    let sheets = sheets.flat_map(|version| &version.sheet.tariffs);
    regimes.chain(sheets).any(is_money)
}

/// Says whether entries of a tariff take effect in pay: a reward, or compensation that is switched on.
fn is_money(tariff: &Tariff) -> bool {
    let on = |tariff: &Tariff| {
        let money = tariff.money.as_ref();
        money.is_some_and(|money| money.on && !money.to_be_set)
    };
    matches!(tariff.legal, Legal::Reward | Legal::Compensation) && on(tariff)
}

/// The entries of a ledger that take effect in pay, by person.
///
/// A reward does when it is confirmed. Compensation waits until the person has accepted it, it was let
/// stand against the person's word, or the window to dispute it has ended.
pub(super) fn entries(
    world: &World,
    (unit, period): (UnitId, PeriodId),
    at: UtcMillis,
    found: &mut BTreeMap<PersonId, Vec<EntryDue>>,
) {
    let organisation = world.organisation();
    let Some(entries) = world.ledger(unit, period) else {
        return;
    };
    let counted = ledger::counted(organisation, entries);
    for entry in ledger::standing(entries) {
        let Some(tariff) = ledger::tariff(organisation, entry.sheet, &entry.tariff) else {
            continue;
        };
        let amount = counted[&entry.id].money;
        let stands = entry.legal == Legal::Reward || is_settled(organisation, tariff, entry, at);
        if is_money(tariff) && stands && amount.0 > 0 {
            found.entry(entry.person).or_default().push(EntryDue {
                entry: entry.id,
                happened: entry.happened,
                legal: entry.legal,
                amount,
            });
        }
    }
}

fn is_settled(
    organisation: &Organisation,
    tariff: &Tariff,
    entry: &LedgerEntry,
    at: UtcMillis,
) -> bool {
    match &entry.answer {
        Some(EntryAnswer::Accepted(_)) => true,
        Some(EntryAnswer::Disputed(_)) => entry.upheld.is_some(),
        None => {
            let until = entry_until(organisation, tariff, entry);
            until.is_some_and(|until: Deadline| at > until.at)
        }
    }
}
