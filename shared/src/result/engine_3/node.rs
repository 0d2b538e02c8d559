//! The tape: a derivation as compact codes in postfix order, each node after its children.
//!
//! `value` is for reading, in millionths rounded down; what re-adds is the exact value, which the
//! operands give. Words are made where the tape is shown, from the code and its subject.

use serde::{Deserialize, Serialize};

use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;

use super::exact::Exact;

/// What a node does. Each name is its code in a kept tape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// a x b: a full score in hundredths, and a factor in basis points.
    Item,
    /// a hundredths of a point, of at most b.
    Points,
    /// a x b, of an item that was not carried out.
    Undone,
    /// a times b hundredths taken off; a child proves the count.
    Off,
    /// a times b hundredths; a child proves the count.
    Amount,
    /// a / b, without a unit.
    Ratio,
    /// How often b goes into a; a begun one counts where b is negative.
    Short,
    /// How many steps of b basis points the child lies below a; a begun one counts where b is
    /// negative.
    Steps,
    /// A total of a hundredths; b is the place of the result among the inputs.
    Result,
    /// A factor of a basis points; b is the place of the result among the inputs.
    Factor,
    /// The factor b that is given from a on, both in basis points.
    Stair,
    /// On a straight line from a to b: each a degree and the factor that it gives, in basis points.
    Slope,
    /// The sum of the children.
    Sum,
    /// The child x a / b.
    Times,
    /// The first child x the factors that follow.
    Product,
    /// The child below zero.
    Minus,
    /// No less than a millionths.
    AtLeast,
    /// No more than a millionths.
    AtMost,
    /// The smallest of the children.
    Least,
    /// A note: nothing was there, and a was its weight or its full points.
    Dropped,
    /// A note: what is not there yet, so the figure is preliminary; a is the coefficient until then
    /// where the grade itself is open.
    Pending,
    /// Rounded to a hundredth of a point: 0 half up, 1 down, 2 up.
    Round,
    /// No more than a hundredths, because a gate is shut.
    Gate,
    /// The band that begins at a hundredths and has the coefficient b.
    Band,
    /// The grade that gate a leaves, with the coefficient b.
    Lowered,
    /// The grade that was decided, with the coefficient b; a is its place.
    Decided,
    /// The child x a / b, because the cohort's average is above its ceiling: a is the ceiling times
    /// the heads, b the sum of their totals, in hundredths.
    Ceiling,
    /// The grade that quota a leaves, with the coefficient b.
    Quota,
}

/// What a subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// The total.
    Total = 0,
    /// An item, by its place among the inputs.
    Item = 1,
    /// A part, by its place in the regime, depth first.
    Part = 2,
    /// A rater, by his or her place in the regime.
    Rater = 3,
    /// A charge, by its place in the regime: those of methods, then those of parts.
    Charge = 4,
    /// An entry, by its place among the inputs.
    Entry = 5,
    /// A criterion, by its place in the regime, depth first.
    Criterion = 6,
    /// A measure, by its place in the regime.
    Measure = 7,
    /// Another result, by its place in the regime.
    Result = 8,
    /// A band or a level of a grade.
    Band = 9,
    /// A gate.
    Gate = 10,
}

/// What a node is about: a kind and a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject(u32);

impl Subject {
    /// The total.
    pub const TOTAL: Self = Self(0);
    /// No band.
    pub const NO_BAND: Self = Self::new(Kind::Band, 0x00ff_ffff);

    /// A subject; places are below 2^24.
    pub const fn new(kind: Kind, index: u32) -> Self {
        Self((kind as u32) << 24 | (index & 0x00ff_ffff))
    }

    /// Its kind, as its number.
    pub const fn kind(self) -> u32 {
        self.0 >> 24
    }

    /// Its place.
    pub const fn index(self) -> u32 {
        self.0 & 0x00ff_ffff
    }
}

/// One node of a tape; kept as `[op, subject, a, b, children, value]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Node {
    /// What it does.
    pub op: Op,
    /// What it is about.
    pub subject: Subject,
    /// First operand.
    pub a: i64,
    /// Second operand.
    pub b: i64,
    /// How many of the values before it are its children.
    pub children: u16,
    /// Its figure in millionths, rounded down; for reading.
    pub value: i64,
}

type Kept = (Op, u32, i64, i64, u16, i64);

impl From<Kept> for Node {
    fn from((op, subject, a, b, children, value): Kept) -> Self {
        Self {
            op,
            subject: Subject(subject),
            a,
            b,
            children,
            value,
        }
    }
}

impl From<Node> for Kept {
    fn from(node: Node) -> Self {
        let Subject(subject) = node.subject;
        (node.op, subject, node.a, node.b, node.children, node.value)
    }
}

/// What a person's step leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// The total before it was rounded.
    pub exact: Exact,
    /// The printed total.
    pub total: Points,
    /// The band or the decided grade, by its place; `None` below all, and where there is no grade.
    pub band: Option<u16>,
    /// The coefficient.
    pub coefficient: BasisPoints,
    /// Whether something is still open that can change it.
    pub preliminary: bool,
}

/// A tape that is being written; kept by the caller, so that one allocation serves many people.
#[derive(Debug, Clone, Default)]
pub struct Tape {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// What each part of the regime gave, by its place.
    pub(super) parts: Vec<Option<Exact>>,
}

impl Tape {
    pub(super) fn clear(&mut self, parts: usize) {
        self.nodes.clear();
        self.parts.clear();
        self.parts.resize(parts, None);
    }

    /// Writes a node and gives its value back.
    pub(super) fn put(
        &mut self,
        op: Op,
        subject: Subject,
        (a, b): (i64, i64),
        children: u16,
        value: Exact,
    ) -> Result<Exact, Refusal> {
        self.nodes.push(Node {
            op,
            subject,
            a,
            b,
            children,
            value: value.whole()?,
        });
        Ok(value)
    }

    /// Writes a note, which has no value.
    pub(super) fn note(&mut self, op: Op, subject: Subject, a: i64) {
        self.nodes.push(Node {
            op,
            subject,
            a,
            b: 0,
            children: 0,
            value: 0,
        });
    }
}
