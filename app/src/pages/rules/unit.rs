//! Units: how a whole number of the document stands in a field, and how it is read from it.

use shared::quantity::{BasisPoints, Fen, Points, Quantity};

use crate::i18n::rules as words;

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Points, in hundredths.
    Points,
    /// A coefficient of importance, in hundredths.
    Importance,
    /// A factor, in basis points.
    Factor,
    /// A share, in basis points.
    Percent,
    /// Money, in fen.
    Yuan,
    /// A measure, in ten-thousandths.
    Measure,
    /// Minutes, shown as hours.
    Hours,
    /// Minutes after midnight.
    Clock,
    /// A number as it is.
    Plain,
}

/// Fields of basis points that are shares and no factors.
const SHARES: [&str; 9] = [
    "share",
    "weight",
    "absent_share",
    "floating_share",
    "most_deducted",
    "target",
    "most",
    "at",
    "escalating",
];

impl Unit {
    /// The unit of a field, by its type, its name and its place.
    pub(super) fn of(named: &str, field: &str, at: &str) -> Self {
        match (named, field) {
            ("Points", _) if at.contains("importance") => Self::Importance,
            ("Points", _) => Self::Points,
            ("Fen", _) => Self::Yuan,
            ("BasisPoints", field) if SHARES.contains(&field) => Self::Percent,
            ("BasisPoints", _) => Self::Factor,
            (_, "grace_minutes") => Self::Hours,
            (_, "minute") => Self::Clock,
            (_, "size") if at.contains("steps_short_of_target") => Self::Measure,
            (_, "size") => Self::Percent,
            _ => Self::Plain,
        }
    }

    /// The words behind the number.
    pub(super) fn affix(self) -> Option<String> {
        let words = match self {
            Self::Points => words::points(),
            Self::Percent => words::percent(),
            Self::Yuan => words::yuan(),
            Self::Hours => words::hours(),
            Self::Importance | Self::Factor | Self::Measure | Self::Clock | Self::Plain => {
                return None;
            }
        };
        Some(words.to_owned())
    }

    /// The number as it stands in a field.
    pub(super) fn show(self, value: i64) -> String {
        let short = |text: String| match text.split_once('.') {
            Some((whole, "00")) => whole.to_owned(),
            _ => text,
        };
        match self {
            Self::Points | Self::Importance | Self::Percent => short(Points(value).to_string()),
            Self::Factor => BasisPoints(value).to_string(),
            Self::Yuan => short(Fen(value).to_string()),
            Self::Measure => Quantity(value).to_string(),
            Self::Hours => short(Points(value.saturating_mul(100) / 60).to_string()),
            Self::Clock => format!("{:02}:{:02}", value.div_euclid(60), value.rem_euclid(60)),
            Self::Plain => value.to_string(),
        }
    }

    /// Reads what stands in a field.
    pub(super) fn read(self, text: &str) -> Option<i64> {
        let text = text.trim().trim_end_matches('%');
        match self {
            Self::Points | Self::Importance | Self::Percent => {
                text.parse::<Points>().ok().map(|points| points.0)
            }
            Self::Factor => text.parse::<BasisPoints>().ok().map(|factor| factor.0),
            Self::Yuan => text.parse::<Fen>().ok().map(|fen| fen.0),
            Self::Measure => text.parse::<Quantity>().ok().map(|quantity| quantity.0),
            Self::Hours => {
                let hundredths = text.parse::<Points>().ok()?;
                hundredths.0.checked_mul(60).map(|minutes| minutes / 100)
            }
            Self::Clock => {
                let (hours, minutes) = text.split_once([':', '：'])?;
                let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
                let known = (0..24).contains(&hours) && (0..60).contains(&minutes);
                known.then_some(hours * 60 + minutes)
            }
            Self::Plain => text.parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn numbers_read_as_they_are_shown() {
        for (unit, value, text) in [
            (Unit::Points, 10_000, "100"),
            (Unit::Points, 50, "0.50"),
            (Unit::Percent, 9_000, "90"),
            (Unit::Factor, 12_000, "1.20"),
            (Unit::Hours, 4_320, "72"),
            (Unit::Clock, 1_080, "18:00"),
            (Unit::Plain, -1, "-1"),
        ] {
            assert_eq!(unit.show(value), text);
            assert_eq!(unit.read(text), Some(value));
        }
        assert_eq!(Unit::Percent.read("90%"), Some(9_000));
        assert_eq!(Unit::Clock.read("25:00"), None);
        assert_eq!(Unit::Points.read("ten"), None);
    }
}
