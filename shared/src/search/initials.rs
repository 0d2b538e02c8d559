//! Pinyin initials: with which letters the readings of a Chinese character begin.
//!
//! The table is made by `cargo xtask pinyin` from the readings that docs/sources.md names. Every
//! reading counts, because nobody can tell from a word which one its writer means.

/// The first bytes of a table, with the version of its form.
pub const MAGIC: &[u8; 4] = b"JPY1";

/// The characters that the table covers: the block of common ideographs.
pub const COVERED: std::ops::RangeInclusive<u32> = 0x4e00..=0x9fff;

/// Bytes that are no table of initials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// The initials of every covered character.
///
/// Written as numbers of two bytes, the lower first, behind the magic bytes: how many different sets
/// of letters there are, each set as two of them (bit 0 of the first is `a`), then for each covered
/// character the number of its set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initials {
    sets: Vec<u32>,
    of: Vec<u16>,
}

impl Initials {
    /// Reads a table.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Malformed)?;
        let mut numbers = rest
            .chunks_exact(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]));
        let count = numbers.next().ok_or(Malformed)?;
        let mut set = || Some(u32::from(numbers.next()?) | u32::from(numbers.next()?) << 16);
        let sets: Option<Vec<u32>> = (0..count).map(|_| set()).collect();
        let sets = sets.ok_or(Malformed)?;
        let of: Vec<u16> = numbers.collect();
        let whole = of.len() == COVERED.count() && of.iter().all(|at| *at < count);
        if whole && rest.len() % 2 == 0 {
            Ok(Self { sets, of })
        } else {
            Err(Malformed)
        }
    }

    /// Writes a table of the letters of each covered character, in their order; bit 0 is `a`.
    ///
    /// # Panics
    /// Where the characters have more than 65,535 different sets of letters.
    pub fn write(letters: &[u32]) -> Vec<u8> {
        let mut sets: Vec<u32> = letters.to_vec();
        sets.sort_unstable();
        sets.dedup();
        let number = |at: usize| u16::try_from(at).expect("there are fewer characters than that");
        let mut bytes = MAGIC.to_vec();
        bytes.extend(number(sets.len()).to_le_bytes());
        bytes.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
        for set in letters {
            let at = sets.binary_search(set).expect("it was taken from there");
            bytes.extend(number(at).to_le_bytes());
        }
        bytes
    }

    /// Says whether a reading of the character begins with the letter, `a` to `z`.
    pub fn begins(&self, character: char, letter: char) -> bool {
        let at = u32::from(character).checked_sub(*COVERED.start());
        let set = at.and_then(|at| self.of.get(at as usize));
        let bits = set.and_then(|set| self.sets.get(usize::from(*set)));
        letter.is_ascii_lowercase()
            && bits.is_some_and(|bits| bits >> (u32::from(letter) - u32::from('a')) & 1 == 1)
    }
}
