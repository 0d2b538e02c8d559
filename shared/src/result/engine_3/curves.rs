//! Curves: what a degree on the tape gives, by steps, straight lines, or as it is.

use crate::quantity::BasisPoints;
use crate::refusal::Refusal;
use crate::regime::curve::{Curve, CurvePoint};

use super::exact::too_long;
use super::node::{Op, Subject};
use super::{Exact, Run};

impl Run<'_> {
    /// Writes what a curve gives of the degree that stands last on the tape.
    pub(super) fn curve(
        &mut self,
        curve: &Curve,
        degree: Exact,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        let degree = self.clamped(degree, (Some(0), None), subject)?;
        match curve {
            Curve::Proportional { cap } => {
                let most = Exact::factor(*cap).whole()?;
                self.clamped(degree, (None, Some(most)), subject)
            }
            Curve::Steps { steps } => self.stair(steps, degree, subject),
            Curve::Linear { points } => self.slope(points, degree, subject),
        }
    }

    /// The factor of the highest step that a degree reaches; none below the first.
    pub(super) fn stair(
        &mut self,
        steps: &[CurvePoint],
        degree: Exact,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        let reached = steps.iter().filter(|step| degree >= Exact::factor(step.at));
        let step = reached.max_by_key(|step| step.at);
        let (at, factor) = step.map_or((BasisPoints(0), BasisPoints(0)), |step| {
            (step.at, step.factor)
        });
        let value = Exact::factor(factor);
        self.tape
            .put(Op::Stair, subject, (at.0, factor.0), 1, value)
    }

    /// The factor on the straight line between the points around a degree.
    fn slope(
        &mut self,
        points: &[CurvePoint],
        degree: Exact,
        subject: Subject,
    ) -> Result<Exact, Refusal> {
        let below = points.iter().filter(|one| degree >= Exact::factor(one.at));
        let above = points.iter().filter(|one| degree < Exact::factor(one.at));
        let from = below.max_by_key(|one| one.at);
        let to = above.min_by_key(|one| one.at);
        let (Some(from), Some(to)) = (from.or(to), to.or(from)) else {
            return self.tape.put(Op::Stair, subject, (0, 0), 1, Exact::ZERO);
        };
        let start = Exact::factor(from.factor);
        let run = to.at.0 - from.at.0;
        let value = if run == 0 {
            start
        } else {
            let along = degree.plus(Exact::factor(from.at).negative())?;
            start.plus(along.times(to.factor.0 - from.factor.0, run)?)?
        };
        let operands = (packed(*from)?, packed(*to)?);
        self.tape.put(Op::Slope, subject, operands, 1, value)
    }
}

/// A point of a curve in one operand.
fn packed(point: CurvePoint) -> Result<i64, Refusal> {
    let half = |value: BasisPoints| i64::from(u32::try_from(value.0).unwrap_or(u32::MAX));
    let (at, factor) = (half(point.at), half(point.factor));
    if at != point.at.0 || factor != point.factor.0 || at > i64::from(i32::MAX) {
        return Err(too_long());
    }
    Ok(at << 32 | factor)
}
