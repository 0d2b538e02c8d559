//! The regime editor: an office clerk enters the rules of a company and adopts them.
//!
//! It knows no company's rules: its fields are those of the published schema, its findings those of
//! the validator, and its example person is judged by the arithmetic that judges everybody.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shared::command::Command;
use shared::command::organisation::AdoptRegime;
use shared::id::RegimeId;
use shared::permission;
use shared::regime::document;
use wasm_bindgen::JsCast as _;

use crate::components::{
    Banner, Button, Glyph, Icon, Look, PageHead, Panel, Pick, Select, WayBack,
};
use crate::i18n::{common, finding, organisation, period, rules as words, whatif};
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::Session;
use crate::{chance, file};

mod bands;
mod blocks;
mod compare;
mod draft;
mod keys;
mod list;
mod node;
mod preview;
mod said;
mod scalar;
mod unit;

use blocks::{BLOCKS, Block};
use draft::Draft;
pub(crate) use draft::kept;

/// The page.
#[component]
pub(crate) fn RulesPage(
    /// The regime from which a copy is edited; the kept draft, or a blank one, where there is none.
    from: Option<RegimeId>,
) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let may = permission::may_run_plans(
        world.organisation(),
        session.person(),
        session.today_untracked(),
    );
    let back = WayBack {
        href: Route::Periods.path(),
        words: period::periods().to_owned(),
    };
    if !may {
        return view! {
            <div class="page" data-page="rules">
                <PageHead title=words::editor().to_owned() back=back />
                <Banner state="quiet" words=period::may_not() />
            </div>
        }
        .into_any();
    }
    let base = from.and_then(|id| {
        let version = world.organisation().regimes.get(&id)?;
        Some((id, serde_json::to_value(version.regime()).ok()?))
    });
    let draft = Draft::begin(base);
    let head = move || {
        view! {
            <span class="faint" data-part="draft-kept">{words::draft_kept()}</span>
        }
    };
    view! {
        <div class="page" data-page="rules">
            <PageHead title=words::editor().to_owned() lead=words::lead().to_owned() back=back>
                {head}
            </PageHead>
            <Acts draft=draft from=from />
            <div class="rules-desk">
                {blocks_of(draft)}
                <div class="stack" data-part="form">{move || form(draft)}</div>
                <div class="stack">
                    <Findings draft=draft />
                    <preview::Preview draft=draft />
                    <compare::Compare draft=draft />
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// What can be done with the whole.
#[component]
fn Acts(draft: Draft, from: Option<RegimeId>) -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let wrong = RwSignal::new(None::<String>);
    let why_not = Signal::derive(move || {
        let found = draft.findings.with(Vec::len);
        (found > 0).then(|| words::to_mend(&found.to_string()))
    });
    let adopt = move |()| {
        let Some(regime) = draft.document() else {
            return;
        };
        let id = RegimeId::from_bits(chance::bits());
        let command = Command::AdoptRegime(AdoptRegime { id, regime });
        session.send_online(command, move |done| match done {
            Ok(()) => {
                session.say(organisation::saved());
                draft.drop_kept();
                navigation.go(Route::Periods);
            }
            Err(told) => session.complain(told.words),
        });
    };
    let export = move |()| {
        let text = draft.with(|value| {
            let name = value.get("key").and_then(Value::as_str).unwrap_or("regime");
            let text = serde_json::to_string_pretty(value).unwrap_or_default();
            (format!("{name}.json"), text)
        });
        if file::hand_out(&text.0, "application/json", &text.1).is_err() {
            session.complain(words::number_unreadable().to_owned());
        }
    };
    let import = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
        let file = input.files()?.get(0)?;
        input.set_value("");
        spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            let text = text
                .ok()
                .and_then(|text| text.as_string())
                .unwrap_or_default();
            wrong.set(read_in(draft, &text).err());
        });
        Some(())
    };
    view! {
        <div class="row" data-part="acts">
            <Button act="rules-adopt" label=words::adopt() look=Look::Primary why_not=why_not on_press=adopt />
            <Button act="rules-export" label=words::export() glyph=Glyph::Download on_press=export />
            <label class="button">
                <Icon glyph=Glyph::Import />
                <span>{words::import()}</span>
                <input
                    class="heard-only"
                    type="file"
                    accept=".json,application/json"
                    data-field="regime"
                    on:change=move |event| { import(event); }
                />
            </label>
            <Button
                act="rules-drop"
                label=words::from_blank()
                look=Look::Quiet
                on_press=move |()| draft.drop_kept()
            />
            <a class="button" href=Route::WhatIfDraft(from).path() data-act="what-if">
                {whatif::try_it()}
            </a>
            <a class="button button-quiet" href="/data/regime.schema.json" target="_blank">{words::schema()}</a>
        </div>
        {move || wrong.get().map(|words| view! { <Banner state="bad" words=words /> })}
    }
}

/// Takes a document that was exported, of either format; says what cannot be read.
fn read_in(draft: Draft, text: &str) -> Result<(), String> {
    let read = document::read(text).map_err(|findings| {
        let empty = Value::Null;
        let lines = findings.iter().map(|found| {
            let (problem, remedy) = said::both(&empty, found);
            finding::at_place(&found.place, &finding::with_remedy(&problem, &remedy))
        });
        lines.collect::<Vec<_>>().join(common::between())
    })?;
    let value = serde_json::to_value(&*read.read()).map_err(|error| error.to_string())?;
    draft.replace(value);
    Ok(())
}

/// The list of blocks, each with how much is wrong in it.
fn blocks_of(draft: Draft) -> impl IntoView {
    let count = move |block: &'static Block| {
        draft.findings.with(|findings| {
            findings
                .iter()
                .filter(|one| block.holds(&one.place))
                .count()
        })
    };
    let lines = BLOCKS
        .iter()
        .enumerate()
        .map(|(nth, block)| {
            let current = move || (draft.block.get() == nth).then_some("page");
            view! {
                <li>
                    <button
                        class="rules-block"
                        type="button"
                        data-act="rules-block"
                        data-block=block.name
                        aria-current=current
                        on:click=move |_| draft.block.set(nth)
                    >
                        <span>{(block.title)()}</span>
                        {move || {
                            let count = count(block);
                            (count > 0).then(|| view! { <span class="rules-count">{count}</span> })
                        }}
                    </button>
                </li>
            }
        })
        .collect_view();
    let picks: Vec<Pick> = BLOCKS
        .iter()
        .enumerate()
        .map(|(nth, block)| Pick::new(nth.to_string(), (block.title)()))
        .collect();
    view! {
        <nav class="rules-blocks" aria-label=words::blocks()>
            <ul>{lines}</ul>
            <div class="rules-blocks-short">
                <Select
                    name="block"
                    label=words::blocks()
                    picks=Signal::stored(picks)
                    value=Signal::derive(move || draft.block.get().to_string())
                    on_choose=move |key: String| draft.block.set(key.parse().unwrap_or_default())
                />
            </div>
        </nav>
    }
}

/// The form of the block that is shown.
fn form(draft: Draft) -> AnyView {
    draft.track();
    let nth = draft.block.get();
    let Some(block) = BLOCKS.get(nth) else {
        return ().into_any();
    };
    view! { <Panel title=(block.title)()>{blocks::draw(draft, block)}</Panel> }.into_any()
}

/// What is still wrong, each with its remedy, leading to its field.
#[component]
fn Findings(draft: Draft) -> impl IntoView {
    let lines = move || {
        let findings = draft.findings.get();
        if findings.is_empty() {
            let words = words::nothing_wrong();
            return view! { <Banner state="good" words=words /> }.into_any();
        }
        let lines = findings
            .iter()
            .map(|found| {
                let (place, (problem, remedy)) = draft
                    .with(|value| (keys::place(value, &found.place), said::both(value, found)));
                let at = found.place.clone();
                view! {
                    <li>
                        <button
                            class="rules-finding"
                            type="button"
                            data-act="rules-finding"
                            data-at=found.place.clone()
                            on:click=move |_| blocks::lead_to(draft, &at)
                        >
                            <span class="strong">{place}</span>
                            <span>{problem}</span>
                            <span class="faint">{remedy}</span>
                        </button>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="rules-findings" data-list="findings">{lines}</ul> }.into_any()
    };
    view! { <Panel title=words::findings()>{lines}</Panel> }
}
