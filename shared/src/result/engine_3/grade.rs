//! The end of a tape: bounds of the total, gates, the rounding, the band and its coefficient.

use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::grades::LooksAt;
use crate::regime::total::Rounding;

use super::exact::Way;
use super::node::{Figures, Kind, Op, Subject};
use super::program::{BandRule, ConditionRule, EffectRule, Grading, TotalRule};
use super::{Exact, Run, bound};

/// The band in which a figure falls, with its place.
pub(super) fn in_bands(bands: &[BandRule], value: Exact) -> Option<(u16, &BandRule)> {
    let within = |band: &BandRule| {
        let below = band.below.is_none_or(|below| value < Exact::points(below));
        value >= Exact::points(band.from) && below
    };
    (0..).zip(bands).find(|(_, band)| within(band))
}

impl TotalRule {
    /// How the total is rounded.
    pub(super) const fn way(&self) -> Way {
        match self.rounding {
            Rounding::TotalHalfUp | Rounding::PartsHalfUp => Way::HalfUp,
            Rounding::TotalDown => Way::Down,
            Rounding::TotalUp => Way::Up,
        }
    }
}

impl Run<'_> {
    /// Writes the whole tape.
    pub(super) fn figures(mut self) -> Result<Figures, Refusal> {
        let program = self.program;
        let top = Subject::TOTAL;
        let (mut exact, mut way) = (None, Way::HalfUp);
        if let Some(total) = &program.total {
            let parts = (total.rounding == Rounding::PartsHalfUp).then_some(Way::HalfUp);
            exact = self.parts(total.combine, &total.list, parts, top)?;
            if let Some(value) = exact {
                let bounds = (Some(bound(total.floor)), total.cap.map(bound));
                exact = Some(self.clamped(value, bounds, top)?);
            }
            way = total.way();
        } else if !matches!(program.grading, Grading::Decided(_)) {
            return Err(Refusal::NeverJudged);
        }
        if !self.missing.is_empty() {
            let items = self.missing;
            return Err(Refusal::ScoresMissing { items });
        }
        let exact = match (exact, &program.total) {
            (Some(value), _) => value,
            // Where a grade is decided, nobody has to have a total.
            (None, None) => self.points(Points(0), Points(0), top)?,
            (None, Some(_)) if matches!(program.grading, Grading::Decided(_)) => {
                self.points(Points(0), Points(0), top)?
            }
            (None, Some(_)) => return Err(Refusal::NothingToJudge),
        };
        let exact = self.gated(exact)?;
        self.graded(exact, way)
    }

    pub(super) fn round(
        &mut self,
        value: Exact,
        way: Way,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        let rounded = Exact::points(value.rounded(way)?);
        self.tape
            .put(Op::Round, subject, (way.code(), 0), 1, rounded)
    }

    /// Gates on the total.
    fn gated(&mut self, mut value: Exact) -> Result<Exact, Refusal> {
        for gate in &self.program.gates {
            if let EffectRule::TotalAtMost(most) = gate.effect
                && self.shut(gate.when)
            {
                let subject = Subject::new(Kind::Gate, gate.place.into());
                let least = value.min(Exact::points(most));
                value = self.tape.put(Op::Gate, subject, (most.0, 0), 1, least)?;
            }
        }
        Ok(value)
    }

    /// Whether a gate's condition holds.
    pub(super) fn shut(&self, when: ConditionRule) -> bool {
        let at_least = |count: usize, least: u32| count >= usize::try_from(least).unwrap_or(count);
        match when {
            ConditionRule::Entries { tariff, least } => {
                let entries = self.inputs.entries.iter();
                at_least(
                    entries.filter(|entry| entry.tariff == tariff).count(),
                    least,
                )
            }
            ConditionRule::PartBelow { part, points } => {
                let value = self.tape.parts.get(usize::from(part)).copied().flatten();
                value.is_some_and(|value| value < Exact::points(points))
            }
            ConditionRule::MustUndone { least } => {
                let items = self.inputs.items.iter();
                let undone = items.filter(|item| item.must && self.undone(item));
                at_least(undone.count(), least)
            }
        }
    }

    /// The rounding and the grade.
    fn graded(mut self, exact: Exact, way: Way) -> Result<Figures, Refusal> {
        let program = self.program;
        let top = Subject::TOTAL;
        let mut figures = Figures {
            exact,
            total: exact.rounded(way)?,
            band: None,
            coefficient: BasisPoints(10_000),
            preliminary: false,
        };
        match &program.grading {
            Grading::Bands {
                looks_at: LooksAt::Printed,
                bands,
            } => {
                let printed = self.round(exact, way, top)?;
                self.band(bands, printed, &mut figures)?;
            }
            Grading::Bands { bands, .. } => {
                self.band(bands, exact, &mut figures)?;
                self.round(exact, way, top)?;
            }
            Grading::Decided(levels) => {
                let printed = self.round(exact, way, top)?;
                self.decided(levels, printed, &mut figures)?;
            }
            Grading::None => {
                self.round(exact, way, top)?;
            }
        }
        let mut nodes = self.tape.nodes.iter();
        figures.preliminary = nodes.any(|node| node.op == Op::Pending);
        Ok(figures)
    }

    /// The band in which a figure falls.
    fn band(
        &mut self,
        bands: &[BandRule],
        value: Exact,
        figures: &mut Figures,
    ) -> Result<(), Refusal> {
        let found = in_bands(bands, value);
        let (subject, from, coefficient) = match found {
            Some((at, band)) => {
                figures.band = Some(at);
                let subject = Subject::new(Kind::Band, at.into());
                (subject, band.from.0, band.coefficient)
            }
            None => (Subject::NO_BAND, i64::MIN, BasisPoints(0)),
        };
        figures.coefficient = coefficient;
        let operands = (from, coefficient.0);
        self.tape.put(Op::Band, subject, operands, 1, value)?;
        let coefficient = |at: usize| bands.get(at).map(|band| band.coefficient);
        self.lowered(coefficient, value, figures)
    }

    fn decided(
        &mut self,
        levels: &[BasisPoints],
        value: Exact,
        figures: &mut Figures,
    ) -> Result<(), Refusal> {
        let level = self.inputs.decided;
        let coefficient = level.and_then(|level| levels.get(usize::from(level)));
        let (Some(level), Some(coefficient)) = (level, coefficient) else {
            figures.coefficient = self.program.provisional;
            self.tape
                .note(Op::Pending, Subject::TOTAL, figures.coefficient.0);
            return Ok(());
        };
        (figures.band, figures.coefficient) = (Some(level), *coefficient);
        let subject = Subject::new(Kind::Band, level.into());
        let operands = (level.into(), coefficient.0);
        self.tape.put(Op::Decided, subject, operands, 1, value)?;
        self.lowered(|at| levels.get(at).copied(), value, figures)
    }

    /// Gates on the grade: each lowers it and none lifts it.
    fn lowered(
        &mut self,
        coefficient: impl Fn(usize) -> Option<BasisPoints>,
        value: Exact,
        figures: &mut Figures,
    ) -> Result<(), Refusal> {
        for gate in &self.program.gates {
            let EffectRule::NoBetterThan(best) = gate.effect else {
                continue;
            };
            let better = figures.band.is_some_and(|band| band < best);
            if better && self.shut(gate.when) {
                let coefficient = coefficient(best.into()).unwrap_or_default();
                (figures.band, figures.coefficient) = (Some(best), coefficient);
                let subject = Subject::new(Kind::Band, best.into());
                let operands = (gate.place.into(), coefficient.0);
                self.tape.put(Op::Lowered, subject, operands, 1, value)?;
            }
        }
        Ok(())
    }
}
