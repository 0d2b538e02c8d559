//! Notices of public holidays: which years are settled, which are not, and loading one.

use chrono::Datelike as _;
use leptos::prelude::*;
use shared::calendar::{HolidayNotice, published};
use shared::organisation::Organisation;

use super::forms;
use crate::components::{Badge, Button, Glyph, Look, Panel, Tone};
use crate::i18n::{calendar as words, organisation};
use crate::pages::form::Sheet;
use crate::session::Session;

/// The panel.
#[component]
pub(super) fn Notices(sheet: Sheet, may: Memo<bool>) -> impl IntoView {
    let session = Session::here();
    let load = ViewFn::from(move || {
        may.get().then(|| {
            sheet.button("load-notice", words::load_notice(), move || {
                forms::load(session.today_untracked().year() + 1, None)
            })
        })
    });
    view! {
        <Panel title=words::notices() beside=load>
            {move || {
                let world = session.world();
                let organisation = world.organisation();
                let year = session.today().year();
                let adopted = organisation.notices.values().map(|notice| notice.year);
                let mut years: Vec<i32> = adopted.chain([year, year + 1]).collect();
                years.sort_unstable_by(|a, b| b.cmp(a));
                years.dedup();
                let lines: Vec<_> = years
                    .into_iter()
                    .map(|year| line(session, sheet, organisation, year, may.get()))
                    .collect();
                view! { <ul class="list" data-list="notices">{lines}</ul> }
            }}
        </Panel>
    }
}

/// The notice of a year that counts.
fn counting(organisation: &Organisation, year: i32) -> Option<&HolidayNotice> {
    let notices = organisation.notices.values();
    notices
        .filter(|notice| notice.year == year)
        .max_by_key(|notice| (notice.adopted.recorded, notice.id))
}

fn line(
    session: Session,
    sheet: Sheet,
    organisation: &Organisation,
    year: i32,
    may: bool,
) -> AnyView {
    let notice = counting(organisation, year);
    let (tone, glyph, state) = match notice {
        Some(_) => (Tone::Good, Glyph::Tick, words::announced()),
        // What comes with the product is out already.
        None if published(year).is_some() => (Tone::Warn, Glyph::Hint, words::not_loaded()),
        None => (Tone::Warn, Glyph::Hint, words::not_yet_announced()),
    };
    let said = match notice {
        Some(notice) => {
            let (off, work) = (notice.off.len().to_string(), notice.work.len().to_string());
            vec![words::days_of(&off, &work), notice.source.clone()]
        }
        None => vec![words::not_yet_words().to_owned()],
    };
    let said: Vec<_> = said
        .into_iter()
        .map(|words| view! { <span>{words}</span> })
        .collect();
    let kept = notice.cloned();
    let again = may.then(|| {
        sheet.small("load-notice", words::load_notice(), move || {
            forms::load(year, kept.as_ref())
        })
    });
    let shipped = (may && notice.is_none()).then(|| published(year)).flatten();
    let adopt = shipped.map(|published| {
        let press = move |()| {
            session.send_online(forms::adopt(published.clone()), move |done| match done {
                Ok(()) => session.say(organisation::saved()),
                Err(told) => session.complain(told.words),
            });
        };
        view! {
            <Button
                act="adopt-notice"
                label=words::load_shipped()
                look=Look::Primary
                on_press=press
            />
        }
    });
    view! {
        <li data-item=year.to_string() data-state=if notice.is_some() { "announced" } else { "not-yet" }>
            <div class="list-line list-line-tall list-line-acts">
                <span class="stack-tight">
                    <span class="row">
                        <span class="list-title figure">{year}</span>
                        <Badge words=state tone=tone glyph=glyph />
                    </span>
                    <span class="list-more">{said}</span>
                </span>
                <span class="list-end">{adopt}{again}</span>
            </div>
        </li>
    }
    .into_any()
}
