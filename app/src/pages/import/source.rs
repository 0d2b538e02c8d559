//! The first two steps: which file, and which year and month its rows are for.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::Import;
use crate::components::{Field, FieldKind, Glyph, Icon, Pick, Select};
use crate::i18n::import;

/// Chooses the file, by tapping or dropping it.
#[component]
pub(super) fn Source(state: Import) -> impl IntoView {
    let first = move |list: Option<web_sys::FileList>| list.and_then(|list| list.get(0));
    let chosen = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
        let file = first(input.files())?;
        // The same file can be chosen again after it was corrected.
        input.set_value("");
        state.read(file);
        Some(())
    };
    let dropped = move |event: web_sys::DragEvent| {
        event.prevent_default();
        if let Some(file) = first(event.data_transfer().and_then(|data| data.files())) {
            state.read(file);
        }
    };
    let words = move || {
        let name = state.name.get();
        if name.is_empty() {
            import::choose_file().to_owned()
        } else {
            name
        }
    };
    view! {
        <label
            class="drop"
            on:dragover=|event: web_sys::DragEvent| event.prevent_default()
            on:drop=dropped
        >
            <Icon glyph=Glyph::Import />
            <span class="strong">{words}</span>
            <span class="faint">{format!("{} · {}", import::csv_kinds(), import::drop_here())}</span>
            <input
                class="heard-only"
                type="file"
                accept=".csv,text/csv"
                data-field="sheet"
                on:change=move |event| { chosen(event); }
            />
        </label>
    }
}

/// Asks for the year, which a sheet does not say, and the month.
#[component]
pub(super) fn YearAndMonth(state: Import) -> impl IntoView {
    let year = RwSignal::new(
        state
            .choices
            .with_untracked(|choices| choices.year.to_string()),
    );
    let error = RwSignal::new(None::<String>);
    let set_year = move || {
        let read = year.with_untracked(|text| text.trim().parse::<i32>().ok());
        match read.filter(|year| (1000..10_000).contains(year)) {
            Some(year) => {
                error.set(None);
                if state.choices.with_untracked(|choices| choices.year) != year {
                    state.choose(|choices| choices.year = year);
                }
            }
            None => error.set(Some(import::year_unreadable().to_owned())),
        }
    };
    let months = (1..=12).map(|month: u32| Pick::new(month.to_string(), month.to_string()));
    let months = Signal::stored(months.collect::<Vec<_>>());
    let month = Signal::derive(move || state.choices.with(|choices| choices.month.to_string()));
    view! {
        <div class="fields fields-two">
            <Field
                name="year"
                label=import::year()
                value=year
                kind=FieldKind::Number
                error=error
                on_change=set_year
            />
            <Select
                name="month"
                label=import::month()
                picks=months
                value=month
                on_choose=move |key: String| {
                    if let Ok(month) = key.parse() {
                        state.choose(|choices| choices.month = month);
                    }
                }
            />
        </div>
        <p class="faint small">{import::period_words()}</p>
    }
}
