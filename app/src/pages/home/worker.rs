//! Today on the phone of somebody who carries work out: what is due now, each with one big act.
//!
//! What is not this person's, or not now, does not stand here; it is one tap away.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::ReportItem;
use shared::id::{PersonId, ReportId};
use shared::item::Item;
use shared::quantity::Quantity;
use shared::report::ReportKind;
use shared::today::{self, Task};
use shared::world::World;

use crate::chance;
use crate::components::{Badge, Button, Choice, Empty, Field, FieldKind, Glyph, Look, Pick, Tone};
use crate::i18n::{common, format, names, plan as plan_words, today as words};
use crate::pages::order;
use crate::pages::queue::{OF_ANYBODY, Queue, QueuePanel};
use crate::route::Route;
use crate::session::Session;

/// What a card shows of an item; it is drawn again only when this changes.
#[derive(Debug, Clone, PartialEq)]
struct Card {
    task: Task,
    item: Item,
    of: String,
    percent: u8,
    last: Option<Quantity>,
}

fn cards(world: &World, me: PersonId, tasks: &[Task]) -> Vec<Card> {
    let organisation = world.organisation();
    let period = |task: &Task| Some(world.document(task.plan)?.plan.as_ref()?.period);
    let kind = |task: &Task| Some(organisation.periods.get(&period(task)?)?.kind);
    // Where periods of several kinds run, each card says for which it is.
    let several = tasks
        .iter()
        .any(|task| kind(task) != tasks.first().and_then(kind));
    let card = |task: &Task| {
        let document = world.document(task.plan)?;
        let plan = document.plan.as_ref()?;
        let reports = order::reports(document, task.item);
        let mut standing = reports.into_iter().filter(|report| report.stands());
        let last = standing.next();
        Some(Card {
            item: document.items.get(&task.item)?.clone(),
            // One's own name on every card would say nothing.
            of: {
                let whose = (plan.owner != me).then(|| names::plan_of(organisation, plan));
                let period = several.then(|| names::period_of(organisation, plan.period));
                let both = whose.into_iter().chain(period);
                both.collect::<Vec<_>>().join(" · ")
            },
            percent: last.map_or(0, |report| report.percent),
            last: last.and_then(|report| report.quantity),
            task: task.clone(),
        })
    };
    tasks.iter().filter_map(card).collect()
}

/// The list.
#[component]
pub(super) fn WorkerToday() -> impl IntoView {
    let session = Session::here();
    let ahead = session.ahead();
    let cards = Memo::new(move |_| {
        ahead.with(|ahead| cards(&session.world(), session.person(), &ahead.today.now))
    });
    let later = move || {
        let (count, next) = ahead.with(|ahead| (ahead.today.later, ahead.today.next));
        let count_words = count.to_string();
        let words = match next {
            Some(next) => words::later(&count_words, &format::short_day(next)),
            None => words::later_undated(&count_words),
        };
        (count > 0).then(|| {
            view! {
                <a class="button button-wide" href=Route::Reports.path() data-act="open-reports">
                    {words}
                </a>
            }
        })
    };
    view! {
        <QueuePanel queue=Queue::Sign />
        <QueuePanel queue=Queue::Answered />
        <QueuePanel queue=Queue::Waiting />
        {OF_ANYBODY.map(|queue| view! { <QueuePanel queue=queue /> })}
        <Returned />
        <ul class="tasks" data-list="due">
            <For
                each=move || cards.get()
                key=|card| (
                    card.task.item,
                    card.task.deadline.at.0,
                    card.percent,
                    card.last.map(|last| last.0),
                    card.item.title.clone(),
                    card.item.target.value.map(|value| value.0),
                    card.item.target.measure.clone(),
                )
                let:card
            >
                <TaskCard card=card />
            </For>
        </ul>
        <Show when=move || cards.with(Vec::is_empty)>
            <Empty
                glyph=Glyph::Today
                title=words::nothing_now()
                words=words::nothing_now_words()
            />
        </Show>
        {later}
    }
}

/// Plans that came back to this person.
#[component]
fn Returned() -> impl IntoView {
    use shared::reminder::Reminder;
    let session = Session::here();
    let returned = Memo::new(move |_| {
        session.ahead().with(|ahead| {
            let plans = ahead
                .reminders
                .iter()
                .filter_map(|reminder| match reminder {
                    Reminder::Returned(plan) => Some(*plan),
                    _ => None,
                });
            plans.collect::<Vec<_>>()
        })
    });
    move || {
        let world = session.world_untracked();
        let line = |id| {
            let found = world.document(id)?.plan.as_ref()?;
            let period = names::period_of(world.organisation(), found.period);
            let whose = names::plan_of(world.organisation(), found);
            let name = plan_words::plan_title(&whose, &period);
            Some(view! {
                <div class="task task-returned" data-item=id.to_string()>
                    <h2 class="task-title">{name}</h2>
                    <Badge words=words::returned() tone=Tone::Bad glyph=Glyph::Return />
                    <a class="button button-primary task-act" href=Route::Plan(id).path()>
                        {words::look_at()}
                    </a>
                </div>
            })
        };
        returned.get().into_iter().filter_map(line).collect_view()
    }
}

/// What of a card is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Quantity,
    Trouble,
}

#[component]
fn TaskCard(card: Card) -> impl IntoView {
    let session = Session::here();
    let open = RwSignal::new(Open::Nothing);
    let item = card.item.clone();
    let counted = today::is_counted(&item);
    let target = item.target.clone();
    let goal = target
        .value
        .map(|value| words::goal(&value.to_string(), &target.measure));
    let last = card
        .last
        .map(|last| words::last(&last.to_string(), &target.measure));
    let details = Route::Report(card.task.plan, card.item.id).path();
    let id = card.item.id;
    let done_card = card.clone();
    let act = if counted {
        view! {
            <Button
                act="enter-quantity"
                label=words::enter()
                look=Look::Primary
                glyph=Glyph::Report
                on_press=move |()| open.set(Open::Quantity)
            />
        }
        .into_any()
    } else {
        let label = if card.task.recurs {
            words::done_today()
        } else {
            words::done()
        };
        view! {
            <Button
                act="done"
                label=label
                look=Look::Primary
                glyph=Glyph::Tick
                on_press=move |()| send_done(session, &done_card)
            />
        }
        .into_any()
    };
    let task = card.task.clone();
    view! {
        <li class="task" data-item=id.to_string()>
            <a class="task-title" href=details data-act="open-report">{item.title.clone()}</a>
            <span class="list-more">
                <span class="task-time" data-passing="">{move || time_left(session, &task)}</span>
                {(!card.of.is_empty()).then(|| view! { <span>{card.of.clone()}</span> })}
                {goal.map(|goal| view! { <span class="figure">{goal}</span> })}
                {last.map(|last| view! { <span class="figure">{last}</span> })}
                {(card.percent > 0).then(|| view! { <span class="figure">{card.percent}" %"</span> })}
                {move || session.whereabouts_of_item(id)}
            </span>
            {move || match open.get() {
                Open::Nothing => ().into_any(),
                Open::Quantity => view! { <QuantityPad card=card.clone() open=open /> }.into_any(),
                Open::Trouble => view! { <TroublePad card=card.clone() open=open /> }.into_any(),
            }}
            <div class="task-acts" hidden=move || open.get() != Open::Nothing>
                <Button
                    act="report-trouble"
                    label=words::trouble()
                    glyph=Glyph::Warning
                    on_press=move |()| open.set(Open::Trouble)
                />
                {act}
            </div>
        </li>
    }
}

/// The time left, in working hours and as a clock time.
fn time_left(session: Session, task: &Task) -> AnyView {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let (now, at, today) = (session.now(), task.deadline.at, session.today());
    if at < now {
        let late = format::distance(task.deadline.day, today);
        let late = view! { <Badge words=late tone=Tone::Bad glyph=Glyph::Warning /> };
        return late.into_any();
    }
    let unit = world
        .document(task.plan)
        .and_then(|document| document.plan.as_ref());
    let minutes = unit.map_or(0, |plan| {
        organisation
            .work_days(plan.unit)
            .minutes_between(now, at)
            .value
    });
    let hours = (minutes / 60).to_string();
    let left = match minutes % 60 {
        0 => words::left_hours(&hours),
        minutes => words::left(&hours, &minutes.to_string()),
    };
    let offset = organisation.utc_offset();
    let until = if task.deadline.day == today {
        words::clock(&format::clock(at, offset))
    } else {
        words::until(&format::time(at, offset))
    };
    let tone = if task.deadline.day == today {
        Tone::Warn
    } else {
        Tone::Quiet
    };
    view! {
        <Badge words=left tone=tone glyph=Glyph::Clock />
        <span class="figure">{until}</span>
    }
    .into_any()
}

/// A report of today on a card's item.
fn report(session: Session, card: &Card, kind: ReportKind, percent: u8) -> ReportItem {
    ReportItem {
        report: ReportId::from_bits(chance::bits()),
        plan: card.task.plan,
        item: card.item.id,
        kind,
        percent,
        quantity: None,
        note: String::new(),
        happened: session.today_untracked(),
        of: None,
        reason: String::new(),
        paper: false,
    }
}

/// Sends a report, says so, and offers to take it back.
fn send(session: Session, report: ReportItem, said: &'static str) {
    session.send_or_complain(Command::ReportItem(report), move || {
        session.offer_step(said);
    });
}

fn send_done(session: Session, card: &Card) {
    let (kind, percent) = if card.task.recurs {
        (ReportKind::Progress, card.percent)
    } else {
        (ReportKind::Completion, 100)
    };
    send(
        session,
        report(session, card, kind, percent),
        words::said_done(),
    );
}

/// The number that was reached.
#[component]
fn QuantityPad(card: Card, open: RwSignal<Open>) -> impl IntoView {
    let session = Session::here();
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let measure = card.item.target.measure.clone();
    let recurs = card.task.recurs;
    let why_not = Signal::derive(move || {
        let empty = typed.with(|typed| typed.trim().is_empty());
        empty.then(|| words::quantity_first().to_owned())
    });
    let keep = move |finished: bool| {
        let Ok(quantity) = typed.get_untracked().parse::<Quantity>() else {
            return error.set(Some(plan_words::number_unreadable().to_owned()));
        };
        let percent = today::percent(&card.item, quantity).unwrap_or(card.percent);
        let (kind, percent) = if finished {
            (ReportKind::Completion, 100)
        } else {
            (ReportKind::Progress, percent)
        };
        let report = ReportItem {
            quantity: Some(quantity),
            ..report(session, &card, kind, percent)
        };
        open.set(Open::Nothing);
        send(session, report, words::said_quantity());
    };
    let keep = StoredValue::new(keep);
    view! {
        <div class="stack" data-part="quantity">
            <Field
                name="quantity"
                label=words::enter()
                value=typed
                kind=FieldKind::Number
                affix=Some(measure)
                error=error
            />
            <PadActs
                open=open
                act="save-quantity"
                label=words::keep()
                why_not=why_not
                on_press=move |()| keep.with_value(|keep| keep(false))
            >
                {(!recurs).then(|| view! {
                    <Button
                        act="done"
                        label=words::done()
                        glyph=Glyph::Tick
                        why_not=Signal::derive(move || why_not.get().map(|_| String::new()))
                        on_press=move |()| keep.with_value(|keep| keep(true))
                    />
                })}
            </PadActs>
        </div>
    }
}

/// What holds the work up.
#[component]
fn TroublePad(card: Card, open: RwSignal<Open>) -> impl IntoView {
    let session = Session::here();
    let chosen = RwSignal::new(String::new());
    let more = RwSignal::new(String::new());
    let group = card.item.id.to_string();
    let picks = [
        words::trouble_material(),
        words::trouble_machine(),
        words::trouble_quality(),
        words::trouble_hands(),
        words::trouble_waiting(),
        words::trouble_other(),
    ]
    .map(|what| Pick::new(what, what));
    let why_not = Signal::derive(move || {
        let none = chosen.with(String::is_empty);
        none.then(|| words::trouble_choose().to_owned())
    });
    let tell = move |()| {
        let (what, more) = (chosen.get_untracked(), more.get_untracked());
        let note = match more.trim() {
            "" => words::note_trouble(&what),
            more => words::note_more(&what, more),
        };
        let report = ReportItem {
            note,
            ..report(session, &card, ReportKind::Progress, card.percent)
        };
        open.set(Open::Nothing);
        send(session, report, words::said_trouble());
    };
    view! {
        <div class="stack" data-part="trouble">
            <Choice
                name="trouble"
                label=words::trouble_what()
                group=group
                picks=picks.to_vec()
                value=chosen
                on_choose=move |key| chosen.set(key)
            />
            <Field
                name="trouble-more"
                label=words::trouble_more()
                value=more
                kind=FieldKind::Lines
                optional=true
            />
            <PadActs
                open=open
                act="send-trouble"
                label=words::trouble_send()
                why_not=why_not
                on_press=tell
            />
        </div>
    }
}

/// What ends a pad: leaving it, or its act, and what else it offers.
#[component]
fn PadActs(
    open: RwSignal<Open>,
    act: &'static str,
    label: &'static str,
    why_not: Signal<Option<String>>,
    #[prop(into)] on_press: Callback<()>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="task-acts">
            <Button
                act="cancel"
                label=common::cancel()
                on_press=move |()| open.set(Open::Nothing)
            />
            <Button act=act label=label look=Look::Primary why_not=why_not on_press=on_press />
            {children.map(|children| children())}
        </div>
    }
}
