//! Raters: whose statements count, what a missing one means, and their mean by weight.

use crate::refusal::Refusal;
use crate::regime::judging::Several;

use super::inputs::ItemFacts;
use super::node::{Kind, Op, Subject};
use super::program::{MissingRule, RaterRule};
use super::{Adding, Exact, Run};

/// What counts for a rater.
enum Voice {
    /// What the rater of this place stated.
    Of(u16),
    /// Nothing earned.
    Zero,
    /// It is left out.
    LeftOut,
    /// It blocks.
    Missing,
}

/// What raters give together.
pub(super) enum Rated {
    /// A figure, which stands last on the tape.
    Value(Exact),
    /// Everybody is left out.
    Nobody,
    /// Somebody without whom nothing is published.
    Missing,
}

/// What is rated.
pub(super) trait Rating {
    /// Whether a rater rates it.
    fn asks(&self, rater: &RaterRule) -> bool;
    /// How many statements there are of the rater at a place.
    fn statements(&self, rater: u16) -> usize;
    /// Writes what one statement of a rater gives.
    fn put(&self, run: &mut Run<'_>, rater: u16, nth: usize) -> Result<Exact, Refusal>;
}

impl Run<'_> {
    /// The mean of what raters state, by the weights of those who count.
    pub(super) fn rated(
        &mut self,
        rating: &impl Rating,
        subject: Subject,
    ) -> Result<Rated, Refusal> {
        let program = self.program;
        let (mut voices, mut weights) = (0, 0);
        let mut last = None;
        for (nth, rater) in asked(&program.raters, |rater| rating.asks(rater)) {
            match self.voice(nth, |rater| rating.statements(rater)) {
                Voice::LeftOut => {}
                Voice::Missing => return Ok(Rated::Missing),
                voice @ (Voice::Of(_) | Voice::Zero) => {
                    voices += 1;
                    weights += rater.weight.0;
                    last = Some((nth, voice));
                }
            }
        }
        let Some((nth, voice)) = last else {
            return Ok(Rated::Nobody);
        };
        // Most items hear one rater; nobody is asked again for a mean of one.
        if voices == 1 {
            return self
                .heard_from(rating, nth, &voice, subject)
                .map(Rated::Value);
        }
        let mut adding = Adding::default();
        for (nth, rater) in asked(&program.raters, |rater| rating.asks(rater)) {
            let voice = self.voice(nth, |rater| rating.statements(rater));
            if matches!(voice, Voice::LeftOut | Voice::Missing) {
                continue;
            }
            let value = self.heard_from(rating, nth, &voice, subject)?;
            let me = Subject::new(Kind::Rater, nth.into());
            adding.add(self.times(value, rater.weight.0, 1, me)?)?;
        }
        let sum = self.added(&adding, subject)?.unwrap_or(Exact::ZERO);
        self.times(sum, 1, weights, subject).map(Rated::Value)
    }

    /// Writes what counts for a rater who counts.
    fn heard_from(
        &mut self,
        rating: &impl Rating,
        rater: u16,
        voice: &Voice,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        let me = Subject::new(Kind::Rater, rater.into());
        match voice {
            Voice::Of(other) => self.stated(rating, *other, subject),
            Voice::Zero | Voice::LeftOut | Voice::Missing => {
                self.tape.put(Op::Points, me, (0, 0), 0, Exact::ZERO)
            }
        }
    }

    /// What the holders of one rater's role stated: the first, or the mean of those handed in.
    fn stated(
        &mut self,
        rating: &impl Rating,
        rater: u16,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        let all = rating.statements(rater).min(self.most(rater));
        let mut adding = Adding::default();
        for nth in 0..all {
            adding.add(rating.put(self, rater, nth)?)?;
        }
        let mean = self.mean(&adding, subject)?;
        Ok(mean.unwrap_or(Exact::ZERO))
    }

    /// How many statements of a rater count at most.
    fn most(&self, rater: u16) -> usize {
        let rule = self.program.raters.get(usize::from(rater));
        match rule.and_then(|rule| rule.several) {
            Some(Several::First) => 1,
            Some(Several::Mean) | None => usize::MAX,
        }
    }

    /// The raters whose statements of an item count, those who stand in for others included, and how
    /// many statements of each.
    pub(super) fn heard(&self, item: &ItemFacts) -> impl Iterator<Item = (u16, usize)> {
        let statements = move |rater| {
            item.stated
                .iter()
                .filter(|stated| stated.rater == rater)
                .count()
        };
        let asks = |rater: &RaterRule| rater.of.is_none_or(|of| of.holds(item));
        let asked = asked(&self.program.raters, asks);
        asked.filter_map(move |(nth, _)| match self.voice(nth, statements) {
            Voice::Of(rater) => Some((rater, self.most(rater))),
            Voice::Zero | Voice::LeftOut | Voice::Missing => None,
        })
    }

    /// What counts for a rater; another stands in at most once for each rater that there is.
    fn voice(&self, rater: u16, statements: impl Fn(u16) -> usize) -> Voice {
        let raters = &self.program.raters;
        let mut at = rater;
        for _ in 0..=raters.len() {
            if statements(at) > 0 {
                return Voice::Of(at);
            }
            match raters.get(usize::from(at)).map(|rule| rule.missing) {
                Some(MissingRule::CountsZero) => return Voice::Zero,
                Some(MissingRule::LeftOut) => return Voice::LeftOut,
                Some(MissingRule::Instead(other)) => at = other,
                Some(MissingRule::Blocks) | None => return Voice::Missing,
            }
        }
        Voice::Missing
    }
}

/// The raters who are asked and whose rating counts.
fn asked(
    raters: &[RaterRule],
    asks: impl Fn(&RaterRule) -> bool,
) -> impl Iterator<Item = (u16, &RaterRule)> {
    let raters = (0..).zip(raters);
    raters.filter(move |(_, rater)| rater.weight.0 > 0 && asks(rater))
}
