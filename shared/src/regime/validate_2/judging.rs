//! Judging: raters who count, what a missing rating means, methods whose better levels give more.

use std::collections::BTreeSet;

use crate::quantity::BasisPoints;
use crate::regime::charge::{Amount, Charge, Counted, Each, LateOf};
use crate::regime::curve::{Curve, CurvePoint, Measure};
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::judging::{Level, Method, MissingRater, Rater, Scoring};
use crate::regime::walk;

use super::items::check_filter;
use super::{MOST_FACTOR, MOST_POINTS, WHOLE, keys};

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    check_raters(found, regime);
    let methods = &regime.judging.methods;
    found.many("/judging/methods", methods.len(), 20);
    keys::named(found, "/judging/methods", methods);
    for placed in walk::methods(regime) {
        check_method(found, &placed.at, placed.what);
        for charge in walk::listed(format!("{}/charges", placed.at), &placed.what.charges) {
            // A method may be used in any cycle.
            let cycles = 0..regime.cycles.len();
            check_charge(found, &charge.at, charge.what, (regime, cycles));
        }
    }
}

fn check_raters(found: &mut Findings, regime: &Regime) {
    let raters = &regime.judging.raters;
    let at = "/judging/raters";
    found.many(at, raters.len(), 20);
    keys::unique(found, at, raters.iter().map(|rater| rater.key.as_str()));
    let known: Vec<&str> = raters.iter().map(|rater| rater.key.as_str()).collect();
    for (nth, rater) in raters.iter().enumerate() {
        let at = format!("{at}/{nth}");
        found.key(&format!("{at}/key"), &rater.key);
        found.who(&format!("{at}/by"), &rater.by, regime);
        found.between(format!("{at}/weight"), rater.weight.0, (0, WHOLE));
        if let MissingRater::Instead(other) = &rater.missing {
            found.among(format!("{at}/missing/instead"), other, &known);
        }
        if rater.weight.0 > 0 && in_circle(raters, rater) {
            found.add(format!("{at}/missing"), Problem::MissingSaysNothing);
        }
        if let Some(of) = &rater.of {
            check_filter(found, &format!("{at}/of"), of, regime);
        }
    }
    let counting: Vec<&Rater> = raters.iter().filter(|rater| rater.weight.0 > 0).collect();
    let silent = |rater: &&Rater| rater.missing == MissingRater::LeftOut;
    if !counting.is_empty() && counting.iter().all(silent) {
        found.add(at, Problem::MissingSaysNothing);
    }
    // Raters of certain items only weigh among those who rate the same item.
    let everybody = counting.iter().all(|rater| rater.of.is_none());
    let is = counting.iter().map(|rater| rater.weight.0).sum();
    if !counting.is_empty() && everybody && is != WHOLE {
        let (is, must) = (BasisPoints(is), BasisPoints(WHOLE));
        found.add(at, Problem::DoNotSum { is, must });
    }
}

/// Whether raters stand in for each other in a circle that never ends.
fn in_circle(raters: &[Rater], first: &Rater) -> bool {
    let (mut rater, mut seen) = (first, BTreeSet::new());
    while let MissingRater::Instead(other) = &rater.missing {
        if !seen.insert(&rater.key) {
            return true;
        }
        let next = raters.iter().find(|rater| rater.key == *other);
        let Some(next) = next else { return false };
        rater = next;
    }
    false
}

fn check_method(found: &mut Findings, at: &str, method: &Method) {
    let factors = [
        ("undone", method.undone),
        ("floor", method.floor),
        ("cap", method.cap),
    ];
    for (name, factor) in factors {
        found.between(format!("{at}/{name}"), factor.0, (0, MOST_FACTOR));
    }
    if method.floor > method.cap {
        let other = format!("{at}/cap");
        found.add(format!("{at}/floor"), Problem::Contradicts { other });
    }
    found.many(&format!("{at}/charges"), method.charges.len(), 20);
    keys::named(found, &format!("{at}/charges"), &method.charges);
    match &method.scoring {
        Scoring::Matrix { .. } => check_matrix(found, &format!("{at}/scoring/matrix"), method),
        Scoring::Levels { levels } => {
            let at = format!("{at}/scoring/levels/levels");
            if levels.is_empty() {
                found.add(at.as_str(), Problem::NoEntries);
            }
            found.many(&at, levels.len(), 20);
            keys::named(found, &at, levels);
            for (nth, level) in levels.iter().enumerate() {
                let place = format!("{at}/{nth}/factor");
                found.between(place.as_str(), level.factor.0, (0, MOST_FACTOR));
                let better = nth.checked_sub(1).and_then(|nth| levels.get(nth));
                if better.is_some_and(|better| better.factor < level.factor) {
                    found.add(place, Problem::BetterIsLess);
                }
            }
        }
        Scoring::Reached { curve } => {
            check_curve(found, &format!("{at}/scoring/reached/curve"), curve);
        }
        Scoring::Typed {} | Scoring::Whole {} | Scoring::OwnRule {} => {}
    }
    // An item that was not carried out has no better score than the worst that was.
    let worst = match &method.scoring {
        Scoring::Levels { levels } => levels.iter().map(|level| level.factor).min(),
        Scoring::Matrix { factors, .. } => factors.iter().flatten().copied().min(),
        _ => None,
    };
    // Below the floor nothing that was carried out falls.
    let worst = worst.map(|worst| worst.max(method.floor).min(method.cap));
    if worst.is_some_and(|worst| method.undone > worst) {
        found.add(format!("{at}/undone"), Problem::BetterIsLess);
    }
}

fn check_matrix(found: &mut Findings, at: &str, method: &Method) {
    let Scoring::Matrix {
        efficiency,
        quality,
        factors,
        on_time,
        late,
    } = &method.scoring
    else {
        return;
    };
    for (name, levels) in [("efficiency", efficiency), ("quality", quality)] {
        check_levels(found, &format!("{at}/{name}"), levels);
    }
    let known = keys::of(efficiency);
    found.among(format!("{at}/on_time"), on_time, &known);
    found.among(format!("{at}/late"), late, &known);
    let at = format!("{at}/factors");
    found.wrong_count(&at, factors.len(), efficiency.len());
    for (row, cells) in factors.iter().enumerate() {
        let at = format!("{at}/{row}");
        found.wrong_count(&at, cells.len(), quality.len());
        for (column, factor) in cells.iter().enumerate() {
            let place = format!("{at}/{column}");
            found.between(place.as_str(), factor.0, (0, MOST_FACTOR));
            let above = row
                .checked_sub(1)
                .and_then(|row| factors.get(row)?.get(column));
            let before = column.checked_sub(1).and_then(|column| cells.get(column));
            if [above, before]
                .into_iter()
                .flatten()
                .any(|better| better < factor)
            {
                found.add(place, Problem::BetterIsLess);
            }
        }
    }
}

fn check_levels(found: &mut Findings, at: &str, levels: &[Level]) {
    if levels.is_empty() {
        found.add(at, Problem::NoEntries);
    }
    found.many(at, levels.len(), 20);
    keys::named(found, at, levels);
}

/// A curve has points, each further than the one before and never lower.
pub(super) fn check_curve(found: &mut Findings, at: &str, curve: &Curve) {
    match curve {
        Curve::Proportional { cap } => {
            found.between(format!("{at}/proportional/cap"), cap.0, (1, MOST_FACTOR));
        }
        Curve::Steps { steps } => check_points(found, &format!("{at}/steps/steps"), steps),
        Curve::Linear { points } => check_points(found, &format!("{at}/linear/points"), points),
    }
}

pub(super) fn check_points(found: &mut Findings, at: &str, points: &[CurvePoint]) {
    if points.is_empty() {
        found.add(at, Problem::NoEntries);
    }
    found.many(at, points.len(), 40);
    for (nth, point) in points.iter().enumerate() {
        let place = format!("{at}/{nth}");
        found.between(format!("{place}/at"), point.at.0, (0, MOST_FACTOR));
        found.between(format!("{place}/factor"), point.factor.0, (0, MOST_FACTOR));
        let Some(before) = nth.checked_sub(1).and_then(|nth| points.get(nth)) else {
            continue;
        };
        if point.at <= before.at {
            let least = (before.at.0 + 1).to_string();
            found.add(format!("{place}/at"), Problem::TooSmall { least });
        }
        if point.factor < before.factor {
            found.add(format!("{place}/factor"), Problem::BetterIsLess);
        }
    }
}

/// A measure looks at what there is.
pub(super) fn check_measure(found: &mut Findings, at: &str, measure: &Measure, regime: &Regime) {
    let (name, filter) = match measure {
        Measure::OnTimeRate(filter) => ("on_time_rate", filter),
        Measure::CompletionRate(filter) => ("completion_rate", filter),
        Measure::Reached(filter) => ("reached", filter),
        Measure::Indicator(key) => return found.key(&format!("{at}/indicator"), key),
    };
    check_filter(found, &format!("{at}/{name}"), filter, regime);
}

/// What a charge counts is there in every cycle in which it may be used, and costs something.
pub(super) fn check_charge(
    found: &mut Findings,
    at: &str,
    charge: &Charge,
    (regime, cycles): (&Regime, std::ops::Range<usize>),
) {
    let counted = format!("{at}/counted");
    let late = |found: &mut Findings, name: &str, of: &LateOf| {
        let LateOf::Step(step) = of else { return };
        let mut used = regime.cycles.get(cycles.clone()).into_iter().flatten();
        let without = |cycle: &crate::regime::cycle::Cycle| {
            !cycle
                .deadlines
                .iter()
                .any(|deadline| deadline.step == *step)
        };
        if let Some(nth) = used.position(without) {
            let other = format!("/cycles/{}/deadlines", cycles.start + nth);
            let place = format!("{counted}/{name}/of");
            found.add(place, Problem::WithoutUse { other });
        }
    };
    let each = |found: &mut Findings, name: &str, each: &Each| {
        let place = format!("{counted}/{name}/each/size");
        found.between(place, each.size, (1, i64::from(i32::MAX)));
    };
    match &charge.counted {
        Counted::Entries { tariff } => {
            let tariffs = keys::of(&regime.tariffs);
            found.among(format!("{counted}/entries/tariff"), tariff, &tariffs);
        }
        Counted::DaysLate { of, .. } => late(found, "days_late", of),
        Counted::HoursLate { of, .. } => late(found, "hours_late", of),
        Counted::StepsShort {
            of,
            target,
            each: size,
        } => {
            let place = format!("{counted}/steps_short");
            check_measure(found, &format!("{place}/of"), of, regime);
            found.between(format!("{place}/target"), target.0, (1, MOST_FACTOR));
            each(found, "steps_short", size);
        }
        Counted::StepsShortOfTarget { each: size } => each(found, "steps_short_of_target", size),
        Counted::Typed {} | Counted::Undone {} => {}
    }
    check_amount_of(found, at, charge);
    if let Some(most) = charge.most {
        found.between(format!("{at}/most"), most.0, (1, MOST_POINTS));
    }
}

fn check_amount_of(found: &mut Findings, at: &str, charge: &Charge) {
    let (place, other) = (format!("{at}/amount"), format!("{at}/counted"));
    match (&charge.counted, &charge.amount) {
        (Counted::Entries { .. }, None) => (),
        (Counted::Entries { .. }, Some(_)) => found.add(place, Problem::AmountTwice { other }),
        (_, None) => found.add(at, Problem::NoAmount),
        (Counted::Typed {}, Some(Amount::Escalating(_)))
        | (
            Counted::DaysLate { .. }
            | Counted::HoursLate { .. }
            | Counted::StepsShort { .. }
            | Counted::StepsShortOfTarget { .. }
            | Counted::Undone {},
            Some(Amount::Range { .. }),
        ) => found.add(place, Problem::Contradicts { other }),
        (_, Some(amount)) => check_amount(found, &place, amount, 0),
    }
}

/// Amounts of points are no less than the least, in order.
pub(super) fn check_amount(found: &mut Findings, at: &str, amount: &Amount, least: i64) {
    match amount {
        Amount::Fixed(points) => {
            found.between(format!("{at}/fixed"), points.0, (least, MOST_POINTS));
        }
        Amount::Range { least: from, most } => {
            found.between(format!("{at}/range/least"), from.0, (0, MOST_POINTS));
            found.between(format!("{at}/range/most"), most.0, (least, MOST_POINTS));
            if from > most {
                found.add(format!("{at}/range"), Problem::RangeUpsideDown);
            }
        }
        Amount::Escalating(steps) => {
            let at = format!("{at}/escalating");
            check_steps(found, &at, steps.iter().map(|points| points.0));
        }
    }
}

/// Steps of an escalation never fall, and there are some.
pub(super) fn check_steps(
    found: &mut Findings,
    at: &str,
    steps: impl ExactSizeIterator<Item = i64>,
) {
    if steps.len() == 0 {
        found.add(at, Problem::NoEntries);
    }
    found.many(at, steps.len(), 20);
    let mut before = 0;
    for (nth, step) in steps.enumerate() {
        let place = format!("{at}/{nth}");
        found.between(place.as_str(), step, (0, MOST_POINTS));
        if step < before {
            found.add(place, Problem::EscalationFalls);
        }
        before = step;
    }
}
