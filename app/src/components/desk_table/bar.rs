//! The bar above a table: the search, how it is sorted where no heads are shown, which columns there
//! are, how many rows, and what is done with those that are chosen.

use std::collections::BTreeSet;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{Bulk, Table};
use crate::components::{Button, Glyph, Look, Pick, Select};
use crate::i18n::desk_table as words;

/// The bar.
#[component]
pub(super) fn Bar(table: Table, caption: String, finds: bool, bulk: Option<Bulk>) -> impl IntoView {
    let counted = move || {
        let shown = table.order.with(Vec::len);
        let all = table.rows.with(Vec::len);
        words::rows_of(&shown.to_string(), &all.to_string())
    };
    let any = Memo::new(move |_| table.count() > 0);
    let chosen = move || {
        let words = any.get().then(|| words::chosen(&table.count().to_string()));
        words.map(|words| view! { <strong data-part="chosen">{words}</strong> })
    };
    view! {
        <div class="table-bar no-print">
            {finds.then(|| view! {
            <label class="field table-filter">
                <span class="field-label">{words::filter()}</span>
                <input
                    class="input"
                    type="search"
                    data-field="filter"
                    prop:value=table.search
                    on:input=move |event| table.search.set(event_target_value(&event))
                />
            </label>
            })}
            <SortChoice table=table />
            <ColumnChoice table=table />
            <span class="table-count" role="status">
                <span class="faint figure" data-part="rows">{counted}</span>
                {chosen}
            </span>
            <Show when=move || any.get()>
                {bulk.map(|bulk| view! {
                    <Button
                        act=bulk.act
                        label=bulk.label
                        glyph=bulk.glyph
                        on_press=move |()| bulk.press.run(table.chosen_rows(|row| row.key.clone()))
                    />
                })}
                <Button
                    act="clear-chosen"
                    label=words::clear()
                    look=Look::Quiet
                    on_press=move |()| table.chosen.set(BTreeSet::new())
                />
            </Show>
            <Button
                act="save-sheet"
                label=words::save()
                look=Look::Quiet
                glyph=Glyph::Download
                on_press=move |()| table.save(&caption)
            />
        </div>
    }
}

/// Sorting where the heads are not shown.
#[component]
fn SortChoice(table: Table) -> impl IntoView {
    let picks = Signal::derive(move || {
        let mut picks = vec![Pick::new("", words::as_it_came())];
        table.columns.with_value(|columns| {
            for column in columns {
                let least = words::sorted_by(column.words, words::least_first());
                let most = words::sorted_by(column.words, words::most_first());
                picks.push(Pick::new(column.key, least));
                picks.push(Pick::new(format!("{} falls", column.key), most));
            }
        });
        picks
    });
    let value = Signal::derive(move || {
        let sort = table.kept.with(|kept| kept.sort.clone());
        sort.map_or_else(
            String::new,
            |(by, falls)| {
                if falls { format!("{by} falls") } else { by }
            },
        )
    });
    let choose = move |key: String| {
        table.keep(|kept| {
            let falls = key.strip_suffix(" falls");
            let by = falls.unwrap_or(&key).to_owned();
            kept.sort = (!by.is_empty()).then_some((by, falls.is_some()));
        });
    };
    view! {
        <div class="table-narrow">
            <Select name="sort" label=words::sort() picks=picks value=value on_choose=choose />
        </div>
    }
}

/// Which columns are shown.
#[component]
fn ColumnChoice(table: Table) -> impl IntoView {
    let ticks = table.columns.with_value(|columns| {
        let ticks = columns.iter().skip(1).map(|column| {
            let key = column.key;
            let shown = move || {
                table
                    .kept
                    .with(|kept| !kept.away.iter().any(|one| one == key))
            };
            let turn = move |_| {
                let away = untrack(shown);
                table.keep(|kept| kept.put(key, away));
            };
            view! {
                <label class="tick">
                    <input
                        type="checkbox"
                        name="column"
                        value=key
                        prop:checked=shown
                        on:change=turn
                    />
                    <span>{column.words}</span>
                </label>
            }
        });
        ticks.collect_view()
    });
    view! {
        <details
            class="table-columns"
            data-part="columns"
            on:focusout=move |event| closes(&event, event.related_target())
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    closes(&event, None);
                }
            }
        >
            <summary class="button button-quiet">{words::columns()}</summary>
            // It takes the focus, so that a tap between the ticks is no tap elsewhere.
            <fieldset class="field" tabindex="-1">
                <legend class="heard-only">{words::columns_shown()}</legend>
                <div class="ticks">{ticks}</div>
            </fieldset>
        </details>
    }
}

/// Folds the columns up when the focus goes to something that is not among them.
fn closes(event: &web_sys::Event, to: Option<web_sys::EventTarget>) {
    let Some(details) = event.current_target() else {
        return;
    };
    let details: web_sys::Element = details.unchecked_into();
    let to = to.and_then(|to| to.dyn_into::<web_sys::Node>().ok());
    if !details.contains(to.as_ref()) {
        // An element of a page takes attributes.
        let _ = details.remove_attribute("open");
    }
}
