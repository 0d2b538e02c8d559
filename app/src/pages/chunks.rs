//! Parts of the program for which a first visit does not wait: each is a file of its own, fetched
//! as soon as the first screen stands.
//!
//! A screen of a part is drawn at once when the part is there. The service worker keeps the parts
//! with the rest of the program, so that offline they are always there.

#![expect(
    clippy::unnecessary_wraps,
    reason = "a part that cannot be fetched answers with an error, which the cut adds"
)]

use futures::FutureExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    Absences, Administration, Calendars, Figures, FiguresOf, FundPage, Import, Invitations,
    JudgingPage, KeysList, Lateness, LedgerPage, ListsPage, Me, MeetingPage, OrganisationPage,
    OwnEntries, OwnSlips, PaperPage, PayrollPage, PeriodPage, Periods, PersonPage, PlanLine,
    PlanPage, PlansTable, RegimePage, ReportPage, Reports, ResultPage, Review, RulesPage,
    SearchPage, SyncCentre, UnitPage, WhatIfPage,
};
use crate::components::{Banner, Button};
use crate::i18n::session as words;
use crate::route::Route;
use crate::session::{Session, evidence};
use crate::timer;

type Drawn = Result<AnyView, SplitLoaderError>;

/// How long the parts wait after the first paint: what a person does first goes before them.
const CALM_MILLISECONDS: u32 = 1_000;

/// Where a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Awaited,
    Here,
    Missing,
}

/// The parts.
#[derive(Clone, Copy)]
pub(crate) struct Chunks {
    session: Session,
    work: RwSignal<Part>,
    office: RwSignal<Part>,
    ledger: RwSignal<Part>,
    rules: RwSignal<Part>,
    begun: StoredValue<bool>,
}

impl Chunks {
    /// Fetches the parts once the first screen stands, or when a screen of theirs is asked for.
    pub(crate) fn fetch() -> Self {
        let chunks = Self {
            session: Session::here(),
            work: RwSignal::new(Part::Awaited),
            office: RwSignal::new(Part::Awaited),
            ledger: RwSignal::new(Part::Awaited),
            rules: RwSignal::new(Part::Awaited),
            begun: StoredValue::new(false),
        };
        timer::after_paint(move || timer::after(CALM_MILLISECONDS, move || chunks.begin()));
        chunks
    }

    /// Fetches the parts, unless that was begun before.
    fn begin(self) {
        if self
            .begun
            .try_update_value(|begun| std::mem::replace(begun, true))
            == Some(false)
        {
            self.run();
        }
    }

    fn run(self) {
        let place = |fetched: Result<(), _>| fetched.map_or(Part::Missing, |()| Part::Here);
        let session = self.session;
        spawn_local(async move {
            let work = load_work().await;
            if work.is_ok() {
                // Files that were kept at an earlier visit go on their way, whatever is on the screen.
                let _ = keep_files(session).await;
            }
            self.work.set(place(work));
            // Each function of a part is readied by itself.
            let office = load_office().await;
            let office = office.and(load_figures().await);
            let office = office.and(load_plans_table().await);
            self.office.set(place(office.and(load_keys_list().await)));
            self.ledger.set(place(load_ledger().await));
        });
    }

    /// Fetches the regime editor, which few people ever open.
    fn run_rules(self) {
        spawn_local(async move {
            let fetched = load_rules().await;
            self.rules
                .set(fetched.map_or(Part::Missing, |()| Part::Here));
        });
    }

    /// Draws the regime editor.
    fn rules(self, route: Route) -> AnyView {
        let drawn = match self.rules.get() {
            Part::Awaited => {
                self.run_rules();
                return ().into_any();
            }
            Part::Missing => None,
            Part::Here => rules_screen(route).now_or_never(),
        };
        drawn.and_then(Result::ok).unwrap_or_else(|| {
            let again = move |()| self.rules.set(Part::Awaited);
            view! {
                <Banner state="bad" words=words::part_missing()>
                    <Button act="fetch-again" label=words::fetch_again() on_press=again />
                </Banner>
            }
            .into_any()
        })
    }

    /// Draws something that stands in the office's part, or what keeps its place free.
    fn of_office(self, awaited: impl Fn() -> AnyView, draw: impl Fn() -> Option<Drawn>) -> AnyView {
        match self.office.get() {
            Part::Awaited => awaited(),
            Part::Missing => missing(self).into_any(),
            Part::Here => {
                let drawn = draw().and_then(Result::ok);
                drawn.unwrap_or_else(|| missing(self).into_any())
            }
        }
    }

    /// Draws a screen that stands in a part.
    pub(crate) fn screen(self, route: Route) -> AnyView {
        if matches!(
            route,
            Route::NewRegime | Route::EditRegime(_) | Route::WhatIf(_) | Route::WhatIfDraft(_)
        ) {
            return self.rules(route);
        }
        let work = matches!(
            route,
            Route::Plan(_)
                | Route::Reports
                | Route::Report(..)
                | Route::Review
                | Route::Judging(_)
                | Route::Meeting(_)
                | Route::Result(_)
        );
        let ledger = matches!(
            route,
            Route::Ledger
                | Route::OwnEntries
                | Route::Fund
                | Route::Lists
                | Route::Payroll
                | Route::OwnSlips
        );
        let part = match (work, ledger) {
            (true, _) => self.work,
            (false, true) => self.ledger,
            (false, false) => self.office,
        };
        let drawn = match part.get() {
            Part::Awaited => {
                self.begin();
                return ().into_any();
            }
            Part::Missing => None,
            Part::Here if work => work_screen(route).now_or_never(),
            Part::Here if ledger => ledger_screen(route).now_or_never(),
            Part::Here => office_screen(route).now_or_never(),
        };
        // What is here is drawn without waiting.
        drawn
            .and_then(Result::ok)
            .unwrap_or_else(|| missing(self).into_any())
    }
}

/// Pictures, once their part is there; until then their place is kept free.
#[component]
pub(crate) fn FiguresPart(
    /// Which.
    of: FiguresOf,
) -> impl IntoView {
    let chunks = expect_context::<Chunks>();
    // What stands at the end of a page pushes nothing away when it comes.
    let awaited = move || match of {
        FiguresOf::Running => ().into_any(),
        FiguresOf::Period(_) => view! { <div class="panel panel-awaited"></div> }.into_any(),
    };
    move || chunks.of_office(awaited, || figures_screen(of).now_or_never())
}

/// The keys, once their part is there.
#[component]
pub(crate) fn KeysPart() -> impl IntoView {
    let chunks = expect_context::<Chunks>();
    let awaited = move || {
        chunks.begin();
        ().into_any()
    };
    move || chunks.of_office(awaited, || keys_list().now_or_never())
}

/// The plans as a table, once its part is there; until then its place is kept free.
#[component]
pub(crate) fn PlansTablePart(
    /// The plans.
    lines: Signal<Vec<PlanLine>>,
) -> impl IntoView {
    let chunks = expect_context::<Chunks>();
    let awaited = move || {
        chunks.begin();
        view! { <div class="panel panel-awaited"></div> }.into_any()
    };
    move || chunks.of_office(awaited, || plans_table(lines).now_or_never())
}

fn missing(chunks: Chunks) -> impl IntoView {
    view! {
        <Banner state="bad" words=words::part_missing()>
            <Button
                act="fetch-again"
                label=words::fetch_again()
                on_press=move |()| chunks.run()
            />
        </Banner>
    }
}

#[wasm_split(work, fallible, preload(load_work))]
fn work_screen(route: Route) -> Drawn {
    Ok(match route {
        Route::Plan(id) => view! { <PlanPage id=id /> }.into_any(),
        Route::Reports => view! { <Reports /> }.into_any(),
        Route::Report(plan, item) => view! { <ReportPage plan=plan item=item /> }.into_any(),
        Route::Review => view! { <Review /> }.into_any(),
        Route::Judging(id) => view! { <JudgingPage id=id /> }.into_any(),
        Route::Meeting(id) => view! { <MeetingPage id=id /> }.into_any(),
        Route::Result(id) => view! { <ResultPage id=id /> }.into_any(),
        _ => ().into_any(),
    })
}

#[wasm_split(work, fallible)]
fn keep_files(session: Session) -> Result<(), SplitLoaderError> {
    evidence::begin(session);
    Ok(())
}

#[wasm_split(office, fallible, preload(load_office))]
fn office_screen(route: Route) -> Drawn {
    Ok(match route {
        Route::Import => view! { <Import /> }.into_any(),
        Route::Organisation => view! { <OrganisationPage /> }.into_any(),
        Route::Unit(id) => view! { <UnitPage id=id /> }.into_any(),
        Route::Invitations(id) => view! { <Invitations unit=id /> }.into_any(),
        Route::Person(id) => view! { <PersonPage id=id /> }.into_any(),
        Route::Absences => view! { <Absences /> }.into_any(),
        Route::Calendars => view! { <Calendars /> }.into_any(),
        Route::Periods => view! { <Periods /> }.into_any(),
        Route::Period(id) => view! { <PeriodPage id=id /> }.into_any(),
        Route::Regime(id) => view! { <RegimePage id=id /> }.into_any(),
        Route::Lateness => view! { <Lateness /> }.into_any(),
        Route::Sync => view! { <SyncCentre /> }.into_any(),
        Route::Administration => view! { <Administration /> }.into_any(),
        Route::Me => view! { <Me /> }.into_any(),
        Route::PlanForm(_) | Route::ResultForm(_) | Route::Forms => {
            view! { <PaperPage route=route /> }.into_any()
        }
        Route::Search => view! { <SearchPage /> }.into_any(),
        _ => ().into_any(),
    })
}

#[wasm_split(ledger, fallible, preload(load_ledger))]
fn ledger_screen(route: Route) -> Drawn {
    Ok(match route {
        Route::Ledger => view! { <LedgerPage /> }.into_any(),
        Route::OwnEntries => view! { <OwnEntries /> }.into_any(),
        Route::Fund => view! { <FundPage /> }.into_any(),
        Route::Payroll => view! { <PayrollPage /> }.into_any(),
        Route::OwnSlips => view! { <OwnSlips /> }.into_any(),
        Route::Lists => view! { <ListsPage /> }.into_any(),
        _ => ().into_any(),
    })
}

#[wasm_split(rules, fallible, preload(load_rules))]
fn rules_screen(route: Route) -> Drawn {
    let from = match route {
        Route::WhatIf(_) | Route::WhatIfDraft(_) => {
            return Ok(view! { <WhatIfPage route=route /> }.into_any());
        }
        Route::EditRegime(id) => Some(id),
        _ => None,
    };
    Ok(view! { <RulesPage from=from /> }.into_any())
}

#[wasm_split(office, fallible, preload(load_plans_table))]
fn plans_table(lines: Signal<Vec<PlanLine>>) -> Drawn {
    Ok(view! { <PlansTable lines=lines /> }.into_any())
}

#[wasm_split(office, fallible, preload(load_keys_list))]
fn keys_list() -> Drawn {
    Ok(view! { <KeysList /> }.into_any())
}

#[wasm_split(office, fallible, preload(load_figures))]
fn figures_screen(of: FiguresOf) -> Drawn {
    Ok(view! { <Figures of=of /> }.into_any())
}
