//! Today: what is due for me now, each with its one act; then my plans and what waits for me.

use leptos::prelude::*;
use shared::moment::Day;
use shared::permission;

use crate::components::{Badge, Empty, Glyph, Insecure, PageHead, Panel, Tone};
use crate::i18n::{common, format, names, plan, review, session as words};
use crate::pages::absence::AwayToday;
use crate::pages::entry::EntriesToConfirm;
use crate::pages::first_steps::FirstSteps;
use crate::pages::help::HelpRequests;
use crate::pages::lateness::LateWaiting;
use crate::pages::lists::ListsHanging;
use crate::pages::plans::{BeginPlan, plan_line};
use crate::pages::queue::{OF_A_SUPERIOR, Queue, QueuePanel};
use crate::pages::tasks::{self, DueItem};
use crate::route::Route;
use crate::session::Session;

mod worker;

use worker::WorkerToday;

/// How many items Today shows before it leads on to all of them.
const MOST_DUE: usize = 8;

/// The page.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let session = Session::here();
    let me = session.person();
    let title = Signal::derive(move || {
        let world = session.world();
        let name = names::person_of(world.organisation(), me);
        if name.is_empty() {
            common::today().to_owned()
        } else {
            words::hello(&name)
        }
    });
    let lead = Signal::derive(move || format::short_day(session.today()));
    let works = Memo::new(move |_| {
        let world = session.world();
        permission::only_carries_out(world.organisation(), me, session.today())
    });
    view! {
        <div class="page" data-page="home">
            <PageHead title=title lead=lead />
            <FirstSteps />
            {move || if works.get() {
                view! {
                    <EntriesToConfirm />
                    <ListsHanging />
                    <WorkerToday />
                    <Insecure state="quiet" />
                }
                .into_any()
            } else {
                view! { <Everything /> }.into_any()
            }}
        </div>
    }
}

/// Today of somebody who also judges or leads: what is due, one's plans, and what waits.
#[component]
fn Everything() -> impl IntoView {
    let session = Session::here();
    let me = session.person();
    let due = Memo::new(move |_| {
        let looked_at = |document: &_| session.looks_at(document);
        let mut due = tasks::due_for(&session.world(), me, looked_at);
        due.retain(|item| !item.done);
        due
    });
    // Drawn again when it changes, not with every row: a plan may be begun in it just now.
    let own = Memo::new(move |_| tasks::own(&session.world(), me));
    let of_a_superior: Vec<_> = OF_A_SUPERIOR
        .into_iter()
        .map(|queue| view! { <QueuePanel queue=queue /> })
        .collect();
    view! {
        <div class="columns columns-aside">
            <div class="stack">
                <QueuePanel queue=Queue::Sign />
                <QueuePanel queue=Queue::Answered />
                <QueuePanel queue=Queue::Waiting />
                <EntriesToConfirm />
                <Panel title=review::due_for_me()>
                    {move || due_list(session, due.get())}
                </Panel>
                <HelpRequests />
                {of_a_superior}
            </div>
            <div class="stack aside">
                <LateWaiting />
                <ListsHanging />
                <Panel title=plan::my_plans()>
                    {move || {
                        let own = own.get();
                        if own.is_empty() {
                            view! { <BeginPlan /> }.into_any()
                        } else {
                            view! {
                                <ul class="list" data-list="own-plans">
                                    {own.into_iter().map(plan_line).collect_view()}
                                </ul>
                            }
                            .into_any()
                        }
                    }}
                </Panel>
                <AwayToday />
                <Insecure state="quiet" />
            </div>
        </div>
    }
}

fn due_list(session: Session, due: Vec<DueItem>) -> AnyView {
    if due.is_empty() {
        return view! {
            <Empty
                glyph=Glyph::Today
                title=review::nothing_due()
                words=review::nothing_due_words()
            />
        }
        .into_any();
    }
    let today = session.today();
    let more = due.len() > MOST_DUE;
    let lines = due
        .into_iter()
        .take(MOST_DUE)
        .map(|item| due_line(session, item, today))
        .collect_view();
    view! {
        <ul class="list" data-list="due">{lines}</ul>
        {more.then(|| view! {
            <a class="button button-quiet" href=Route::Reports.path()>{common::more()}</a>
        })}
    }
    .into_any()
}

/// An item with its due day and its one act.
pub(crate) fn due_line(session: Session, item: DueItem, today: Day) -> impl IntoView {
    let due = item.due.map(|due| {
        let tone = match (due - today).num_days() {
            _ if item.done => Tone::Quiet,
            ..0 => Tone::Bad,
            0..3 => Tone::Warn,
            _ => Tone::Quiet,
        };
        // How far it is from today says nothing of what is done.
        let words = if item.done {
            format::short_day(due)
        } else {
            let distance = format::distance(due, today);
            format!("{} · {distance}", format::short_day(due))
        };
        view! { <Badge words=words tone=tone glyph=Glyph::Clock /> }
    });
    let id = item.item;
    let look = if item.done {
        "button"
    } else {
        "button button-primary"
    };
    view! {
        <li data-item=id.to_string()>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{item.facts.title}</span>
                    <span class="list-more">
                        {due}
                        <span>{item.of}</span>
                        <span class="figure">{item.facts.stake}</span>
                        {item.progress.map(|(_, words)| view! { <span>{words}</span> })}
                        {move || session.whereabouts_of_item(id)}
                    </span>
                </span>
                <a class=look href=Route::Report(item.plan, id).path() data-act="open-report">
                    {review::report_item()}
                </a>
            </div>
        </li>
    }
}
