//! The plans as the desk's table.

use std::sync::Arc;

use chrono::Datelike as _;
use leptos::prelude::*;
use shared::period::Period;
use shared::plan::PlanState;
use shared::world::World;

use super::{PlanLine, state_badge};
use crate::components::{Bulk, Cell, Column, DeskTable, Glyph, Row};
use crate::i18n::{common, names, paper, plan, refusal, review};
use crate::navigation::Navigation;
use crate::pages::{Searching, choose_forms};
use crate::route::Route;
use crate::session::Session;

/// Plans in rows, newest period first until somebody sorts them otherwise.
#[component]
pub(crate) fn PlansTable(
    /// The plans.
    lines: Signal<Vec<PlanLine>>,
) -> impl IntoView {
    let session = Session::here();
    let searching: Searching = expect_context();
    let rows = Signal::derive(move || {
        let world = session.world();
        lines.with(|lines| {
            let rows = lines.iter().map(|line| row(session, &world, line));
            rows.collect::<Vec<_>>()
        })
    });
    let navigation: Navigation = expect_context();
    let prints = Bulk {
        act: "print-forms",
        label: paper::print_forms(),
        glyph: Glyph::Print,
        press: Callback::new(move |keys: Vec<String>| {
            let plans = keys.iter().filter_map(|key| key.parse().ok());
            choose_forms(&plans.collect::<Vec<_>>());
            navigation.go(Route::Forms);
        }),
    };
    let columns = vec![
        Column::words("plan", plan::column_plan()),
        Column::words("period", plan::column_period()),
        Column::words("owner", plan::owner()),
        Column::words("kind", plan::column_kind()),
        Column::words("state", plan::column_state()),
        Column::figures("items", plan::column_items()),
        Column::figures("weight", plan::weight()),
        Column::figures("total", review::total()),
        Column::figures("coefficient", review::coefficient()),
    ];
    view! {
        <DeskTable
            name="plans"
            caption=common::plans()
            columns=columns
            rows=rows
            initials=searching.initials()
            found_elsewhere=true
            bulk=prints
        />
    }
}

/// How far a state is from the draft; what was returned stands beside it.
const fn far(state: PlanState) -> i64 {
    match state {
        PlanState::Draft => 0,
        PlanState::Returned => 1,
        PlanState::Submitted => 2,
        PlanState::Approved => 3,
        PlanState::Published => 4,
        PlanState::Sealed => 5,
    }
}

fn row(session: Session, world: &Arc<World>, line: &PlanLine) -> Row {
    let organisation = world.organisation();
    let (id, state) = (line.id, line.state);
    let from = organisation.periods.get(&line.period);
    let from = from.map_or(0, |period: &Period| {
        i64::from(period.from.num_days_from_ce())
    });
    let items = line.finished.map_or_else(
        || line.items.to_string(),
        |finished| format!("{finished} / {}", line.items),
    );
    let result = world.document(id).and_then(|document| document.result());
    let figure = |figure: Option<(String, i64)>| {
        figure.map_or_else(
            || Cell::words(""),
            |(words, rank)| Cell::words(words).ranked(rank),
        )
    };
    let total = figure(result.map(|result| (result.total.to_string(), result.total.0)));
    let coefficient = figure(result.map(|result| {
        let coefficient = result.coefficient;
        (coefficient.to_string(), coefficient.0)
    }));
    Row {
        key: id.to_string(),
        href: Route::Plan(id).path(),
        act: "open-plan",
        state: names::state_key(state),
        cells: vec![
            Cell::words(line.title.clone()),
            Cell::words(names::period_of(organisation, line.period)).ranked(from),
            Cell::words(line.owner.clone()),
            Cell::words(line.scope),
            Cell::words(refusal::state_word(state))
                .ranked(far(state))
                .drawn(move || {
                    view! {
                        <span class="row">
                            {state_badge(state)}
                            {move || session.whereabouts_of_plan(id)}
                        </span>
                    }
                    .into_any()
                }),
            Cell::words(items).ranked(i64::try_from(line.items).unwrap_or(i64::MAX)),
            Cell::words(line.weight.to_string()).ranked(line.weight.0),
            total,
            coefficient,
        ],
    }
}
