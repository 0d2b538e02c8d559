//! Parts: what each source needs, what can be put together, and weights that make the whole.

use crate::quantity::{BasisPoints, Points};
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::judging::Scoring;
use crate::regime::total::{
    ChargeFrom, Combine, Empty, Filter, Full, ItemScores, Outside, Parts, Pool, ResultOf, Rounding,
    Source, Take,
};
use crate::regime::walk::{self, PlacedPart};
use crate::regime::weights::WeightsPer;

use super::items::check_filter;
use super::judging::{check_charge, check_curve, check_measure, check_points};
use super::{MOST_FACTOR, MOST_POINTS, WHOLE, bounds, keys};

/// How deep parts may lie within each other.
const DEEPEST: usize = 4;

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    for (nth, _, total) in walk::totals(regime) {
        let at = format!("/cycles/{nth}/total");
        found.points(format!("{at}/floor"), total.floor);
        if let Some(cap) = total.cap {
            found.between(format!("{at}/cap"), cap.0, (1, MOST_POINTS));
            if total.floor > cap {
                let other = format!("{at}/cap");
                found.add(format!("{at}/floor"), Problem::Contradicts { other });
            }
        }
        let rounds = total.rounding == Rounding::PartsHalfUp;
        if rounds && total.parts.combine == Combine::Product {
            found.add(format!("{at}/rounding"), Problem::CannotRound);
        }
        check_list(found, &format!("{at}/parts"), &total.parts);
    }
    let parts = walk::parts(regime);
    check_cycles(found, regime, &parts);
    for placed in &parts {
        check_part(found, placed, regime);
    }
    check_covered(found, regime, &parts);
    check_judged(found, regime, &parts);
}

/// The keys of a cycle's parts are its own, and there are not too many.
fn check_cycles(found: &mut Findings, regime: &Regime, parts: &[PlacedPart<'_>]) {
    for (nth, _, _) in walk::totals(regime) {
        let own = parts.iter().filter(|placed| placed.cycle == nth);
        let own: Vec<&PlacedPart<'_>> = own.collect();
        let at = format!("/cycles/{nth}/total/parts/list");
        found.many(&at, own.len(), 40);
        for (which, placed) in own.iter().enumerate() {
            let key = &placed.part.key;
            if own[..which].iter().any(|before| before.part.key == *key) {
                let key = key.clone();
                found.add(format!("{}/key", placed.at), Problem::DuplicateKey { key });
            }
        }
    }
}

/// A list of parts has some, and weights that make the whole where they are weighed.
fn check_list(found: &mut Findings, at: &str, parts: &Parts) {
    let list = format!("{at}/list");
    if parts.list.is_empty() {
        found.add(list.as_str(), Problem::NoEntries);
    }
    for (nth, part) in parts.list.iter().enumerate() {
        let at = format!("{list}/{nth}");
        found.key(&format!("{at}/key"), &part.key);
        found.name(&format!("{at}/name"), &part.name);
        if part.minus && parts.combine != Combine::Sum {
            let other = format!("{}/combine", list.trim_end_matches("/list"));
            found.add(format!("{at}/minus"), Problem::Contradicts { other });
        }
        if let Source::Parts(parts) = &part.source {
            check_list(found, &format!("{at}/source/parts"), parts);
        }
    }
    check_weights(found, at, parts);
}

fn check_weights(found: &mut Findings, at: &str, parts: &Parts) {
    let list = format!("{at}/list");
    let weighed = parts.combine == Combine::Weighted;
    for (nth, part) in parts.list.iter().enumerate() {
        let at = format!("{list}/{nth}");
        match part.weight {
            Some(weight) if weighed => {
                found.between(format!("{at}/weight"), weight.0, (1, WHOLE));
            }
            Some(_) => {
                let other = format!("{}/combine", list.trim_end_matches("/list"));
                found.add(format!("{at}/weight"), Problem::WithoutUse { other });
            }
            None if weighed => {
                let field = "weight".to_owned();
                found.add(at, Problem::Missing { field });
            }
            None => {}
        }
    }
    if !weighed || parts.list.iter().any(|part| part.weight.is_none()) {
        return;
    }
    let weights = parts.list.iter().filter_map(|part| part.weight);
    let is = weights.fold(0_i64, |sum, weight| sum.saturating_add(weight.0));
    if is != WHOLE && !parts.list.is_empty() {
        let (is, must) = (BasisPoints(is), BasisPoints(WHOLE));
        found.add(list.as_str(), Problem::DoNotSum { is, must });
    }
    // A mean of figures on different scales is a figure on none.
    let mut totals = parts.list.iter().enumerate();
    let first = totals.find_map(|(nth, part)| Some((nth, part.total?)));
    let Some((first, total)) = first else { return };
    for (nth, part) in totals {
        if part.total.is_some_and(|other| other != total) {
            let other = format!("{list}/{first}/total");
            found.add(
                format!("{list}/{nth}/total"),
                Problem::Contradicts { other },
            );
        }
    }
}

fn check_part(found: &mut Findings, placed: &PlacedPart<'_>, regime: &Regime) {
    let PlacedPart { at, part, .. } = placed;
    if placed.depth > DEEPEST {
        let most = 4;
        found.add(at.as_str(), Problem::TooDeep { most });
    }
    if let Some(total) = part.total {
        found.between(format!("{at}/total"), total.0, (1, MOST_POINTS));
    }
    for (name, bound) in [("floor", part.floor), ("cap", part.cap)] {
        if let Some(bound) = bound {
            found.points(format!("{at}/{name}"), bound);
        }
    }
    if part
        .floor
        .zip(part.cap)
        .is_some_and(|(floor, cap)| floor > cap)
    {
        let other = format!("{at}/cap");
        found.add(format!("{at}/floor"), Problem::Contradicts { other });
    }
    let judged = matches!(part.source, Source::Items(_) | Source::Result { .. });
    if placed.minus && judged {
        found.add(format!("{at}/source"), Problem::LowersTotal);
    }
    if part.total.is_none() && needs_total(placed) {
        let field = "total".to_owned();
        found.add(at.as_str(), Problem::Missing { field });
    }
    check_product(found, placed, regime);
    check_source(found, placed, regime);
}

/// Whether a part's figure cannot be said without its full points.
fn needs_total(placed: &PlacedPart<'_>) -> bool {
    let part = placed.part;
    let further = placed.combine == Combine::Product && placed.nth > 0;
    let source = match &part.source {
        Source::Items(scores) => scores.pool == Pool::Scaled || further,
        Source::Charges { from, .. } => *from == ChargeFrom::Full || further,
        Source::Measured { .. } => !further,
        Source::Typed { .. } | Source::Parts(_) => further,
        Source::Result { take, .. } => further && *take == Take::Total,
    };
    source || part.empty == Empty::CountsFull
}

/// Factors stand behind the points of a product, and nothing in it is below zero.
fn check_product(found: &mut Findings, placed: &PlacedPart<'_>, regime: &Regime) {
    let PlacedPart { at, part, .. } = placed;
    let product = placed.combine == Combine::Product;
    let factor = matches!(
        &part.source,
        Source::Result {
            take: Take::Factor(_) | Take::FactorOfBand(_),
            ..
        }
    );
    if factor && !(product && placed.nth > 0) {
        let list = at.rsplit_once("/list/").map_or("", |(parts, _)| parts);
        let other = format!("{list}/combine");
        found.add(
            format!("{at}/source/result/take"),
            Problem::Contradicts { other },
        );
    }
    if product && bounds::of_part(regime, placed.cycle, part).least < Points(0) {
        found.add(at.as_str(), Problem::LowersTotal);
    }
}

fn check_source(found: &mut Findings, placed: &PlacedPart<'_>, regime: &Regime) {
    let PlacedPart { at, part, .. } = placed;
    match &part.source {
        Source::Items(scores) => check_items(found, placed, scores, regime),
        Source::Typed { criteria } => {
            let at = format!("{at}/source/typed/criteria");
            if criteria.is_empty() {
                found.add(at.as_str(), Problem::NoEntries);
            }
            found.many(&at, criteria.len(), 40);
            keys::named(found, &at, criteria);
            let mut is = 0_i64;
            for (nth, one) in criteria.iter().enumerate() {
                found.between(format!("{at}/{nth}/points"), one.points.0, (1, MOST_POINTS));
                is = is.saturating_add(one.points.0);
            }
            let must = part
                .total
                .filter(|total| total.0 != is && !criteria.is_empty());
            if let Some(must) = must {
                let is = Points(is);
                found.add(at, Problem::PointsDoNotSum { is, must });
            }
        }
        Source::Charges { charges, .. } => {
            let at = format!("{at}/source/charges/charges");
            if charges.is_empty() {
                found.add(at.as_str(), Problem::NoEntries);
            }
            found.many(&at, charges.len(), 40);
            keys::named(found, &at, charges);
            for charge in walk::listed(at, charges) {
                let cycles = placed.cycle..placed.cycle + 1;
                check_charge(found, &charge.at, charge.what, (regime, cycles));
            }
        }
        Source::Measured { of, curve } => {
            check_measure(found, &format!("{at}/source/measured/of"), of, regime);
            check_curve(found, &format!("{at}/source/measured/curve"), curve);
        }
        Source::Result { of, take } => {
            let at = format!("{at}/source/result/take");
            check_take(found, &at, take, regime);
            if let Take::FactorOfBand(_) = take {
                check_graded(found, at, placed.cycle, *of, regime);
            }
        }
        Source::Parts(_) => {}
    }
}

/// What is taken by its band has one: it comes from a cycle that is graded.
///
/// In a graded cycle every total has a band, because the last one reaches down to the least total.
fn check_graded(found: &mut Findings, at: String, own: usize, of: ResultOf, regime: &Regime) {
    let cycle = match of {
        ResultOf::Department | ResultOf::Responsibility => Some(own),
        ResultOf::Cycle { kind, .. } => regime.cycle(kind).map(|(nth, _)| nth),
    };
    let ungraded = |nth: &usize| regime.cycles.get(*nth).is_some_and(|cycle| cycle.ungraded);
    if let Some(nth) = cycle.filter(ungraded) {
        let other = format!("/cycles/{nth}/ungraded");
        found.add(at, Problem::Contradicts { other });
    }
}

fn check_take(found: &mut Findings, at: &str, take: &Take, regime: &Regime) {
    match take {
        Take::Total => {}
        Take::Factor(steps) => check_points(found, &format!("{at}/factor"), steps),
        Take::FactorOfBand(bands) => {
            let at = format!("{at}/factor_of_band");
            let grades = keys::of_grades(regime);
            for (nth, band) in bands.iter().enumerate() {
                found.among(format!("{at}/{nth}/band"), &band.band, &grades);
                let place = format!("{at}/{nth}/factor");
                found.between(place.as_str(), band.factor.0, (0, MOST_FACTOR));
            }
            for grade in grades {
                // A grade without a factor would be a result that nobody can compute.
                if !bands.iter().any(|band| band.band == grade) {
                    let field = grade.to_owned();
                    found.add(at.as_str(), Problem::Missing { field });
                }
            }
        }
    }
}

fn check_items(
    found: &mut Findings,
    placed: &PlacedPart<'_>,
    scores: &ItemScores,
    regime: &Regime,
) {
    let PlacedPart { at, part, .. } = placed;
    let at = format!("{at}/source/items");
    let methods = keys::of(&regime.judging.methods);
    let groups = format!("{at}/groups");
    if scores.groups.is_empty() {
        found.add(groups.as_str(), Problem::NoEntries);
    }
    found.many(&groups, scores.groups.len(), 40);
    for (nth, group) in scores.groups.iter().enumerate() {
        let place = format!("{groups}/{nth}");
        check_filter(found, &format!("{place}/of"), &group.of, regime);
        found.among(format!("{place}/method"), &group.method, &methods);
        let earlier = scores.groups[..nth].iter();
        let covers = earlier
            .enumerate()
            .find(|(_, one)| covers(&one.of, &group.of));
        if let Some((other, _)) = covers {
            let other = format!("{groups}/{other}");
            found.add(place, Problem::WithoutUse { other });
        }
    }
    let cycle = regime.cycles.get(placed.cycle);
    let weights = cycle.map(|cycle| &cycle.weights);
    match scores.full {
        Full::Importance if weights.is_some_and(|weights| weights.importance.is_none()) => {
            let other = format!("/cycles/{}/weights", placed.cycle);
            found.add(format!("{at}/full"), Problem::WithoutUse { other });
        }
        Full::Equal(points) => {
            found.between(format!("{at}/full/equal"), points.0, (1, MOST_POINTS));
        }
        Full::Importance | Full::Weight => {}
    }
    match scores.outside {
        Outside::Bonus { most } => {
            found.between(format!("{at}/outside/bonus/most"), most.0, (0, MOST_POINTS));
        }
        Outside::Extra { most } => {
            found.between(format!("{at}/outside/extra/most"), most.0, (0, MOST_POINTS));
        }
        Outside::Only { most } => {
            found.between(format!("{at}/outside/only/most"), most.0, (0, MOST_POINTS));
        }
        Outside::None | Outside::Pooled => {}
    }
    // Weights that are added up and not scaled have to come to what the part is worth.
    let added = scores.pool == Pool::Sum && scores.full == Full::Weight;
    let inside = !matches!(scores.outside, Outside::Pooled | Outside::Only { .. });
    let all = scores
        .groups
        .iter()
        .any(|group| group.of == Filter::default());
    let weights = weights.filter(|weights| weights.per == WeightsPer::Plan);
    if let (true, Some(weights), Some(must)) = (added && inside && all, weights, part.total)
        && weights.total != must
    {
        let is = weights.total;
        let place = format!("{}/total", placed.at);
        found.add(place, Problem::PointsDoNotSum { is, must });
    }
}

/// Whether every item of a filter is one of another.
fn covers(wide: &Filter, narrow: &Filter) -> bool {
    fn within<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
        wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|one| wide.contains(one)))
    }
    within(&wide.sections, &narrow.sections)
        && within(&wide.categories, &narrow.categories)
        && within(&wide.sources, &narrow.sources)
        && within(&wide.targets, &narrow.targets)
        && (wide.must.is_none() || wide.must == narrow.must)
}

/// Every section that belongs to the plan's total is judged somewhere, where items are judged.
fn check_covered(found: &mut Findings, regime: &Regime, parts: &[PlacedPart<'_>]) {
    let scores = parts.iter().filter_map(|placed| match &placed.part.source {
        Source::Items(scores) => Some(scores),
        _ => None,
    });
    let inside = scores.filter(|scores| !matches!(scores.outside, Outside::Only { .. }));
    let filters: Vec<&Filter> = inside
        .flat_map(|scores| scores.groups.iter().map(|group| &group.of))
        .collect();
    if filters.is_empty() {
        return;
    }
    for (nth, section) in regime.items.sections.iter().enumerate() {
        let judged =
            |filter: &&Filter| filter.sections.is_empty() || filter.sections.contains(&section.key);
        if !section.outside && !filters.iter().any(judged) {
            let of = section.key.clone();
            found.add(format!("/items/sections/{nth}"), Problem::NoMethod { of });
        }
    }
}

/// Where somebody has to say something, there is somebody whose word counts.
fn check_judged(found: &mut Findings, regime: &Regime, parts: &[PlacedPart<'_>]) {
    let methods = &regime.judging.methods;
    let rated = |scores: &ItemScores| {
        scores.groups.iter().any(|group| {
            let method = methods.iter().find(|method| method.key == group.method);
            method.is_some_and(|method| method.scoring != (Scoring::Whole {}))
        })
    };
    let asks = parts.iter().any(|placed| match &placed.part.source {
        Source::Items(scores) => rated(scores),
        Source::Typed { .. } => true,
        _ => false,
    });
    let mut raters = regime.judging.raters.iter();
    if asks && !raters.any(|rater| rater.weight.0 > 0) {
        found.add("/judging/raters", Problem::NothingJudged);
    }
}
