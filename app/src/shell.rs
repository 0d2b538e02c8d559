//! Header, navigation, messages, and the screen for the route.

use leptos::ev;
use leptos::prelude::*;
use shared::moment::UtcMillis;
use shared::permission;

use crate::app::Reader;
use crate::components::{Banner, Button, Empty, Glyph, Icon, Look, Mark, SyncLight, Toasts};
use crate::device;
use crate::glance;
use crate::i18n::{common, joining, names, search, session as session_words, work};
use crate::inside::SignOut;
use crate::navigation::Navigation;
use crate::notify;
use crate::operators;
use crate::pages::chunks::Chunks;
use crate::pages::{AsOf, Home, Leading, NextStep, NotFound, Plans, Searching, pressing_count};
use crate::route::Route;
use crate::session::Session;
use crate::timer;
use crate::update;

mod keys;

pub(crate) use keys::KeysShown;

use keys::Keys;

/// The shell.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let chunks = Chunks::fetch();
    provide_context(chunks);
    notify::watch(session);
    glance::follow(session, navigation);
    provide_context(AsOf::today());
    provide_context(Searching::nothing());
    Leading::provide(session, navigation);
    keys::listen(navigation);
    let holds_data = Memo::new(move |_| {
        session.world();
        session.looping().holds_data()
    });
    let screen = move || match navigation.route() {
        route if !holds_data.get() && needs_data(route) => view! { <Filling /> }.into_any(),
        Route::Home => view! { <Home /> }.into_any(),
        Route::Plans => view! { <Plans /> }.into_any(),
        Route::NotFound => view! { <NotFound /> }.into_any(),
        route => chunks.screen(route),
    };
    let undo = move || {
        session.offers_undo().then(|| {
            view! {
                <Button
                    act="undo"
                    label=common::undo()
                    look=Look::Quiet
                    glyph=Glyph::Return
                    on_press=move |()| session.take_back()
                />
            }
        })
    };
    let toasts = Signal::derive(move || session.toasts());
    view! {
        <div class="shell">
            <a class="skip" href="#main">{common::skip()}</a>
            <Header />
            <Nav />
            <main id="main" class="main" tabindex="-1">
                <Show when=move || session.is_storage_broken()>
                    <Banner state="bad" words=work::not_saved() />
                </Show>
                <NewVersion />
                <NextStep />
                {screen}
            </main>
            <Toasts
                toasts=toasts
                on_dismiss=move |id| session.dismiss(id)
                act=ViewFn::from(undo)
            />
            <Keys />
        </div>
    }
}

/// Says whether a screen shows what the server gives, and would be empty without.
const fn needs_data(route: Route) -> bool {
    !matches!(route, Route::Sync | Route::Me | Route::NotFound)
}

/// What stands in place of a screen until the device was given its data for the first time: an
/// empty list would say that there is nothing.
#[component]
fn Filling() -> impl IntoView {
    let session = Session::here();
    let offline = Memo::new(move |_| session.is_offline());
    view! {
        <div class="page" data-page="filling">
            {move || if offline.get() {
                view! {
                    <Empty
                        glyph=Glyph::CloudOff
                        title=work::not_filled()
                        words=work::not_filled_words()
                    />
                }
            } else {
                view! {
                    <Empty
                        glyph=Glyph::Turning
                        title=work::filling()
                        words=work::filling_words()
                    />
                }
            }}
        </div>
    }
}

/// Offers a new build, which takes over only when the person asks.
#[component]
fn NewVersion() -> impl IntoView {
    let waiting = update::waiting();
    view! {
        <Show when=move || waiting.get()>
            <Banner state="quiet" words=session_words::new_version()>
                <Button
                    act="update"
                    label=session_words::reload()
                    on_press=move |()| update::activate()
                />
            </Banner>
        </Show>
    }
}

#[component]
fn Header() -> impl IntoView {
    let session = Session::here();
    let light = Signal::derive(move || session.light());
    let company = move || {
        let world = session.world();
        let organisation = world.organisation();
        organisation
            .company
            .as_ref()
            .map(|company| names::unit_of(organisation, company.root))
    };
    let me = move || names::person_of(session.world().organisation(), session.person());
    let sign_out = expect_context::<SignOut>();
    let lock = device::lock_minutes().map(|minutes| {
        lock_when_idle(session, sign_out, minutes);
        view! {
            <Button
                act="switch-operator"
                label=joining::switch_operator()
                look=Look::Quiet
                glyph=Glyph::Lock
                picture_only=true
                on_press=move |()| sign_out.lock(session)
            />
        }
    });
    view! {
        <header class="header">
            <a class="brand" href="/">
                <Mark class="brand-mark" />
                <span>{common::product()}</span>
            </a>
            <span class="company wide-only">{company}</span>
            <SyncLight light=light href=Route::Sync.path() />
            {lock}
            <a
                class="button button-quiet button-icon"
                href=Route::Search.path()
                data-act="open-search"
                title=search::open()
                aria-label=search::open()
            >
                <Icon glyph=Glyph::Search />
            </a>
            <LanguageSwitch />
            <a class="header-person wide-only" href=Route::Me.path()>{me}</a>
        </header>
    }
}

/// How often one looks whether the device is idle, in milliseconds.
const IDLE_LOOK: u32 = 10_000;

/// Locks the session when nobody touched the device for so many minutes.
fn lock_when_idle(session: Session, sign_out: SignOut, minutes: u32) {
    let touched = StoredValue::new(operators::now());
    let touch = move || {
        // The last touch of a screen that goes is heard by nobody.
        let _ = touched.try_set_value(operators::now());
    };
    let by_hand = window_event_listener(ev::pointerdown, move |_| touch());
    let by_key = window_event_listener(ev::keydown, move |_| touch());
    on_cleanup(move || {
        by_hand.remove();
        by_key.remove();
    });
    look_again(session, sign_out, touched, i64::from(minutes) * 60_000);
}

fn look_again(session: Session, sign_out: SignOut, touched: StoredValue<UtcMillis>, most: i64) {
    timer::after(IDLE_LOOK, move || {
        // A screen that is gone holds no value, and is looked at no more.
        let Some(last) = touched.try_get_value() else {
            return;
        };
        if operators::now().0 - last.0 > most {
            sign_out.lock(session);
        } else {
            look_again(session, sign_out, touched, most);
        }
    });
}

/// Switches between Chinese and English.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let reader = expect_context::<Reader>();
    view! {
        <button
            class="button button-quiet"
            type="button"
            data-act="switch-language"
            title=common::language_switch()
            on:click=move |_| reader.switch()
        >
            {common::language_other()}
        </button>
    }
}

#[component]
fn Nav() -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let review = Memo::new(move |_| pressing_count(session));
    let reminders = Memo::new(move |_| notify::count(session));
    let none = Signal::stored(0_usize);
    // Who judges nobody is not led to where one judges.
    let judges = Memo::new(move |_| {
        let (world, today) = (session.world(), session.today());
        let works = permission::only_carries_out(world.organisation(), session.person(), today);
        !works || review.get() > 0
    });
    let link = move |route: Route, glyph: Glyph, words: &'static str, count: Signal<usize>| {
        let current = move || (navigation.route().section() == route).then_some("page");
        let wide = route == Route::Organisation;
        view! {
            <li class:nav-wide=wide>
                <a class="nav-link" href=route.path() aria-current=current>
                    <Icon glyph=glyph />
                    <span>{words}</span>
                    {move || {
                        let count = count.get();
                        (count > 0).then(|| view! { <span class="nav-count">{count}</span> })
                    }}
                </a>
            </li>
        }
    };
    view! {
        <nav class="nav" aria-label=common::main_navigation()>
            <ul class="nav-list">
                {link(Route::Home, Glyph::Today, common::today(), reminders.into())}
                {link(Route::Plans, Glyph::Plan, common::plans(), none)}
                {link(Route::Reports, Glyph::Report, common::reports(), none)}
                {move || judges.get().then(|| {
                    link(Route::Review, Glyph::Review, common::review(), review.into())
                })}
                {link(Route::Organisation, Glyph::Organisation, common::organisation(), none)}
                {link(Route::Me, Glyph::Me, common::me(), none)}
            </ul>
        </nav>
    }
}
