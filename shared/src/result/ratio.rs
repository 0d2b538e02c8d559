//! Exact fractions of hundredths of a point: what lies between the items and the one rounding.
//!
//! Shares and parts divide, so that a sum is no longer a whole number of millionths; a fraction
//! keeps it exact until it is rounded, once.

use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::total::Rounding;

use super::engine_3::Exact;

/// A fraction in lowest terms, in hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self { over: 0, under: 1 };

    /// A whole number of millionths of a point.
    pub const fn of_millionths(millionths: i64) -> Self {
        Self::reduced(millionths as i128, 10_000)
    }

    /// An exact figure of millionths; refuses one that 128 bits cannot hold.
    pub fn of_exact(exact: Exact) -> Result<Self, Refusal> {
        let (over, under) = exact.fraction();
        let under = under.checked_mul(10_000).ok_or_else(too_long)?;
        Ok(Self::reduced(over, under))
    }

    /// The same figure in millionths.
    pub(crate) fn exact(self) -> Result<Exact, Refusal> {
        Exact::hundredths(self.over, self.under)
    }

    /// Reads a fraction as it is kept; one with nothing or less under it is none.
    pub const fn read((over, under): (i64, i64)) -> Option<Self> {
        if under <= 0 {
            return None;
        }
        Some(Self::reduced(over as i128, under as i128))
    }

    /// The fraction as it is kept: over and under the line, in lowest terms.
    pub fn kept(self) -> Result<(i64, i64), Refusal> {
        let over = i64::try_from(self.over).map_err(|_| too_long())?;
        Ok((over, i64::try_from(self.under).map_err(|_| too_long())?))
    }

    const fn reduced(over: i128, under: i128) -> Self {
        let (mut a, mut b) = (over.unsigned_abs(), under.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        // The greatest common divisor divides `under`, which is a positive `i128`.
        let common = if a == 0 { 1 } else { a.cast_signed() };
        Self {
            over: over / common,
            under: under / common,
        }
    }

    /// Rounds to hundredths of a point as a total says; half up where none does.
    pub fn rounded(self, rounding: Option<Rounding>) -> Result<Points, Refusal> {
        let whole = self.over.div_euclid(self.under);
        let points = match rounding {
            Some(Rounding::TotalDown) => whole,
            Some(Rounding::TotalUp) => -(-self.over).div_euclid(self.under),
            Some(Rounding::TotalHalfUp | Rounding::PartsHalfUp) | None => return self.half_up(),
        };
        i64::try_from(points).map(Points).map_err(|_| too_long())
    }

    /// Whether it lies from one total on and below another.
    pub const fn is_within(self, from: Points, below: Option<Points>) -> bool {
        let whole = self.over.div_euclid(self.under);
        whole >= from.0 as i128
            && match below {
                Some(below) => whole < below.0 as i128,
                None => true,
            }
    }

    /// The sum; refuses one that 128 bits cannot hold.
    pub fn plus(self, other: Self) -> Result<Self, Refusal> {
        let sum = || {
            let over = self.over.checked_mul(other.under)?;
            let over = over.checked_add(other.over.checked_mul(self.under)?)?;
            Some(Self::reduced(over, self.under.checked_mul(other.under)?))
        };
        sum().ok_or_else(too_long)
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

    /// Rounds to hundredths of a point; the half goes up.
    pub fn half_up(self) -> Result<Points, Refusal> {
        let twice = || {
            let over = self.over.checked_mul(2)?.checked_add(self.under)?;
            i64::try_from(over.div_euclid(self.under.checked_mul(2)?)).ok()
        };
        twice().map(Points).ok_or_else(too_long)
    }

    /// The whole millionths of a point in it.
    pub fn millionths(self) -> Result<i64, Refusal> {
        let whole = self.over.checked_mul(10_000);
        let whole = whole.map(|over| over.div_euclid(self.under));
        let whole = whole.and_then(|whole| i64::try_from(whole).ok());
        whole.ok_or_else(too_long)
    }
}

/// Refuses figures of more digits than the arithmetic holds.
fn too_long() -> Refusal {
    Refusal::LimitPassed {
        limit: "points".to_owned(),
        most: i64::MAX.unsigned_abs(),
    }
}
