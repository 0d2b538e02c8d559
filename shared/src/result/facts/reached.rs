//! The degree to which a target was reached, as a fact: what was reached over what was to be.
//!
//! The fraction is not reduced, so that its two figures also say by how much something falls short.

use crate::item::{Item, TargetKind};
use crate::quantity::Quantity;
use crate::report::Report;
use crate::score::propose;

use super::{Asked, completion, is_number};

/// One unit of measure, in ten-thousandths.
const ONE: i64 = 10_000;

impl Asked<'_> {
    /// What was reached over what was to be reached; `None` where that cannot be said.
    pub(super) fn reached(&self, item: &Item, reports: &[&Report]) -> Option<(i64, i64)> {
        let target = &item.target;
        if !is_number(target.kind) {
            return Some((i64::from(completion(reports).is_some()), 1));
        }
        let value = target.value?;
        if matches!(
            target.kind,
            TargetKind::PerDay | TargetKind::PerWeek | TargetKind::PerMonth
        ) {
            let owed = propose::owed(self.organisation, self.plan, self.period, self.rules, item)?;
            // Each report is one event unless it says how many.
            let events = reports.iter().map(|one| one.quantity.map_or(ONE, |q| q.0));
            let reached = events.fold(0, i64::saturating_add);
            return (owed.0 > 0).then_some((reached.max(0), owed.0));
        }
        let last = reports.iter().filter(|one| one.quantity.is_some());
        let last = last.max_by_key(|one| (one.happened, one.times.recorded, one.id));
        let reached = last.and_then(|one| one.quantity);
        degree(item, value, reached)
    }
}

/// The degree of a number against its target.
fn degree(item: &Item, value: Quantity, reached: Option<Quantity>) -> Option<(i64, i64)> {
    let base = item.target.baseline.map(|base| base.0);
    let (over, under) = match item.target.kind {
        TargetKind::Within => {
            let off = reached?.0.checked_sub(value.0)?.checked_abs()?;
            let tolerance = item.target.tolerance.unwrap_or_default().0;
            // Inside the tolerance it is reached; outside, the less the further off.
            if off <= tolerance {
                (1, 1)
            } else {
                (tolerance, off)
            }
        }
        TargetKind::Lower => {
            // Of what nobody reports, nobody knows that it is low.
            let reached = reached?.0;
            match base {
                Some(base) => (base.checked_sub(reached)?, base.checked_sub(value.0)?),
                // Nothing at all is as low as can be; the curve's cap holds it.
                None => (value.0.max(1), reached.max(1)),
            }
        }
        _ => {
            let base = base.unwrap_or(0);
            let reached = reached.map_or(base, |reached| reached.0);
            (reached.checked_sub(base)?, value.0.checked_sub(base)?)
        }
    };
    (under > 0).then_some((over.max(0), under))
}
