//! One's own slips, the newest first, each with how it comes about; and one's own pay base.

use leptos::prelude::*;
use shared::payroll::{self, PaySlip};
use shared::world::World;

use super::line;
use crate::components::{Empty, Facts, Glyph, PageHead, Panel, WayBack};
use crate::i18n::{common, format, payroll as words};
use crate::route::Route;
use crate::session::Session;

/// The slips of a person that this side holds, the newest first.
fn slips(world: &World, person: shared::id::PersonId) -> Vec<PaySlip> {
    let documents = world.documents();
    let slips = documents.flat_map(|(_, document)| document.payroll.slips.values());
    let mut own: Vec<PaySlip> = slips
        .filter(|slip| slip.person == person)
        .cloned()
        .collect();
    own.sort_by_key(|slip| std::cmp::Reverse(slip.batch));
    own
}

/// The page.
#[component]
pub(crate) fn OwnSlips() -> impl IntoView {
    let session = Session::here();
    let me = session.person();
    let back = WayBack {
        href: Route::Me.path(),
        words: common::me().to_owned(),
    };
    let own = Memo::new(move |_| slips(&session.world(), me));
    let base = move || {
        let world = session.world();
        let base = payroll::base_of(&world, me, session.today())?;
        let amount = words::yuan(&base.amount.to_string());
        let from = words::from_day(&format::day(base.from));
        let facts = vec![(words::base().to_owned(), common::both(&amount, &from))];
        Some(view! { <div data-part="own-base"><Facts facts=facts /></div> })
    };
    let body = move || {
        let own = own.get();
        if own.is_empty() {
            let (title, more) = (words::no_slips(), words::no_slips_words());
            return view! { <Empty glyph=Glyph::Balance title=title words=more /> }.into_any();
        }
        let world = session.world();
        let organisation = world.organisation();
        let panels: Vec<_> = own
            .iter()
            .map(|slip| {
                let spots = line::spots(slip);
                let explained = line::explained(organisation, slip);
                view! {
                    <Panel title=format::month_of(slip.month)>
                        <p class="row">{spots}</p>
                        {explained}
                    </Panel>
                }
            })
            .collect();
        view! { <div class="stack" data-list="own-slips">{panels}</div> }.into_any()
    };
    view! {
        <div class="page" data-page="own-slips">
            <PageHead title=words::own_slips() lead=words::own_words() back=back />
            {base}
            {body}
        </div>
    }
}
