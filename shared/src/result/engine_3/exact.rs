//! Exact figures: fractions of millionths of a point, in lowest terms.
//!
//! A factor without a unit is kept alike, 1 as a million, so that a tape holds one kind of figure.
//! Weights times factors are whole millionths, so a fraction appears only where rules divide.

use std::cmp::Ordering;

use crate::quantity::{BasisPoints, Points};
use crate::refusal::Refusal;

/// Millionths in a hundredth of a point.
pub(super) const HUNDREDTH: i64 = 10_000;
/// Millionths in a whole.
const WHOLE: i64 = 1_000_000;

/// A figure in millionths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    over: i128,
    under: i128,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };

    /// A whole number of millionths.
    pub const fn millionths(millionths: i64) -> Self {
        Self {
            over: millionths as i128,
            under: 1,
        }
    }

    /// A fraction of hundredths of a point, in lowest terms.
    pub(in crate::result) fn hundredths(over: i128, under: i128) -> Result<Self, Refusal> {
        let over = over.checked_mul(HUNDREDTH.into()).ok_or_else(too_long)?;
        Ok(Self::reduced(over, under))
    }

    /// Over and under the line, in millionths of a point.
    pub(in crate::result) const fn fraction(self) -> (i128, i128) {
        (self.over, self.under)
    }

    /// Points.
    pub const fn points(points: Points) -> Self {
        Self {
            over: points.0 as i128 * HUNDREDTH as i128,
            under: 1,
        }
    }

    /// A factor.
    pub const fn factor(factor: BasisPoints) -> Self {
        Self {
            over: factor.0 as i128 * 100,
            under: 1,
        }
    }

    /// A product of hundredths and basis points, or of a count and millionths.
    pub const fn product(a: i64, b: i64) -> Self {
        Self {
            over: a as i128 * b as i128,
            under: 1,
        }
    }

    /// The fraction `over / under` without a unit; refuses nothing or less under the line.
    pub fn ratio(over: i64, under: i64) -> Result<Self, Refusal> {
        Self::millionths(WHOLE).times(over, under)
    }

    fn reduced(over: i128, under: i128) -> Self {
        if under == 1 {
            return Self { over, under };
        }
        let common = common(over.unsigned_abs(), under.unsigned_abs()).cast_signed();
        Self {
            over: over / common,
            under: under / common,
        }
    }

    /// The sum; refuses one that 128 bits cannot hold.
    pub fn plus(self, other: Self) -> Result<Self, Refusal> {
        let sum = || {
            if self.under == other.under {
                let over = self.over.checked_add(other.over)?;
                return Some(Self::reduced(over, self.under));
            }
            let over = self.over.checked_mul(other.under)?;
            let over = over.checked_add(other.over.checked_mul(self.under)?)?;
            Some(Self::reduced(over, self.under.checked_mul(other.under)?))
        };
        sum().ok_or_else(too_long)
    }

    /// The same below zero.
    #[must_use]
    pub const fn negative(self) -> Self {
        Self {
            over: -self.over,
            under: self.under,
        }
    }

    /// The product with `over / under`; refuses what 128 bits cannot hold, and nothing under.
    pub fn times(self, over: i64, under: i64) -> Result<Self, Refusal> {
        let product = || {
            let over = self.over.checked_mul(over.into())?;
            Some(Self::reduced(over, self.under.checked_mul(under.into())?))
        };
        if under <= 0 {
            return Err(too_long());
        }
        product().ok_or_else(too_long)
    }

    /// The product with a factor without a unit.
    pub fn by(self, factor: Self) -> Result<Self, Refusal> {
        let product = || {
            let over = self.over.checked_mul(factor.over)?;
            let under = self.under.checked_mul(factor.under)?;
            Some(Self::reduced(over, under.checked_mul(WHOLE.into())?))
        };
        product().ok_or_else(too_long)
    }

    /// Rounds to hundredths of a point: half up, down, or up.
    pub fn rounded(self, way: Way) -> Result<Points, Refusal> {
        let unit = || self.under.checked_mul(HUNDREDTH.into());
        let whole = || match way {
            Way::Down => Some(self.over.div_euclid(unit()?)),
            Way::Up => Some(-(-self.over).div_euclid(unit()?)),
            Way::HalfUp => {
                let over = self.over.checked_mul(2)?.checked_add(unit()?)?;
                Some(over.div_euclid(unit()?.checked_mul(2)?))
            }
        };
        let points = whole().and_then(|whole| i64::try_from(whole).ok());
        points.map(Points).ok_or_else(too_long)
    }

    /// The whole millionths in it.
    pub fn whole(self) -> Result<i64, Refusal> {
        // Most figures are whole, and dividing 128 bits is the dearest step of a node.
        let whole = if self.under == 1 {
            self.over
        } else {
            self.over.div_euclid(self.under)
        };
        i64::try_from(whole).map_err(|_| too_long())
    }

    /// The fewest millionths that are not less than it.
    pub fn whole_up(self) -> Result<i64, Refusal> {
        Ok(-self.negative().whole()?)
    }
}

impl Ord for Exact {
    /// Whole parts first, then the remainders turned over, so that nothing is multiplied.
    fn cmp(&self, other: &Self) -> Ordering {
        if self.under == other.under {
            return self.over.cmp(&other.over);
        }
        let (mut left, mut right) = (*self, *other);
        let mut turned = false;
        loop {
            let wholes = (
                left.over.div_euclid(left.under),
                right.over.div_euclid(right.under),
            );
            let rests = (
                left.over.rem_euclid(left.under),
                right.over.rem_euclid(right.under),
            );
            let order = wholes.0.cmp(&wholes.1);
            let ended = rests.0 == 0 || rests.1 == 0;
            if order != Ordering::Equal || ended {
                let order = order.then_with(|| (rests.0 != 0).cmp(&(rests.1 != 0)));
                return if turned { order.reverse() } else { order };
            }
            left = Self {
                over: left.under,
                under: rests.0,
            };
            right = Self {
                over: right.under,
                under: rests.1,
            };
            turned = !turned;
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How a figure is rounded to a hundredth of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The half goes up.
    HalfUp,
    /// Down.
    Down,
    /// Up.
    Up,
}

impl Way {
    /// Its number on a tape.
    pub(super) const fn code(self) -> i64 {
        match self {
            Self::HalfUp => 0,
            Self::Down => 1,
            Self::Up => 2,
        }
    }
}

/// The greatest common divisor; 64 bits are divided faster than 128.
fn common(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            return common_small(small_a, small_b).into();
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn common_small(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// Refuses figures of more digits than the arithmetic holds.
pub(super) fn too_long() -> Refusal {
    Refusal::LimitPassed {
        limit: "points".to_owned(),
        most: i64::MAX.unsigned_abs(),
    }
}
