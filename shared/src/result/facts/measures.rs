//! Measures as facts: rates over the items that this period scores.

use crate::regime::curve::Measure;
use crate::regime::rules::holds;
use crate::regime::total::Filter;
use crate::result::engine_3::Program;
use crate::result::engine_3::inputs::{ItemFacts, Late, MeasureFact};

use super::{Asked, completion};

/// What a mean of degrees is rounded to where its fraction is too long to keep.
const FINE: i128 = 1_000_000_000;

impl Asked<'_> {
    /// What the program measures, by place; nothing where there is nothing to measure.
    pub(super) fn measures(&self, program: &Program, items: &[ItemFacts]) -> Vec<MeasureFact> {
        let measured = (0..).zip(program.measured());
        let fact = |(place, measure): (u16, &Measure)| {
            let (over, under) = self.measure(measure, items)?;
            Some(MeasureFact { place, over, under })
        };
        measured.filter_map(fact).collect()
    }

    fn measure(&self, measure: &Measure, items: &[ItemFacts]) -> Option<(i64, i64)> {
        let of = |filter: &Filter| {
            let meant = items.iter().filter(|facts| {
                let item = self.document.items.get(&facts.item);
                item.is_some_and(|item| holds(filter, item))
            });
            meant.collect::<Vec<_>>()
        };
        let count = |many: usize| i64::try_from(many).ok();
        match measure {
            Measure::OnTimeRate(filter) => {
                let meant = of(filter);
                let in_time = meant
                    .iter()
                    .filter(|facts| self.is_complete(facts) && facts.late == Late::default());
                Some((count(in_time.count())?, count(meant.len())?))
            }
            Measure::CompletionRate(filter) => {
                let meant = of(filter);
                let complete = meant.iter().filter(|facts| self.is_complete(facts));
                Some((count(complete.count())?, count(meant.len())?))
            }
            Measure::Reached(filter) => {
                let degrees = of(filter).into_iter().filter_map(|facts| facts.reached);
                mean(degrees.filter(|(_, under)| *under > 0))
            }
            Measure::Indicator(key) => {
                let mut values = self.document.indicators.values();
                let value = values.find(|value| value.indicator == *key)?;
                Some(value.reading.degree())
            }
        }
    }

    fn is_complete(&self, facts: &ItemFacts) -> bool {
        let item = self.document.items.get(&facts.item);
        item.is_some_and(|item| completion(&self.reports(item)).is_some())
    }
}

/// The mean of fractions.
fn mean(degrees: impl Iterator<Item = (i64, i64)>) -> Option<(i64, i64)> {
    let (mut over, mut under, mut many) = (0_i128, 1_i128, 0_i128);
    for (one, of) in degrees {
        let (one, of) = (i128::from(one), i128::from(of));
        let common = common(under, of);
        let times = of / common;
        let longer = under.checked_mul(times);
        let sum = over.checked_mul(times)?;
        match longer {
            Some(longer) if longer < FINE * FINE => {
                over = sum + one * (under / common);
                under = longer;
            }
            _ => {
                over = over * FINE / under + one * FINE / of;
                under = FINE;
            }
        }
        many += 1;
    }
    let under = under * many;
    if under == 0 {
        return None;
    }
    let common = common(over, under);
    let (over, under) = (over / common, under / common);
    match (i64::try_from(over), i64::try_from(under)) {
        (Ok(over), Ok(under)) => Some((over, under)),
        _ => Some((
            i64::try_from(over * FINE / under).ok()?,
            i64::try_from(FINE).ok()?,
        )),
    }
}

/// The greatest common divisor; 1 of nothing.
fn common(one: i128, other: i128) -> i128 {
    let (mut a, mut b) = (one.abs(), other.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
