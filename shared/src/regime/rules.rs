//! The rules of a period: a regime together with the cycle of the period's kind.
//!
//! Whoever asks what a period's rules say asks here; nobody else looks for the cycle or for the
//! parts of its total.

use crate::item::Item;
use crate::moment::Day;
use crate::period::{Period, PeriodKind};
use crate::quantity::Points;

use super::charge::Counted;
use super::cycle::Cycle;
use super::deadlines::{CountedTime, Deadline, PlanStep};
use super::document::Regime;
use super::grades::GradeBy;
use super::items::Section;
use super::judging::{Method, Rater};
use super::total::{Filter, Full, ItemScores, Outside, Part, Parts, Source};
use super::v1;
use super::weights::Importance;

/// What a regime says of periods of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules<'r> {
    /// The regime.
    pub regime: &'r Regime,
    /// Its cycle of that kind.
    pub cycle: &'r Cycle,
}

impl Regime {
    /// The rules of periods of a kind, where it has such a cycle.
    pub fn rules(&self, kind: PeriodKind) -> Option<Rules<'_>> {
        let (_, cycle) = self.cycle(kind)?;
        let regime = self;
        Some(Rules { regime, cycle })
    }
}

impl<'r> Rules<'r> {
    /// The sections of a plan.
    pub fn sections(self) -> &'r [Section] {
        &self.regime.items.sections
    }

    /// What weights add up to.
    pub const fn total(self) -> Points {
        self.cycle.weights.total
    }

    /// Whether plans are judged; else they are tracked, and others draw from them.
    pub fn is_judged(self) -> bool {
        let decided = matches!(self.regime.grades.by, GradeBy::Decided { .. });
        self.cycle.total.is_some() || (decided && !self.cycle.ungraded)
    }

    /// Whether the cohort decides about results before they stand.
    pub fn is_settled(self) -> bool {
        self.regime.cohort.is_some() && self.is_judged() && !self.cycle.ungraded
    }

    /// The most points that a task outside the plan's total may weigh; none where there are no such
    /// tasks.
    pub fn outside(self) -> Option<Points> {
        let most = |scores: &ItemScores| match scores.outside {
            Outside::None => None,
            Outside::Pooled => Some(self.total()),
            Outside::Bonus { most } | Outside::Only { most } | Outside::Extra { most } => {
                Some(most)
            }
        };
        let most = self.item_scores().into_iter().filter_map(most).max();
        most.filter(|most| *most > Points(0))
    }

    /// Whether an item's weight stands outside the plan's total.
    pub fn stands_outside(self, item: &Item) -> bool {
        let mut sections = self.sections().iter();
        let section = sections.find(|section| section.key == item.section);
        item.bonus || section.is_some_and(|section| section.outside)
    }

    /// The first and the last day whose work is assessed in a period.
    pub fn assessed_days(self, period: &Period) -> (Day, Day) {
        match self.cycle.assessed {
            Some(range) => v1::AssessedRange {
                from_day: range.from_day,
                to_day: range.to_day,
            }
            .days(period),
            None => (period.from, period.to),
        }
    }

    /// The deadline of a step, where there is one.
    pub fn deadline(self, step: &PlanStep) -> Option<&'r Deadline> {
        self.cycle.deadlines.iter().find(|one| one.step == *step)
    }

    /// Which of an act's times counts for a step: as its deadline says, else as all lateness does.
    pub fn counts(self, step: &PlanStep) -> CountedTime {
        let own = self.deadline(step).and_then(|deadline| deadline.counts);
        own.unwrap_or(self.regime.lateness.counts)
    }

    /// The full score of an item: the least that a part gives it, so that what is scored fits each.
    pub fn full(self, item: &Item) -> Points {
        let outside = self.stands_outside(item);
        let scores = self.item_scores().into_iter();
        let scores = scores.filter(|one| one.counts(outside));
        let of = scores.filter(|one| one.groups.iter().any(|group| holds(&group.of, item)));
        let full = of.map(|scores| match scores.full {
            Full::Weight => item.weight,
            Full::Importance => self.importance(item),
            Full::Equal(points) => points,
        });
        full.min().unwrap_or(item.weight)
    }

    /// The importance coefficient of an item; 0 where there is none.
    pub fn importance(self, item: &Item) -> Points {
        let coefficient = match self.cycle.weights.importance {
            Some(Importance::Typed { .. }) => item.importance,
            Some(Importance::ByCategory {}) => {
                let mut categories = self.regime.items.categories.iter();
                let category = categories.find(|one| one.key == item.category);
                category.and_then(|one| one.importance)
            }
            None => None,
        };
        coefficient.unwrap_or_default()
    }

    /// The parts of the total that score items, depth first.
    pub fn item_scores(self) -> Vec<&'r ItemScores> {
        fn walk<'r>(parts: &'r Parts, found: &mut Vec<&'r ItemScores>) {
            for part in &parts.list {
                match &part.source {
                    Source::Items(scores) => found.push(scores),
                    Source::Parts(parts) => walk(parts, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        if let Some(total) = &self.cycle.total {
            walk(&total.parts, &mut found);
        }
        found
    }

    /// A part of the total, by its key.
    pub fn part(self, key: &str) -> Option<&'r Part> {
        fn find<'r>(parts: &'r Parts, key: &str) -> Option<&'r Part> {
            parts.list.iter().find_map(|part| match &part.source {
                _ if part.key == key => Some(part),
                Source::Parts(parts) => find(parts, key),
                _ => None,
            })
        }
        find(&self.cycle.total.as_ref()?.parts, key)
    }

    /// Whether a rater rates an item.
    pub fn is_rated(self, rater: &Rater, item: &Item) -> bool {
        rater.of.as_ref().is_none_or(|of| holds(of, item))
    }

    /// What is typed for parts: each part's key, with its criteria or typed charges by their place.
    pub fn typed(self) -> Vec<(&'r str, Vec<(u16, &'r str)>)> {
        fn walk<'r>(parts: &'r Parts, found: &mut Vec<(&'r str, Vec<(u16, &'r str)>)>) {
            for part in &parts.list {
                let typed: Vec<(u16, &str)> = match &part.source {
                    Source::Typed { criteria } => (0..)
                        .zip(criteria.iter().map(|one| one.key.as_str()))
                        .collect(),
                    Source::Charges { charges, .. } => (0..)
                        .zip(charges)
                        .filter(|(_, charge)| charge.counted == Counted::Typed {})
                        .map(|(at, charge)| (at, charge.key.as_str()))
                        .collect(),
                    Source::Parts(parts) => {
                        walk(parts, found);
                        continue;
                    }
                    _ => continue,
                };
                if !typed.is_empty() {
                    found.push((&part.key, typed));
                }
            }
        }
        let mut found = Vec::new();
        if let Some(total) = &self.cycle.total {
            walk(&total.parts, &mut found);
        }
        found
    }

    /// The method by which an item is judged; none where no part scores it.
    pub fn method(self, item: &Item) -> Option<&'r Method> {
        let outside = self.stands_outside(item);
        let mut scores = self.item_scores();
        // What no part counts can be stated all the same.
        scores.sort_by_key(|one| !one.counts(outside));
        let mut groups = scores.into_iter().flat_map(|one| &one.groups);
        let key = &groups.find(|group| holds(&group.of, item))?.method;
        let mut methods = self.regime.judging.methods.iter();
        methods.find(|method| method.key == *key)
    }
}

/// Whether an item is among those that a filter means.
pub(crate) fn holds(filter: &Filter, item: &Item) -> bool {
    let sections = filter.sections.is_empty() || filter.sections.contains(&item.section);
    let targets = filter.targets.is_empty() || filter.targets.contains(&item.target.kind);
    let categories = filter.categories.is_empty() || filter.categories.contains(&item.category);
    let sources = filter.sources.is_empty() || filter.sources.contains(&item.source);
    let must = filter.must.is_none_or(|must| must == item.must);
    sections && targets && categories && sources && must
}
