//! What an administrator has to deal with: work that was kept unexecuted, that stands refused with
//! an author who can no longer deal with it, or that a device never brought.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::review::CloseUnapplied;
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, PersonId};
use shared::refusal::Refusal;
use shared::sync::message::Outcome;

use super::{Page, Told};
use crate::api::administration::{self as api, Missed, Standing, Unexecuted};
use crate::components::{Badge, Button, Empty, Facts, Glyph, Look, Panel, Person, Tone};
use crate::i18n::{administration as words, format, names, organisation, refusal};
use crate::pages::form::{Entry, Form};
use crate::session::{renew, work};

/// The panel.
#[component]
pub(super) fn Attention(page: Page, told: Arc<Told>) -> impl IntoView {
    let Told {
        unexecuted,
        unapplied,
        missed,
        ..
    } = &*told;
    let none = unexecuted.is_empty() && unapplied.is_empty() && missed.is_empty();
    let empty = none.then(|| {
        view! {
            <Empty glyph=Glyph::Tick title=words::nothing() words=words::nothing_words() />
        }
    });
    let kept = (!unexecuted.is_empty()).then(|| {
        let lines = unexecuted.iter().map(|one| kept_line(page, one));
        view! {
            <p class="faint">{words::look_binds()}" "{words::release_words()}</p>
            <ul class="list" data-list="unexecuted">{lines.collect_view()}</ul>
        }
    });
    let standing = (!unapplied.is_empty()).then(|| {
        let lines = unapplied.iter().map(|one| standing_line(page, one));
        view! {
            <p class="faint">{words::with_author()}</p>
            <ul class="list" data-list="unapplied">{lines.collect_view()}</ul>
        }
    });
    let away = (!missed.is_empty()).then(|| {
        let lines = missed.iter().map(|one| missed_line(page, one));
        view! {
            <h3>{words::missed()}</h3>
            <p class="faint">{words::missed_words()}</p>
            <ul class="list" data-list="missed">{lines.collect_view()}</ul>
        }
    });
    view! {
        <Panel title=words::attention()>{empty}{kept}{standing}{away}</Panel>
    }
}

/// What was read of a command.
#[derive(Debug, Clone)]
struct Content {
    /// What it did, and on what.
    did: (&'static str, String),
    /// What was written, where one value says it.
    wish: Option<String>,
    /// The command as it was sent.
    bytes: String,
}

fn kept_line(page: Page, one: &Unexecuted) -> impl IntoView + use<> {
    let command = one.command;
    let (state, reason) = match &one.outcome {
        Outcome::Quarantined { refusal } => (words::kept(), Some(refusal)),
        Outcome::Rejected { refusal } => (words::forbidden(), Some(refusal)),
        _ => (words::kept(), None),
    };
    let reason = reason.filter(|reason| **reason != Refusal::Forbidden);
    let reason = reason.map(|reason| view! { <span>{refusal::words(reason)}</span> });
    let ago = format::ago(one.received, page.session.now());
    let content = RwSignal::new(None::<Result<Content, String>>);
    let look = move |()| {
        spawn_local(async move {
            let read = api::content(command).await;
            let read = read.map(|bytes| described(page, bytes));
            content.try_set(Some(read.map_err(|failed| failed.words())));
        });
    };
    view! {
        <li data-item=command.to_string()>
            <div class="list-line list-line-acts">
                <span class="stack-tight">
                    <Person name=page.name(one.actor) />
                    <span class="list-more">
                        <Badge words=state tone=Tone::Warn glyph=Glyph::Lock />
                        <span>{ago}</span>
                        {reason}
                    </span>
                </span>
                <span class="list-end">
                    <Button act="look" label=words::look() look=Look::Quiet on_press=look />
                    <Button
                        act="release"
                        label=words::release()
                        on_press=move |()| release(page, command)
                    />
                </span>
                {move || content.get().map(content_view)}
            </div>
        </li>
    }
}

fn described(page: Page, bytes: String) -> Content {
    let world = page.session.world_untracked();
    let made = MadeCommand::read(&bytes).ok();
    let command = made.as_ref().map(|made| &made.command);
    Content {
        did: work::described(&world, command),
        wish: command.and_then(|command| renew::wish(command, &world)),
        bytes,
    }
}

fn content_view(content: Result<Content, String>) -> AnyView {
    match content {
        Err(words) => view! { <p class="list-whole field-error">{words}</p> }.into_any(),
        Ok(content) => {
            let (what, on) = content.did;
            let wish = content.wish.unwrap_or_default();
            view! {
                <div class="list-whole stack-tight" data-part="content">
                    <p class="strong">{what}</p>
                    <p>{on}</p>
                    <Facts facts=vec![(words::written().to_owned(), wish)] />
                    <details>
                        <summary>{words::raw()}</summary>
                        <pre class="raw">{content.bytes}</pre>
                    </details>
                </div>
            }
            .into_any()
        }
    }
}

fn release(page: Page, command: CommandId) {
    let session = page.session;
    spawn_local(async move {
        match api::release(command).await {
            Ok((true, Outcome::Rejected { .. })) => session.say(words::released_refused()),
            Ok((true, _)) => session.say(words::released()),
            Ok((false, Outcome::Need { .. } | Outcome::Skipped { .. })) => {
                session.complain(words::not_released_after().to_owned());
            }
            Ok((false, _)) => session.complain(words::not_released().to_owned()),
            Err(failed) => session.complain(failed.words()),
        }
        page.read();
    });
}

fn standing_line(page: Page, one: &Standing) -> impl IntoView + use<> {
    let (command, person) = (one.command, one.person);
    let state = if one.held_back {
        words::held_back()
    } else {
        words::refused()
    };
    let ago = format::ago(one.recorded, page.session.now());
    let close = page
        .sheet
        .small("close-unapplied", words::close_standing(), move || {
            closing(page, command, person)
        });
    view! {
        <li data-item=command.to_string()>
            <div class="list-line list-line-acts">
                <span class="stack-tight">
                    <Person name=page.name(person) />
                    <span class="list-more">
                        <Badge words=state tone=Tone::Bad glyph=Glyph::Warning />
                        <span>{ago}</span>
                    </span>
                </span>
                <span class="list-end">{close}</span>
            </div>
        </li>
    }
}

fn closing(page: Page, command: CommandId, person: PersonId) -> Form {
    let world = page.session.world_untracked();
    let name = names::person_of(world.organisation(), person);
    let entries = vec![Entry::lines("reason", words::reason())];
    Form::new(
        "save-close",
        words::close_standing(),
        entries,
        move |answers| {
            let closed = CloseUnapplied {
                command,
                person,
                reason: answers.filled("reason", words::reason())?,
            };
            Ok(Command::CloseUnapplied(closed).into())
        },
    )
    .titled(organisation::title_for(words::close_standing(), &name))
    .lead("binds", words::with_author())
}

fn missed_line(page: Page, one: &Missed) -> impl IntoView + use<> {
    let (count, tone) = if one.lost > 0 {
        (words::lost(&one.lost.to_string()), Tone::Bad)
    } else {
        (words::unsent(&one.unsent.to_string()), Tone::Warn)
    };
    let ago = format::ago(one.seen, page.session.now());
    view! {
        <li data-item=one.device.to_string()>
            <div class="list-line">
                <span class="stack-tight">
                    <Person name=page.name(one.person) />
                    <span class="list-more">
                        <Badge words=count tone=tone glyph=Glyph::Device />
                        <span>{ago}</span>
                    </span>
                </span>
            </div>
        </li>
    }
}
