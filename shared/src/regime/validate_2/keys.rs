//! Keys: each a plain word, none twice in its list, and none that names nothing.

use crate::quantity::Points;
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::grades::GradeBy;
use crate::regime::who::Who;
use crate::regime::{Name, charge, grades, items, judging, signing, tariff, total, who};

use super::MOST_POINTS;

/// The longest key.
const LONGEST: usize = 40;

/// Something that a list holds by key and shows by name.
pub(super) trait Named {
    fn key(&self) -> &str;
    fn shown(&self) -> &Name;
}

macro_rules! named {
    ($($type:ty),* $(,)?) => {$(
        impl Named for $type {
            fn key(&self) -> &str {
                &self.key
            }

            fn shown(&self) -> &Name {
                &self.name
            }
        }
    )*};
}

named!(
    who::Role,
    items::Section,
    items::Category,
    items::ItemSource,
    signing::SignStep,
    judging::Method,
    judging::Level,
    judging::Graded,
    judging::Criterion,
    charge::Charge,
    total::Part,
    grades::Band,
    grades::DecidedLevel,
    grades::Gate,
    tariff::Tariff,
);

/// Checks a list of keyed and named entries, which may be empty.
pub(super) fn named<T: Named>(found: &mut Findings, place: &str, list: &[T]) {
    for (nth, one) in list.iter().enumerate() {
        found.key(&format!("{place}/{nth}/key"), one.key());
        found.name(&format!("{place}/{nth}/name"), one.shown());
    }
    unique(found, place, list.iter().map(Named::key));
}

/// Checks that no key stands twice.
pub(super) fn unique<'k>(
    found: &mut Findings,
    place: &str,
    keys: impl Iterator<Item = &'k str> + Clone,
) {
    for (nth, key) in keys.clone().enumerate() {
        if keys.clone().take(nth).any(|before| before == key) {
            let key = key.to_owned();
            found.add(format!("{place}/{nth}/key"), Problem::DuplicateKey { key });
        }
    }
}

/// The keys of a list.
pub(super) fn of<T: Named>(list: &[T]) -> Vec<&str> {
    list.iter().map(Named::key).collect()
}

/// The keys of the grades, best first.
pub(super) fn of_grades(regime: &Regime) -> Vec<&str> {
    match &regime.grades.by {
        GradeBy::Points { bands, .. } => of(bands),
        GradeBy::Decided { levels, .. } => of(levels),
        GradeBy::None {} => Vec::new(),
    }
}

impl Findings {
    /// Finds what is no key.
    pub(super) fn key(&mut self, place: &str, key: &str) {
        let mut bytes = key.bytes();
        let first = bytes.next();
        let plain = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        if first.is_none() {
            self.add(place, Problem::Empty);
        } else if !first.is_some_and(|b| b.is_ascii_lowercase())
            || !bytes.all(plain)
            || key.len() > LONGEST
        {
            self.add(place, Problem::BadKey);
        }
    }

    /// Finds a key that names nothing.
    pub(super) fn among(&mut self, place: impl Into<String>, key: &str, among: &[&str]) {
        if !among.contains(&key) {
            let key = key.to_owned();
            let among = among.iter().map(|&one| one.to_owned()).collect();
            self.add(place, Problem::NotAmong { key, among });
        }
    }

    /// Finds keys of a list that name nothing, or stand there twice.
    pub(super) fn all_among(&mut self, place: &str, keys: &[String], among: &[&str]) {
        for (nth, key) in keys.iter().enumerate() {
            let at = format!("{place}/{nth}");
            if keys[..nth].contains(key) {
                let key = key.clone();
                self.add(at, Problem::DuplicateKey { key });
            } else {
                self.among(at, key, among);
            }
        }
    }

    /// Finds somebody whom nobody is.
    pub(super) fn who(&mut self, place: &str, who: &Who, regime: &Regime) {
        self.who_of(place, who, &regime.roles);
    }

    /// Finds somebody who is none of these roles.
    pub(super) fn who_of(&mut self, place: &str, who: &Who, roles: &[who::Role]) {
        if let Who::Role(key) = who {
            self.among(format!("{place}/role"), key, &of(roles));
        }
    }

    /// Finds people of a list whom nobody is.
    pub(super) fn all_who(&mut self, place: &str, list: &[Who], regime: &Regime) {
        for (nth, who) in list.iter().enumerate() {
            self.who(&format!("{place}/{nth}"), who, regime);
        }
    }

    /// Finds a list of people that is empty, and people whom nobody is.
    pub(super) fn some_who(&mut self, place: &str, list: &[Who], regime: &Regime) {
        if list.is_empty() {
            self.add(place, Problem::NoEntries);
        }
        self.all_who(place, list, regime);
    }

    /// Finds a list that is longer than is computed.
    pub(super) fn many(&mut self, place: &str, is: usize, most: u32) {
        if is > usize::try_from(most).unwrap_or(usize::MAX) {
            self.add(place, Problem::TooMany { most });
        }
    }

    /// Finds points outside of 0 to a million.
    pub(super) fn points(&mut self, place: impl Into<String>, points: Points) {
        self.between(place, points.0, (0, MOST_POINTS));
    }

    /// Finds an entry that stands twice in a list of plain values.
    pub(super) fn once<T: PartialEq + serde::Serialize>(&mut self, place: &str, list: &[T]) {
        for (nth, one) in list.iter().enumerate() {
            if list[..nth].contains(one) {
                let key = serde_json::to_string(one).unwrap_or_default();
                let key = key.trim_matches('"').to_owned();
                self.add(format!("{place}/{nth}"), Problem::DuplicateKey { key });
            }
        }
    }
}
