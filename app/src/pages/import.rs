//! Bringing a sheet in: previewed row by row, applied whole or not at all.
//!
//! The server previews, because it sees all plans and decides again at confirmation; without it the
//! same code previews on the device, and only the confirmation has to wait.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::import::{self as sheets, Options, Preview};
use shared::period::PeriodKind;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

use crate::api;
use crate::components::{
    Badge, Banner, Button, Empty, Glyph, Icon, Look, PageHead, Panel, Pick, Select, Table, Tone,
    WayBack,
};
use crate::fetch::FetchError;
use crate::i18n::{common, format, import, names, plan, refusal};
use crate::pages::order;
use crate::route::Route;
use crate::session::Session;

/// A chosen file and what it would do.
#[derive(Clone)]
struct Chosen {
    name: String,
    preview: Preview,
    /// Whether the server made the preview, so that it can be confirmed.
    confirmable: bool,
}

/// The page.
#[component]
pub(crate) fn Import() -> impl IntoView {
    let session = Session::here();
    let month = RwSignal::new(newest_month(session));
    let chosen = RwSignal::new(None::<Chosen>);
    let bytes = RwSignal::new_local(None::<Uint8Array>);
    let error = RwSignal::new(None::<String>);
    let done = RwSignal::new(None::<u64>);
    let read = move |file: web_sys::File| {
        error.set(None);
        done.set(None);
        chosen.set(None);
        spawn_local(async move {
            let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
                return;
            };
            let sheet = Uint8Array::new(&buffer);
            bytes.set(Some(sheet.clone()));
            match previewed(session, &month.get_untracked(), &sheet).await {
                Ok((preview, confirmable)) => {
                    chosen.set(Some(Chosen {
                        name: file.name(),
                        preview,
                        confirmable,
                    }));
                }
                Err(words) => error.set(Some(words)),
            }
        });
    };
    let confirm = move |()| {
        let (Some(shown), Some(sheet)) = (chosen.get_untracked(), bytes.get_untracked()) else {
            return;
        };
        spawn_local(async move {
            let month = month.get_untracked();
            match api::confirm_import(&month, &shown.preview.digest, &sheet).await {
                Ok(answer) => {
                    chosen.set(None);
                    done.set(Some(answer.items));
                    session.looping().poke(session);
                }
                Err(failed) => error.set(Some(failed.words())),
            }
        });
    };
    view! {
        <div class="page" data-page="import">
            <PageHead
                title=import::import_title()
                lead=import::import_words().to_owned()
                back=WayBack { href: Route::Plans.path(), words: common::plans().to_owned() }
            />
            <Source month=month on_file=read />
            {move || error.get().map(|words| view! { <Banner state="bad" words=words /> })}
            {move || done.get().map(|count| view! {
                <Banner state="good" words=import::imported(&count.to_string())>
                    <a class="button" href=Route::Plans.path()>{import::to_plans()}</a>
                </Banner>
            })}
            {move || chosen.get().map(|shown| view! { <Shown shown=shown on_confirm=confirm /> })}
        </div>
    }
}

/// The months that are open, newest first, as the server names them.
fn months(session: Session) -> Vec<Pick> {
    let world = session.world();
    let organisation = world.organisation();
    let periods = order::periods(organisation).into_iter();
    let periods = periods.filter(|period| period.kind == PeriodKind::Month);
    let pick = |period: &shared::period::Period| {
        let month = format::month_key(period.from);
        Pick::new(month, names::period_of(organisation, period.id))
    };
    periods.map(pick).collect()
}

fn newest_month(session: Session) -> String {
    untrack(|| months(session))
        .first()
        .map(|pick| pick.key.clone())
        .unwrap_or_default()
}

#[component]
fn Source(
    month: RwSignal<String>,
    #[prop(into)] on_file: UnsyncCallback<web_sys::File>,
) -> impl IntoView {
    let session = Session::here();
    let picks = Signal::derive(move || months(session));
    let first = move |list: Option<web_sys::FileList>| list.and_then(|list| list.get(0));
    let on_file = StoredValue::new_local(on_file);
    let chosen = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
        let file = first(input.files())?;
        // The same file can be chosen again after it was corrected.
        input.set_value("");
        on_file.with_value(|on_file| on_file.run(file));
        Some(())
    };
    let dropped = move |event: web_sys::DragEvent| {
        event.prevent_default();
        if let Some(file) = first(event.data_transfer().and_then(|data| data.files())) {
            on_file.with_value(|on_file| on_file.run(file));
        }
    };
    move || {
        if picks.with(Vec::is_empty) {
            return view! {
                <Empty title=plan::no_period() words=import::no_period_open()>
                    <a class="button" href=Route::Organisation.path()>{common::organisation()}</a>
                </Empty>
            }
            .into_any();
        }
        view! {
            <div class="fields fields-two">
                <Select
                    name="month"
                    label=import::into_period()
                    picks=picks
                    value=month
                    on_choose=move |key| month.set(key)
                />
                <label
                    class="drop"
                    on:dragover=|event: web_sys::DragEvent| event.prevent_default()
                    on:drop=dropped
                >
                    <Icon glyph=Glyph::Import />
                    <span class="strong">{import::choose_file()}</span>
                    <span class="faint">{import::drop_here()}</span>
                    <input
                        class="heard-only"
                        type="file"
                        accept=".csv,text/csv"
                        data-field="sheet"
                        on:change=move |event| { chosen(event); }
                    />
                </label>
            </div>
        }
        .into_any()
    }
}

/// Previews at the server, or on this device when it is out of reach.
async fn previewed(
    session: Session,
    month: &str,
    sheet: &Uint8Array,
) -> Result<(Preview, bool), String> {
    match api::preview_import(month, sheet).await {
        Ok(preview) => Ok((preview, true)),
        Err(FetchError::Unreachable | FetchError::Garbled) => {
            let preview = on_device(session, month, sheet)?;
            Ok((preview, false))
        }
        Err(told) => Err(told.words()),
    }
}

fn on_device(session: Session, month: &str, sheet: &Uint8Array) -> Result<Preview, String> {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let period = organisation
        .periods
        .values()
        .find(|period| period.kind == PeriodKind::Month && format::month_key(period.from) == month);
    let period = period.ok_or_else(|| import::no_period_open().to_owned())?;
    let today = session.today_untracked();
    let options = Options::of(&world, period.id, today);
    let options = options.map_err(|refused| refusal::words(&refused))?;
    let text = decoded(sheet).ok_or_else(|| import::unreadable().to_owned())?;
    Ok(sheets::preview(&text, &options))
}

/// Reads UTF-8, or GBK, in which Excel saves on a Chinese system.
fn decoded(sheet: &Uint8Array) -> Option<String> {
    let fatal = web_sys::TextDecoderOptions::new();
    fatal.set_fatal(true);
    ["utf-8", "gbk"].into_iter().find_map(|label| {
        let decoder = web_sys::TextDecoder::new_with_label_and_options(label, &fatal).ok()?;
        decoder.decode_with_buffer_source(sheet).ok()
    })
}

#[component]
fn Shown(shown: Chosen, #[prop(into)] on_confirm: Callback<()>) -> impl IntoView {
    let Chosen {
        name,
        preview,
        confirmable,
    } = shown;
    let clean = preview.is_clean();
    let why_not = match (clean, confirmable) {
        (false, _) => Some(import::import_has_refused().to_owned()),
        (true, false) => Some(import::from_preview_offline().to_owned()),
        (true, true) => None,
    };
    let (accepted, refused) = (preview.accepted.len(), preview.refused.len());
    let title = format!("{} · {name}", import::preview());
    view! {
        <Panel title=title>
            <div class="row">
                <Badge
                    words=import::rows_accepted(&accepted.to_string())
                    tone=Tone::Good
                    glyph=Glyph::Tick
                />
                {(refused > 0).then(|| view! {
                    <Badge
                        words=import::rows_refused(&refused.to_string())
                        tone=Tone::Bad
                        glyph=Glyph::Warning
                    />
                })}
            </div>
            {(refused > 0).then(|| refused_table(&preview))}
            {(accepted > 0).then(|| accepted_table(&preview))}
        </Panel>
        <div class="page-acts">
            <Button
                act="confirm-import"
                label=import::confirm_import()
                look=Look::Primary
                glyph=Glyph::Import
                why_not=Signal::stored(why_not)
                on_press=move |()| on_confirm.run(())
            />
        </div>
    }
}

fn refused_table(preview: &Preview) -> impl IntoView + use<> {
    let rows = preview
        .refused
        .iter()
        .map(|refused| {
            let place = match (refused.line, refused.cell.as_str()) {
                (0, _) => import::whole_sheet().to_owned(),
                (line, "") => import::line_number(&line.to_string()),
                (_, cell) => cell.to_owned(),
            };
            let words = import::words(&refused.refusal);
            view! {
                <tr data-state="refused">
                    <th scope="row">{place}</th>
                    <td>{refused.column.clone()}</td>
                    <td>{words}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        (import::cell().to_owned(), false),
        (import::column().to_owned(), false),
        (import::reason().to_owned(), false),
    ];
    view! {
        <Table caption=import::refused() columns=columns>
            <tbody data-list="refused-rows">{rows}</tbody>
        </Table>
    }
}

fn accepted_table(preview: &Preview) -> impl IntoView + use<> {
    let session = Session::here();
    let world = session.world_untracked();
    let organisation = world.organisation();
    let rows = preview
        .accepted
        .iter()
        .map(|row| {
            let notes: Vec<String> = row.notes.iter().map(import::note).collect();
            let responsible = row.responsible.map_or_else(
                || row.post.clone(),
                |person| names::person_of(organisation, person),
            );
            view! {
                <tr>
                    <th scope="row">
                        {row.title.clone()}
                        {(!notes.is_empty()).then(|| view! {
                            <div class="faint small">{notes.join(" ")}</div>
                        })}
                    </th>
                    <td data-label=plan::unit()>{names::unit_of(organisation, row.unit)}</td>
                    <td data-label=plan::responsible()>{responsible}</td>
                    <td data-label=plan::due()>{row.due.map(format::short_day)}</td>
                    <td class="cell-figure" data-label=plan::weight()>{row.weight.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        (plan::title().to_owned(), false),
        (plan::unit().to_owned(), false),
        (plan::responsible().to_owned(), false),
        (plan::due().to_owned(), false),
        (plan::weight().to_owned(), true),
    ];
    view! {
        <Table caption=import::accepted() columns=columns>
            <tbody data-list="accepted-rows">{rows}</tbody>
        </Table>
    }
}
