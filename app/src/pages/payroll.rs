//! Payroll: bases and minimum wages, this month's batch with what differs first, batches handed over;
//! and a person's own slips.
//!
//! What a batch holds comes from the rule that hands it over; the digest of the file that is shown is
//! what is signed.

use leptos::prelude::*;
use shared::moment::Day;
use shared::{payroll, permission};

use crate::components::{Banner, PageHead, WayBack};
use crate::i18n::{common, payroll as words};
use crate::pages::form::{Sheet, SheetView};
use crate::route::Route;
use crate::session::Session;

mod bases;
mod batches;
mod drawn;
mod line;
mod own;

pub(crate) use own::OwnSlips;

/// The page.
#[component]
pub(crate) fn PayrollPage() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let back = WayBack {
        href: Route::Me.path(),
        words: common::me().to_owned(),
    };
    let may = Memo::new(move |_| {
        let world = session.world();
        permission::may_pay(world.organisation(), session.person(), session.today())
    });
    view! {
        <div class="page" data-page="payroll">
            <PageHead title=words::payroll() lead=words::payroll_words() back=back />
            <Show
                when=move || may.get()
                fallback=|| view! {
                    <Banner state="quiet" words=words::may_not_see()>
                        <a class="button" href=Route::OwnSlips.path()>{words::own_slips()}</a>
                    </Banner>
                }
            >
                <drawn::Drawn sheet=sheet />
                <batches::Batches />
                <div class="columns columns-two">
                    <bases::Bases sheet=sheet />
                    <bases::Minimums sheet=sheet />
                </div>
            </Show>
            <SheetView sheet=sheet />
        </div>
    }
}

/// The name of a batch's file.
fn file_name(number: u32, month: Day) -> String {
    format!("payroll-{number:04}-{}.csv", payroll::month_word(month))
}
