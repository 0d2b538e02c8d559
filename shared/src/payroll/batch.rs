//! Batches 发放批次 and their slips: what was handed over, person by person, with control totals.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, PeriodId, PersonId, PlanId, UnitId};
use crate::moment::Day;
use crate::plan::Signed;
use crate::quantity::{BasisPoints, Fen};
use crate::row;
use crate::seal::Assessment;

/// Whom a batch is drawn for; nobody named is everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Units, with those below them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// People, whatever their unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}

/// A batch that was handed over; its slips stand beside it. The row's key is its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayBatch {
    /// Its number in the organisation: from 1, without gaps, in the server's order.
    pub number: u32,
    /// The first day of the month whose pay carries it.
    pub month: Day,
    /// Whom it was drawn for.
    pub scope: Scope,
    /// What the receiver counts again.
    pub totals: ControlTotals,
    /// How many were left out, and come in a later batch.
    pub left_out: u32,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub digest: String,
    /// Who handed it over; nothing of it changes any more.
    pub handed_over: Signed,
}

/// What a batch pays one person. The row's key is the person and the batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaySlip {
    /// The batch.
    pub batch: u32,
    /// The first day of the month whose pay carries it.
    pub month: Day,
    /// Whose.
    pub person: PersonId,
    /// The person's name as it was.
    pub name: String,
    /// The unit of the person's post.
    pub unit: UnitId,
    /// Its name as it was.
    pub unit_name: String,
    /// The month's pay before anything floats; `None` where nobody has entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Fen>,
    /// The minimum wage of the month; `None` where nobody has entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Fen>,
    /// The most of the month's pay that compensation takes.
    pub most_deducted: BasisPoints,
    /// The lines.
    pub lines: Vec<PayLine>,
}

/// One line of a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayLine {
    /// For what.
    pub of: LineOf,
    /// The part of the pay base that it was reckoned from; 0 where there is none.
    pub base: Fen,
    /// The share of it that floats.
    pub share: BasisPoints,
    /// The coefficient; 0 where there is none.
    pub coefficient: BasisPoints,
    /// What the coefficient is: of a result, not assessed 免考, or provisional 暂定.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Assessment>,
    /// What is paid; negative for what is taken.
    pub amount: Fen,
    /// What could not be taken this month and stays open.
    pub capped: Fen,
    /// The sealed result that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<SealRef>,
    /// The batch that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<u32>,
}

/// Names a sealed result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealRef {
    /// The plan in whose document it stands.
    pub plan: PlanId,
    /// Its version.
    pub version: u32,
    /// Its digest.
    pub digest: String,
}

/// For what a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineOf {
    /// The floating pay of a period's result.
    Result(PeriodId),
    /// 补发: what is due for a period beyond what earlier batches paid.
    BackPay(PeriodId),
    /// 补扣: what earlier batches paid for a period beyond what is due.
    Recovery(PeriodId),
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

impl LineOf {
    /// The period of a result's line.
    pub const fn period(self) -> Option<PeriodId> {
        match self {
            Self::Result(period) | Self::BackPay(period) | Self::Recovery(period) => Some(period),
            _ => None,
        }
    }

    /// The entry of an entry's line.
    pub const fn entry(self) -> Option<EntryId> {
        match self {
            Self::Reward(entry)
            | Self::Compensation(entry)
            | Self::HeldOver(entry)
            | Self::Returned(entry)
            | Self::RewardTaken(entry) => Some(entry),
            _ => None,
        }
    }

    /// Whether it corrects what an earlier batch paid or took.
    pub const fn is_correction(self) -> bool {
        matches!(
            self,
            Self::BackPay(_) | Self::Recovery(_) | Self::Returned(_) | Self::RewardTaken(_)
        )
    }
}

/// What makes a slip one that is looked through first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// It corrects an earlier batch.
    Correction,
    /// Something could not be taken, or the minimum wage lifts the pay.
    Capped,
    /// A coefficient is provisional.
    Provisional,
    /// Somebody is not assessed.
    NotAssessed,
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

impl ControlTotals {
    /// Counts slips.
    pub fn of<'s>(slips: impl Iterator<Item = &'s PaySlip>) -> Self {
        let mut people: BTreeSet<PersonId> = BTreeSet::new();
        let (mut base, mut coefficients, mut amount) = (0, 0, 0);
        for slip in slips {
            people.insert(slip.person);
            for line in &slip.lines {
                amount += line.amount.0;
                if matches!(line.of, LineOf::Result(_)) {
                    base += line.base.0;
                    coefficients += line.coefficient.0;
                }
            }
        }
        Self {
            heads: u32::try_from(people.len()).unwrap_or(u32::MAX),
            base: Fen(base),
            coefficients: BasisPoints(coefficients),
            amount: Fen(amount),
        }
    }
}

impl PayBatch {
    /// Says whether its totals and the digest of its file are those of its slips.
    pub fn is_whole(&self, slips: &[&PaySlip], file: &str) -> bool {
        let own = slips.iter().all(|slip| slip.batch == self.number);
        own && self.totals == ControlTotals::of(slips.iter().copied())
            && self.digest == super::digest(file)
    }
}

impl PaySlip {
    /// The bits of its key.
    pub fn bits(&self) -> u128 {
        row::both(self.person.bits(), u128::from(self.batch))
    }

    /// What it pays in all; negative for what is taken.
    pub fn amount(&self) -> Fen {
        Fen(self.lines.iter().map(|line| line.amount.0).sum())
    }

    /// What stays open of it.
    pub fn capped(&self) -> Fen {
        Fen(self.lines.iter().map(|line| line.capped.0).sum())
    }

    /// What is to be looked at first, the gravest first.
    pub fn spots(&self) -> Vec<Spot> {
        let mut spots: BTreeSet<Spot> = BTreeSet::new();
        for line in &self.lines {
            if line.of.is_correction() {
                spots.insert(Spot::Correction);
            }
            if line.capped.0 != 0 || line.of == LineOf::MinimumWage {
                spots.insert(Spot::Capped);
            }
            match line.basis {
                Some(Assessment::Provisional) => spots.insert(Spot::Provisional),
                Some(Assessment::NotAssessed) => spots.insert(Spot::NotAssessed),
                Some(Assessment::Assessed) | None => false,
            };
        }
        spots.into_iter().collect()
    }
}
