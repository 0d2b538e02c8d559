//! Pictures of a period: how far it is, who is late, and how its results spread.
//!
//! They are counted from what this device holds, so they work offline and show nobody more than
//! lists do; each says what it does not hold.

use leptos::prelude::*;
use shared::chart;
use shared::chart::draw::{Anchor, Drawing};
use shared::chart::scale::{Bands, Scale, ticks};
use shared::id::{PeriodId, UnitId};
use shared::period::Period;
use shared::plan::PlanState;
use shared::world::World;

use crate::components::{Chart, Choice, Empty, Glyph, Panel, Pick, Select};
use crate::i18n::{chart as words, names};
use crate::pages::organisation::picks;
use crate::session::Session;

mod late;
mod progress;
mod spread;

/// Height of a picture with an axis, its margins, and where the axis stands.
const HEIGHT: i64 = 200;
const LEFT: i64 = 32;
const RIGHT: i64 = 4;
const TOP: i64 = 18;
const ZERO: i64 = HEIGHT - 24;

/// Which pictures are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FiguresOf {
    /// All of a period.
    Period(PeriodId),
    /// Those of the running period that tell a superior where help is needed.
    Running,
}

/// The pictures.
#[component]
pub(crate) fn Figures(
    /// Which.
    of: FiguresOf,
) -> impl IntoView {
    let session = Session::here();
    match of {
        FiguresOf::Period(id) => view! { <OfPeriod id=id whole=true /> }.into_any(),
        FiguresOf::Running => {
            let running = Memo::new(move |_| running(&session.world(), session));
            view! {
                <For each=move || running.get() key=|id| *id let:id>
                    <OfPeriod id=id whole=false />
                </For>
            }
            .into_any()
        }
    }
}

/// The running periods in which this person sees the plans of others.
fn running(world: &World, session: Session) -> Vec<PeriodId> {
    let today = session.today();
    let seen = |period: &&Period| {
        let plans = world
            .documents()
            .filter_map(|(_, document)| document.plan.as_ref());
        let mut others = plans.filter(|plan| plan.owner != session.person());
        others.any(|plan| plan.period == period.id && plan.state == PlanState::Approved)
    };
    let periods = world.organisation().periods.values();
    let running = periods.filter(|period| period.from <= today && today <= period.to);
    running.filter(seen).map(|period| period.id).collect()
}

#[component]
fn OfPeriod(id: PeriodId, whole: bool) -> impl IntoView {
    let session = Session::here();
    let unit = RwSignal::new(String::new());
    let chosen = move || unit.with(|unit| unit.parse::<UnitId>().ok());
    let by_unit = RwSignal::new("people".to_owned());
    let units = Memo::new(move |_| units(&session.world(), session, id));
    let progress = Memo::new(move |_| {
        chart::progress::progress(&session.world(), id, chosen(), session.today())
    });
    let spread = Memo::new(move |_| chart::spread::spread(&session.world(), id, chosen()));
    let late = Memo::new(move |_| {
        let by_unit = by_unit.with(|by| by == "units");
        chart::late::late(&session.world(), id, chosen(), by_unit, session.today())
    });
    let some = Memo::new(move |_| {
        let judged = spread.with(|spread| spread.as_ref().is_some_and(|one| one.judged > 0));
        judged || progress.with(|progress| progress.as_ref().is_some_and(|one| one.all > 0))
    });
    let picks = vec![
        Pick::new("people", words::by_people()),
        Pick::new("units", words::by_units()),
    ];
    let body = move || {
        let picks = picks.clone();
        view! {
            <div class="fields fields-two">
                <Select
                    name="figures-unit"
                    label=words::unit()
                    picks=units
                    value=unit
                    on_choose=move |key| unit.set(key)
                />
                <Choice
                    name="figures-by"
                    label=words::late_by()
                    group=id.to_string()
                    picks=picks
                    value=by_unit
                    on_choose=move |key| by_unit.set(key)
                />
            </div>
            <div class="charts">
                {move || progress.get().map(|found| {
                    let shown = progress::shown(&found);
                    view! { <Chart shown=shown draw=move |width| progress::draw(&found, &id.to_string(), width) /> }
                })}
                {move || late.get().map(|found| {
                    let organisation = session.world_untracked().organisation().clone();
                    let by_unit = by_unit.with_untracked(|by| by == "units");
                    let shown = late::shown(&organisation, &found, by_unit);
                    if found.rows.is_empty() {
                        // Days without a row would be an axis without a chart.
                        return view! {
                            <div class="stack-tight" data-chart="late">
                                <span class="strong">{shown.title}</span>
                                <p data-part="summary">{shown.summary}</p>
                                <p class="faint small" data-part="missing">{shown.missing}</p>
                            </div>
                        }
                        .into_any();
                    }
                    view! { <Chart shown=shown draw=move |width| late::draw(&organisation, &found, &id.to_string(), width) /> }
                        .into_any()
                })}
                {move || spread.get().filter(|_| whole).map(|found| {
                    let shown = spread::shown(&found);
                    if found.judged == 0 {
                        return view! { <p class="faint">{shown.summary}" "{shown.missing}</p> }.into_any();
                    }
                    let draw = move |width| spread::draw(&found, &id.to_string(), width);
                    view! { <Chart shown=shown draw=draw /> }.into_any()
                })}
            </div>
        }
    };
    // Among others a period says its name; on its own page it stands above.
    let world = session.world_untracked();
    let title = if whole {
        words::figures().to_owned()
    } else {
        let period = names::period_of(world.organisation(), id);
        format!("{} · {period}", words::figures())
    };
    view! {
        <div data-part="figures">
            <Panel title=title>
                {move || if some.get() {
                    body().into_any()
                } else {
                    view! {
                        <Empty glyph=Glyph::Balance title=words::nothing() words=words::nothing_words() />
                    }
                    .into_any()
                }}
            </Panel>
        </div>
    }
}

/// All, and each unit of which a plan of the period is here.
fn units(world: &World, session: Session, period: PeriodId) -> Vec<Pick> {
    let mut units = picks::units(world.organisation(), session.today());
    units.retain(|pick| {
        let mut plans = world
            .documents()
            .filter_map(|(_, document)| document.plan.as_ref());
        plans.any(|plan| plan.period == period && plan.unit.to_string() == pick.key)
    });
    units.insert(0, Pick::new("", words::all_units()));
    units
}

/// Begins a picture of counts up to `most` over so many bands: its axis stands.
fn begun(name: &str, width: i64, most: u32, count: usize) -> (Drawing, Scale, Bands) {
    let mut drawing = Drawing::new(name, width, HEIGHT);
    let ticks = ticks(most, 5);
    let scale = Scale {
        most: ticks.last().copied().unwrap_or(1),
        zero: ZERO,
        end: TOP,
    };
    axis(&mut drawing, scale, &ticks, width);
    let bands = Bands {
        from: LEFT,
        to: width - RIGHT,
        count,
    };
    (drawing, scale, bands)
}

/// The axis of counts: a line and a figure for each tick.
fn axis(drawing: &mut Drawing, scale: Scale, ticks: &[u32], width: i64) {
    for tick in ticks {
        let y = scale.at(*tick);
        drawing.line("chart-grid", (LEFT, y), (width - RIGHT, y));
        drawing.text(
            "chart-word",
            Anchor::End,
            (LEFT - 6, y + 4),
            &tick.to_string(),
        );
    }
}
