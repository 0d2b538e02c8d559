//! The sync centre: each piece of work that is on its way, what was refused and what to do about
//! it, and the state of this device's storage.

use leptos::prelude::*;
use shared::refusal::Refusal;
use shared::sync::schedule::State;

use crate::components::{
    Badge, Banner, Button, Empty, Facts, Glyph, Look, PageHead, Panel, Tone, Whereabouts, WorkState,
};
use crate::i18n::{format, names, plan, refusal, session as session_words, work};
use crate::pages::gate::SignInForm;
use crate::route::Route;
use crate::session::work::{Act, Queued, Refused};
use crate::session::{BUILD, Session, renew};

mod copy;
mod files;
mod storage;

use files::Files;
use storage::Storage;

/// A clock that differs by less is not worth a word, in milliseconds.
const CLOCK_TOLERANCE: i64 = 120_000;

/// The page.
#[component]
pub(crate) fn SyncCentre() -> impl IntoView {
    let session = Session::here();
    let needs_auth = move || session.looping().status().state == State::NeedsAuth;
    view! {
        <div class="page" data-page="sync">
            <PageHead title=work::sync_centre() lead=work::sync_centre_words().to_owned()>
                <Button
                    act="sync-now"
                    label=work::sync_now()
                    glyph=Glyph::Turning
                    on_press=move |()| session.looping().now(session)
                />
            </PageHead>
            <Show when=move || session.is_storage_broken()>
                <Banner state="bad" words=work::not_saved() />
            </Show>
            <Show when=needs_auth>
                <Panel title=session_words::sign_in()>
                    <p>{session_words::sign_in_again_words()}</p>
                    <SignInForm />
                </Panel>
            </Show>
            <div class="columns columns-aside">
                <div class="stack">
                    <NeedsMe />
                    <Queue />
                </div>
                <div class="stack aside">
                    <Contact />
                    <Storage />
                </div>
            </div>
        </div>
    }
}

#[component]
fn NeedsMe() -> impl IntoView {
    let session = Session::here();
    view! {
        <Panel title=work::attention()>
            {move || {
                let picture = session.work();
                if picture.refused.is_empty() {
                    return view! { <p class="faint">{work::attention_empty()}</p> }.into_any();
                }
                let held_back: Vec<&Refused> =
                    picture.refused.iter().filter(|refused| refused.because.is_some()).collect();
                let lines = picture
                    .refused
                    .iter()
                    .map(|refused| {
                        let because = held_back
                            .iter()
                            .filter(|held| held.because == Some(refused.act.id))
                            .count();
                        refused_line(session, refused.clone(), because)
                    })
                    .collect_view();
                view! { <ul class="list" data-list="attention">{lines}</ul> }.into_any()
            }}
        </Panel>
    }
}

fn refused_line(session: Session, refused: Refused, held_back: usize) -> impl IntoView {
    let id = refused.act.id;
    let state = refused.act.state;
    let reason = refused.refusal.as_ref().map(refusal::words);
    let current = match &refused.refusal {
        Some(Refusal::ChangedMeanwhile { current, .. }) => Some(names::value(current)),
        _ => None,
    };
    let world = session.world_untracked();
    let wish = refused
        .command
        .as_ref()
        .and_then(|command| renew::wish(command, &world));
    let released = state == WorkState::Accepted;
    let later = released.then(work::released_words);
    let elsewhere = (refused.elsewhere && !released).then(work::made_elsewhere);
    let again = refused
        .command
        .as_ref()
        .filter(|_| !released)
        .and_then(|command| renew::renewed(command, &world, session.person()));
    let plan = refused.act.plan;
    let mut facts = Vec::new();
    if let Some(wish) = wish {
        facts.push((work::your_value().to_owned(), wish));
    }
    if let Some(current) = current {
        facts.push((work::current_value().to_owned(), current));
    }
    let held = refused.because.is_some().then(work::held_back_words);
    view! {
        <li data-item=id.to_string() data-state=state.key()>
            <div class="list-line list-line-tall">
                {act_words(session, refused.act)}
                <Whereabouts state=state />
                <div class="list-whole stack">
                    {reason.map(|words| view! { <p data-part="reason">{words}</p> })}
                    {held.map(|words| view! { <p data-part="reason">{words}</p> })}
                    {later.map(|words| view! { <p data-part="reason">{words}</p> })}
                    {elsewhere.map(|words| view! { <p class="faint">{words}</p> })}
                    {(held_back > 0).then(|| view! {
                        <p class="faint">{work::held_back_count(&held_back.to_string())}</p>
                    })}
                    {(!facts.is_empty()).then(|| view! { <Facts facts=facts /> })}
                    <div class="row">
                        {again.map(|command| view! {
                            <Button
                                act="reapply"
                                label=work::reapply()
                                look=Look::Primary
                                on_press=move |()| session.reapply(id, command.clone())
                            />
                        })}
                        {plan.map(|plan| view! {
                            <a class="button" href=Route::Plan(plan).path() data-act="open-plan">
                                {plan::edit_item()}
                            </a>
                        })}
                        <Button
                            act="discard"
                            label=if released { work::noted() } else { work::discard() }
                            look=if released { Look::Plain } else { Look::Danger }
                            on_press=move |()| session.discard(id)
                        />
                    </div>
                </div>
            </div>
        </li>
    }
}

fn act_words(session: Session, act: Act) -> impl IntoView {
    let at = act.at;
    let age = move || at.map(|at| format::ago(at, session.now()));
    view! {
        <span class="stack-tight">
            <span class="list-title">{act.what}</span>
            <span class="list-more"><span>{act.on}</span><span>{age}</span></span>
        </span>
    }
}

#[component]
fn Queue() -> impl IntoView {
    let session = Session::here();
    let count = move || {
        let count = session.work().queue.len();
        (count > 0).then(|| {
            view! {
                <span class="figure faint">{work::queue_count(&count.to_string())}</span>
            }
        })
    };
    view! {
        <Panel title=work::queue() beside=ViewFn::from(count)>
            {move || {
                let picture = session.work();
                if picture.queue.is_empty() {
                    return view! {
                        <Empty glyph=Glyph::Cloud title=work::queue_empty() />
                    }
                    .into_any();
                }
                let lines =
                    picture.queue.iter().map(|queued| queue_line(session, queued)).collect_view();
                view! { <ul class="list" data-list="queue">{lines}</ul> }.into_any()
            }}
            <Files />
            <copy::CopyOfWork />
        </Panel>
    }
}

fn queue_line(session: Session, queued: &Queued) -> impl IntoView + use<> {
    let Queued {
        act,
        unchecked,
        unfolded,
        doubt,
    } = queued.clone();
    let (id, state) = (act.id, act.state);
    view! {
        <li data-item=id.to_string() data-state=state.key()>
            <div class="list-line">
                {act_words(session, act)}
                <span class="list-end">
                    {unchecked.then(|| view! {
                        <Badge words=work::to_be_checked() tone=Tone::Warn />
                    })}
                    <Whereabouts state=if state == WorkState::Accepted { state } else { WorkState::Kept } />
                </span>
                {unfolded.then(|| view! { <p class="list-whole faint">{work::unfolded()}</p> })}
                {doubt.map(|refused| view! {
                    <p class="list-whole field-error">{refusal::words(&refused)}</p>
                })}
            </div>
        </li>
    }
}

#[component]
fn Contact() -> impl IntoView {
    let session = Session::here();
    let facts = move || {
        let status = session.looping().status();
        let contact = status.contact.map_or_else(
            || work::never().to_owned(),
            |contact| format::ago(contact, session.now()),
        );
        let offset = session.device().clock_offset().abs();
        let clock = if offset < CLOCK_TOLERANCE {
            work::clock_fine().to_owned()
        } else {
            work::clock_off(&(offset / 60_000).to_string())
        };
        vec![
            (work::last_contact().to_owned(), contact),
            (work::clock().to_owned(), clock),
            (work::version().to_owned(), BUILD.to_owned()),
        ]
    };
    view! {
        <Panel title=work::last_contact()>
            {move || view! { <Facts facts=facts() /> }}
        </Panel>
    }
}
