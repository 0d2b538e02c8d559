//! Grades: bands without a hole, that somebody can reach and in which better is never less; and
//! gates that can shut.

use crate::quantity::Points;
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::grades::{Band, Condition, GateEffect, GradeBy};
use crate::regime::walk;

use super::bounds::{self, Bounds};
use super::{MOST_FACTOR, MOST_POINTS, keys};

/// Where bands stand.
const BANDS: &str = "/grades/by/points/bands";

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    match &regime.grades.by {
        GradeBy::Points { bands, .. } => check_bands(found, regime, bands),
        GradeBy::Decided {
            levels,
            by,
            proposed_by,
        } => {
            let at = "/grades/by/decided";
            let list = format!("{at}/levels");
            if levels.is_empty() {
                found.add(list.as_str(), Problem::NoEntries);
            }
            found.many(&list, levels.len(), 20);
            keys::named(found, &list, levels);
            let coefficients: Vec<i64> = levels.iter().map(|one| one.coefficient.0).collect();
            check_coefficients(found, &list, &coefficients);
            found.some_who(&format!("{at}/by"), by, regime);
            found.all_who(&format!("{at}/proposed_by"), proposed_by, regime);
        }
        GradeBy::None {} => {}
    }
    check_gates(found, regime);
}

/// No grade has more than a better one.
fn check_coefficients(found: &mut Findings, at: &str, coefficients: &[i64]) {
    for (nth, coefficient) in coefficients.iter().enumerate() {
        let place = format!("{at}/{nth}/coefficient");
        found.between(place.as_str(), *coefficient, (0, MOST_FACTOR));
        let better = nth.checked_sub(1).and_then(|nth| coefficients.get(nth));
        if better.is_some_and(|better| better < coefficient) {
            found.add(place, Problem::BetterIsLess);
        }
    }
}

fn check_bands(found: &mut Findings, regime: &Regime, bands: &[Band]) {
    if bands.is_empty() {
        found.add(BANDS, Problem::NoEntries);
    }
    found.many(BANDS, bands.len(), 20);
    keys::named(found, BANDS, bands);
    let coefficients: Vec<i64> = bands.iter().map(|band| band.coefficient.0).collect();
    check_coefficients(found, BANDS, &coefficients);
    check_edges(found, bands);
    let graded = walk::totals(regime).filter(|(_, cycle, _)| !cycle.ungraded);
    let reach = graded.map(|(nth, _, total)| bounds::of_total(regime, nth, total));
    let reach = reach.reduce(|one, other| Bounds {
        least: one.least.min(other.least),
        most: one.most.max(other.most),
    });
    match reach {
        Some(reach) => check_reach(found, bands, reach),
        None => found.add("/grades/by", Problem::NothingJudged),
    }
}

/// Each band ends where the better one begins.
fn check_edges(found: &mut Findings, bands: &[Band]) {
    for (nth, band) in bands.iter().enumerate() {
        let at = format!("{BANDS}/{nth}");
        found.between(format!("{at}/from"), band.from.0, (0, MOST_POINTS));
        if let Some(below) = band.below {
            found.between(format!("{at}/below"), below.0, (1, MOST_POINTS));
            if below <= band.from {
                found.add(format!("{at}/below"), Problem::RangeUpsideDown);
                continue;
            }
        }
        let Some(better) = nth.checked_sub(1).and_then(|nth| bands.get(nth)) else {
            continue;
        };
        if band.from >= better.from {
            found.add(format!("{at}/from"), Problem::NotDescending);
            continue;
        }
        let other = format!("{BANDS}/{}/from", nth - 1);
        match band.below {
            Some(from) if from < better.from => {
                let below = better.from;
                found.add(other, Problem::Hole { from, below });
            }
            Some(below) if below > better.from => {
                found.add(format!("{at}/below"), Problem::Overlap { other });
            }
            None => found.add(at, Problem::Overlap { other }),
            Some(_) => {}
        }
    }
}

/// Every total that there can be has a band, and every band a total.
fn check_reach(found: &mut Findings, bands: &[Band], reach: Bounds) {
    for (nth, band) in bands.iter().enumerate() {
        if band.from > reach.most && !reach.is_open() {
            let highest = reach.most;
            let place = format!("{BANDS}/{nth}/from");
            found.add(place, Problem::Unreachable { highest });
        }
    }
    if let Some(top) = bands.first().and_then(|band| band.below)
        && top <= reach.most
    {
        let below = Points(reach.most.0.min(MOST_POINTS));
        let hole = Problem::Hole { from: top, below };
        found.add(format!("{BANDS}/0/below"), hole);
    }
    if let Some(last) = bands.len().checked_sub(1)
        && let Some(band) = bands.get(last)
        && band.from > reach.least
    {
        let (from, below) = (reach.least, band.from);
        let place = format!("{BANDS}/{last}/from");
        found.add(place, Problem::Hole { from, below });
    }
}

fn check_gates(found: &mut Findings, regime: &Regime) {
    let gates = &regime.grades.gates;
    found.many("/grades/gates", gates.len(), 40);
    keys::named(found, "/grades/gates", gates);
    let parts = walk::parts(regime);
    let parts: Vec<&str> = parts.iter().map(|one| one.part.key.as_str()).collect();
    let tariffs = keys::of(&regime.tariffs);
    for (nth, gate) in gates.iter().enumerate() {
        let at = format!("/grades/gates/{nth}");
        match &gate.when {
            Condition::Entries { tariff, least } => {
                let when = format!("{at}/when/entries");
                found.among(format!("{when}/tariff"), tariff, &tariffs);
                found.between(format!("{when}/least"), (*least).into(), (1, 1_000));
            }
            Condition::PartBelow { part, points } => {
                let when = format!("{at}/when/part_below");
                found.among(format!("{when}/part"), part, &parts);
                found.between(format!("{when}/points"), points.0, (1, MOST_POINTS));
            }
            Condition::MustUndone { least } => {
                let place = format!("{at}/when/must_undone/least");
                found.between(place, (*least).into(), (1, 1_000));
            }
        }
        match &gate.effect {
            GateEffect::NoBetterThan(grade) => {
                let place = format!("{at}/effect/no_better_than");
                let grades = keys::of_grades(regime);
                found.among(place.as_str(), grade, &grades);
                if grades.first().is_some_and(|best| best == grade) {
                    let other = "/grades/by".to_owned();
                    found.add(place, Problem::WithoutUse { other });
                }
            }
            GateEffect::TotalAtMost(points) => {
                found.points(format!("{at}/effect/total_at_most"), *points);
            }
            GateEffect::TotalZero {} => {}
            GateEffect::ItemZero {} => {
                if !matches!(gate.when, Condition::Entries { .. }) {
                    let other = format!("{at}/when");
                    found.add(format!("{at}/effect"), Problem::WithoutUse { other });
                }
            }
        }
    }
}
