//! The lines of one person: results, what changed since, the minimum wage, rewards and deductions.
//!
//! Every amount is due less paid, so that whatever was paid before, what is paid in all is what is
//! due. Deductions take their turn by when they happened, while there is room for them.

use std::collections::BTreeMap;

use crate::id::EntryId;
use crate::moment::Day;
use crate::quantity::{BasisPoints, Fen};
use crate::regime::tariff::Legal;

use super::{EntryDue, LineOf, PayFacts, PayrollLine, ResultDue};

/// The lines of a person for a month, given the lines that were handed over before.
///
/// `None` where something would be taken or the pay floats down, and the minimum wage is unknown.
pub fn lines(facts: &PayFacts, paid: &[&PayrollLine]) -> Option<Vec<PayrollLine>> {
    let mut own = Own {
        facts,
        lines: Vec::new(),
    };
    let mut taken = Vec::new();
    // What the month's own result takes from the base, or adds to it.
    let mut floats = 0;
    for result in &facts.results {
        let before: Option<i64> = paid_for(paid, |of| is_of_result(of, result));
        let due = floating(result);
        let (period, plan, version) = (result.period, result.plan, result.version);
        let Some(before) = before else {
            own.put_result(LineOf::Result(period, plan, version), result, due);
            floats += due - in_full(result);
            continue;
        };
        match due - before {
            0 => {}
            more if more > 0 => {
                own.put_result(LineOf::BackPay(period, plan, version), result, more);
            }
            less => taken.push((LineOf::Recovery(period, plan, version), -less, false)),
        }
    }
    taken.extend(own.entries(paid));
    let gross = facts.base.0 + floats;
    if facts.minimum.is_none() && (floats < 0 || !taken.is_empty()) {
        return None;
    }
    let minimum = facts.minimum.map_or(0, |minimum| minimum.0);
    // Who is paid less than the minimum by contract is not lifted above the base.
    let least = minimum.min(facts.base.0);
    if gross < least {
        own.put(LineOf::MinimumWage, least - gross, 0);
    }
    let month = gross.max(least);
    let mut above = month - least;
    let mut share = part(month, facts.most_deducted);
    for (of, amount, compensates) in taken {
        let most = if compensates { share.min(above) } else { above };
        let now = amount.min(most.max(0));
        above -= now;
        share -= if compensates { now } else { 0 };
        own.put(of, -now, amount - now);
    }
    Some(own.lines)
}

struct Own<'f> {
    facts: &'f PayFacts,
    lines: Vec<PayrollLine>,
}

impl Own<'_> {
    fn put(&mut self, of: LineOf, amount: i64, capped: i64) {
        self.lines.push(PayrollLine {
            person: self.facts.person,
            of,
            base: Fen(0),
            coefficient: BasisPoints(0),
            amount: Fen(amount),
            capped: Fen(capped),
        });
    }

    fn put_result(&mut self, of: LineOf, result: &ResultDue, amount: i64) {
        self.lines.push(PayrollLine {
            person: self.facts.person,
            of,
            base: result.base,
            coefficient: result.coefficient,
            amount: Fen(amount),
            capped: Fen(0),
        });
    }

    /// Puts what entries give, and lists what they take: line, amount, and whether it compensates.
    fn entries(&mut self, paid: &[&PayrollLine]) -> Vec<(LineOf, i64, bool)> {
        let mut due: BTreeMap<EntryId, (Day, i64)> = BTreeMap::new();
        for EntryDue {
            entry,
            happened,
            legal,
            amount,
        } in &self.facts.entries
        {
            // Points and donations are never money; a record is no amount.
            let amount = match legal {
                Legal::Reward => amount.0,
                Legal::Compensation => -amount.0,
                Legal::Points | Legal::Donation | Legal::Record => continue,
            };
            due.insert(*entry, (*happened, amount));
        }
        for line in paid {
            if let Some(entry) = entry_of(line.of) {
                due.entry(entry).or_insert((Day::MIN, 0));
            }
        }
        let mut order: Vec<(Day, EntryId, i64)> = due
            .into_iter()
            .map(|(entry, (happened, amount))| (happened, entry, amount))
            .collect();
        order.sort_unstable();
        let mut taken = Vec::new();
        for (_, entry, due) in order {
            let before = paid_for(paid, |of| entry_of(of) == Some(entry));
            let open = due - before.unwrap_or(0);
            let new = before.is_none();
            match open {
                0 => {}
                more if more > 0 && new => self.put(LineOf::Reward(entry), more, 0),
                more if more > 0 => self.put(LineOf::Returned(entry), more, 0),
                less if due >= 0 => taken.push((LineOf::RewardTaken(entry), -less, false)),
                less if new => taken.push((LineOf::Compensation(entry), -less, true)),
                less => taken.push((LineOf::HeldOver(entry), -less, true)),
            }
        }
        taken
    }
}

/// What was paid by lines of some kind; `None` where there is none.
fn paid_for(paid: &[&PayrollLine], is: impl Fn(LineOf) -> bool) -> Option<i64> {
    let own = paid.iter().filter(|line| is(line.of));
    own.map(|line| line.amount.0).reduce(|sum, more| sum + more)
}

fn is_of_result(of: LineOf, result: &ResultDue) -> bool {
    match of {
        LineOf::Result(period, ..) | LineOf::BackPay(period, ..) | LineOf::Recovery(period, ..) => {
            period == result.period
        }
        _ => false,
    }
}

const fn entry_of(of: LineOf) -> Option<EntryId> {
    match of {
        LineOf::Reward(entry)
        | LineOf::Compensation(entry)
        | LineOf::HeldOver(entry)
        | LineOf::Returned(entry)
        | LineOf::RewardTaken(entry) => Some(entry),
        _ => None,
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
