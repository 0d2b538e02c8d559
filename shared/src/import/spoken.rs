//! What people write into cells, turned into the forms that an import reads: days, weights, targets.
//!
//! A form that is not known is left as it stands, so that the reader of the cell refuses it with the
//! words that were written.

use crate::item::TargetKind;

/// Days of a month's end and rhythms, as they are written, and the form of each.
const DUE_WORDS: [(&str, &[&str]); 8] = [
    (
        "month-end",
        &[
            "月底",
            "月末",
            "本月底",
            "本月末",
            "当月底",
            "month end",
            "end of month",
        ],
    ),
    ("half-year-end", &["半年底", "半年末"]),
    (
        "year-end",
        &["年底", "年末", "本年底", "year end", "end of year"],
    ),
    (
        "daily",
        &[
            "每日",
            "每天",
            "每工作日",
            "每个工作日",
            "日常",
            "every day",
        ],
    ),
    ("weekly", &["每周", "每星期", "every week"]),
    ("monthly", &["每月", "每个月", "every month"]),
    (
        "on-request",
        &["按需", "随时", "不定期", "on request", "as needed"],
    ),
    ("", &["无", "-", "—", "/", "n/a"]),
];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Half width, lower case, trimmed.
fn plain(text: &str) -> String {
    let narrow = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    });
    narrow.collect::<String>().trim().to_lowercase()
}

/// A due day or a rhythm.
pub(super) fn due(text: &str) -> String {
    let spoken = plain(text);
    let spoken = spoken.trim_end_matches(['前', '止', '内', '。']);
    let spoken = spoken.strip_suffix("之").unwrap_or(spoken).trim();
    let spoken = spoken.strip_prefix("by ").unwrap_or(spoken);
    let known = DUE_WORDS
        .iter()
        .find(|(form, words)| form == &spoken || words.contains(&spoken));
    if let Some((form, _)) = known {
        return (*form).to_owned();
    }
    day(spoken).unwrap_or_else(|| text.trim().to_owned())
}

/// A day: `2026/11/30`, `2026年11月30日`, `11月30日`, `11.30`, `30日`, `30-Nov`, `Nov 30`.
fn day(spoken: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || c.is_ascii_alphabetic();
    let between: String = spoken.chars().filter(|c| !is_part(*c)).collect();
    if !between.chars().all(|c| " -/.,年月日号".contains(c)) {
        return None;
    }
    let parts: Vec<&str> = spoken
        .split(|c: char| !is_part(c))
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str| part.parse::<u32>().ok();
    let month = |part: &str| {
        let at = MONTHS.iter().position(|name| part.starts_with(name))?;
        u32::try_from(at + 1).ok()
    };
    match parts.as_slice() {
        [one] => number(one)
            .filter(|_| between.is_empty() || between == "日" || between == "号")
            .map(|day| day.to_string()),
        [one, other] => {
            let (month, day) = match (month(one), month(other)) {
                (Some(month), None) => (month, number(other)?),
                (None, Some(month)) => (month, number(one)?),
                _ => (number(one)?, number(other)?),
            };
            Some(format!("{month:02}-{day:02}"))
        }
        [year, month, day, ..] if year.len() == 4 => {
            let (month, day) = (number(month)?, number(day)?);
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// A weight: `20`, `20%`, `20分`.
pub(super) fn weight(text: &str) -> String {
    let spoken = plain(text);
    let number = spoken
        .trim_end_matches("points")
        .trim_end_matches(['%', '分']);
    number.trim().to_owned()
}

/// A target: its kind, its number and the unit of measure behind it.
///
/// `不低于98.5%` is 98.5 %, the higher the better; words without a number give no target.
pub(super) fn target(text: &str) -> (TargetKind, String, String) {
    let spoken = plain(text);
    let higher = ["≥", ">=", ">", "不低于", "不少于", "至少", "at least"];
    let lower = ["≤", "<=", "<", "不高于", "不超过", "不多于", "at most"];
    let strip = |words: &[&str]| {
        let found = words.iter().find_map(|word| spoken.strip_prefix(word));
        found.map(|rest| rest.trim().to_owned())
    };
    let (kind, rest) = match (strip(&higher), strip(&lower)) {
        (Some(rest), _) => (Some(TargetKind::Higher), rest),
        (_, Some(rest)) => (Some(TargetKind::Lower), rest),
        _ => (None, spoken.clone()),
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    let (number, measure) = rest.split_at(end);
    let measure = measure.trim();
    if number.is_empty() {
        // What is no number is refused with the words that were written.
        return (TargetKind::Done, text.trim().to_owned(), String::new());
    }
    // The longer ending stands before the one that it ends with.
    let behind = [
        ("及以上", TargetKind::Higher),
        ("以上", TargetKind::Higher),
        ("及以下", TargetKind::Lower),
        ("以下", TargetKind::Lower),
        ("以内", TargetKind::Lower),
    ];
    let mut behind = behind.into_iter();
    let bound = behind.find_map(|(words, kind)| Some((kind, measure.strip_suffix(words)?)));
    let (kind, measure) = match (kind, bound) {
        (None, Some(bound)) => bound,
        (Some(kind), _) => (kind, measure),
        (None, None) if measure == "%" => (TargetKind::Rate, measure),
        (None, None) => (TargetKind::Count, measure),
    };
    (kind, number.to_owned(), measure.to_owned())
}
