//! What the third arithmetic published: the facts, the tape that they left, and what binds them.
//!
//! A result of it holds no steps of the earlier kind: its derivation is the tape.

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{ItemId, PlanId};
use crate::period::PeriodKind;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Regime;

use super::engine_3::inputs::{Inputs, Rating, ResultFact};
use super::engine_3::node::{Kind, Subject};
use super::engine_3::{self, Figures, Node, Program, Tape};
use super::{Computed, ItemFigure, PlanResult, Ratio};

/// Facts and tape of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluated {
    /// The kind of period whose rules judged.
    pub kind: PeriodKind,
    /// The facts.
    pub inputs: Inputs,
    /// Titles of the items at publication, so that the derivation can be read alone.
    pub titles: Vec<Titled>,
    /// Digest of the facts.
    pub inputs_digest: String,
    /// The derivation.
    pub tape: Vec<Node>,
    /// Digest of the tape.
    pub root: String,
    /// Key of the band or the decided grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// Whether something is still open that can change it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preliminary: bool,
    /// The nodes whose operands are the product's own, because the regime is silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub house: Vec<u16>,
}

/// An item's title at publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Titled {
    /// The item.
    pub item: ItemId,
    /// Its title.
    pub title: String,
}

#[derive(Serialize)]
struct Verdict<'a> {
    plan: PlanId,
    inputs: &'a str,
    root: &'a str,
    total: Points,
}

impl Evaluated {
    /// Computes figures from facts, with the tape and what binds it.
    pub(super) fn of(
        (program, kind): (&Program, PeriodKind),
        regime: &Regime,
        inputs: Inputs,
        titles: Vec<Titled>,
    ) -> Result<(Self, Computed), Refusal> {
        let mut tape = Tape::default();
        let figures = engine_3::person(program, &inputs, &mut tape)?;
        let band = figures.band.and_then(|at| regime.grades.key(at.into()));
        let evaluated = Self {
            kind,
            inputs_digest: inputs.digest(),
            root: root(&tape.nodes),
            house: program.house(&regime.house_defaults, &inputs, &tape.nodes),
            band: band.map(str::to_owned),
            preliminary: figures.preliminary,
            titles,
            inputs,
            tape: tape.nodes,
        };
        Ok((evaluated, computed(&figures)?))
    }

    /// Digest of what a publication states: the facts, the tape and the total.
    pub(super) fn seen(&self, plan: PlanId, total: Points) -> String {
        canonical::digest(
            "jihe/verdict/3",
            &Verdict {
                plan,
                inputs: &self.inputs_digest,
                root: &self.root,
                total,
            },
        )
    }

    /// The title of an item.
    pub fn title(&self, item: ItemId) -> &str {
        let found = self.titles.iter().find(|one| one.item == item);
        found.map_or("", |one| &one.title)
    }

    /// Whether those whose rating counts say that an item was carried out; `None` where points alone
    /// do not say it.
    pub(super) fn carried_out(&self, item: ItemId) -> Option<bool> {
        let facts = self.inputs.items.iter().find(|one| one.item == item)?;
        let last = facts.stated.last()?;
        match last.rating {
            Rating::Undone => Some(false),
            Rating::Cell(..) | Rating::Level(_) => Some(true),
            Rating::Points(_) | Rating::Whole => None,
        }
    }

    /// What each judged item earned: the last node that is about it says it.
    pub(super) fn figures(&self) -> Vec<ItemFigure> {
        let earned = |at: u32| {
            let subject = Subject::new(Kind::Item, at);
            let mut nodes = self.tape.iter().rev();
            nodes
                .find(|node| node.subject == subject)
                .map(|node| node.value)
        };
        let items = (0..).zip(&self.inputs.items);
        items
            .map(|(at, facts)| ItemFigure {
                item: facts.item,
                title: self.title(facts.item).to_owned(),
                weight: facts.weight,
                earned: earned(at),
            })
            .collect()
    }

    /// Computes it again from its own facts; `None` where the regime has no such cycle.
    pub(super) fn again(&self, regime: &Regime) -> Option<Result<Computed, Refusal>> {
        let program = engine_3::compile(regime, self.kind).ok()?;
        let mut tape = Tape::default();
        let figures = engine_3::person(&program, &self.inputs, &mut tape);
        Some(figures.and_then(|figures| computed(&figures)))
    }

    /// Whether every digest is that of what it binds, the tape re-adds by itself, and it is the tape
    /// of these facts under this regime.
    pub(super) fn is_proven(&self, regime: &Regime) -> bool {
        let Ok(program) = engine_3::compile(regime, self.kind) else {
            return false;
        };
        self.inputs.digest() == self.inputs_digest
            && root(&self.tape) == self.root
            && engine_3::check(&self.tape).is_ok()
            && engine_3::belongs(&program, &self.inputs, &self.tape)
    }
}

impl PlanResult {
    /// The results of others that were open when it was published.
    pub(crate) fn open(&self) -> impl Iterator<Item = &ResultFact> {
        let facts = self.three.iter().flat_map(|three| &three.inputs.results);
        facts.filter(|fact| fact.known.is_none())
    }

    /// The result as it is with what was open filled in.
    pub(crate) fn filled(&self, regime: &Regime, known: &[ResultFact]) -> Result<Self, Refusal> {
        let Some(three) = &self.three else {
            return Ok(self.clone());
        };
        let mut inputs = three.inputs.clone();
        for fact in inputs
            .results
            .iter_mut()
            .filter(|fact| fact.known.is_none())
        {
            let same = |one: &&ResultFact| (one.place, one.plan) == (fact.place, fact.plan);
            let found = known.iter().find(same);
            fact.known = found.and_then(|found| found.known.clone());
        }
        let program = engine_3::compile(regime, three.kind);
        let program = program.map_err(|finding| Refusal::RegimeInvalid {
            findings: vec![finding],
        })?;
        let titles = three.titles.clone();
        let (three, computed) = Evaluated::of((&program, three.kind), regime, inputs, titles)?;
        Ok(Self {
            total: computed.total,
            coefficient: computed.coefficient,
            three: Some(Box::new(three)),
            ..self.clone()
        })
    }
}

/// Digest of a tape.
fn root(tape: &[Node]) -> String {
    canonical::digest("jihe/tape/3", &tape)
}

/// The figures as earlier arithmetics say them; the steps stand on the tape.
fn computed(figures: &Figures) -> Result<Computed, Refusal> {
    Ok(Computed {
        derivation: Vec::new(),
        total: figures.total,
        coefficient: figures.coefficient,
        exact: Ratio::of_exact(figures.exact)?,
    })
}
