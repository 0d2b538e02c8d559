//! Facts that were recorded under one regime as another regime reads them.
//!
//! Places are followed through keys. What the other rules ask and nobody recorded is named; a level
//! stands for the points that it earned where points are asked, and never the other way round.

use std::sync::Arc;

use crate::id::PlanId;
use crate::period::PeriodKind;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::charge::Counted;
use crate::regime::document::Regime;
use crate::regime::grades::GradeBy;
use crate::regime::judging::{Method, Scoring};
use crate::regime::total::ResultOf;
use crate::regime::weights::Importance;
use crate::regime::who::Who;
use crate::result::engine_3::inputs::{Inputs, ItemFacts, NONE, ResultFact, Stated};
use crate::result::engine_3::{Program, compile};

use super::asks::{Asks, Fact, by_lateness, same_weights};
use super::lack::{Lack, Lacks};
use super::recorded::{Recorded, method_of};
use super::{beside, rating};

/// One regime's rules of the period's kind.
pub(super) struct Side {
    pub(super) regime: Arc<Regime>,
    pub(super) kind: PeriodKind,
    pub(super) program: Program,
}

impl Side {
    /// Refuses a regime that does not judge periods of this kind.
    pub(super) fn of(regime: Arc<Regime>, kind: PeriodKind) -> Result<Self, Refusal> {
        let rules = regime.rules(kind).filter(|rules| rules.is_judged());
        if rules.is_none() {
            return Err(Refusal::NeverJudged);
        }
        let program = compile(&regime, kind).map_err(|finding| Refusal::RegimeInvalid {
            findings: vec![finding],
        })?;
        Ok(Self {
            regime,
            kind,
            program,
        })
    }

    pub(super) fn rules(&self) -> Rules<'_> {
        let rules = self.regime.rules(self.kind);
        rules.expect("a side is made of a regime that has the cycle")
    }

    pub(super) fn method(&self, facts: &ItemFacts) -> Option<&Method> {
        method_of(facts, &self.regime, &self.program)
    }
}

/// From the rules that were to those that are tried.
pub(super) struct Translation {
    pub(super) old: Side,
    pub(super) new: Side,
    pub(super) asks: Asks,
}

/// Facts as the other rules read them.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) inputs: Inputs,
    /// Ratings that count as the points that they earned.
    pub(super) converted: u32,
    /// Places of the results of others that nobody has named yet.
    pub(super) open: Vec<(u16, ResultOf)>,
}

/// An item on its way.
pub(super) struct Way<'t> {
    pub(super) with: &'t Translation,
    pub(super) whole: bool,
    pub(super) lacks: Lacks,
    pub(super) converted: u32,
}

impl Translation {
    pub(super) fn new(old: Side, new: Side) -> Self {
        let at = new.regime.cycle(new.kind).map_or(0, |(at, _)| at);
        let asks = Asks::of(&new.regime, at);
        Self { old, new, asks }
    }

    /// What the other rules read of what was recorded, or all that they would have to know besides.
    pub(super) fn read(&self, recorded: &Recorded) -> Result<Translated, Vec<Lack>> {
        let mut way = Way {
            with: self,
            whole: recorded.whole,
            lacks: Lacks::default(),
            converted: 0,
        };
        let (old, new) = (self.old.rules(), self.new.rules());
        if old.cycle.assessed != new.cycle.assessed {
            way.lacks.add(Lack::AssessedDays);
        }
        if self.asks.of_items(Fact::Weights) && !same_weights(old.cycle, new.cycle) {
            way.lacks.add(Lack::Weights);
        }
        let from = &recorded.inputs;
        let mut inputs = Inputs {
            items: from.items.iter().map(|item| way.item(item, true)).collect(),
            left_to_next: from
                .left_to_next
                .iter()
                .map(|item| way.item(item, false))
                .collect(),
            entries: beside::entries(self, &from.entries),
            typed: way.typed(&from.typed),
            measures: way.measures(from),
            steps: way.steps(&from.steps),
            results: Vec::new(),
            decided: way.decided(from.decided),
        };
        let open = way.results(&from.results, &mut inputs.results);
        inputs.sort();
        if way.lacks.is_empty() {
            Ok(Translated {
                inputs,
                converted: way.converted,
                open,
            })
        } else {
            Err(way.lacks.into_list())
        }
    }
}

/// The place of a key, where it is there.
pub(super) fn at<'k>(mut keys: impl Iterator<Item = &'k str>, key: &str) -> Option<u16> {
    let at = keys.position(|one| one == key)?;
    u16::try_from(at).ok()
}

impl Way<'_> {
    fn item(&mut self, from: &ItemFacts, scored: bool) -> ItemFacts {
        let asks = &self.with.asks;
        let mut facts = ItemFacts {
            stated: Vec::new(),
            ..from.clone()
        };
        facts.section = self.section(from);
        facts.category = self.category(from);
        facts.source = self.source(from);
        facts.outside = self.outside(from, &facts);
        if asks.of_items(Fact::Must) && !self.whole {
            self.lacks.add(Lack::Must);
        }
        if asks.of_items(Fact::Target) && !self.whole {
            self.lacks.add(Lack::Target);
        }
        if asks.of_items(Fact::Lateness) && !self.knows_lateness() {
            self.lacks.add(Lack::Lateness);
        }
        facts.importance = self.importance(from, &facts);
        if scored {
            self.rated(from, &mut facts);
        }
        facts
    }

    fn section(&mut self, from: &ItemFacts) -> u16 {
        let sections = &self.with.old.regime.items.sections;
        let key = sections.get(usize::from(from.section));
        let key = key.map_or("", |section| section.key.as_str());
        let sections = &self.with.new.regime.items.sections;
        let found = at(sections.iter().map(|one| one.key.as_str()), key);
        let decides =
            self.with.asks.of_items(Fact::Section) || sections.iter().any(|one| one.outside);
        if found.is_none() && decides {
            self.lacks.add(Lack::Section(key.to_owned()));
        }
        found.unwrap_or(0)
    }

    fn category(&mut self, from: &ItemFacts) -> u16 {
        let old = &self.with.old.regime.items.categories;
        let key = old.get(usize::from(from.category));
        let new = self.with.new.regime.items.categories.iter();
        let found = key.and_then(|key| at(new.map(|one| one.key.as_str()), &key.key));
        if found.is_none() && self.with.asks.of_items(Fact::Category) {
            self.lacks.add(Lack::Category);
        }
        found.unwrap_or(NONE)
    }

    fn source(&mut self, from: &ItemFacts) -> u16 {
        let old = &self.with.old.regime.items.sources;
        let key = old.get(usize::from(from.source));
        let new = self.with.new.regime.items.sources.iter();
        let found = key.and_then(|key| at(new.map(|one| one.key.as_str()), &key.key));
        if found.is_none() && self.with.asks.of_items(Fact::Source) {
            self.lacks.add(Lack::Source);
        }
        found.unwrap_or(NONE)
    }

    /// Whether its weight stands outside: by itself as it was, or by its section as that is now.
    fn outside(&mut self, from: &ItemFacts, facts: &ItemFacts) -> bool {
        let outside = |side: &Side, place: u16| {
            let section = side.regime.items.sections.get(usize::from(place));
            section.is_some_and(|section| section.outside)
        };
        let by_itself = from.outside && !outside(&self.with.old, from.section);
        let outside = by_itself || outside(&self.with.new, facts.section);
        if outside && self.with.new.rules().outside().is_none() {
            self.lacks.add(Lack::Outside);
        }
        outside
    }

    fn importance(&mut self, from: &ItemFacts, facts: &ItemFacts) -> Points {
        let (old, new) = (self.with.old.rules(), self.with.new.rules());
        let found = match new.cycle.weights.importance {
            Some(Importance::ByCategory {}) => {
                let categories = &self.with.new.regime.items.categories;
                let category = categories.get(usize::from(facts.category));
                category.and_then(|category| category.importance)
            }
            Some(Importance::Typed { least, most }) => {
                let typed = matches!(
                    old.cycle.weights.importance,
                    Some(Importance::Typed { .. } | Importance::ByCategory {})
                );
                let inside = (least..=most).contains(&from.importance);
                (self.whole && typed && inside).then_some(from.importance)
            }
            None => None,
        };
        if found.is_none() && self.with.asks.of_items(Fact::Importance) {
            self.lacks.add(Lack::Importance);
        }
        found.unwrap_or_default()
    }

    /// Whether lateness was recorded as the other rules count it.
    pub(super) fn knows_lateness(&self) -> bool {
        let (old, new) = (&self.with.old.regime, &self.with.new.regime);
        let counted = |regime: &Regime| {
            let of = &regime.lateness;
            (of.grace_minutes, of.receipt_only, of.counts, of.undecided)
        };
        self.whole && counted(old) == counted(new)
    }

    /// Puts what was stated of an item as the other rules' method reads it.
    fn rated(&mut self, from: &ItemFacts, facts: &mut ItemFacts) {
        let (Some(old), Some(new)) = (self.with.old.method(from), self.with.new.method(facts))
        else {
            return;
        };
        if new.charges.iter().any(by_lateness) && !self.knows_lateness() {
            self.lacks.add(Lack::Lateness);
        }
        let short = |counted: &Counted| matches!(counted, Counted::StepsShortOfTarget { .. });
        let reached = matches!(new.scoring, Scoring::Reached { .. })
            || new.charges.iter().any(|charge| short(&charge.counted));
        if reached && !self.whole {
            self.lacks.add(Lack::Reached);
        }
        if new.asks() {
            self.raters(from, facts);
        }
        let places = self.charges(old, new);
        let full = rating::full(self.with.old.rules(), from, old);
        for stated in &from.stated {
            let Some(rater) = self.rater(stated.rater) else {
                continue;
            };
            let scale = (full, rating::full(self.with.new.rules(), facts, new));
            match rating::read(stated.rating, (old, new), scale) {
                Ok((rating, converted)) => {
                    self.converted += u32::from(converted);
                    let off = stated.off.iter();
                    let off = off.filter_map(|(at, points)| {
                        Some((*places.get(usize::from(*at))?.as_ref()?, *points))
                    });
                    let off = off.collect();
                    facts.stated.push(Stated { rater, rating, off });
                }
                Err(lack) => self.lacks.add(lack),
            }
        }
        facts.stated.sort_by_key(|stated| stated.rater);
        if new.asks() && !old.asks() && facts.stated.is_empty() {
            self.lacks.add(Lack::Judgement(new.key.clone()));
        }
    }

    /// Names raters whose rating of an item would count and who were not asked for it.
    fn raters(&mut self, from: &ItemFacts, facts: &ItemFacts) {
        let (old, new) = (&self.with.old.regime, &self.with.new.regime);
        for rater in new.judging.raters.iter().filter(|rater| rater.weight.0 > 0) {
            let of = rater.of.as_ref();
            if of.is_some_and(|of| !beside::is_meant(of, facts, new)) {
                continue;
            }
            let mut before = old.judging.raters.iter();
            let asked = before.any(|one| {
                let of = one.of.as_ref();
                one.by == rater.by && of.is_none_or(|of| beside::is_meant(of, from, old))
            });
            // Earlier results hold what the superior said, and nobody else.
            if !asked || !(self.whole || rater.by == Who::Superior) {
                self.lacks.add(Lack::Rater(rater.key.clone()));
            }
        }
    }

    /// The places of typed charges of one method in another; what the other types besides is lacking.
    fn charges(&mut self, old: &Method, new: &Method) -> Vec<Option<u16>> {
        let typed = |method: &Method, key: &str| {
            let mut charges = method.charges.iter();
            charges.position(|one| one.key == key && one.counted == Counted::Typed {})
        };
        for charge in &new.charges {
            if charge.counted == (Counted::Typed {}) && typed(old, &charge.key).is_none() {
                self.lacks.add(Lack::Typed(charge.key.clone()));
            }
        }
        let place = |key: &str| typed(new, key).and_then(|at| u16::try_from(at).ok());
        old.charges.iter().map(|one| place(&one.key)).collect()
    }

    /// The rater of the other rules for whom the same person stands.
    pub(super) fn rater(&self, old: u16) -> Option<u16> {
        let from = self.with.old.regime.judging.raters.get(usize::from(old))?;
        let raters = &self.with.new.regime.judging.raters;
        let same = |key: bool| {
            let mut raters = raters.iter();
            raters.position(|one| one.by == from.by && (!key || one.key == from.key))
        };
        same(true)
            .or_else(|| same(false))
            .and_then(|at| u16::try_from(at).ok())
    }

    /// The grade that was decided, where the other rules know it.
    fn decided(&mut self, from: Option<u16>) -> Option<u16> {
        let GradeBy::Decided { levels, .. } = &self.with.new.regime.grades.by else {
            return None;
        };
        let key = from.and_then(|at| self.with.old.regime.grades.key(usize::from(at)));
        let found = key.and_then(|key| at(levels.iter().map(|one| one.key.as_str()), key));
        if found.is_none() {
            self.lacks.add(Lack::Grade);
        }
        found
    }

    /// The results of others: those that were taken already, by plan; the places that are new.
    fn results(&mut self, from: &[ResultFact], to: &mut Vec<ResultFact>) -> Vec<(u16, ResultOf)> {
        let old = self.with.old.program.taken();
        let mut open = Vec::new();
        for (place, (of, bands)) in (0..).zip(self.with.new.program.taken()) {
            let before = old.iter().position(|(one, _)| one == of);
            let Some(before) = before.and_then(|at| u16::try_from(at).ok()) else {
                open.push((place, *of));
                continue;
            };
            let keys = old
                .get(usize::from(before))
                .map(|(_, keys)| keys.as_slice());
            let band = |at: u16| {
                let key = keys.unwrap_or_default().get(usize::from(at))?;
                self::at(bands.iter().map(String::as_str), key)
            };
            for fact in from.iter().filter(|fact| fact.place == before) {
                let mut fact = ResultFact {
                    place,
                    ..fact.clone()
                };
                if let Some(known) = &mut fact.known {
                    known.band = known.band.and_then(band);
                }
                to.push(fact);
            }
        }
        for (_, of) in &open {
            if matches!(of, ResultOf::Cycle { .. }) {
                self.lacks.add(Lack::Result);
            }
        }
        open
    }
}

/// Whether a result is that of a plan of the same period, which the other rules judge anew.
pub(super) const fn is_of_the_period(of: ResultOf) -> bool {
    !matches!(of, ResultOf::Cycle { .. })
}

/// A result of another that is known by its plan alone so far.
pub(super) const fn unknown_yet(place: u16, plan: PlanId) -> ResultFact {
    ResultFact {
        place,
        plan,
        known: None,
    }
}
