//! Nesting: periods of several kinds run at once, and each lies in one of the kind that its regime
//! names.
//!
//! Weeks do not end with months. A period belongs to the longer one in which its middle day lies,
//! and what it may draw from is whatever longer one it shares a day with.

use chrono::Days;

use super::{Period, PeriodKind};
use crate::moment::Day;
use crate::organisation::Organisation;

/// The day in the middle of a period; the later of two.
fn middle(period: &Period) -> Day {
    let half = (period.to - period.from).num_days() / 2;
    let half = Days::new(u64::try_from(half).unwrap_or(0));
    period.from.checked_add_days(half).unwrap_or(period.from)
}

/// Whether two periods are under versions of one regime.
fn same_regime(organisation: &Organisation, one: &Period, other: &Period) -> bool {
    let key = |period: &Period| {
        let version = organisation.regimes.get(&period.regime);
        version.map(|version| version.regime().key.as_str())
    };
    key(one) == key(other)
}

/// The longer period to which a period belongs; `None` where its regime names no kind for it, and
/// where none is open.
///
/// One of the same regime stands before any other.
pub fn parent<'o>(organisation: &'o Organisation, period: &Period) -> Option<&'o Period> {
    let kind = organisation.rules(period)?.cycle.within?;
    let middle = middle(period);
    let longer = organisation.periods.values();
    let longer = longer.filter(|other| other.kind == kind && other.covers(middle));
    longer.min_by_key(|other| {
        (
            !same_regime(organisation, period, other),
            other.from,
            other.id,
        )
    })
}

/// The shorter periods that belong to a period, the earliest first.
pub fn children<'o>(organisation: &'o Organisation, period: &Period) -> Vec<&'o Period> {
    let shorter = organisation.periods.values();
    let mut found: Vec<&Period> = shorter
        .filter(|other| other.from <= period.to && period.from <= other.to)
        .filter(|other| parent(organisation, other).is_some_and(|longer| longer.id == period.id))
        .collect();
    found.sort_by_key(|other| (other.from, other.id));
    found
}

/// Says whether items of plans of one period may be drawn into plans of another: its rules name that
/// kind, and the two share a day.
pub fn may_draw(organisation: &Organisation, from: &Period, into: &Period) -> bool {
    let within = organisation
        .rules(into)
        .and_then(|rules| rules.cycle.within);
    within == Some(from.kind) && from.from <= into.to && into.from <= from.to
}

/// The last day of a span of a kind that begins on a day; `None` for one of any length.
pub fn last_day(kind: PeriodKind, from: Day) -> Option<Day> {
    let months = |months| {
        from.checked_add_months(chrono::Months::new(months))?
            .pred_opt()
    };
    match kind {
        PeriodKind::Day => Some(from),
        PeriodKind::Week => from.checked_add_days(Days::new(6)),
        PeriodKind::Month => months(1),
        PeriodKind::Quarter => months(3),
        PeriodKind::HalfYear => months(6),
        PeriodKind::Year => months(12),
        PeriodKind::Custom => None,
    }
}
