//! Everybody with how they sign in and when they were last here; each leads to the person's page,
//! where accounts are given and taken away.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::PersonId;
use shared::moment::UtcMillis;

use super::{Page, Told};
use crate::api::administration::Access;
use crate::components::{Badge, Empty, Field, Glyph, Icon, Panel, Person, Tone};
use crate::i18n::{administration as words, format};
use crate::route::Route;

/// How many people are shown at once; the rest is searched for.
const MOST_PEOPLE: usize = 50;

/// The panel.
#[component]
pub(super) fn Accounts(page: Page, told: Arc<Told>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    view! {
        <Panel title=words::accounts()>
            <Field name="search-accounts" label=words::search() value=search />
            {move || {
                let wanted = search.with(|text| text.trim().to_lowercase());
                list(page, &told, &wanted)
            }}
        </Panel>
    }
}

fn list(page: Page, told: &Told, wanted: &str) -> AnyView {
    let world = page.session.world();
    let none = Access::default();
    let of = |person| told.accounts.get(person).unwrap_or(&none);
    let people = world.organisation().people.values();
    let mut found: Vec<_> = people
        .map(|person| (person.name.clone(), person.id, of(&person.id)))
        .filter(|(name, _, access)| {
            let login = access.login.as_deref().unwrap_or_default();
            name.to_lowercase().contains(wanted) || login.contains(wanted)
        })
        .collect();
    if found.is_empty() {
        return view! { <Empty glyph=Glyph::Search title=words::nobody() /> }.into_any();
    }
    found.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let more = found.len().saturating_sub(MOST_PEOPLE);
    let lines: Vec<_> = found
        .into_iter()
        .take(MOST_PEOPLE)
        .map(|(name, person, access)| line(page, person, name, access))
        .collect();
    let more = (more > 0).then(|| {
        view! { <p class="faint">{words::more_people(&more.to_string())}</p> }
    });
    view! { <ul class="list" data-list="accounts">{lines}</ul> {more} }.into_any()
}

/// The badge of how somebody stands to signing in.
pub(super) fn standing(access: &Access) -> (&'static str, Tone) {
    match access {
        Access {
            closed: Some(_), ..
        } => (words::closed(), Tone::Warn),
        Access { login: Some(_), .. } => (words::can_sign_in(), Tone::Good),
        Access {
            invited: Some(_), ..
        } => (words::invited(), Tone::Accent),
        _ => (words::no_account(), Tone::Quiet),
    }
}

/// When somebody was last here.
fn last_seen(access: &Access) -> Option<UtcMillis> {
    let devices = access.devices.iter().map(|device| device.seen);
    devices
        .chain(access.sessions.iter().map(|live| live.used))
        .max()
}

fn line(page: Page, person: PersonId, name: String, access: &Access) -> impl IntoView + use<> {
    let (state, tone) = standing(access);
    let now = page.session.now();
    let devices = access.devices.len();
    let devices = (devices > 0).then(|| {
        view! { <span>{words::devices_of(&devices.to_string())}</span> }
    });
    let seen = last_seen(access).map(|seen| {
        view! { <span>{words::last_seen(&format::ago(seen, now))}</span> }
    });
    let unsent: u32 = access.devices.iter().map(|device| device.unsent).sum();
    let unsent = (unsent > 0).then(|| {
        view! { <Badge words=words::unsent(&unsent.to_string()) tone=Tone::Warn glyph=Glyph::Device /> }
    });
    view! {
        <li data-item=person.to_string()>
            <a class="list-line" href=Route::Person(person).path() data-act="open-person">
                <span class="stack-tight">
                    <Person name=name />
                    <span class="list-more">
                        <Badge words=state tone=tone />
                        <span>{access.login.clone()}</span>
                        {devices}
                        {seen}
                        {unsent}
                    </span>
                </span>
                <Icon glyph=Glyph::Forward />
            </a>
        </li>
    }
}
