//! Operators: the people who take turns at a shared device, each behind a PIN.
//!
//! A PIN unlocks a session that the device keeps, with no network. It keeps colleagues from acting
//! in somebody's name in passing; it is no lock on the data, which lies unencrypted on the device.
//! Five wrong ones, or thirty days without use, ask for the password.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::id::PersonId;
use crate::moment::UtcMillis;

/// The fewest and the most digits of a PIN.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// The most wrong PINs in a row.
pub const MOST_FAILURES: u8 = 5;

/// How long a session stays unlockable without use.
pub const IDLE_MILLIS: i64 = 30 * 86_400_000;

/// The most people who are kept on one device.
pub const MOST_OPERATORS: usize = 20;

/// Rounds of PBKDF2: some tenths of a second on a cheap phone.
const ROUNDS: u32 = 20_000;

/// Somebody who is kept on a shared device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Who.
    pub person: PersonId,
    /// The name, for the tile.
    pub name: String,
    /// The sign-in name, for when the password is asked.
    pub login: String,
    /// Chance that makes equal PINs look different.
    pub salt: String,
    /// Rounds of the derivation.
    pub rounds: u32,
    /// What the PIN derives to, in hexadecimal digits.
    pub derived: String,
    /// Wrong PINs in a row.
    pub failures: u8,
    /// When the session was last unlocked.
    pub used_at: UtcMillis,
    /// How many acts waited to be sent when it was locked.
    pub unsent: u32,
}

/// Why a PIN does not unlock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// It is wrong; so many tries are left.
    WrongPin(u8),
    /// The password is needed: too many wrong ones, or too long without use.
    PasswordNeeded,
}

/// Says whether a PIN is one that nobody guesses at once: digits, not all the same, no plain row up
/// or down.
pub fn is_fit(pin: &str) -> bool {
    let digits = pin.as_bytes();
    let row = |step: i16| {
        digits
            .windows(2)
            .all(|two| i16::from(two[1]) - i16::from(two[0]) == step)
    };
    PIN_DIGITS.contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && ![0, 1, -1].into_iter().any(row)
}

impl Operator {
    /// Keeps somebody behind a PIN; `salt` is chance.
    pub fn keep(
        person: PersonId,
        (name, login): (String, String),
        pin: &str,
        salt: u128,
        now: UtcMillis,
    ) -> Self {
        let salt = format!("{salt:032x}");
        Self {
            person,
            name,
            login,
            derived: derive(pin, &salt, ROUNDS),
            salt,
            rounds: ROUNDS,
            failures: 0,
            used_at: now,
            unsent: 0,
        }
    }

    /// Says whether the password is needed, whatever PIN is typed.
    pub const fn needs_password(&self, now: UtcMillis) -> bool {
        self.failures >= MOST_FAILURES || now.0.saturating_sub(self.used_at.0) > IDLE_MILLIS
    }

    /// Tries a PIN, and counts it.
    pub fn unlock(&mut self, pin: &str, now: UtcMillis) -> Result<(), Locked> {
        if self.needs_password(now) {
            return Err(Locked::PasswordNeeded);
        }
        if derive(pin, &self.salt, self.rounds) == self.derived {
            self.trusted(now);
            return Ok(());
        }
        self.failures += 1;
        Err(match MOST_FAILURES - self.failures {
            0 => Locked::PasswordNeeded,
            left => Locked::WrongPin(left),
        })
    }

    /// Notes that the person proved who he or she is.
    pub const fn trusted(&mut self, now: UtcMillis) {
        self.failures = 0;
        self.used_at = now;
    }
}

/// PBKDF2 with HMAC-SHA-256, its first 32 bytes in hexadecimal digits.
fn derive(pin: &str, salt: &str, rounds: u32) -> String {
    let (inner, outer) = keyed(pin.as_bytes());
    let authenticate = |message: &[u8]| -> [u8; 32] {
        let inner = inner.clone().chain_update(message).finalize();
        outer.clone().chain_update(inner).finalize().into()
    };
    let mut first = salt.as_bytes().to_vec();
    first.extend(1_u32.to_be_bytes());
    let mut last = authenticate(&first);
    let mut sum = last;
    for _ in 1..rounds {
        last = authenticate(&last);
        sum.iter_mut()
            .zip(last)
            .for_each(|(sum, byte)| *sum ^= byte);
    }
    sum.iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(digit.into(), 16));
            }
            text
        })
}

/// The two digests of HMAC with the key taken in; a PIN is shorter than a block.
fn keyed(key: &[u8]) -> (Sha256, Sha256) {
    let mut block = [0_u8; 64];
    block.iter_mut().zip(key).for_each(|(at, byte)| *at = *byte);
    let with = |mask: u8| Sha256::new_with_prefix(block.map(|byte| byte ^ mask));
    (with(0x36), with(0x5c))
}

#[cfg(test)]
mod tests {
    use super::derive;

    /// RFC 7914, section 11, and the widely published vectors for SHA-256 beside RFC 6070's.
    #[test]
    fn the_derivation_is_pbkdf2() {
        let known = [
            (
                "passwd",
                "salt",
                1,
                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
            ),
            (
                "password",
                "salt",
                2,
                "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43",
            ),
            (
                "password",
                "salt",
                4096,
                "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a",
            ),
        ];
        for (password, salt, rounds, derived) in known {
            assert_eq!(derive(password, salt, rounds), derived);
        }
    }
}
