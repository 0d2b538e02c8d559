//! The end of a person's tape after the cohort: the ceiling, the band anew, and the quota.
//!
//! Where a person was judged in parts, each has a tape of its own, and this one begins with the printed
//! total.

use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;
use crate::regime::grades::LooksAt;

use super::super::Exact;
use super::super::exact::Way;
use super::super::grade::in_bands;
use super::super::node::{Figures, Kind, Node, Op, Subject, Tape};
use super::super::program::{Grading, Program, TotalRule};
use super::Settled;

/// A tape that begins with a printed total and its grade: of who was judged in parts.
pub fn begun(
    program: &Program,
    total: Points,
    (band, coefficient): (Option<u16>, BasisPoints),
) -> Result<Tape, Refusal> {
    let mut tape = Tape::default();
    let printed = Exact::points(total);
    tape.put(Op::Points, Subject::TOTAL, (total.0, total.0), 0, printed)?;
    tape.put(Op::Round, Subject::TOTAL, (0, 0), 1, printed)?;
    if let (Grading::Bands { bands, .. }, Some(at)) = (&program.grading, band) {
        let from = bands.get(usize::from(at)).map_or(0, |band| band.from.0);
        let subject = Subject::new(Kind::Band, at.into());
        tape.put(Op::Band, subject, (from, coefficient.0), 1, printed)?;
    }
    Ok(tape)
}

/// Ends a person's tape with what the cohort decided, and gives the figures that it leads to now.
pub fn finish(
    program: &Program,
    figures: &Figures,
    settled: &Settled,
    tape: &mut Tape,
) -> Result<Figures, Refusal> {
    let mut after = *figures;
    if let Some((over, under)) = settled.scaled {
        let lowered: Vec<Node> = tape.nodes.iter().copied().filter(lowers).collect();
        let exact = settled.exact;
        tape.put(Op::Ceiling, Subject::TOTAL, (over, under), 1, exact)?;
        (after.exact, after.total) = (exact, settled.total);
        let way = program.total.as_ref().map_or(Way::HalfUp, TotalRule::way);
        let printed = Exact::points(settled.total);
        let looks_at_exact = matches!(
            program.grading,
            Grading::Bands {
                looks_at: LooksAt::Exact,
                ..
            }
        );
        if looks_at_exact {
            band(program, exact, &lowered, &mut after, tape)?;
        }
        tape.put(Op::Round, Subject::TOTAL, (way.code(), 0), 1, printed)?;
        if !looks_at_exact {
            band(program, printed, &lowered, &mut after, tape)?;
        }
    }
    if let (Some(quota), Some(to)) = (settled.quota, settled.band) {
        let subject = Subject::new(Kind::Band, to.into());
        let operands = (quota.into(), settled.coefficient.0);
        // Whatever came last passed the printed total on.
        let printed = Exact::points(after.total);
        tape.put(Op::Quota, subject, operands, 1, printed)?;
        (after.band, after.coefficient) = (settled.band, settled.coefficient);
    }
    Ok(after)
}

fn lowers(node: &Node) -> bool {
    node.op == Op::Lowered
}

/// Writes the band of a scaled total, and the gates that lowered the one before.
fn band(
    program: &Program,
    value: Exact,
    lowered: &[Node],
    after: &mut Figures,
    tape: &mut Tape,
) -> Result<(), Refusal> {
    let Grading::Bands { bands, .. } = &program.grading else {
        return Ok(());
    };
    let found = in_bands(bands, value);
    let (subject, from) = match found {
        Some((at, band)) => (Subject::new(Kind::Band, at.into()), band.from.0),
        None => (Subject::NO_BAND, i64::MIN),
    };
    after.band = found.map(|(at, _)| at);
    after.coefficient = found.map_or(BasisPoints(0), |(_, band)| band.coefficient);
    let operands = (from, after.coefficient.0);
    tape.put(Op::Band, subject, operands, 1, value)?;
    for node in lowered {
        let to = u16::try_from(node.subject.index()).ok();
        if after.band.is_some() && after.band < to {
            tape.put(Op::Lowered, node.subject, (node.a, node.b), 1, value)?;
            (after.band, after.coefficient) = (to, BasisPoints(node.b));
        }
    }
    Ok(())
}

/// The figures of somebody who has no plan where that counts zero: nothing earned, and the grade of it;
/// the last one where grades are decided.
pub fn zero(program: &Program) -> Figures {
    let (band, coefficient) = match &program.grading {
        Grading::Bands { bands, .. } => {
            let found = in_bands(bands, Exact::ZERO);
            found.map_or((None, BasisPoints(0)), |(at, band)| {
                (Some(at), band.coefficient)
            })
        }
        Grading::Decided(levels) => {
            let last = (0_u16..).zip(levels).last();
            last.map_or((None, BasisPoints(0)), |(at, coefficient)| {
                (Some(at), *coefficient)
            })
        }
        Grading::None => (None, BasisPoints(0)),
    };
    Figures {
        exact: Exact::ZERO,
        total: Points(0),
        band,
        coefficient,
        preliminary: false,
    }
}
