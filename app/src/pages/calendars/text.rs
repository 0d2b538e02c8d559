//! Calendars as people type them: hours, days, and a notice of holidays.
//!
//! Only the form is read here; what a calendar may contain is judged by its rule.

use shared::calendar::{Hours, Published};
use shared::moment::Day;

use crate::i18n::calendar;

/// Reads `08:00-12:00 13:00-17:00`; other dashes, commas and full-width signs are read, too.
pub(super) fn hours(text: &str) -> Option<Vec<Hours>> {
    let text = text.replace('：', ":");
    let spans = text.split([' ', ',', '，', calendar::ENUMERATION, ';', '；', '\n']);
    spans
        .filter(|span| !span.is_empty())
        .map(|span| {
            let (from, to) = span.split_once(['-', '–', '—', '~', '～'])?;
            Some(Hours {
                from: minute(from)?,
                to: minute(to)?,
            })
        })
        .collect()
}

fn minute(clock: &str) -> Option<u32> {
    let (hour, minute) = clock.trim().split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Writes hours as they are read.
pub(super) fn hours_written(hours: &[Hours]) -> String {
    let spans = hours.iter().map(|span| {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{}", clock(span.from), clock(span.to))
    });
    spans.collect::<Vec<_>>().join(" ")
}

/// Reads days, one to a line or with commas between; says which part is none.
pub(super) fn days(text: &str) -> Result<Vec<Day>, String> {
    let parts = text
        .split(['\n', ',', '，', calendar::ENUMERATION, ' '])
        .map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(|part| day(part).ok_or_else(|| part.to_owned()))
        .collect()
}

fn day(text: &str) -> Option<Day> {
    text.replace(['/', '.'], "-").parse().ok()
}

/// Writes days, one to a line.
pub(super) fn days_written(days: &[Day]) -> String {
    let days = days.iter().map(ToString::to_string);
    days.collect::<Vec<_>>().join("\n")
}

/// Days off and make-up days of a notice.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Days off.
    pub(super) off: Vec<Day>,
    /// Make-up days.
    pub(super) work: Vec<Day>,
}

/// Reads a notice: JSON as it ships with the product, or a day and a word to a line; says which
/// line cannot be read.
pub(super) fn notice(text: &str) -> Result<Named, String> {
    if let Ok(Published { off, work, .. }) = serde_json::from_str(text) {
        return Ok(Named { off, work });
    }
    let mut named = Named::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let unreadable = || line.to_owned();
        let (first, word) = line
            .split_once([' ', ',', '\t', '，', '：'])
            .ok_or_else(unreadable)?;
        let day = day(first).ok_or_else(unreadable)?;
        match word.trim().to_ascii_lowercase().as_str() {
            word if calendar::OFF_WORDS.contains(&word) => named.off.push(day),
            word if calendar::WORK_WORDS.contains(&word) => named.work.push(day),
            _ => return Err(unreadable()),
        }
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn hours_read_as_they_are_written() {
        let day = [(480, 720), (780, 1020)].map(|(from, to)| Hours { from, to });
        for text in [
            "08:00-12:00 13:00-17:00",
            "8:00–12:00，13:00～17:00",
            "08：00-12：00、13:00-17:00",
        ] {
            assert_eq!(hours(text).as_deref(), Some(&day[..]), "{text}");
        }
        assert_eq!(hours_written(&day), "08:00-12:00 13:00-17:00");
        for wrong in ["8-12", "08:00", "08:61-12:00", "25:00-26:00"] {
            assert_eq!(hours(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_read_in_the_ways_of_clerks_and_name_what_is_none() {
        let wanted = vec![on("2026-02-14"), on("2026-02-28")];
        assert_eq!(days("2026-02-14\n2026/02/28\n"), Ok(wanted.clone()));
        assert_eq!(days("2026.02.14，2026-02-28"), Ok(wanted));
        assert_eq!(days("2026-02-14\n初一"), Err("初一".to_owned()));
    }

    #[test]
    fn a_notice_reads_as_lines_and_as_json() {
        let wanted = Named {
            off: vec![on("2027-01-01")],
            work: vec![on("2027-01-03")],
        };
        assert_eq!(notice("2027-01-01 休\n2027-01-03 班").as_ref(), Ok(&wanted));
        assert_eq!(
            notice("2027-01-01,off\n2027-01-03,work").as_ref(),
            Ok(&wanted)
        );
        let json = r#"{"year":2027,"source":"x","off":["2027-01-01"],"work":["2027-01-03"]}"#;
        assert_eq!(notice(json).as_ref(), Ok(&wanted));
        assert_eq!(notice("2027-01-01 也许"), Err("2027-01-01 也许".to_owned()));
    }
}
