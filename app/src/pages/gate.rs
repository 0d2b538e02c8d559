//! Before the session: first run, and signing in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::regime::preset::Founding;

use crate::api::{self, Demo};
use crate::app::Enter;
use crate::components::{
    Banner, Button, Field, FieldKind, Glyph, Insecure, Look, Mark, Panel, Person, Pick, Select,
};
use crate::fetch::FetchError;
use crate::i18n::{common, names, session as words};
use crate::shell::LanguageSwitch;

/// The frame: mark, title, a line of lead, and what stands below.
#[component]
pub(crate) fn Gate(
    /// The title.
    title: &'static str,
    /// The line below it.
    lead: &'static str,
    /// Whether it needs room for two columns.
    #[prop(optional)]
    wide: bool,
    /// The rest.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="gate" class:gate-wide=wide id="main" tabindex="-1">
            <div class="gate-head">
                <Mark class="gate-mark" />
                <h1>{title}</h1>
                <p class="page-lead">{lead}</p>
            </div>
            {children()}
            <Insecure state="warn" />
            <div class="gate-foot"><LanguageSwitch /></div>
        </main>
    }
}

/// Signing in.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    view! {
        <Gate title=common::product() lead=words::sign_in_words()>
            <div class="panel"><SignInForm /></div>
        </Gate>
    }
}

/// The server is out of reach and nobody was here before.
#[component]
pub(crate) fn Unreachable(
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <Gate title=common::product() lead=words::server_unreachable()>
            <Button
                act="retry"
                label=words::reload_now()
                look=Look::Primary
                glyph=Glyph::Turning
                on_press=move |()| on_retry.run(())
            />
        </Gate>
    }
}

/// The form of signing in, also for signing in again.
#[component]
pub(crate) fn SignInForm(
    /// A sign-in name to begin with.
    #[prop(optional, into)]
    login: String,
    /// A password to begin with; the demo factory's.
    #[prop(optional, into)]
    password: String,
) -> impl IntoView {
    let enter = expect_context::<Enter>();
    let login = RwSignal::new(login);
    let password = RwSignal::new(password);
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let sign_in = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer =
                api::sign_in(login.get_untracked().trim(), &password.get_untracked()).await;
            busy.set(false);
            match answer {
                Ok(person) => enter.run(person),
                Err(failed) => error.set(Some(failed.words())),
            }
        });
    };
    let why_not = Signal::derive(move || busy.get().then(String::new));
    view! {
        <form class="stack" data-part="sign-in" on:submit=sign_in>
            <Field name="login" label=words::login() value=login kind=FieldKind::Login />
            <Field
                name="password"
                label=words::password()
                value=password
                kind=FieldKind::Password
            />
            {move || error.get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <Button
                act="sign-in"
                label=words::sign_in()
                look=Look::Primary
                why_not=why_not
            />
        </form>
    }
}

/// First run: make the administrator, or load the demo factory.
#[component]
pub(crate) fn FirstRun() -> impl IntoView {
    let demo = RwSignal::new(None::<Demo>);
    move || match demo.get() {
        Some(demo) => view! { <DemoReady demo=demo /> }.into_any(),
        None => view! {
            <Gate title=words::first_run() lead=words::first_run_words() wide=true>
                <div class="columns columns-two">
                    <Administrator />
                    <LoadDemo demo=demo />
                </div>
            </Gate>
        }
        .into_any(),
    }
}

#[component]
fn Administrator() -> impl IntoView {
    let enter = expect_context::<Enter>();
    let company = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let login = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let preset = RwSignal::new(String::new());
    let error = RwSignal::new(None::<FetchError>);
    let busy = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let is_open = |field: &String| field.trim().is_empty();
    // Said once somebody wanted to go on, beside the field, and before the server is asked.
    let open = move |field: RwSignal<String>| {
        let words = move || (tried.get() && field.with(is_open)).then(words::fill_in);
        Signal::derive(move || words().map(ToOwned::to_owned))
    };
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let all = [company, name, login, password];
        if busy.get_untracked() || all.iter().any(|field| field.with_untracked(is_open)) {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = api::install(
                company.get_untracked().trim(),
                name.get_untracked().trim(),
                login.get_untracked().trim(),
                &password.get_untracked(),
                &preset.get_untracked(),
            )
            .await;
            busy.set(false);
            match answer {
                Ok(person) => enter.run(person),
                Err(failed) => error.set(Some(failed)),
            }
        });
    };
    let why_not = Signal::derive(move || busy.get().then(String::new));
    view! {
        <Panel title=words::make_administrator()>
            <form class="stack" data-part="administrator" on:submit=create>
                <Field name="company" label=words::company() value=company error=open(company) />
                <Field name="name" label=words::your_name() value=name error=open(name) />
                <Field
                    name="login"
                    label=words::login()
                    value=login
                    kind=FieldKind::Login
                    error=open(login)
                />
                <Field
                    name="password"
                    label=words::password()
                    value=password
                    kind=FieldKind::Password
                    error=open(password)
                    hint=Some(words::password_hint().to_owned())
                />
                <FirstRegime chosen=preset />
                {move || error.get().map(|failed| view! {
                    <p class="field-error" role="alert" data-part="refusal">{failed.words()}</p>
                })}
                <Button
                    act="create-administrator"
                    label=words::create()
                    look=Look::Primary
                    why_not=why_not
                />
            </form>
        </Panel>
    }
}

/// The regime with which a company begins; the server says which is chosen unless somebody chooses.
#[component]
fn FirstRegime(chosen: RwSignal<String>) -> impl IntoView {
    let choices = api::first_choices();
    let suggested = choices
        .iter()
        .find(|one| one.founding == Founding::Suggested);
    chosen.set(suggested.map_or_else(String::new, |one| one.key.clone()));
    let mut offered = choices;
    offered.retain(|one| one.founding != Founding::Always);
    let pick = |one: &api::FirstChoice| Pick::new(one.key.clone(), names::name(&one.name));
    let mut picks: Vec<Pick> = offered.iter().map(pick).collect();
    picks.push(Pick::new("", words::choose_later()));
    view! {
        <div class="field">
            <Select
                name="preset"
                label=words::first_regime()
                picks=picks
                value=chosen
                on_choose=move |key| chosen.set(key)
            />
            <span class="field-hint">{words::first_regime_hint()}</span>
        </div>
    }
}

#[component]
fn LoadDemo(demo: RwSignal<Option<Demo>>) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let load = move |()| {
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = api::install_demo().await;
            busy.set(false);
            match answer {
                Ok(loaded) => demo.set(Some(loaded)),
                Err(failed) => error.set(Some(failed.words())),
            }
        });
    };
    let why_not = Signal::derive(move || busy.get().then(String::new));
    view! {
        <Panel title=words::load_demo()>
            <p>{words::load_demo_words()}</p>
            {move || error.get().map(|words| view! { <Banner state="bad" words=words /> })}
            <Button
                act="load-demo"
                label=words::load_demo()
                glyph=Glyph::Plan
                why_not=why_not
                on_press=load
            />
        </Panel>
    }
}

#[component]
fn DemoReady(demo: Demo) -> impl IntoView {
    let enter = expect_context::<Enter>();
    let error = RwSignal::new(None::<String>);
    let Demo { password, accounts } = demo;
    let secret = StoredValue::new(password.clone());
    let lines = accounts
        .into_iter()
        .map(|account| {
            let (key, name) = (account.login.clone(), account.login.clone());
            let login = StoredValue::new(account.login);
            let sign_in = move |()| {
                spawn_local(async move {
                    match api::sign_in(&login.get_value(), &secret.get_value()).await {
                        Ok(person) => enter.run(person),
                        Err(failed) => error.set(Some(failed.words())),
                    }
                });
            };
            view! {
                <li data-item=key>
                    <div class="list-line">
                        <span class="stack-tight">
                            <Person name=account.name post=account.post />
                            <span class="list-more">
                                <span>{account.unit}</span>
                                <span>{name}</span>
                            </span>
                        </span>
                        <Button act="use-account" label=words::use_account() on_press=sign_in />
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <Gate title=words::demo_ready() lead=words::demo_accounts_words()>
            <div class="panel">
                <p class="strong figure" data-field="demo-password">{password}</p>
                {move || error.get().map(|words| view! { <Banner state="bad" words=words /> })}
                <ul class="list" data-list="accounts">{lines}</ul>
            </div>
        </Gate>
    }
}

/// Words for a storage that does not open.
#[component]
pub(crate) fn StorageFailed() -> impl IntoView {
    view! { <Gate title=common::product() lead=words::storage_failed()><span></span></Gate> }
}
