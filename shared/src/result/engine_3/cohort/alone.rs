//! One person of a cohort alone: what its facts make of the person's figures, without anybody else's.
//!
//! Whoever may see a result recomputes it by this. Where people stood equal at an edge the facts do
//! not say who found a place; the quota that is kept with the result does, and must agree with them.

use crate::id::PersonId;
use crate::refusal::Refusal;
use crate::regime::cohort::{CeilingHow, QuotaKind};

use super::super::exact::too_long;
use super::super::node::Figures;
use super::super::program::{CohortRule, Program, QuotaRule};
use super::{CohortFacts, Settled};

/// What a cohort's facts leave of one person's figures.
///
/// `quota` is the one that gave the grade. Who is `over` was judged after the places were filled and
/// takes nobody's: the grade is that of the total. `None` where the facts do not lead there.
pub fn alone(
    program: &Program,
    person: PersonId,
    figures: &Figures,
    facts: &CohortFacts,
    (quota, over): (Option<u16>, bool),
) -> Result<Option<Settled>, Refusal> {
    let mut settled = Settled::alone(person, figures);
    let Some(rule) = &program.cohort else {
        return Ok(None);
    };
    let scales = rule.ceiling.map(|ceiling| ceiling.how) == Some(CeilingHow::Scaled);
    if let Some(ceiling) = facts.ceiling.filter(|_| scales) {
        let most = ceiling.ceiling.0.checked_mul(ceiling.heads.into());
        let most = most.ok_or_else(too_long)?;
        if ceiling.sum.0 > most {
            program.scale(figures, (most, ceiling.sum.0), &mut settled)?;
        }
    }
    if over {
        return Ok(quota.is_none().then_some(settled));
    }
    let before = settled.band;
    if let Some(place) = quota {
        let Some(band) = leads(rule, before, place) else {
            return Ok(None);
        };
        settled.coefficient = program.coefficient(Some(band), settled.coefficient);
        (settled.band, settled.quota) = (Some(band), Some(place));
    }
    Ok(agrees(rule, &settled, facts).then_some(settled))
}

/// Whether the places of a band are all taken, so that one more who earns it is beyond the quota.
pub fn is_full(program: &Program, facts: &CohortFacts, band: Option<u16>) -> bool {
    let Some(rule) = &program.cohort else {
        return false;
    };
    let mut limits = rule
        .quotas
        .iter()
        .filter(|quota| quota.kind == QuotaKind::AtMost);
    limits.any(|quota| {
        let mut places = facts.places.iter();
        let places = places.find(|places| places.quota == quota.place);
        Some(quota.band) == band && places.is_some_and(|places| places.used >= places.of)
    })
}

/// The bands from which and to which a quota moves people.
const fn moves(quota: &QuotaRule) -> (u16, u16) {
    match quota.kind {
        QuotaKind::AtMost => (quota.band, quota.over),
        QuotaKind::AtLeast => (quota.over, quota.band),
    }
}

/// The band to which a quota moves who began in a band; `None` where no way leads there.
fn leads(rule: &CohortRule, before: Option<u16>, place: u16) -> Option<u16> {
    let mut reached = vec![before?];
    for quota in &rule.quotas {
        let (from, to) = moves(quota);
        let on_the_way = reached.contains(&from);
        if quota.place == place {
            return on_the_way.then_some(to);
        }
        reached.extend(on_the_way.then_some(to));
    }
    None
}

/// Whether who stands in a limited band reaches its cut-off, and who was moved out does not pass it.
fn agrees(rule: &CohortRule, settled: &Settled, facts: &CohortFacts) -> bool {
    facts.places.iter().all(|places| {
        let mut quotas = rule.quotas.iter();
        let Some(quota) = quotas.find(|quota| quota.place == places.quota) else {
            return false;
        };
        let fed = rule
            .quotas
            .iter()
            .any(|other| other.kind == QuotaKind::AtLeast && moves(other).1 == quota.band);
        if quota.kind == QuotaKind::AtLeast || fed {
            return true;
        }
        let cut_off = places.cut_off;
        if settled.band == Some(quota.band) {
            return cut_off.is_some_and(|cut_off| settled.total >= cut_off);
        }
        let moved = settled.quota == Some(quota.place);
        !moved || cut_off.is_none_or(|cut_off| settled.total <= cut_off)
    })
}
