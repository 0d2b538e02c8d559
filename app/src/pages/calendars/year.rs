//! A year as a unit works it: twelve months, each day working or off, and why.
//!
//! What a day is comes from the same view that reckons deadlines; a mark says it beside the colour.

use chrono::Datelike as _;
use leptos::prelude::*;
use shared::calendar::WorkDays;
use shared::moment::Day;

use crate::components::{Banner, Button, Glyph, Look, Panel, Select};
use crate::i18n::{calendar as words, format};
use crate::pages::organisation::picks;
use crate::session::Session;

/// The panel.
#[component]
pub(super) fn YearView() -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let organisation = world.organisation();
    let root = picks::root(organisation).map(|unit| unit.to_string());
    let unit = RwSignal::new(root.unwrap_or_default());
    let year = RwSignal::new(session.today_untracked().year());
    let units = picks::units(organisation, session.today_untracked());
    let turn = move |act, label, glyph, by: i32| {
        let press = move |()| year.update(|year| *year += by);
        view! {
            <Button act=act label=label look=Look::Quiet glyph=glyph picture_only=true on_press=press />
        }
    };
    let beside = ViewFn::from(move || {
        view! {
            {turn("earlier-year", words::earlier_year(), Glyph::Back, -1)}
            <span class="figure strong" data-part="year">{year}</span>
            {turn("later-year", words::later_year(), Glyph::Forward, 1)}
        }
    });
    view! {
        <Panel title=words::year_view() beside=beside>
            <div class="fields fields-three">
                <Select
                    name="year-unit"
                    label=words::unit()
                    picks=Signal::stored(units)
                    value=unit
                    on_choose=move |key| unit.set(key)
                />
            </div>
            {move || {
                let unit = unit.with(|unit| unit.parse().ok())?;
                let world = session.world();
                Some(months(&world.organisation().work_days(unit), year.get(), session.today()))
            }}
            {legend()}
        </Panel>
    }
}

fn legend() -> impl IntoView {
    let entries = [
        ("work", "1", words::legend_work()),
        ("off", "1", words::legend_off()),
        ("holiday", words::mark_holiday(), words::legend_holiday()),
        ("make-up", words::mark_make_up(), words::legend_make_up()),
        ("unsettled", "?", words::legend_unsettled()),
    ];
    let entries: Vec<AnyView> = entries
        .into_iter()
        .map(|(state, mark, words)| {
            view! {
                <span class="row">
                    <span class="year-day" data-state=state aria-hidden="true">{mark}</span>
                    {words}
                </span>
            }
            .into_any()
        })
        .collect();
    view! { <div class="row year-legend">{entries}</div> }
}

fn months(days: &WorkDays<'_>, year: i32, today: Day) -> AnyView {
    let firsts = (1..=12).filter_map(|month| Day::from_ymd_opt(year, month, 1));
    let months: Vec<_> = firsts
        .clone()
        .map(|first| month(days, first, today))
        .collect();
    let last = Day::from_ymd_opt(year, 12, 31);
    let all = firsts
        .into_iter()
        .next()
        .zip(last)
        .map(|(first, last)| days.count(first, last));
    let settled = all.is_none_or(|all| all.announced);
    let count = all.map(|all| all.value.to_string()).unwrap_or_default();
    let count = if settled {
        words::working_days(&count)
    } else {
        provisional(days, year, &count)
    };
    let unsettled = (!settled).then(|| {
        view! { <Banner state="warn" words=words::unsettled_words() /> }
    });
    view! {
        {unsettled}
        <p class="strong" data-part="working-days">{count}</p>
        <div class="year">{months}</div>
    }
    .into_any()
}

/// How many working days, and which days of the year wait for which notice. The last days of a year
/// wait for the next one's, because its first holiday may reach back.
fn provisional(days: &WorkDays<'_>, year: i32, count: &str) -> String {
    let first = Day::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let in_year = first.iter_days().take_while(|day| day.year() == year);
    let open: Vec<Day> = in_year.filter(|day| !days.announced(*day)).collect();
    let (Some(from), Some(to)) = (open.first(), open.last()) else {
        return words::working_days(count);
    };
    let span = format!("{} – {}", format::short_day(*from), format::short_day(*to));
    let awaited = if *from == first { year } else { year + 1 };
    words::working_days_provisional(count, &span, &awaited.to_string())
}

fn month(days: &WorkDays<'_>, first: Day, today: Day) -> impl IntoView + use<> {
    let last = first
        .checked_add_months(chrono::Months::new(1))
        .and_then(|next| next.pred_opt())
        .unwrap_or(first);
    let count = days.count(first, last).value.to_string();
    let heads = format::weekdays().into_iter();
    let heads: Vec<_> = heads
        .map(|words| view! { <th scope="col">{words}</th> })
        .collect();
    let blank = first.weekday().num_days_from_monday();
    let mut cells: Vec<AnyView> = (0..blank).map(|_| view! { <td></td> }.into_any()).collect();
    let in_month = first.iter_days().take_while(|day| *day <= last);
    cells.extend(in_month.map(|day| cell(days, day, day == today)));
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(cells.len().min(7));
        weeks.push(view! { <tr>{cells}</tr> });
        cells = rest;
    }
    view! {
        <table class="year-month">
            <caption>
                <span>{format::month_of(first)}</span>
                <span class="faint">{words::working_days(&count)}</span>
            </caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
}

/// What a day is: its key, its words, its mark.
fn kind(days: &WorkDays<'_>, day: Day) -> (&'static str, &'static str, &'static str) {
    let calendar = days.calendar(day);
    if calendar.work.contains(&day) {
        return ("make-up", words::work_days(), words::mark_make_up());
    }
    if calendar.off.contains(&day) {
        return ("holiday", words::off_days(), words::mark_holiday());
    }
    if !days.announced(day) {
        return ("unsettled", words::legend_unsettled(), "");
    }
    match days.notice_on(day).and_then(|notice| notice.names(day)) {
        Some(true) => ("make-up", words::legend_make_up(), words::mark_make_up()),
        Some(false) => ("holiday", words::legend_holiday(), words::mark_holiday()),
        None if days.is_working(day) => ("work", words::legend_work(), ""),
        None => ("off", words::legend_off(), ""),
    }
}

fn cell(days: &WorkDays<'_>, day: Day, today: bool) -> AnyView {
    let (state, words, mark) = kind(days, day);
    let off = (!days.is_working(day)).then_some("off");
    let said = format!("{} · {words}", format::short_day(day));
    let current = today.then_some("date");
    view! {
        <td>
            <span class="year-day" data-day=day.to_string() data-state=state data-works=off title=said aria-current=current>
                {day.day()}
                <small>{mark}</small>
            </span>
        </td>
    }
    .into_any()
}
