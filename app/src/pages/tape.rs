//! A tape in words: the nodes as a tree, named by the regime that they come from.
//!
//! A tape holds codes and places alone; the words are made here, so that both languages read one
//! tape. A figure that rests on the product's own value says so.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::id::ItemId;
use shared::quantity::{BasisPoints, Points};
use shared::regime::Regime;
use shared::result::Evaluated;
use shared::result::engine_3::node::{Kind, Node, Op, Subject};
use shared::result::engine_3::{Program, compile};

use crate::components::ExplainNode;
use crate::i18n::{common, language, regime as regime_words, review, tape as words};
use crate::pages::derivation::millionths;

/// The tape as a tree: the coefficient rests on the total, the total on its parts, down to what
/// people entered.
///
/// `judged` says what was judged of items, in words, where that is known.
pub(crate) fn explained(
    regime: &Regime,
    three: &Evaluated,
    coefficient: &str,
    judged: &Judged,
) -> ExplainNode {
    let reader = Reader {
        judged,
        program: compile(regime, three.kind).ok(),
        document: serde_json::to_value(regime).unwrap_or_default(),
        three,
    };
    let mut stack: Vec<ExplainNode> = Vec::new();
    let mut notes: Vec<ExplainNode> = Vec::new();
    for (at, node) in three.tape.iter().enumerate() {
        let mut read = reader.read(at, node);
        if matches!(node.op, Op::Dropped | Op::Pending) {
            notes.push(read);
            continue;
        }
        let below = stack.len().saturating_sub(node.children.into());
        read.parts = stack.split_off(below);
        if node.children > 0 {
            read.parts.append(&mut notes);
        }
        stack.push(read);
    }
    match stack.pop() {
        Some(root) if stack.is_empty() => root,
        last => ExplainNode {
            title: review::coefficient().to_owned(),
            rule: String::new(),
            figure: coefficient.to_owned(),
            parts: stack.into_iter().chain(last).chain(notes).collect(),
        },
    }
}

/// What was judged of items, in words.
pub(crate) type Judged = BTreeMap<ItemId, String>;

struct Reader<'t> {
    judged: &'t Judged,
    program: Option<Program>,
    document: Value,
    three: &'t Evaluated,
}

impl Reader<'_> {
    fn read(&self, at: usize, node: &Node) -> ExplainNode {
        let rule = self.rule(node);
        let house = u16::try_from(at).is_ok_and(|at| self.three.house.contains(&at));
        let rule = match (house, rule.is_empty()) {
            (true, true) => regime_words::house_default().to_owned(),
            (true, false) => common::with_note(&rule, regime_words::house_default()),
            (false, _) => rule,
        };
        ExplainNode {
            title: self.title(node),
            rule,
            figure: figure(node),
            parts: Vec::new(),
        }
    }

    /// The name that a place of the document has in the language of the screen.
    fn named(&self, place: &str) -> Option<String> {
        let language = language().key();
        let name = self.document.pointer(&format!("{place}/name/{language}"))?;
        name.as_str().map(str::to_owned)
    }

    fn title(&self, node: &Node) -> String {
        let subject = node.subject;
        let is = |kind: Kind| subject.kind() == kind as u32;
        let index = usize::try_from(subject.index()).unwrap_or(usize::MAX);
        let inputs = &self.three.inputs;
        if is(Kind::Item) {
            let item = inputs.items.get(index);
            return item.map_or_else(String::new, |one| self.three.title(one.item).to_owned());
        }
        if is(Kind::Entry) {
            let tariff = inputs.entries.get(index).map(|entry| entry.tariff);
            let name = tariff.and_then(|at| self.named(&format!("/tariffs/{at}")));
            return name.unwrap_or_default();
        }
        if is(Kind::Rater) {
            return self.rater(index);
        }
        match node.op {
            Op::Round => return review::step_rounded().to_owned(),
            Op::Band | Op::Decided | Op::Lowered | Op::Quota => {
                return review::step_band().to_owned();
            }
            _ if subject == Subject::TOTAL => return words::total().to_owned(),
            _ => {}
        }
        let place = self
            .program
            .as_ref()
            .and_then(|program| program.place(subject));
        let name = place.and_then(|place| self.named(&place));
        name.unwrap_or_else(|| {
            let word = if is(Kind::Measure) {
                regime_words::source_measured()
            } else {
                regime_words::source_result()
            };
            word.to_owned()
        })
    }

    /// A rater by what he or she is, else by the key.
    fn rater(&self, at: usize) -> String {
        let place = format!("/judging/raters/{at}");
        let by = self.document.pointer(&format!("{place}/by"));
        if let Some(role) = by.and_then(|by| by.get("role")).and_then(Value::as_str) {
            let roles = self.document.get("roles").and_then(Value::as_array);
            let mut roles = roles.into_iter().flatten().enumerate();
            let found = roles.find(|(_, one)| one["key"] == role);
            let name = found.and_then(|(at, _)| self.named(&format!("/roles/{at}")));
            return name.unwrap_or_else(|| role.to_owned());
        }
        match by.and_then(Value::as_str) {
            Some("superior") => review::superior_score().to_owned(),
            Some("responsible") => review::self_score().to_owned(),
            by => by.unwrap_or_default().to_owned(),
        }
    }

    fn rule(&self, node: &Node) -> String {
        let (a, b) = (node.a, node.b);
        let points = |value: i64| Points(value).to_string();
        let factor = |value: i64| BasisPoints(value).to_string();
        match node.op {
            Op::Item => {
                let rule = review::step_item_rule(&points(a), &factor(b));
                let judged = self.judged_of(node.subject);
                judged.map_or(rule.clone(), |judged| common::named(judged, &rule))
            }
            Op::Undone => words::undone_rule(&points(a), &factor(b)),
            Op::Points if b > 0 && b < i64::MAX => review::step_points_rule(&points(b)),
            Op::Points | Op::Minus => String::new(),
            Op::Off => words::off_rule(&a.to_string(), &points(b)),
            Op::Amount => words::amount_rule(&a.to_string(), &points(b)),
            Op::Ratio => words::ratio_rule(&a.to_string(), &b.to_string()),
            Op::Short => words::short_rule(&millionths(a.saturating_mul(100))),
            Op::Steps => words::steps_rule(&factor(a)),
            Op::Result => words::result_rule(&points(a)),
            Op::Factor => words::factor_rule(&factor(a)),
            Op::Stair => words::stair_rule(&factor(a), &factor(b)),
            Op::Slope => words::slope_rule(&factor(a), &factor(b)),
            Op::Sum => review::step_sum_rule().to_owned(),
            Op::Times if a == 1 => words::mean_rule(&b.to_string()),
            Op::Times if b == 1 => words::weight_rule(&factor(a)),
            Op::Times => review::step_scaled_rule(&points(a), &points(b)),
            Op::Product => words::product_rule().to_owned(),
            Op::AtLeast => words::at_least_rule(&millionths(a)),
            Op::AtMost => words::at_most_rule(&millionths(a)),
            Op::Least => words::least_rule().to_owned(),
            Op::Dropped => words::dropped_rule().to_owned(),
            Op::Pending => words::pending_rule().to_owned(),
            Op::Round => review::step_rounded_rule().to_owned(),
            Op::Gate => words::at_most_rule(&points(a)),
            Op::Ceiling => words::ceiling_rule().to_owned(),
            Op::Band if node.subject == Subject::NO_BAND => review::below_all_bands().to_owned(),
            Op::Band => {
                let name = self.grade(node.subject);
                common::named(&name, &review::step_band_rule(&points(a)))
            }
            Op::Quota => common::named(&self.grade(node.subject), words::quota_rule()),
            Op::Lowered => common::named(&self.grade(node.subject), words::lowered_rule()),
            Op::Decided => common::named(&self.grade(node.subject), words::decided_rule()),
        }
    }

    /// What was judged of the item that a node is about.
    fn judged_of(&self, subject: Subject) -> Option<&String> {
        let index = usize::try_from(subject.index()).ok()?;
        let items = (subject.kind() == Kind::Item as u32).then_some(&self.three.inputs.items)?;
        self.judged.get(&items.get(index)?.item)
    }

    fn grade(&self, subject: Subject) -> String {
        let place = self
            .program
            .as_ref()
            .and_then(|program| program.place(subject));
        place
            .and_then(|place| self.named(&place))
            .unwrap_or_default()
    }
}

/// The figure of a node: points, a share or a count without a unit, or a coefficient.
fn figure(node: &Node) -> String {
    match node.op {
        Op::Band | Op::Decided | Op::Lowered | Op::Quota => BasisPoints(node.b).to_string(),
        Op::Round | Op::Gate => Points(node.value / 10_000).to_string(),
        Op::Dropped | Op::Pending => String::new(),
        _ => millionths(node.value),
    }
}
