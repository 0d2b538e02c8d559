//! What is said of a place: its findings, each with its remedy, where the place stands in the form.

use leptos::prelude::*;
use serde_json::Value;
use shared::regime::finding::{Finding, Problem};
use shared::regime::schema;

use super::draft::Draft;
use super::keys;
use super::unit::Unit;
use crate::i18n::finding::{self, Saying};
use crate::i18n::rules as words;

/// The unit of the number at a place.
pub(super) fn unit(at: &str) -> Unit {
    let mut of = schema::definition("Regime");
    let (mut named, mut field) = ("", "");
    for step in at.split('/').skip(1) {
        let (_, inner) = schema::variants(of);
        let variant = inner.into_iter().find(|(name, _)| *name == step);
        let below = variant.map(|(_, below)| below);
        let below = below.or_else(|| of.get("properties")?.get(step));
        let below = below.or_else(|| of.get("items").filter(|_| step.parse::<usize>().is_ok()));
        let Some(below) = below else { break };
        if step.parse::<usize>().is_err() {
            field = step;
        }
        named = schema::named_by(below).unwrap_or_default();
        of = schema::followed(below);
    }
    Unit::of(named, field, at)
}

/// What is wrong, and what to do about it.
pub(super) fn both(document: &Value, found: &Finding) -> (String, String) {
    let unit = unit(&found.place);
    let figure = |text: &str| match text.parse() {
        Ok(value) => unit.show(value) + &unit.affix().unwrap_or_default(),
        Err(_) => text.to_owned(),
    };
    let field = |name: &str| words::field("", name).to_owned();
    let say = Saying {
        place: &|at| keys::place(document, at),
        figure: &figure,
        field: &field,
    };
    if let Problem::WrongType { must } = &found.problem
        && must == "integer"
    {
        let words = words::number_unreadable().to_owned();
        return (words, String::new());
    }
    let (problem, remedy) = (&found.problem, &found.problem);
    (
        finding::problem(problem, &say),
        finding::remedy(remedy, &say),
    )
}

/// What is wrong at a place, with the remedy; for a field. Observed.
pub(super) fn error(draft: Draft, at: String) -> Signal<Option<String>> {
    Memo::new(move |_| {
        let found = draft
            .findings
            .with(|findings| findings.iter().find(|one| one.place == at).cloned());
        let found = found?;
        let (problem, remedy) = draft.with(|document| both(document, &found));
        Some(finding::with_remedy(&problem, &remedy))
    })
    .into()
}

/// A line with what is wrong at a place that is no field.
pub(super) fn line(draft: Draft, at: String) -> impl IntoView {
    let error = error(draft, at);
    move || {
        let words = error.get()?;
        Some(view! { <p class="field-error" role="alert">{words}</p> })
    }
}

/// How much is wrong at a place and below it. Observed.
pub(super) fn count_below(draft: Draft, at: String) -> Memo<usize> {
    Memo::new(move |_| {
        draft.findings.with(|findings| {
            let here = |found: &&Finding| {
                let rest = found.place.strip_prefix(&at);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            findings.iter().filter(here).count()
        })
    })
}

/// A value in words: a number in its unit, a choice by its name, an entry by what it is called.
pub(super) fn value(at: &str, value: &Value) -> String {
    match value {
        Value::Number(number) => {
            let unit = unit(at);
            let shown = number.as_i64().map(|value| unit.show(value));
            shown.unwrap_or_default() + &unit.affix().unwrap_or_default()
        }
        Value::Bool(true) => words::yes().to_owned(),
        Value::Bool(false) => words::no().to_owned(),
        Value::String(word) => words::variant("", word).to_owned(),
        Value::Array(list) => {
            let entries = list.iter().map(|one| self::value(at, one));
            entries
                .collect::<Vec<_>>()
                .join(crate::i18n::common::between())
        }
        Value::Object(members) => keys::called(value).unwrap_or_else(|| {
            let lines = members.iter().map(|(name, inner)| {
                let inner = self::value(&format!("{at}/{name}"), inner);
                format!("{} {inner}", words::field("", name))
            });
            lines
                .collect::<Vec<_>>()
                .join(crate::i18n::common::between())
        }),
        Value::Null => String::new(),
    }
}
