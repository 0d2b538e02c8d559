//! What-if: a past period under another regime, before anybody activates it.
//!
//! It is reckoned here, a few plans at a time so that the page stays alive, or at the server; both
//! by the same rule, and nothing is written by either.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{PeriodId, RegimeId};
use shared::regime::Regime;
use shared::regime::preset::Preset;
use shared::regime::schema;

use crate::api;
use crate::components::{
    Banner, Button, Choice, Look, Many, Meter, PageHead, Panel, Pick, Select, WayBack,
};
use crate::i18n::{names, period, whatif as words};
use crate::pages::order;
use crate::pages::rules::kept;
use crate::route::Route;
use crate::session::Session;

mod lacking;
mod rows;
mod run;
mod shown;
mod spread;

use run::{Run, Stage};

/// The prefixes by which a pick names what it is.
const DRAFT: &str = "draft";
const PRESET: &str = "preset:";

/// What is chosen.
#[derive(Clone, Copy)]
struct Chosen {
    period: RwSignal<String>,
    regime: RwSignal<String>,
    preset: RwSignal<Option<Preset>>,
    alternatives: RwSignal<String>,
    at_server: RwSignal<String>,
    /// Of which regime the draft is a copy.
    copy_of: Option<RegimeId>,
}

/// The page.
#[component]
pub(crate) fn WhatIfPage(
    /// What the address chooses.
    route: Route,
) -> impl IntoView {
    let session = Session::here();
    let (copy_of, regime) = match route {
        Route::WhatIfDraft(of) => (of, DRAFT.to_owned()),
        Route::WhatIf(Some(id)) => (Some(id), id.to_string()),
        _ => (None, String::new()),
    };
    let chosen = Chosen {
        period: RwSignal::new(first_period(session)),
        regime: RwSignal::new(regime),
        preset: RwSignal::new(None),
        alternatives: RwSignal::new(String::new()),
        at_server: RwSignal::new("here".to_owned()),
        copy_of,
    };
    let run = Run::new();
    let back = WayBack {
        href: Route::Periods.path(),
        words: period::periods().to_owned(),
    };
    view! {
        <div class="page" data-page="what-if">
            <PageHead title=words::title().to_owned() lead=words::lead().to_owned() back=back />
            <Banner state="quiet" words=words::nothing_activated() />
            {choose(session, chosen, run)}
            {move || match run.stage.get() {
                Stage::Idle => ().into_any(),
                Stage::Working(done, of) => working(run, done, of),
                Stage::Stopped(why) => view! { <Banner state="warn" words=why /> }.into_any(),
                Stage::Came(outcome, regime) => shown::page(session, &outcome, &regime, chosen.period.get_untracked()),
            }}
        </div>
    }
}

/// The last period that is over, else the last that there is.
fn first_period(session: Session) -> String {
    let world = session.world_untracked();
    let today = session.today_untracked();
    let periods = judged(session);
    let over = periods.iter().rev().find(|id| {
        let period = world.organisation().periods.get(id);
        period.is_some_and(|period| period.to < today)
    });
    let found = over.or_else(|| periods.last());
    found.map(ToString::to_string).unwrap_or_default()
}

/// Periods that are judged, in order of time.
fn judged(session: Session) -> Vec<PeriodId> {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let mut periods: Vec<_> = order::periods(organisation)
        .into_iter()
        .filter(|period| organisation.judged(period.id).is_ok())
        .map(|period| (period.from, period.id))
        .collect();
    periods.sort_unstable();
    periods.into_iter().map(|(_, id)| id).collect()
}

fn choose(session: Session, chosen: Chosen, run: Run) -> impl IntoView {
    let offered = RwSignal::new(None::<Result<Vec<api::Offered>, ()>>);
    spawn_local(async move {
        offered.set(Some(api::presets().await.map_err(|_| ())));
    });
    let periods: Vec<Pick> = {
        let world = session.world_untracked();
        let named = |id: &PeriodId| names::period_of(world.organisation(), *id);
        let judged = judged(session);
        judged
            .iter()
            .rev()
            .map(|id| Pick::new(id.to_string(), named(id)))
            .collect()
    };
    let regimes = Signal::derive(move || regimes(session, chosen, offered.get().as_ref()));
    // What was found belongs to the readings that were chosen then.
    Effect::new(move |before: Option<String>| {
        let now = chosen.alternatives.get();
        if before.is_some_and(|before| before != now) {
            run.forget();
        }
        now
    });
    let pick = move |key: String| {
        chosen.preset.set(None);
        chosen.alternatives.set(String::new());
        if let Some(of) = key.strip_prefix(PRESET).map(str::to_owned) {
            spawn_local(async move {
                match api::preset(&of).await {
                    // Meanwhile another may have been chosen, or the page left.
                    Ok(preset) => {
                        let still = |key: &String| key.strip_prefix(PRESET) == Some(of.as_str());
                        if chosen.regime.try_with_untracked(still) == Some(true) {
                            chosen.preset.set(Some(preset));
                        }
                    }
                    Err(error) => session.complain(error.words()),
                }
            });
        }
        chosen.regime.set(key);
        run.forget();
    };
    let why_not = Signal::derive(move || {
        if chosen.period.with(String::is_empty) {
            return Some(words::no_period().to_owned());
        }
        document(session, chosen)
            .is_none()
            .then(|| words::no_regime().to_owned())
    });
    let begin = move |()| {
        let period: Option<PeriodId> = chosen.period.with_untracked(|id| id.parse().ok());
        if let (Some(period), Some(regime)) = (period, document(session, chosen)) {
            let at_server = chosen.at_server.with_untracked(|at| at == "server");
            run.begin(session, period, regime, at_server);
        }
    };
    let places = vec![
        Pick::new("here", words::here()),
        Pick::new("server", words::at_server()),
    ];
    view! {
        <Panel title=words::title()>
            <div class="fields fields-two">
                <Select
                    name="period"
                    label=words::period()
                    picks=Signal::stored(periods)
                    value=chosen.period
                    on_choose=move |key| {
                        chosen.period.set(key);
                        run.forget();
                    }
                />
                <Select name="regime" label=words::regime() picks=regimes value=chosen.regime on_choose=pick />
            </div>
            {move || chosen.preset.get().map(|preset| alternatives(&preset, chosen))}
            <Choice
                name="where"
                label=words::whereabouts()
                picks=places
                value=chosen.at_server
                on_choose=move |key| chosen.at_server.set(key)
            />
            {move || matches!(offered.get(), Some(Err(()))).then(|| view! {
                <p class="faint small">{words::presets_unreachable()}</p>
            })}
            <div class="row">
                <Button act="what-if-run" label=words::run() look=Look::Primary why_not=why_not on_press=begin />
            </div>
        </Panel>
    }
}

/// Drafts that are kept here, adopted regimes, and the presets that the server offers.
fn regimes(
    session: Session,
    chosen: Chosen,
    offered: Option<&Result<Vec<api::Offered>, ()>>,
) -> Vec<Pick> {
    let world = session.world();
    let mut picks = vec![Pick::new("", crate::i18n::common::choose_one())];
    if kept(chosen.copy_of).is_some() {
        let name = draft(chosen.copy_of).map(|regime| names::name(&regime.name).to_owned());
        let label = name.unwrap_or_default();
        picks.push(Pick::new(
            DRAFT,
            crate::i18n::common::with_note(&label, words::draft()),
        ));
    }
    let versions = world.organisation().regimes.values();
    picks.extend(
        versions
            .map(|version| Pick::new(version.id.to_string(), names::name(&version.regime().name))),
    );
    if let Some(Ok(presets)) = offered {
        picks.extend(presets.iter().map(|preset| {
            let name = names::name(&preset.name);
            let label = crate::i18n::common::with_note(name, words::preset());
            Pick::new(format!("{PRESET}{}", preset.key), label)
        }));
    }
    picks
}

/// The draft that is kept, where it can be read.
fn draft(copy_of: Option<RegimeId>) -> Option<Regime> {
    schema::read_value(kept(copy_of)?).ok()
}

fn alternatives(preset: &Preset, chosen: Chosen) -> Option<AnyView> {
    if preset.alternatives.is_empty() {
        return None;
    }
    let picks: Vec<Pick> = preset
        .alternatives
        .iter()
        .map(|one| Pick::new(one.key.clone(), names::name(&one.name)))
        .collect();
    Some(
        view! {
            <Many
                name="alternatives"
                label=words::alternatives()
                picks=picks
                value=chosen.alternatives
            />
        }
        .into_any(),
    )
}

/// The document that is chosen, where it is one.
fn document(session: Session, chosen: Chosen) -> Option<Regime> {
    let key = chosen.regime.get();
    if key == DRAFT {
        return draft(chosen.copy_of);
    }
    if key.starts_with(PRESET) {
        let preset = chosen.preset.get()?;
        let keys = chosen.alternatives.get();
        let keys: Vec<&str> = keys.split_whitespace().collect();
        return preset.with(&keys);
    }
    let id: RegimeId = key.parse().ok()?;
    let world = session.world();
    let version = world.organisation().regimes.get(&id)?;
    Some(version.regime().clone())
}

fn working(run: Run, done: usize, of: usize) -> AnyView {
    let percent = (done * 100).checked_div(of).unwrap_or(0);
    let percent = u32::try_from(percent).unwrap_or(100);
    let told = words::progress(&done.to_string(), &of.to_string());
    view! {
        <div class="panel" data-part="working" role="status">
            <Meter
                label=words::working()
                percent=Signal::stored(percent)
                state=Signal::stored("under")
                words=Signal::stored(told)
            />
            <div class="row">
                <Button act="what-if-stop" label=words::stop() on_press=move |()| run.stop() />
            </div>
        </div>
    }
    .into_any()
}
