//! Parts: each by its source, held between its bounds, and put together by one rule.

use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::total::{ChargeFrom, Combine, Empty};

use super::charges::{Criterion, Of};
use super::exact::Way;
use super::inputs::{KnownResult, unknown};
use super::node::{Kind, Op, Subject};
use super::program::{PartRule, SourceRule, TakeRule};
use super::raters::Rated;
use super::{Adding, Exact, Got, Run, bound};

impl Run<'_> {
    /// Puts parts together; `None` and no value on the tape where none of them is in use.
    ///
    /// Where `rounded` is given, what each of the parts gives is rounded before it is used.
    pub(super) fn parts(
        &mut self,
        combine: Combine,
        list: &[u16],
        rounded: Option<Way>,
        subject: Subject,
    ) -> Result<Option<Exact>, Refusal> {
        let program = self.program;
        let (mut adding, mut weights) = (Adding::default(), 0);
        let mut joined: Option<Exact> = None;
        for (nth, at) in list.iter().enumerate() {
            let Some(rule) = program.parts.get(usize::from(*at)) else {
                continue;
            };
            let me = Subject::new(Kind::Part, (*at).into());
            let Some(mut value) = self.part(*at, rule, me)? else {
                if combine == Combine::Product && nth == 0 {
                    return Ok(self.without_first(list));
                }
                continue;
            };
            // Half up is up for what is taken off too, so it is rounded before it is turned.
            if let Some(way) = rounded {
                value = self.round(value, way, me)?;
            }
            if rule.minus {
                value = self.minus(value, me)?;
            }
            match combine {
                Combine::Weighted => {
                    weights += rule.weight.0;
                    value = self.times(value, rule.weight.0, 1, me)?;
                }
                Combine::Product if nth > 0 => {
                    if let Some(total) = rule.total.filter(|_| !rule.is_factor()) {
                        value = self.times(value, 100, total.0, me)?;
                    }
                }
                Combine::Sum | Combine::Product | Combine::Least => {}
            }
            joined = Some(match (joined, combine) {
                (None, _) => value,
                (Some(product), Combine::Product) => product.by(value)?,
                (Some(least), Combine::Least) => least.min(value),
                (Some(sum), Combine::Sum | Combine::Weighted) => sum.plus(value)?,
            });
            adding.count += 1;
        }
        let Some(mut value) = joined else {
            return Ok(None);
        };
        if adding.count > 1 {
            let op = match combine {
                Combine::Sum | Combine::Weighted => Op::Sum,
                Combine::Product => Op::Product,
                Combine::Least => Op::Least,
            };
            value = self.tape.put(op, subject, (0, 0), adding.count, value)?;
        }
        if combine != Combine::Weighted {
            return Ok(Some(value));
        }
        if weights <= 0 {
            return self.times(value, 0, 1, subject).map(Some);
        }
        self.times(value, 1, weights, subject).map(Some)
    }

    /// A product without its points is nothing, whatever its factors are.
    fn without_first(&mut self, list: &[u16]) -> Option<Exact> {
        for at in list.iter().skip(1) {
            let subject = Subject::new(Kind::Part, (*at).into());
            self.tape.note(Op::Dropped, subject, 0);
        }
        None
    }

    /// One part; `None` where it drops out.
    fn part(
        &mut self,
        at: u16,
        rule: &PartRule,
        subject: Subject,
    ) -> Result<Option<Exact>, Refusal> {
        let got = match &rule.source {
            SourceRule::Items(items) => self.items(items, rule, subject)?,
            SourceRule::Typed { first, most } => self.typed(at, *first, most, subject)?,
            SourceRule::Charges { from, charges } => {
                self.charges(at, rule, *from, charges.clone())?
            }
            SourceRule::Measured { place, curve } => match self.measured(*place) {
                Some((over, under)) => {
                    let factor = |run: &mut Self| {
                        let measure = Subject::new(Kind::Measure, (*place).into());
                        let degree = Exact::ratio(over, under)?;
                        run.tape.put(Op::Ratio, measure, (over, under), 0, degree)?;
                        run.curve(curve, degree, subject)
                    };
                    Got::Value(self.of_total(rule.total, subject, factor)?)
                }
                None => Got::Nothing,
            },
            SourceRule::Result { place, take } => self.result(*place, take, subject)?,
            SourceRule::Parts { combine, list } => {
                match self.parts(*combine, list, None, subject)? {
                    Some(value) => Got::Value(value),
                    None => Got::Nothing,
                }
            }
        };
        let weight = rule.weight.0;
        let value = match (got, rule.empty) {
            (Got::Value(value), _) => {
                let bounds = (rule.floor.map(bound), rule.cap.map(bound));
                self.clamped(value, bounds, subject)?
            }
            (Got::Pending, _) => {
                self.tape.note(Op::Pending, subject, weight);
                return Ok(None);
            }
            (Got::Later, _) | (Got::Nothing, Empty::DropsOut) => {
                self.tape.note(Op::Dropped, subject, weight);
                return Ok(None);
            }
            (Got::Nothing, Empty::CountsZero) => {
                let full = rule.total.unwrap_or_default();
                let operands = (0, full.0);
                self.tape
                    .put(Op::Points, subject, operands, 0, Exact::ZERO)?
            }
            // A factor in full changes nothing.
            (Got::Nothing, Empty::CountsFull) if rule.is_factor() => {
                let whole = Exact::ratio(1, 1)?;
                self.tape.put(Op::Ratio, subject, (1, 1), 0, whole)?
            }
            (Got::Nothing, Empty::CountsFull) => {
                let full = rule.total.unwrap_or_default();
                self.points(full, full, subject)?
            }
            (Got::Nothing, Empty::Blocks) => match rule.source {
                SourceRule::Items(_) if self.missing.is_empty() => {
                    return Err(Refusal::NothingToJudge);
                }
                // What lacks a score is refused by name at the end.
                SourceRule::Items(_) => return Ok(None),
                _ => return Err(self.field_missing(at)),
            },
        };
        if let Some(kept) = self.tape.parts.get_mut(usize::from(at)) {
            *kept = Some(value);
        }
        Ok(Some(value))
    }

    /// Refuses because nobody said what a part needs.
    pub(super) fn field_missing(&self, part: u16) -> Refusal {
        let rule = self.program.parts.get(usize::from(part));
        Refusal::FieldMissing {
            item: None,
            field: rule.map_or_else(String::new, |rule| rule.key.clone()),
        }
    }

    /// A factor of the part's points, or the factor itself where the part has none.
    fn of_total(
        &mut self,
        total: Option<Points>,
        subject: Subject,
        factor: impl Fn(&mut Self) -> Result<Exact, Refusal>,
    ) -> Result<Exact, Refusal> {
        let Some(total) = total else {
            return factor(self);
        };
        let full = self.points(total, total, subject)?;
        let value = full.by(factor(self)?)?;
        self.tape.put(Op::Product, subject, (0, 0), 2, value)
    }

    /// Criteria, each typed by the raters.
    fn typed(
        &mut self,
        part: u16,
        first: u32,
        most: &[Points],
        subject: Subject,
    ) -> Result<Got, Refusal> {
        let inputs = self.inputs;
        let mut adding = Adding::default();
        let (mut all, mut rated) = (0_i64, 0_i64);
        for (nth, most) in (0..).zip(most) {
            all = all.saturating_add(most.0);
            let criterion = Criterion {
                typed: &inputs.typed,
                part,
                nth,
                bounds: (Points(0), *most),
                subject: Subject::new(Kind::Criterion, first + u32::from(nth)),
            };
            match self.rated(&criterion, criterion.subject)? {
                Rated::Value(value) => {
                    rated = rated.saturating_add(most.0);
                    adding.add(value)?;
                }
                Rated::Nobody => {}
                Rated::Missing => return Err(self.field_missing(part)),
            }
        }
        let Some(sum) = self.added(&adding, subject)? else {
            return Ok(Got::Nothing);
        };
        // The others weigh the more where a criterion was left out.
        if rated == all || rated <= 0 {
            return Ok(Got::Value(sum));
        }
        self.times(sum, all, rated, subject).map(Got::Value)
    }

    /// Charges: taken from the part's total and never below 0, or added up.
    fn charges(
        &mut self,
        part: u16,
        rule: &PartRule,
        from: ChargeFrom,
        charges: std::ops::Range<u16>,
    ) -> Result<Got, Refusal> {
        let subject = Subject::new(Kind::Part, part.into());
        if !charges.is_empty() && charges.clone().all(|at| self.unmeasured(at)) {
            return Ok(Got::Nothing);
        }
        let mut adding = Adding::default();
        let op = match from {
            ChargeFrom::Full => {
                let total = rule.total.unwrap_or_default();
                adding.add(self.points(total, total, subject)?)?;
                Op::Off
            }
            ChargeFrom::Nothing => Op::Amount,
        };
        for (nth, at) in (0..).zip(charges) {
            if let Some(value) = self.charge(at, Of::Part { part, nth }, op)? {
                adding.add(value)?;
            }
        }
        let value = match self.added(&adding, subject)? {
            Some(value) => value,
            None => self.points(Points(0), Points(0), subject)?,
        };
        let least = (from == ChargeFrom::Full).then_some(0);
        self.clamped(value, (least, None), subject).map(Got::Value)
    }

    /// What is taken of another result; the mean where several are meant.
    fn result(&mut self, place: u16, take: &TakeRule, subject: Subject) -> Result<Got, Refusal> {
        let inputs = self.inputs;
        let me = Subject::new(Kind::Result, place.into());
        let meant = (0..)
            .zip(&inputs.results)
            .filter(|(_, fact)| fact.place == place);
        let open = meant.clone().any(|(_, fact)| fact.known.is_none());
        let mut adding = Adding::default();
        for (nth, fact) in meant {
            let Some(known) = &fact.known else { continue };
            adding.add(self.taken(known, nth, take, me)?)?;
        }
        let Some(mean) = self.mean(&adding, me)? else {
            return Ok(if open { Got::Pending } else { Got::Nothing });
        };
        if open {
            self.tape.note(Op::Pending, me, 0);
        }
        let value = match take {
            TakeRule::Factor(steps) => {
                let degree = self.times(mean, 1, 100, me)?;
                self.stair(steps, degree, subject)?
            }
            TakeRule::Total | TakeRule::FactorOfBand(_) => mean,
        };
        Ok(Got::Value(value))
    }

    fn taken(
        &mut self,
        known: &KnownResult,
        nth: i64,
        take: &TakeRule,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        let TakeRule::FactorOfBand(factors) = take else {
            let value = Exact::points(known.total);
            let operands = (known.total.0, nth);
            return self.tape.put(Op::Result, subject, operands, 0, value);
        };
        let factor = known.band.and_then(|band| factors.get(usize::from(band)));
        let factor = factor.ok_or_else(|| unknown("band", ""))?;
        let value = Exact::factor(*factor);
        self.tape
            .put(Op::Factor, subject, (factor.0, nth), 0, value)
    }
}
