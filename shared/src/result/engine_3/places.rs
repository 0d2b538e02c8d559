//! Places: where in the regime the rule stands that a node of a tape comes from.
//!
//! The words of a derivation and the marks of house defaults are found by it; a tape itself holds
//! neither.

use crate::regime::curve::Measure;
use crate::regime::total::ResultOf;

use super::inputs::{Inputs, place};
use super::node::{Kind, Node, Op, Subject};
use super::program::{Program, SourceRule};

impl Program {
    /// JSON pointers of the measures that the facts must give, by their place.
    pub fn measures(&self) -> &[String] {
        &self.places.measures
    }

    /// What is measured, by place.
    pub fn measured(&self) -> &[Measure] {
        &self.measured
    }

    /// Whose results are taken, by place, with the keys of the bands whose factors count.
    pub fn taken(&self) -> &[(ResultOf, Vec<String>)] {
        &self.taken
    }

    /// The place of a part, by its key.
    pub fn part(&self, key: &str) -> Option<u16> {
        place(self.parts.iter().position(|part| part.key == key))
    }

    /// JSON pointers of the parts' sources that take the result of another, by their place.
    pub fn results(&self) -> &[String] {
        &self.places.results
    }

    /// The JSON pointer of the rule that a subject names; `None` for items and entries, which are
    /// facts.
    pub fn place(&self, subject: Subject) -> Option<String> {
        let index = subject.index();
        let of = |list: &[String]| list.get(usize::try_from(index).ok()?).cloned();
        let is = |kind: Kind| subject.kind() == kind as u32;
        if is(Kind::Total) {
            Some(self.places.total.clone())
        } else if is(Kind::Part) {
            of(&self.places.parts)
        } else if is(Kind::Charge) {
            of(&self.places.charges)
        } else if is(Kind::Criterion) {
            of(&self.places.criteria)
        } else if is(Kind::Measure) {
            of(&self.places.measures)
        } else if is(Kind::Result) {
            of(&self.places.results)
        } else if is(Kind::Rater) {
            Some(format!("/judging/raters/{index}"))
        } else if is(Kind::Gate) {
            Some(format!("/grades/gates/{index}"))
        } else if is(Kind::Band) && subject != Subject::NO_BAND {
            Some(format!("{}/{index}", self.places.bands))
        } else {
            None
        }
    }

    /// The JSON pointer of the value that gives a node its operands; `None` where they are facts,
    /// or where the node only puts its children together.
    pub fn operand(&self, inputs: &Inputs, node: &Node) -> Option<String> {
        let is = |kind: Kind| node.subject.kind() == kind as u32;
        if is(Kind::Item) {
            return self.method(inputs, node);
        }
        if is(Kind::Entry) {
            let at = usize::try_from(node.subject.index()).ok()?;
            let tariff = inputs.entries.get(at)?.tariff;
            return Some(format!("/tariffs/{tariff}/points"));
        }
        let here = self.place(node.subject)?;
        let member = match node.op {
            Op::Off | Op::Amount => "/amount",
            Op::Steps | Op::Short => "/counted",
            Op::AtMost | Op::AtLeast if is(Kind::Charge) => "/most",
            Op::AtMost if is(Kind::Part) && self.holds_outside(node) => "/source/items/outside",
            Op::AtLeast => "/floor",
            Op::AtMost => "/cap",
            Op::Times if is(Kind::Rater) => "/weight",
            // A weight counts by itself; what is scaled goes over what could be earned.
            Op::Times if is(Kind::Part) && node.b == 1 => "/weight",
            // Nothing of nothing.
            Op::Points if node.b == 0 => return None,
            // A mean goes over the weights of all.
            Op::Times if node.a == 1 => return None,
            Op::Times | Op::Points if is(Kind::Part) => "/total",
            Op::Points if is(Kind::Criterion) => "/points",
            Op::Stair | Op::Slope => "/source",
            Op::Round => return Some(format!("{}/rounding", self.places.total)),
            Op::Band | Op::Decided | Op::Gate => "",
            Op::Lowered => return Some(format!("/grades/gates/{}", node.a)),
            Op::Ceiling => return Some("/cohort/ceiling".to_owned()),
            Op::Quota => return Some(format!("/cohort/quotas/{}", node.a)),
            _ => return None,
        };
        Some(here + member)
    }

    /// Where the method stands by which a node's item is judged.
    fn method(&self, inputs: &Inputs, node: &Node) -> Option<String> {
        let at = usize::try_from(node.subject.index()).ok()?;
        let item = inputs.items.get(at)?;
        let method = self.method_of(item)?;
        let member = match node.op {
            Op::Item | Op::Stair | Op::Slope => "scoring",
            Op::Undone => "undone",
            Op::AtLeast => "floor",
            Op::AtMost => "cap",
            _ => return None,
        };
        Some(format!("/judging/methods/{method}/{member}"))
    }

    /// Whether a bound of a part is the most that tasks outside its total add.
    fn holds_outside(&self, node: &Node) -> bool {
        use crate::regime::total::Outside::{Bonus, Extra, Only};
        let at = usize::try_from(node.subject.index()).ok();
        let part = at.and_then(|at| self.parts.get(at));
        let source = part.map(|part| &part.source);
        let Some(SourceRule::Items(rule)) = source else {
            return false;
        };
        let bound = |most: crate::quantity::Points| super::bound(most) == node.a;
        matches!(rule.outside, Bonus { most } | Extra { most } | Only { most } if bound(most))
    }

    /// The nodes of a tape whose operands are the product's own, because the source of the regime
    /// is silent: `defaults` are the regime's house defaults.
    pub fn house(&self, defaults: &[String], inputs: &Inputs, tape: &[Node]) -> Vec<u16> {
        let below = |place: &str, above: &str| {
            let rest = place.strip_prefix(above);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let marked = |node: &Node| {
            let place = self.operand(inputs, node)?;
            let mut defaults = defaults.iter();
            let own = defaults.any(|one| below(&place, one) || below(one, &place));
            own.then_some(())
        };
        let nodes = (0..).zip(tape);
        let own = nodes.filter_map(|(at, node)| marked(node).map(|()| at));
        own.collect()
    }
}
