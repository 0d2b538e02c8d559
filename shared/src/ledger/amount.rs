//! What an entry costs: by its tariff, by how many it counts, by whose share it is, and, where the
//! tariff escalates, by how many of its kind happened before it.
//!
//! The place of an entry follows from (happened, id) among those that stand; so two devices that
//! hand in out of order, and a reversal, give what the things themselves give.

use std::collections::BTreeMap;

use crate::id::{EntryId, PersonId, UnitId};
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::permission;
use crate::quantity::{BasisPoints, Fen, Points};
use crate::refusal::Refusal;
use crate::regime::charge::Amount;
use crate::regime::tariff::{MoneyOf, Tariff};
use crate::regime::who::Who;

use super::{LedgerEntry, WHOLE, standing, tariff};

/// What an entry amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Its place among those of its tariff and person that stand, from 1.
    pub nth: u32,
    /// Points in all.
    pub points: Points,
    /// Money in all, whether or not it takes effect.
    pub money: Fen,
}

/// Reckons every entry of a ledger; one that does not stand is reckoned as if it did.
pub fn counted(
    organisation: &Organisation,
    ledger: &BTreeMap<EntryId, LedgerEntry>,
) -> BTreeMap<EntryId, Counted> {
    let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for entry in standing(ledger) {
        let row = rows.entry((entry.sheet, entry.tariff.as_str(), entry.person));
        row.or_default().push((entry.happened, entry.id));
    }
    let reckon = |entry: &LedgerEntry| {
        let of = entry.reverses.and_then(|of| ledger.get(&of));
        let entry = of.unwrap_or(entry);
        let row = rows.get(&(entry.sheet, entry.tariff.as_str(), entry.person));
        let before = row.into_iter().flatten();
        let before = before.filter(|other| **other < (entry.happened, entry.id));
        let nth = u32::try_from(before.count() + 1).unwrap_or(u32::MAX);
        amounts(tariff(organisation, entry.sheet, &entry.tariff), entry, nth)
    };
    let reckoned = ledger.values().map(|entry| (entry.id, reckon(entry)));
    reckoned.collect()
}

/// What an entry amounts to as the n-th of its kind.
pub fn amounts(tariff: Option<&Tariff>, entry: &LedgerEntry, nth: u32) -> Counted {
    let place = (nth.max(1) - 1) as usize;
    let points = match tariff.and_then(|tariff| tariff.points.as_ref()) {
        Some(Amount::Escalating(steps)) => step(steps, place).unwrap_or_default(),
        _ => entry.points,
    };
    let money = match tariff
        .and_then(|tariff| tariff.money.as_ref())
        .map(|m| &m.amount)
    {
        Some(MoneyOf::Escalating(steps)) => step(steps, place).unwrap_or_default(),
        _ => entry.money,
    };
    let whole = |each: i64| each.saturating_mul(i64::from(entry.count));
    Counted {
        nth,
        points: Points(part(whole(points.0), entry.share)),
        money: Fen(part(whole(money.0), entry.share)),
    }
}

/// The n-th step; the last for all that follow.
fn step<T: Copy>(steps: &[T], place: usize) -> Option<T> {
    steps.get(place).or(steps.last()).copied()
}

/// The part of a whole that lies between two shares of it.
///
/// Each bound is rounded on its own, so that the parts of all bearers add up to the whole.
fn part(whole: i64, [from, to]: [BasisPoints; 2]) -> i64 {
    let until = |share: BasisPoints| {
        let exact = i128::from(whole) * i128::from(share.0) / 10_000;
        i64::try_from(exact).unwrap_or(i64::MAX)
    };
    until(to) - until(from)
}

/// What a proposal states of each: the tariff's own, or what was chosen in its range.
pub fn stated(
    tariff: &Tariff,
    points: Option<Points>,
    money: Option<Fen>,
) -> Result<(Points, Fen), Refusal> {
    let points = match &tariff.points {
        Some(Amount::Fixed(fixed)) => one_of("points", points, *fixed)?,
        Some(Amount::Range { least, most }) => chosen("points", points, *least, *most)?,
        None | Some(Amount::Escalating(_)) => one_of("points", points, Points(0))?,
    };
    let money = match tariff.money.as_ref().map(|money| &money.amount) {
        None | Some(MoneyOf::Escalating(_)) => one_of("money", money, Fen(0))?,
        Some(MoneyOf::Fixed(fixed)) => one_of("money", money, *fixed)?,
        Some(MoneyOf::Range { least, most }) => {
            // What takes no effect need not be chosen.
            let off = tariff.money.as_ref().is_some_and(|money| !money.on);
            let given = money.or_else(|| off.then_some(*least));
            chosen("money", given, *least, *most)?
        }
    };
    Ok((points, money))
}

/// Takes the only value there is; another one is refused.
fn one_of<T: Copy + PartialEq + ToString>(
    field: &str,
    given: Option<T>,
    only: T,
) -> Result<T, Refusal> {
    match given.filter(|given| *given != only) {
        None => Ok(only),
        Some(given) => Err(Refusal::UnknownValue {
            field: field.to_owned(),
            given: given.to_string(),
        }),
    }
}

fn chosen<T: Copy + PartialOrd + ToString>(
    field: &str,
    given: Option<T>,
    least: T,
    most: T,
) -> Result<T, Refusal> {
    let given = given.ok_or_else(|| Refusal::FieldMissing {
        item: None,
        field: field.to_owned(),
    })?;
    if given < least || given > most {
        let (least, most) = (least.to_string(), most.to_string());
        let field = field.to_owned();
        return Err(Refusal::OutOfRange { field, least, most });
    }
    Ok(given)
}

/// Who bears an entry about what a person did, each with the part that is borne.
///
/// Where a tariff names nobody it is the person, and so it is where it names those who help and no
/// item says who that is; where nobody holds what it names, the direct superior bears that part, and
/// the person where there is none.
pub fn bearers(
    organisation: &Organisation,
    tariff: &Tariff,
    (person, unit): (PersonId, UnitId),
    helpers: &[UnitId],
    day: Day,
) -> Vec<(PersonId, [BasisPoints; 2])> {
    if tariff.bearers.is_empty() {
        return vec![(person, WHOLE)];
    }
    let count = i64::try_from(tariff.bearers.len()).unwrap_or(1);
    let mut borne: Vec<(PersonId, i64)> = Vec::new();
    for (place, bearer) in (0..).zip(&tariff.bearers) {
        let about = (person, unit);
        let found = permission::people_of(organisation, &bearer.who, about, helpers, day);
        let own = bearer.who == Who::Helpers;
        let superior = || (!own).then(|| organisation.superior(person, unit, day))?;
        let who = found.first().copied().or_else(superior).unwrap_or(person);
        // Equal shares: what does not divide goes to the first.
        let equal = 10_000 / count + i64::from(place < 10_000 % count);
        let share = bearer.share.map_or(equal, |share| share.0);
        match borne.iter_mut().find(|(other, _)| *other == who) {
            Some((_, more)) => *more += share,
            None => borne.push((who, share)),
        }
    }
    let mut from = 0;
    let ranged = borne.into_iter().map(|(who, share)| {
        let range = [BasisPoints(from), BasisPoints(from + share)];
        from += share;
        (who, range)
    });
    ranged.collect()
}
