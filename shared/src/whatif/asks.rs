//! What rules ask of the facts: only what they ask can be missing.

use crate::regime::charge::{Charge, Counted, LateOf};
use crate::regime::curve::Measure;
use crate::regime::cycle::Cycle;
use crate::regime::deadlines::PlanStep;
use crate::regime::document::Regime;
use crate::regime::grades::Condition;
use crate::regime::total::{Filter, Full, ItemScores, Pool, Source};
use crate::regime::walk::{self, PlacedPart};

/// A kind of fact about items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Section,
    Category,
    Source,
    Target,
    Must,
    Importance,
    /// Points are added up as they are, so that another sum of weights is another scale.
    Weights,
    /// Charges of parts ask how late items were; methods ask by themselves.
    Lateness,
}

/// What the rules of one cycle ask.
#[derive(Debug, Default)]
pub(super) struct Asks {
    facts: Vec<Fact>,
    /// The steps whose lateness is charged.
    pub(super) steps: Vec<PlanStep>,
    /// Keys of the tariffs whose entries count.
    pub(super) tariffs: Vec<String>,
}

impl Asks {
    /// Of the cycle at this place.
    pub(super) fn of(regime: &Regime, at: usize) -> Self {
        let mut asks = Self::default();
        for rater in &regime.judging.raters {
            asks.filter(rater.of.as_ref());
        }
        for method in &regime.judging.methods {
            asks.charges(&method.charges, false);
        }
        let parts = walk::parts(regime).into_iter();
        for PlacedPart { part, .. } in parts.filter(|placed| placed.cycle == at) {
            match &part.source {
                Source::Items(scores) => asks.items(scores),
                Source::Charges { charges, .. } => asks.charges(charges, true),
                Source::Measured { of, .. } => asks.measure(of),
                Source::Typed { .. } | Source::Result { .. } | Source::Parts(_) => {}
            }
        }
        for gate in &regime.grades.gates {
            match &gate.when {
                Condition::Entries { tariff, .. } => asks.tariff(tariff),
                Condition::MustUndone { .. } => asks.note(Fact::Must, true),
                Condition::PartBelow { .. } => {}
            }
        }
        asks
    }

    /// Whether a kind of fact is asked.
    pub(super) fn of_items(&self, fact: Fact) -> bool {
        self.facts.contains(&fact)
    }

    fn note(&mut self, fact: Fact, asked: bool) {
        if asked && !self.of_items(fact) {
            self.facts.push(fact);
        }
    }

    fn filter(&mut self, filter: Option<&Filter>) {
        let Some(filter) = filter else { return };
        self.note(Fact::Section, !filter.sections.is_empty());
        self.note(Fact::Category, !filter.categories.is_empty());
        self.note(Fact::Source, !filter.sources.is_empty());
        self.note(Fact::Target, !filter.targets.is_empty());
        self.note(Fact::Must, filter.must.is_some());
    }

    fn items(&mut self, scores: &ItemScores) {
        for group in &scores.groups {
            self.filter(Some(&group.of));
        }
        self.note(Fact::Importance, scores.full == Full::Importance);
        let as_they_are = scores.full == Full::Weight && scores.pool == Pool::Sum;
        self.note(Fact::Weights, as_they_are);
    }

    fn measure(&mut self, measure: &Measure) {
        match measure {
            Measure::OnTimeRate(of) | Measure::CompletionRate(of) | Measure::Reached(of) => {
                self.filter(Some(of));
            }
            Measure::Indicator(_) => {}
        }
    }

    fn tariff(&mut self, key: &str) {
        if !self.tariffs.iter().any(|one| one == key) {
            self.tariffs.push(key.to_owned());
        }
    }

    fn charges(&mut self, charges: &[Charge], of_part: bool) {
        for charge in charges {
            match &charge.counted {
                Counted::Entries { tariff } => self.tariff(tariff),
                Counted::DaysLate { of, .. } | Counted::HoursLate { of, .. } => match of {
                    LateOf::Due => self.note(Fact::Lateness, of_part),
                    LateOf::Step(step) => {
                        if !self.steps.contains(step) {
                            self.steps.push(step.clone());
                        }
                    }
                },
                Counted::StepsShort { of, .. } => self.measure(of),
                Counted::StepsShortOfTarget { .. } | Counted::Typed {} | Counted::Undone {} => {}
            }
        }
    }
}

/// Whether a charge of an item asks how late it was.
pub(super) fn by_lateness(charge: &Charge) -> bool {
    matches!(
        &charge.counted,
        Counted::DaysLate {
            of: LateOf::Due,
            ..
        } | Counted::HoursLate {
            of: LateOf::Due,
            ..
        }
    )
}

/// Whether two cycles let weights add up to the same.
pub(super) fn same_weights(one: &Cycle, other: &Cycle) -> bool {
    (one.weights.total, one.weights.per) == (other.weights.total, other.weights.per)
}
