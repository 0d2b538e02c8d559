//! Chance from a seed: splitmix64, so that the same seed gives the same run on every machine.

/// A stream of chance.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// Begins the stream of a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// Gives 64 bits.
    pub(crate) const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Gives 128 bits, for an identity.
    pub(crate) fn wide(&mut self) -> u128 {
        (u128::from(self.bits()) << 64) | u128::from(self.bits())
    }

    /// Gives a place below `many`; 0 when there is none.
    pub(crate) fn below(&mut self, many: usize) -> usize {
        let many = (many as u64).max(1);
        usize::try_from(self.bits() % many).expect("a place below a usize")
    }

    /// Gives a number from `least` to `most`, both inclusive.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.abs_diff(least) + 1;
        least.wrapping_add_unsigned(self.bits() % span)
    }

    /// Happens so many times in a thousand.
    pub(crate) const fn permille(&mut self, rate: u32) -> bool {
        self.bits() % 1000 < rate as u64
    }

    /// Picks one of several things.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.below(things.len()))
    }

    /// Splits a stream off, so that what one part draws does not shift another.
    pub(crate) const fn split(&mut self) -> Self {
        Self::new(self.bits())
    }
}
