//! Quantification: whether an item says by a number or a date how one will see that it is done.
//!
//! A hint while drafting, never a refusal: there is honest work without a figure. Words that mean
//! all or none count as figures, because somebody can check them.

use crate::item::{Item, TargetKind};

/// Chinese numerals, as they are written before a measure word.
const NUMERALS: &str = "一二三四五六七八九十百千万两半";

/// What is counted, as it stands behind a numeral; "一般" or "统一" count nothing.
const MEASURES: &str = "次个项份张条件批台套人名户家天日周月季年轮类处篇场节期班元吨米支只\
                        级遍页组单小工分万千百十倍成";

/// Words that mean every one, none, or so many each time.
const WHOLE: [&str; 15] = [
    "全部", "全员", "全体", "所有", "每天", "每日", "每周", "每月", "每季", "每年", "每个", "每单",
    "零", "无一", "均在",
];

/// The same in English, as whole words.
const WHOLE_EN: [&str; 13] = [
    "all",
    "every",
    "each",
    "none",
    "zero",
    "no",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "one",
    "two",
    "three",
];

/// Says whether the target, the measure or the completion standard has a number or a date.
///
/// A target by a date has one when the item is due on a day.
pub fn is_quantified(item: &Item) -> bool {
    let dated = matches!(item.target.kind, TargetKind::Date | TargetKind::Milestone);
    item.target.value.is_some()
        || (dated && item.due.is_some())
        || has_figure(&item.standard)
        || has_figure(&item.target.measure)
}

/// Says whether a text names a number, a date, all or none.
pub fn has_figure(text: &str) -> bool {
    // Digits of either width, and `①`; Chinese numerals are letters.
    if text.chars().any(char::is_numeric) || WHOLE.iter().any(|word| text.contains(word)) {
        return true;
    }
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
    if words.any(|word| {
        WHOLE_EN
            .iter()
            .any(|whole| word.eq_ignore_ascii_case(whole))
    }) {
        return true;
    }
    let mut before = None;
    text.chars().any(|c| {
        let counted = before.is_some_and(|b| NUMERALS.contains(b)) && MEASURES.contains(c);
        before = Some(c);
        counted
    })
}
