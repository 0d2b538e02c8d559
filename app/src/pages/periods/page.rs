//! One period: its deadlines, where its plans stand, and sealing.

use leptos::prelude::*;
use shared::id::PeriodId;
use shared::period::Period;

use super::acts::PeriodActs;
use super::cohorts::Cohorts;
use super::sealing::Sealing;
use super::spot_checks::SpotChecks;
use super::{days, deadlines, standing};
use crate::components::{Empty, Facts, PageHead, Panel, Select, WayBack};
use crate::i18n::{common, names, period as words};
use crate::pages::FiguresOf;
use crate::pages::chunks::FiguresPart;
use crate::pages::organisation::picks;
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn PeriodPage(
    /// Which period.
    id: PeriodId,
) -> impl IntoView {
    let session = Session::here();
    let found = Memo::new(move |_| session.world().organisation().periods.get(&id).cloned());
    let title = Signal::derive(move || names::period_of(session.world().organisation(), id));
    let back = WayBack {
        href: Route::Periods.path(),
        words: words::periods().to_owned(),
    };
    view! {
        <div class="page" data-page="period">
            <PageHead title=title back=back>
                {move || found.get().map(|period| standing(&period, session.today()))}
            </PageHead>
            {move || match found.get() {
                Some(period) => view! {
                    <Deadlines period=period />
                    <PeriodActs id=id />
                    <FiguresPart of=FiguresOf::Period(id) />
                    <Cohorts id=id />
                    <SpotChecks id=id />
                    <Sealing id=id />
                }
                .into_any(),
                None => view! {
                    <Empty title=common::not_found() words=common::not_found_words() />
                }
                .into_any(),
            }}
        </div>
    }
}

#[component]
fn Deadlines(period: Period) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let organisation = world.organisation();
    let today = session.today_untracked();
    let post = organisation.assignments_of(session.person(), today).next();
    let mine = post
        .map(|post| post.unit)
        .or_else(|| picks::root(organisation));
    let unit = RwSignal::new(mine.map(|unit| unit.to_string()).unwrap_or_default());
    let units = Signal::stored(picks::units(organisation, today));
    let regime = organisation.regimes.get(&period.regime);
    let regime = regime.map(|version| {
        let name = names::name(&version.regime().name).to_owned();
        view! { <a href=Route::Regime(version.id).path() data-act="open-regime">{name}</a> }
    });
    let facts = vec![(words::periods().to_owned(), days(&period))];
    view! {
        <Panel title=words::deadlines()>
            <Facts facts=facts />
            <p class="row">{words::regime()}{regime}</p>
            <div class="fields fields-three">
                <Select
                    name="deadline-unit"
                    label=words::unit()
                    picks=units
                    value=unit
                    on_choose=move |key| unit.set(key)
                />
            </div>
            {move || {
                let world = session.world();
                let organisation = world.organisation();
                let unit = unit.with(|unit| unit.parse().ok())?;
                let version = organisation.regimes.get(&period.regime)?;
                let days = organisation.work_days(unit);
                let offset = organisation.utc_offset();
                Some(deadlines::table(version.rules(period.kind)?, &period, &days, session.now(), offset))
            }}
        </Panel>
    }
}
