//! What was answered in a form, by the names of its entries.
//!
//! Reading an answer says what is wrong with it and where; a rule is never judged here.

use std::str::FromStr;

use leptos::prelude::*;

use super::missing;

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The entry.
    pub(crate) field: &'static str,
    /// What is wrong, in words.
    pub(crate) words: String,
}

impl Wrong {
    /// Says it.
    pub(crate) fn at(field: &'static str, words: impl Into<String>) -> Self {
        let words = words.into();
        Self { field, words }
    }
}

/// The answers.
#[derive(Clone, Copy)]
pub(crate) struct Answers(StoredValue<Vec<(&'static str, RwSignal<String>)>>);

impl Answers {
    /// Makes answers that say at first what the entries say.
    pub(super) fn of<'a>(entries: impl Iterator<Item = (&'static str, &'a str)>) -> Self {
        let pairs = entries.map(|(name, value)| (name, RwSignal::new(value.to_owned())));
        Self(StoredValue::new(pairs.collect()))
    }

    /// The answer to an entry of the form, as it changes.
    pub(super) fn signal(self, name: &str) -> RwSignal<String> {
        self.0.with_value(|pairs| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.expect("a form asks for its own entries").1
        })
    }

    /// The text of an answer, without the spaces around it.
    pub(crate) fn text(self, name: &str) -> String {
        self.signal(name).get_untracked().trim().to_owned()
    }

    /// Says whether this was chosen.
    pub(crate) fn is(self, name: &str, key: &str) -> bool {
        self.text(name) == key
    }

    /// A text that may not be empty.
    pub(crate) fn filled(self, name: &'static str, label: &str) -> Result<String, Wrong> {
        let text = self.text(name);
        if text.is_empty() {
            return Err(Wrong::at(name, missing(label)));
        }
        Ok(text)
    }

    /// An answer that was chosen or typed and must be readable.
    pub(crate) fn read<T: FromStr>(self, name: &'static str, label: &str) -> Result<T, Wrong> {
        let text = self.text(name);
        text.parse().map_err(|_| Wrong::at(name, missing(label)))
    }

    /// The same, where it may stay empty.
    pub(crate) fn read_if<T: FromStr>(
        self,
        name: &'static str,
        label: &str,
    ) -> Result<Option<T>, Wrong> {
        if self.text(name).is_empty() {
            return Ok(None);
        }
        self.read(name, label).map(Some)
    }

    /// All that were chosen of many.
    pub(crate) fn all<T: FromStr>(self, name: &str) -> Vec<T> {
        let text = self.text(name);
        text.split(' ').filter_map(|key| key.parse().ok()).collect()
    }
}
