//! The loop that one would write for this one regime: a table, a sum, a rounding, bands.
//!
//! It reads the table and the bands once and is told everything else by heart: that weights make the
//! total, that one rater counts, that of the part for discipline nothing is taken off.

use shared::quantity::{BasisPoints, Points};
use shared::regime::document::Regime;
use shared::regime::grades::{Band, GradeBy};
use shared::regime::judging::Scoring;
use shared::result::engine_3::inputs::Rating;
use shared::result::engine_3::node::{Kind, Op, Subject};
use shared::result::engine_3::{Exact, Figures, Inputs, Node};

use crate::records::Records;

/// Millionths in a hundredth of a point.
const HUNDREDTH: i64 = 10_000;

/// The regime as the loop needs it.
pub(crate) struct ByHand {
    factors: Vec<Vec<i64>>,
    bands: Vec<(i64, i64)>,
    rater: u16,
}

impl ByHand {
    /// Reads the table and the bands; `None` for a regime that is not judged so.
    pub(crate) fn of(regime: &Regime) -> Option<Self> {
        let Scoring::Matrix { factors, .. } = &regime.judging.methods.first()?.scoring else {
            return None;
        };
        let GradeBy::Points { bands, .. } = &regime.grades.by else {
            return None;
        };
        let basis_points = |factor: &BasisPoints| factor.0;
        let mut raters = regime.judging.raters.iter();
        let rater = raters.position(|rater| rater.weight == BasisPoints(10_000))?;
        Some(Self {
            factors: factors
                .iter()
                .map(|row| row.iter().map(basis_points).collect())
                .collect(),
            bands: bands
                .iter()
                .map(|band: &Band| (band.from.0, band.coefficient.0))
                .collect(),
            rater: u16::try_from(rater).ok()?,
        })
    }

    /// Judges everybody.
    pub(crate) fn all(&self, people: &[Inputs]) -> Records {
        let mut records = Records::for_people(people.len());
        for inputs in people {
            self.one(inputs, &mut records);
        }
        records
    }

    fn one(&self, inputs: &Inputs, records: &mut Records) {
        let mut sum = 0;
        for (nth, item) in (0..).zip(&inputs.items) {
            let counts = item.stated.iter().find(|one| one.rater == self.rater);
            let (op, factor) = match counts.map(|one| one.rating) {
                Some(Rating::Cell(row, column)) => (
                    Op::Item,
                    self.factors[usize::from(row)][usize::from(column)],
                ),
                _ => (Op::Undone, 0),
            };
            let value = item.weight.0 * factor;
            sum += value;
            records.nodes.push(Node {
                op,
                subject: Subject::new(Kind::Item, nth),
                a: item.weight.0,
                b: factor,
                children: 0,
                value,
            });
        }
        let total = (sum + HUNDREDTH / 2) / HUNDREDTH;
        let band = self.bands.iter().position(|(from, _)| total >= *from);
        let (from, coefficient) = band.map_or((0, 0), |at| self.bands[at]);
        let code = |op, subject, a, b, children, value| Node {
            op,
            subject,
            a,
            b,
            children,
            value,
        };
        let items = u16::try_from(inputs.items.len()).unwrap_or(u16::MAX);
        let printed = total * HUNDREDTH;
        let place = band.and_then(|at| u16::try_from(at).ok());
        let named = place.map_or(Subject::NO_BAND, |at| Subject::new(Kind::Band, at.into()));
        let discipline = Subject::new(Kind::Part, 1);
        records.nodes.extend([
            code(Op::Sum, Subject::new(Kind::Part, 0), 0, 0, items, sum),
            code(Op::Points, discipline, 0, 0, 0, 0),
            code(Op::Minus, discipline, 0, 0, 1, 0),
            code(Op::Sum, Subject::TOTAL, 0, 0, 2, sum),
            code(Op::Round, Subject::TOTAL, 0, 0, 1, printed),
            code(Op::Band, named, from, coefficient, 1, printed),
        ]);
        records.ends(Figures {
            exact: Exact::millionths(sum),
            total: Points(total),
            band: place,
            coefficient: BasisPoints(coefficient),
            preliminary: false,
        });
    }
}
