//! Rules of work calendars and notices: a version is added and used from a day on, never edited,
//! and what was reckoned by an earlier one keeps what it was reckoned by.

use crate::calendar::{
    CalendarUse, HolidayNotice, Hours, MINUTES, MOST_CYCLE, MOST_DAYS, MOST_HOURS,
};
use crate::change::Change;
use crate::command::organisation::{AddCalendar, AdoptNotice, UseCalendar};
use crate::moment::{Day, InForce};
use crate::permission;
use crate::refusal::Refusal;
use crate::regime::Name;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{MOST_NAME, MOST_TEXT, allow, fits, known, name, no_earlier, no_less, within};

/// The years for which a notice can be adopted.
const NOTICED: (i32, i32) = (2000, 2100);

fn may(case: &Case<'_>) -> Result<(), Stop> {
    allow(permission::may_run_plans(
        case.organisation(),
        case.actor,
        case.today(),
    ))
}

pub(super) fn add(case: &Case<'_>, args: &AddCalendar) -> Result<Vec<Change>, Stop> {
    may(case)?;
    let organisation = case.organisation();
    if organisation.calendars.contains_key(&args.calendar.id) {
        return Err(Refusal::already_exists("calendar").into());
    }
    let mut calendar = (*args.calendar).clone();
    fits("name_en", calendar.name.en.trim(), MOST_NAME)?;
    calendar.name = Name {
        zh: name("name", &calendar.name.zh)?,
        en: calendar.name.en.trim().to_owned(),
    };
    let at_work = calendar.cycle.iter().filter(|worked| **worked).count();
    within("cycle", &calendar.cycle.len(), &1, &MOST_CYCLE)?;
    within("cycle", &at_work, &1, &MOST_CYCLE)?;
    in_order(&calendar.hours)?;
    settled(&calendar.off, &calendar.work, (Day::MIN, Day::MAX))?;
    Ok(vec![Change::put(Row::WorkCalendar(calendar))])
}

/// Refuses hours that are none, too many, out of order or beyond the day.
fn in_order(hours: &[Hours]) -> Result<(), Stop> {
    within("hours", &hours.len(), &1, &MOST_HOURS)?;
    let mut end = 0;
    for span in hours {
        within("hours", &span.from, &end, &(MINUTES - 1))?;
        within("hours", &span.to, &(span.from + 1), &MINUTES)?;
        end = span.to;
    }
    Ok(())
}

/// Refuses days that are too many, out of reach, named twice, or both off and worked.
fn settled(off: &[Day], work: &[Day], reach: (Day, Day)) -> Result<(), Stop> {
    for (field, days) in [("off", off), ("work", work)] {
        within(field, &days.len(), &0, &MOST_DAYS)?;
        for day in days {
            within(field, day, &reach.0, &reach.1)?;
        }
    }
    let mut all: Vec<&Day> = off.iter().chain(work).collect();
    all.sort_unstable();
    let twice = all.windows(2).find(|pair| pair[0] == pair[1]);
    twice.map_or(Ok(()), |pair| {
        let (field, given) = ("work".to_owned(), pair[0].to_string());
        Err(Refusal::UnknownValue { field, given }.into())
    })
}

pub(super) fn use_from(case: &Case<'_>, args: &UseCalendar) -> Result<Vec<Change>, Stop> {
    may(case)?;
    let organisation = case.organisation();
    if organisation.calendar_uses.contains_key(&args.id) {
        return Err(Refusal::already_exists("calendar_use").into());
    }
    let unit = known(organisation.units.get(&args.unit), "unit")?;
    known(organisation.calendars.get(&args.calendar), "calendar")?;
    no_less("from", &args.from, &unit.in_force.from)?;
    case.work(organisation.calendar_uses.len())?;
    let own = organisation.calendar_uses.values();
    let own: Vec<&CalendarUse> = own.filter(|used| used.unit == args.unit).collect();
    if !own.is_empty() {
        // A unit's first calendar may be said late; another would count finished months anew.
        no_earlier(case, "from", args.from)?;
    }
    let replaced = own.into_iter().filter(|used| {
        used.in_force.from <= args.from && used.in_force.to.is_none_or(|to| to >= args.from)
    });
    let mut changes: Vec<Change> = replaced
        .map(|used| {
            let in_force = used.in_force.ended_before(args.from);
            Change::put(Row::CalendarUse(CalendarUse {
                in_force,
                ..used.clone()
            }))
        })
        .collect();
    changes.push(Change::put(Row::CalendarUse(CalendarUse {
        id: args.id,
        unit: args.unit,
        calendar: args.calendar,
        in_force: InForce {
            from: args.from,
            to: None,
        },
    })));
    Ok(changes)
}

pub(super) fn adopt_notice(case: &Case<'_>, args: &AdoptNotice) -> Result<Vec<Change>, Stop> {
    may(case)?;
    let organisation = case.organisation();
    if organisation.notices.contains_key(&args.id) {
        return Err(Refusal::already_exists("notice").into());
    }
    within("year", &args.year, &NOTICED.0, &NOTICED.1)?;
    let source = args.source.trim().to_owned();
    let missing = |field: &str| Refusal::FieldMissing {
        item: None,
        field: field.to_owned(),
    };
    if source.is_empty() {
        return Err(missing("source").into());
    }
    fits("source", &source, MOST_TEXT)?;
    if args.off.is_empty() {
        return Err(missing("off").into());
    }
    let reach = HolidayNotice::reach(args.year);
    settled(&args.off, &args.work, reach)?;
    let notice = HolidayNotice {
        id: args.id,
        year: args.year,
        source,
        off: args.off.clone(),
        work: args.work.clone(),
        adopted: case.moment.times(),
    };
    let standing = organisation.notices.values();
    let standing = standing.filter(|other| other.year == args.year);
    if let Some(standing) = standing.max_by_key(|other| (other.adopted.recorded, other.id)) {
        // A year's first notice may come late; a correction counts no finished month anew.
        let named = [&standing.off, &standing.work, &notice.off, &notice.work];
        let days = named.into_iter().flatten();
        for day in days.filter(|day| standing.names(**day) != notice.names(**day)) {
            no_earlier(case, "off", *day)?;
        }
    }
    Ok(vec![Change::put(Row::HolidayNotice(notice))])
}
