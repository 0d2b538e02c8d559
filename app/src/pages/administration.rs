//! Looking after the installation: what was not carried out, who can sign in and from where, how
//! much is kept and when it was backed up.
//!
//! All of it is the server's own knowledge and told to administrators alone; nothing of it is kept
//! on the device.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::{try_join, try_join3};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::PersonId;

use crate::api::administration::{self as api, Access, Missed, Standing, Unexecuted, Upkeep};
use crate::components::{Banner, Button, Glyph, PageHead};
use crate::fetch::FetchError;
use crate::i18n::{administration as words, names};
use crate::pages::form::{Sheet, SheetView};
use crate::pages::organisation::administers;
use crate::session::Session;

mod account;
mod accounts;
mod attention;
mod upkeep;

pub(crate) use account::AccountPanel;
use accounts::Accounts;
use attention::Attention;

/// What the server told.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    unexecuted: Vec<Unexecuted>,
    unapplied: Vec<Standing>,
    missed: Vec<Missed>,
    accounts: BTreeMap<PersonId, Access>,
    upkeep: Upkeep,
}

/// What the page knows.
#[derive(Clone, Copy)]
struct Page {
    session: Session,
    sheet: Sheet,
    told: RwSignal<Option<Arc<Told>>>,
    error: RwSignal<Option<String>>,
}

impl Page {
    fn read(self) {
        spawn_local(async move {
            let told = ask().await;
            // The page may be left before the server answers.
            match told {
                Ok(told) => {
                    self.error.try_set(None);
                    self.told.try_set(Some(Arc::new(told)));
                }
                Err(failed) => drop(self.error.try_set(Some(failed.words()))),
            }
        });
    }

    fn name(self, person: PersonId) -> String {
        names::person_of(self.session.world_untracked().organisation(), person)
    }
}

async fn ask() -> Result<Told, FetchError> {
    let undone = try_join3(api::unexecuted(), api::unapplied(), api::missed());
    let rest = try_join(api::accounts(), api::upkeep());
    let ((unexecuted, unapplied, missed), (accounts, upkeep)) = try_join(undone, rest).await?;
    Ok(Told {
        unexecuted,
        unapplied,
        missed,
        accounts,
        upkeep,
    })
}

/// The page.
#[component]
pub(crate) fn Administration() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let may = administers(session);
    let page = Page {
        session,
        sheet,
        told: RwSignal::new(None),
        error: RwSignal::new(None),
    };
    Effect::new(move |_| {
        // At first, and whenever a form was closed.
        if may.get() && !sheet.is_open() {
            page.read();
        }
    });
    view! {
        <div class="page" data-page="administration">
            <PageHead title=words::title() lead=words::lead().to_owned()>
                <Show when=move || may.get()>
                    <Button
                        act="read-again"
                        label=words::read_again()
                        glyph=Glyph::Turning
                        on_press=move |()| page.read()
                    />
                </Show>
            </PageHead>
            <Show when=move || !may.get()>
                <Banner state="quiet" words=words::only_administrators() />
            </Show>
            {move || page.error.get().map(|words| view! { <Banner state="bad" words=words /> })}
            {move || page.told.get().map(|told| view! {
                <div class="columns columns-aside">
                    <div class="stack">
                        <Attention page=page told=told.clone() />
                        <Accounts page=page told=told.clone() />
                    </div>
                    <div class="stack aside">{upkeep::panel(session, &told.upkeep)}</div>
                </div>
            })}
            <SheetView sheet=sheet />
        </div>
    }
}
