//! The example person: facts that the clerk changes, judged by the draft as everybody would be, with
//! the way to the figures unfolded.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::quantity::Points;
use shared::regime::document::Regime;
use shared::regime::walk;
use shared::result::engine_3::node::{Node, Op};
use shared::result::engine_3::{Figures, Inputs, Program, Tape, compile, person};

use super::draft::Draft;
use super::keys;
use crate::components::{Banner, Explain, ExplainNode, Panel};
use crate::i18n::{refusal, rules as words};

mod ask;
mod facts;

/// What the clerk entered, by the name of the field; what is not there is as it usually is.
pub(super) type Answers = RwSignal<BTreeMap<String, i64>>;

/// The panel.
#[component]
pub(super) fn Preview(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let answers: Answers = RwSignal::new(BTreeMap::new());
    // The form is drawn anew when the rules change, and not when the example does.
    let rules = Memo::new(move |_| {
        let sound = draft.findings.with(Vec::is_empty);
        let regime = draft.read.get().ok().filter(|_| sound)?;
        walk::totals(&regime).next()?;
        Some(regime)
    });
    let content = move || {
        let Some(regime) = rules.get() else {
            return view! { <p class="faint">{words::preview_not_yet()}</p> }.into_any();
        };
        let asked = ask::form(&regime, answers);
        let result = move || result(draft, &regime, answers);
        view! {
            <p class="faint small">{words::preview_lead()}</p>
            {asked}
            {result}
        }
        .into_any()
    };
    view! { <Panel title=words::preview()>{content}</Panel> }
}

/// The figures of the example person, and how they come about.
fn result(draft: Draft, regime: &Regime, answers: Answers) -> AnyView {
    let Some((_, cycle, _)) = walk::totals(regime).next() else {
        return ().into_any();
    };
    let Ok(program) = compile(regime, cycle.kind) else {
        return ().into_any();
    };
    let inputs = answers.with(|answers| facts::inputs(regime, &program, answers));
    let mut tape = Tape::default();
    match person(&program, &inputs, &mut tape) {
        Ok(figures) => {
            let total =
                words::preview_result(&figures.total.to_string(), &figures.coefficient.to_string());
            let root = draft.with(|document| {
                let say = |node: &Node| title(document, (regime, &program, &inputs), node);
                explained(&tape.nodes, &say, &figures)
            });
            view! {
                <p class="strong" data-part="preview-result">{total}</p>
                {root.map(|root| view! { <Explain root=root /> })}
            }
            .into_any()
        }
        Err(refused) => view! { <Banner state="warn" words=refusal::words(&refused) /> }.into_any(),
    }
}

/// What a step is about, in words.
fn title(
    document: &serde_json::Value,
    (regime, program, inputs): (&Regime, &Program, &Inputs),
    node: &Node,
) -> String {
    if let Some(at) = program.place(node.subject) {
        return keys::place(document, &at);
    }
    let nth = usize::try_from(node.subject.index()).unwrap_or_default();
    // Items are numbered as the form numbers them; an entry goes by its tariff.
    let entry = inputs.entries.get(nth).filter(|_| node.subject.kind() == 5);
    let tariff = entry.and_then(|entry| regime.tariffs.get(usize::from(entry.tariff)));
    match tariff {
        Some(tariff) => crate::i18n::names::name(&tariff.name).to_owned(),
        None => words::nth(words::item(), &(nth + 1).to_string()),
    }
}

/// The tape as a tree: each step holds those from which its figure comes.
fn explained(
    tape: &[Node],
    say: &dyn Fn(&Node) -> String,
    figures: &Figures,
) -> Option<ExplainNode> {
    let mut waiting: Vec<ExplainNode> = Vec::new();
    for node in tape {
        if matches!(node.op, Op::Dropped | Op::Pending) {
            continue;
        }
        let from = waiting.len().saturating_sub(usize::from(node.children));
        let parts = waiting.split_off(from);
        waiting.push(ExplainNode {
            title: say(node),
            rule: rule(node),
            figure: figure(node),
            parts,
        });
    }
    let mut root = waiting.pop()?;
    root.figure = figures.total.to_string();
    Some(root)
}

/// A figure to the hundredth: what is finer is only on the way.
fn figure(node: &Node) -> String {
    Points(node.value.div_euclid(10_000)).to_string()
}

/// What a step does, as a formula.
fn rule(node: &Node) -> String {
    let points = |value: i64| Points(value).to_string();
    let factor = |value: i64| shared::quantity::BasisPoints(value).to_string();
    match node.op {
        Op::Item | Op::Undone => words::full_by_factor(&points(node.a), &factor(node.b)),
        Op::Points => format!("{} / {}", points(node.a), points(node.b)),
        Op::Off => format!("− {} × {}", node.a, points(node.b)),
        Op::Amount => format!("{} × {}", node.a, points(node.b)),
        Op::Ratio => format!("{} / {}", node.a, node.b),
        Op::Times => format!("× {} / {}", node.a, node.b),
        Op::AtLeast => format!("≥ {}", points(node.a.div_euclid(10_000))),
        Op::AtMost => format!("≤ {}", points(node.a.div_euclid(10_000))),
        Op::Sum => "Σ".to_owned(),
        Op::Product => "×".to_owned(),
        Op::Minus => "−".to_owned(),
        Op::Least => "min".to_owned(),
        Op::Round => words::round_to_hundredth().to_owned(),
        Op::Band | Op::Lowered | Op::Decided => words::gives_coefficient(&factor(node.b)),
        Op::Stair | Op::Factor => format!("→ {}", factor(node.b.max(node.a))),
        _ => String::new(),
    }
}
