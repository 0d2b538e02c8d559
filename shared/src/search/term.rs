//! The words of a query, and how well a text has them.
//!
//! A sign of the query stands for the same sign of the text whatever its width and case, and a
//! Latin letter also for a Chinese character whose reading begins with it; so `zl检查` finds
//! 质量检查. Spaces and punctuation of the text are passed over within a word.

use std::ops::Range;

use super::Initials;

/// The most characters of a query that are looked at.
const MOST_SIGNS: usize = 64;

/// How well a word stands in a text; the smaller, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quality {
    /// The name is the word.
    Whole,
    /// The name begins with the word.
    Begins,
    /// The name has the word somewhere.
    Within,
    /// The name is read with these initials.
    InitialsWhole,
    /// Its initials begin so.
    InitialsBegin,
    /// Its initials have the word somewhere.
    InitialsWithin,
    /// It stands beside the name, by its characters.
    Beside,
    /// It stands beside the name, by initials.
    BesideInitials,
}

/// What is searched for: words, all of which must be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<Vec<char>>,
}

/// Where a word stands in a text, in bytes, and whether initials were needed.
struct Place {
    range: Range<usize>,
    initials: bool,
}

/// A character as it is compared: half width and lower case; punctuation and spaces are none.
fn folded(c: char) -> Option<char> {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    if narrow.is_alphanumeric() {
        // The few letters that have two lower case characters are compared by the first.
        Some(narrow.to_lowercase().next().unwrap_or(narrow))
    } else {
        "%+#.-".contains(narrow).then_some(narrow)
    }
}

impl Query {
    /// Reads what was typed: words with spaces between them.
    pub fn read(text: &str) -> Self {
        let mut left = MOST_SIGNS;
        let mut words = Vec::new();
        for word in text.split_whitespace() {
            let word: Vec<char> = word.chars().filter_map(folded).take(left).collect();
            left -= word.len();
            if !word.is_empty() {
                words.push(word);
            }
        }
        Self { words }
    }

    /// Says whether nothing is searched for.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Says whether each word stands in one of the texts, by its characters or by initials.
    pub fn stands_in(&self, texts: &[&str], initials: Option<&Initials>) -> bool {
        self.quality(texts, initials).is_some()
    }

    /// How well the texts have every word, the first of them being the name; none where one word
    /// stands in no text. Beside it the number of a text that has a word which the name lacks.
    pub(super) fn quality(
        &self,
        texts: &[&str],
        initials: Option<&Initials>,
    ) -> Option<(Quality, Option<usize>)> {
        let mut worst = Quality::Whole;
        let mut beside = None;
        for word in &self.words {
            let in_name = texts.first().and_then(|name| named(word, name, initials));
            let quality = if let Some(quality) = in_name {
                quality
            } else {
                let mut rest = texts.iter().enumerate().skip(1);
                let (at, place) =
                    rest.find_map(|(at, text)| Some((at, find(word, text, initials)?)))?;
                beside = Some(at);
                if place.initials {
                    Quality::BesideInitials
                } else {
                    Quality::Beside
                }
            };
            worst = worst.max(quality);
        }
        Some((worst, beside))
    }

    /// Where the words stand in a text: ranges of bytes, in order, none overlapping.
    pub(super) fn marks(&self, text: &str, initials: Option<&Initials>) -> Vec<Range<usize>> {
        let found = self
            .words
            .iter()
            .filter_map(|word| find(word, text, initials));
        let mut marks: Vec<Range<usize>> = found.map(|place| place.range).collect();
        marks.sort_unstable_by_key(|mark| (mark.start, mark.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for mark in marks {
            match apart.last_mut() {
                Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
                _ => apart.push(mark),
            }
        }
        apart
    }
}

/// How well a word stands in a name.
fn named(word: &[char], name: &str, initials: Option<&Initials>) -> Option<Quality> {
    let place = find(word, name, initials)?;
    let begins = place.range.start == 0;
    Some(match (place.initials, begins) {
        (false, true) if place.range.end == name.len() => Quality::Whole,
        (false, true) => Quality::Begins,
        (false, false) => Quality::Within,
        (true, true) if place.range.end == name.len() => Quality::InitialsWhole,
        (true, true) => Quality::InitialsBegin,
        (true, false) => Quality::InitialsWithin,
    })
}

/// The first place of a word in a text by its characters, else by initials.
fn find(word: &[char], text: &str, initials: Option<&Initials>) -> Option<Place> {
    let spelled = find_by(word, text, None);
    // Initials stand for letters alone: a word without any was looked for already.
    let lettered = || word.iter().any(char::is_ascii_lowercase);
    spelled.or_else(|| {
        initials
            .filter(|_| lettered())
            .and_then(|all| find_by(word, text, Some(all)))
    })
}

fn find_by(word: &[char], text: &str, initials: Option<&Initials>) -> Option<Place> {
    let first = *word.first()?;
    for (start, c) in text.char_indices() {
        if stands_for(first, c, initials)
            && let Some(end) = ends(&word[1..], start + c.len_utf8(), text, initials)
        {
            return Some(Place {
                range: start..end,
                initials: initials.is_some(),
            });
        }
    }
    None
}

/// Where a word ends whose rest begins here.
fn ends(word: &[char], from: usize, text: &str, initials: Option<&Initials>) -> Option<usize> {
    let mut end = from;
    let mut rest = text.get(from..)?.chars();
    for wanted in word {
        loop {
            let c = rest.next()?;
            end += c.len_utf8();
            if stands_for(*wanted, c, initials) {
                break;
            }
            if folded(c).is_some_and(char::is_alphanumeric) {
                return None;
            }
        }
    }
    Some(end)
}

/// Says whether a sign of a query stands for a character of a text.
///
/// Nearly every character is an ideograph or ASCII, and neither needs the tables of Unicode.
fn stands_for(wanted: char, c: char, initials: Option<&Initials>) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => c == wanted || initials.is_some_and(|all| all.begins(c, wanted)),
        _ if c.is_ascii() => c.to_ascii_lowercase() == wanted,
        _ => folded(c) == Some(wanted),
    }
}
