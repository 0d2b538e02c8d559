//! Places of bands: filled by exact totals, the best first; equal people at an edge wait for a word.

use std::collections::BTreeMap;

use crate::id::PersonId;
use crate::quantity::BasisPoints;
use crate::regime::cohort::QuotaKind;

use super::super::Exact;
use super::super::program::{CohortRule, Program, QuotaRule};
use super::{CohortKey, CohortOpen, Places, Pool, Settled, Standing, TieDecision, count};

/// All that filling places needs.
pub(super) struct Round<'a> {
    pub(super) program: &'a Program,
    pub(super) rule: &'a CohortRule,
    pub(super) standings: &'a [Standing],
    pub(super) settled: &'a mut [Settled],
    pub(super) ties: &'a [TieDecision],
    pub(super) open: &'a mut Vec<CohortOpen>,
}

impl Round<'_> {
    /// Fills the places of every quota in every pool; gives those of each pool.
    pub(super) fn fill(&mut self, pools: &[Pool]) -> Vec<Vec<Places>> {
        for quota in &self.rule.quotas {
            match quota.kind {
                QuotaKind::AtMost => self.at_most(*quota, pools),
                QuotaKind::AtLeast => self.at_least(*quota, pools),
            }
        }
        if self.rule.ranked {
            self.rank(pools);
        }
        pools.iter().map(|pool| self.places(pool)).collect()
    }

    /// Exact totals, after the ceiling and before it.
    fn key(&self, at: usize) -> Option<(Exact, Exact)> {
        let settled = self.settled.get(at)?;
        Some((settled.exact, self.standings.get(at)?.figures.exact))
    }

    /// Those of a pool who stand in a band, the best first.
    fn in_band(&self, pool: &Pool, band: u16) -> Vec<usize> {
        let here = |at: &usize| {
            let settled = self.settled.get(*at);
            settled.is_some_and(|settled| settled.band == Some(band))
        };
        let mut found: Vec<usize> = pool.members.iter().copied().filter(here).collect();
        self.order(&mut found);
        found
    }

    fn order(&self, people: &mut [usize]) {
        people.sort_by_key(|at| std::cmp::Reverse(self.key(*at)));
    }

    /// How many places a share of the heads is.
    fn share(&self, heads: usize, share: BasisPoints) -> usize {
        let heads = u64::try_from(heads).unwrap_or(u64::MAX);
        let parts = heads.saturating_mul(u64::try_from(share.0).unwrap_or(0));
        let places = if self.rule.round_up {
            parts.div_ceil(10_000)
        } else {
            parts / 10_000
        };
        usize::try_from(places).unwrap_or(usize::MAX)
    }

    /// Splits people, the best first, where the places end; who stands equal there is put in the
    /// order that was decided, and is open where nobody decided.
    fn split(
        &mut self,
        mut people: Vec<usize>,
        places: usize,
        (cohort, quota): (CohortKey, QuotaRule),
    ) -> (Vec<usize>, Vec<usize>) {
        let edge = places.checked_sub(1).and_then(|last| people.get(last));
        if let (Some(last), Some(next)) = (edge, people.get(places)) {
            let edge = self.key(*last);
            if edge == self.key(*next) {
                let from = people.iter().position(|at| self.key(*at) == edge);
                let from = from.unwrap_or(places);
                let equal = people.iter().skip(from);
                let equal = equal.take_while(|at| self.key(**at) == edge).count();
                let left = places.saturating_sub(from);
                let tied = people.iter_mut().skip(from).take(equal);
                self.decided(tied.collect(), left, (cohort, quota));
            }
        }
        let rest = people.split_off(places.min(people.len()));
        (people, rest)
    }

    fn decided(
        &mut self,
        tied: Vec<&mut usize>,
        places: usize,
        (cohort, quota): (CohortKey, QuotaRule),
    ) {
        let person = |at: usize| self.standings.get(at).map(|standing| standing.person);
        let mut people: Vec<PersonId> = tied.iter().filter_map(|at| person(**at)).collect();
        people.sort_unstable();
        let mut decisions = self.ties.iter().rev();
        let all = |tie: &&TieDecision| people.iter().all(|person| tie.people.contains(person));
        let Some(tie) = decisions.find(all) else {
            self.open.push(CohortOpen::Tie {
                cohort,
                quota: quota.place,
                places: count(places),
                people,
            });
            return;
        };
        let mut order: Vec<usize> = tied.iter().map(|at| **at).collect();
        order.sort_by_key(|at| {
            let person = person(*at);
            tie.people.iter().position(|one| Some(*one) == person)
        });
        for (slot, at) in tied.into_iter().zip(order) {
            *slot = at;
        }
    }

    /// No more than a share stands in a band; who finds no place gets the next, or a place that a
    /// sister does not use.
    fn at_most(&mut self, quota: QuotaRule, pools: &[Pool]) {
        let mut free: BTreeMap<CohortKey, usize> = BTreeMap::new();
        let mut over: BTreeMap<CohortKey, Vec<usize>> = BTreeMap::new();
        for pool in pools.iter().filter(|pool| pool.has_quotas) {
            let places = self.share(pool.members.len(), quota.share);
            let people = self.in_band(pool, quota.band);
            let unused = places.saturating_sub(people.len());
            let (_, rest) = self.split(people, places, (pool.key, quota));
            let family = pool.sisters.filter(|_| quota.lent).unwrap_or(pool.key);
            if quota.lent {
                *free.entry(family).or_default() += unused;
            }
            over.entry(family).or_default().extend(rest);
        }
        for (family, mut people) in over {
            self.order(&mut people);
            let lent = free.get(&family).copied().unwrap_or(0);
            let (_, rest) = self.split(people, lent, (family, quota));
            self.place(&rest, quota.over, quota);
        }
    }

    /// At least a share stands in a band; who is missing comes from the band that the quota names:
    /// the lowest of a better one, the highest of a worse one.
    fn at_least(&mut self, quota: QuotaRule, pools: &[Pool]) {
        for pool in pools.iter().filter(|pool| pool.has_quotas) {
            let places = self.share(pool.members.len(), quota.share);
            let missing = places.saturating_sub(self.in_band(pool, quota.band).len());
            let people = self.in_band(pool, quota.over);
            let is_better = quota.over < quota.band;
            let stay = people.len().saturating_sub(missing);
            let at = if is_better { stay } else { missing };
            let (best, rest) = self.split(people, at, (pool.key, quota));
            let moved = if is_better { rest } else { best };
            self.place(&moved, quota.band, quota);
        }
    }

    fn place(&mut self, people: &[usize], band: u16, quota: QuotaRule) {
        for at in people {
            let Some(settled) = self.settled.get_mut(*at) else {
                continue;
            };
            settled.coefficient = self.program.coefficient(Some(band), settled.coefficient);
            (settled.band, settled.quota) = (Some(band), Some(quota.place));
        }
    }

    fn rank(&mut self, pools: &[Pool]) {
        for pool in pools {
            let mut people = pool.members.clone();
            self.order(&mut people);
            let mut last = None;
            for (nth, at) in people.iter().enumerate() {
                let key = self.key(*at);
                let (rank, _) = last
                    .filter(|(_, before)| *before == key)
                    .unwrap_or((count(nth) + 1, key));
                last = Some((rank, key));
                if let Some(settled) = self.settled.get_mut(*at) {
                    settled.rank = Some(rank);
                }
            }
        }
    }

    /// The places of each quota as they are filled in the end, in the order of the regime.
    fn places(&self, pool: &Pool) -> Vec<Places> {
        if !pool.has_quotas {
            return Vec::new();
        }
        let of = |quota: &QuotaRule| {
            let people = self.in_band(pool, quota.band);
            let last = people.last().and_then(|at| self.settled.get(*at));
            Places {
                quota: quota.place,
                of: count(self.share(pool.members.len(), quota.share)),
                used: count(people.len()),
                cut_off: last.map(|settled| settled.total),
            }
        };
        let mut places: Vec<Places> = self.rule.quotas.iter().map(of).collect();
        places.sort_by_key(|places| places.quota);
        places
    }
}
