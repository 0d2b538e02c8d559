//! Exact numbers: no floating point stands between what a person wrote and a result.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not a plain decimal number of the expected precision and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedNumber;

/// Reads a plain decimal number as an integer count of its last of `places` decimal places.
fn parse_decimal(text: &str, places: usize) -> Result<i64, MalformedNumber> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let pointless = digits.contains('.') && fraction.is_empty();
    if whole.is_empty() || pointless || !plain(whole) || !plain(fraction) || fraction.len() > places
    {
        return Err(MalformedNumber);
    }
    let padded = format!("{whole}{fraction:0<places$}");
    let value: i64 = padded.parse().map_err(|_| MalformedNumber)?;
    Ok(if negative { -value } else { value })
}

/// Writes a count of the last of `places` decimal places, without needless zeros.
fn write_decimal(f: &mut fmt::Formatter<'_>, value: i64, places: u32, keep: usize) -> fmt::Result {
    let unit = 10_u64.pow(places);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let mut fraction = format!("{:0width$}", magnitude % unit, width = places as usize);
    while fraction.len() > keep && fraction.ends_with('0') {
        fraction.pop();
    }
    let point = if fraction.is_empty() { "" } else { "." };
    write!(f, "{sign}{}{point}{fraction}", magnitude / unit)
}

macro_rules! decimals {
    ($($(#[$doc:meta])* $name:ident, $places:literal, $keep:literal;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_decimal(f, self.0, $places, $keep)
            }
        }

        impl FromStr for $name {
            type Err = MalformedNumber;

            fn from_str(text: &str) -> Result<Self, MalformedNumber> {
                parse_decimal(text.trim(), $places).map(Self)
            }
        }
    )*};
}

decimals! {
    /// Points in hundredths: 100.00 points are 10,000.
    Points, 2, 2;
    /// A factor or share in basis points: 1.00 is 10,000. Read and written as a plain number.
    BasisPoints, 4, 2;
    /// A target, baseline or reported value in ten-thousandths of its unit of measure.
    Quantity, 4, 0;
    /// Money in hundredths of a yuan: 100.00 yuan are 10,000.
    Fen, 2, 2;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_and_print_exactly() {
        assert_eq!("98.5".parse(), Ok(Quantity(985_000)));
        assert_eq!(Quantity(985_000).to_string(), "98.5");
        assert_eq!(Quantity(-5).to_string(), "-0.0005");
        assert_eq!("33.34".parse(), Ok(Points(3334)));
        assert_eq!(Points(10_000).to_string(), "100.00");
        assert_eq!(BasisPoints(12_000).to_string(), "1.20");
        for bad in [
            "",
            "-",
            "1.",
            ".5",
            "1e3",
            "1,000",
            "0.001",
            "９",
            "99999999999999999999",
        ] {
            assert_eq!(bad.parse::<Points>(), Err(MalformedNumber), "{bad}");
        }
    }
}
