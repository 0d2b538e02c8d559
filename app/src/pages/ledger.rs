//! The ledger: entries of a period by unit and state, with what was found and waits to be proposed;
//! one's own entries; and the activity fund.
//!
//! What a person may do with an entry is asked of the rule itself; what a person sees follows from
//! what the device holds.

use leptos::prelude::*;
use shared::id::{PeriodId, UnitId};
use shared::ledger::{self, EntryState, LedgerEntry};
use shared::partition::PartitionId;
use shared::world::World;

use crate::components::{
    Banner, Button, Choice, Empty, Glyph, PageHead, Panel, Pick, Select, WayBack,
};
use crate::i18n::{common, ledger as words, names, paper};
use crate::pages::form::{Sheet, SheetView};
use crate::pages::order;
use crate::route::Route;
use crate::session::Session;

mod found;
mod fund;
mod line;
mod own;
mod propose;
mod several;
mod sheets;

pub(crate) use found::proposes_unfair;
pub(crate) use fund::FundPage;
pub(crate) use own::OwnEntries;

use line::{Line, card};

/// What the list is narrowed to.
#[derive(Clone, Copy)]
struct Filters {
    period: RwSignal<String>,
    unit: RwSignal<String>,
    state: RwSignal<String>,
}

impl Filters {
    fn period(self) -> Option<PeriodId> {
        self.period.get().parse().ok()
    }

    /// Says whether an entry is taken. Observed.
    fn takes(self, entry: &LedgerEntry, state: EntryState) -> bool {
        let unit: Option<UnitId> = self.unit.get().parse().ok();
        let open =
            state == EntryState::Proposed || state == EntryState::Confirmed && entry.is_disputed();
        let narrowed = self.state.with(|chosen| chosen != "open" || open);
        self.period() == Some(entry.period)
            && unit.is_none_or(|unit| unit == entry.unit)
            && narrowed
    }
}

/// The units whose ledger of a period this person sees. Observed.
fn seen_units(session: Session, period: PeriodId) -> Vec<UnitId> {
    let world = session.world();
    let today = session.today();
    let units = world.organisation().units.keys().copied();
    let seen = |unit: &UnitId| world.holds(PartitionId::Ledger(*unit, period), today);
    units.filter(seen).collect()
}

/// The page.
#[component]
pub(crate) fn LedgerPage() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let newest = {
        let world = session.world_untracked();
        let today = session.today_untracked();
        let periods = order::periods(world.organisation());
        let begun = periods.iter().find(|period| period.from <= today);
        begun
            .or(periods.first())
            .map(|period| period.id.to_string())
    };
    let filters = Filters {
        period: RwSignal::new(newest.unwrap_or_default()),
        unit: RwSignal::new(String::new()),
        state: RwSignal::new("all".to_owned()),
    };
    let units = Memo::new(move |_| {
        let period = filters.period();
        period.map_or_else(Vec::new, |period| seen_units(session, period))
    });
    let back = WayBack {
        href: Route::Review.path(),
        words: common::review().to_owned(),
    };
    view! {
        <div class="page" data-page="ledger">
            <PageHead title=words::ledger() lead=words::ledger_words() back=back>
                <Acts sheet=sheet />
            </PageHead>
            <Show
                when=move || units.with(|units| !units.is_empty())
                fallback=move || view! {
                    <Banner state="quiet" words=words::may_not_see()>
                        <a class="button" href=Route::OwnEntries.path()>{words::own_entries()}</a>
                    </Banner>
                }
            >
                <Narrowing filters=filters units=units />
                <found::Found filters=filters units=units sheet=sheet />
                <Entries filters=filters sheet=sheet />
            </Show>
            <sheets::Sheets sheet=sheet />
            <SheetView sheet=sheet />
        </div>
    }
}

#[component]
fn Acts(sheet: Sheet) -> impl IntoView {
    let session = Session::here();
    let propose = move || {
        let world = session.world();
        let picks = propose::tariffs(world.organisation(), session.person(), session.today());
        (!picks.is_empty()).then(|| {
            sheet.button("propose-entry", words::propose(), move || {
                propose::choose(session, sheet)
            })
        })
    };
    view! {
        <div class="row no-print">
            {propose}
            <a class="button" href=Route::Fund.path() data-act="open-fund">{words::fund()}</a>
            <Button
                act="print"
                label=paper::print()
                glyph=Glyph::Print
                // A browser that cannot print has no such button in its menu either.
                on_press=move |()| drop(window().print())
            />
        </div>
    }
}

#[component]
fn Narrowing(filters: Filters, units: Memo<Vec<UnitId>>) -> impl IntoView {
    let session = Session::here();
    let periods = Signal::derive(move || {
        let world = session.world();
        let organisation = world.organisation();
        let periods = order::periods(organisation).into_iter();
        periods
            .map(|period| {
                let label = names::period_of(organisation, period.id);
                Pick::new(period.id.to_string(), label)
            })
            .collect::<Vec<_>>()
    });
    let of_units = Signal::derive(move || {
        let world = session.world();
        let organisation = world.organisation();
        let units = units.get().into_iter();
        let units =
            units.map(|unit| Pick::new(unit.to_string(), names::unit_of(organisation, unit)));
        let mut picks = order::picks(units.collect());
        picks.insert(0, Pick::new("", words::all_units()));
        picks
    });
    let states = vec![
        Pick::new("all", words::filter_all()),
        Pick::new("open", words::filter_open()),
    ];
    let (period, unit, state) = (filters.period, filters.unit, filters.state);
    view! {
        <div class="fields fields-two no-print">
            <Select
                name="period"
                label=words::filter_period()
                picks=periods
                value=period
                on_choose=move |key| period.set(key)
            />
            <Select
                name="unit"
                label=words::filter_unit()
                picks=of_units
                value=unit
                on_choose=move |key| unit.set(key)
            />
            <Choice
                name="state"
                label=words::filter_state()
                picks=states
                value=state
                on_choose=move |key| state.set(key)
            />
        </div>
    }
}

#[component]
fn Entries(filters: Filters, sheet: Sheet) -> impl IntoView {
    let session = Session::here();
    let lines = Memo::new(move |_| {
        let world = session.world();
        lines(&world, |entry, state| filters.takes(entry, state))
    });
    let body = move || {
        let lines = lines.get();
        if lines.is_empty() {
            let (title, more) = (words::no_entries(), words::no_entries_words());
            return view! { <Empty glyph=Glyph::Tray title=title words=more /> }.into_any();
        }
        let world = session.world();
        let sum = line::sum(&lines);
        let several = several::act(session, &world, &lines, sheet);
        let cards: Vec<_> = lines
            .into_iter()
            .map(|line| card(session, &world, line, Some(sheet)))
            .collect();
        view! {
            {several.map(|act| view! { <div class="row no-print">{act}</div> })}
            <ul class="list" data-list="entries">{cards}</ul>
            <p class="list-more row-end" data-part="sum">{sum}</p>
        }
        .into_any()
    };
    view! { <Panel title=words::entries()>{body}</Panel> }
}

/// The entries that a filter takes, as they are shown; what waits first, then the newest.
fn lines(world: &World, takes: impl Fn(&LedgerEntry, EntryState) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for (_, document) in world.documents() {
        let entries = &document.entries;
        if entries.is_empty() {
            continue;
        }
        let counted = ledger::counted(world.organisation(), entries);
        let shown = entries.values().filter_map(|entry| {
            let state = entry.state(entries);
            takes(entry, state).then(|| Line {
                entry: entry.clone(),
                state,
                counted: counted[&entry.id],
            })
        });
        lines.extend(shown);
    }
    lines.sort_by_key(|line| {
        let newest = std::cmp::Reverse((line.entry.happened, line.entry.id));
        (!line.waits(), newest)
    });
    lines
}
