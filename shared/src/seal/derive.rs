//! From the published parts of a person's period to the sealed coefficient, and back: anybody who
//! holds the parts' results recomputes a sealed result and gets the same steps.

use crate::digest;
use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::Document;
use crate::regime::grades::{Band, GradeBy, LooksAt};
use crate::regime::people::People;
use crate::result::engine_3::node::Op;
use crate::result::engine_3::{Exact, Figures};
use crate::result::{self, Computed, PlanResult, Ratio, Recomputed, Step};

use super::{Assessment, SealedResult, closed};

/// Weighs the results of the parts by their working days, and looks the total up in the bands.
///
/// The parts' totals go in unrounded, so that the person's total is rounded once like any other.
/// Refuses figures beyond what the arithmetic holds.
pub(crate) fn of_parts(
    document: &Document,
    parts: &[(u32, &PlanResult)],
) -> Result<Computed, Refusal> {
    let mut derivation = Vec::with_capacity(parts.len() + 3);
    let mut days = 0_u32;
    let mut sum = Ratio::ZERO;
    for (working_days, result) in parts {
        let again = result::compute_again(result, document);
        let exact = match again {
            Some(Ok(computed)) => computed.exact,
            // What no arithmetic at hand explains counts as it was printed.
            _ => Ratio::of_millionths(result.total.0.saturating_mul(10_000)),
        };
        let (over, under) = match exact.kept() {
            // The tape of the result holds a figure that is too long for a step.
            Err(_) if result.three.is_some() => (0, 0),
            kept => kept?,
        };
        derivation.push(Step::Part {
            plan: result.plan,
            working_days: *working_days,
            total: result.total,
            over,
            under,
        });
        days = days.saturating_add(*working_days);
        sum = sum.plus(exact.times((*working_days).into(), 1)?)?;
    }
    let exact = sum.times(1, days.into())?;
    derivation.push(Step::Parts {
        working_days: days,
        millionths: exact.millionths()?,
    });
    let (total, band, coefficient) = graded(document, parts, exact)?;
    derivation.push(Step::Rounded { total });
    derivation.push(band);
    Ok(Computed {
        derivation,
        total,
        coefficient,
        exact,
    })
}

/// The printed total of a person with its band and coefficient.
///
/// A single part stands as it was published. Where there are several, the mean is looked up in the
/// bands, and a gate that lowered a part's grade lets none be better.
fn graded(
    document: &Document,
    parts: &[(u32, &PlanResult)],
    exact: Ratio,
) -> Result<(Points, Step, BasisPoints), Refusal> {
    if let Some(regime) = document.v1() {
        let total = exact.half_up()?;
        let (band, coefficient) = result::band(regime, total);
        return Ok((total, band, coefficient));
    }
    let regime = document.read();
    let bands = regime.bands();
    let from = |key: Option<&String>| {
        let mut bands = bands.iter();
        bands
            .find(|band| Some(&band.key) == key)
            .map(|band| band.from)
    };
    let band_of = |result: &PlanResult| result.three.as_ref().and_then(|three| three.band.clone());
    if let [(_, result)] = parts {
        let coefficient = result.coefficient;
        let from = from(band_of(result).as_ref());
        return Ok((result.total, Step::Band { from, coefficient }, coefficient));
    }
    let kind = parts.first().and_then(|(_, result)| result.three.as_ref());
    let kind = kind.map(|three| three.kind);
    let cycle = kind
        .and_then(|kind| regime.cycle(kind))
        .map(|(_, cycle)| cycle);
    let rounding = cycle.and_then(|cycle| cycle.total.as_ref());
    let total = exact.rounded(rounding.map(|total| total.rounding))?;
    let graded = cycle.is_some_and(|cycle| !cycle.ungraded) && !bands.is_empty();
    if !graded {
        // Grades that are decided, and totals without one, stand as the last part has them.
        let last = parts.last().map(|(_, result)| result.coefficient);
        let coefficient = last.unwrap_or_default();
        let band = Step::Band {
            from: None,
            coefficient,
        };
        return Ok((total, band, coefficient));
    }
    let within = |band: &Band| match regime.grades.by {
        GradeBy::Points {
            looks_at: LooksAt::Exact,
            ..
        } => exact.is_within(band.from, band.below),
        _ => band.holds(total),
    };
    let found = bands.iter().position(within);
    let lowered = parts.iter().filter(|(_, result)| {
        let three = result.three.as_ref();
        three.is_some_and(|three| three.tape.iter().any(|node| node.op == Op::Lowered))
    });
    let worst = lowered
        .filter_map(|(_, result)| {
            let key = band_of(result)?;
            bands.iter().position(|band| band.key == key)
        })
        .max();
    let at = found.map(|found| found.max(worst.unwrap_or(found)));
    let band = at.and_then(|at| bands.get(at));
    let coefficient = band.map_or(BasisPoints(0), |band| band.coefficient);
    let from = band.map(|band| band.from);
    Ok((total, Step::Band { from, coefficient }, coefficient))
}

/// A coefficient that stands without a total.
pub(super) fn fixed(step: Step, coefficient: BasisPoints) -> Computed {
    Computed {
        derivation: vec![step],
        total: Points(0),
        coefficient,
        exact: Ratio::ZERO,
    }
}

/// The figures of somebody who was not judged.
pub(super) const fn no_figures(computed: &Computed) -> Figures {
    Figures {
        exact: Exact::ZERO,
        total: computed.total,
        band: None,
        coefficient: computed.coefficient,
        preliminary: false,
    }
}

/// Says whether somebody was away for more than the regime lets pass.
pub(crate) fn away_too_long(people: &People, away: u32, working_days: u32) -> bool {
    let share = people.absent_share.0;
    i64::from(away) * 10_000 > i64::from(working_days) * share
}

/// Computes a sealed result again from the results of its parts and compares every step and digest.
///
/// `results` holds the published results of the parts, in any order, others beside them.
pub fn recompute(
    sealed: &SealedResult,
    document: &Document,
    results: &[&PlanResult],
) -> Recomputed {
    // The version that sealed says how, whichever publishes today.
    let own = match document.v1() {
        Some(_) => result::ENGINE_2,
        None => result::ENGINE_VERSION,
    };
    if sealed.engine_version != own {
        return Recomputed::OtherEngine;
    }
    if sealed.regime_digest != document.digest() {
        return Recomputed::OtherRegime;
    }
    let Some(computed) = again(sealed, document, results) else {
        return Recomputed::OtherRegime;
    };
    let steps = sealed.derivation.iter();
    let own = steps.filter(|step| !matches!(step, Step::Replaces { .. }));
    let same = own.eq(&computed.derivation)
        && computed.total == sealed.total
        && computed.coefficient == sealed.coefficient
        && digest::sealed(sealed) == sealed.digest;
    if same {
        Recomputed::Identical
    } else {
        Recomputed::Differs(computed)
    }
}

/// What the parts give now; `None` where a part is not at hand or not what was sealed.
fn again(sealed: &SealedResult, document: &Document, results: &[&PlanResult]) -> Option<Computed> {
    let regime = document.read();
    match sealed.assessment {
        Assessment::Assessed => {
            let find = |part: &super::SealedPart| {
                let named = |r: &&&PlanResult| r.plan == part.plan && r.version == part.version;
                let found = *results.iter().find(named)?;
                let same = digest::result(found) == part.digest
                    && result::recompute(found, document) == Recomputed::Identical;
                same.then_some((part.working_days, found))
            };
            let parts: Vec<_> = sealed.parts.iter().map(find).collect::<Option<_>>()?;
            let inputs: Vec<&PlanResult> = parts.iter().map(|(_, result)| *result).collect();
            if digest::seal_inputs(&inputs) != sealed.inputs_digest {
                return None;
            }
            let Some(closed) = &sealed.closed else {
                return of_parts(document, &parts).ok();
            };
            let fill = |(days, result): &(u32, &PlanResult)| {
                let filled = closed::filled(document, result, &closed.filled).ok()?;
                Some((*days, filled))
            };
            let filled: Vec<_> = parts.iter().map(fill).collect::<Option<_>>()?;
            let filled: Vec<_> = filled
                .iter()
                .map(|(days, result)| (*days, result))
                .collect();
            let computed = of_parts(document, &filled).ok()?;
            closed::again(document, (sealed.person, closed), &filled, computed)
        }
        Assessment::NotAssessed => match sealed.derivation.first()? {
            Step::NotAssessed {
                away, working_days, ..
            } => {
                let coefficient = regime.people.not_assessed;
                let step = Step::NotAssessed {
                    away: *away,
                    working_days: *working_days,
                    coefficient,
                };
                Some(fixed(step, coefficient))
            }
            _ => None,
        },
        Assessment::Provisional => {
            let coefficient = regime.people.provisional;
            Some(fixed(Step::Provisional { coefficient }, coefficient))
        }
    }
}
