//! How a total comes about, in words: its parts as a list, and the methods by which items are judged.

use leptos::prelude::*;
use shared::quantity::Points;
use shared::regime::Regime;
use shared::regime::cycle::Cycle;
use shared::regime::judging::{Level, Method, Scoring};
use shared::regime::total::{Combine, Empty, Part, Parts, Rounding, Source};

use super::{line, mark, part, percent};
use crate::components::{Panel, Table};
use crate::i18n::{common, names, regime as words};

/// The parts of a cycle's total, deepest last, with what is assessed and how it is rounded.
pub(super) fn lines(regime: &Regime, cycle: &Cycle, at: &str) -> Vec<AnyView> {
    let assessed = match &cycle.assessed {
        Some(range) => words::assessed_from(&range.from_day.to_string(), &range.to_day.to_string()),
        None => words::assessed_all().to_owned(),
    };
    let assessed = common::named(words::assessed(), &assessed);
    let mut found = vec![line(assessed, mark(regime, &format!("{at}/assessed")))];
    let Some(total) = &cycle.total else {
        found.push(line(words::tracked().to_owned(), None));
        return found;
    };
    parts(
        regime,
        &total.parts,
        &format!("{at}/total/parts"),
        0,
        &mut found,
    );
    let rounding = match total.rounding {
        Rounding::TotalHalfUp => words::rounding(),
        Rounding::TotalDown => words::rounding_down(),
        Rounding::TotalUp => words::rounding_up(),
        Rounding::PartsHalfUp => words::rounding_parts(),
    };
    let house = mark(regime, &format!("{at}/total/rounding"));
    found.push(line(rounding.to_owned(), house));
    found
}

fn parts(regime: &Regime, parts: &Parts, at: &str, depth: usize, found: &mut Vec<AnyView>) {
    let combined = match parts.combine {
        Combine::Sum => None,
        Combine::Weighted => Some(words::combine_weighted()),
        Combine::Product => Some(words::combine_product()),
        Combine::Least => Some(words::combine_least()),
    };
    found.extend(
        combined.map(|words| line(words.to_owned(), mark(regime, &format!("{at}/combine")))),
    );
    for (place, one) in parts.list.iter().enumerate() {
        let at = format!("{at}/list/{place}");
        let indent = "\u{3000}".repeat(depth);
        let words = common::named(&(indent + names::name(&one.name)), &said(one));
        found.push(line(words, mark(regime, &at)));
        if let Source::Parts(below) = &one.source {
            self::parts(
                regime,
                below,
                &format!("{at}/source/parts"),
                depth + 1,
                found,
            );
        }
    }
}

/// What a part says, in one line.
fn said(one: &Part) -> String {
    let source = match &one.source {
        Source::Items(_) => words::source_items(),
        Source::Typed { .. } => words::source_typed(),
        Source::Charges { .. } => words::source_charges(),
        Source::Measured { .. } => words::source_measured(),
        Source::Result { .. } => words::source_result(),
        Source::Parts(_) => words::source_parts(),
    };
    let empty = match one.empty {
        Empty::DropsOut => Some(words::empty_drops_out()),
        Empty::CountsZero => Some(words::empty_zero()),
        Empty::CountsFull => Some(words::empty_full()),
        Empty::Blocks => None,
    };
    let facts = [
        one.minus.then(|| words::taken_off().to_owned()),
        one.total.map(|total| common::points_of(&total.to_string())),
        one.weight.map(|weight| words::share_of(&percent(weight))),
        Some(source.to_owned()),
        empty.map(str::to_owned),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    facts.join(" · ")
}

/// The methods, each in a panel of its own.
pub(super) fn methods(regime: &Regime) -> Vec<AnyView> {
    let methods = regime.judging.methods.iter().enumerate();
    let many = regime.judging.methods.len() > 1;
    methods
        .map(|(at, one)| {
            let title = if many {
                common::with_note(words::judging(), names::name(&one.name))
            } else {
                words::judging().to_owned()
            };
            method(regime, one, title, &format!("/judging/methods/{at}"))
        })
        .collect()
}

fn method(regime: &Regime, method: &Method, title: String, at: &str) -> AnyView {
    let house = mark(regime, at);
    let said = match &method.scoring {
        Scoring::Matrix {
            efficiency,
            quality,
            factors,
            ..
        } => {
            let undone = words::factor_not_carried_out(&method.undone.to_string());
            let table = matrix((efficiency, quality), factors);
            return view! {
                <Panel title=title>
                    <p>{words::matrix()} " " {house}</p>
                    {table}
                    <p>{undone}</p>
                </Panel>
            }
            .into_any();
        }
        Scoring::Levels { levels } => {
            let levels = levels.iter();
            let levels =
                levels.map(|level| format!("{} {}", names::name(&level.name), level.factor));
            let levels: Vec<String> = levels.collect();
            common::named(words::scoring_levels(), &levels.join(common::between()))
        }
        Scoring::Typed {} => words::scoring_typed().to_owned(),
        Scoring::Whole {} => words::scoring_whole().to_owned(),
        Scoring::Reached { .. } => words::scoring_reached().to_owned(),
        Scoring::OwnRule {} => words::points().to_owned(),
    };
    let mut found = vec![line(said, house)];
    found.extend(method.charges.iter().enumerate().map(|(place, charge)| {
        let most = charge.most.unwrap_or(Points(0));
        let words = if most > Points(0) {
            common::with_note(
                names::name(&charge.name),
                &words::charge_most(&most.to_string()),
            )
        } else {
            names::name(&charge.name).to_owned()
        };
        let words = common::named(words::taken_off(), &words);
        line(words, mark(regime, &format!("{at}/charges/{place}")))
    }));
    part(title, found)
}

fn matrix(
    (efficiency, quality): (&[Level], &[Level]),
    factors: &[Vec<shared::quantity::BasisPoints>],
) -> impl IntoView + use<> {
    let name = |level: &Level| names::name(&level.name).to_owned();
    let mut columns = vec![(words::matrix_levels().to_owned(), false)];
    columns.extend(quality.iter().map(|level| (name(level), true)));
    let labels: Vec<String> = quality.iter().map(name).collect();
    let rows = efficiency.iter().zip(factors);
    let rows: Vec<_> = rows
        .map(|(level, factors)| {
            let cells: Vec<_> = factors
                .iter()
                .zip(labels.clone())
                .map(|(factor, label)| {
                    view! { <td class="cell-figure" data-label=label>{factor.to_string()}</td> }
                })
                .collect();
            view! { <tr><th scope="row">{name(level)}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="rules-matrix">
            <Table caption=words::judging() columns=columns><tbody>{rows}</tbody></Table>
        </div>
    }
}
