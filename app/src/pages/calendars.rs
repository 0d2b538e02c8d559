//! Work calendars: which there are and who uses them, the public notices, and the year as it comes.
//!
//! A calendar is never changed; a change is a new one and a new use from a day on.

use leptos::prelude::*;
use shared::calendar::{CalendarUse, WorkCalendar};
use shared::id::{CalendarId, UnitId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::permission;

use crate::components::{Badge, Banner, Facts, Glyph, PageHead, Panel, Tone, WayBack};
use crate::i18n::{calendar as words, common, format, names};
use crate::pages::form::{Sheet, SheetView};
use crate::route::Route;
use crate::session::Session;

mod forms;
mod notices;
mod text;
mod year;

use notices::Notices;
use year::YearView;

/// The page.
#[component]
pub(crate) fn Calendars() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let may = Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    });
    let back = WayBack {
        href: Route::Organisation.path(),
        words: common::organisation().to_owned(),
    };
    let add = ViewFn::from(move || {
        may.get().then(|| {
            sheet.button("add-calendar", words::add_calendar(), move || {
                forms::add(&WorkCalendar::house(), session.today_untracked(), false)
            })
        })
    });
    view! {
        <div class="page" data-page="calendars">
            <PageHead title=words::calendars() back=back />
            <Show when=move || !may.get()>
                <Banner state="quiet" words=words::may_not() />
            </Show>
            <div class="columns columns-two">
                <Panel title=words::calendars() beside=add>
                    {move || list(session, sheet, may.get())}
                </Panel>
                <Notices sheet=sheet may=may />
            </div>
            <YearView />
            <SheetView sheet=sheet />
        </div>
    }
}

fn list(session: Session, sheet: Sheet, may: bool) -> impl IntoView {
    let (world, today) = (session.world(), session.today());
    let organisation = world.organisation();
    let mut calendars: Vec<&WorkCalendar> = organisation.calendars.values().collect();
    calendars.sort_unstable_by(|a, b| (&a.name.zh, a.id).cmp(&(&b.name.zh, b.id)));
    let house = WorkCalendar::house();
    let lines: Vec<_> = calendars
        .into_iter()
        .map(|calendar| {
            line(
                session,
                sheet,
                calendar,
                Some(users(organisation, calendar.id, today)),
                may,
            )
        })
        .chain(std::iter::once(line(session, sheet, &house, None, false)))
        .collect();
    view! { <ul class="list" data-list="calendars">{lines}</ul> }
}

/// The units that use a calendar on a day, in words.
fn users(organisation: &Organisation, calendar: CalendarId, day: Day) -> Vec<String> {
    let uses = organisation.calendar_uses.values();
    uses.filter(|used| used.calendar == calendar && used.in_force.to.is_none_or(|to| to >= day))
        .map(|used| {
            let unit = names::unit_of(organisation, used.unit);
            if used.in_force.from <= day {
                return unit;
            }
            common::with_note(&unit, &words::since_day(&format::day(used.in_force.from)))
        })
        .collect()
}

fn line(
    session: Session,
    sheet: Sheet,
    calendar: &WorkCalendar,
    users: Option<Vec<String>>,
    may: bool,
) -> AnyView {
    let house = users.is_none().then(|| {
        view! { <Badge words=words::house_default() tone=Tone::Quiet glyph=Glyph::Hint /> }
    });
    let used = users.map(|users| {
        let words = if users.is_empty() {
            words::used_by_nobody().to_owned()
        } else {
            common::named(words::used_by(), &users.join(common::between()))
        };
        view! { <span>{words}</span> }
    });
    let kept = calendar.clone();
    let change = may.then(|| {
        sheet.small("change-calendar", words::new_version(), move || {
            forms::add(&kept, session.today_untracked(), true)
        })
    });
    view! {
        <li data-item=calendar.id.to_string()>
            <div class="list-line list-line-tall list-line-acts">
                <span class="stack-tight">
                    <span class="list-title">{names::name(&calendar.name).to_owned()} {house}</span>
                    {week(calendar)}
                    <span class="list-more">
                        <span class="figure">{text::hours_written(&calendar.hours)}</span>
                        {used}
                    </span>
                </span>
                {change}
            </div>
        </li>
    }
    .into_any()
}

/// A calendar's cycle as a row of marks.
fn week(calendar: &WorkCalendar) -> impl IntoView + use<> {
    let worked = calendar.cycle.iter().filter(|works| **works).count();
    let said = words::worked(&worked.to_string(), &calendar.cycle.len().to_string());
    let weekly = calendar.cycle.len().is_multiple_of(7);
    let days = calendar.anchor.iter_days().zip(&calendar.cycle);
    let marks = days
        .enumerate()
        .map(|(place, (day, works))| {
            let label = if weekly {
                format::weekday(day)
            } else {
                (place + 1).to_string()
            };
            let state = if *works { "work" } else { "off" };
            view! { <span class="cycle-mark" data-state=state>{label}</span> }
        })
        .collect_view();
    let apart = (!weekly).then(|| {
        format!(
            "{} {}",
            words::since_day(&format::day(calendar.anchor)),
            said
        )
    });
    view! {
        <span class="cycle cycle-small">{marks}</span>
        {apart.map(|words| view! { <span class="list-more">{words}</span> })}
    }
}

/// The use that decides for a unit on a day.
fn deciding(organisation: &Organisation, unit: UnitId, day: Day) -> Option<&CalendarUse> {
    let calendar = organisation.work_days(unit).used_on(day)?.id;
    organisation.upwards(unit).find_map(|unit| {
        organisation.calendar_uses.values().find(|used| {
            used.unit == unit && used.calendar == calendar && used.in_force.covers(day)
        })
    })
}

/// The calendar of a unit, with what can be done, for the unit's page.
pub(super) fn of_unit(
    session: Session,
    organisation: &Organisation,
    sheet: Sheet,
    unit: UnitId,
    day: Day,
    may: bool,
) -> impl IntoView + use<> {
    let days = organisation.work_days(unit);
    let calendar = days.calendar(day);
    let used = deciding(organisation, unit, day);
    let mut facts = vec![
        (
            words::name().to_owned(),
            names::name(&calendar.name).to_owned(),
        ),
        (
            words::hours().to_owned(),
            text::hours_written(&calendar.hours),
        ),
    ];
    if let Some(used) = used {
        let since = words::since_day(&format::day(used.in_force.from));
        facts.push((words::calendar().to_owned(), since));
        if used.unit != unit {
            let above = names::unit_of(organisation, used.unit);
            facts.push((words::inherited().to_owned(), above));
        }
    }
    let house = used.is_none().then(|| {
        view! { <Badge words=words::house_default() tone=Tone::Quiet glyph=Glyph::Hint /> }
    });
    let act = may.then(|| {
        sheet.small("use-calendar", words::use_calendar(), move || {
            let world = session.world_untracked();
            forms::use_it(world.organisation(), session.today_untracked(), unit)
        })
    });
    let marks = week(calendar);
    view! {
        <Panel title=words::calendar()>
            <div data-part="calendar"><Facts facts=facts /></div>
            {marks}
            <div class="row">{house}</div>
            <div class="row">
                {act}
                <a class="button button-quiet" href=Route::Calendars.path()>{words::year_view()}</a>
            </div>
        </Panel>
    }
}
