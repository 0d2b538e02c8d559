//! Forms of calendars, their use, and the notices.

use shared::calendar::{HolidayNotice, Published, WorkCalendar};
use shared::command::Command;
use shared::command::organisation::{AddCalendar, AdoptNotice, UseCalendar};
use shared::id::{CalendarId, CalendarUseId, NoticeId, UnitId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::regime::Name;

use super::text;
use crate::chance;
use crate::components::{FieldKind, Pick};
use crate::i18n::{calendar as words, common, names, organisation};
use crate::pages::form::{Answers, Ask, Entry, Form, Wrong};
use crate::pages::order;

/// Adds a calendar that begins as another stands; as a change of it, or as one of its own.
pub(super) fn add(like: &WorkCalendar, today: Day, change: bool) -> Form {
    let name = |text: &str| {
        if change {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let cycle = like
        .cycle
        .iter()
        .map(|works| if *works { '1' } else { '0' });
    let holidays = if like.holidays { "yes" } else { "no" };
    let lines = |name, label, days: &[Day]| {
        let field = Ask::Text(FieldKind::Lines);
        Entry::new(name, label, field, text::days_written(days))
            .optional()
            .hint(words::days_hint())
    };
    let anchor = if change { like.anchor } else { monday(today) };
    let entries = vec![
        Entry::line("name", words::name(), name(&like.name.zh)),
        Entry::line("name_en", words::name_en(), name(&like.name.en)).optional(),
        Entry::day("anchor", words::anchor(), anchor.to_string()).hint(words::anchor_hint()),
        Entry::line("hours", words::hours(), text::hours_written(&like.hours))
            .hint(words::hours_hint()),
        Entry::new(
            "cycle",
            words::cycle(),
            Ask::Cycle("anchor"),
            cycle.collect(),
        ),
        Entry::new(
            "holidays",
            words::follows_holidays(),
            Ask::Few(whether()),
            holidays.to_owned(),
        ),
        lines("off", words::off_days(), &like.off),
        lines("work", words::work_days(), &like.work),
    ];
    let id = CalendarId::from_bits(chance::bits());
    let label = if change {
        words::new_version()
    } else {
        words::add_calendar()
    };
    let form = Form::new("save-calendar", label, entries, move |answers| {
        let calendar = Box::new(read(answers, id)?);
        Ok(Command::AddCalendar(AddCalendar { calendar }).into())
    });
    if change {
        return form.lead("quiet", words::new_version_hint());
    }
    form
}

fn whether() -> Vec<Pick> {
    vec![
        Pick::new("yes", common::yes()),
        Pick::new("no", common::no()),
    ]
}

/// The Monday of a day's week.
fn monday(day: Day) -> Day {
    use chrono::Datelike as _;
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(chrono::Days::new(since))
        .unwrap_or(day)
}

fn read(answers: Answers, id: CalendarId) -> Result<WorkCalendar, Wrong> {
    let zh = answers.filled("name", words::name())?;
    let en = answers.text("name_en");
    let en = if en.is_empty() { zh.clone() } else { en };
    let hours = text::hours(&answers.text("hours"));
    let cycle = answers.text("cycle");
    Ok(WorkCalendar {
        id,
        name: Name { zh, en },
        anchor: answers.read("anchor", words::anchor())?,
        cycle: cycle.chars().map(|sign| sign == '1').collect(),
        hours: hours.ok_or_else(|| Wrong::at("hours", words::hours_unreadable()))?,
        holidays: answers.is("holidays", "yes"),
        off: days(answers, "off")?,
        work: days(answers, "work")?,
    })
}

fn days(answers: Answers, name: &'static str) -> Result<Vec<Day>, Wrong> {
    let days = text::days(&answers.text(name));
    days.map_err(|part| Wrong::at(name, format!("{}{part}", words::day_unreadable())))
}

/// Lets a unit use a calendar from a day on.
pub(super) fn use_it(organisation: &Organisation, today: Day, unit: UnitId) -> Form {
    let calendars = organisation.calendars.values();
    let picks =
        calendars.map(|calendar| Pick::new(calendar.id.to_string(), names::name(&calendar.name)));
    let mut picks = order::picks(picks.collect());
    picks.insert(0, Pick::new("", common::choose_one()));
    let entries = vec![
        Entry::new(
            "calendar",
            words::calendar(),
            Ask::List(picks),
            String::new(),
        ),
        Entry::day("from", organisation::first_day(), today.to_string()),
    ];
    let id = CalendarUseId::from_bits(chance::bits());
    let who = names::unit_of(organisation, unit);
    Form::new("save-use", words::use_calendar(), entries, move |answers| {
        let used = UseCalendar {
            id,
            unit,
            calendar: answers.read("calendar", words::calendar())?,
            from: answers.read("from", organisation::first_day())?,
        };
        Ok(Command::UseCalendar(used).into())
    })
    .titled(organisation::title_for(words::use_calendar(), &who))
    .lead("quiet", words::use_hint())
}

/// Adopts a notice as it came with the product.
pub(super) fn adopt(published: Published) -> Command {
    Command::AdoptNotice(AdoptNotice {
        id: NoticeId::from_bits(chance::bits()),
        year: published.year,
        source: published.source,
        off: published.off,
        work: published.work,
    })
}

/// Loads a notice from what was pasted or typed.
pub(super) fn load(year: i32, adopted: Option<&HolidayNotice>) -> Form {
    let source = adopted.map(|notice| notice.source.clone());
    let kept = adopted.map(|notice| {
        let line = |days: &[Day], word: &str| -> String {
            let lines = days.iter().map(|day| format!("{day} {word}"));
            lines.collect::<Vec<_>>().join("\n")
        };
        let off = line(&notice.off, words::mark_off_line());
        format!("{off}\n{}", line(&notice.work, words::mark_work_line()))
    });
    let field = Ask::Text(FieldKind::Lines);
    let entries = vec![
        Entry::new(
            "year",
            words::notice_year(),
            Ask::Text(FieldKind::Number),
            year.to_string(),
        ),
        Entry::line("source", words::source(), source.unwrap_or_default()),
        Entry::new("off", words::notice_days(), field, kept.unwrap_or_default())
            .hint(words::notice_days_hint()),
    ];
    let id = NoticeId::from_bits(chance::bits());
    Form::new(
        "save-notice",
        words::load_notice(),
        entries,
        move |answers| {
            let named = text::notice(&answers.filled("off", words::notice_days())?);
            let unreadable =
                |line: String| Wrong::at("off", format!("{}{line}", words::notice_unreadable()));
            let named = named.map_err(unreadable)?;
            let notice = AdoptNotice {
                id,
                year: answers.read("year", words::notice_year())?,
                source: answers.filled("source", words::source())?,
                off: named.off,
                work: named.work,
            };
            Ok(Command::AdoptNotice(notice).into())
        },
    )
}
