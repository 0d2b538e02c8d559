//! Reads the due day of an imported row: a date, a day of the month, an end, or a rhythm, always
//! as a day of the period.

use chrono::{Datelike, NaiveDate};

use crate::import::{ImportRefusal, Note};
use crate::moment::Day;
use crate::period::Period;

/// Rhythms: work that comes again and again, and that is due until the period ends.
const RHYTHMS: [&str; 4] = ["daily", "weekly", "monthly", "on-request"];

/// Reads a due day; an empty cell is none.
pub(super) fn due(
    text: &str,
    period: &Period,
) -> Result<(Option<Day>, Option<Note>), ImportRefusal> {
    if text.is_empty() {
        return Ok((None, None));
    }
    let given = text.to_owned();
    if RHYTHMS.contains(&text) {
        return Ok((Some(period.to), Some(Note::RhythmEnds { given })));
    }
    let Some(candidates) = candidates(text, period) else {
        return Err(ImportRefusal::UnknownDue { given });
    };
    let mut within = candidates
        .into_iter()
        .filter(|day| period.from <= *day && *day <= period.to);
    let (from, to) = (period.from, period.to);
    let day = within
        .next()
        .ok_or(ImportRefusal::DueOutsidePeriod { given, from, to })?;
    Ok((Some(day), None))
}

/// The days that the text can mean, over the months of the period; `None` where it means nothing.
fn candidates(text: &str, period: &Period) -> Option<Vec<Day>> {
    let months = || months(period);
    let day_in = |wanted: u32, day: u32| {
        months()
            .filter(move |(_, month)| *month == wanted)
            .filter_map(move |(year, month)| NaiveDate::from_ymd_opt(year, month, day))
    };
    match text {
        "month-end" => return Some(months().filter_map(|at| clamped(at, 31)).collect()),
        "half-year-end" => return Some(day_in(6, 30).chain(day_in(12, 31)).collect()),
        "year-end" => return Some(day_in(12, 31).collect()),
        _ => {}
    }
    if let Ok(day) = text.parse::<u32>() {
        let in_month = (1..=31).contains(&day);
        return in_month.then(|| months().filter_map(|at| clamped(at, day)).collect());
    }
    // A whole date is written with all its digits; shorter, the parser would take a month for a year.
    if text.len() == "2026-01-31".len() {
        return text.parse::<NaiveDate>().ok().map(|day| vec![day]);
    }
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // A leap year knows every day that any year knows.
    NaiveDate::from_ymd_opt(2000, month, day)?;
    Some(day_in(month, day).collect())
}

/// The months that a period touches, in order.
fn months(period: &Period) -> impl Iterator<Item = (i32, u32)> {
    let last = (period.to.year(), period.to.month());
    let first = (period.from.year(), period.from.month());
    let next = |(year, month): &(i32, u32)| {
        Some(if *month == 12 {
            (year + 1, 1)
        } else {
            (*year, month + 1)
        })
    };
    std::iter::successors(Some(first), next).take_while(move |at| *at <= last)
}

/// A day of a month; one that the month does not have is its last.
fn clamped((year, month): (i32, u32), day: u32) -> Option<Day> {
    (28..=day)
        .rev()
        .chain([day])
        .find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
}
