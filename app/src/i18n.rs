//! Words on the screen, in Chinese and English.
//!
//! Every message is a function that holds both languages side by side: a missing translation does
//! not compile. The language is one setting of the page; changing it draws the page again, so a
//! message is read, not observed.
//!
//! To add a message: a line in the file of its area. Words are those of the glossary.

use std::cell::Cell;

/// Makes functions without arguments that give the text in the reader's language.
macro_rules! words {
    ($($name:ident = $zh:literal, $en:literal;)*) => {$(
        #[doc = $en]
        pub(crate) fn $name() -> &'static str {
            match $crate::i18n::language() {
                $crate::i18n::Language::Chinese => $zh,
                $crate::i18n::Language::English => $en,
            }
        }
    )*};
}

/// Makes functions whose arguments stand in the text.
macro_rules! sentences {
    ($($name:ident($($arg:ident),+) = $zh:literal, $en:literal;)*) => {$(
        #[doc = $en]
        pub(crate) fn $name($($arg: &str),+) -> String {
            match $crate::i18n::language() {
                $crate::i18n::Language::Chinese => format!($zh),
                $crate::i18n::Language::English => format!($en),
            }
        }
    )*};
}

/// Sentences that begin with a number: Chinese, English of one, English of another number.
macro_rules! counts {
    ($($name:ident($count:ident) = $zh:literal, $one:literal, $many:literal;)*) => {$(
        #[doc = $many]
        pub(crate) fn $name($count: &str) -> String {
            match $crate::i18n::language() {
                $crate::i18n::Language::Chinese => format!($zh),
                $crate::i18n::Language::English if $count == "1" => format!($one),
                $crate::i18n::Language::English => format!($many),
            }
        }
    )*};
}

pub(crate) mod absence;
pub(crate) mod administration;
pub(crate) mod appeal;
pub(crate) mod calendar;
pub(crate) mod change;
pub(crate) mod chart;
pub(crate) mod cohort;
pub(crate) mod common;
pub(crate) mod coverage;
pub(crate) mod desk_table;
pub(crate) mod editor;
pub(crate) mod evidence;
pub(crate) mod finding;
pub(crate) mod format;
pub(crate) mod import;
pub(crate) mod joining;
pub(crate) mod keys;
pub(crate) mod ledger;
pub(crate) mod lists;
pub(crate) mod meeting;
pub(crate) mod names;
pub(crate) mod organisation;
pub(crate) mod paper;
pub(crate) mod payroll;
pub(crate) mod period;
pub(crate) mod plan;
pub(crate) mod pool;
pub(crate) mod refusal;
pub(crate) mod regime;
pub(crate) mod review;
pub(crate) mod rules;
pub(crate) mod seal;
pub(crate) mod search;
pub(crate) mod session;
pub(crate) mod signing;
pub(crate) mod spot_check;
pub(crate) mod tape;
pub(crate) mod today;
pub(crate) mod whatif;
pub(crate) mod work;

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::Chinese) };
}

/// The reader's language.
pub(crate) fn language() -> Language {
    LANGUAGE.get()
}

/// Chooses the language in which all messages are read from now on.
pub(crate) fn choose(language: Language) {
    LANGUAGE.set(language);
}

impl Language {
    /// The tag for the page's `lang`, which also picks the right glyphs.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The short form in which the device keeps it.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// Reads a kept choice, or the browser's preference.
    pub(crate) fn from_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") {
            Self::Chinese
        } else {
            Self::English
        }
    }

    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }
}
