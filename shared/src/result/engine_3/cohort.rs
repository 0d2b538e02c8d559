//! The cohort: what hangs on everybody of a unit and not on one person alone.
//!
//! A ceiling first, cohort by cohort; then small cohorts are pooled; then places are filled, the best
//! band first. The order of the standings changes nothing, and whoever does better is never placed
//! worse. Nothing is settled while a figure can change, or while people stand equal at an edge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{PersonId, UnitId};
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::cohort::SmallThen;

use super::Exact;
use super::node::Figures;
use super::program::{CohortRule, Program};

mod alone;
mod ceiling;
mod ending;
mod places;

pub use alone::{alone, is_full};
pub use ending::{begun, finish, zero};

/// Which cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortKey {
    /// The people of a unit.
    Unit(UnitId),
    /// Those under a superior.
    Superior(PersonId),
    /// Everybody.
    Company,
    /// The cohorts below a superior, joined because they are small.
    Under(PersonId),
}

/// How somebody stands before the cohort is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// The cohort to which the person belongs.
    pub cohort: CohortKey,
    /// What that cohort is part of: a small one is pooled there, and unused places are lent there.
    pub sisters: Option<CohortKey>,
    /// The total of the person's department, where it has one.
    pub department: Option<Points>,
    /// Whether the person is not assessed, and so no head of the cohort.
    pub exempt: bool,
    /// The person's own figures.
    pub figures: Figures,
}

/// The order of people who stand equal, as somebody decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieDecision {
    /// The people, the best first.
    pub people: Vec<PersonId>,
}

/// What the cohort leaves of one person's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Who.
    pub person: PersonId,
    /// The total before it was rounded.
    pub exact: Exact,
    /// The printed total.
    pub total: Points,
    /// The band or the decided grade, by its place.
    pub band: Option<u16>,
    /// The coefficient.
    pub coefficient: BasisPoints,
    /// By what the total was scaled: the ceiling times the heads, over the sum of their totals.
    pub scaled: Option<(i64, i64)>,
    /// The quota that gave the band, by its place in the regime.
    pub quota: Option<u16>,
    /// The place among all of the cohort, from 1, where ranks are shown.
    pub rank: Option<u32>,
}

/// What has to be done before a cohort can be settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortOpen {
    /// A figure of this person can still change.
    Preliminary {
        /// Who.
        person: PersonId,
    },
    /// The average is above the ceiling, and the judge gets the totals back.
    CeilingPassed {
        /// The cohort.
        cohort: CohortKey,
        /// The sum of all totals.
        sum: Points,
        /// The heads over whom it goes.
        heads: u32,
        /// The ceiling.
        ceiling: Points,
    },
    /// People stand equal where the places end; somebody has to say who comes first.
    Tie {
        /// The cohort.
        cohort: CohortKey,
        /// The quota, by its place in the regime.
        quota: u16,
        /// How many of them find a place.
        places: u32,
        /// The people, in the order of their ids.
        people: Vec<PersonId>,
    },
}

/// What was decided, without names: it is kept with every result of the cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CohortFacts {
    /// How many were assessed.
    pub heads: u32,
    /// How many were not.
    pub exempt: u32,
    /// How many cohorts it was pooled from; 1 where it was not.
    pub pooled: u32,
    /// The places of each quota; none where the cohort was too small for quotas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Places>,
    /// The ceiling of the person's own cohort, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<CeilingFacts>,
}

/// How a cohort stood to its ceiling before it was scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CeilingFacts {
    /// The ceiling.
    pub ceiling: Points,
    /// The sum of the printed totals.
    pub sum: Points,
    /// Over how many.
    pub heads: u32,
}

impl CohortFacts {
    /// Digest of the facts.
    pub fn digest(&self) -> String {
        canonical::digest("jihe/cohort/1", self)
    }
}

/// The places of a quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// The quota, by its place in the regime.
    pub quota: u16,
    /// How many there are.
    pub of: u32,
    /// How many people stand in the band; more than there are where some were lent.
    pub used: u32,
    /// The least printed total in the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Points>,
}

/// A cohort that is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What is left of each standing, in their order.
    pub settled: Vec<Settled>,
    /// The facts of each cohort, after pooling.
    pub facts: BTreeMap<CohortKey, CohortFacts>,
    /// Where each cohort was pooled; itself where it was not.
    pub pooled: BTreeMap<CohortKey, CohortKey>,
    /// How each cohort that has a ceiling stood to it, before pooling.
    pub ceilings: BTreeMap<CohortKey, CeilingFacts>,
}

impl Outcome {
    /// The facts that are kept with the results of a cohort: places of what it was pooled into, and
    /// its own ceiling.
    pub fn facts_of(&self, cohort: CohortKey) -> Option<CohortFacts> {
        let facts = self.facts.get(self.pooled.get(&cohort)?)?;
        Some(CohortFacts {
            ceiling: self.ceilings.get(&cohort).copied(),
            ..facts.clone()
        })
    }
}

/// Why nothing is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsettled {
    /// Somebody has to do something first.
    Open(Vec<CohortOpen>),
    /// A figure is beyond what the arithmetic holds.
    Refused(Refusal),
}

impl From<Refusal> for Unsettled {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// People who share places.
struct Pool {
    key: CohortKey,
    sisters: Option<CohortKey>,
    /// The cohorts that it is made of.
    cohorts: Vec<CohortKey>,
    /// Places of assessed people among the standings.
    members: Vec<usize>,
    /// Whether it is large enough for quotas.
    has_quotas: bool,
}

/// Settles everybody at once, or lists all that is still open.
pub fn cohort(
    program: &Program,
    standings: &[Standing],
    ties: &[TieDecision],
) -> Result<Outcome, Unsettled> {
    let mut settled: Vec<Settled> = standings
        .iter()
        .map(|standing| Settled::alone(standing.person, &standing.figures))
        .collect();
    let Some(rule) = &program.cohort else {
        return Ok(Outcome {
            settled,
            facts: BTreeMap::new(),
            pooled: BTreeMap::new(),
            ceilings: BTreeMap::new(),
        });
    };
    let mut open = Vec::new();
    let mut cohorts: BTreeMap<CohortKey, Vec<usize>> = BTreeMap::new();
    for (at, standing) in standings.iter().enumerate() {
        if standing.exempt {
            continue;
        }
        if standing.figures.preliminary {
            let person = standing.person;
            open.push(CohortOpen::Preliminary { person });
        }
        cohorts.entry(standing.cohort).or_default().push(at);
    }
    let mut ceilings = BTreeMap::new();
    for (key, members) in &cohorts {
        let (facts, passed) = program.ceiling(rule, *key, standings, members, &mut settled)?;
        ceilings.extend(facts.map(|facts| (*key, facts)));
        open.extend(passed);
    }
    let pools = pooled(rule, standings, cohorts);
    let mut round = places::Round {
        program,
        rule,
        standings,
        settled: &mut settled,
        ties,
        open: &mut open,
    };
    let filled = round.fill(&pools);
    if !open.is_empty() {
        open.sort();
        return Err(Unsettled::Open(open));
    }
    let mut facts = BTreeMap::new();
    let mut pooled = BTreeMap::new();
    for (pool, places) in pools.iter().zip(filled) {
        let ours = |one: &&Standing| one.exempt && pool.cohorts.contains(&one.cohort);
        let exempt = standings.iter().filter(ours).count();
        pooled.extend(pool.cohorts.iter().map(|cohort| (*cohort, pool.key)));
        facts.insert(
            pool.key,
            CohortFacts {
                heads: count(pool.members.len()),
                exempt: count(exempt),
                pooled: count(pool.cohorts.len()),
                places,
                ceiling: None,
            },
        );
    }
    Ok(Outcome {
        settled,
        facts,
        pooled,
        ceilings,
    })
}

/// Heads are counted in 32 bits; there are fewer people.
fn count(heads: usize) -> u32 {
    u32::try_from(heads).unwrap_or(u32::MAX)
}

/// Joins small cohorts with their sisters: with the small ones first, and with all of them where
/// that is still too few. What is too small even then has no quotas.
fn pooled(
    rule: &CohortRule,
    standings: &[Standing],
    cohorts: BTreeMap<CohortKey, Vec<usize>>,
) -> Vec<Pool> {
    let small = |members: &[usize]| count(members.len()) < rule.small;
    let mut families: BTreeMap<Option<CohortKey>, Vec<Pool>> = BTreeMap::new();
    for (key, members) in cohorts {
        let first = members.first().and_then(|at| standings.get(*at));
        let sisters = first.and_then(|standing| standing.sisters);
        families.entry(sisters).or_default().push(Pool {
            key,
            sisters,
            cohorts: vec![key],
            has_quotas: !small(&members),
            members,
        });
    }
    let mut pools = Vec::new();
    for (sisters, family) in families {
        let Some(key) = sisters.filter(|_| rule.then == SmallThen::Pooled) else {
            pools.extend(family);
            continue;
        };
        let (few, rest): (Vec<_>, Vec<_>) = family.into_iter().partition(|pool| !pool.has_quotas);
        let heads: usize = few.iter().map(|pool| pool.members.len()).sum();
        let (joined, apart) = if few.is_empty() || count(heads) >= rule.small {
            (few, rest)
        } else {
            (few.into_iter().chain(rest).collect(), Vec::new())
        };
        pools.extend(apart);
        if !joined.is_empty() {
            let members: Vec<usize> = joined.iter().flat_map(|one| one.members.clone()).collect();
            pools.push(Pool {
                key,
                sisters,
                cohorts: joined.iter().map(|one| one.key).collect(),
                has_quotas: !small(&members),
                members,
            });
        }
    }
    pools
}

impl Settled {
    const fn alone(person: PersonId, figures: &Figures) -> Self {
        Self {
            person,
            exact: figures.exact,
            total: figures.total,
            band: figures.band,
            coefficient: figures.coefficient,
            scaled: None,
            quota: None,
            rank: None,
        }
    }
}
