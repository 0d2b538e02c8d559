//! What is asked about the example person: only what the rules look at.

use leptos::prelude::*;
use shared::regime::charge::{Amount, Counted};
use shared::regime::document::Regime;
use shared::regime::judging::{Method, Scoring};
use shared::regime::tariff::Tariff;
use shared::regime::total::{Full, Part, Source};
use shared::regime::walk;
use shared::result::engine_3::compile;

use super::super::keys;
use super::super::unit::Unit;
use super::Answers;
use crate::components::{Field, FieldKind, Pick, Select};
use crate::i18n::{names, rules as words};

/// How many items the example person has.
pub(super) const ITEMS: usize = 3;

/// A number, with what stands there when nobody said anything.
fn ask(answers: Answers, name: &str, label: String, (unit, usual): (Unit, i64)) -> AnyView {
    let name = name.to_owned();
    let now = answers.with_untracked(|answers| answers.get(&name).copied().unwrap_or(usual));
    let typed = RwSignal::new(unit.show(now));
    let place = name.clone();
    let input = move || {
        if let Some(value) = unit.read(&typed.get_untracked()) {
            answers.update(|answers| {
                answers.insert(name.clone(), value);
            });
        }
    };
    view! {
        <div data-example=place>
            <Field
                name="example"
                label=label
                value=typed
                kind=FieldKind::Number
                affix=unit.affix()
                on_input=input
            />
        </div>
    }
    .into_any()
}

/// One of some, by place.
fn pick(answers: Answers, name: &str, label: String, options: Vec<String>) -> AnyView {
    let name = name.to_owned();
    let place = name.clone();
    let now = answers.with_untracked(|answers| answers.get(&name).copied().unwrap_or(0));
    let picks: Vec<Pick> = options
        .into_iter()
        .enumerate()
        .map(|(nth, label)| Pick::new(nth.to_string(), label))
        .collect();
    let choose = move |key: String| {
        answers.update(|answers| {
            answers.insert(name.clone(), key.parse().unwrap_or_default());
        });
    };
    view! {
        <div data-example=place>
            <Select
                name="example"
                label=label
                picks=Signal::stored(picks)
                value=Signal::stored(now.to_string())
                on_choose=choose
            />
        </div>
    }
    .into_any()
}

/// All that is asked.
pub(super) fn form(regime: &Regime, answers: Answers) -> AnyView {
    let Some((at, cycle, _)) = walk::totals(regime).next() else {
        return ().into_any();
    };
    let document = serde_json::to_value(regime).unwrap_or_default();
    let mut asked: Vec<AnyView> = Vec::new();
    let parts = walk::parts(regime);
    let parts: Vec<_> = parts.iter().filter(|placed| placed.cycle == at).collect();
    if let Some((method, full)) = judged(regime, parts.iter().map(|placed| placed.part)) {
        for nth in 0..ITEMS {
            asked.push(item(answers, nth, (method, full)));
        }
    }
    for (nth, placed) in parts.iter().enumerate() {
        if let Source::Typed { criteria } = &placed.part.source {
            for (which, one) in criteria.iter().enumerate() {
                let label = names::name(&one.name).to_owned();
                let name = format!("typed/{nth}/{which}");
                asked.push(ask(answers, &name, label, (Unit::Points, one.points.0)));
            }
        }
    }
    let steps = cycle.deadlines.iter().enumerate();
    let looked_at = format!("{:?}", walk::charges(regime));
    for (nth, deadline) in steps {
        let step = format!("Step({:?})", deadline.step);
        if looked_at.contains(&step) {
            let place = keys::place(&document, &format!("/cycles/{at}/deadlines/{nth}"));
            let label = format!("{place} · {}", words::days_late());
            asked.push(ask(
                answers,
                &format!("step/{nth}"),
                label,
                (Unit::Plain, 0),
            ));
        }
    }
    if let Ok(program) = compile(regime, cycle.kind) {
        for (nth, place) in program.measures().iter().enumerate() {
            let label = keys::place(&document, place);
            asked.push(ask(
                answers,
                &format!("measure/{nth}"),
                label,
                (Unit::Percent, 10_000),
            ));
        }
        for (nth, place) in program.results().iter().enumerate() {
            let label = keys::place(&document, place);
            asked.push(ask(
                answers,
                &format!("result/{nth}"),
                label,
                (Unit::Points, 9_000),
            ));
        }
    }
    for (nth, tariff) in regime.tariffs.iter().enumerate() {
        let label = names::name(&tariff.name).to_owned();
        asked.push(ask(
            answers,
            &format!("entry/{nth}"),
            label,
            (Unit::Plain, 0),
        ));
        if let Some(Amount::Range { .. }) = &tariff.points {
            let label = format!("{} · {}", names::name(&tariff.name), words::points());
            let usual = usual_points(tariff);
            asked.push(ask(
                answers,
                &format!("entry-points/{nth}"),
                label,
                (Unit::Points, usual),
            ));
        }
    }
    view! { <div class="fields fields-two" data-part="example">{asked}</div> }.into_any()
}

/// The points of an entry, where nobody said how many.
pub(super) fn usual_points(tariff: &Tariff) -> i64 {
    match &tariff.points {
        Some(Amount::Fixed(points)) => points.0,
        Some(Amount::Range { least, .. }) => least.0,
        Some(Amount::Escalating(steps)) => steps.first().map_or(0, |points| points.0),
        None => 0,
    }
}

/// The method by which items are judged, and what an item's full score is.
pub(super) fn judged<'r>(
    regime: &'r Regime,
    mut parts: impl Iterator<Item = &'r Part>,
) -> Option<(&'r Method, Full)> {
    let scores = parts.find_map(|part| match &part.source {
        Source::Items(scores) => Some(scores),
        _ => None,
    })?;
    let key = &scores.groups.first()?.method;
    let method = regime
        .judging
        .methods
        .iter()
        .find(|method| method.key == *key)?;
    Some((method, scores.full))
}

/// What an item weighs where nobody said so.
pub(super) const fn usual_full(full: Full, nth: usize) -> i64 {
    match full {
        Full::Importance => match nth {
            0 => 150,
            1 => 100,
            _ => 50,
        },
        Full::Weight | Full::Equal(_) => match nth {
            0 => 5_000,
            1 => 3_000,
            _ => 2_000,
        },
    }
}

fn item(answers: Answers, nth: usize, (method, full): (&Method, Full)) -> AnyView {
    let title = words::nth(words::item(), &(nth + 1).to_string());
    let label = |field: &str| format!("{title} · {field}");
    let name = |field: &str| format!("item/{nth}/{field}");
    let mut asked: Vec<AnyView> = Vec::new();
    let usual = usual_full(full, nth);
    let (unit, field) = match full {
        Full::Importance => (Unit::Importance, words::field("", "importance")),
        Full::Weight | Full::Equal(_) => (Unit::Points, words::weight()),
    };
    asked.push(ask(answers, &name("full"), label(field), (unit, usual)));
    let options = vec![words::yes().to_owned(), words::no().to_owned()];
    asked.push(pick(
        answers,
        &name("undone"),
        label(words::carried_out()),
        options,
    ));
    let named = |list: Vec<&shared::regime::Name>| -> Vec<String> {
        list.into_iter()
            .map(|one| names::name(one).to_owned())
            .collect()
    };
    match &method.scoring {
        Scoring::Typed {} | Scoring::OwnRule {} => {
            asked.push(ask(
                answers,
                &name("points"),
                label(words::score()),
                (Unit::Points, usual),
            ));
        }
        Scoring::Levels { levels } => {
            let options = named(levels.iter().map(|level| &level.name).collect());
            asked.push(pick(
                answers,
                &name("level"),
                label(words::score()),
                options,
            ));
        }
        Scoring::Matrix {
            efficiency,
            quality,
            ..
        } => {
            let rows = named(efficiency.iter().map(|level| &level.name).collect());
            let columns = named(quality.iter().map(|level| &level.name).collect());
            let (row, column) = (words::efficiency(), words::quality());
            asked.push(pick(answers, &name("row"), label(row), rows));
            asked.push(pick(answers, &name("column"), label(column), columns));
        }
        Scoring::Reached { .. } => {
            let field = words::variant("", "reached");
            asked.push(ask(
                answers,
                &name("reached"),
                label(field),
                (Unit::Percent, 10_000),
            ));
        }
        Scoring::Whole {} => {}
    }
    for (which, charge) in method.charges.iter().enumerate() {
        match charge.counted {
            Counted::DaysLate { .. } | Counted::HoursLate { .. } => {
                asked.push(ask(
                    answers,
                    &name("late"),
                    label(words::days_late()),
                    (Unit::Plain, 0),
                ));
            }
            Counted::Typed {} => {
                let field = names::name(&charge.name);
                asked.push(ask(
                    answers,
                    &name(&format!("off/{which}")),
                    label(field),
                    (Unit::Points, 0),
                ));
            }
            _ => {}
        }
    }
    asked.collect_view().into_any()
}
