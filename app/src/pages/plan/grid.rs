//! The items as a dense table at the desk: every cell of a row is written in its place, and arrows,
//! Enter and Escape go from cell to cell as in a spreadsheet.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;
use shared::id::{ItemId, PlanId};
use wasm_bindgen::JsCast as _;

use super::card::{Hints, Row, RowActs, Source};
use super::field::ItemField;
use super::item_form::{self, ItemForm, listed};
use crate::components::{FieldKind, Pick};
use crate::i18n::{common, editor, names, plan};
use crate::session::Session;

/// How many columns stand beside the number.
const COLUMNS: &str = "7";

/// The table.
#[component]
pub(super) fn Grid(
    /// Which plan.
    id: PlanId,
    /// Its items, in order.
    ids: Memo<Vec<ItemId>>,
    /// Which of them show their form.
    open: RwSignal<BTreeSet<ItemId>>,
) -> impl IntoView {
    let numbered = move || ids.get().into_iter().enumerate().collect::<Vec<_>>();
    let head = |words: &'static str| view! { <th scope="col">{words}</th> };
    view! {
        <div class="table-frame grid-frame">
            <table class="table grid" data-list="items" on:keydown=moves>
                <caption class="heard-only">{editor::grid_words()}</caption>
                <thead>
                    <tr>
                        {head("#")}
                        {head(plan::title())}
                        {head(plan::section())}
                        {head(plan::target())}
                        {head(plan::due())}
                        {head(plan::responsible())}
                        {head(plan::weight())}
                        <th scope="col"><span class="heard-only">{editor::acts()}</span></th>
                    </tr>
                </thead>
                <For each=numbered key=|(at, item)| (*at, *item) let:entry>
                    <GridRow row=Row::new(id, (entry.0 + 1, entry.1), open) />
                </For>
            </table>
        </div>
    }
}

#[component]
fn GridRow(row: Row) -> impl IntoView {
    let session = Session::here();
    let place = row.place;
    let measure = Signal::derive(move || {
        place
            .now
            .with(|item| item.as_ref().map(|item| item.target.measure.clone()))
            .filter(|measure| !measure.is_empty())
    });
    let sections = item_form::sections(session, place.plan);
    // Everybody, in every row, would be thousands of options: the list comes with the pointer.
    let asked = RwSignal::new(false);
    let people = Signal::derive(move || {
        if asked.get() {
            return item_form::people(session, place.plan);
        }
        let world = session.world();
        let person = place
            .now
            .with(|item| item.as_ref().and_then(|item| item.responsible));
        let one = |person| names::person_of(world.organisation(), person);
        let label = person.map_or_else(|| common::not_chosen().to_owned(), one);
        let key = person.map(|person| person.to_string()).unwrap_or_default();
        vec![Pick::new(key, label)]
    });
    view! {
        <tbody
            data-item=place.item.to_string()
            data-state=move || if row.is_open() { "open" } else { "closed" }
        >
            <tr>
                <td class="cell-figure faint">{row.number}</td>
                <th scope="row" data-cell="title">
                    <span class="heard-only item-title">{move || row.title()}</span>
                    <ItemField place=place lens=item_form::TITLE label=plan::title() />
                    {move || session.whereabouts_of_item(place.item)}
                </th>
                <td data-cell="section">
                    {listed(
                        place,
                        item_form::SECTION,
                        plan::section(),
                        Signal::stored(sections),
                        None,
                    )}
                </td>
                <td data-cell="target">
                    <ItemField
                        place=place
                        lens=item_form::VALUE
                        label=plan::target()
                        kind=FieldKind::Number
                        affix=measure
                    />
                </td>
                <td data-cell="due">
                    <ItemField
                        place=place
                        lens=item_form::DUE
                        label=plan::due()
                        kind=FieldKind::Day
                    />
                </td>
                <td
                    data-cell="responsible"
                    on:pointerenter=move |_| asked.set(true)
                    on:focusin=move |_| asked.set(true)
                >
                    {listed(place, item_form::RESPONSIBLE, plan::responsible(), people, None)}
                </td>
                <td data-cell="weight">
                    <ItemField
                        place=place
                        lens=item_form::WEIGHT
                        label=plan::weight()
                        kind=FieldKind::Number
                    />
                </td>
                <td class="cell-act"><RowActs row=row small=true /></td>
            </tr>
            <tr class="grid-more">
                <td></td>
                <td colspan=COLUMNS>
                    <Show when=move || row.is_open()>
                        <ItemForm place=place rest=true />
                    </Show>
                    <Source place=place />
                    <Hints place=place />
                </td>
            </tr>
        </tbody>
    }
}

/// Goes from cell to cell.
///
/// A list keeps its up and down arrows and a day field all of them, because they choose there.
fn moves(event: ev::KeyboardEvent) {
    let plain = !event.alt_key() && !event.ctrl_key() && !event.meta_key();
    let Some(field) = event
        .target()
        .and_then(|at| at.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let cell = field.closest("[data-cell]").ok().flatten();
    let (Some(cell), true) = (cell, plain) else {
        return;
    };
    let input = field.dyn_ref::<web_sys::HtmlInputElement>();
    let chooses = field.tag_name() == "SELECT";
    let day = input.is_some_and(|input| input.type_() == "date");
    let next = match event.key().as_str() {
        "Enter" => beside_row(&cell, event.shift_key()),
        "ArrowUp" if !chooses && !day => beside_row(&cell, true),
        "ArrowDown" if !chooses && !day => beside_row(&cell, false),
        "ArrowLeft" if !day && at_edge(input, true) => beside_cell(&cell, true),
        "ArrowRight" if !day && at_edge(input, false) => beside_cell(&cell, false),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next {
        go_to(&next);
    } else if event.key() == "Enter"
        && let Some(input) = input
    {
        // In the last row there is nowhere to go; what was written is taken all the same.
        let _ = input.blur();
        let _ = input.focus();
    }
}

/// Says whether the cursor stands where an arrow would leave the text.
fn at_edge(input: Option<&web_sys::HtmlInputElement>, left: bool) -> bool {
    let Some(input) = input else { return true };
    let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let at = |found: Result<Option<u32>, _>| found.ok().flatten();
    let (from, to) = (at(input.selection_start()), at(input.selection_end()));
    // All of it is selected when one has just come: an arrow goes on then.
    let whole = from == Some(0) && to == Some(end);
    whole
        || if left {
            to == Some(0)
        } else {
            from == Some(end)
        }
}

/// The same cell of the row above or below.
fn beside_row(cell: &web_sys::Element, above: bool) -> Option<web_sys::Element> {
    let name = cell.get_attribute("data-cell")?;
    let row = cell.closest("tbody").ok()??;
    let beside = if above {
        row.previous_element_sibling()
    } else {
        row.next_element_sibling()
    };
    beside?
        .query_selector(&format!("[data-cell={name}]"))
        .ok()
        .flatten()
}

/// The cell to the left or right.
fn beside_cell(cell: &web_sys::Element, left: bool) -> Option<web_sys::Element> {
    let beside = if left {
        cell.previous_element_sibling()
    } else {
        cell.next_element_sibling()
    };
    beside.filter(|cell| cell.has_attribute("data-cell"))
}

fn go_to(cell: &web_sys::Element) {
    let Ok(Some(field)) = cell.query_selector("input, select") else {
        return;
    };
    let field: web_sys::HtmlElement = field.unchecked_into();
    let _ = field.focus();
    if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        input.select();
    }
}
