//! Inviting the people of a unit: who has joined, a link for each who has not, and a sheet of them
//! to print.
//!
//! A link is told once, because the server keeps no code; a lost one is replaced by another.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{PersonId, UnitId};

use crate::api::{self, Invitation, Member};
use crate::components::{
    Badge, Banner, Button, Empty, Glyph, Look, PageHead, Panel, Person, Tone, WayBack,
};
use crate::i18n::{format, joining as words, names, organisation};
use crate::route::Route;
use crate::session::Session;

/// What the page knows.
#[derive(Clone, Copy)]
struct Page {
    session: Session,
    unit: UnitId,
    members: RwSignal<Option<Vec<Member>>>,
    told: RwSignal<Vec<Invitation>>,
    error: RwSignal<Option<String>>,
}

impl Page {
    fn read(self) {
        spawn_local(async move {
            match api::invitations(self.unit).await {
                Ok(mut members) => {
                    // Who leads the unit begins its plans, and is asked first.
                    members.sort_by_key(|member| (!self.heads(member.person), member.person));
                    self.members.try_set(Some(members));
                }
                Err(failed) => drop(self.error.try_set(Some(failed.words()))),
            }
        });
    }

    fn invite(self, people: Vec<PersonId>) {
        self.error.set(None);
        spawn_local(async move {
            match api::invite(&people).await {
                Ok(told) => {
                    self.told.update(|all| {
                        all.retain(|old| !people.contains(&old.person));
                        all.extend(told);
                    });
                    self.read();
                }
                Err(failed) => self.error.set(Some(failed.words())),
            }
        });
    }

    fn revoke(self, person: PersonId) {
        self.error.set(None);
        spawn_local(async move {
            match api::revoke_invitation(person).await {
                Ok(()) => {
                    self.told
                        .update(|all| all.retain(|old| old.person != person));
                    self.read();
                }
                Err(failed) => self.error.set(Some(failed.words())),
            }
        });
    }

    fn heads(self, person: PersonId) -> bool {
        let (world, today) = (
            self.session.world_untracked(),
            self.session.today_untracked(),
        );
        world.organisation().is_head(person, self.unit, today)
    }

    fn name(self, person: PersonId) -> String {
        names::person_of(self.session.world().organisation(), person)
    }
}

/// The page.
#[component]
pub(crate) fn Invitations(
    /// The unit.
    unit: UnitId,
) -> impl IntoView {
    let session = Session::here();
    let page = Page {
        session,
        unit,
        members: RwSignal::new(None),
        told: RwSignal::new(Vec::new()),
        error: RwSignal::new(None),
    };
    page.read();
    let name = move || names::unit_of(session.world().organisation(), unit);
    let back = WayBack {
        href: Route::Unit(unit).path(),
        words: untrack(name),
    };
    let all = move || {
        let members = page.members.get().unwrap_or_default();
        let not_yet = members
            .into_iter()
            .filter(|member| member.state == "not_invited");
        not_yet.map(|member| member.person).collect::<Vec<_>>()
    };
    view! {
        <div class="page" data-page="invitations">
            <PageHead title=words::invitations() lead=words::invitations_lead().to_owned() back=back>
                <Show when=move || !all().is_empty()>
                    <Button
                        act="invite-all"
                        label=words::invite_all()
                        look=Look::Primary
                        on_press=move |()| page.invite(untrack(all))
                    />
                </Show>
            </PageHead>
            {move || page.error.get().map(|words| view! { <Banner state="bad" words=words /> })}
            {move || cards(page)}
            <div class="no-print">{move || members(page)}</div>
        </div>
    }
}

fn members(page: Page) -> Option<AnyView> {
    let members = page.members.get()?;
    if members.is_empty() {
        let empty = view! {
            <Empty title=words::nobody_here() words=words::nobody_here_words() glyph=Glyph::Me />
        };
        return Some(empty.into_any());
    }
    let lines = members.into_iter().map(move |member| line(page, member));
    let list = view! {
        <Panel title=names::unit_of(page.session.world().organisation(), page.unit)>
            <ul class="list" data-list="members">{lines.collect_view()}</ul>
        </Panel>
    };
    Some(list.into_any())
}

fn line(page: Page, member: Member) -> impl IntoView {
    let Member {
        person,
        state,
        expires_at,
    } = member;
    let (words, tone) = match state.as_str() {
        "joined" => (words::state_joined(), Tone::Good),
        "closed" => (words::state_closed(), Tone::Quiet),
        "invited" => (words::state_invited(), Tone::Accent),
        _ => (words::state_not_invited(), Tone::Quiet),
    };
    let until = expires_at.map(|at| {
        let day = at.day(page.session.world().organisation().utc_offset());
        view! { <span>{words::invited_until(&format::short_day(day))}</span> }
    });
    let invited = state == "invited";
    let label = if invited {
        words::invite_again()
    } else {
        words::invite()
    };
    let invite = (state != "joined" && state != "closed").then(|| {
        view! {
            <Button act="invite" label=label on_press=move |()| page.invite(vec![person]) />
        }
    });
    let revoke = invited.then(|| {
        view! {
            <Button
                act="revoke-invitation"
                label=words::revoke()
                look=Look::Quiet
                on_press=move |()| page.revoke(person)
            />
        }
    });
    view! {
        <li data-item=person.to_string() data-state=state>
            <div class="list-line list-line-acts">
                <span class="stack-tight">
                    <span class="row">
                        <Person name=page.name(person) />
                        {page.heads(person).then(|| view! {
                            <Badge words=organisation::head() tone=Tone::Accent glyph=Glyph::Me />
                        })}
                    </span>
                    <span class="list-more"><Badge words=words tone=tone />{until}</span>
                </span>
                <span class="list-end">{invite}{revoke}</span>
            </div>
        </li>
    }
}

fn cards(page: Page) -> Option<AnyView> {
    let told = page.told.get();
    if told.is_empty() {
        return None;
    }
    let session = page.session;
    let unit = names::unit_of(session.world().organisation(), page.unit);
    let cards = told.into_iter().map(|one| {
        let day = one
            .expires_at
            .day(session.world().organisation().utc_offset());
        let until = words::invited_until(&format::short_day(day));
        view! {
            <li class="invitation" data-item=one.person.to_string()>
                <p class="strong">{page.name(one.person)}</p>
                <p class="faint">{unit.clone()}</p>
                // The server drew it from a link of its own.
                <div class="invitation-code" inner_html=one.picture></div>
                <p class="faint">{words::card_words()}</p>
                <p class="invitation-link" data-field="link">{one.link}</p>
                <p class="faint">{until}</p>
            </li>
        }
    });
    // A link that names this machine alone leads other devices to themselves.
    let only_here = page.told.with(|told| {
        let host = told.first().and_then(|one| one.link.split('/').nth(2));
        host.is_some_and(|host| {
            ["localhost", "127.", "[::1]"]
                .iter()
                .any(|own| host.starts_with(own))
        })
    });
    let only_here = only_here.then(|| {
        view! { <Banner state="warn" words=words::only_here() /> }
    });
    let print = move |()| {
        // A browser that cannot print does nothing.
        let _ = window().print();
    };
    let list = view! {
        <section class="panel" aria-label=words::invitations()>
            <div class="row no-print">
                <Button act="print" label=words::print() on_press=print />
                <span class="faint">{words::told_once()}</span>
            </div>
            {only_here}
            <ul class="invitation-cards" data-list="invitations">{cards.collect_view()}</ul>
        </section>
    };
    Some(list.into_any())
}
