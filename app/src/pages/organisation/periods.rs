//! Periods: which are open under which regime, and opening the next month.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::organisation::{AdoptRegime, OpenPeriod};
use shared::id::{PeriodId, RegimeId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::period::PeriodKind;
use shared::permission;
use shared::regime::presets;

use super::form::{Fields, OnlineForm};
use crate::chance;
use crate::components::{Button, Dialog, Empty, Field, Glyph, Look, Panel, Pick, Select};
use crate::i18n::{format, names, organisation as words, plan};
use crate::pages::order;
use crate::session::Session;

/// The panel.
#[component]
pub(super) fn Periods() -> impl IntoView {
    let session = Session::here();
    let open = RwSignal::new(false);
    let may = Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    });
    let has_regime = Memo::new(move |_| !session.world().organisation().regimes.is_empty());
    let beside = ViewFn::from(move || {
        (may.get() && has_regime.get()).then(|| {
            view! {
                <Button
                    act="open-period"
                    label=words::open_period()
                    glyph=Glyph::Plus
                    on_press=move |()| open.set(true)
                />
            }
        })
    });
    view! {
        <Panel title=words::periods() beside=beside>
            <Show when=move || !has_regime.get()>
                <Empty title=words::no_regime() words=words::no_regime_words()>
                    <Adopt />
                </Empty>
            </Show>
            {move || list(session.world().organisation())}
        </Panel>
        <Dialog name="period" title=words::open_period() open=open>
            <PeriodForm open=open />
        </Dialog>
    }
}

fn list(organisation: &Organisation) -> impl IntoView + use<> {
    let lines = order::periods(organisation)
        .into_iter()
        .map(|period| {
            let days = format!(
                "{} – {}",
                format::short_day(period.from),
                format::short_day(period.to)
            );
            let regime = organisation.regimes.get(&period.regime);
            let regime = regime.map(|version| names::name(&version.regime.name).to_owned());
            view! {
                <li data-item=period.id.to_string()>
                    <div class="list-line">
                        <span class="stack-tight">
                            <span class="list-title">
                                {names::period_of(organisation, period.id)}
                            </span>
                            <span class="list-more"><span>{days}</span><span>{regime}</span></span>
                        </span>
                    </div>
                </li>
            }
        })
        .collect_view();
    (!organisation.periods.is_empty()).then(|| {
        view! {
            <ul class="list" data-list="periods">{lines}</ul>
        }
    })
}

/// One act for each regime that ships with the product.
#[component]
fn Adopt() -> impl IntoView {
    let session = Session::here();
    presets::all()
        .into_iter()
        .map(|regime| {
            let label = format!("{} · {}", words::adopt_regime(), names::name(&regime.name));
            let adopt = move |()| {
                let id = RegimeId::from_bits(chance::bits());
                let command = Command::AdoptRegime(AdoptRegime {
                    id,
                    regime: Box::new(regime.clone()),
                });
                session.send_online(command, move |done| match done {
                    Ok(()) => session.say(words::saved()),
                    Err(words) => session.complain(words),
                });
            };
            view! { <Button act="adopt-regime" label=label look=Look::Primary on_press=adopt /> }
        })
        .collect_view()
}

/// The month after the newest one, or this month.
fn next_month(organisation: &Organisation, today: Day) -> String {
    let newest = organisation.periods.values().map(|period| period.to).max();
    let day = newest.and_then(|to| to.succ_opt()).unwrap_or(today);
    format::month_key(day)
}

fn month(text: &str) -> Option<(Day, Day)> {
    let from: Day = format!("{text}-01").parse().ok()?;
    let to = from
        .checked_add_months(chrono::Months::new(1))?
        .pred_opt()?;
    Some((from, to))
}

#[component]
fn PeriodForm(open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let organisation = world.organisation();
    let regimes: Vec<Pick> = organisation
        .regimes
        .values()
        .filter(|version| version.regime.period == PeriodKind::Month)
        .map(|version| Pick::new(version.id.to_string(), names::name(&version.regime.name)))
        .collect();
    let first = regimes
        .first()
        .map(|pick| pick.key.clone())
        .unwrap_or_default();
    let next = next_month(organisation, session.today_untracked());
    let fields = Fields::of([
        next,
        first,
        String::new(),
        String::new(),
        String::new(),
        String::new(),
    ]);
    view! {
        <OnlineForm
            act="save-period"
            label=words::open_period()
            open=open
            fields=fields
            read=|fields| {
                let (from, to) =
                    month(&fields.text(0)).ok_or_else(|| words::month_unreadable().to_owned())?;
                Ok(Command::OpenPeriod(OpenPeriod {
                    period: PeriodId::from_bits(chance::bits()),
                    kind: PeriodKind::Month,
                    from,
                    to,
                    regime: fields.read(1, plan::regime())?,
                }))
            }
        >
            <Field
                name="month"
                label=words::month()
                value=fields.at(0)
                hint=Some(words::month_hint().to_owned())
            />
            <Select
                name="regime"
                label=plan::regime()
                picks=Signal::stored(regimes)
                value=fields.at(1)
                on_choose=move |key| fields.at(1).set(key)
            />
        </OnlineForm>
    }
}
