//! Charts: a picture with its sentence, its marks for the keyboard, its table, and its file.
//!
//! The drawing comes as SVG text for a width in units, so that words keep their size on every screen. Marks
//! are one stop of the keyboard; arrows lead from one to the next, and the line below says the
//! value of the one that is touched.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{Button, Glyph, Look};
use crate::file;
use crate::i18n::chart as words;

/// The class of a shape, and what it stands for.
pub(crate) type Key = (&'static str, String);

/// What a chart shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Its name, for tests and for its file.
    pub(crate) name: &'static str,
    /// Its title.
    pub(crate) title: String,
    /// What it shows, in a sentence.
    pub(crate) summary: String,
    /// What it does not show, in a sentence; empty where it shows all.
    pub(crate) missing: String,
    /// What the shapes stand for.
    pub(crate) keys: Vec<Key>,
    /// The table's columns; the first names the rows.
    pub(crate) columns: Vec<String>,
    /// The table's rows.
    pub(crate) rows: Vec<Vec<String>>,
}

/// The widths between which a drawing is made, in units: a pixel where letters have their usual size.
const WIDTHS: (i32, i32) = (280, 960);

/// The size of the page's letters in pixels; 16 where nobody changed it.
fn letter_size() -> i32 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok()?);
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let size = size.and_then(|size| size.split(['.', 'p']).next()?.parse().ok());
    size.unwrap_or(16).max(1)
}

/// A chart.
#[component]
pub(crate) fn Chart(
    /// What it shows.
    shown: Shown,
    /// Draws it for a width in units.
    #[prop(into)]
    draw: Callback<i64, String>,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let width = RwSignal::new(0_i32);
    let told = RwSignal::new(String::new());
    let measure = move || {
        if let Some(place) = place.get_untracked() {
            let found = place.client_width() * 16 / letter_size();
            let found = found.clamp(WIDTHS.0, WIDTHS.1);
            if found != width.get_untracked() {
                width.set(found);
            }
        }
    };
    Effect::new(move |_| {
        place.track();
        measure();
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let drawing = move || match width.get() {
        0 => String::new(),
        width => draw.run(i64::from(width)),
    };
    let name = shown.name;
    let keys: Vec<_> = shown.keys.into_iter().map(key).collect();
    let missing = (!shown.missing.is_empty())
        .then(|| view! { <p class="faint small" data-part="missing">{shown.missing}</p> });
    view! {
        <figure class="chart" data-chart=name>
            <figcaption class="stack-tight">
                <span class="strong">{shown.title}</span>
                <span data-part="summary">{shown.summary}</span>
            </figcaption>
            <ul class="chart-keys">{keys}</ul>
            <div
                class="chart-place"
                node_ref=place
                inner_html=drawing
                on:focusin=move |event| tell(told, &event)
                on:pointerover=move |event| tell(told, &event)
                on:keydown=move |event| walk(&event)
            ></div>
            <p class="chart-value small" data-part="value">{move || {
                let value = told.get();
                if value.is_empty() { words::touch().to_owned() } else { value }
            }}</p>
            {missing}
            <div class="row row-apart no-print">
                <details>
                    <summary>{words::table()}</summary>
                    <Values title=words::table() columns=shown.columns rows=shown.rows />
                </details>
                <Button
                    act="download-chart"
                    label=words::download()
                    look=Look::Quiet
                    glyph=Glyph::Download
                    on_press=move |()| save(place, name)
                />
            </div>
        </figure>
    }
}

fn key((class, words): Key) -> impl IntoView {
    view! {
        <li>
            <svg class="chart-key" viewBox="0 0 20 12" aria-hidden="true" focusable="false">
                <rect class=class width="20" height="12" />
            </svg>
            {words}
        </li>
    }
}

#[component]
fn Values(title: &'static str, columns: Vec<String>, rows: Vec<Vec<String>>) -> impl IntoView {
    let head: Vec<_> = columns
        .into_iter()
        .map(|words| view! { <th scope="col">{words}</th> })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let mut cells = row.into_iter();
            let first = cells.next().unwrap_or_default();
            let cells: Vec<_> = cells
                .map(|cell| view! { <td class="cell-figure">{cell}</td> })
                .collect();
            view! { <tr><th scope="row">{first}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="table-frame chart-table" tabindex="0" role="region" aria-label=title>
            <table class="table">
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The mark on which something happens.
fn mark_of(event: &web_sys::Event) -> Option<web_sys::Element> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target.closest(".chart-mark").ok()?
}

fn tell(told: RwSignal<String>, event: &web_sys::Event) {
    if let Some(value) = mark_of(event).and_then(|mark| mark.get_attribute("aria-label")) {
        told.set(value);
    }
}

/// Leads the keyboard from mark to mark; the one that is left is entered again next time.
fn walk(event: &web_sys::KeyboardEvent) {
    let Some(here) = mark_of(event) else { return };
    let forward = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => true,
        "ArrowLeft" | "ArrowUp" => false,
        _ => return,
    };
    event.prevent_default();
    let mut next = Some(here.clone());
    while let Some(candidate) = next {
        next = if forward {
            candidate.next_element_sibling()
        } else {
            candidate.previous_element_sibling()
        };
        let Some(found) = next.as_ref().filter(|one| one.has_attribute("tabindex")) else {
            continue;
        };
        // An element of a page takes attributes.
        let _ = here.set_attribute("tabindex", "-1");
        let _ = found.set_attribute("tabindex", "0");
        if let Some(found) = found.dyn_ref::<web_sys::SvgElement>() {
            let _ = found.focus();
        }
        return;
    }
}

/// The properties that a drawing takes from the style; its file carries them along.
const CARRIED: [&str; 7] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "fill-opacity",
    "font-size",
    "font-family",
];

/// Hands the drawing out as a file that looks the same without the page's style.
fn save(place: NodeRef<Div>, name: &str) {
    let drawn = place.get_untracked().and_then(|place| {
        let drawing = place.query_selector("svg").ok()??;
        let copy: web_sys::Element = drawing.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        let (seen, mine) = (
            drawing.query_selector_all("*").ok()?,
            copy.query_selector_all("*").ok()?,
        );
        for at in 0..seen.length() {
            let from: web_sys::Element = seen.item(at)?.dyn_into().ok()?;
            let to: web_sys::Element = mine.item(at)?.dyn_into().ok()?;
            let style = window().get_computed_style(&from).ok()??;
            for property in CARRIED {
                let value = style.get_property_value(property).ok()?;
                to.set_attribute(property, &value).ok()?;
            }
        }
        Some(copy.outer_html())
    });
    if let Some(text) = drawn {
        // A browser that refuses the download says so itself.
        let _ = file::hand_out(&format!("jihe-{name}.svg"), "image/svg+xml", &text);
    }
}
