//! Periods: which are open under which regime, opening the next, and the regimes themselves.
//!
//! The next period is opened while this one runs, so that its plans are drafted in time.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::organisation::OpenPeriod;
use shared::id::{PeriodId, RegimeId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::period::{Period, PeriodKind};
use shared::permission;

use crate::chance;
use crate::components::{Badge, Banner, Empty, Glyph, Icon, PageHead, Panel, Pick, Tone, WayBack};
use crate::i18n::{common, format, names, period as words, rules};
use crate::pages::form::{Ask, Entry, Form, Sheet, SheetView, Wrong};
use crate::pages::{order, regime};
use crate::route::Route;
use crate::session::Session;

mod acts;
mod cohorts;
pub(crate) mod deadlines;
mod page;
mod presets;
mod sealing;
mod spot_checks;

pub(crate) use sealing::lacks;

pub(crate) use page::PeriodPage;

/// Whether this person may run plans today. Observed.
fn runs_plans(session: Session) -> Memo<bool> {
    Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    })
}

/// The page.
#[component]
pub(crate) fn Periods() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let may = runs_plans(session);
    let has_regime = Memo::new(move |_| !session.world().organisation().regimes.is_empty());
    let back = WayBack {
        href: Route::Organisation.path(),
        words: common::organisation().to_owned(),
    };
    let open = ViewFn::from(move || {
        (may.get() && has_regime.get()).then(|| {
            sheet.button("open-period", words::open_period(), move || {
                let world = session.world_untracked();
                form(world.organisation(), session.today_untracked())
            })
        })
    });
    view! {
        <div class="page" data-page="periods">
            <PageHead title=words::periods() back=back />
            <Show when=move || !may.get()>
                <Banner state="quiet" words=words::may_not() />
            </Show>
            <div class="columns columns-two">
                <Panel title=words::periods() beside=open>
                    {move || list(session.world().organisation(), session.today())}
                </Panel>
                <Panel title=words::regimes()>
                    <Show when=move || !has_regime.get()>
                        <Empty title=words::no_regime() words=words::no_regime_words() />
                    </Show>
                    {move || regimes(session)}
                    <Show when=move || may.get()>
                        <a class="button" href=Route::NewRegime.path() data-act="new-regime">
                            <Icon glyph=Glyph::Plus />
                            {rules::new_regime()}
                        </a>
                    </Show>
                </Panel>
            </div>
            <Show when=move || may.get()><presets::Presets /></Show>
            <SheetView sheet=sheet />
        </div>
    }
}

fn list(organisation: &Organisation, today: Day) -> AnyView {
    let periods = order::periods(organisation);
    if periods.is_empty() {
        let (title, more) = (words::no_periods(), words::no_periods_words());
        return view! { <Empty glyph=Glyph::Plan title=title words=more /> }.into_any();
    }
    let lines: Vec<_> = periods
        .into_iter()
        .map(|period| line(organisation, period, today))
        .collect();
    view! { <ul class="list" data-list="periods">{lines}</ul> }.into_any()
}

fn line(organisation: &Organisation, period: &Period, today: Day) -> impl IntoView + use<> {
    let regime = organisation.regimes.get(&period.regime);
    let regime = regime.map(|version| names::name(&version.regime().name).to_owned());
    view! {
        <li data-item=period.id.to_string()>
            <a class="list-line" href=Route::Period(period.id).path() data-act="open-period-page">
                <span class="stack-tight">
                    <span class="list-title">{names::period_of(organisation, period.id)}</span>
                    <span class="list-more"><span>{days(period)}</span><span>{regime}</span></span>
                </span>
                <span class="list-end">{standing(period, today)}<Icon glyph=Glyph::Forward /></span>
            </a>
        </li>
    }
}

/// The days of a period.
fn days(period: &Period) -> String {
    let (from, to) = (format::short_day(period.from), format::short_day(period.to));
    format!("{from} – {to}")
}

/// Whether a period runs.
fn standing(period: &Period, today: Day) -> impl IntoView + use<> {
    let (words, tone) = if today < period.from {
        (words::ahead(), Tone::Quiet)
    } else if today <= period.to {
        (words::running(), Tone::Accent)
    } else {
        (words::over(), Tone::Good)
    };
    view! { <Badge words=words tone=tone /> }
}

/// The adopted regimes.
fn regimes(session: Session) -> impl IntoView {
    let world = session.world();
    let mut adopted: Vec<_> = world.organisation().regimes.values().collect();
    adopted.sort_unstable_by_key(|version| version.id);
    let adopted: Vec<_> = adopted
        .into_iter()
        .map(|version| {
            let name = names::name(&version.regime().name).to_owned();
            view! {
                <li data-item=version.id.to_string()>
                    <a class="list-line" href=Route::Regime(version.id).path() data-act="open-regime">
                        <span class="stack-tight">
                            <span class="list-title">{name}</span>
                            <span class="list-more">
                                <span>{words::adopted()}</span>
                                <span>{regime::kinds(version.regime())}</span>
                            </span>
                        </span>
                        <Icon glyph=Glyph::Forward />
                    </a>
                </li>
            }
        })
        .collect();
    view! { <ul class="list" data-list="regimes">{adopted}</ul> }
}

/// How a pick names a cycle of a regime; the first goes by the regime's id alone.
fn under_key(regime: RegimeId, cycle: usize) -> String {
    if cycle == 0 {
        return regime.to_string();
    }
    format!("{regime}.{cycle}")
}

/// Opens the period after the newest one, under the newest one's regime.
fn form(organisation: &Organisation, today: Day) -> Form {
    let newest = organisation
        .periods
        .values()
        .max_by_key(|period| (period.to, period.id));
    let regimes = organisation.regimes.values();
    let under: Vec<(String, RegimeId, PeriodKind)> = regimes
        .flat_map(|version| {
            let cycles = version.regime().cycles.iter().enumerate();
            cycles.map(|(at, cycle)| (under_key(version.id, at), version.id, cycle.kind))
        })
        .collect();
    let name = |id| {
        let version = organisation.regimes.get(id);
        version.map_or("", |version| names::name(&version.regime().name))
    };
    let picks = under.iter().map(|(key, id, kind)| {
        let words = common::with_note(name(id), regime::kind(*kind));
        Pick::new(key.clone(), words)
    });
    let picks = order::picks(picks.collect());
    let chosen = newest.and_then(|period| {
        let same = |(_, id, kind): &&(String, RegimeId, PeriodKind)| {
            (*id, *kind) == (period.regime, period.kind)
        };
        under.iter().find(same).map(|(key, _, _)| key.clone())
    });
    // The first period of a company is a month, not the pool of a longer one.
    let monthly = |key: &String| {
        let mut under = under.iter();
        under.any(|(one, _, kind)| one == key && *kind == PeriodKind::Month)
    };
    // The first in sight, so that everybody begins alike.
    let first = || picks.iter().find(|pick| monthly(&pick.key));
    let chosen = chosen.or_else(|| first().map(|pick| pick.key.clone()));
    let chosen = chosen.or_else(|| picks.first().map(|pick| pick.key.clone()));
    let first = newest.and_then(|period| period.to.succ_opt());
    let first = first.unwrap_or_else(|| format::first_of_month(today));
    let from = Entry::day("from", words::first_day(), first.to_string());
    let from = if newest.is_none() {
        from.hint(words::first_period_hint())
    } else {
        from
    };
    let entries = vec![
        Entry::new(
            "regime",
            words::regime(),
            Ask::List(picks),
            chosen.unwrap_or_default(),
        ),
        from,
        Entry::day("to", words::last_day_custom(), String::new()).optional(),
    ];
    let id = PeriodId::from_bits(chance::bits());
    Form::new(
        "save-period",
        words::open_period(),
        entries,
        move |answers| {
            let chosen = answers.filled("regime", words::regime())?;
            let from = answers.read("from", words::first_day())?;
            let found = under.iter().find(|(key, _, _)| *key == chosen);
            let found = found.ok_or_else(|| Wrong::at("regime", words::regime()))?;
            let (_, regime, kind) = *found;
            let to = answers.read_if("to", words::last_day_custom())?;
            let to = to.or_else(|| last_day(kind, from));
            let to = to.ok_or_else(|| Wrong::at("to", words::custom_needs_last_day()))?;
            let period = OpenPeriod {
                period: id,
                kind,
                from,
                to,
                regime,
            };
            Ok(Command::OpenPeriod(period).into())
        },
    )
    .lead("quiet", words::open_period_hint())
}

/// The last day of a span that begins on a day; `None` for one of any length.
fn last_day(kind: PeriodKind, from: Day) -> Option<Day> {
    let months = |months| {
        from.checked_add_months(chrono::Months::new(months))?
            .pred_opt()
    };
    match kind {
        PeriodKind::Day => Some(from),
        PeriodKind::Week => from.checked_add_days(chrono::Days::new(6)),
        PeriodKind::Month => months(1),
        PeriodKind::Quarter => months(3),
        PeriodKind::HalfYear => months(6),
        PeriodKind::Year => months(12),
        PeriodKind::Custom => None,
    }
}
