//! Bounds: the least and the most that a part can give, by interval arithmetic over the tree.
//!
//! They hold for all facts, so what lies outside is never reached; they may be wider than what can
//! be, for example where one item cannot earn all and lose all.

use crate::quantity::{BasisPoints, Points};
use crate::regime::charge::{Amount, Charge};
use crate::regime::curve::{Curve, CurvePoint};
use crate::regime::document::Regime;
use crate::regime::judging::{Method, Scoring};
use crate::regime::total::{
    ChargeFrom, Combine, Empty, Full, ItemScores, Outside, Part, Parts, Pool, ResultOf, Source,
    Take, Total,
};
use crate::regime::weights::WeightsPer;

use super::WHOLE;

/// Stands for "without bound"; far enough that sums of it stay within an `i64`.
const FAR: i64 = 1_000_000_000_000;

/// What a figure lies between, in hundredths of a point, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The least that it can be.
    pub least: Points,
    /// The most that it can be.
    pub most: Points,
}

impl Bounds {
    const fn new(least: i64, most: i64) -> Self {
        let least = if least < -FAR { -FAR } else { least };
        let most = if most > FAR { FAR } else { most };
        Self {
            least: Points(least),
            most: Points(most),
        }
    }

    fn hull(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    fn clamped(self, floor: Option<Points>, cap: Option<Points>) -> Self {
        let held = |value: Points| {
            let value = floor.map_or(value, |floor| value.max(floor));
            cap.map_or(value, |cap| value.min(cap))
        };
        Self {
            least: held(self.least),
            most: held(self.most),
        }
    }

    /// Whether nothing is known of how far it goes up.
    pub const fn is_open(self) -> bool {
        self.most.0 >= FAR
    }
}

/// A product of points (hundredths) and basis points, rounded away from zero.
fn scaled(points: i64, factor: i64) -> i64 {
    let product = i128::from(points) * i128::from(factor);
    let whole = i128::from(WHOLE);
    let rounded = if product >= 0 {
        (product + whole - 1) / whole
    } else {
        (product - whole + 1) / whole
    };
    i64::try_from(rounded).unwrap_or(if product < 0 { -FAR } else { FAR })
}

/// What the total of a cycle lies between.
pub fn of_total(regime: &Regime, cycle: usize, total: &Total) -> Bounds {
    of_total_below(regime, cycle, total, 0)
}

/// What a part of a cycle lies between, where something is there for it.
pub fn of_part(regime: &Regime, cycle: usize, part: &Part) -> Bounds {
    Walk {
        regime,
        cycle,
        depth: 0,
    }
    .part(part)
}

fn of_total_below(regime: &Regime, cycle: usize, total: &Total, depth: usize) -> Bounds {
    let walk = Walk {
        regime,
        cycle,
        depth,
    };
    let bounds = walk.parts(&total.parts);
    let bounds = bounds.clamped(Some(total.floor), total.cap);
    // A total of which nothing is in use is zero, whatever its floor is.
    bounds.hull(Bounds::new(0, 0))
}

#[derive(Clone, Copy)]
struct Walk<'r> {
    regime: &'r Regime,
    cycle: usize,
    /// Through how many results of other cycles the way has led.
    depth: usize,
}

impl Walk<'_> {
    fn part(self, part: &Part) -> Bounds {
        let full = part.total.map_or(0, |total| total.0);
        let bounds = match &part.source {
            Source::Items(scores) => self.items(scores, part.total),
            Source::Typed { criteria } => {
                Bounds::new(0, criteria.iter().map(|one| one.points.0).sum())
            }
            Source::Charges { from, charges } => match from {
                ChargeFrom::Full => Bounds::new(0, full),
                ChargeFrom::Nothing => Bounds::new(0, charges.iter().map(most_of).sum()),
            },
            Source::Measured { curve, .. } => {
                let most = highest(curve);
                Bounds::new(0, scaled(part.total.map_or(100, |total| total.0), most.0))
            }
            Source::Result { of, take } => self.result(*of, take),
            Source::Parts(parts) => self.parts(parts),
        };
        let bounds = bounds.clamped(part.floor, part.cap);
        match part.empty {
            Empty::CountsFull => bounds.hull(Bounds::new(full, full)),
            Empty::CountsZero => bounds.hull(Bounds::new(0, 0)),
            Empty::DropsOut | Empty::Blocks => bounds,
        }
    }

    fn items(self, scores: &ItemScores, total: Option<Points>) -> Bounds {
        let methods = &self.regime.judging.methods;
        let used = |group: &crate::regime::total::Group| {
            let method = methods.iter().find(|method| method.key == group.method);
            method.map_or(WHOLE, best)
        };
        let factor = scores.groups.iter().map(used).max().unwrap_or(0);
        let base = match (scores.pool, total) {
            (Pool::Scaled, Some(total)) => scaled(total.0, factor),
            _ => scaled(self.attainable(scores), factor),
        };
        let most = match scores.outside {
            Outside::None | Outside::Pooled => base,
            // What could be earned may shrink to one item, and what is added is scaled with it.
            Outside::Extra { .. } if scores.pool == Pool::Scaled => FAR,
            Outside::Bonus { most } | Outside::Extra { most } => base.saturating_add(most.0),
            Outside::Only { most } => most.0.min(base),
        };
        Bounds::new(0, most)
    }

    /// What the full scores of the items of a part come to at most.
    fn attainable(self, scores: &ItemScores) -> i64 {
        let weights = self
            .regime
            .cycles
            .get(self.cycle)
            .map(|cycle| &cycle.weights);
        let counted = !matches!(scores.outside, Outside::Pooled | Outside::Only { .. });
        match weights {
            Some(weights) if counted && scores.full == Full::Weight => match weights.per {
                WeightsPer::Plan => weights.total.0,
                WeightsPer::Section => {
                    let sections = i64::try_from(self.regime.items.sections.len());
                    weights.total.0.saturating_mul(sections.unwrap_or(FAR))
                }
                WeightsPer::Free => FAR,
            },
            _ => FAR,
        }
    }

    fn result(self, of: ResultOf, take: &Take) -> Bounds {
        let factors = |factors: &mut dyn Iterator<Item = BasisPoints>| {
            let most = factors.max().unwrap_or_default();
            // A factor without points of its own: 1.0000 stands for one point.
            Bounds::new(0, scaled(100, most.0))
        };
        match take {
            Take::Factor(steps) => factors(&mut steps.iter().map(|step| step.factor)),
            Take::FactorOfBand(bands) => factors(&mut bands.iter().map(|band| band.factor)),
            Take::Total => {
                let other = match of {
                    ResultOf::Cycle { kind, .. } if self.depth < 8 => self.regime.cycle(kind),
                    _ => None,
                };
                let total = other.and_then(|(at, cycle)| Some((at, cycle.total.as_ref()?)));
                total.map_or(Bounds::new(0, FAR), |(at, total)| {
                    of_total_below(self.regime, at, total, self.depth + 1)
                })
            }
        }
    }

    fn parts(self, parts: &Parts) -> Bounds {
        let each = parts.list.iter().map(|part| {
            let bounds = self.part(part);
            if part.minus {
                (part, Bounds::new(-bounds.most.0, -bounds.least.0))
            } else {
                (part, bounds)
            }
        });
        let nothing = Bounds::new(0, 0);
        match parts.combine {
            // What is left out adds nothing.
            Combine::Sum => each.fold(nothing, |sum, (_, bounds)| {
                let least = sum.least.0.saturating_add(bounds.least.0.min(0));
                let most = sum.most.0.saturating_add(bounds.most.0.max(0));
                Bounds::new(least, most)
            }),
            // A mean of some of them, whichever are in use.
            Combine::Weighted => {
                let all = each.map(|(_, bounds)| bounds);
                all.reduce(Bounds::hull).unwrap_or(nothing)
            }
            Combine::Least => {
                let all = each.clone().map(|(_, bounds)| bounds);
                let all = all.reduce(Bounds::hull).unwrap_or(nothing);
                let stay = each.filter(|(part, _)| stays(part));
                let most = stay.map(|(_, bounds)| bounds.most).min();
                let most = most.unwrap_or(all.most).max(all.least);
                Bounds { most, ..all }
            }
            Combine::Product => {
                let mut each = each;
                let Some((_, first)) = each.next() else {
                    return nothing;
                };
                each.fold(first, |product, (part, bounds)| {
                    // A factor that drops out leaves the points as they are.
                    let most = factor(part, bounds.most).max(WHOLE);
                    let least = scaled(product.least.0.min(0), most);
                    Bounds::new(least, scaled(product.most.0.max(0), most))
                })
            }
        }
    }
}

/// Whether a part is always in use: what is judged later or still open drops out of any.
fn stays(part: &Part) -> bool {
    let judged = matches!(part.source, Source::Typed { .. } | Source::Charges { .. });
    judged && part.empty != Empty::DropsOut
}

/// What a further part of a product gives as a factor, in basis points.
fn factor(part: &Part, most: Points) -> i64 {
    match part.total {
        Some(Points(total)) if total > 0 => {
            let factor = i128::from(most.0) * i128::from(WHOLE) / i128::from(total) + 1;
            i64::try_from(factor).unwrap_or(FAR)
        }
        _ => most.0.saturating_mul(100),
    }
}

/// The best factor that an item can get by a method.
fn best(method: &Method) -> i64 {
    let best = match &method.scoring {
        Scoring::Matrix { factors, .. } => factors.iter().flatten().copied().max(),
        Scoring::Levels { levels } => levels.iter().map(|level| level.factor).max(),
        Scoring::Whole {} => Some(BasisPoints(WHOLE)),
        // A target that cannot be measured is judged by typed points, up to the cap.
        Scoring::Typed {} | Scoring::OwnRule {} | Scoring::Reached { .. } => Some(method.cap),
    };
    let best = best.unwrap_or_default().min(method.cap).max(method.floor);
    best.max(method.undone).0
}

/// The most that a charge adds up to.
fn most_of(charge: &Charge) -> i64 {
    let typed = match (&charge.counted, &charge.amount) {
        (
            crate::regime::charge::Counted::Typed {},
            Some(Amount::Fixed(most) | Amount::Range { most, .. }),
        ) => most.0,
        _ => FAR,
    };
    charge.most.map_or(typed, |most| most.0.min(typed))
}

/// The highest factor that a curve gives.
fn highest(curve: &Curve) -> BasisPoints {
    let of = |points: &[CurvePoint]| points.iter().map(|point| point.factor).max();
    match curve {
        Curve::Proportional { cap } => *cap,
        Curve::Steps { steps } => of(steps).unwrap_or_default(),
        Curve::Linear { points } => of(points).unwrap_or_default(),
    }
}
