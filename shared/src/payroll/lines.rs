//! The lines of one person: results, what changed since, the minimum wage, rewards and deductions.
//!
//! Every amount is due less paid, so that whatever was paid before, what is paid in all is what is
//! due. Deductions take their turn by when they happened, while there is room for them.

use std::collections::BTreeMap;

use crate::id::{EntryId, PeriodId};
use crate::moment::Day;
use crate::quantity::{BasisPoints, Fen};
use crate::regime::tariff::Legal;

use super::{Due, EntryDue, LineOf, PayLine, ResultDue};

/// The lines of a person for a month, given those of the batches that were handed over before.
///
/// A result is base × share × coefficient, rounded once to the fen, half up. `None` where something
/// would be taken or the pay floats down, and the minimum wage is unknown.
pub fn lines(due: &Due, paid: &[(u32, &PayLine)]) -> Option<Vec<PayLine>> {
    let mut own = Own {
        due,
        paid,
        lines: Vec::new(),
    };
    let mut taken = Vec::new();
    // What the month's own results take from the base, or add to it.
    let mut floats = 0;
    for result in &due.results {
        let period = result.period;
        let amount = floating(result);
        let Some((before, batch)) = own.paid_for(|of| of.period() == Some(period)) else {
            own.lines
                .push(of_result(LineOf::Result(period), result, amount, None));
            floats += amount - in_full(result);
            continue;
        };
        match amount - before {
            0 => {}
            more if more > 0 => {
                let of = LineOf::BackPay(period);
                own.lines.push(of_result(of, result, more, Some(batch)));
            }
            less => {
                let line = of_result(LineOf::Recovery(period), result, less, Some(batch));
                taken.push((line, false));
            }
        }
    }
    taken.extend(own.nothing_due());
    taken.extend(own.entries());
    let base = due.base.unwrap_or_default().0;
    let gross = base + floats;
    if due.minimum.is_none() && (floats < 0 || !taken.is_empty()) {
        return None;
    }
    let minimum = due.minimum.map_or(0, |minimum| minimum.0);
    // Who is paid less than the minimum by contract is not lifted above the base.
    let least = minimum.min(base);
    if gross < least {
        own.lines
            .push(plain(LineOf::MinimumWage, least - gross, None));
    }
    let month = gross.max(least);
    let mut above = month - least;
    let mut share = part(month, due.most_deducted);
    for (mut line, compensates) in taken {
        let amount = -line.amount.0;
        let most = if compensates { share.min(above) } else { above };
        let now = amount.min(most.max(0));
        above -= now;
        share -= if compensates { now } else { 0 };
        (line.amount, line.capped) = (Fen(-now), Fen(amount - now));
        own.lines.push(line);
    }
    Some(own.lines)
}

struct Own<'f> {
    due: &'f Due,
    paid: &'f [(u32, &'f PayLine)],
    lines: Vec<PayLine>,
}

impl Own<'_> {
    /// What lines of some kind paid, and the last batch that did; `None` where there is none.
    fn paid_for(&self, is: impl Fn(LineOf) -> bool) -> Option<(i64, u32)> {
        let own = self.paid.iter().filter(|(_, line)| is(line.of));
        own.fold(None, |sum, (batch, line)| {
            let before = sum.map_or(0, |(before, _)| before);
            Some((before + line.amount.0, *batch))
        })
    }

    /// What was paid for periods for which nothing is due any more: another result stands in its place.
    fn nothing_due(&self) -> Vec<(PayLine, bool)> {
        let due = |period: PeriodId| self.due.results.iter().any(|one| one.period == period);
        let periods = self.paid.iter().filter_map(|(_, line)| line.of.period());
        let mut gone: Vec<PeriodId> = periods.filter(|period| !due(*period)).collect();
        gone.sort_unstable();
        gone.dedup();
        let line = |period: PeriodId| {
            let (before, batch) = self.paid_for(|of| of.period() == Some(period))?;
            let line = plain(LineOf::Recovery(period), -before, Some(batch));
            (before > 0).then_some((line, false))
        };
        gone.into_iter().filter_map(line).collect()
    }

    /// Puts what entries give, and lists what they take with whether it compensates.
    fn entries(&mut self) -> Vec<(PayLine, bool)> {
        let mut due: BTreeMap<EntryId, (Day, i64)> = BTreeMap::new();
        for EntryDue {
            entry,
            happened,
            legal,
            amount,
        } in &self.due.entries
        {
            // Points and donations are never money; a record is no amount.
            let amount = match legal {
                Legal::Reward => amount.0,
                Legal::Compensation => -amount.0,
                Legal::Points | Legal::Donation | Legal::Record => continue,
            };
            due.insert(*entry, (*happened, amount));
        }
        for (_, line) in self.paid {
            if let Some(entry) = line.of.entry() {
                due.entry(entry).or_insert((Day::MIN, 0));
            }
        }
        let order = due
            .into_iter()
            .map(|(entry, (happened, amount))| (happened, entry, amount));
        let mut order: Vec<(Day, EntryId, i64)> = order.collect();
        order.sort_unstable();
        let mut taken = Vec::new();
        for (_, entry, due) in order {
            let before = self.paid_for(|of| of.entry() == Some(entry));
            let open = due - before.map_or(0, |(before, _)| before);
            let batch = before.map(|(_, batch)| batch);
            let new = batch.is_none();
            match open {
                0 => {}
                more if more > 0 && new => {
                    self.lines.push(plain(LineOf::Reward(entry), more, None));
                }
                more if more > 0 => {
                    self.lines.push(plain(LineOf::Returned(entry), more, batch));
                }
                less if due >= 0 => {
                    taken.push((plain(LineOf::RewardTaken(entry), less, batch), false));
                }
                less if new => taken.push((plain(LineOf::Compensation(entry), less, None), true)),
                less => taken.push((plain(LineOf::HeldOver(entry), less, batch), true)),
            }
        }
        taken
    }
}

const fn plain(of: LineOf, amount: i64, corrects: Option<u32>) -> PayLine {
    PayLine {
        of,
        base: Fen(0),
        share: BasisPoints(0),
        coefficient: BasisPoints(0),
        basis: None,
        amount: Fen(amount),
        capped: Fen(0),
        from: None,
        corrects,
    }
}

fn of_result(of: LineOf, result: &ResultDue, amount: i64, corrects: Option<u32>) -> PayLine {
    PayLine {
        base: result.base,
        share: result.floating_share,
        coefficient: result.coefficient,
        basis: Some(result.basis),
        from: result.from.clone(),
        ..plain(of, amount, corrects)
    }
}

/// The floating pay of a result: base × share × coefficient, rounded once, half up.
fn floating(result: &ResultDue) -> i64 {
    let exact = i128::from(result.base.0)
        * i128::from(result.floating_share.0)
        * i128::from(result.coefficient.0);
    half_up(exact, 100_000_000)
}

/// What floats at a coefficient of 1.00: it is part of the base.
fn in_full(result: &ResultDue) -> i64 {
    part(result.base.0, result.floating_share)
}

fn part(whole: i64, share: BasisPoints) -> i64 {
    half_up(i128::from(whole) * i128::from(share.0), 10_000)
}

fn half_up(over: i128, under: i128) -> i64 {
    let rounded = (over * 2 + under).div_euclid(under * 2);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}
