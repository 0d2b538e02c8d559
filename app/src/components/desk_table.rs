//! The desk's table: sorted by any column, narrowed as one types, with columns put away and rows
//! chosen and handed out as a sheet; on a phone its rows are cards.
//!
//! Arrow keys go from row to row, Enter opens, Space chooses, Escape lets go of what was chosen.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::search::{Initials, Query};
use shared::sheet;

use super::{Button, Glyph, Icon, Look};
use crate::file;
use crate::i18n::desk_table as words;

mod bar;
mod kept;
mod keys;
mod row;

use bar::Bar;
use kept::Kept;
use row::arranged;
pub(crate) use row::{Cell, Column, Row};

/// How many rows are drawn before somebody asks for all.
const MOST_DRAWN: usize = 300;

/// What can be done with the rows that are chosen.
#[derive(Clone, Copy)]
pub(crate) struct Bulk {
    /// The name of the act.
    pub(crate) act: &'static str,
    /// The words on it.
    pub(crate) label: &'static str,
    /// The picture before them.
    pub(crate) glyph: Glyph,
    /// Told the keys of the chosen rows, in the order in which they stand.
    pub(crate) press: Callback<Vec<String>>,
}

/// A table and what its person does with it.
#[derive(Clone, Copy)]
struct Table {
    name: &'static str,
    columns: StoredValue<Vec<Column>>,
    rows: Signal<Vec<Row>>,
    kept: RwSignal<Kept>,
    search: RwSignal<String>,
    chosen: RwSignal<BTreeSet<String>>,
    sorted: Memo<Option<(usize, bool)>>,
    order: Memo<Vec<usize>>,
    all: RwSignal<bool>,
}

impl Table {
    /// The places of the columns that are shown; the first always is. Observed.
    fn shown(self) -> Vec<usize> {
        let away = |column: &Column| {
            self.kept
                .with(|kept| kept.away.iter().any(|one| one == column.key))
        };
        self.columns.with_value(|columns| {
            let places = columns.iter().enumerate();
            let shown = places.filter(|(at, column)| *at == 0 || !away(column));
            shown.map(|(at, _)| at).collect()
        })
    }

    /// How a column is sorted, as those who listen are told. Observed.
    fn sorting(self, at: usize) -> &'static str {
        match self.sorted.get() {
            Some((by, false)) if by == at => "ascending",
            Some((by, true)) if by == at => "descending",
            _ => "none",
        }
    }

    fn keep(self, change: impl FnOnce(&mut Kept)) {
        self.kept.update(change);
        self.kept.with_untracked(|kept| kept.keep(self.name));
    }

    fn turn_row(self, key: &str) {
        self.chosen.update(|chosen| {
            if !chosen.remove(key) {
                chosen.insert(key.to_owned());
            }
        });
    }

    /// Chooses all rows that the search leaves, or none where all were chosen.
    fn turn_all(self) {
        let keys: BTreeSet<String> = self.rows.with_untracked(|rows| {
            let order = self.order.get_untracked().into_iter();
            order
                .filter_map(|at| Some(rows.get(at)?.key.clone()))
                .collect()
        });
        self.chosen.update(|chosen| {
            if *chosen == keys {
                chosen.clear();
            } else {
                *chosen = keys;
            }
        });
    }

    /// How many of the rows that are there are chosen: one that went is none. Observed.
    fn count(self) -> usize {
        self.chosen.with(|chosen| {
            let rows =
                |rows: &Vec<Row>| rows.iter().filter(|row| chosen.contains(&row.key)).count();
            self.rows.with(rows)
        })
    }

    /// Something of each row that is chosen, sorted, whatever is searched for now.
    fn chosen_rows<T>(self, of: impl Fn(&Row) -> T) -> Vec<T> {
        let chosen = self.chosen.get_untracked();
        self.rows.with_untracked(|rows| {
            let order = arranged(rows, &Query::read(""), None, self.sorted.get_untracked());
            let rows = order.into_iter().filter_map(|at| rows.get(at));
            let rows = rows.filter(|row| chosen.contains(&row.key));
            rows.map(of).collect()
        })
    }

    /// Hands out what is chosen, or all that is shown, as a sheet.
    fn save(self, caption: &str) {
        let columns = untrack(|| self.shown());
        let head = self.columns.with_value(|all| {
            let heads = columns.iter().map(|at| all[*at].words.to_owned());
            heads.collect::<Vec<_>>()
        });
        let mut rows = self.chosen_rows(|row| row.said(&columns));
        if rows.is_empty() {
            rows = self.rows.with_untracked(|rows| {
                let order = self.order.get_untracked().into_iter();
                let rows = order.filter_map(|at| rows.get(at));
                rows.map(|row| row.said(&columns)).collect()
            });
        }
        let lines: Vec<_> = std::iter::once(head).chain(rows).collect();
        // A browser that allows no download says so itself.
        let _ = file::hand_out(&format!("{caption}.csv"), "text/csv", &sheet::csv(&lines));
    }
}

/// The table.
#[component]
pub(crate) fn DeskTable(
    /// The name under which this device remembers how it is wanted; for tests too.
    name: &'static str,
    /// What it shows, for those who listen and as the name of a sheet.
    #[prop(into)]
    caption: String,
    /// Its columns; the first names the row and is always shown.
    columns: Vec<Column>,
    /// Its rows, in the order that means most.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
    /// The table of initials, where it is there.
    #[prop(into)]
    initials: Signal<Option<Arc<Initials>>>,
    /// Whether the page has its own search above it.
    #[prop(optional)]
    found_elsewhere: bool,
    /// What can be done with the rows that are chosen.
    #[prop(optional)]
    bulk: Option<Bulk>,
) -> impl IntoView {
    let columns = StoredValue::new(columns);
    let (kept, search) = (RwSignal::new(Kept::of(name)), RwSignal::new(String::new()));
    let sorted = Memo::new(move |_| {
        let (by, falls) = kept.with(|kept| kept.sort.clone())?;
        let at = |columns: &Vec<Column>| columns.iter().position(|column| column.key == by);
        Some((columns.with_value(at)?, falls))
    });
    let order = Memo::new(move |_| {
        let query = search.with(|text| Query::read(text));
        let initials = initials.get();
        rows.with(|rows| arranged(rows, &query, initials.as_deref(), sorted.get()))
    });
    let table = Table {
        name,
        columns,
        rows,
        kept,
        search,
        sorted,
        chosen: RwSignal::new(BTreeSet::new()),
        order,
        all: RwSignal::new(false),
    };
    let label = caption.clone();
    let heard = caption.clone();
    let keys = move |event: KeyboardEvent| pressed(table, &event);
    view! {
        <div class="desk-table" data-table=name>
            <Bar table=table caption=caption finds=!found_elsewhere bulk=bulk />
            <div class="table-frame" role="group" aria-label=label>
                <table class="table table-cards">
                    <caption class="heard-only">{heard}</caption>
                    <thead>{move || head(table)}</thead>
                    <tbody data-list=name on:keydown=keys><Body table=table /></tbody>
                </table>
            </div>
            {move || more(table)}
        </div>
    }
}

/// What a key does in the rows.
fn pressed(table: Table, event: &KeyboardEvent) {
    let changed = event.ctrl_key() || event.meta_key() || event.alt_key();
    if changed || event.default_prevented() {
        return;
    }
    let at: web_sys::Element = event_target(event);
    let row = at.closest("tr").ok().flatten();
    let key = row.and_then(|row| row.get_attribute("data-item"));
    let does = match (event.key().as_str(), key) {
        (" ", Some(key)) if at.tag_name() == "A" => {
            table.turn_row(&key);
            true
        }
        ("Escape", _) if untrack(|| table.count()) > 0 => {
            table.chosen.set(BTreeSet::new());
            true
        }
        _ => keys::walk(event),
    };
    if does {
        event.prevent_default();
    }
}

fn head(table: Table) -> impl IntoView {
    let all_chosen = move || {
        let rows = table.order.with(Vec::len);
        rows > 0 && table.count() == rows
    };
    let heads = table.shown().into_iter().map(|at| {
        let column = table.columns.with_value(|columns| columns[at]);
        let mark = move || match table.sorting(at) {
            "ascending" => Some(view! { <Icon glyph=Glyph::Up /> }),
            "descending" => Some(view! { <Icon glyph=Glyph::Down /> }),
            _ => None,
        };
        view! {
            <th scope="col" class:cell-figure=column.figures aria-sort=move || table.sorting(at)>
                <button
                    type="button"
                    class="table-sort"
                    data-act="sort"
                    data-column=column.key
                    on:click=move |_| table.keep(|kept| kept.turn(column.key))
                >
                    <span>{column.words}</span>
                    {mark}
                </button>
            </th>
        }
    });
    view! {
        <tr>
            <td class="cell-choose">
                <input
                    type="checkbox"
                    data-act="choose-all"
                    aria-label=words::choose_all()
                    prop:checked=all_chosen
                    on:change=move |_| table.turn_all()
                />
            </td>
            {heads.collect_view()}
        </tr>
    }
}

/// The rows that are drawn, each with what makes it another: a row that says the same stays, and
/// with it the focus, whatever arrives meanwhile. Observed.
fn drawn(table: Table) -> Vec<(String, Row, Vec<usize>)> {
    let columns = table.shown();
    let (order, all) = (table.order.get(), table.all.get());
    let most = if all { usize::MAX } else { MOST_DRAWN };
    table.rows.with(|rows| {
        let rows = order.iter().take(most).filter_map(|at| rows.get(*at));
        let rows = rows.map(|row| {
            let words = row.said(&columns).join("\n");
            let said = format!("{} {} {columns:?} {words}", row.key, row.state);
            (said, row.clone(), columns.clone())
        });
        rows.collect()
    })
}

#[component]
fn Body(table: Table) -> impl IntoView {
    let none = move || table.order.with(Vec::is_empty);
    view! {
        <For
            each=move || drawn(table)
            key=|(said, ..)| said.clone()
            children=move |(_, row, columns)| line(table, &row, &columns)
        />
        <Show when=none>
            <tr>
                <td colspan=move || (table.shown().len() + 1).to_string() class="faint">
                    {words::nothing()}
                </td>
            </tr>
        </Show>
    }
}

fn line(table: Table, row: &Row, columns: &[usize]) -> impl IntoView + use<> {
    let (key, by) = (StoredValue::new(row.key.clone()), row.name().to_owned());
    let chosen = move || key.with_value(|key| table.chosen.with(|chosen| chosen.contains(key)));
    let cells = columns.iter().filter_map(|at| {
        let column = table
            .columns
            .with_value(|columns| columns.get(*at).copied())?;
        let cell = row.cells.get(*at)?;
        Some(if *at == 0 {
            view! {
                <th scope="row"><a href=row.href.clone() data-act=row.act>{cell.view()}</a></th>
            }
            .into_any()
        } else {
            view! {
                <td class:cell-figure=column.figures data-label=column.words>{cell.view()}</td>
            }
            .into_any()
        })
    });
    let cells: Vec<AnyView> = cells.collect();
    view! {
        <tr data-item=row.key.clone() data-state=row.state data-chosen=move || chosen().then_some("")>
            <td class="cell-choose">
                <input
                    type="checkbox"
                    data-act="choose-row"
                    aria-label=words::choose(&by)
                    prop:checked=chosen
                    on:change=move |_| key.with_value(|key| table.turn_row(key))
                />
            </td>
            {cells}
        </tr>
    }
}

/// Leads to the rows that are not drawn yet.
fn more(table: Table) -> Option<impl IntoView> {
    let count = table.order.with(Vec::len);
    (count > MOST_DRAWN && !table.all.get()).then(|| {
        view! {
            <Button
                act="show-all"
                label=words::all_rows(&count.to_string())
                look=Look::Quiet
                on_press=move |()| table.all.set(true)
            />
        }
    })
}
