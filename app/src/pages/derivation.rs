//! A derivation in words: the steps as a tree, down to what people entered.

use shared::id::ItemId;
use shared::organisation::Organisation;
use shared::quantity::{BasisPoints, Points};
use shared::regime::Regime;
use shared::result::{ItemInput, Step};
use shared::seal::SealedResult;

use crate::components::ExplainNode;
use crate::i18n::{names, review, seal};
use crate::pages::scoring::judgement_words;

/// Millionths of a point as they read: at most six decimals, without needless zeros.
pub(crate) fn millionths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    let text = format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000);
    let short = text.trim_end_matches('0');
    let (whole, fraction) = short.split_once('.').unwrap_or((short, ""));
    format!("{whole}.{fraction:0<2}")
}

/// The steps as a tree: the coefficient rests on the total, the total on sums, a sum on sections or
/// items, each item on what the superior judged.
pub(crate) fn explained(
    regime: &Regime,
    inputs: &[ItemInput],
    derivation: &[Step],
    coefficient: &str,
) -> ExplainNode {
    let mut tree = Tree::default();
    let mut total = Points(0);
    let mut band = None;
    for step in derivation {
        match step {
            Step::Rounded { total: rounded } => total = *rounded,
            Step::Band { from, .. } => band = *from,
            step => tree.take(regime, inputs, step),
        }
    }
    let rounded = node(
        review::step_rounded().to_owned(),
        review::step_rounded_rule().to_owned(),
        total.to_string(),
        tree.sums,
    );
    let rule = band.map_or_else(
        || review::below_all_bands().to_owned(),
        |from| review::step_band_rule(&from.to_string()),
    );
    let title = review::step_band().to_owned();
    node(title, rule, coefficient.to_owned(), vec![rounded])
}

/// What the steps so far have built: items wait for their section or sum, sections for theirs.
#[derive(Default)]
struct Tree {
    items: Vec<(String, ExplainNode)>,
    sections: Vec<ExplainNode>,
    sums: Vec<ExplainNode>,
}

impl Tree {
    fn take(&mut self, regime: &Regime, inputs: &[ItemInput], step: &Step) {
        match step {
            Step::Sum { millionths: value } => {
                let (title, rule) = (review::step_sum(), review::step_sum_rule());
                let items = self.items_of(None);
                self.sum(title, rule.to_owned(), *value, items);
            }
            Step::Scaled {
                attainable,
                full,
                millionths: value,
            } => {
                let rule = review::step_scaled_rule(&full.to_string(), &attainable.to_string());
                let below = std::mem::take(&mut self.sums);
                self.sum(review::step_scaled(), rule, *value, below);
            }
            Step::Section {
                section,
                earned,
                attainable,
                share,
            } => {
                let rule = review::step_section_rule(&attainable.to_string(), &share.to_string());
                let items = self.items_of(Some(section));
                let title = names::section(regime, section);
                self.sections
                    .push(node(title, rule, millionths(*earned), items));
            }
            Step::EmptySection { section, share, .. } => {
                let rule = review::step_empty_section_rule(&share.to_string());
                let title = names::section(regime, section);
                self.sections
                    .push(node(title, rule, String::new(), Vec::new()));
            }
            Step::Shared {
                shares,
                millionths: value,
                ..
            } => {
                let rule = review::step_shared_rule(&shares.to_string());
                let below = std::mem::take(&mut self.sections);
                self.sum(review::step_shared(), rule, *value, below);
            }
            Step::Bonus { most, counted, .. } => {
                let rule = review::step_bonus_rule(&most.to_string());
                let items = self.items_of(None);
                self.sum(review::step_bonus(), rule, *counted, items);
            }
            step => self.items.extend(leaf(regime, inputs, step)),
        }
    }

    fn sum(&mut self, title: &str, rule: String, value: i64, parts: Vec<ExplainNode>) {
        self.sums
            .push(node(title.to_owned(), rule, millionths(value), parts));
    }

    /// Takes the items that wait, those of a section or all.
    fn items_of(&mut self, section: Option<&String>) -> Vec<ExplainNode> {
        let waiting = std::mem::take(&mut self.items);
        let mine = |of: &String| section.is_none_or(|section| section == of);
        let (own, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(of, _)| mine(of));
        self.items = others;
        own.into_iter().map(|(_, node)| node).collect()
    }
}

/// The step of one item, with its section.
fn leaf(regime: &Regime, inputs: &[ItemInput], step: &Step) -> Option<(String, ExplainNode)> {
    let input = |item: ItemId| inputs.iter().find(|input| input.item == item);
    let (found, built) = match step {
        Step::Item {
            item,
            weight,
            factor,
            millionths: value,
        } => {
            let found = input(*item);
            (found, item_node(regime, found, *weight, *factor, *value))
        }
        Step::Points {
            item,
            weight,
            points,
        } => {
            let found = input(*item);
            let title = found.map(|input| input.title.clone()).unwrap_or_default();
            let rule = review::step_points_rule(&weight.to_string());
            (found, node(title, rule, points.to_string(), Vec::new()))
        }
        _ => return None,
    };
    let section = found.map(|input| input.section.clone());
    Some((section.unwrap_or_default(), built))
}

fn node(title: String, rule: String, figure: String, parts: Vec<ExplainNode>) -> ExplainNode {
    ExplainNode {
        title,
        rule,
        figure,
        parts,
    }
}

fn item_node(
    regime: &Regime,
    input: Option<&ItemInput>,
    weight: Points,
    factor: BasisPoints,
    value: i64,
) -> ExplainNode {
    let judged = input.map(|input| ExplainNode {
        title: review::superior_score().to_owned(),
        rule: judgement_words(&regime.judging.methods, &input.judgement),
        figure: factor.to_string(),
        parts: Vec::new(),
    });
    ExplainNode {
        title: input.map(|input| input.title.clone()).unwrap_or_default(),
        rule: review::step_item_rule(&weight.to_string(), &factor.to_string()),
        figure: millionths(value),
        parts: judged.into_iter().collect(),
    }
}

/// The steps of a sealed result: the coefficient rests on the parts, or on why there is none.
pub(crate) fn sealed_steps(organisation: &Organisation, sealed: &SealedResult) -> ExplainNode {
    let mut parts = Vec::new();
    let mut rule = String::new();
    for step in &sealed.derivation {
        match step {
            Step::Part {
                plan,
                working_days,
                total,
                ..
            } => {
                let unit = sealed.parts.iter().find(|part| part.plan == *plan);
                let unit = unit.map(|part| names::unit_of(organisation, part.unit));
                let days = seal::step_part_rule(&working_days.to_string());
                let title = unit.unwrap_or_default();
                parts.push(node(title, days, total.to_string(), Vec::new()));
            }
            Step::Parts {
                working_days,
                millionths: value,
            } => {
                let days = seal::step_part_rule(&working_days.to_string());
                let below = std::mem::take(&mut parts);
                let title = seal::step_parts().to_owned();
                parts.push(node(title, days, millionths(*value), below));
            }
            Step::NotAssessed {
                away,
                working_days,
                coefficient,
            } => {
                let why =
                    seal::step_not_assessed_rule(&away.to_string(), &working_days.to_string());
                let title = seal::step_not_assessed().to_owned();
                parts.push(node(title, why, coefficient.to_string(), Vec::new()));
            }
            Step::Provisional { coefficient } => {
                let why = seal::provisional_words().to_owned();
                let title = seal::step_provisional().to_owned();
                parts.push(node(title, why, coefficient.to_string(), Vec::new()));
            }
            Step::Replaces {
                version,
                total,
                coefficient,
            } => {
                let why = seal::step_replaces_rule(&version.to_string());
                let figure = format!("{total} · {coefficient}");
                let title = seal::step_replaces().to_owned();
                parts.push(node(title, why, figure, Vec::new()));
            }
            Step::Rounded { total } => {
                let below = std::mem::take(&mut parts);
                let (title, why) = (review::step_rounded(), review::step_rounded_rule());
                let figure = total.to_string();
                parts.push(node(title.to_owned(), why.to_owned(), figure, below));
            }
            Step::Band { from, .. } => {
                rule = from.map_or_else(
                    || review::below_all_bands().to_owned(),
                    |from| review::step_band_rule(&from.to_string()),
                );
            }
            // The steps of a plan stand in its own derivation.
            _ => {}
        }
    }
    let figure = sealed.coefficient.to_string();
    node(review::step_band().to_owned(), rule, figure, parts)
}
