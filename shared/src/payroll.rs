//! Payroll: what a batch pays or takes for results and entries, in whole fen and with control totals.
//!
//! A batch that was handed over never changes: what turns out otherwise later is a line of the next
//! one. The program exports and deducts nothing: what a person loses is bounded by a share of the
//! month's pay and by the minimum wage, and what is above stays open.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{EntryId, PeriodId, PersonId, PlanId};
use crate::moment::Day;
use crate::plan::Signed;
use crate::quantity::{BasisPoints, Fen};
use crate::regime::tariff::Legal;

mod lines;

pub use lines::lines;

/// A batch of lines, as it is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollBatch {
    /// Its number, from 1, without gaps.
    pub number: u32,
    /// The first day of the month whose pay carries it.
    pub pay_month: Day,
    /// The lines, in order of people.
    pub lines: Vec<PayrollLine>,
    /// What the receiver counts again.
    pub totals: ControlTotals,
    /// Digest of the lines.
    pub digest: String,
    /// Who handed it over; nothing of it changes any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<Signed>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollLine {
    /// Whose.
    pub person: PersonId,
    /// For what.
    pub of: LineOf,
    /// The pay base that it was reckoned from; 0 where there is none.
    pub base: Fen,
    /// The coefficient; 0 where there is none.
    pub coefficient: BasisPoints,
    /// What is paid; negative for what is taken.
    pub amount: Fen,
    /// What could not be taken this month and stays open.
    pub capped: Fen,
}

/// For what a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineOf {
    /// The floating pay of a period's result.
    Result(PeriodId, PlanId, u32),
    /// 补发: what a later version of a result gives more.
    BackPay(PeriodId, PlanId, u32),
    /// 补扣: what a later version gives less.
    Recovery(PeriodId, PlanId, u32),
    /// What lifts the month's pay to the minimum wage.
    MinimumWage,
    /// A reward.
    Reward(EntryId),
    /// Compensation for a loss.
    Compensation(EntryId),
    /// What stayed open of compensation.
    HeldOver(EntryId),
    /// What is given back, because an entry was taken back or costs less.
    Returned(EntryId),
    /// What is taken back of a reward.
    RewardTaken(EntryId),
}

/// What the receiver of a batch counts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ControlTotals {
    /// How many people.
    pub heads: u32,
    /// The pay bases of the results' lines.
    pub base: Fen,
    /// Their coefficients, added up.
    pub coefficients: BasisPoints,
    /// What is paid in all.
    pub amount: Fen,
}

/// What is known of one person for a month's pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayFacts {
    /// The person.
    pub person: PersonId,
    /// The month's pay, before anything floats.
    pub base: Fen,
    /// The local minimum wage of the month; `None` where nobody has entered it.
    pub minimum: Option<Fen>,
    /// The most of the month's pay that compensation takes.
    pub most_deducted: BasisPoints,
    /// Every sealed result in its last version.
    pub results: Vec<ResultDue>,
    /// Every entry that stands and takes effect in money.
    pub entries: Vec<EntryDue>,
}

/// A sealed result as it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultDue {
    /// Its period.
    pub period: PeriodId,
    /// The plan in whose document it stands.
    pub plan: PlanId,
    /// Its version.
    pub version: u32,
    /// The pay base of its month.
    pub base: Fen,
    /// The share of pay that floats.
    pub floating_share: BasisPoints,
    /// The coefficient.
    pub coefficient: BasisPoints,
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

/// Why a batch cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocked {
    /// The pay of the month was handed over already.
    HandedOver {
        /// The last month that was.
        last: Day,
    },
    /// These people would lose something, and their minimum wage is not entered.
    NoMinimumWage {
        /// Those people.
        people: Vec<PersonId>,
    },
    /// A person stands there twice.
    Twice {
        /// That person.
        person: PersonId,
    },
}

impl ControlTotals {
    /// Counts lines.
    pub fn of(lines: &[PayrollLine]) -> Self {
        let people: BTreeSet<PersonId> = lines.iter().map(|line| line.person).collect();
        let results = lines.iter();
        let results = results.filter(|line| matches!(line.of, LineOf::Result(..)));
        let (mut base, mut coefficients) = (0, 0);
        for line in results {
            base += line.base.0;
            coefficients += line.coefficient.0;
        }
        Self {
            heads: u32::try_from(people.len()).unwrap_or(u32::MAX),
            base: Fen(base),
            coefficients: BasisPoints(coefficients),
            amount: Fen(lines.iter().map(|line| line.amount.0).sum()),
        }
    }
}

impl PayrollBatch {
    /// Says whether its totals and its digest are those of its lines.
    pub fn is_whole(&self) -> bool {
        self.totals == ControlTotals::of(&self.lines) && self.digest == digest(&self.lines)
    }
}

fn digest(lines: &[PayrollLine]) -> String {
    canonical::digest("jihe/payroll/1", lines)
}

/// Makes the next batch from what is known of each person and from what was handed over before.
///
/// A month is handed over once; what changes later is a line of a later month's batch.
pub fn stage(
    pay_month: Day,
    people: &[PayFacts],
    former: &[PayrollBatch],
) -> Result<PayrollBatch, Blocked> {
    let handed_over = former.iter().filter(|batch| batch.locked.is_some());
    let paid: Vec<&PayrollLine> = handed_over.clone().flat_map(|batch| &batch.lines).collect();
    let last = handed_over.clone().map(|batch| batch.pay_month).max();
    if let Some(last) = last.filter(|last| pay_month <= *last) {
        return Err(Blocked::HandedOver { last });
    }
    let mut by_person: BTreeMap<PersonId, &PayFacts> = BTreeMap::new();
    for facts in people {
        let person = facts.person;
        if by_person.insert(person, facts).is_some() {
            return Err(Blocked::Twice { person });
        }
    }
    let (mut all, mut unknown) = (Vec::new(), Vec::new());
    for (person, facts) in by_person {
        let own = paid.iter().filter(|line| line.person == person);
        let own: Vec<&PayrollLine> = own.copied().collect();
        match lines(facts, &own) {
            Some(lines) => all.extend(lines),
            None => unknown.push(person),
        }
    }
    if !unknown.is_empty() {
        let people = unknown;
        return Err(Blocked::NoMinimumWage { people });
    }
    let number = handed_over.map(|batch| batch.number).max().unwrap_or(0) + 1;
    Ok(PayrollBatch {
        number,
        pay_month,
        totals: ControlTotals::of(&all),
        digest: digest(&all),
        lines: all,
        locked: None,
    })
}
