//! The arithmetic of regimes of format 2: any tree of parts, judged from facts.
//!
//! A stack machine that leaves its own tape: the derivation is the tape, and [`check`] runs it
//! alone and must get every figure again. Nothing is published by it yet; what was published by an
//! earlier arithmetic is recomputed by that one.
//!
//! Reading order: [`exact`], [`node`], [`inputs`], `program` and `compile`, then what writes the
//! tape (`items`, `raters`, `charges`, `curves`, `parts`, `grade`), `check`, and [`cohort`], which settles
//! what hangs on everybody of a unit.

use crate::id::ItemId;
use crate::refusal::Refusal;

mod charges;
mod check;
pub mod cohort;
mod compile;
#[cfg(feature = "conformance")]
pub mod conformance;
mod curves;
pub mod exact;
mod grade;
pub mod inputs;
mod items;
pub mod node;
mod parts;
mod places;
mod program;
mod raters;

pub use check::check;
pub use compile::compile;
pub use exact::Exact;
pub use inputs::Inputs;
pub use node::{Figures, Node, Tape};
pub use program::Program;

/// Version of this arithmetic.
pub const VERSION: u32 = 3;

/// Computes one person's figures and writes their derivation; the tape is cleared first.
///
/// Refuses ratings that the rules do not know, scores that are missing, and figures beyond what the
/// arithmetic holds. The order of the facts changes no figure.
pub fn person(program: &Program, inputs: &Inputs, tape: &mut Tape) -> Result<Figures, Refusal> {
    tape.clear(program.parts.len());
    let run = Run {
        program,
        inputs,
        tape,
        missing: Vec::new(),
    };
    run.figures()
}

/// Says whether a tape is the one of these rules and these facts: a tape that re-adds may still be
/// that of others.
pub fn belongs(program: &Program, inputs: &Inputs, tape: &[Node]) -> bool {
    let mut own = Tape::default();
    person(program, inputs, &mut own).is_ok() && own.nodes == tape
}

/// One person's step on its way.
struct Run<'a> {
    program: &'a Program,
    inputs: &'a Inputs,
    tape: &'a mut Tape,
    /// Items that lack a score without which nothing is published.
    missing: Vec<ItemId>,
}

/// What a part gives.
enum Got {
    /// A figure, which stands last on the tape.
    Value(Exact),
    /// All that it would count is scored next time.
    Later,
    /// What it takes is still open.
    Pending,
    /// There is nothing.
    Nothing,
}

/// Figures on the tape that are waiting to be added.
#[derive(Default)]
struct Adding {
    count: u16,
    sum: Option<Exact>,
}

impl Adding {
    fn add(&mut self, value: Exact) -> Result<(), Refusal> {
        self.count += 1;
        self.sum = Some(match self.sum {
            Some(sum) => sum.plus(value)?,
            None => value,
        });
        Ok(())
    }
}

impl Run<'_> {
    /// Adds what is waiting; one figure alone is its own sum.
    fn added(&mut self, adding: &Adding, subject: node::Subject) -> Result<Option<Exact>, Refusal> {
        match adding.sum {
            Some(sum) if adding.count > 1 => {
                let sum = self
                    .tape
                    .put(node::Op::Sum, subject, (0, 0), adding.count, sum)?;
                Ok(Some(sum))
            }
            sum => Ok(sum),
        }
    }

    /// The mean of what is waiting.
    fn mean(&mut self, adding: &Adding, subject: node::Subject) -> Result<Option<Exact>, Refusal> {
        let sum = self.added(adding, subject)?;
        match sum {
            Some(sum) if adding.count > 1 => {
                self.times(sum, 1, adding.count.into(), subject).map(Some)
            }
            sum => Ok(sum),
        }
    }

    fn times(
        &mut self,
        value: Exact,
        over: i64,
        under: i64,
        subject: node::Subject,
    ) -> Result<Exact, Refusal> {
        let product = value.times(over, under)?;
        let op = node::Op::Times;
        self.tape.put(op, subject, (over, under), 1, product)
    }

    /// Holds a figure between bounds in millionths; a bound that does not bind leaves no node.
    fn clamped(
        &mut self,
        mut value: Exact,
        (least, most): (Option<i64>, Option<i64>),
        subject: node::Subject,
    ) -> Result<Exact, Refusal> {
        for (op, bound) in [(node::Op::AtLeast, least), (node::Op::AtMost, most)] {
            let Some(bound) = bound else { continue };
            let edge = Exact::millionths(bound);
            let binds = match op {
                node::Op::AtLeast => value < edge,
                _ => value > edge,
            };
            if binds {
                value = self.tape.put(op, subject, (bound, 0), 1, edge)?;
            }
        }
        Ok(value)
    }
}

/// Points as a bound in millionths.
const fn bound(points: crate::quantity::Points) -> i64 {
    points.0.saturating_mul(exact::HUNDREDTH)
}
