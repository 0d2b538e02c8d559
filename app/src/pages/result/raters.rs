//! What each rater stated, with who and why: where a regime reveals it to the person.

use leptos::prelude::*;
use shared::id::{PersonId, PlanId};
use shared::organisation::Organisation;
use shared::regime::Regime;
use shared::revealed::Revealed;
use shared::world::{Held, PlanDocument, World};

use crate::components::{Panel, Table};
use crate::i18n::{format, names, review};
use crate::pages::judging::criterion_name;
use crate::pages::plan::rules_of;
use crate::pages::regime::who;
use crate::pages::scoring::judgement_words;
use crate::session::Session;

/// A line of the table.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    of: String,
    rater: String,
    by: String,
    stated: String,
    note: String,
}

/// The panel; nothing where nothing is revealed, or not to this person.
#[component]
pub(super) fn Raters(
    /// The plan.
    id: PlanId,
    /// The version that is shown.
    version: u32,
) -> impl IntoView {
    let session = Session::here();
    let figures = Memo::new(move |_| figures(&session.world(), id, version));
    move || {
        let figures = figures.get();
        (!figures.is_empty()).then(|| {
            let rows: Vec<_> = figures.into_iter().map(row).collect();
            let columns = [
                review::rated_what(),
                review::rater(),
                review::rated_by(),
                review::rated_as(),
                review::rated_why(),
            ];
            let columns = columns.map(|words| (words.to_owned(), false));
            view! {
                <Panel title=review::revealed()>
                    <p class="faint small">{review::revealed_words()}</p>
                    <Table caption=review::revealed() columns=columns.to_vec()>
                        <tbody data-list="revealed">{rows}</tbody>
                    </Table>
                </Panel>
            }
        })
    }
}

fn row(figure: Figure) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{figure.of}</th>
            <td data-label=review::rater()>{figure.rater}</td>
            <td data-label=review::rated_by()>{figure.by}</td>
            <td data-label=review::rated_as()>{figure.stated}</td>
            <td data-label=review::rated_why()>{if figure.note.is_empty() { "–".to_owned() } else { figure.note }}</td>
        </tr>
    }
}

fn figures(world: &World, id: PlanId, version: u32) -> Vec<Figure> {
    let Held::Present((plan, document)) = world.plan(id) else {
        return Vec::new();
    };
    let revealed = document.revealed.get(&version);
    let Some((revealed, rules)) = revealed.zip(rules_of(world, plan)) else {
        return Vec::new();
    };
    let organisation = world.organisation();
    let mut all = of_items(organisation, document, rules.regime, revealed);
    all.extend(revealed.parts.iter().map(|one| {
        let name = rules
            .part(&one.part)
            .and_then(|part| criterion_name(part, &one.criterion));
        Figure {
            of: name.unwrap_or_else(|| one.criterion.clone()),
            stated: one.points.to_string(),
            ..stated(organisation, rules.regime, (&one.rater, one.by), &one.note)
        }
    }));
    all
}

fn of_items(
    organisation: &Organisation,
    document: &PlanDocument,
    regime: &Regime,
    revealed: &Revealed,
) -> Vec<Figure> {
    let title = |one: &shared::revealed::ItemFigure| {
        let item = document.items.get(&one.item);
        item.map_or_else(String::new, |item| item.title.clone())
    };
    let items = revealed.items.iter();
    items
        .map(|one| Figure {
            of: title(one),
            stated: judgement_words(&regime.judging.methods, &one.judgement),
            ..stated(organisation, regime, (&one.rater, one.by), &one.note)
        })
        .collect()
}

/// As whom and by whom something was stated, and why.
fn stated(
    organisation: &Organisation,
    regime: &Regime,
    (rater, by): (&str, PersonId),
    note: &str,
) -> Figure {
    let raters = &regime.judging.raters;
    let known = raters.iter().find(|one| one.key == rater);
    Figure {
        of: String::new(),
        rater: known.map_or_else(
            || rater.to_owned(),
            |one| format::label(&who(regime, &one.by)),
        ),
        by: names::person_of(organisation, by),
        stated: String::new(),
        note: note.to_owned(),
    }
}
