//! Items: what raters state or facts say becomes points, less charges, pooled to one figure.

use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::total::{Full, Outside, Pool, Unscored};

use super::charges::Of;
use super::inputs::{ItemFacts, Outcome, Rating, Stated, unknown};
use super::node::{Kind, Op, Subject};
use super::program::{
    ConditionRule, CountedRule, EffectRule, ItemsRule, MethodRule, PartRule, RaterRule, ScoringRule,
};
use super::raters::{self, Rated};
use super::{Adding, Exact, Got, Run, bound};

/// An item as one part judges it.
#[derive(Clone, Copy)]
struct Judged<'a> {
    method: &'a MethodRule,
    facts: &'a ItemFacts,
    full: Points,
    subject: Subject,
}

/// What items of one part earned together.
#[derive(Default)]
struct Earned {
    adding: Adding,
    attainable: i64,
}

impl Run<'_> {
    /// A part of items.
    pub(super) fn items(
        &mut self,
        rule: &ItemsRule,
        part: &PartRule,
        subject: Subject,
    ) -> Result<Got, Refusal> {
        let here = |item: &ItemFacts| match rule.outside {
            Outside::None | Outside::Bonus { .. } | Outside::Extra { .. } => !item.outside,
            Outside::Pooled => true,
            Outside::Only { .. } => item.outside,
        };
        let start = self.tape.nodes.len();
        let earned = self.earned(rule, here)?;
        let scaled = rule.pool == Pool::Scaled;
        let base = if scaled && earned.attainable <= 0 {
            self.tape.nodes.truncate(start);
            None
        } else {
            let inside = self.added(&earned.adding, subject)?;
            let extra = match rule.outside {
                Outside::Extra { most } => self.outside(rule, most, subject)?,
                _ => None,
            };
            self.together(inside, extra, subject)?
        };
        let base = match (base, part.total) {
            (Some(sum), Some(total)) if scaled && total.0 != earned.attainable => {
                Some(self.times(sum, total.0, earned.attainable, subject)?)
            }
            (base, _) => base,
        };
        let base = match (base, rule.outside) {
            (Some(sum), Outside::Only { most }) => {
                Some(self.clamped(sum, (None, Some(bound(most))), subject)?)
            }
            (base, _) => base,
        };
        let bonus = match rule.outside {
            Outside::Bonus { most } => self.outside(rule, most, subject)?,
            _ => None,
        };
        if let Some(value) = self.together(base, bonus, subject)? {
            return Ok(Got::Value(value));
        }
        let mut left = self.inputs.left_to_next.iter();
        let later = left.any(|item| here(item) && rule.method(item).is_some());
        Ok(if later { Got::Later } else { Got::Nothing })
    }

    /// What tasks outside the total earned, no more than the most that they add.
    fn outside(
        &mut self,
        rule: &ItemsRule,
        most: Points,
        subject: Subject,
    ) -> Result<Option<Exact>, Refusal> {
        let earned = self.earned(rule, |item| item.outside)?;
        let Some(sum) = self.added(&earned.adding, subject)? else {
            return Ok(None);
        };
        let most = Some(bound(most));
        self.clamped(sum, (None, most), subject).map(Some)
    }

    /// Adds what there is of two figures.
    fn together(
        &mut self,
        first: Option<Exact>,
        second: Option<Exact>,
        subject: Subject,
    ) -> Result<Option<Exact>, Refusal> {
        let mut both = Adding::default();
        for value in [first, second].into_iter().flatten() {
            both.add(value)?;
        }
        self.added(&both, subject)
    }

    /// Writes what each item gives.
    fn earned(
        &mut self,
        rule: &ItemsRule,
        here: impl Fn(&ItemFacts) -> bool,
    ) -> Result<Earned, Refusal> {
        let (program, inputs) = (self.program, self.inputs);
        let mut earned = Earned::default();
        for (nth, facts) in (0..).zip(&inputs.items) {
            if !here(facts) {
                continue;
            }
            let method = rule.method(facts).and_then(|at| program.methods.get(at));
            let Some(method) = method else { continue };
            let full = match rule.full {
                Full::Weight => facts.weight,
                Full::Importance => facts.importance,
                Full::Equal(points) => points,
            };
            let subject = Subject::new(Kind::Item, nth);
            let judged = Judged {
                method,
                facts,
                full,
                subject,
            };
            let value = match self.item(&judged)? {
                Some(value) => value,
                // Somebody scored it, and somebody else without whom nothing is published did not.
                None if full > Points(0) && self.scored(facts) => {
                    self.missing.push(facts.item);
                    continue;
                }
                None => match rule.unscored {
                    Unscored::Blocks if full > Points(0) => {
                        self.missing.push(facts.item);
                        continue;
                    }
                    Unscored::Blocks | Unscored::LeftOut => continue,
                    Unscored::CountsZero => {
                        let operands = (0, full.0);
                        self.tape
                            .put(Op::Points, subject, operands, 0, Exact::ZERO)?
                    }
                },
            };
            earned.adding.add(value)?;
            earned.attainable = earned.attainable.saturating_add(full.0);
        }
        Ok(earned)
    }

    /// Writes what one item gives; `None` where nobody scored it.
    fn item(&mut self, judged: &Judged<'_>) -> Result<Option<Exact>, Refusal> {
        let Judged {
            method,
            facts,
            full,
            subject,
        } = *judged;
        if self.zeroed(facts) {
            let operands = (full.0, 0);
            let zero = self
                .tape
                .put(Op::Undone, subject, operands, 0, Exact::ZERO)?;
            return Ok(Some(zero));
        }
        let by_facts = method.by_facts(facts);
        let undone = by_facts && facts.outcome == Outcome::Undone;
        let value = if undone || (by_facts && !method.typed) {
            let rating = if undone {
                Rating::Undone
            } else {
                Rating::Whole
            };
            self.base(judged, rating)?
        } else {
            match self.rated(judged, subject)? {
                Rated::Value(value) => value,
                Rated::Nobody | Rated::Missing => return Ok(None),
            }
        };
        let part = |factor: BasisPoints| Exact::product(full.0, factor.0).whole();
        let bounds = (Some(part(method.floor)?), Some(part(method.cap)?));
        // Where nothing is charged and no bound binds, it is the same whether it was carried out.
        if (method.charges.is_empty() && within(value, bounds)) || self.failed(Some(method), facts)
        {
            return Ok(Some(value));
        }
        let mut adding = Adding::default();
        adding.add(value)?;
        for at in method.charges.clone() {
            if let Some(off) = self.charge(at, Of::Item(facts), Op::Off)? {
                adding.add(off)?;
            }
        }
        let value = self.added(&adding, subject)?.unwrap_or(value);
        self.clamped(value, bounds, subject).map(Some)
    }

    /// Writes what one rating gives, before charges.
    fn base(&mut self, judged: &Judged<'_>, rating: Rating) -> Result<Exact, Refusal> {
        let Judged {
            method,
            facts,
            full,
            subject,
        } = *judged;
        let none = || unknown("judgement", "");
        let factor = match (&method.scoring, rating) {
            (_, Rating::Undone) => {
                let operands = (full.0, method.undone.0);
                let value = Exact::product(full.0, method.undone.0);
                return self.tape.put(Op::Undone, subject, operands, 0, value);
            }
            (ScoringRule::Matrix(factors), Rating::Cell(row, column)) => {
                let row = factors.get(usize::from(row)).ok_or_else(none)?;
                row.get(usize::from(column)).copied().ok_or_else(none)?
            }
            (ScoringRule::Levels(levels), Rating::Level(level)) => {
                levels.get(usize::from(level)).copied().ok_or_else(none)?
            }
            (ScoringRule::Reached(curve), _) if method.by_facts(facts) => {
                let (over, under) = facts.reached.unwrap_or_default();
                let whole = Exact::points(full);
                self.tape
                    .put(Op::Points, subject, (full.0, full.0), 0, whole)?;
                let degree = Exact::ratio(over, under)?;
                self.tape
                    .put(Op::Ratio, subject, (over, under), 0, degree)?;
                let factor = self.curve(curve, degree, subject)?;
                let value = whole.by(factor)?;
                return self.tape.put(Op::Product, subject, (0, 0), 2, value);
            }
            (ScoringRule::Typed | ScoringRule::Reached(_), Rating::Points(points)) => {
                let most = Points(Exact::product(full.0, method.cap.0).whole()? / 10_000);
                return self.points(points, most, subject);
            }
            (ScoringRule::Whole, Rating::Whole) => return self.points(full, full, subject),
            _ => return Err(none()),
        };
        let value = Exact::product(full.0, factor.0);
        let operands = (full.0, factor.0);
        self.tape.put(Op::Item, subject, operands, 0, value)
    }

    /// Writes points that were typed; refuses them outside 0 to the most.
    pub(super) fn points(
        &mut self,
        points: Points,
        most: Points,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        if !(0..=most.0).contains(&points.0) {
            return Err(Refusal::OutOfRange {
                field: "points".to_owned(),
                least: Points(0).to_string(),
                most: most.to_string(),
            });
        }
        let operands = (points.0, most.0);
        let value = Exact::points(points);
        self.tape.put(Op::Points, subject, operands, 0, value)
    }

    /// Writes points that were typed for a charge: none at all, or no less than its least.
    pub(super) fn charged(
        &mut self,
        points: Points,
        (least, most): (Points, Points),
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        if points != Points(0) && points < least {
            return Err(Refusal::OutOfRange {
                field: "points".to_owned(),
                least: least.to_string(),
                most: most.to_string(),
            });
        }
        self.points(points, most, subject)
    }

    /// Writes what one statement gives, less what it takes off.
    fn statement(&mut self, judged: &Judged<'_>, stated: &Stated) -> Result<Exact, Refusal> {
        let base = self.base(judged, stated.rating)?;
        if stated.rating == Rating::Undone {
            return Ok(base);
        }
        let program = self.program;
        let mut adding = Adding::default();
        adding.add(base)?;
        for (at, (nth, points)) in stated.off.iter().enumerate() {
            let mut before = stated.off.iter().take(at);
            if before.any(|(other, _)| other == nth) {
                return Err(unknown("charge", &nth.to_string()));
            }
            let at = judged.method.charges.start.saturating_add(*nth);
            let rule = program.charges.get(usize::from(at));
            let typed = rule.filter(|rule| rule.counted == CountedRule::Typed);
            let inside = judged.method.charges.contains(&at);
            let rule = typed.filter(|_| inside);
            let rule = rule.ok_or_else(|| unknown("charge", &nth.to_string()))?;
            let (least, most) = rule.typed();
            let most = rule.most.map_or(most, |bound| most.min(bound));
            let subject = Subject::new(Kind::Charge, at.into());
            let value = self.charged(*points, (least, most), subject)?;
            adding.add(self.minus(value, subject)?)?;
        }
        Ok(self.added(&adding, judged.subject)?.unwrap_or(base))
    }

    pub(super) fn minus(&mut self, value: Exact, subject: Subject) -> Result<Exact, Refusal> {
        let value = value.negative();
        self.tape.put(Op::Minus, subject, (0, 0), 1, value)
    }

    /// Whether an entry lets an item count zero.
    fn zeroed(&self, item: &ItemFacts) -> bool {
        let gates = &self.program.gates;
        let zeroes = |tariff: u16| {
            gates.iter().any(|gate| {
                let of =
                    matches!(gate.when, ConditionRule::Entries { tariff: of, .. } if of == tariff);
                of && gate.effect == EffectRule::ItemZero && self.shut(gate.when)
            })
        };
        let named = |item: &ItemFacts| {
            let mut entries = self.inputs.entries.iter();
            entries.any(|entry| {
                entry.item == Some(item.item) && (entry.item_zero || zeroes(entry.tariff))
            })
        };
        !self.inputs.entries.is_empty() && named(item)
    }

    /// Whether an item was not carried out.
    pub(super) fn undone(&self, item: &ItemFacts) -> bool {
        let method = self.program.method_of(item);
        let method = method.and_then(|at| self.program.methods.get(at));
        self.failed(method, item)
    }

    /// The same where the method is known: facts that give the points decide, else those whose
    /// rating counts, else the reports.
    fn failed(&self, method: Option<&MethodRule>, item: &ItemFacts) -> bool {
        let reported = item.outcome == Outcome::Undone;
        match method {
            Some(method) if method.by_facts(item) => {
                reported || (method.typed && self.said(item).unwrap_or(false))
            }
            _ => self.said(item).unwrap_or(reported),
        }
    }

    /// Whether all who are heard say that an item was not carried out; `None` where nobody is.
    fn said(&self, item: &ItemFacts) -> Option<bool> {
        let undone = |stated: &Stated| match stated.rating {
            Rating::Undone => true,
            Rating::Whole => item.outcome == Outcome::Undone,
            _ => false,
        };
        let voices = self.heard(item);
        let mut all = None;
        for (rater, most) in voices {
            let of = item.stated.iter().filter(|stated| stated.rater == rater);
            let undone = of.take(most).all(undone);
            all = Some(all.unwrap_or(true) && undone);
        }
        all
    }

    /// Whether somebody whose rating counts scored an item.
    fn scored(&self, item: &ItemFacts) -> bool {
        self.heard(item).next().is_some()
    }
}

/// Whether no bound in millionths binds.
fn within(value: Exact, (least, most): (Option<i64>, Option<i64>)) -> bool {
    least.is_none_or(|least| value >= Exact::millionths(least))
        && most.is_none_or(|most| value <= Exact::millionths(most))
}

impl raters::Rating for Judged<'_> {
    fn asks(&self, rater: &RaterRule) -> bool {
        rater.of.is_none_or(|of| of.holds(self.facts))
    }

    fn statements(&self, rater: u16) -> usize {
        let stated = self.facts.stated.iter();
        stated.filter(|stated| stated.rater == rater).count()
    }

    fn put(&self, run: &mut Run<'_>, rater: u16, nth: usize) -> Result<Exact, Refusal> {
        let mut stated = self.facts.stated.iter();
        let mut of = stated.by_ref().filter(|stated| stated.rater == rater);
        let stated = of.nth(nth).ok_or_else(|| unknown("rater", ""))?;
        run.statement(self, stated)
    }
}
