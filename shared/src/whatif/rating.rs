//! One rating in the words of another method.

use crate::quantity::{BasisPoints, Points};
use crate::regime::Rules;
use crate::regime::judging::{Method, Scoring};
use crate::regime::total::{Full, Source};
use crate::regime::walk;
use crate::result::engine_3::inputs::{ItemFacts, Rating};

use super::lack::Lack;
use super::translate::at;

/// The full score of an item by the first part that scores it; the points of a rating are of it.
pub(super) fn full(rules: Rules<'_>, facts: &ItemFacts, method: &Method) -> Points {
    let parts = walk::parts(rules.regime).into_iter();
    let kind = rules.cycle.kind;
    let here = rules.regime.cycle(kind).map(|(at, _)| at);
    let full = parts
        .filter(|placed| Some(placed.cycle) == here)
        .find_map(|placed| match &placed.part.source {
            Source::Items(scores) => {
                let mut groups = scores.groups.iter();
                let holds = groups.any(|group| group.method == method.key);
                holds.then_some(scores.full)
            }
            _ => None,
        });
    match full {
        Some(Full::Importance) => facts.importance,
        Some(Full::Equal(points)) => points,
        Some(Full::Weight) | None => facts.weight,
    }
}

/// Reads a rating; says whether a level became the points that it earned.
pub(super) fn read(
    rating: Rating,
    (old, new): (&Method, &Method),
    (was, is): (Points, Points),
) -> Result<(Rating, bool), Lack> {
    let another = || Lack::Judgement(new.key.clone());
    match (&new.scoring, rating) {
        (_, Rating::Undone) => Ok((Rating::Undone, false)),
        (
            Scoring::Matrix {
                efficiency,
                quality,
                ..
            },
            Rating::Cell(row, column),
        ) => {
            let Scoring::Matrix {
                efficiency: rows,
                quality: columns,
                ..
            } = &old.scoring
            else {
                return Err(another());
            };
            let (row, column) = (rows.get(usize::from(row)), columns.get(usize::from(column)));
            let (Some(row), Some(column)) = (row, column) else {
                return Err(another());
            };
            let row = level(efficiency.iter().map(|one| one.key.as_str()), &row.key)?;
            let column = level(quality.iter().map(|one| one.key.as_str()), &column.key)?;
            Ok((Rating::Cell(row, column), false))
        }
        (Scoring::Levels { levels }, Rating::Level(from)) => {
            let Scoring::Levels { levels: before } = &old.scoring else {
                return Err(another());
            };
            let from = before.get(usize::from(from)).ok_or_else(another)?;
            let found = level(levels.iter().map(|one| one.key.as_str()), &from.key)?;
            Ok((Rating::Level(found), false))
        }
        (Scoring::Typed {} | Scoring::OwnRule {}, Rating::Points(points)) if was == is => {
            Ok((Rating::Points(points), false))
        }
        (Scoring::Typed {} | Scoring::OwnRule {}, Rating::Cell(..) | Rating::Level(_)) => {
            let factor = factor(old, rating).ok_or_else(another)?;
            Ok((Rating::Points(share(is, factor)), true))
        }
        (Scoring::Reached { .. }, Rating::Points(points)) if was == is => {
            Ok((Rating::Points(points), false))
        }
        // What it gives follows from facts; that it was carried out is all that is asked.
        (Scoring::Whole {} | Scoring::Reached { .. }, _) => Ok((Rating::Whole, false)),
        _ => Err(another()),
    }
}

fn level<'k>(keys: impl Iterator<Item = &'k str>, key: &str) -> Result<u16, Lack> {
    at(keys, key).ok_or_else(|| Lack::Level(key.to_owned()))
}

/// The factor of a level or of a pair of levels.
fn factor(method: &Method, rating: Rating) -> Option<BasisPoints> {
    match (&method.scoring, rating) {
        (Scoring::Matrix { factors, .. }, Rating::Cell(row, column)) => {
            let row = factors.get(usize::from(row))?;
            row.get(usize::from(column)).copied()
        }
        (Scoring::Levels { levels }, Rating::Level(at)) => {
            levels.get(usize::from(at)).map(|level| level.factor)
        }
        _ => None,
    }
}

/// A share of full points, half up to a hundredth.
fn share(full: Points, factor: BasisPoints) -> Points {
    let exact = i128::from(full.0) * i128::from(factor.0);
    let rounded = (exact * 2 + 10_000).div_euclid(20_000);
    Points(i64::try_from(rounded).unwrap_or(i64::MAX))
}
