//! Scales: from counts and places to units of a picture, rounded to whole units.

/// The steps from one tick to the next that people read easily, times a power of ten.
const STEPS: [u32; 3] = [1, 2, 5];

/// The ticks of an axis from 0 to at least `most`, with at most `count` steps between them.
///
/// The last tick is the end of the axis. Nothing to show still has an axis from 0 to 1.
pub fn ticks(most: u32, count: u32) -> Vec<u32> {
    let most = most.max(1);
    let powers = std::iter::successors(Some(1_u32), |power| power.checked_mul(10));
    let mut steps = powers.flat_map(|power| STEPS.map(|step| step.saturating_mul(power)));
    let fits = |step: &u32| most.div_ceil(*step) <= count.max(1);
    let step = steps.find(fits).unwrap_or(u32::MAX);
    (0..=most.div_ceil(step))
        .map(|n| n.saturating_mul(step))
        .collect()
}

/// A scale of counts: 0 stands at `zero`, `most` at `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The largest count, more than 0.
    pub most: u32,
    /// Where 0 stands.
    pub zero: i64,
    /// Where the largest stands; upwards it is the smaller number.
    pub end: i64,
}

impl Scale {
    /// Where a count stands.
    pub fn at(&self, count: u32) -> i64 {
        let (most, count) = (i64::from(self.most.max(1)), i64::from(count));
        let way = (self.end - self.zero) * count;
        // Half away from zero, in both directions.
        let half = if way < 0 { -most / 2 } else { most / 2 };
        self.zero + (way + half) / most
    }
}

/// Bands of equal width side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// Where the first begins.
    pub from: i64,
    /// Where the last ends.
    pub to: i64,
    /// How many.
    pub count: usize,
}

impl Bands {
    /// Where a band begins and where it ends; neighbours share an edge.
    pub fn band(&self, place: usize) -> (i64, i64) {
        let count = i64::try_from(self.count.max(1)).unwrap_or(i64::MAX);
        let edge = |place: usize| {
            let place = i64::try_from(place).unwrap_or(i64::MAX).min(count);
            self.from + (self.to - self.from) * place / count
        };
        (edge(place), edge(place + 1))
    }

    /// The middle of a band.
    pub fn middle(&self, place: usize) -> i64 {
        let (from, to) = self.band(place);
        i64::midpoint(from, to)
    }
}
