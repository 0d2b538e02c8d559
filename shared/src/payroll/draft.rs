//! Drawing a batch: who is in it with which lines, who is left out and why, and the file that is signed.
//!
//! Pure: the same rows and the same moment give the same bytes on every side. Nobody is paid twice in a
//! month, and a month is never opened again once a later one was handed over.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months};

use crate::id::{EntryId, PeriodId, PersonId, PlanId, UnitId};
use crate::moment::{Day, UtcMillis};
use crate::organisation::Organisation;
use crate::partition::PartitionId;
use crate::period::Period;
use crate::quantity::BasisPoints;
use crate::regime::Rules;
use crate::world::{Stop, World};

use super::base::{base_on, minimum_on};
use super::due::{self, Paid};
use super::{
    ControlTotals, Due, EntryDue, MOST_MONTHS, MinimumWage, PayBase, PayLine, PaySlip, Payable,
    ResultDue, Scope, Term, carried, former, lines, pays, share_of_month, term,
};

/// The most of a month's pay that compensation takes where no regime says so.
const MOST_DEDUCTED: BasisPoints = BasisPoints(2_000);

/// A batch as it would be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The number that it would get.
    pub number: u32,
    /// The first day of the month whose pay carries it.
    pub month: Day,
    /// The slips, in order of people.
    pub slips: Vec<PaySlip>,
    /// What the receiver counts again.
    pub totals: ControlTotals,
    /// Who is left out and comes in a later batch.
    pub left_out: Vec<LeftOut>,
    /// The file.
    pub file: String,
    /// SHA-256 of the file, which whoever hands over has seen.
    pub digest: String,
    /// The last month that was handed over, where it is later than this one.
    pub closed_by: Option<Day>,
}

/// Somebody who is left out of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Who.
    pub person: PersonId,
    /// Why.
    pub why: WhyOut,
}

/// Why somebody is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyOut {
    /// The result of a period is not sealed, and the cut-off on this day has not passed.
    NotSealed(PeriodId, Day),
    /// Nobody has entered a pay base.
    NoBase,
    /// Something would be taken, and the local minimum wage is not entered.
    NoMinimum,
}

/// The ledgers that drawing a month reads.
pub fn ledgers(organisation: &Organisation, month: Day) -> Vec<(UnitId, PeriodId)> {
    if !due::any_money(organisation) {
        return Vec::new();
    }
    let periods = within_reach(organisation, month, Day::MIN);
    let of = |period: PeriodId| {
        let units = organisation.units.keys();
        units.map(move |unit| (*unit, period))
    };
    periods.flat_map(|(period, _)| of(period.id)).collect()
}

/// The documents that drawing a month reads beside ledgers and the book, given the months of all batches.
pub fn reads(
    organisation: &Organisation,
    month: Day,
    months: impl Iterator<Item = Day>,
) -> Vec<PlanId> {
    let periods = paid_periods(organisation, month, Day::MIN);
    let payables = periods.iter().map(|paid| super::payables(paid.period.id));
    let reached = reaches(month);
    let slips = months.filter(|one| reached <= *one).map(super::month);
    payables.chain(slips).collect()
}

/// When each period that a month carries is paid, in order of time.
pub fn terms(organisation: &Organisation, month: Day) -> Vec<(PeriodId, Term)> {
    let periods = paid_periods(organisation, month, month);
    let terms = periods.iter().map(|paid| (paid.period.id, paid.term));
    terms.collect()
}

/// The first pay month that is still corrected.
fn reaches(month: Day) -> Day {
    let first = month.checked_sub_months(Months::new(MOST_MONTHS - 1));
    first.unwrap_or(month)
}

/// The periods that a month's pay reaches back to; none whose pay month is before `first`, when the first
/// batch was handed over.
fn within_reach(
    organisation: &Organisation,
    month: Day,
    first: Day,
) -> impl Iterator<Item = (&Period, Rules<'_>)> {
    let reached = reaches(month).max(first);
    organisation.periods.values().filter_map(move |period| {
        let rules = organisation.rules(period)?;
        let carried = carried(rules.regime, period);
        (reached <= carried && carried <= month).then_some((period, rules))
    })
}

/// Those of them whose results are paid, in order of pay months.
fn paid_periods(organisation: &Organisation, month: Day, first: Day) -> Vec<Paid<'_>> {
    let Some(company) = &organisation.company else {
        return Vec::new();
    };
    let reached = within_reach(organisation, month, first);
    let paying = reached.filter(|(period, rules)| pays(rules.regime, period.kind));
    let of = |(period, rules)| Paid {
        period,
        rules,
        term: term(organisation, rules, period, company.root),
    };
    let mut periods: Vec<Paid<'_>> = paying.map(of).collect();
    periods.sort_by_key(|paid| (paid.term.month, paid.period.to, paid.period.id));
    periods
}

/// Draws the batch of a month for some people at a moment.
///
/// Stops on a side that does not hold what it takes; refuses nothing.
pub fn draft(world: &World, month: Day, scope: &Scope, at: UtcMillis) -> Result<Draft, Stop> {
    let organisation = world.organisation();
    let today = at.day(organisation.utc_offset());
    let held = |partition| world.holds(partition, today);
    let ledgers = ledgers(organisation, month);
    let mut partitions = ledgers
        .iter()
        .map(|(unit, period)| PartitionId::Ledger(*unit, *period));
    if !held(PartitionId::Payroll) || !partitions.all(held) {
        return Err(Stop::NotHeld);
    }
    let drawing = Drawing::read(world, month, at, &ledgers);
    let mut slips = Vec::new();
    let mut left_out = Vec::new();
    for (person, unit) in &drawing.posts {
        if !drawing.is_in(scope, *person, *unit) || drawing.done.contains(person) {
            continue;
        }
        match drawing.slip(*person, *unit) {
            Ok(Some(slip)) => slips.push(slip),
            Ok(None) => {}
            Err(why) => left_out.push(LeftOut {
                person: *person,
                why,
            }),
        }
    }
    let totals = ControlTotals::of(slips.iter());
    let file = super::file(organisation, drawing.number, month, &slips, totals);
    Ok(Draft {
        number: drawing.number,
        month,
        digest: super::digest(&file),
        file,
        totals,
        slips,
        left_out,
        closed_by: drawing.last.filter(|last| *last > month),
    })
}

/// Everything that is asked for each person.
struct Drawing<'w> {
    organisation: &'w Organisation,
    month: Day,
    /// The last day of the month: bases and minimum wages are those in force on it.
    end: Day,
    at: UtcMillis,
    number: u32,
    last: Option<Day>,
    periods: Vec<Paid<'w>>,
    expected: BTreeMap<PeriodId, BTreeSet<PersonId>>,
    payables: BTreeMap<(PersonId, PeriodId), &'w Payable>,
    bases: BTreeMap<PersonId, Vec<&'w PayBase>>,
    minimums: Vec<&'w MinimumWage>,
    entries: BTreeMap<PersonId, Vec<EntryDue>>,
    known: BTreeSet<EntryId>,
    paid: BTreeMap<PersonId, Vec<(u32, &'w PayLine)>>,
    /// Whom a batch of this month has paid.
    done: BTreeSet<PersonId>,
    posts: BTreeMap<PersonId, UnitId>,
}

/// The last day of a month, given by any of its days.
fn end_of(month: Day) -> Day {
    month
        .with_day(u32::from(month.num_days_in_month()))
        .unwrap_or(month)
}

impl<'w> Drawing<'w> {
    fn read(world: &'w World, month: Day, at: UtcMillis, ledgers: &[(UnitId, PeriodId)]) -> Self {
        let organisation: &Organisation = world.organisation();
        let batches = super::batches(world);
        let months: BTreeSet<Day> = batches.iter().map(|batch| batch.month).collect();
        // What was paid before the first batch was paid without this program.
        let first = months.first().copied().unwrap_or(month);
        let periods = paid_periods(organisation, month, first);
        let mut payables: BTreeMap<(PersonId, PeriodId), &Payable> = BTreeMap::new();
        for paid in &periods {
            let document = world.document(super::payables(paid.period.id));
            let held = document.into_iter();
            for payable in held.flat_map(|held| held.payroll.payables.values()) {
                let last = payables
                    .entry((payable.person, payable.period))
                    .or_insert(payable);
                if (last.sealed, last.version) < (payable.sealed, payable.version) {
                    *last = payable;
                }
            }
        }
        let mut entries = BTreeMap::new();
        let mut known = BTreeSet::new();
        let reached = within_reach(organisation, month, first);
        let reached: BTreeSet<PeriodId> = reached.map(|(period, _)| period.id).collect();
        for (unit, period) in ledgers
            .iter()
            .filter(|(_, period)| reached.contains(period))
        {
            let held = world.ledger(*unit, *period);
            known.extend(held.into_iter().flat_map(BTreeMap::keys));
            due::entries(world, (*unit, *period), at, &mut entries);
        }
        let end = end_of(month);
        let slips = world.document(super::month(month)).into_iter();
        let slips = slips.flat_map(|held| held.payroll.slips.values());
        Self {
            organisation,
            month,
            end,
            at,
            number: batches.last().map_or(1, |batch| batch.number + 1),
            last: months.last().copied(),
            expected: periods
                .iter()
                .map(|paid| (paid.period.id, due::expected(organisation, *paid)))
                .collect(),
            periods,
            payables,
            bases: super::bases(world),
            minimums: super::minimums(world),
            entries,
            known,
            paid: former(
                world,
                months.iter().copied().filter(|one| reaches(month) <= *one),
            ),
            done: slips.map(|slip| slip.person).collect(),
            posts: due::posts(organisation, end),
        }
    }

    fn is_in(&self, scope: &Scope, person: PersonId, unit: UnitId) -> bool {
        let everybody = scope.units.is_empty() && scope.people.is_empty();
        let mut above = self.organisation.upwards(unit);
        everybody || scope.people.contains(&person) || above.any(|unit| scope.units.contains(&unit))
    }

    /// A person's slip; `None` where nothing is due, or why the person is left out.
    fn slip(&self, person: PersonId, unit: UnitId) -> Result<Option<PaySlip>, WhyOut> {
        let due = self.due(person, unit)?;
        let about = |line: &PayLine| match (line.of.period(), line.of.entry()) {
            (Some(period), _) => self.periods.iter().any(|paid| paid.period.id == period),
            (None, Some(entry)) => self.known.contains(&entry),
            (None, None) => false,
        };
        let paid = self.paid.get(&person).into_iter().flatten();
        let paid: Vec<(u32, &PayLine)> = paid.filter(|(_, line)| about(line)).copied().collect();
        let lines = lines(&due, &paid).ok_or(WhyOut::NoMinimum)?;
        if lines.is_empty() {
            return Ok(None);
        }
        let named = self.organisation.units.get(&unit);
        let person_row = self.organisation.people.get(&person);
        Ok(Some(PaySlip {
            batch: self.number,
            month: self.month,
            person,
            name: person_row.map_or_else(String::new, |row| row.name.clone()),
            unit,
            unit_name: named.map_or_else(String::new, |unit| unit.name_on(self.end).0.to_owned()),
            base: due.base,
            minimum: due.minimum,
            most_deducted: due.most_deducted,
            lines,
        }))
    }

    fn due(&self, person: PersonId, unit: UnitId) -> Result<Due, WhyOut> {
        let bases = self.bases.get(&person);
        let base = |day: Day| {
            let own = bases.into_iter().flatten().copied();
            base_on(own, day).map(|base| base.amount)
        };
        let mut most_deducted: Option<BasisPoints> = None;
        let mut results = Vec::new();
        let mut waits = Vec::new();
        for together in self
            .periods
            .chunk_by(|one, other| one.term.month == other.term.month)
        {
            let periods: Vec<_> = together.iter().map(|paid| self.of(person, *paid)).collect();
            let mut of_month = Vec::new();
            let stated = due::of_month(
                self.organisation,
                person,
                unit,
                &periods,
                self.at,
                &mut of_month,
            );
            waits.extend(of_month);
            for one in stated {
                let money = &one.paid.rules.regime.money;
                let most = money.most_deducted;
                most_deducted = Some(most_deducted.map_or(most, |other| other.min(most)));
                let month_base = base(end_of(one.paid.term.month));
                if month_base.is_none() && money.floating_share.0 > 0 {
                    return Err(WhyOut::NoBase);
                }
                let days = || self.organisation.work_days(unit);
                let month_base = month_base.unwrap_or_default();
                results.push(ResultDue {
                    period: one.paid.period.id,
                    base: share_of_month(month_base, one.paid.period, days),
                    floating_share: money.floating_share,
                    coefficient: one.coefficient,
                    basis: one.basis,
                    from: one.from,
                });
            }
        }
        if let Some((period, cut_off)) = waits.first() {
            return Err(WhyOut::NotSealed(*period, *cut_off));
        }
        Ok(Due {
            person,
            base: base(self.end),
            minimum: minimum_on(self.organisation, &self.minimums, unit, self.end),
            most_deducted: most_deducted.unwrap_or(MOST_DEDUCTED),
            results,
            entries: self.entries.get(&person).cloned().unwrap_or_default(),
        })
    }

    /// A period with a person's sealed result, and whether one is expected.
    fn of(&self, person: PersonId, paid: Paid<'w>) -> (Paid<'w>, Option<&'w Payable>, bool) {
        let period = paid.period.id;
        let payable = self.payables.get(&(person, period)).copied();
        let expected = self.expected.get(&period);
        let expected = expected.is_some_and(|people| people.contains(&person));
        (paid, payable, expected)
    }
}
