//! The rows of a table: what each cell says, and in which order rows stand.

use std::cmp::Ordering;

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use shared::search::{Initials, Query};
use wasm_bindgen::JsValue;

use crate::i18n::{Language, language};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name, for what is remembered and for tests.
    pub(crate) key: &'static str,
    /// Its heading.
    pub(crate) words: &'static str,
    /// Whether it holds figures.
    pub(crate) figures: bool,
}

impl Column {
    /// A column of words.
    pub(crate) const fn words(key: &'static str, words: &'static str) -> Self {
        Self {
            key,
            words,
            figures: false,
        }
    }

    /// A column of figures.
    pub(crate) const fn figures(key: &'static str, words: &'static str) -> Self {
        Self {
            key,
            words,
            figures: true,
        }
    }
}

/// A cell: the words by which it is found, sorted and handed out, and how it is drawn where it is
/// more than words.
#[derive(Clone)]
pub(crate) struct Cell {
    words: String,
    rank: Option<i64>,
    drawn: Option<ViewFn>,
}

impl Cell {
    /// A cell of words.
    pub(crate) fn words(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            rank: None,
            drawn: None,
        }
    }

    /// Sorts it by a number instead of its words.
    pub(crate) fn ranked(mut self, rank: i64) -> Self {
        self.rank = Some(rank);
        self
    }

    /// Draws it as something else than its words.
    pub(crate) fn drawn(mut self, view: impl Fn() -> AnyView + Send + Sync + 'static) -> Self {
        self.drawn = Some(ViewFn::from(view));
        self
    }

    /// What stands in the cell.
    pub(super) fn view(&self) -> AnyView {
        match &self.drawn {
            Some(drawn) => drawn.run(),
            None => self.words.clone().into_any(),
        }
    }
}

/// A row; its first cell leads to what it is about.
#[derive(Clone)]
pub(crate) struct Row {
    /// What it is about, for tests and for what is chosen.
    pub(crate) key: String,
    /// Where it leads.
    pub(crate) href: String,
    /// The act that leads there.
    pub(crate) act: &'static str,
    /// Where the thing stands, for tests and style; empty where that means nothing.
    pub(crate) state: &'static str,
    /// Its cells, in the order of the columns.
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    /// What its first cell says.
    pub(super) fn name(&self) -> &str {
        self.cells.first().map_or("", |cell| cell.words.as_str())
    }

    /// What its cells say, for a sheet.
    pub(super) fn said(&self, columns: &[usize]) -> Vec<String> {
        let cells = columns.iter().filter_map(|at| self.cells.get(*at));
        cells.map(|cell| cell.words.clone()).collect()
    }

    fn holds(&self, query: &Query, initials: Option<&Initials>) -> bool {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.words.as_str()).collect();
        query.stands_in(&texts, initials)
    }
}

/// Which rows are shown, by their places: those that hold what is searched for, sorted by a column
/// from the least, or from the most.
pub(super) fn arranged(
    rows: &[Row],
    query: &Query,
    initials: Option<&Initials>,
    sort: Option<(usize, bool)>,
) -> Vec<usize> {
    let places = 0..rows.len();
    let mut found: Vec<usize> = places
        .filter(|at| query.is_empty() || rows[*at].holds(query, initials))
        .collect();
    if let Some((column, falls)) = sort {
        let collator = collator();
        let by_words = |a: &str, b: &str| {
            let order = collator.call2(&JsValue::UNDEFINED, &a.into(), &b.into());
            let order = order.ok().and_then(|order| order.as_f64());
            order.map_or_else(|| a.cmp(b), |order| order.total_cmp(&0.0))
        };
        found.sort_by(|a, b| {
            let (a, b) = (rows[*a].cells.get(column), rows[*b].cells.get(column));
            let (Some(a), Some(b)) = (a, b) else {
                return Ordering::Equal;
            };
            compared(a, b, falls, by_words)
        });
    }
    found
}

/// Empty cells stand last, whichever way the rest is sorted.
fn compared(
    a: &Cell,
    b: &Cell,
    falls: bool,
    by_words: impl Fn(&str, &str) -> Ordering,
) -> Ordering {
    let empty = a.words.is_empty().cmp(&b.words.is_empty());
    if empty != Ordering::Equal {
        return empty;
    }
    let order = match (a.rank, b.rank) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => by_words(&a.words, &b.words),
    };
    if falls { order.reverse() } else { order }
}

/// Compares as readers of the language sort: Chinese by pinyin, numbers within words as numbers.
fn collator() -> Function {
    let language = match language() {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let options = Object::new();
    // A browser that does not know the option sorts digit by digit.
    let _ = Reflect::set(&options, &"numeric".into(), &JsValue::TRUE);
    Intl::Collator::new(&Array::of1(&language.into()), &options).compare()
}
