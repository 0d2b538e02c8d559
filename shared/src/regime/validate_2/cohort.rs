//! Cohorts: quotas that do not contradict each other, and a ceiling that stands somewhere.

use crate::quantity::BasisPoints;
use crate::regime::cohort::{Ceiling, CeilingAt, Cohort, Quota, QuotaKind};
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};

use super::{MOST_POINTS, WHOLE, keys};

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    let Some(cohort) = &regime.cohort else { return };
    found.between("/cohort/small/below", cohort.small.below.into(), (0, 1_000));
    found.who("/cohort/ties", &cohort.ties, regime);
    found.many("/cohort/quotas", cohort.quotas.len(), 20);
    let grades = keys::of_grades(regime);
    for (nth, quota) in cohort.quotas.iter().enumerate() {
        check_quota(found, nth, quota, (cohort, &grades));
    }
    let least = cohort
        .quotas
        .iter()
        .filter(|quota| quota.kind == QuotaKind::AtLeast);
    let is = least.fold(0_i64, |sum, quota| sum.saturating_add(quota.share.0));
    if is > WHOLE {
        let (is, must) = (BasisPoints(is), BasisPoints(WHOLE));
        found.add("/cohort/quotas", Problem::DoNotSum { is, must });
    }
    if let Some(Ceiling {
        at: CeilingAt::Points(points),
        ..
    }) = &cohort.ceiling
    {
        found.between("/cohort/ceiling/at/points", points.0, (1, MOST_POINTS));
    }
}

fn check_quota(
    found: &mut Findings,
    nth: usize,
    quota: &Quota,
    (cohort, grades): (&Cohort, &[&str]),
) {
    let at = format!("/cohort/quotas/{nth}");
    found.among(format!("{at}/band"), &quota.band, grades);
    found.among(format!("{at}/over"), &quota.over, grades);
    // Of a band with no place at all nobody could ever be.
    let least = i64::from(quota.kind == QuotaKind::AtMost);
    found.between(format!("{at}/share"), quota.share.0, (least, WHOLE));
    let place = |key: &str| grades.iter().position(|grade| *grade == key);
    if quota.kind == QuotaKind::AtMost
        && let (Some(band), Some(over)) = (place(&quota.band), place(&quota.over))
        && over <= band
    {
        let other = format!("{at}/band");
        found.add(format!("{at}/over"), Problem::QuotaContradicts { other });
    }
    for (other, before) in cohort.quotas[..nth].iter().enumerate() {
        if before.band != quota.band {
            continue;
        }
        let (most, least) = match (before.kind, quota.kind) {
            (QuotaKind::AtMost, QuotaKind::AtLeast) => (before.share, quota.share),
            (QuotaKind::AtLeast, QuotaKind::AtMost) => (quota.share, before.share),
            _ => {
                let key = quota.band.clone();
                found.add(format!("{at}/band"), Problem::DuplicateKey { key });
                continue;
            }
        };
        if least > most {
            let other = format!("/cohort/quotas/{other}/share");
            found.add(format!("{at}/share"), Problem::QuotaContradicts { other });
        }
    }
}
