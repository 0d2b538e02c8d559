//! A slip and its lines: what is paid, and how it comes about.

use leptos::prelude::*;
use shared::organisation::Organisation;
use shared::payroll::{LineOf, PayLine, PaySlip, Spot};
use shared::quantity::BasisPoints;

use crate::components::{Badge, Explain, ExplainNode, Tone};
use crate::i18n::{common, names, payroll as words};

/// A share in hundredths: 0.20 is 20.
fn percent(share: BasisPoints) -> String {
    let (whole, rest) = (share.0 / 100, share.0 % 100);
    match rest {
        0 => whole.to_string(),
        _ => format!("{whole}.{rest:02}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

/// What a line is for, with its period.
fn title(organisation: &Organisation, line: &PayLine) -> String {
    let word = words::line(line.of);
    match line.of.period() {
        Some(period) => common::both(word, &names::period_of(organisation, period)),
        None => word.to_owned(),
    }
}

/// How a line comes about, part by part.
fn rule(slip: &PaySlip, line: &PayLine) -> Vec<String> {
    let mut said = Vec::new();
    let (base, coefficient) = (line.base.to_string(), line.coefficient.to_string());
    let share = percent(line.share);
    match (line.basis, line.corrects) {
        (Some(_), None) => said.push(words::reckoned(&base, &share, &coefficient)),
        (Some(_), Some(batch)) => {
            said.push(words::reckoned_less(
                &base,
                &share,
                &coefficient,
                &batch.to_string(),
            ));
        }
        (None, Some(batch)) => said.push(words::corrects(&batch.to_string())),
        (None, None) => {}
    }
    said.extend(words::basis(line.basis).map(str::to_owned));
    let version = line.from.as_ref().map(|from| from.version.to_string());
    said.extend(version.map(|version| words::from_version(&version)));
    if line.of == LineOf::MinimumWage {
        let minimum = slip.minimum.map(|minimum| minimum.to_string());
        said.extend(minimum.map(|minimum| words::up_to_minimum(&minimum)));
    }
    if matches!(line.of, LineOf::Compensation(_) | LineOf::HeldOver(_)) {
        said.push(words::at_most(&percent(slip.most_deducted)));
    }
    if line.capped.0 != 0 {
        said.push(words::capped(&line.capped.to_string()));
    }
    said
}

/// Badges of what is to be looked at first.
pub(super) fn spots(slip: &PaySlip) -> Vec<AnyView> {
    let badge = |spot: &Spot| {
        let tone = match spot {
            Spot::Correction => Tone::Accent,
            Spot::Capped | Spot::Provisional => Tone::Warn,
            Spot::NotAssessed => Tone::Quiet,
        };
        view! { <Badge words=words::spot(*spot) tone=tone /> }.into_any()
    };
    slip.spots().iter().map(badge).collect()
}

/// A slip in a list, each line with how it comes about.
pub(super) fn listed(organisation: &Organisation, slip: &PaySlip) -> AnyView {
    let lines: Vec<_> = slip
        .lines
        .iter()
        .map(|line| {
            let how = rule(slip, line).join(common::between());
            let what = title(organisation, line);
            let amount = words::yuan(&line.amount.to_string());
            view! {
                <span class="slip-line">
                    <span>{what}</span>
                    <span class="faint">{how}</span>
                    <span class="figure">{amount}</span>
                </span>
            }
        })
        .collect();
    let spots = spots(slip);
    let total = words::yuan(&slip.amount().to_string());
    view! {
        <li data-item=slip.person.to_string()>
            <div class="list-line">
                <span class="stack-tight slip">
                    <span class="list-title">{slip.name.clone()}</span>
                    <span class="list-more"><span>{slip.unit_name.clone()}</span></span>
                    {lines}
                </span>
                <span class="list-end">
                    {spots}
                    <strong class="figure" data-part="amount">{total}</strong>
                </span>
            </div>
        </li>
    }
    .into_any()
}

/// A slip that unfolds to the figures of which it is made.
pub(super) fn explained(organisation: &Organisation, slip: &PaySlip) -> AnyView {
    let part = |line: &PayLine| ExplainNode {
        title: title(organisation, line),
        rule: rule(slip, line).join(common::between()),
        figure: line.amount.to_string(),
        parts: Vec::new(),
    };
    let root = ExplainNode {
        title: words::sum_amount().to_owned(),
        rule: words::batch_of(&slip.batch.to_string()),
        figure: slip.amount().to_string(),
        parts: slip.lines.iter().map(part).collect(),
    };
    view! { <Explain root=root /> }.into_any()
}
