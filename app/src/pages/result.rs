//! A published result: the total, the coefficient, and how each figure came about.
//!
//! The derivation is the published one; "recompute" runs the same arithmetic on this device over
//! the published inputs and says whether it is identical.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::plan::PlanState;
use shared::regime::RegimeVersion;
use shared::result::{PlanResult, Recomputed, recompute};
use shared::world::World;

use crate::components::{
    Badge, Banner, Button, Choice, Empty, Explain, Glyph, Icon, PageHead, Panel, Pick, Tone,
    WayBack,
};
use crate::i18n::{common, evidence, format, names, paper, plan, review, seal};
use crate::pages::derivation::explained;
use crate::pages::evidence::EvidenceOfPlan;
use crate::pages::scoring::judged_words;
use crate::pages::tape;
use crate::route::Route;
use crate::session::Session;

mod answer;
mod appeals;
mod delivering;
mod hearing;
mod raters;
mod sealed;
mod spot_check;

use answer::Afterwards;
pub(crate) use answer::objection;
use appeals::Appeals;
pub(crate) use appeals::{deciding as deciding_appeal, heard};
pub(crate) use hearing::{notes as hearing_notes, open as open_hearing};
use raters::Raters;
use sealed::SealedPanel;
pub(crate) use sealed::{kept_until, parts_of};
use spot_check::Checked;
pub(crate) use spot_check::{checks, finding};

/// What the page shows: one version of the result.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    title: String,
    lead: String,
    whose: String,
    result: PlanResult,
    regime: RegimeVersion,
    versions: Vec<u32>,
    on_behalf: bool,
}

fn shown(world: &World, id: PlanId, version: Option<u32>) -> Option<Shown> {
    let organisation = world.organisation();
    let document = world.document(id)?;
    let result = match version {
        Some(version) => document.results.get(&version)?,
        None => document.result()?,
    };
    let regime = organisation.regimes.get(&result.regime)?.clone();
    let found = document.plan.as_ref();
    let whose = found.map_or_else(
        || names::person_of(organisation, result.owner),
        |found| names::plan_of(organisation, found),
    );
    let by = names::person_of(organisation, result.by);
    let when = format::time(result.times.recorded, organisation.utc_offset());
    Some(Shown {
        title: plan::plan_title(&whose, &names::period_of(organisation, result.period)),
        lead: review::published_by(&by, &when),
        whose: names::person_of(organisation, result.owner),
        versions: document.results.keys().copied().collect(),
        on_behalf: result.on_behalf_of.is_some(),
        result: result.clone(),
        regime,
    })
}

/// The page.
#[component]
pub(crate) fn ResultPage(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let version = RwSignal::new(None::<u32>);
    let shown = Memo::new(move |_| shown(&session.world(), id, version.get()));
    move || match shown.get() {
        Some(shown) => view! { <Body id=id shown=shown version=version /> }.into_any(),
        None => view! { <Unpublished id=id /> }.into_any(),
    }
}

/// A plan without a published result: one may be sealed all the same, not assessed or provisional.
#[component]
fn Unpublished(id: PlanId) -> impl IntoView {
    let session = Session::here();
    let title = move || {
        let world = session.world();
        let found = world.document(id)?.plan.as_ref()?;
        let organisation = world.organisation();
        let period = names::period_of(organisation, found.period);
        Some(plan::plan_title(
            &names::plan_of(organisation, found),
            &period,
        ))
    };
    let title = Signal::derive(move || title().unwrap_or_else(|| review::result().to_owned()));
    let sealed = Memo::new(move |_| {
        let world = session.world();
        let document = world.document(id);
        document.is_some_and(|document| !document.sealed.is_empty())
    });
    // The plan says that it is published, and this device holds no result: somebody else may see it.
    let hidden = Memo::new(move |_| {
        let world = session.world();
        let plan = world.document(id).and_then(|found| found.plan.as_ref());
        plan.is_some_and(|plan| matches!(plan.state, PlanState::Published | PlanState::Sealed))
    });
    let empty = move || {
        if hidden.get() {
            view! { <Empty title=review::result_hidden() words=review::result_hidden_words() /> }
        } else {
            view! { <Empty title=review::result_missing() words=review::result_missing_words() /> }
        }
    };
    view! {
        <div class="page" data-page="result">
            <PageHead
                title=title
                back=WayBack { href: Route::Plan(id).path(), words: common::plans().to_owned() }
            />
            <SealedPanel id=id shown=0 />
            <Show when=move || !sealed.get()>{empty}</Show>
        </div>
    }
}

#[component]
fn Body(id: PlanId, shown: Shown, version: RwSignal<Option<u32>>) -> impl IntoView {
    let session = Session::here();
    let Shown {
        title,
        lead,
        whose,
        result,
        regime,
        versions,
        on_behalf,
    } = shown;
    let latest = versions.last() == Some(&result.version);
    let picks = (versions.len() > 1).then(|| {
        let pick =
            |number: &u32| Pick::new(number.to_string(), seal::version_of(&number.to_string()));
        versions.iter().rev().map(pick).collect::<Vec<_>>()
    });
    let (at, shown_at) = (result.version.to_string(), result.version.to_string());
    let (total, coefficient) = (result.total.to_string(), result.coefficient.to_string());
    let grade = result.grade(regime.regime());
    let grade = grade.map(|key| names::grade(regime.regime(), &key));
    let (later, number) = (result.deferred.clone(), result.version);
    view! {
        <div class="page" data-page="result" data-version=shown_at>
            <PageHead
                title=title
                lead=lead
                back=WayBack { href: Route::Plan(id).path(), words: common::plans().to_owned() }
            >
                {move || session.whereabouts_of_plan(id)}
                {on_behalf.then(|| view! {
                    <Badge words=seal::judging_on_behalf() tone=Tone::Warn glyph=Glyph::Me />
                })}
            </PageHead>
            {picks.map(|picks| view! {
                <Choice
                    name="version"
                    label=seal::version()
                    picks=picks
                    value=Signal::stored(at)
                    on_choose=move |key: String| version.set(key.parse().ok())
                />
            })}
            <Figures total=total grade=grade coefficient=coefficient />
            <p class="no-print">
                <a class="button button-quiet" href=Route::ResultForm(id).path() data-act="open-result-form">
                    <Icon glyph=Glyph::Print />
                    {paper::result_form()}
                </a>
            </p>
            {latest.then(|| view! {
                <Afterwards id=id whose=whose result=result.clone() />
                <Appeals id=id version=result.version />
                <Checked id=id version=result.version />
            })}
            <SealedPanel id=id shown=number />
            <Derived result=result regime=regime />
            <Raters id=id version=number />
            <EvidenceOfPlan
                plan=id
                around=|inner| {
                    view! { <Panel title=evidence::evidence()>{inner}</Panel> }.into_any()
                }
            />
            {(!later.is_empty()).then(|| view! {
                <Panel title=seal::outside_range()>
                    <p class="faint small">{seal::outside_range_words()}</p>
                    <ul class="list-plain" data-list="deferred">
                        {later
                            .into_iter()
                            .map(|item| view! { <li data-item=item.item.to_string()>{item.title}</li> })
                            .collect_view()}
                    </ul>
                </Panel>
            })}
        </div>
    }
}

/// What people come for: the total with its grade, where the regime names one, and the coefficient.
#[component]
fn Figures(total: String, grade: Option<String>, coefficient: String) -> impl IntoView {
    view! {
        <div class="figures">
            <div class="figure-card">
                <span class="faint">{review::total()}</span>
                <span class="figure-large" data-field="total">{total}</span>
                {grade.map(|grade| view! { <strong data-field="grade">{grade}</strong> })}
            </div>
            <div class="figure-card">
                <span class="faint">{review::coefficient()}</span>
                <span class="figure-large" data-field="coefficient">{coefficient}</span>
            </div>
        </div>
    }
}

/// How the figures came about, and recomputing them on this device.
#[component]
fn Derived(result: PlanResult, regime: RegimeVersion) -> impl IntoView {
    let coefficient = result.coefficient.to_string();
    let root = if let Some(three) = &result.three {
        let judged = judged_words(&Session::here().world_untracked(), &result);
        tape::explained(regime.regime(), three, &coefficient, &judged)
    } else {
        let (inputs, steps) = (&result.inputs, &result.derivation);
        explained(regime.regime(), inputs, steps, &coefficient)
    };
    let digest: String = result.regime_digest.chars().take(12).collect();
    let engine = review::engine(&result.engine_version.to_string(), &digest);
    let regime_name = names::name(&regime.regime().name).to_owned();
    let kept = StoredValue::new((result, regime));
    let again = move || {
        kept.with_value(|(result, regime)| {
            recompute(result, &regime.document) == Recomputed::Identical
        })
    };
    view! {
        <Panel title=review::derivation()>
            <p class="faint small">{regime_name}" · "{engine}</p>
            <Explain root=root />
            <Recompute again=again />
        </Panel>
    }
}

/// The button that proves a figure on this device, and what came of it.
#[component]
pub(super) fn Recompute(
    /// Whether recomputing gives the same.
    #[prop(into)]
    again: Callback<(), bool>,
) -> impl IntoView {
    let verdict = RwSignal::new(None::<bool>);
    view! {
        <div class="row">
            <Button
                act="recompute"
                label=review::recompute()
                glyph=Glyph::Turning
                on_press=move |()| verdict.set(Some(again.run(())))
            />
        </div>
        {move || verdict.get().map(|same| if same {
            view! { <Banner state="good" words=review::recompute_same() /> }
        } else {
            view! { <Banner state="bad" words=review::recompute_differs() /> }
        })}
    }
}
