//! The ceiling of a cohort's average: the totals go back to the judge, or each is scaled down.
//!
//! It works on printed totals, so that the factor is a fraction of two whole numbers and who earns
//! more is never scaled below who he or she was before.

use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::cohort::{CeilingAt, CeilingHow};
use crate::regime::grades::LooksAt;

use super::super::Exact;
use super::super::exact::{Way, too_long};
use super::super::grade::in_bands;
use super::super::node::Figures;
use super::super::program::{CohortRule, Grading, Program, TotalRule};
use super::{CeilingFacts, CohortKey, CohortOpen, Settled, Standing, count};

impl Program {
    /// Holds a cohort's average under its ceiling, by the printed totals; says how it stood to it.
    pub(super) fn ceiling(
        &self,
        rule: &CohortRule,
        key: CohortKey,
        standings: &[Standing],
        members: &[usize],
        settled: &mut [Settled],
    ) -> Result<(Option<CeilingFacts>, Option<CohortOpen>), Refusal> {
        let of = |at: &usize| standings.get(*at);
        let ceiling = rule.ceiling.and_then(|ceiling| match ceiling.at {
            CeilingAt::Points(points) => Some((ceiling.how, points)),
            CeilingAt::DepartmentTotal => {
                let departments = members.iter().filter_map(of);
                let total = departments.filter_map(|standing| standing.department).max();
                total.map(|total| (ceiling.how, total))
            }
        });
        let Some((how, Points(ceiling))) = ceiling else {
            return Ok((None, None));
        };
        let totals = members.iter().filter_map(of);
        let sum: i64 = totals.map(|standing| standing.figures.total.0).sum();
        let heads = i64::try_from(members.len()).map_err(|_| too_long())?;
        let most = ceiling.checked_mul(heads).ok_or_else(too_long)?;
        let facts = CeilingFacts {
            ceiling: Points(ceiling),
            sum: Points(sum),
            heads: count(members.len()),
        };
        if sum <= most {
            return Ok((Some(facts), None));
        }
        if how == CeilingHow::Returned {
            let CeilingFacts {
                ceiling,
                sum,
                heads,
            } = facts;
            let passed = CohortOpen::CeilingPassed {
                cohort: key,
                sum,
                heads,
                ceiling,
            };
            return Ok((Some(facts), Some(passed)));
        }
        for at in members {
            let (Some(standing), Some(settled)) = (standings.get(*at), settled.get_mut(*at)) else {
                continue;
            };
            self.scale(&standing.figures, (most, sum), settled)?;
        }
        Ok((Some(facts), None))
    }

    /// Scales one printed total, and looks up its band anew; what a gate left it cannot pass.
    pub(super) fn scale(
        &self,
        figures: &Figures,
        (over, under): (i64, i64),
        settled: &mut Settled,
    ) -> Result<(), Refusal> {
        let exact = Exact::points(figures.total).times(over, under)?;
        let way = self.total.as_ref().map_or(Way::HalfUp, TotalRule::way);
        let total = exact.rounded(way)?;
        settled.scaled = Some((over, under));
        (settled.exact, settled.total) = (exact, total);
        let before = (figures.exact, figures.total);
        let gated = self.free_band(before) < figures.band;
        let least = figures.band.filter(|_| gated);
        settled.band = match (self.free_band((exact, total)), least) {
            (Some(free), Some(least)) => Some(free.max(least)),
            (free, _) => free,
        };
        settled.coefficient = self.coefficient(settled.band, figures.coefficient);
        Ok(())
    }

    /// The band of a total without any gate.
    fn free_band(&self, (exact, total): (Exact, Points)) -> Option<u16> {
        let Grading::Bands { looks_at, bands } = &self.grading else {
            return None;
        };
        let value = match looks_at {
            LooksAt::Printed => Exact::points(total),
            LooksAt::Exact => exact,
        };
        in_bands(bands, value).map(|(at, _)| at)
    }

    /// The coefficient of a band; below all of them there is none, and without grades it stays.
    pub(super) fn coefficient(&self, band: Option<u16>, before: BasisPoints) -> BasisPoints {
        let at = band.map(usize::from);
        match &self.grading {
            Grading::Bands { bands, .. } => {
                let band = at.and_then(|at| bands.get(at));
                band.map_or(BasisPoints(0), |band| band.coefficient)
            }
            Grading::Decided(levels) => at.and_then(|at| levels.get(at).copied()).unwrap_or(before),
            Grading::None => before,
        }
    }
}
