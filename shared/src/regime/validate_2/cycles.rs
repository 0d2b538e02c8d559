//! Cycles: one for each kind of period, none within itself, and no result that needs itself.

use crate::period::PeriodKind;
use crate::quantity::Points;
use crate::regime::cycle::{AssessedRange, Cycle};
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::grades::GradeBy;
use crate::regime::total::{ResultOf, Source};
use crate::regime::walk;
use crate::regime::weights::Importance;

use super::{MOST_POINTS, deadlines};

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    let cycles = &regime.cycles;
    if cycles.is_empty() {
        found.add("/cycles", Problem::NoEntries);
    }
    for (nth, cycle) in cycles.iter().enumerate() {
        let at = format!("/cycles/{nth}");
        if cycles[..nth].iter().any(|before| before.kind == cycle.kind) {
            let key = word(cycle.kind);
            found.add(format!("{at}/kind"), Problem::DuplicateKey { key });
        }
        let total = format!("{at}/weights/total");
        found.between(total, cycle.weights.total.0, (1, MOST_POINTS));
        check_importance(found, &at, cycle, regime);
        if let Some(range) = cycle.assessed {
            check_range(found, &at, cycle, range);
        }
        let decided = matches!(regime.grades.by, GradeBy::Decided { .. });
        if cycle.ungraded && cycle.total.is_none() && !decided {
            let other = format!("{at}/total");
            found.add(format!("{at}/ungraded"), Problem::WithoutUse { other });
        }
        deadlines::check(found, &at, cycle, regime);
        check_kinds(found, &at, cycle, cycles);
    }
    check_results(found, regime);
}

/// The word under which a kind is written.
fn word(kind: PeriodKind) -> String {
    let word = serde_json::to_string(&kind).unwrap_or_default();
    word.trim_matches('"').to_owned()
}

fn check_importance(found: &mut Findings, at: &str, cycle: &Cycle, regime: &Regime) {
    let at = format!("{at}/weights/importance");
    match &cycle.weights.importance {
        Some(Importance::Typed { least, most }) => {
            found.between(format!("{at}/typed/least"), least.0, (0, MOST_POINTS));
            found.between(format!("{at}/typed/most"), most.0, (1, MOST_POINTS));
            if least > most {
                found.add(format!("{at}/typed"), Problem::RangeUpsideDown);
            }
        }
        Some(Importance::ByCategory {}) => {
            let categories = &regime.items.categories;
            if categories.is_empty() {
                found.add("/items/categories", Problem::NoEntries);
            }
            for (nth, category) in categories.iter().enumerate() {
                if category.importance.is_none_or(|of| of < Points(1)) {
                    let field = "importance".to_owned();
                    let at = format!("/items/categories/{nth}");
                    found.add(at, Problem::Missing { field });
                }
            }
        }
        None => {}
    }
}

/// The assessed range follows itself from month to month.
fn check_range(found: &mut Findings, at: &str, cycle: &Cycle, range: AssessedRange) {
    if matches!(cycle.kind, PeriodKind::Day | PeriodKind::Week) {
        let other = format!("{at}/kind");
        found.add(format!("{at}/assessed"), Problem::Contradicts { other });
    }
    let at = format!("{at}/assessed");
    found.between(format!("{at}/from_day"), range.from_day.into(), (1, 31));
    // A range until the 31st is the month's own; later days than the 28th clamp together.
    found.between(format!("{at}/to_day"), range.to_day.into(), (1, 27));
    let must = range.to_day.saturating_add(1);
    if range.from_day != must {
        found.add(format!("{at}/from_day"), Problem::LeavesHole { must });
    }
}

/// How long a kind is, as a rank; a custom span may be of any length.
const fn rank(kind: PeriodKind) -> Option<u8> {
    match kind {
        PeriodKind::Day => Some(0),
        PeriodKind::Week => Some(1),
        PeriodKind::Month => Some(2),
        PeriodKind::Quarter => Some(3),
        PeriodKind::HalfYear => Some(4),
        PeriodKind::Year => Some(5),
        PeriodKind::Custom => None,
    }
}

/// What lies within what: the longer kind first, with the place that says so.
fn edges(cycles: &[Cycle]) -> Vec<(PeriodKind, PeriodKind, String)> {
    let edges = cycles.iter().enumerate().flat_map(|(nth, cycle)| {
        let at = format!("/cycles/{nth}");
        let within = cycle
            .within
            .map(|longer| (longer, cycle.kind, format!("{at}/within")));
        let splits = cycle.splits_into;
        let splits = splits.map(|shorter| (cycle.kind, shorter, format!("{at}/splits_into")));
        within.into_iter().chain(splits)
    });
    edges.collect()
}

/// A shorter kind lies in a longer one, and no kind in itself.
fn check_kinds(found: &mut Findings, at: &str, cycle: &Cycle, cycles: &[Cycle]) {
    let all = edges(cycles);
    let own = |edge: &&(PeriodKind, PeriodKind, String)| {
        edge.2 == format!("{at}/within") || edge.2 == format!("{at}/splits_into")
    };
    for (longer, shorter, place) in all.iter().filter(own) {
        let (longer, shorter) = (*longer, *shorter);
        if let Some(mut kinds) = way(&all, shorter, longer) {
            kinds.push(cycle.kind);
            kinds.dedup();
            let kinds = circle(&kinds);
            found.add(place.as_str(), Problem::KindsCircle { kinds });
        } else if let (Some(long), Some(short)) = (rank(longer), rank(shorter))
            && long <= short
        {
            found.add(place.as_str(), Problem::KindsOrder { longer, shorter });
        }
    }
}

/// The kinds of a circle, each once.
fn circle(kinds: &[PeriodKind]) -> Vec<PeriodKind> {
    let mut once = Vec::new();
    for kind in kinds {
        if !once.contains(kind) {
            once.push(*kind);
        }
    }
    once
}

/// The kinds on a way from a longer kind down to a shorter one.
fn way(
    edges: &[(PeriodKind, PeriodKind, String)],
    from: PeriodKind,
    to: PeriodKind,
) -> Option<Vec<PeriodKind>> {
    let mut ways = vec![vec![from]];
    let mut seen = vec![from];
    while let Some(way) = ways.pop() {
        let last = *way.last()?;
        if last == to {
            return Some(way);
        }
        for (longer, shorter, _) in edges {
            if *longer == last && (!seen.contains(shorter) || *shorter == to) {
                seen.push(*shorter);
                let mut next = way.clone();
                next.push(*shorter);
                ways.push(next);
            }
        }
    }
    None
}

/// A total never needs a result that needs it, and takes none that there will not be.
fn check_results(found: &mut Findings, regime: &Regime) {
    let takes: Vec<(usize, PeriodKind, String)> = walk::parts(regime)
        .into_iter()
        .filter_map(|placed| match &placed.part.source {
            Source::Result {
                of: ResultOf::Cycle { kind, .. },
                ..
            } => Some((
                placed.cycle,
                *kind,
                format!("{}/source/result/of/cycle", placed.at),
            )),
            _ => None,
        })
        .collect();
    let kinds: Vec<String> = regime.cycles.iter().map(|cycle| word(cycle.kind)).collect();
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    for (from, kind, place) in &takes {
        let Some((to, cycle)) = regime.cycle(*kind) else {
            found.among(format!("{place}/kind"), &word(*kind), &kinds);
            continue;
        };
        if cycle.total.is_none() {
            let other = format!("/cycles/{to}/total");
            found.add(format!("{place}/kind"), Problem::WithoutUse { other });
        }
        let mut reached = vec![to];
        let mut next = 0;
        while let Some(at) = reached.get(next).copied() {
            for (cycle, kind, _) in &takes {
                let of = regime.cycle(*kind).map(|(at, _)| at);
                if let Some(of) = of.filter(|of| *cycle == at && !reached.contains(of)) {
                    reached.push(of);
                }
            }
            next += 1;
        }
        if reached.contains(from) {
            found.add(place.as_str(), Problem::ResultCircle);
        }
    }
}
