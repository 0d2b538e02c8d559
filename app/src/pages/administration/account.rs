//! The account of one person: how he or she signs in, from which devices, and what an administrator
//! does about it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::PersonId;

use super::accounts::standing;
use crate::api::administration::{self as api, Access};
use crate::components::{Badge, Banner, Facts, Glyph, Look, Panel, Tone};
use crate::i18n::{administration as words, format, names, organisation};
use crate::pages::form::{Act, Form, Sheet};
use crate::pages::organisation::{give_account, leave};
use crate::route::Route;
use crate::session::Session;

/// What the panel knows.
#[derive(Clone, Copy)]
struct Account {
    session: Session,
    sheet: Sheet,
    person: PersonId,
}

/// The panel, on the person's page.
#[component]
pub(crate) fn AccountPanel(
    /// Whose.
    person: PersonId,
    /// Where the page shows its forms.
    sheet: Sheet,
) -> impl IntoView {
    let session = Session::here();
    let told = RwSignal::new(None::<Result<Access, String>>);
    Effect::new(move |_| {
        // At first, and whenever a form was closed.
        if sheet.is_open() {
            return;
        }
        spawn_local(async move {
            let accounts = api::accounts().await;
            let access = accounts.map(|mut all| all.remove(&person).unwrap_or_default());
            told.try_set(Some(access.map_err(|failed| failed.words())));
        });
    });
    let account = Account {
        session,
        sheet,
        person,
    };
    move || {
        let told = told.get()?;
        let shown = match &told {
            Ok(access) => account.shown(access),
            Err(words) => view! { <Banner state="warn" words=words.clone() /> }.into_any(),
        };
        let access = told.unwrap_or_default();
        Some(view! {
            <div data-part="account">
                <Panel title=organisation::account()>
                    {shown}
                    <div class="row">{account.acts(&access)}</div>
                </Panel>
            </div>
        })
    }
}

impl Account {
    fn shown(self, access: &Access) -> AnyView {
        let now = self.session.now();
        let world = self.session.world_untracked();
        let offset = world.organisation().utc_offset();
        let (state, tone) = standing(access);
        let invited = access
            .invited
            .map(|until| words::invited_until(&format::short_day(until.day(offset))));
        let sessions = access.sessions.iter().map(|live| {
            let (begun, used) = (format::ago(live.begun, now), format::ago(live.used, now));
            view! { <li>{words::signed_in(&begun, &used)}</li> }
        });
        let devices = access.devices.iter().map(|device| {
            let badge = |count: u32, say: fn(&str) -> String, tone| {
                (count > 0).then(|| {
                    view! { <Badge words=say(&count.to_string()) tone=tone glyph=Glyph::Device /> }
                })
            };
            let said = words::device_seen(&format::ago(device.seen, now), &device.build);
            view! {
                <li data-item=device.device.to_string()>
                    <span class="row">
                        {said}
                        {badge(device.unsent, words::unsent, Tone::Warn)}
                        {badge(device.lost, words::lost, Tone::Bad)}
                    </span>
                </li>
            }
        });
        let nowhere = access.sessions.is_empty() && access.login.is_some();
        let login = access.login.clone().unwrap_or_default();
        let facts = vec![(organisation::login().to_owned(), login)];
        view! {
            <div class="row">
                <Badge words=state tone=tone />
                {invited.map(|words| view! { <span class="faint">{words}</span> })}
            </div>
            <Facts facts=facts />
            {nowhere.then(|| view! { <p class="faint">{words::not_signed_in()}</p> })}
            <ul class="reading" data-list="sessions">
                {sessions.collect_view()}
                {devices.collect_view()}
            </ul>
        }
        .into_any()
    }

    fn acts(self, access: &Access) -> Vec<AnyView> {
        let Self {
            session,
            sheet,
            person,
        } = self;
        let world = session.world_untracked();
        let organisation = world.organisation();
        let me = session.person() == person;
        let unit = organisation
            .assignments_of(person, session.today_untracked())
            .next()
            .map(|post| post.unit);
        let mut acts = Vec::new();
        if let (None, Some(unit)) = (&access.login, unit) {
            let href = Route::Invitations(unit).path();
            acts.push(
                view! {
                    <a class="button button-primary" href=href data-act="open-invitations">
                        {words::invite()}
                    </a>
                }
                .into_any(),
            );
        }
        let label = if access.closed.is_some() {
            words::open_again()
        } else {
            words::give_account()
        };
        acts.push(sheet.button("give-account", label, move || give_account(session, person)));
        if me {
            let own = view! { <span class="faint">{words::this_is_you()}</span> };
            acts.push(own.into_any());
            return acts;
        }
        if !access.sessions.is_empty() {
            acts.push(
                sheet.button("sign-out-everywhere", words::sign_out(), move || {
                    self.asks(
                        "save-sign-out",
                        words::sign_out(),
                        words::sign_out_words(),
                        |person| Act::Asked(Box::pin(api::sign_out_everywhere(person))),
                    )
                }),
            );
        }
        if access.login.is_some() && access.closed.is_none() {
            acts.push(
                sheet.button("close-account", words::close_account(), move || {
                    let (label, binds) = (words::close_account(), words::close_account_words());
                    self.asks("save-close-account", label, binds, |person| {
                        Act::Asked(Box::pin(api::close_account(person)))
                    })
                    .look(Look::Danger)
                }),
            );
        }
        acts.push(sheet.button("leave", organisation::leave(), move || {
            leave(session, person)
        }));
        acts
    }

    /// A form that says what it does to this person's account, and asks nothing.
    fn asks(
        self,
        act: &'static str,
        label: &'static str,
        binds: &'static str,
        make: fn(PersonId) -> Act,
    ) -> Form {
        let person = self.person;
        let world = self.session.world_untracked();
        let name = names::person_of(world.organisation(), person);
        Form::new(act, label, Vec::new(), move |_| Ok(make(person)))
            .titled(organisation::title_for(label, &name))
            .lead("binds", binds)
    }
}
