//! The arithmetic against kept examples: facts, tapes and digests that every build gets again, native
//! or in a browser.
//!
//! The examples are data; whoever runs this gives them. Beside them it makes many more out of them by a
//! fixed rule, and digests all tapes into one line that two builds can compare.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::canonical;
use crate::id::PersonId;
use crate::period::PeriodKind;
use crate::quantity::{BasisPoints, Points};
use crate::regime::document::Regime;

use super::cohort::{self, CohortFacts, CohortKey, Settled, Standing, TieDecision, alone, finish};
use super::inputs::{Inputs, Rating};
use super::{Figures, Node, Program, Tape, belongs, check, compile, person};

/// All examples.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Examples {
    /// The regimes, once each.
    pub regimes: Vec<Regime>,
    /// People who are judged alone.
    pub people: Vec<Example>,
    /// Cohorts.
    pub cohorts: Vec<CohortExample>,
}

/// One person's facts and what they lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The regime, by its place.
    pub regime: usize,
    /// The kind of period.
    pub kind: PeriodKind,
    /// The facts.
    pub inputs: Inputs,
    /// What they lead to.
    pub told: Told,
}

/// What facts lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Digest of the facts.
    pub inputs: String,
    /// The tape.
    pub tape: Vec<Node>,
    /// Digest of the tape.
    pub root: String,
    /// The printed total.
    pub total: Points,
    /// The coefficient.
    pub coefficient: BasisPoints,
    /// The band or the grade, by its place.
    pub band: Option<u16>,
    /// Whether something is open.
    pub preliminary: bool,
}

/// A cohort and what it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortExample {
    /// What it shows.
    pub name: String,
    /// The regime, by its place.
    pub regime: usize,
    /// The kind of period.
    pub kind: PeriodKind,
    /// The people.
    pub people: Vec<Seat>,
    /// Orders of equals.
    pub ties: Vec<Vec<PersonId>>,
    /// What it leaves of each, in their order.
    pub told: Vec<Told>,
    /// The digests of the facts of each cohort.
    pub facts: BTreeMap<String, String>,
}

/// Somebody in a cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub person: PersonId,
    /// The cohort.
    pub cohort: CohortKey,
    /// What it is part of.
    pub sisters: Option<CohortKey>,
    /// The total of the department.
    pub department: Option<Points>,
    /// Whether the person is not assessed.
    pub exempt: bool,
    /// The facts.
    pub inputs: Inputs,
}

fn told(inputs: &Inputs, figures: &Figures, tape: &Tape) -> Told {
    Told {
        inputs: inputs.digest(),
        tape: tape.nodes.clone(),
        root: canonical::digest("jihe/tape/3", &tape.nodes),
        total: figures.total,
        coefficient: figures.coefficient,
        band: figures.band,
        preliminary: figures.preliminary,
    }
}

impl Examples {
    fn program(&self, regime: usize, kind: PeriodKind) -> Option<Program> {
        compile(self.regimes.get(regime)?, kind).ok()
    }

    /// What one person's facts lead to; `None` where the rules refuse them, or the tape does not
    /// prove it.
    pub fn judged(&self, regime: usize, kind: PeriodKind, inputs: &Inputs) -> Option<Told> {
        let program = self.program(regime, kind)?;
        let mut tape = Tape::default();
        let figures = person(&program, inputs, &mut tape).ok()?;
        let proven = check(&tape.nodes) == Ok(figures) && belongs(&program, inputs, &tape.nodes);
        proven.then(|| told(inputs, &figures, &tape))
    }

    /// What a cohort leaves of everybody, and the digests of its facts; `None` where it is open, or
    /// where somebody alone does not come to the same by the facts.
    pub fn settled(&self, example: &CohortExample) -> Option<CohortExample> {
        let program = self.program(example.regime, example.kind)?;
        let mut tapes = Vec::new();
        let mut standings = Vec::new();
        for seat in &example.people {
            let mut tape = Tape::default();
            let figures = person(&program, &seat.inputs, &mut tape).ok()?;
            tapes.push(tape);
            standings.push(Standing {
                person: seat.person,
                cohort: seat.cohort,
                sisters: seat.sisters,
                department: seat.department,
                exempt: seat.exempt,
                figures,
            });
        }
        let order = |people: &Vec<PersonId>| TieDecision {
            people: people.clone(),
        };
        let ties: Vec<TieDecision> = example.ties.iter().map(order).collect();
        let outcome = cohort::cohort(&program, &standings, &ties).ok()?;
        let mut after = example.clone();
        (after.told, after.facts) = (Vec::new(), BTreeMap::new());
        let seats = example.people.iter().zip(&standings).zip(&outcome.settled);
        for (((seat, standing), settled), tape) in seats.zip(&mut tapes) {
            let facts = outcome.facts_of(seat.cohort)?;
            if !seat.exempt && !is_alone(&program, standing, settled, &facts)? {
                return None;
            }
            let figures = finish(&program, &standing.figures, settled, tape).ok()?;
            if check(&tape.nodes) != Ok(figures) {
                return None;
            }
            after.told.push(told(&seat.inputs, &figures, tape));
            let key = serde_json::to_string(&seat.cohort).ok()?;
            after.facts.insert(key, facts.digest());
        }
        Some(after)
    }

    /// Computes every example again; the error is the name of the first that comes out otherwise.
    pub fn recompute(&self) -> Result<usize, String> {
        for example in &self.people {
            let again = self.judged(example.regime, example.kind, &example.inputs);
            if again.as_ref() != Some(&example.told) {
                return Err(example.name.clone());
            }
        }
        for example in &self.cohorts {
            if self.settled(example).as_ref() != Some(example) {
                return Err(example.name.clone());
            }
        }
        Ok(self.people.len() + self.cohorts.len())
    }

    /// Makes so many further facts out of the examples and digests what they lead to: every tape, or
    /// the refusal.
    pub fn digest(&self, cases: u32) -> String {
        let mut programs = Vec::new();
        for example in &self.people {
            programs.push(self.program(example.regime, example.kind));
        }
        let mut chance = Chance(20_260_101);
        let mut tape = Tape::default();
        let mut hash = Sha256::new();
        for nth in 0..cases {
            let at = usize::try_from(nth).unwrap_or_default() % self.people.len().max(1);
            let (Some(example), Some(Some(program))) = (self.people.get(at), programs.get(at))
            else {
                continue;
            };
            let inputs = varied(&example.inputs, &mut chance);
            match person(program, &inputs, &mut tape) {
                // Text is dear, so most tapes go in as numbers.
                Ok(figures) if nth % 25 == 0 => {
                    hash.update(canonical::bytes(&told(&inputs, &figures, &tape)));
                }
                Ok(figures) => {
                    hash.update(figures.total.0.to_le_bytes());
                    hash.update(figures.coefficient.0.to_le_bytes());
                    tape.nodes.iter().for_each(|node| numbers(node, &mut hash));
                }
                Err(refusal) => hash.update(canonical::bytes(&refusal)),
            }
        }
        canonical::hex(&hash.finalize())
    }
}

/// A node as numbers.
fn numbers(node: &Node, hash: &mut Sha256) {
    hash.update([node.op as u8]);
    hash.update(node.subject.kind().to_le_bytes());
    hash.update(node.subject.index().to_le_bytes());
    hash.update(node.children.to_le_bytes());
    for number in [node.a, node.b, node.value] {
        hash.update(number.to_le_bytes());
    }
}

/// Whether somebody comes to the same by the cohort's facts alone.
fn is_alone(
    program: &Program,
    standing: &Standing,
    settled: &Settled,
    facts: &CohortFacts,
) -> Option<bool> {
    let told = (settled.quota, false);
    let own = alone(program, standing.person, &standing.figures, facts, told).ok()?;
    let own = own.map(|own| (own.total, own.band, own.coefficient, own.scaled));
    Some(
        own == Some((
            settled.total,
            settled.band,
            settled.coefficient,
            settled.scaled,
        )),
    )
}

/// Numbers that are the same everywhere.
struct Chance(u64);

impl Chance {
    /// The next number below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        // The generator of Knuth's MMIX; its high bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    /// Some points up to a bound.
    fn points(&mut self, most: Points) -> Points {
        let bound = u64::try_from(most.0).unwrap_or_default() + 1;
        Points(i64::try_from(self.below(bound)).unwrap_or_default())
    }
}

/// Facts of the same shape with other figures.
fn varied(inputs: &Inputs, chance: &mut Chance) -> Inputs {
    let mut inputs = inputs.clone();
    for item in &mut inputs.items {
        for stated in &mut item.stated {
            stated.rating = match stated.rating {
                Rating::Cell(..) => Rating::Cell(small(chance, 2), small(chance, 2)),
                Rating::Level(_) => Rating::Level(small(chance, 2)),
                Rating::Points(_) => Rating::Points(chance.points(item.weight)),
                other => other,
            };
        }
        item.late.working = small(chance, 4);
        if let Some((over, _)) = &mut item.reached {
            *over = i64::try_from(chance.below(150)).unwrap_or_default();
        }
    }
    for typed in &mut inputs.typed {
        typed.points = chance.points(typed.points);
    }
    for measure in &mut inputs.measures {
        measure.over = chance.points(Points(measure.under)).0;
    }
    for result in &mut inputs.results {
        if let Some(known) = &mut result.known {
            known.total = chance.points(Points(12_000));
        }
    }
    inputs
}

fn small(chance: &mut Chance, bound: u64) -> u16 {
    u16::try_from(chance.below(bound)).unwrap_or_default()
}
