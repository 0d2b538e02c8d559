//! A report as it reads: what, whose act, who entered it, how it stands to its due day; and what the
//! person says of an entry made on his or her behalf.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::ConfirmEntry;
use shared::report::{Report, ReportKind};
use shared::world::World;

use crate::components::{Badge, Button, Glyph, Look, Panel, Tone};
use crate::i18n::{format, names, review, seal, today};
use crate::pages::timeliness::timeliness;
use crate::session::Session;

/// A report in words.
pub(crate) fn report_line(
    session: Session,
    world: &World,
    report: &Report,
) -> impl IntoView + use<> {
    let organisation = world.organisation();
    let kind = match report.kind {
        ReportKind::Progress => review::progress(),
        ReportKind::Completion => review::completion(),
    };
    let day = format::short_day(report.happened);
    let words = review::reported_line(kind, &report.percent.to_string(), &day);
    let item = world
        .document(report.plan)
        .and_then(|document| document.items.get(&report.item));
    let measure = item.map_or("", |item| item.target.measure.as_str());
    let quantity = report.quantity.map(|reached| format!("{reached}{measure}"));
    let actor = names::person_of(organisation, report.by);
    let who = match report.of {
        Some(of) => seal::entered_by(&actor, &names::person_of(organisation, of)),
        None => actor,
    };
    let when = format::time(report.times.claimed, organisation.utc_offset());
    view! {
        <li data-item=report.id.to_string()>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{words}</span>
                    {(!report.note.is_empty()).then(|| view! { <span>{report.note.clone()}</span> })}
                    <span class="list-more"><span>{who}</span><span>{when}</span></span>
                    {timeliness(organisation, report.timed.as_deref())}
                    {entry(session, report)}
                    {(report.of.is_none() && !report.stands()).then(|| view! {
                        <Badge words=today::taken_back() tone=Tone::Quiet glyph=Glyph::Return />
                    })}
                </span>
                <span class="figure strong">{quantity}</span>
            </div>
        </li>
    }
}

/// What stands beside an entry on behalf: whether the person said that it is so.
fn entry(session: Session, report: &Report) -> Option<impl IntoView + use<>> {
    let of = report.of?;
    let (words, tone, glyph, key) = match report.confirmed {
        None => (seal::entry_open(), Tone::Warn, Glyph::Clock, "open"),
        Some(said) if said.agreed => (
            seal::entry_confirmed(),
            Tone::Good,
            Glyph::Tick,
            "confirmed",
        ),
        Some(_) => (seal::entry_denied(), Tone::Bad, Glyph::Cross, "denied"),
    };
    let paper = report.paper.then(seal::entry_with_paper);
    let asks = of == session.person() && report.confirmed.is_none();
    let (plan, item, id) = (report.plan, report.item, report.id);
    let say = move |agreed: bool| {
        session.send(Command::ConfirmEntry(ConfirmEntry {
            plan,
            item,
            report: id,
            agreed,
        }));
    };
    Some(view! {
        <span class="list-more" data-entry=key>
            <Badge words=words tone=tone glyph=glyph />
            <span>{report.reason.clone()}</span>
            <span>{paper}</span>
        </span>
        {asks.then(|| view! {
            <span class="row">
                <Button
                    act="confirm-entry"
                    label=seal::entry_confirm()
                    look=Look::Primary
                    glyph=Glyph::Tick
                    on_press=move |()| say(true)
                />
                <Button
                    act="deny-entry"
                    label=seal::entry_deny()
                    glyph=Glyph::Cross
                    on_press=move |()| say(false)
                />
            </span>
        })}
    })
}

/// Entries that somebody made on this person's behalf and that wait for a word; on Today.
#[component]
pub(crate) fn EntriesToConfirm() -> impl IntoView {
    let session = Session::here();
    let waiting = Memo::new(move |_| {
        let me = session.person();
        let world = session.world();
        let documents = world.documents();
        let looked_at = documents.filter(|(_, document)| session.looks_at(document));
        let reports = looked_at.flat_map(|(_, document)| {
            let mine = |report: &&Report| report.of == Some(me) && report.confirmed.is_none();
            document.reports.values().filter(mine).map(|report| {
                let item = document.items.get(&report.item);
                let title = item.map(|item| item.title.clone()).unwrap_or_default();
                (title, report.clone())
            })
        });
        reports.collect::<Vec<_>>()
    });
    view! {
        <Show when=move || waiting.with(|waiting| !waiting.is_empty())>
            <Panel title=seal::entries_to_confirm()>
                <ul class="list" data-list="entries">
                    {move || {
                        let world = session.world_untracked();
                        waiting
                            .get()
                            .into_iter()
                            .map(|(title, report)| view! {
                                <li class="list-head">{title}</li>
                                {report_line(session, &world, &report)}
                            })
                            .collect_view()
                    }}
                </ul>
            </Panel>
        </Show>
    }
}
