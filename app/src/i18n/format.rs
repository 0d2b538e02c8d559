//! Numbers, days and times in the reader's way.
//!
//! Written out here and not by the browser's formatter, so that every device shows the same text.

use chrono::{Datelike as _, Timelike as _};
use shared::moment::{Day, UtcMillis};

use super::{Language, common, language};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn month(day: Day) -> &'static str {
    MONTHS[day.month0() as usize]
}

/// A day with its year: 2026年11月28日, 28 Nov 2026.
pub(crate) fn day(day: Day) -> String {
    match language() {
        Language::Chinese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Language::English => format!("{} {} {}", day.day(), month(day), day.year()),
    }
}

/// Words as they stand before a colon: without their article, and with a large first letter.
pub(crate) fn label(words: &str) -> String {
    let words = words.strip_prefix("the ").unwrap_or(words);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A day near today: 11月28日 周六, Sat 28 Nov.
pub(crate) fn short_day(day: Day) -> String {
    let weekday = day.weekday().num_days_from_monday() as usize;
    match language() {
        Language::Chinese => {
            format!(
                "{}月{}日 周{}",
                day.month(),
                day.day(),
                WEEKDAYS_ZH[weekday]
            )
        }
        Language::English => format!("{} {} {}", WEEKDAYS_EN[weekday], day.day(), month(day)),
    }
}

/// The weekday of a day: 周六, Sat.
pub(crate) fn weekday(day: Day) -> String {
    let weekday = day.weekday().num_days_from_monday() as usize;
    match language() {
        Language::Chinese => format!("周{}", WEEKDAYS_ZH[weekday]),
        Language::English => WEEKDAYS_EN[weekday].to_owned(),
    }
}

/// The weekdays from Monday, in one character or three.
pub(crate) fn weekdays() -> [&'static str; 7] {
    match language() {
        Language::Chinese => WEEKDAYS_ZH,
        Language::English => WEEKDAYS_EN,
    }
}

/// The first day of a day's month.
pub(crate) fn first_of_month(day: Day) -> Day {
    day.with_day(1).unwrap_or(day)
}

/// A month: 2026年11月, November would be too long for a chip, so Nov 2026.
pub(crate) fn month_of(day: Day) -> String {
    match language() {
        Language::Chinese => format!("{}年{}月", day.year(), day.month()),
        Language::English => format!("{} {}", month(day), day.year()),
    }
}

/// A moment on the wall clock of a zone: 11月28日 17:05.
pub(crate) fn time(at: UtcMillis, offset_minutes: i32) -> String {
    let shifted = at.0.saturating_add(i64::from(offset_minutes) * 60_000);
    let Some(time) = chrono::DateTime::from_timestamp_millis(shifted) else {
        return String::new();
    };
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    let day = time.date_naive();
    match language() {
        Language::Chinese => format!("{}月{}日 {clock}", day.month(), day.day()),
        Language::English => format!("{} {} {clock}", day.day(), month(day)),
    }
}

/// The clock time of a moment at a zone: 17:05.
pub(crate) fn clock(at: UtcMillis, offset_minutes: i32) -> String {
    let shifted = at.0.saturating_add(i64::from(offset_minutes) * 60_000);
    chrono::DateTime::from_timestamp_millis(shifted)
        .map(|time| format!("{:02}:{:02}", time.hour(), time.minute()))
        .unwrap_or_default()
}

/// How long ago, in the largest unit that says something.
pub(crate) fn ago(then: UtcMillis, now: UtcMillis) -> String {
    let minutes = now.0.saturating_sub(then.0) / 60_000;
    match minutes {
        ..=0 => common::ago_now().to_owned(),
        1..60 => common::ago_minutes(&minutes.to_string()),
        60..1440 => common::ago_hours(&(minutes / 60).to_string()),
        _ => common::ago_days(&(minutes / 1440).to_string()),
    }
}

/// How far a due day is: tomorrow, 3 days left, 2 days late.
pub(crate) fn distance(due: Day, today: Day) -> String {
    match (due - today).num_days() {
        -1 => common::days_late("1"),
        0 => common::today_day().to_owned(),
        1 => common::tomorrow().to_owned(),
        days if days > 0 => common::days_left(&days.to_string()),
        days => common::days_late(&days.unsigned_abs().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_label_has_no_article_and_a_large_first_letter() {
        assert_eq!(label("the superior"), "Superior");
        assert_eq!(label("payroll"), "Payroll");
        assert_eq!(label("上级"), "上级");
    }
}
