//! Validation of a regime of format 1: what contradicts itself or could never be reached is found
//! when it is saved, each finding with its place and what is wrong there.
//!
//! Documents of format 2 have rules of their own in [`super::validate_2`].

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::quantity::{BasisPoints, Points};

use super::finding::Findings;
pub use super::finding::{Finding, Problem};
use super::v1::{Judging, Regime, WeightsPer};

mod month;

/// The document format that these rules are for.
pub const FORMAT: u32 = 1;

/// A plan of more than a million points is a typing error; it would also let a sum overflow.
const MOST_POINTS: Points = Points(100_000_000);

/// Finds what is wrong in a regime document; a document without findings can be adopted.
pub fn validate(regime: &Regime) -> Vec<Finding> {
    let mut findings = Findings::default();
    if regime.format != FORMAT {
        findings.add("/format", Problem::UnknownFormat { must: FORMAT });
    }
    findings.filled("/key", &regime.key);
    findings.name("/name", &regime.name);
    let sections = regime
        .sections
        .iter()
        .map(|section| (section.key.as_str(), &section.name));
    findings.entries("/sections", sections);
    findings.between("/weights/total", regime.weights.total.0, (1, MOST_POINTS.0));
    let mut required = BTreeSet::new();
    for (at, field) in regime.required.iter().enumerate() {
        if !required.insert(field) {
            let key = word(field);
            findings.add(format!("/required/{at}"), Problem::DuplicateKey { key });
        }
    }
    let submission = &regime.submission;
    findings.between(
        "/submission/day_of_month",
        submission.day_of_month.into(),
        (1, 31),
    );
    findings.between("/submission/minute", submission.minute.into(), (0, 1439));
    month::check(&mut findings, regime);
    check_judging(&mut findings, &regime.judging);
    check_bands(&mut findings, regime);
    findings.between("/floating_share", regime.floating_share.0, (0, 10_000));
    check_house_defaults(&mut findings, regime);
    findings.into_list()
}

/// The word under which a unit variant is written.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn check_judging(findings: &mut Findings, judging: &Judging) {
    let Judging::Matrix {
        efficiency,
        quality,
        factors,
        not_carried_out,
        on_time,
        late,
    } = judging
    else {
        return;
    };
    for (place, levels) in [
        ("/judging/efficiency", efficiency),
        ("/judging/quality", quality),
    ] {
        findings.entries(
            place,
            levels.iter().map(|level| (level.key.as_str(), &level.name)),
        );
    }
    for (place, key) in [("/judging/on_time", on_time), ("/judging/late", late)] {
        if !efficiency.iter().any(|level| level.key == *key) {
            findings.add(place, Problem::UnknownKey { key: key.clone() });
        }
    }
    findings.between("/judging/not_carried_out", not_carried_out.0, (0, 100_000));
    findings.wrong_count("/judging/factors", factors.len(), efficiency.len());
    for (at, row) in factors.iter().enumerate() {
        let place = format!("/judging/factors/{at}");
        findings.wrong_count(&place, row.len(), quality.len());
        for (column, factor) in row.iter().enumerate() {
            findings.between(format!("{place}/{column}"), factor.0, (0, 100_000));
            let above = at
                .checked_sub(1)
                .and_then(|above| factors.get(above)?.get(column));
            let before = column.checked_sub(1).and_then(|before| row.get(before));
            if [above, before]
                .into_iter()
                .flatten()
                .any(|better| better < factor)
            {
                findings.add(format!("{place}/{column}"), Problem::BetterIsLess);
            }
        }
    }
}

fn check_bands(findings: &mut Findings, regime: &Regime) {
    let judged = regime.judging != (Judging::Tracked {});
    if judged && regime.bands.is_empty() {
        findings.add("/bands", Problem::NoEntries);
    } else if !judged && !regime.bands.is_empty() {
        let other = "/judging".to_owned();
        findings.add("/bands", Problem::WithoutUse { other });
    }
    let highest = highest_total(regime);
    for (at, band) in regime.bands.iter().enumerate() {
        let place = format!("/bands/{at}");
        findings.between(
            format!("{place}/coefficient"),
            band.coefficient.0,
            (0, 100_000),
        );
        if band.from < Points(0) {
            findings.add(
                format!("{place}/from"),
                Problem::TooSmall {
                    least: "0".to_owned(),
                },
            );
        }
        if band.from > highest {
            findings.add(format!("{place}/from"), Problem::Unreachable { highest });
        }
        let Some(better) = at
            .checked_sub(1)
            .and_then(|better| regime.bands.get(better))
        else {
            continue;
        };
        if band.from >= better.from {
            findings.add(format!("{place}/from"), Problem::NotDescending);
        }
        if band.coefficient > better.coefficient {
            findings.add(format!("{place}/coefficient"), Problem::BetterIsLess);
        }
    }
}

/// The highest total that a plan can reach: all of its weight at the best factor, and the bonus.
fn highest_total(regime: &Regime) -> Points {
    if regime.weights.per == WeightsPer::Free {
        return MOST_POINTS;
    }
    let best = match &regime.judging {
        Judging::Matrix {
            factors,
            not_carried_out,
            ..
        } => factors.iter().flatten().chain([not_carried_out]).max(),
        Judging::Points {} | Judging::Tracked {} => Some(&BasisPoints(10_000)),
    };
    let best = best.copied().unwrap_or_default();
    let total = i128::from(regime.weights.total.0) * i128::from(best.0) / 10_000;
    let bonus = regime.bonus.unwrap_or_default();
    let highest = total.saturating_add(i128::from(bonus.0));
    Points(i64::try_from(highest).unwrap_or(i64::MAX))
}

fn check_house_defaults(findings: &mut Findings, regime: &Regime) {
    let document = serde_json::to_value(regime).expect("a regime serialises");
    let mut seen = BTreeSet::new();
    for (at, pointer) in regime.house_defaults.iter().enumerate() {
        let place = format!("/house_defaults/{at}");
        if pointer.is_empty() || document.pointer(pointer).is_none() {
            let pointer = pointer.clone();
            findings.add(place, Problem::PointsNowhere { pointer });
        } else if !seen.insert(pointer) {
            findings.add(
                place,
                Problem::DuplicateKey {
                    key: pointer.clone(),
                },
            );
        }
    }
}
