//! Reads the due day of an imported row: a date, a day of the month, an end, or a rhythm, always
//! as a day of the period.

use chrono::{Datelike, NaiveDate};

use crate::import::options::Place;
use crate::import::{ImportRefusal, Note};
use crate::item::Rhythm;
use crate::moment::Day;

/// Rhythms: work that comes again and again, and that is due until the period ends.
pub(super) const RHYTHMS: [(&str, Rhythm); 4] = [
    ("daily", Rhythm::Daily),
    ("weekly", Rhythm::Weekly),
    ("monthly", Rhythm::Monthly),
    ("on-request", Rhythm::OnRequest),
];

/// When an item is due.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) day: Option<Day>,
    pub(super) rhythm: Option<Rhythm>,
    pub(super) note: Option<Note>,
}

/// Reads a due day; an empty cell is none.
pub(super) fn due(text: &str, period: &Place) -> Result<Due, ImportRefusal> {
    if text.is_empty() {
        return Ok(Due::default());
    }
    let given = text.to_owned();
    if let Some((_, rhythm)) = RHYTHMS.iter().find(|(word, _)| *word == text) {
        return Ok(Due {
            day: Some(period.to),
            rhythm: Some(*rhythm),
            note: Some(Note::RhythmEnds { given }),
        });
    }
    let Some(candidates) = candidates(text, period) else {
        return Err(ImportRefusal::UnknownDue { given });
    };
    let mut within = candidates
        .into_iter()
        .filter(|day| period.from <= *day && *day <= period.to);
    let (from, to) = (period.from, period.to);
    match (within.next(), within.next()) {
        (Some(day), None) => Ok(Due {
            day: Some(day),
            ..Due::default()
        }),
        (Some(_), Some(_)) => Err(ImportRefusal::AmbiguousDue { given }),
        (None, _) => Err(ImportRefusal::DueOutsidePeriod { given, from, to }),
    }
}

/// The days that the text can mean, over the months of the period; `None` where it means nothing.
fn candidates(text: &str, period: &Place) -> Option<Vec<Day>> {
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
fn months(period: &Place) -> impl Iterator<Item = (i32, u32)> {
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
