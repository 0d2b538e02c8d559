//! Charges: what is counted, times the points of each, taken off or added up.

use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::charge::{Amount, DayCount, Each, HourCount};

use super::inputs::{ItemFacts, Late, TypedFact, unknown};
use super::node::{Kind, Op, Subject};
use super::program::{ChargeRule, CountedRule, LateRule, RaterRule};
use super::raters::{self, Rated};
use super::{Adding, Exact, Run, bound};

/// Of what a charge is taken.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// An item.
    Item(&'a ItemFacts),
    /// A part, by its place, with the charge's place in it.
    Part {
        /// The part.
        part: u16,
        /// The charge, within the part.
        nth: u16,
    },
}

/// Points that raters type for one criterion or charge of a part.
pub(super) struct Criterion<'a> {
    pub(super) typed: &'a [TypedFact],
    pub(super) part: u16,
    pub(super) nth: u16,
    pub(super) bounds: (Points, Points),
    pub(super) subject: Subject,
}

impl Criterion<'_> {
    fn of(&self, rater: u16) -> impl Iterator<Item = &TypedFact> {
        let here = (self.part, self.nth, rater);
        let typed = self.typed.iter();
        typed.filter(move |fact| (fact.part, fact.criterion, fact.rater) == here)
    }
}

impl raters::Rating for Criterion<'_> {
    fn asks(&self, rater: &RaterRule) -> bool {
        rater.of.is_none()
    }

    fn statements(&self, rater: u16) -> usize {
        self.of(rater).count()
    }

    fn put(&self, run: &mut Run<'_>, rater: u16, nth: usize) -> Result<Exact, Refusal> {
        let fact = self.of(rater).nth(nth);
        let fact = fact.ok_or_else(|| unknown("rater", ""))?;
        run.charged(fact.points, self.bounds, self.subject)
    }
}

impl Run<'_> {
    /// Writes what one charge takes off ([`Op::Off`]) or adds ([`Op::Amount`]); `None` and no node
    /// where nothing is counted.
    pub(super) fn charge(&mut self, at: u16, of: Of<'_>, op: Op) -> Result<Option<Exact>, Refusal> {
        let program = self.program;
        let Some(rule) = program.charges.get(usize::from(at)) else {
            return Ok(None);
        };
        let subject = Subject::new(Kind::Charge, at.into());
        let value = match (rule.counted, of) {
            (CountedRule::Entries { tariff }, _) => self.entries(tariff, of, (op, subject))?,
            // What a rater takes off an item stands in the statement.
            (CountedRule::Typed, Of::Item(_)) => None,
            (CountedRule::Typed, Of::Part { part, nth }) => {
                self.typed_charge(rule, (part, nth), (op, subject))?
            }
            (
                CountedRule::StepsShort {
                    place,
                    target,
                    each,
                },
                _,
            ) => self.steps_short(rule, (place, target, each), (op, subject))?,
            (CountedRule::ShortOfTarget { each }, Of::Item(item)) => {
                self.short_of_target(rule, item, each, (op, subject))?
            }
            _ => {
                let count = self.count(rule.counted, of);
                self.amounts(rule, count, false, (op, subject))?
            }
        };
        let Some(value) = value else {
            return Ok(None);
        };
        let most = rule.most.map(bound);
        let bounds = match op {
            Op::Off => (most.map(|most| -most), None),
            _ => (None, most),
        };
        self.clamped(value, bounds, subject).map(Some)
    }

    /// Whether nothing that a charge looks at was there to be measured.
    pub(super) fn unmeasured(&self, at: u16) -> bool {
        let rule = self.program.charges.get(usize::from(at));
        let Some(CountedRule::StepsShort { place, .. }) = rule.map(|rule| rule.counted) else {
            return false;
        };
        self.measured(place).is_none()
    }

    /// What was measured at a place; `None` where there was nothing to measure.
    pub(super) fn measured(&self, place: u16) -> Option<(i64, i64)> {
        let mut measures = self.inputs.measures.iter();
        let fact = measures.find(|fact| fact.place == place && fact.under > 0)?;
        Some((fact.over, fact.under))
    }

    /// Each entry has points of its own.
    fn entries(
        &mut self,
        tariff: u16,
        of: Of<'_>,
        (op, subject): (Op, Subject),
    ) -> Result<Option<Exact>, Refusal> {
        let inputs = self.inputs;
        let mut adding = Adding::default();
        for (nth, entry) in (0..).zip(&inputs.entries) {
            let meant = match of {
                Of::Item(item) => entry.item == Some(item.item),
                Of::Part { .. } => true,
            };
            if entry.tariff == tariff && meant {
                let entry_subject = Subject::new(Kind::Entry, nth);
                adding.add(self.counted(1, entry.points, false, (op, entry_subject))?)?;
            }
        }
        self.added(&adding, subject)
    }

    fn typed_charge(
        &mut self,
        rule: &ChargeRule,
        (part, nth): (u16, u16),
        (op, subject): (Op, Subject),
    ) -> Result<Option<Exact>, Refusal> {
        let inputs = self.inputs;
        let criterion = Criterion {
            typed: &inputs.typed,
            part,
            nth,
            bounds: rule.typed(),
            subject,
        };
        match self.rated(&criterion, subject)? {
            Rated::Value(value) if op == Op::Off => self.minus(value, subject).map(Some),
            Rated::Value(value) => Ok(Some(value)),
            Rated::Nobody => Ok(None),
            Rated::Missing => Err(self.field_missing(part)),
        }
    }

    /// Steps by which a rate falls short, with the rate itself as the proof of the count.
    fn steps_short(
        &mut self,
        rule: &ChargeRule,
        (place, target, each): (u16, i64, Each),
        (op, subject): (Op, Subject),
    ) -> Result<Option<Exact>, Refusal> {
        let Some((over, under)) = self.measured(place) else {
            return Ok(None);
        };
        let start = self.tape.nodes.len();
        let measure = Subject::new(Kind::Measure, place.into());
        let rate = Exact::ratio(over, under)?;
        self.tape.put(Op::Ratio, measure, (over, under), 0, rate)?;
        let short = Exact::factor(BasisPoints(target)).plus(rate.negative())?;
        let count = begun(short.times(1, 100)?, each)?;
        let operands = (target, signed(each));
        let proof = Exact::ratio(count, 1)?;
        self.tape.put(Op::Steps, subject, operands, 1, proof)?;
        self.proven(rule, count, start, (op, subject))
    }

    /// Steps by which an item falls short of its own target.
    fn short_of_target(
        &mut self,
        rule: &ChargeRule,
        item: &ItemFacts,
        each: Each,
        (op, subject): (Op, Subject),
    ) -> Result<Option<Exact>, Refusal> {
        let Some(short) = shortage(item) else {
            return Ok(None);
        };
        let start = self.tape.nodes.len();
        let count = begun(Exact::millionths(short), each)?;
        let operands = (short, signed(each));
        let proof = Exact::ratio(count, 1)?;
        self.tape.put(Op::Short, subject, operands, 0, proof)?;
        self.proven(rule, count, start, (op, subject))
    }

    /// Amounts of a count that the last node proves; the proof goes where it stands for nothing.
    fn proven(
        &mut self,
        rule: &ChargeRule,
        count: i64,
        start: usize,
        what: (Op, Subject),
    ) -> Result<Option<Exact>, Refusal> {
        let proven = count > 0 && matches!(rule.amount, Some(Amount::Fixed(_)));
        if !proven {
            self.tape.nodes.truncate(start);
        }
        self.amounts(rule, count, proven, what)
    }

    /// Writes a count times its points: one node, or one for each step of an escalation.
    fn amounts(
        &mut self,
        rule: &ChargeRule,
        count: i64,
        proven: bool,
        what: (Op, Subject),
    ) -> Result<Option<Exact>, Refusal> {
        if count <= 0 {
            return Ok(None);
        }
        match &rule.amount {
            Some(Amount::Fixed(points)) => self.counted(count, *points, proven, what).map(Some),
            Some(Amount::Escalating(steps)) => {
                let mut adding = Adding::default();
                let mut left = count;
                for (nth, points) in (1..).zip(steps) {
                    let last = nth == steps.len();
                    let here = if last { left } else { left.min(1) };
                    if here > 0 {
                        adding.add(self.counted(here, *points, false, what)?)?;
                    }
                    left -= here;
                }
                self.added(&adding, what.1)
            }
            Some(Amount::Range { .. }) | None => Ok(None),
        }
    }

    fn counted(
        &mut self,
        count: i64,
        points: Points,
        proven: bool,
        (op, subject): (Op, Subject),
    ) -> Result<Exact, Refusal> {
        let value = Exact::points(points).times(count, 1)?;
        let value = match op {
            Op::Off => value.negative(),
            _ => value,
        };
        let operands = (count, points.0);
        self.tape
            .put(op, subject, operands, u16::from(proven), value)
    }

    /// How many days, hours or items a charge counts.
    fn count(&self, counted: CountedRule, of: Of<'_>) -> i64 {
        let whole = |late: &Late| match counted {
            CountedRule::Days { days, .. } => i64::from(match days {
                DayCount::Calendar => late.calendar,
                DayCount::Working => late.working,
            }),
            CountedRule::Hours { hours, .. } => i64::from(match hours {
                HourCount::Clock => late.clock_hours,
                HourCount::Working => late.working_hours,
            }),
            _ => 0,
        };
        let items = &self.inputs.items;
        match (counted, of) {
            (CountedRule::Days { of: late, .. } | CountedRule::Hours { of: late, .. }, _) => {
                match (late, of) {
                    (LateRule::Due, Of::Item(item)) => whole(&item.late),
                    (LateRule::Due, Of::Part { .. }) => {
                        together(items.iter().map(|item| whole(&item.late)))
                    }
                    (LateRule::Step(step), _) => {
                        let steps = self.inputs.steps.iter();
                        let mut of = steps.filter(|fact| fact.step == step);
                        of.next().map_or(0, |fact| whole(&fact.late))
                    }
                }
            }
            (CountedRule::ShortOfTarget { each }, _) => {
                let each = |item: &ItemFacts| begun(Exact::millionths(shortage(item)?), each).ok();
                together(items.iter().filter_map(each))
            }
            (CountedRule::Undone, Of::Part { .. }) => {
                let undone = items.iter().filter(|item| self.undone(item));
                i64::try_from(undone.count()).unwrap_or(i64::MAX)
            }
            _ => 0,
        }
    }
}

/// A count of several; one that 64 bits cannot hold stays the most that they can.
fn together(counts: impl Iterator<Item = i64>) -> i64 {
    counts.fold(0, i64::saturating_add)
}

/// By how much an item falls short of its target, in ten-thousandths of its measure.
fn shortage(item: &ItemFacts) -> Option<i64> {
    let (over, under) = item.reached?;
    under.checked_sub(over)
}

/// How often a step goes into a length.
fn begun(length: Exact, each: Each) -> Result<i64, Refusal> {
    let parts = length.times(1, each.size)?;
    let whole = if each.started {
        parts.whole_up()?
    } else {
        parts.whole()?
    };
    Ok(whole.max(0))
}

/// A step as an operand: below zero where a begun one counts.
const fn signed(each: Each) -> i64 {
    if each.started { -each.size } else { each.size }
}
