//! Compares the draft with a regime that was adopted, line by line.

use leptos::prelude::*;
use serde_json::Value;
use shared::regime::compare::{Difference, lines};

use super::draft::Draft;
use super::{keys, said};
use crate::components::{Panel, Pick, Select, Table};
use crate::i18n::{names, rules as words};
use crate::session::Session;

/// The comparison.
#[component]
pub(super) fn Compare(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let session = Session::here();
    let chosen = RwSignal::new(String::new());
    let picks = Signal::derive(move || {
        let world = session.world();
        let versions = world.organisation().regimes.values();
        let pick = |version: &shared::regime::RegimeVersion| {
            Pick::new(version.id.to_string(), names::name(&version.regime().name))
        };
        let mut picks = vec![Pick::new("", words::none_chosen())];
        picks.extend(versions.map(pick));
        picks
    });
    let found = move || {
        let id = chosen.get();
        let world = session.world();
        let mut versions = world.organisation().regimes.values();
        let version = versions.find(|version| version.id.to_string() == id)?;
        let draft_read = draft.read.get().ok()?;
        let old = serde_json::to_value(version.regime()).ok()?;
        let found = lines(version.regime(), &draft_read);
        if found.is_empty() {
            return Some(view! { <p>{words::compare_same()}</p> }.into_any());
        }
        let rows = found
            .iter()
            .map(|one| draft.with(|new| row(&old, new, one)));
        let rows = rows.collect_view();
        let columns = [words::place(), words::old(), words::new()];
        let columns: Vec<(String, bool)> = columns
            .into_iter()
            .map(|words| (words.to_owned(), false))
            .collect();
        let table = view! {
            <p class="faint small">{words::compare_lead()}</p>
            <Table caption=words::compare() columns=columns><tbody>{rows}</tbody></Table>
        };
        Some(table.into_any())
    };
    view! {
        <Panel title=words::compare()>
            <Select
                name="other"
                label=words::compare()
                picks=picks
                value=chosen
                on_choose=move |key: String| chosen.set(key)
            />
            {found}
        </Panel>
    }
}

fn row(old: &Value, new: &Value, one: &Difference) -> impl IntoView + use<> {
    let document = if one.new.is_some() { new } else { old };
    let place = keys::place(document, &one.place);
    let shown = |value: &Option<Value>| {
        value
            .as_ref()
            .map_or_else(|| "—".to_owned(), |value| said::value(&one.place, value))
    };
    let (old, new) = (shown(&one.old), shown(&one.new));
    view! {
        <tr>
            <th scope="row">{place}</th>
            <td data-label=words::old()>{old}</td>
            <td data-label=words::new()>{new}</td>
        </tr>
    }
}
