//! The last step: each row that would come in, is there already, or stands in the way, by its cell.

use leptos::prelude::*;
use shared::import::Preview;

use super::{Import, Shown};
use crate::components::{Badge, Banner, Button, Glyph, Look, Panel, Table, Tone};
use crate::i18n::{format, import, names, plan};

/// The most rows of each kind that are drawn: a sheet may have thousands.
const MOST_DRAWN: usize = 200;

/// The step, with the act that confirms it.
#[component]
pub(super) fn ShownPreview(state: Import) -> impl IntoView {
    move || state.shown.get().map(|shown| drawn(state, &shown))
}

fn drawn(state: Import, shown: &Shown) -> AnyView {
    let Shown {
        preview,
        confirmable,
    } = shown;
    let why_not = match (preview.refused.is_empty(), preview.is_clean(), confirmable) {
        (false, ..) => Some(import::import_has_refused().to_owned()),
        (true, false, _) => Some(import::nothing_new().to_owned()),
        (true, true, false) => Some(import::from_preview_offline().to_owned()),
        (true, true, true) => None,
    };
    let why_not = Signal::derive(move || {
        if state.busy.get() {
            return Some(String::new());
        }
        why_not.clone()
    });
    let keep = preview.has_unknown_columns().then(|| {
        view! {
            <div class="row">
                <Button
                    act="keep-columns"
                    label=import::keep_columns()
                    on_press=move |()| state.choose(|choices| choices.keep = true)
                />
            </div>
        }
    });
    let done = preview.is_done().then(|| {
        view! { <Banner state="quiet" words=import::nothing_new() /> }
    });
    let badges = badges(preview);
    let effects = effects(preview);
    let refused = (!preview.refused.is_empty()).then(|| refused_table(preview));
    let accepted = (!preview.accepted.is_empty()).then(|| accepted_table(state, preview));
    let existing = (!preview.existing.is_empty()).then(|| existing_table(preview));
    view! {
        <Panel title=import::step_preview()>
            {badges}
            {done}
            {effects}
            {keep}
            {refused}
            {accepted}
            {existing}
        </Panel>
        <div class="page-acts">
            <Button
                act="confirm-import"
                label=import::confirm_import()
                look=Look::Primary
                glyph=Glyph::Import
                why_not=why_not
                on_press=move |()| state.confirm()
            />
        </div>
    }
    .into_any()
}

fn badges(preview: &Preview) -> impl IntoView + use<> {
    let counted = [
        (
            preview.accepted.len(),
            Tone::Good,
            Glyph::Tick,
            import::rows_accepted as fn(&str) -> String,
        ),
        (
            preview.existing.len(),
            Tone::Quiet,
            Glyph::Hint,
            import::rows_existing,
        ),
        (
            preview.refused.len(),
            Tone::Bad,
            Glyph::Warning,
            import::rows_refused,
        ),
    ];
    let badges = counted
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, tone, glyph, words)| {
            view! { <Badge words=words(&count.to_string()) tone=tone glyph=glyph /> }
        })
        .collect_view();
    view! { <div class="row">{badges}</div> }
}

/// What else the act does: periods, units, plans, columns kept beside.
fn effects(preview: &Preview) -> impl IntoView + use<> {
    let mut lines = Vec::new();
    if !preview.plans.is_empty() {
        lines.push(import::into_plans(&preview.plans.len().to_string()));
    }
    let opened = preview
        .periods
        .iter()
        .filter(|period| period.period.is_none());
    lines.extend(opened.map(|period| {
        let named = names::span(period.kind, period.from, period.to);
        let words = import::opens_period(&named, &period.rows.to_string());
        if period.adopts {
            format!("{words} {}", import::adopts_preset())
        } else {
            words
        }
    }));
    let made = preview.units.iter().filter(|unit| unit.made).count();
    if made > 0 {
        lines.push(import::makes_units(&made.to_string()));
    }
    let beside: Vec<_> = preview
        .columns
        .iter()
        .filter(|column| column.extra)
        .map(|column| format!("{} ({})", column.name, column.letters))
        .collect();
    if !beside.is_empty() && !preview.has_unknown_columns() {
        lines.push(format!("{}: {}", import::kept_beside(), beside.join(", ")));
    }
    let lines = lines.into_iter().map(|words| view! { <li>{words}</li> });
    view! { <ul class="small" data-part="effects">{lines.collect_view()}</ul> }
}

/// A line under a table that does not show everything.
fn rest(all: usize) -> impl IntoView + use<> {
    let more = all.saturating_sub(MOST_DRAWN);
    (more > 0).then(|| view! { <p class="faint small">{import::more_rows(&more.to_string())}</p> })
}

fn refused_table(preview: &Preview) -> impl IntoView + use<> {
    let rows = preview
        .refused
        .iter()
        .take(MOST_DRAWN)
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
        {rest(preview.refused.len())}
    }
}

fn accepted_table(state: Import, preview: &Preview) -> impl IntoView + use<> {
    let world = state.session.world_untracked();
    let organisation = world.organisation();
    // A unit that is about to be made is known to the preview alone.
    let unit_name = |id| {
        let name = names::unit_of(organisation, id);
        if !name.is_empty() {
            return name;
        }
        let made = preview.units.iter().find(|unit| unit.unit == Some(id));
        made.map(|unit| unit.name.clone()).unwrap_or_default()
    };
    let rows = preview
        .accepted
        .iter()
        .take(MOST_DRAWN)
        .map(|row| {
            let item = &row.item;
            let notes: Vec<String> = row.notes.iter().map(import::note).collect();
            let rhythm = item.rhythm.map(import::rhythm).unwrap_or_default();
            let due = item.due.map(format::short_day).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">
                        {item.title.clone()}
                        {(!notes.is_empty()).then(|| view! {
                            <div class="faint small">{notes.join(" ")}</div>
                        })}
                    </th>
                    <td data-label=import::line()>{row.line}</td>
                    <td data-label=plan::unit()>{unit_name(row.unit)}</td>
                    <td data-label=import::kind()>{import::period_kind(row.kind)}</td>
                    <td data-label=plan::responsible()>{names::responsible(organisation, item)}</td>
                    <td data-label=plan::due()>{format!("{due} {rhythm}")}</td>
                    <td class="cell-figure" data-label=plan::weight()>{item.weight.to_string()}</td>
                    <td data-label=import::rule_figures()>{import::in_figures(item)}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        (plan::title().to_owned(), false),
        (import::line().to_owned(), false),
        (plan::unit().to_owned(), false),
        (import::kind().to_owned(), false),
        (plan::responsible().to_owned(), false),
        (plan::due().to_owned(), false),
        (plan::weight().to_owned(), true),
        (import::rule_figures().to_owned(), false),
    ];
    view! {
        <Table caption=import::accepted() columns=columns>
            <tbody data-list="accepted-rows">{rows}</tbody>
        </Table>
        {rest(preview.accepted.len())}
    }
}

fn existing_table(preview: &Preview) -> impl IntoView + use<> {
    let rows = preview
        .existing
        .iter()
        .take(MOST_DRAWN)
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.title.clone()}</th>
                    <td data-label=import::line()>{row.line}</td>
                    <td data-label=import::differing()>{row.differs.join(", ")}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        (plan::title().to_owned(), false),
        (import::line().to_owned(), false),
        (import::differing().to_owned(), false),
    ];
    view! {
        <p class="faint small">{import::existing_words()}</p>
        <Table caption=import::existing() columns=columns>
            <tbody data-list="existing-rows">{rows}</tbody>
        </Table>
        {rest(preview.existing.len())}
    }
}
