//! Oneself and this device: posts, language, light, signing out.

use leptos::prelude::*;
use shared::ledger::waiting;
use shared::permission;

use crate::app::Reader;
use crate::components::{
    Banner, Button, Choice, Glyph, Icon, Look, PageHead, Panel, Person, Pick, Select,
};
use crate::device::{self, Notify, Theme};
use crate::i18n::{
    self, Language, administration, common, keys, ledger, lists, names, payroll, session as words,
    today, work,
};
use crate::inside::SignOut;
use crate::notify::{self, Permission};
use crate::pages::organisation::administers;
use crate::route::Route;
use crate::session::Session;
use crate::shell::KeysShown;

mod delegations;
mod shared_device;

pub(crate) use delegations::Delegations;
use shared_device::SharedDevice;

/// The page.
#[component]
pub(crate) fn Me() -> impl IntoView {
    let session = Session::here();
    let sign_out = expect_context::<SignOut>();
    let me = session.person();
    let name = move || names::person_of(session.world().organisation(), me);
    let posts = move || {
        let world = session.world();
        let organisation = world.organisation();
        let today = session.today();
        let lines: Vec<_> = organisation
            .assignments_of(me, today)
            .map(|post| {
                let unit = names::unit_of(organisation, post.unit);
                let words = format!("{unit} · {} · {}", post.post, names::tenure(post.tenure));
                view! { <li>{words}</li> }
            })
            .collect();
        if lines.is_empty() {
            view! { <p class="faint">{words::no_posts()}</p> }.into_any()
        } else {
            view! { <ul>{lines}</ul> }.into_any()
        }
    };
    let KeysShown(keys_shown) = expect_context();
    let desk = device::is_desk();
    let unsent = move || session.unsent() > 0;
    let administers = administers(session);
    let runs = Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), me, session.today())
    });
    let pays = Memo::new(move |_| {
        let world = session.world();
        permission::may_pay(world.organisation(), me, session.today())
    });
    view! {
        <div class="page" data-page="me">
            <PageHead title=common::me() />
            <div class="columns columns-two">
                <div class="stack">
                    <Panel title=words::signed_in_as()>
                        {move || view! { <Person name=name() /> }}
                        {posts}
                        <Show when=unsent>
                            <Banner state="warn" words=words::sign_out_unsent() />
                        </Show>
                        <div class="row">
                            <Button
                                act="sign-out"
                                label=words::sign_out()
                                on_press=move |()| sign_out.run(session)
                            />
                            <Show when=move || desk.get()>
                                <Button
                                    act="show-keys"
                                    label=keys::show()
                                    look=Look::Quiet
                                    on_press=move |()| keys_shown.set(true)
                                />
                            </Show>
                        </div>
                    </Panel>
                    <Panel title=words::administration()>
                        <ul class="list">
                            {link(Route::Organisation, Glyph::Organisation, common::organisation())}
                            {move || runs.get().then(|| {
                                link(Route::Import, Glyph::Import, common::import())
                            })}
                            {move || link(Route::OwnEntries, Glyph::Tray, own_entries(session))}
                            {link(Route::Fund, Glyph::Balance, ledger::fund())}
                            {move || pays.get().then(|| {
                                link(Route::Payroll, Glyph::Balance, payroll::payroll())
                            })}
                            {link(Route::OwnSlips, Glyph::File, payroll::own_slips())}
                            {link(Route::Lists, Glyph::Plan, lists::lists())}
                            {link(Route::Sync, Glyph::Cloud, work::sync_centre())}
                            {move || administers.get().then(|| {
                                link(Route::Administration, Glyph::Lock, administration::title())
                            })}
                        </ul>
                    </Panel>
                    <Delegations person=me />
                    <Reminders />
                </div>
                <div class="stack">
                    <Settings />
                    <SharedDevice />
                </div>
            </div>
        </div>
    }
}

/// The words that lead to one's own entries, with how many wait for an answer. Observed.
fn own_entries(session: Session) -> String {
    match waiting::to_answer(&session.world(), session.person()) {
        0 => ledger::own_entries().to_owned(),
        more => common::both(ledger::own_entries(), &ledger::waiting(&more.to_string())),
    }
}

fn link(route: Route, glyph: Glyph, words: impl Into<String>) -> impl IntoView {
    let words = words.into();
    view! {
        <li>
            <a class="list-line" href=route.path()>
                <span class="row"><Icon glyph=glyph />{words}</span>
                <Icon glyph=Glyph::Forward />
            </a>
        </li>
    }
}

#[component]
fn Settings() -> impl IntoView {
    let reader = expect_context::<Reader>();
    let theme = RwSignal::new(device::theme().key().to_owned());
    let themes = vec![
        Pick::new(Theme::System.key(), common::theme_system()),
        Pick::new(Theme::Light.key(), common::theme_light()),
        Pick::new(Theme::Dark.key(), common::theme_dark()),
        Pick::new(Theme::Contrast.key(), common::theme_contrast()),
    ];
    let size = RwSignal::new(device::size().to_owned());
    let sizes = device::SIZES.map(|size| Pick::new(size, format!("{size} %")));
    let languages = vec![
        Pick::new(Language::Chinese.key(), words::chinese()),
        Pick::new(Language::English.key(), words::english()),
    ];
    let language = i18n::language().key().to_owned();
    let choose_theme = move |key: String| {
        device::choose_theme(Theme::from_key(&key));
        theme.set(key);
    };
    view! {
        <Panel title=words::this_device()>
            <Choice
                name="language"
                label=words::language()
                picks=languages
                value=Signal::stored(language.clone())
                on_choose=move |key| if key != language { reader.switch() }
            />
            <Choice
                name="theme"
                label=common::theme()
                picks=themes
                value=theme
                on_choose=choose_theme
            />
            <Choice
                name="size"
                label=common::text_size()
                picks=sizes.to_vec()
                value=size
                on_choose=move |key: String| { device::choose_size(&key); size.set(key) }
            />
        </Panel>
    }
}

/// Whether the device knocks, and when it stays quiet.
#[component]
fn Reminders() -> impl IntoView {
    let chosen = RwSignal::new(device::notify());
    let permission = RwSignal::new(notify::permission());
    let keep = move |notify: Notify| {
        device::choose_notify(notify);
        chosen.set(notify);
    };
    let choose = move |key: String| {
        let now = chosen.get_untracked();
        if key == "off" {
            return keep(Notify { on: false, ..now });
        }
        notify::ask(move |found| {
            permission.set(found);
            keep(Notify {
                on: found == Permission::Granted,
                ..now
            });
        });
    };
    let picks = vec![
        Pick::new("off", today::notify_off()),
        Pick::new("on", today::notify_on()),
    ];
    let on = move || chosen.with(|chosen| chosen.on) && permission.get() == Permission::Granted;
    let value = Signal::derive(move || if on() { "on" } else { "off" }.to_owned());
    let why_not = move || match permission.get() {
        Permission::Missing => Some(today::notify_missing()),
        Permission::Denied => Some(today::notify_denied()),
        Permission::Open | Permission::Granted => None,
    };
    let hour = |name: &'static str,
                label: &'static str,
                read: fn(Notify) -> u32,
                write: fn(&mut Notify, u32)| {
        view! {
            <Select
                name=name
                label=label
                picks=Signal::stored(hours())
                value=Signal::derive(move || read(chosen.get()).to_string())
                on_choose=move |key: String| {
                    let mut next = chosen.get_untracked();
                    write(&mut next, key.parse().unwrap_or(0));
                    keep(next);
                }
            />
        }
    };
    let from = hour(
        "quiet-from",
        today::quiet_from(),
        |notify| notify.quiet.from,
        |notify, minute| notify.quiet.from = minute,
    );
    let to = hour(
        "quiet-to",
        today::quiet_to(),
        |notify| notify.quiet.to,
        |notify, minute| notify.quiet.to = minute,
    );
    view! {
        <Panel title=today::reminders()>
            <p class="faint small">{today::reminders_words()}</p>
            <Choice
                name="notify"
                label=today::notify()
                picks=picks
                value=value
                fixed=Signal::derive(move || why_not().is_some())
                on_choose=choose
            />
            {move || why_not().map(|words| view! { <p class="why-not">{words}</p> })}
            <div class="fields fields-two">{from}{to}</div>
            <p class="faint small">{today::quiet_words()}</p>
        </Panel>
    }
}

/// The whole hours of a day, by their minute.
fn hours() -> Vec<Pick> {
    (0..24_u32)
        .map(|hour| Pick::new((hour * 60).to_string(), format!("{hour:02}:00")))
        .collect()
}
