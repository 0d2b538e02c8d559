//! Explanations: a figure that unfolds to the figures it is made of.

use leptos::prelude::*;

/// One step: what it is, by which rule, and its figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainNode {
    /// What it is.
    pub(crate) title: String,
    /// By which rule, who, when.
    pub(crate) rule: String,
    /// The figure.
    pub(crate) figure: String,
    /// What it is made of.
    pub(crate) parts: Vec<Self>,
}

fn node(step: ExplainNode, depth: usize) -> AnyView {
    let words = view! {
        <span>
            <span>{step.title}</span>
            {(!step.rule.is_empty())
                .then(|| view! { <br /><span class="explain-rule">{step.rule}</span> })}
        </span>
        <span class="explain-figure figure">{step.figure}</span>
    };
    if step.parts.is_empty() {
        return view! { <li><div class="explain-leaf">{words}</div></li> }.into_any();
    }
    let parts = step
        .parts
        .into_iter()
        .map(|part| node(part, depth + 1))
        .collect_view();
    view! {
        <li>
            <details class="explain-node" open=depth == 0>
                <summary>{words}</summary>
                <ul class="explain">{parts}</ul>
            </details>
        </li>
    }
    .into_any()
}

/// Shows a derivation.
#[component]
pub(crate) fn Explain(
    /// The last step; its parts lead down to what people entered.
    root: ExplainNode,
) -> impl IntoView {
    view! { <ul class="explain" data-part="explain">{node(root, 0)}</ul> }
}
