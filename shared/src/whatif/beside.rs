//! What a result recorded beside its items: entries of the ledger, typed points, measures, steps.

use crate::quantity::Points;
use crate::regime::charge::Amount;
use crate::regime::curve::Measure;
use crate::regime::document::Regime;
use crate::regime::judging::Scoring;
use crate::regime::tariff::Tariff;
use crate::regime::total::Filter;
use crate::result::engine_3::inputs::{
    EntryFact, Inputs, ItemFacts, Late, MeasureFact, Outcome, StepFact, TypedFact,
};
use crate::result::facts::is_number;

use super::lack::Lack;
use super::translate::{Translation, Way, at};

/// Entries at the prices of the other rules; what has no price there costs nothing.
///
/// An amount that the old rules fixed is the other's as often as it was counted; what somebody chose
/// inside a range stays as it was chosen.
pub(super) fn entries(with: &Translation, from: &[EntryFact]) -> Vec<EntryFact> {
    let (old, new) = (&with.old.regime.tariffs, &with.new.regime.tariffs);
    let mut counted = vec![0_usize; new.len()];
    let read = |fact: &EntryFact| {
        let before = old.get(usize::from(fact.tariff))?;
        let tariff = at(new.iter().map(|one| one.key.as_str()), &before.key)?;
        let after = new.get(usize::from(tariff))?;
        let nth = counted.get_mut(usize::from(tariff))?;
        *nth += 1;
        Some(EntryFact {
            tariff,
            points: priced(fact.points, (before, after), *nth),
            item_zero: if before.item_zero == after.item_zero {
                fact.item_zero
            } else {
                after.item_zero && fact.item.is_some()
            },
            ..fact.clone()
        })
    };
    from.iter().filter_map(read).collect()
}

/// What an entry costs that cost `points`, the `nth` of its tariff from 1.
fn priced(points: Points, (before, after): (&Tariff, &Tariff), nth: usize) -> Points {
    if before.points == after.points {
        return points;
    }
    // How often it was counted; once where the price does not say it.
    let times = match &before.points {
        Some(Amount::Fixed(each)) if each.0 > 0 && points.0 % each.0 == 0 => points.0 / each.0,
        _ => 1,
    };
    match &after.points {
        None => Points(0),
        Some(Amount::Fixed(each)) => Points(each.0.saturating_mul(times)),
        Some(Amount::Range { least, most }) => points.clamp(*least, (*most).max(*least)),
        Some(Amount::Escalating(steps)) => {
            let step = steps.get(nth - 1).or_else(|| steps.last());
            step.copied().unwrap_or_default()
        }
    }
}

impl Way<'_> {
    /// Typed points of criteria and charges that both rules have.
    pub(super) fn typed(&mut self, from: &[TypedFact]) -> Vec<TypedFact> {
        let (old, new) = (&self.with.old, &self.with.new);
        let before = old.rules().typed();
        let mut found = Vec::new();
        for (part, places) in new.rules().typed() {
            let was = before.iter().find(|(key, _)| *key == part);
            for (criterion, key) in places {
                let same = was.and_then(|(_, places)| places.iter().find(|(_, one)| *one == key));
                let place = same.and_then(|(place, _)| Some((old.program.part(part)?, *place)));
                let (Some((was, place)), Some(part)) = (place, new.program.part(part)) else {
                    self.lacks.add(Lack::Typed(key.to_owned()));
                    continue;
                };
                let own = from.iter();
                let own = own.filter(|fact| (fact.part, fact.criterion) == (was, place));
                for fact in own {
                    found.extend(self.rater(fact.rater).map(|rater| TypedFact {
                        part,
                        criterion,
                        rater,
                        points: fact.points,
                    }));
                }
            }
        }
        found
    }

    /// What was measured already, and rates that follow from what was recorded of the items.
    pub(super) fn measures(&mut self, from: &Inputs) -> Vec<MeasureFact> {
        let with = self.with;
        let mut found = Vec::new();
        for (place, measure) in (0..).zip(with.new.program.measured()) {
            let before = with.old.program.measured();
            let before = before.iter().position(|one| one == measure);
            let before = before.and_then(|at| u16::try_from(at).ok());
            if let Some(before) = before {
                let kept = from.measures.iter().find(|one| one.place == before);
                found.extend(kept.map(|kept| MeasureFact {
                    place,
                    ..kept.clone()
                }));
                continue;
            }
            match self.rate(measure, &from.items) {
                Some((over, under)) => found.push(MeasureFact { place, over, under }),
                None => self.lacks.add(Lack::Measure),
            }
        }
        found
    }

    fn rate(&self, measure: &Measure, items: &[ItemFacts]) -> Option<(i64, i64)> {
        let (of, in_time) = match measure {
            Measure::OnTimeRate(of) => (of, true),
            Measure::CompletionRate(of) => (of, false),
            Measure::Reached(_) | Measure::Indicator(_) => return None,
        };
        if !self.whole || (in_time && !self.knows_lateness()) {
            return None;
        }
        let meant: Vec<&ItemFacts> = items
            .iter()
            .filter(|facts| is_meant(of, facts, &self.with.old.regime))
            .collect();
        // Of a number that is reached, the facts do not say whether it was reported complete.
        if meant.iter().any(|facts| self.is_counted(facts)) {
            return None;
        }
        let done = meant.iter().filter(|facts| {
            facts.outcome == Outcome::Done && (!in_time || facts.late == Late::default())
        });
        let count = |many: usize| i64::try_from(many).ok();
        Some((count(done.count())?, count(meant.len())?))
    }

    fn is_counted(&self, facts: &ItemFacts) -> bool {
        let method = self.with.old.method(facts);
        let reached = method.is_some_and(|one| matches!(one.scoring, Scoring::Reached { .. }));
        reached && is_number(facts.target)
    }

    /// How steps stood to deadlines that are the same in both rules.
    pub(super) fn steps(&mut self, from: &[StepFact]) -> Vec<StepFact> {
        let (old, new) = (self.with.old.rules(), self.with.new.rules());
        let mut found = Vec::new();
        for wanted in &self.with.asks.steps {
            let mut deadlines = new.cycle.deadlines.iter();
            let Some(to) = deadlines.position(|one| one.step == *wanted) else {
                continue;
            };
            let mut before = old.cycle.deadlines.iter();
            let before = before.position(|one| new.cycle.deadlines.get(to) == Some(one));
            let places =
                before.and_then(|from| Some((u16::try_from(from).ok()?, u16::try_from(to).ok()?)));
            let Some((before, step)) = places.filter(|_| self.knows_lateness()) else {
                self.lacks.add(Lack::Step);
                continue;
            };
            let kept = from.iter().find(|one| one.step == before);
            found.extend(kept.map(|kept| StepFact {
                step,
                ..kept.clone()
            }));
        }
        found
    }
}

/// Whether a filter means an item, by the keys of the rules that recorded it.
pub(super) fn is_meant(filter: &Filter, facts: &ItemFacts, regime: &Regime) -> bool {
    let items = &regime.items;
    let among = |keys: &[String], key: Option<&String>| {
        keys.is_empty() || key.is_some_and(|key| keys.contains(key))
    };
    let section = items.sections.get(usize::from(facts.section));
    let category = items.categories.get(usize::from(facts.category));
    let source = items.sources.get(usize::from(facts.source));
    among(&filter.sections, section.map(|one| &one.key))
        && among(&filter.categories, category.map(|one| &one.key))
        && among(&filter.sources, source.map(|one| &one.key))
        && (filter.targets.is_empty() || filter.targets.contains(&facts.target))
        && filter.must.is_none_or(|must| must == facts.must)
}
