//! A person's sealed result of a period: its parts, figures and digests, and proving it again here.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::organisation::Organisation;
use shared::regime::{Regime, RegimeVersion};
use shared::result::{PlanResult, Recomputed, Step};
use shared::seal::{self as sealing, Assessment, Closed, SealedResult, recompute};
use shared::world::World;

use super::Recompute;
use crate::components::{Badge, Explain, ExplainNode, Facts, Glyph, Panel, Tone};
use crate::i18n::{cohort, common, format, names, review, seal};
use crate::pages::derivation::sealed_steps;
use crate::pages::scoring::judged_words;
use crate::pages::tape::explained;
use crate::session::Session;

/// The words of an assessment that is not the ordinary one.
pub(crate) fn assessment_badge(assessment: Assessment) -> Option<AnyView> {
    let (words, key) = match assessment {
        Assessment::Assessed => return None,
        Assessment::NotAssessed => (seal::not_assessed(), "not-assessed"),
        Assessment::Provisional => (seal::provisional(), "provisional"),
    };
    Some(
        view! {
            <span data-assessment=key>
                <Badge words=words tone=Tone::Warn glyph=Glyph::Hint />
            </span>
        }
        .into_any(),
    )
}

/// The sealed versions of a plan's person, newest first; nothing before the first seal.
#[component]
pub(super) fn SealedPanel(
    /// The plan.
    id: PlanId,
    /// The version of the published result that stands beside it on the page; 0 for none.
    shown: u32,
) -> impl IntoView {
    let session = Session::here();
    let sealed = Memo::new(move |_| {
        let world = session.world();
        let document = world.document(id);
        let sealed = document
            .into_iter()
            .flat_map(|document| document.sealed.values().rev());
        sealed.cloned().collect::<Vec<_>>()
    });
    move || {
        let world = session.world_untracked();
        sealed
            .get()
            .into_iter()
            .map(|sealed| panel(&world, sealed, shown))
            .collect_view()
    }
}

/// The published results on which a sealed one rests, as far as this device holds them.
pub(crate) fn parts_of<'world>(
    world: &'world World,
    sealed: &SealedResult,
) -> Vec<&'world PlanResult> {
    let parts = sealed.parts.iter();
    parts
        .filter_map(|part| world.document(part.plan)?.results.get(&part.version))
        .collect()
}

/// The version of the regime by which a sealed result was judged.
fn judged_by<'world>(world: &'world World, sealed: &SealedResult) -> Option<&'world RegimeVersion> {
    let organisation = world.organisation();
    let period = organisation.periods.get(&sealed.period)?;
    organisation.regimes.get(&period.regime)
}

/// Whether a sealed result says of its only part what the page says already.
fn is_told(sealed: &SealedResult, parts: &[&PlanResult], shown: u32, regime: &Regime) -> bool {
    let [part] = parts else { return false };
    let replaces = |step: &Step| matches!(step, Step::Replaces { .. });
    sealed.parts.len() == 1
        && sealed.assessment == Assessment::Assessed
        && (part.plan, part.version) == (sealed.plan, shown)
        && (part.total, part.coefficient) == (sealed.total, sealed.coefficient)
        && part.grade(regime) == sealed.grade(regime, parts)
        && !sealed.derivation.iter().any(replaces)
}

fn panel(world: &World, sealed: SealedResult, shown: u32) -> impl IntoView + use<> {
    let organisation = world.organisation();
    let by = names::person_of(organisation, sealed.by);
    let when = format::time(sealed.times.recorded, organisation.utc_offset());
    let until = kept_until(organisation, &sealed);
    let short = |digest: &String| digest.chars().take(16).collect::<String>();
    let baselines: Vec<String> = sealed.baseline_digests.iter().map(short).collect();
    let facts = vec![
        (seal::digest_result().to_owned(), short(&sealed.digest)),
        (
            seal::digest_inputs().to_owned(),
            short(&sealed.inputs_digest),
        ),
        (
            seal::digest_regime().to_owned(),
            short(&sealed.regime_digest),
        ),
        (
            seal::digest_baselines().to_owned(),
            baselines.join(common::between()),
        ),
        (seal::head_count().to_owned(), sealed.head_count.to_string()),
    ];
    let provisional = sealed.assessment == Assessment::Provisional;
    let number = seal::version_of(&sealed.version.to_string());
    let results = parts_of(world, &sealed);
    let regime = judged_by(world, &sealed).map(RegimeVersion::regime);
    let told = regime.is_some_and(|regime| is_told(&sealed, &results, shown, regime));
    let grade = regime.and_then(|regime| {
        let key = sealed.grade(regime, &results)?;
        Some(names::grade(regime, &key))
    });
    let figures = if told {
        let (total, coefficient) = (sealed.total.to_string(), sealed.coefficient.to_string());
        view! { <p data-part="told">{seal::sealed_as_shown(&total, &coefficient)}</p> }.into_any()
    } else {
        figures(organisation, &sealed, grade)
    };
    let badge = assessment_badge(sealed.assessment);
    let closed = closed(world, &sealed);
    let kept = StoredValue::new(sealed);
    let session = Session::here();
    let again = move || {
        let world = session.world_untracked();
        kept.with_value(|sealed| is_proven(&world, sealed))
    };
    view! {
        <div data-part="sealed-panel">
        <Panel title=format!("{} · {number}", seal::sealed())>
            <div class="row">
                <Badge words=seal::sealed() tone=Tone::Good glyph=Glyph::Lock />
                {badge}
                <span class="faint">{seal::sealed_by(&by, &when)}</span>
            </div>
            <p class="faint" data-part="kept-until">{common::named(seal::kept_until(), &until)}</p>
            {provisional.then(|| view! { <p class="faint">{seal::provisional_words()}</p> })}
            {figures}
            {closed}
            <details>
                <summary>{seal::digests()}</summary>
                <Facts facts=facts />
            </details>
            <Recompute again=again />
        </Panel>
        </div>
    }
}

/// The figures of a sealed result, the parts on which they rest, and the way from these to them.
fn figures(organisation: &Organisation, sealed: &SealedResult, grade: Option<String>) -> AnyView {
    let parts = sealed.parts.iter().map(|part| {
        let unit = names::unit_of(organisation, part.unit);
        let line = seal::part_line(&unit, &part.working_days.to_string());
        view! {
            <li class="row row-apart">
                <span>{line}</span>
                <span class="figure">{part.total.to_string()}</span>
            </li>
        }
    });
    let (any, parts) = (!sealed.parts.is_empty(), parts.collect_view());
    // Who was not judged has no points; nought would read as a verdict.
    let assessed = sealed.assessment == Assessment::Assessed;
    let total = assessed.then(|| sealed.total.to_string());
    let coefficient = sealed.coefficient.to_string();
    let root = sealed_steps(organisation, sealed);
    view! {
        <div class="stack">
            <div class="figures">
                {total.map(|total| view! {
                    <div class="figure-card">
                        <span class="faint">{review::total()}</span>
                        <span class="figure" data-field="sealed-total">{total}</span>
                        {grade.map(|grade| view! { <strong data-field="sealed-grade">{grade}</strong> })}
                    </div>
                })}
                <div class="figure-card">
                    <span class="faint">{review::coefficient()}</span>
                    <span class="figure" data-field="sealed-coefficient">{coefficient}</span>
                </div>
            </div>
            {any.then(|| view! {
                <h3>{seal::parts()}</h3>
                <ul class="list-plain">{parts}</ul>
            })}
            <Explain root=root />
        </div>
    }
    .into_any()
}

/// Until when a sealed result must be kept.
pub(crate) fn kept_until(organisation: &Organisation, sealed: &SealedResult) -> String {
    let until = sealing::kept_until(organisation, sealed);
    until.map_or_else(
        || seal::kept_for_good().to_owned(),
        |day| seal::kept_until_day(&format::day(day)),
    )
}

/// What the cohort left of it: heads, places, cut-off, and the derivation to its end.
fn closed(world: &World, sealed: &SealedResult) -> Option<AnyView> {
    let closed = sealed.closed.as_ref()?;
    let organisation = world.organisation();
    let (_, _, rules) = organisation.judged(sealed.period).ok()?;
    let mut facts = Vec::new();
    if let Some(kept) = &closed.facts {
        facts.push((cohort::heads().to_owned(), kept.heads.to_string()));
        facts.push((cohort::exempt().to_owned(), kept.exempt.to_string()));
        let quotas = rules.regime.cohort.iter().flat_map(|cohort| &cohort.quotas);
        for (place, quota) in (0..).zip(quotas) {
            let mut places = kept.places.iter();
            if let Some(places) = places.find(|one| one.quota == place) {
                let band = names::grade(rules.regime, &quota.band);
                let said = format!("{} / {}", places.used, places.of);
                let cut_off = places.cut_off.map(|one| cohort::cut_off(&one.to_string()));
                let said = cut_off.map_or(said.clone(), |one| common::with_note(&said, &one));
                facts.push((band, said));
            }
        }
        facts.extend(
            kept.ceiling
                .map(|ceiling| (cohort::ceiling().to_owned(), ceiling.ceiling.to_string())),
        );
    }
    let rank = closed
        .rank
        .map(|rank| (cohort::rank().to_owned(), rank.to_string()));
    facts.extend(rank);
    let over = closed
        .over_quota
        .then(|| view! { <Badge words=cohort::over_quota() tone=Tone::Warn /> });
    let root = ending(world, rules.regime, sealed, closed);
    Some(
        view! {
            <div class="stack" data-part="closed">
                <h3 class="row">{cohort::closing()}{over}</h3>
                <p class="faint small">{cohort::closing_words()}</p>
                <Facts facts=facts />
                {root.map(|root| view! { <Explain root=root /> })}
            </div>
        }
        .into_any(),
    )
}

/// The derivation to its end, of who was judged in one part.
fn ending(
    world: &World,
    regime: &Regime,
    sealed: &SealedResult,
    closed: &Closed,
) -> Option<ExplainNode> {
    let [part] = sealed.parts.as_slice() else {
        return None;
    };
    let result = world.document(part.plan)?.results.get(&part.version)?;
    let three = result.three.as_deref()?;
    // What the cohort changed nothing of stands in the published derivation.
    if three.tape == closed.tape {
        return None;
    }
    let mut three = three.clone();
    three.tape.clone_from(&closed.tape);
    let coefficient = sealed.coefficient.to_string();
    let judged = judged_words(world, result);
    Some(explained(regime, &three, &coefficient, &judged))
}

/// Recomputes a sealed result from the published results of its parts.
fn is_proven(world: &World, sealed: &SealedResult) -> bool {
    let results = parts_of(world, sealed);
    judged_by(world, sealed).is_some_and(|version| {
        recompute(sealed, &version.document, &results) == Recomputed::Identical
    })
}
