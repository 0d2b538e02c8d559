//! Partitions: the portions in which rows are shared, each with one audience.
//!
//! A person's device holds exactly the partitions that the policy in [`crate::permission`] grants.
//! A row has one home partition; identical read-only copies stand in other audiences' partitions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{PeriodId, PersonId, UnitId, from_text};

/// Names a partition: (unit, period, audience), one person's own, or the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartitionId {
    /// Units, people, assignments, regimes, periods.
    Organisation,
    /// A person's own plans, reports and published results.
    User(PersonId),
    /// The unit's plan, for its members and those above.
    Common(UnitId, PeriodId),
    /// Members' own plans, for their heads and the plan office.
    Personal(UnitId, PeriodId),
    /// Items on which this unit is asked to help.
    Helping(UnitId, PeriodId),
    /// What one judge has not yet published about plans of this unit.
    Judging(UnitId, PeriodId, PersonId),
    /// Deductions and rewards of the unit's people, for those who keep the ledger and who judge.
    Ledger(UnitId, PeriodId),
    /// Pay bases, coefficients and batches, for payroll.
    Payroll,
}

impl fmt::Display for PartitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation => f.write_str("org"),
            Self::User(person) => write!(f, "user/{person}"),
            Self::Common(unit, period) => write!(f, "common/{unit}/{period}"),
            Self::Personal(unit, period) => write!(f, "personal/{unit}/{period}"),
            Self::Helping(unit, period) => write!(f, "helping/{unit}/{period}"),
            Self::Judging(unit, period, judge) => write!(f, "judging/{unit}/{period}/{judge}"),
            Self::Ledger(unit, period) => write!(f, "ledger/{unit}/{period}"),
            Self::Payroll => f.write_str("payroll"),
        }
    }
}

/// A text that names no partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedPartition;

impl fmt::Display for MalformedPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this names no partition")
    }
}

impl FromStr for PartitionId {
    type Err = MalformedPartition;

    fn from_str(text: &str) -> Result<Self, MalformedPartition> {
        fn id<T: FromStr>(text: &str) -> Result<T, MalformedPartition> {
            text.parse().map_err(|_| MalformedPartition)
        }
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            ["org"] => Ok(Self::Organisation),
            ["payroll"] => Ok(Self::Payroll),
            ["user", person] => Ok(Self::User(id(person)?)),
            ["common", unit, period] => Ok(Self::Common(id(unit)?, id(period)?)),
            ["personal", unit, period] => Ok(Self::Personal(id(unit)?, id(period)?)),
            ["helping", unit, period] => Ok(Self::Helping(id(unit)?, id(period)?)),
            ["ledger", unit, period] => Ok(Self::Ledger(id(unit)?, id(period)?)),
            ["judging", unit, period, judge] => {
                Ok(Self::Judging(id(unit)?, id(period)?, id(judge)?))
            }
            _ => Err(MalformedPartition),
        }
    }
}

impl Serialize for PartitionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartitionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer)
    }
}
