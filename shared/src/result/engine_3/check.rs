//! The checker: runs a tape alone, with neither regime nor inputs, and must get every figure again.
//!
//! It shares nothing with the code that wrote the tape but exact fractions, so that a mistake there
//! is not repeated here.

use crate::quantity::{BasisPoints, Points};

use super::exact::{Exact, Way};
use super::node::{Figures, Node, Op, Subject};

/// Runs a tape. The error is the place of the first node that does not re-add, or the tape's
/// length where it does not end in one figure.
pub fn check(tape: &[Node]) -> Result<Figures, usize> {
    let mut run = Run {
        stack: Vec::with_capacity(16),
        figures: Figures {
            exact: Exact::ZERO,
            total: Points(0),
            band: None,
            coefficient: BasisPoints(10_000),
            preliminary: false,
        },
        ended: false,
        graded: false,
        scaled: false,
    };
    for (at, node) in tape.iter().enumerate() {
        run.step(node).ok_or(at)?;
    }
    let total = Exact::points(run.figures.total);
    if !run.ended || run.stack != [total] {
        return Err(tape.len());
    }
    Ok(run.figures)
}

struct Run {
    stack: Vec<Exact>,
    figures: Figures,
    /// Whether the total was rounded.
    ended: bool,
    /// Whether the grade was said.
    graded: bool,
    /// Whether a ceiling scaled the total.
    scaled: bool,
}

impl Run {
    /// Runs one node; `None` where it does not re-add.
    fn step(&mut self, node: &Node) -> Option<()> {
        if let Op::Dropped | Op::Pending = node.op {
            self.figures.preliminary |= node.op == Op::Pending;
            if node.op == Op::Pending && node.subject == Subject::TOTAL {
                if self.graded {
                    return None;
                }
                self.figures.coefficient = BasisPoints(node.a);
            }
            return (node.children == 0 && node.value == 0).then_some(());
        }
        let from = self.stack.len().checked_sub(node.children.into())?;
        let children: Vec<Exact> = self.stack.drain(from..).collect();
        let value = match *children.as_slice() {
            [child] if closes(node) => self.closing(node, child)?,
            // Nothing is changed once the total or the grade is said.
            _ if closes(node) || self.ended || self.graded || self.scaled => return None,
            [] => leaf(node)?,
            [child] => one(node, child).or_else(|| many(node.op, &children))?,
            _ => many(node.op, &children)?,
        };
        self.stack.push(value);
        (value.whole().ok()? == node.value).then_some(())
    }

    /// The nodes that end a tape: they pass the total on, which is all that is left.
    fn closing(&mut self, node: &Node, child: Exact) -> Option<Exact> {
        if !self.stack.is_empty() {
            return None;
        }
        let grade = || u16::try_from(node.subject.index()).ok();
        match node.op {
            Op::Round if !self.ended => {
                self.ended = true;
                self.figures.exact = child;
                self.figures.total = rounded(node.a, child)?;
                return Some(Exact::points(self.figures.total));
            }
            Op::Band if !self.graded => {
                let unbanded = node.subject == Subject::NO_BAND;
                if !unbanded && child < Exact::points(Points(node.a)) {
                    return None;
                }
                self.figures.band = if unbanded { None } else { grade() };
            }
            Op::Lowered if self.graded => {
                let before = self.figures.band?;
                self.figures.band = grade().filter(|band| *band > before);
                self.figures.band?;
            }
            Op::Decided if !self.graded => self.figures.band = grade(),
            Op::Quota if self.ended => self.figures.band = grade(),
            // Once; the total is rounded and graded anew, and nothing else follows.
            Op::Ceiling if self.ended && !self.scaled && node.a < node.b => {
                (self.ended, self.graded, self.scaled) = (false, false, true);
                return child.times(node.a, node.b).ok();
            }
            _ => return None,
        }
        self.graded = true;
        self.figures.coefficient = BasisPoints(node.b);
        Some(child)
    }
}

/// Whether a node says the total or the grade.
fn closes(node: &Node) -> bool {
    match node.op {
        Op::Round => node.subject == Subject::TOTAL,
        op => matches!(
            op,
            Op::Band | Op::Lowered | Op::Decided | Op::Ceiling | Op::Quota
        ),
    }
}

fn rounded(code: i64, figure: Exact) -> Option<Points> {
    let way = match code {
        0 => Way::HalfUp,
        1 => Way::Down,
        2 => Way::Up,
        _ => return None,
    };
    figure.rounded(way).ok()
}

/// How often a step goes into a length; a begun one counts where the step is negative.
fn steps(length: Exact, step: i64) -> Option<i64> {
    let parts = length.times(1, step.checked_abs()?).ok()?;
    let whole = if step < 0 {
        parts.whole_up()
    } else {
        parts.whole()
    };
    Some(whole.ok()?.max(0))
}

fn leaf(node: &Node) -> Option<Exact> {
    let (a, b) = (node.a, node.b);
    match node.op {
        Op::Item | Op::Undone => Some(Exact::product(a, b)),
        Op::Points => (a <= b).then(|| Exact::points(Points(a))),
        Op::Result => Some(Exact::points(Points(a))),
        Op::Factor => Some(Exact::factor(BasisPoints(a))),
        Op::Ratio => Exact::ratio(a, b).ok(),
        Op::Short => Exact::ratio(steps(Exact::millionths(a), b)?, 1).ok(),
        Op::Amount => Exact::points(Points(b)).times(a, 1).ok(),
        Op::Off => Some(Exact::points(Points(b)).times(a, 1).ok()?.negative()),
        _ => None,
    }
}

fn one(node: &Node, child: Exact) -> Option<Exact> {
    let (a, b) = (node.a, node.b);
    match node.op {
        Op::Off | Op::Amount => {
            let proven = Exact::ratio(a, 1).ok()? == child;
            proven.then(|| leaf(node)).flatten()
        }
        Op::Steps => {
            let target = Exact::factor(BasisPoints(a));
            let short = target.plus(child.negative()).ok()?.times(1, 100).ok()?;
            Exact::ratio(steps(short, b)?, 1).ok()
        }
        Op::Times => child.times(a, b).ok(),
        Op::Minus => Some(child.negative()),
        Op::AtLeast => Some(child.max(Exact::millionths(a))),
        Op::AtMost => Some(child.min(Exact::millionths(a))),
        Op::Gate => Some(child.min(Exact::points(Points(a)))),
        Op::Stair => {
            let reached = child >= Exact::factor(BasisPoints(a));
            reached.then(|| Exact::factor(BasisPoints(b)))
        }
        Op::Slope => slope(point(a), point(b), child),
        Op::Round => rounded(a, child).map(Exact::points),
        _ => None,
    }
}

/// A degree and the factor that it gives, out of one operand.
fn point(operand: i64) -> (i64, i64) {
    (operand >> 32, operand & 0xffff_ffff)
}

fn slope(from: (i64, i64), to: (i64, i64), degree: Exact) -> Option<Exact> {
    let start = Exact::factor(BasisPoints(from.1));
    if from.0 == to.0 {
        return Some(start);
    }
    let along = degree.plus(Exact::factor(BasisPoints(from.0)).negative());
    let rise = along.ok()?.times(to.1 - from.1, to.0 - from.0).ok()?;
    start.plus(rise).ok()
}

fn many(op: Op, children: &[Exact]) -> Option<Exact> {
    let (first, rest) = children.split_first()?;
    let mut rest = rest.iter();
    match op {
        Op::Sum => rest.try_fold(*first, |sum, child| sum.plus(*child).ok()),
        Op::Product => rest.try_fold(*first, |product, child| product.by(*child).ok()),
        Op::Least => Some(rest.fold(*first, |least, child| least.min(*child))),
        _ => None,
    }
}
