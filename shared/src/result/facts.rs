//! Facts: what a side holds of a plan, as the inputs of its figures.
//!
//! Not frozen with the arithmetic: a result keeps the facts that it was made from, so a later way
//! to gather them changes nothing that stands. What this side does not hold stops the gathering.

use std::collections::BTreeSet;

use crate::deadline::extended_due;
use crate::id::PersonId;
use crate::item::{Item, TargetKind};
use crate::ledger::entries_of;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::part_score::PartScore;
use crate::period::Period;
use crate::plan::Plan;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::curve::Measure;
use crate::regime::deadlines::PlanStep;
use crate::regime::grades::GradeBy;
use crate::regime::judging::{Method, Rater, Scoring};
use crate::regime::who::Who;
use crate::report::{Report, ReportKind};
use crate::score::{Judgement, Score, due_in_force};
use crate::world::{PlanDocument, Stop, World};

use super::engine_3::Program;
use super::engine_3::inputs::{
    Inputs, ItemFacts, Late, NONE, Outcome, Rating, ResultFact, Stated, StepFact, TypedFact,
};

mod late;
mod measures;
mod reached;
mod results;
mod revealed;

pub(crate) use results::sought;
pub(crate) use revealed::revealed;

/// What nobody has said yet, for screens; the arithmetic decides whether it can do without.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Missing {
    /// Raters whose rating counts, by key, and the items that they have not rated.
    pub ratings: BTreeSet<(String, crate::id::ItemId)>,
    /// Raters, parts and criteria, by key, for which nothing was typed.
    pub typed: BTreeSet<(String, String, String)>,
    /// Indicators, by key, of which nobody has entered the number.
    pub indicators: BTreeSet<String>,
    /// Whether a grade has to be given by decision and nobody has decided.
    pub grade: bool,
}

/// What is asked of a plan when its facts are gathered.
pub(super) struct Asked<'w> {
    pub(super) world: &'w World,
    pub(super) organisation: &'w Organisation,
    pub(super) plan: &'w Plan,
    pub(super) document: &'w PlanDocument,
    pub(super) period: &'w Period,
    pub(super) rules: Rules<'w>,
    /// The superior whose scores count.
    pub(super) judge: PersonId,
    pub(super) day: Day,
}

/// Gathers the facts of a plan as this judge would publish them on a day.
///
/// Refuses ratings that the rules do not know, and late acts that wait for a decision where the
/// regime says that they block; stops where this side does not hold what it takes.
pub fn gather(
    world: &World,
    plan: crate::id::PlanId,
    judge: PersonId,
    program: &Program,
    day: Day,
) -> Result<(Inputs, Missing), Stop> {
    Asked::of(world, plan, judge, day)?.facts(program)
}

/// The results of others that a plan takes, as they are on a day.
pub(crate) fn results(
    world: &World,
    plan: crate::id::PlanId,
    judge: PersonId,
    program: &Program,
    day: Day,
) -> Result<Vec<ResultFact>, Stop> {
    Asked::of(world, plan, judge, day)?.results(program)
}

impl<'w> Asked<'w> {
    fn of(
        world: &'w World,
        plan: crate::id::PlanId,
        judge: PersonId,
        day: Day,
    ) -> Result<Self, Stop> {
        let organisation = world.organisation();
        let (plan, document) = world.plan(plan).or_not_found("plan")?;
        let period = organisation.periods.get(&plan.period);
        let period = period.ok_or_else(|| Refusal::not_found("period"))?;
        let rules = organisation.rules(period);
        let rules = rules.ok_or_else(|| Refusal::not_found("regime"))?;
        Ok(Self {
            world,
            organisation,
            plan,
            document,
            period,
            rules,
            judge,
            day,
        })
    }

    fn facts(&self, program: &Program) -> Result<(Inputs, Missing), Stop> {
        let mut inputs = Inputs::default();
        let mut missing = Missing::default();
        let later = super::deferred(self.rules, self.period, self.document);
        for item in self.document.items_in_order() {
            let left = later.iter().any(|later| later.item == item.id);
            let facts = self.item(item, !left, &mut missing)?;
            if left {
                inputs.left_to_next.push(facts);
            } else {
                inputs.items.push(facts);
            }
        }
        inputs.entries = entries_of(self.world, self.plan.id, self.day)?;
        inputs.typed = self.typed(program, &mut missing);
        inputs.steps = self.steps()?;
        inputs.measures = self.measures(program, &inputs.items);
        for (place, measure) in (0..).zip(program.measured()) {
            let entered = inputs.measures.iter().any(|fact| fact.place == place);
            if let Measure::Indicator(key) = measure
                && !entered
            {
                missing.indicators.insert(key.clone());
            }
        }
        if let (GradeBy::Decided { levels, .. }, false) =
            (&self.rules.regime.grades.by, self.rules.cycle.ungraded)
        {
            let given = self.document.grade.as_ref();
            let decided = given.and_then(|grade| grade.decided.as_ref());
            inputs.decided = decided.and_then(|decided| {
                let at = levels.iter().position(|level| level.key == decided.level);
                at.and_then(|at| u16::try_from(at).ok())
            });
            missing.grade = inputs.decided.is_none();
        }
        inputs.results = self.results(program)?;
        inputs.sort();
        Ok((inputs, missing))
    }

    fn item(&self, item: &Item, scored: bool, missing: &mut Missing) -> Result<ItemFacts, Stop> {
        let items = &self.rules.regime.items;
        let place = |at: Option<usize>| at.and_then(|at| u16::try_from(at).ok());
        let section = items
            .sections
            .iter()
            .position(|one| one.key == item.section);
        let section = place(section).ok_or_else(|| Refusal::UnknownValue {
            field: "section".to_owned(),
            given: item.section.clone(),
        })?;
        let method = self.rules.method(item);
        let reports = self.reports(item);
        let completion = completion(&reports);
        let reached = self.reached(item, &reports);
        let by_degree = method.is_some_and(|m| matches!(m.scoring, Scoring::Reached { .. }));
        let counted = by_degree && is_number(item.target.kind) && reached.is_some();
        let done = completion.is_some() || (counted && !reports.is_empty());
        let stated = match method {
            Some(method) if scored => {
                let asks = method.asks() && (done || !method.is_by_facts());
                self.stated(item, (method, asks), missing)?
            }
            _ => Vec::new(),
        };
        Ok(ItemFacts {
            item: item.id,
            section,
            category: place(
                items
                    .categories
                    .iter()
                    .position(|one| one.key == item.category),
            )
            .unwrap_or(NONE),
            source: place(items.sources.iter().position(|one| one.key == item.source))
                .unwrap_or(NONE),
            target: item.target.kind,
            must: item.must,
            outside: self.rules.stands_outside(item),
            weight: item.weight,
            importance: self.rules.importance(item),
            outcome: if done { Outcome::Done } else { Outcome::Undone },
            late: match (completion, self.due(item)) {
                (Some(report), Some(due)) => self.late_report(report, due)?,
                _ => Late::default(),
            },
            reached,
            stated,
        })
    }

    /// Reports on an item that stand.
    pub(super) fn reports(&self, item: &Item) -> Vec<&'w Report> {
        let reports = self.document.reports.values();
        reports
            .filter(|report| report.item == item.id && report.stands())
            .collect()
    }

    /// The due day that counts, moved by leave to which the person is entitled.
    pub(super) fn due(&self, item: &Item) -> Option<Day> {
        let due = due_in_force(self.document, item)?;
        let since = self.period.from;
        Some(extended_due(self.organisation, self.plan, item, due, since))
    }

    /// What raters state of an item, each by its place.
    fn stated(
        &self,
        item: &Item,
        (method, asks): (&Method, bool),
        missing: &mut Missing,
    ) -> Result<Vec<Stated>, Stop> {
        let mut stated = Vec::new();
        for (at, rater) in (0..).zip(&self.rules.regime.judging.raters) {
            if !self.rules.is_rated(rater, item) {
                continue;
            }
            let scores = self.scores(item, rater);
            if scores.is_empty() && rater.weight.0 > 0 && asks {
                missing.ratings.insert((rater.key.clone(), item.id));
            }
            for score in scores {
                stated.push(Stated {
                    rater: at,
                    rating: Rating::of(&method.scoring, &score.judgement)?,
                    off: off(method, &score.judgement)?,
                });
            }
        }
        Ok(stated)
    }

    /// The scores that a rater's people gave of an item, the first comes first.
    fn scores(&self, item: &Item, rater: &Rater) -> Vec<&'w Score> {
        match rater.by {
            Who::Responsible => self
                .document
                .self_scores
                .get(&item.id)
                .into_iter()
                .collect(),
            Who::Superior => {
                let judged = self.document.superior_scores.get(&(item.id, self.judge));
                judged.into_iter().collect()
            }
            _ => {
                let scores = self.document.rater_scores.values();
                let of = scores.filter(|one| one.rater == rater.key && one.score.item == item.id);
                let mut found: Vec<&Score> = of.map(|one| &one.score).collect();
                found.sort_by_key(|score| (score.times.recorded, score.by));
                found
            }
        }
    }

    /// What raters typed for criteria and charges of parts.
    fn typed(&self, program: &Program, missing: &mut Missing) -> Vec<TypedFact> {
        let mut facts = Vec::new();
        for (key, places) in self.rules.typed() {
            let Some(part) = program.part(key) else {
                continue;
            };
            for (criterion, wanted) in places {
                for (at, rater) in (0..).zip(&self.rules.regime.judging.raters) {
                    let own = self.part_scores((key, wanted), rater);
                    if own.is_empty() && rater.weight.0 > 0 && rater.of.is_none() {
                        let of = (rater.key.clone(), key.to_owned(), wanted.to_owned());
                        missing.typed.insert(of);
                    }
                    facts.extend(own.into_iter().map(|one| TypedFact {
                        part,
                        criterion,
                        rater: at,
                        points: one.points,
                    }));
                }
            }
        }
        facts
    }

    /// What a rater's people typed for a place of a part, the first comes first.
    fn part_scores(&self, (part, wanted): (&str, &str), rater: &Rater) -> Vec<&'w PartScore> {
        let scores = self.document.part_scores.values();
        let own = scores.filter(|one| {
            (one.part.as_str(), one.criterion.as_str(), &one.rater) == (part, wanted, &rater.key)
        });
        let own = own.filter(|one| rater.by != Who::Superior || one.by == self.judge);
        let mut own: Vec<&PartScore> = own.collect();
        own.sort_by_key(|one| (one.times.recorded, one.by));
        own
    }

    /// How the steps of the plan stood to their deadlines.
    fn steps(&self) -> Result<Vec<StepFact>, Stop> {
        let mut steps = Vec::new();
        for (at, deadline) in (0..).zip(&self.rules.cycle.deadlines) {
            let late = match deadline.step {
                PlanStep::Submission => match &self.plan.submitted {
                    Some(signed) => {
                        self.late_act(&deadline.step, &signed.times, signed.timed.as_deref())?
                    }
                    None => continue,
                },
                PlanStep::SelfScore => {
                    let mut latest = Late::default();
                    for score in self.document.self_scores.values() {
                        let late =
                            self.late_act(&deadline.step, &score.times, score.timed.as_deref())?;
                        if late.clock_hours >= latest.clock_hours {
                            latest = late;
                        }
                    }
                    latest
                }
                _ => continue,
            };
            if late != Late::default() {
                steps.push(StepFact { step: at, late });
            }
        }
        Ok(steps)
    }
}

/// The earliest completion.
pub(super) fn completion<'r>(reports: &[&'r Report]) -> Option<&'r Report> {
    let completions = reports.iter().copied();
    let completions = completions.filter(|report| report.kind == ReportKind::Completion);
    completions.min_by_key(|report| (report.happened, report.times.recorded))
}

/// Whether a target is a number, and not a day or a stage.
pub(crate) const fn is_number(kind: TargetKind) -> bool {
    !matches!(
        kind,
        TargetKind::Done | TargetKind::Date | TargetKind::Milestone
    )
}

/// What a judgement takes off, by the places of the method's charges.
fn off(method: &Method, judgement: &Judgement) -> Result<Vec<(u16, Points)>, Refusal> {
    let off = judgement.off().into_iter().flatten();
    let mut found = Vec::new();
    for (key, points) in off {
        let at = method.charges.iter().position(|charge| charge.key == *key);
        let at = at.and_then(|at| u16::try_from(at).ok());
        let at = at.ok_or_else(|| Refusal::UnknownValue {
            field: "charge".to_owned(),
            given: key.clone(),
        })?;
        found.push((at, *points));
    }
    found.sort_unstable();
    Ok(found)
}
