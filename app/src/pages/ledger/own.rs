//! One's own entries: what was proposed and confirmed about oneself, to accept or to dispute.

use leptos::prelude::*;

use crate::components::{Empty, Glyph, PageHead, Panel, WayBack};
use crate::i18n::{common, ledger as words};
use crate::pages::form::{Sheet, SheetView};
use crate::route::Route;
use crate::session::Session;

use super::line::{card, sum};
use super::lines;

/// The page.
#[component]
pub(crate) fn OwnEntries() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let me = session.person();
    let own = Memo::new(move |_| lines(&session.world(), |entry, _| entry.person == me));
    let back = WayBack {
        href: Route::Me.path(),
        words: common::me().to_owned(),
    };
    let body = move || {
        let own = own.get();
        if own.is_empty() {
            let (title, more) = (words::no_entries(), words::no_own_words());
            return view! { <Empty glyph=Glyph::Tray title=title words=more /> }.into_any();
        }
        let world = session.world();
        let sum = sum(&own);
        let cards: Vec<_> = own
            .into_iter()
            .map(|line| card(session, &world, line, Some(sheet)))
            .collect();
        view! {
            <Panel title=words::entries()>
                <ul class="list" data-list="entries">{cards}</ul>
                <p class="list-more row-end" data-part="sum">{sum}</p>
            </Panel>
        }
        .into_any()
    };
    view! {
        <div class="page" data-page="own-entries">
            <PageHead title=words::own_entries() lead=words::ledger_words() back=back />
            {body}
            <SheetView sheet=sheet />
        </div>
    }
}
