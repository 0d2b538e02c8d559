//! What waits for this person as the superior: plans to approve, changes and objections to decide
//! about, plans to judge.

use leptos::prelude::*;
use shared::ledger::waiting;

use crate::components::{Empty, Glyph, Icon, PageHead};
use crate::i18n::{common, ledger, review};
use crate::pages::chunks::FiguresPart;
use crate::pages::lateness::LateWaiting;
use crate::pages::queue::{OF_A_SUPERIOR, QueuePanel};
use crate::pages::{BeginMeeting, FiguresOf};
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn Review() -> impl IntoView {
    let session = Session::here();
    let none = Memo::new(move |_| {
        let mut queues = OF_A_SUPERIOR.into_iter();
        queues.all(|queue| queue.lines(session).is_empty())
    });
    let ledger_words = move || {
        let waiting = waiting::to_decide(&session.world(), session.person(), session.today());
        match waiting {
            0 => ledger::ledger().to_owned(),
            more => common::both(ledger::ledger(), &ledger::waiting(&more.to_string())),
        }
    };
    let panels: Vec<_> = OF_A_SUPERIOR
        .into_iter()
        .map(|queue| view! { <QueuePanel queue=queue /> })
        .collect();
    view! {
        <div class="page" data-page="review">
            <PageHead title=common::review()>
                <LateWaiting />
                <a class="button" href=Route::Ledger.path() data-act="open-ledger">
                    <Icon glyph=Glyph::Tray />
                    <span>{ledger_words}</span>
                </a>
                <BeginMeeting />
            </PageHead>
            {move || none.get().then(|| view! {
                <Empty
                    glyph=Glyph::Review
                    title=review::nothing_to_review()
                    words=review::nothing_to_review_words()
                />
            })}
            <div class="columns columns-two">{panels}</div>
            <FiguresPart of=FiguresOf::Running />
        </div>
    }
}
