//! Joining by an invitation: the company's name and one's own, a sign-in name, a password, a PIN.
//!
//! The code stands behind the `#` of the address, so no server is sent it before the person joins.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::operator;

use crate::api::{self, Asked};
use crate::app::Enter;
use crate::components::{Button, Field, FieldKind, Insecure, Look, Mark};
use crate::fetch::FetchError;
use crate::i18n::{common, joining as words, session};
use crate::navigation::Navigation;
use crate::operators;
use crate::pages::gate::Gate;
use crate::route::Route;
use crate::shell::LanguageSwitch;

/// The page.
#[component]
pub(crate) fn JoinPage() -> impl IntoView {
    let code = StoredValue::new(code());
    let asked = RwSignal::new(None::<Result<Asked, FetchError>>);
    let read = move || {
        asked.set(None);
        spawn_local(async move {
            asked.set(Some(api::read_invitation(&code.get_value()).await));
        });
    };
    read();
    move || match asked.get() {
        None => view! {
            <Gate title=common::product() lead=words::joining()><span></span></Gate>
        }
        .into_any(),
        Some(Ok(asked)) => view! { <JoinForm code=code.get_value() asked=asked /> }.into_any(),
        Some(Err(failed)) => {
            let again = !matches!(failed, FetchError::Told(_));
            view! {
                <Gate title=common::product() lead="">
                    <div class="panel">
                        <p data-part="refusal" role="alert">{failed.words()}</p>
                        <div class="row">
                            {again.then(|| view! {
                                <Button
                                    act="retry"
                                    label=words::try_again()
                                    look=Look::Primary
                                    on_press=move |()| read()
                                />
                            })}
                            // A plain load of the first page, because nobody is here yet.
                            <a class="button" href="/" target="_self" data-act="go-to-sign-in">
                                {words::join_sign_in()}
                            </a>
                        </div>
                    </div>
                </Gate>
            }
            .into_any()
        }
    }
}

/// The code of the address.
fn code() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

#[component]
fn JoinForm(code: String, asked: Asked) -> impl IntoView {
    let (enter, navigation) = (expect_context::<Enter>(), expect_context::<Navigation>());
    let [login, password, pin] = [(); 3].map(|()| RwSignal::new(String::new()));
    let error = RwSignal::new(None::<String>);
    let wrong_pin = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let code = StoredValue::new(code);
    let join = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let chosen = pin.get_untracked();
        let fit = operator::is_fit(chosen.trim());
        wrong_pin.set((!fit).then(|| words::pin_unfit().to_owned()));
        if !fit || busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let login = login.get_untracked();
            let answer =
                api::join(&code.get_value(), login.trim(), &password.get_untracked()).await;
            busy.set(false);
            match answer {
                Ok(person) => {
                    let (name, login) = (person.name.clone(), person.login.clone());
                    // Where the device cannot keep it, the password serves as well.
                    operators::keep_behind(person.person, name, login, chosen.trim());
                    navigation.replace(Route::Home);
                    enter.run(person);
                }
                Err(failed) => error.set(Some(failed.words())),
            }
        });
    };
    let why_not = Signal::derive(move || busy.get().then(String::new));
    let title = words::join_title(&asked.company);
    let name = words::join_hello(&asked.name);
    view! {
        <main class="gate" id="main" tabindex="-1" data-page="join">
            <div class="gate-head">
                <Mark class="gate-mark" />
                <h1>{title}</h1>
                <p class="page-lead">{name}</p>
                <p class="faint">{words::join_lead()}</p>
            </div>
            <form class="panel stack" data-part="join" on:submit=join>
                <Field
                    name="login"
                    label=session::login()
                    value=login
                    kind=FieldKind::Login
                    hint=Some(words::login_hint().to_owned())
                />
                <Field
                    name="password"
                    label=session::password()
                    value=password
                    kind=FieldKind::Password
                    hint=Some(session::password_hint().to_owned())
                />
                <Field
                    name="pin"
                    label=words::pin()
                    value=pin
                    kind=FieldKind::Pin
                    hint=Some(words::pin_hint().to_owned())
                    error=wrong_pin
                />
                {move || error.get().map(|words| view! {
                    <p class="field-error" role="alert" data-part="refusal">{words}</p>
                })}
                <Button act="join" label=words::join() look=Look::Primary why_not=why_not />
            </form>
            <Insecure state="warn" />
            <div class="gate-foot"><LanguageSwitch /></div>
        </main>
    }
}
