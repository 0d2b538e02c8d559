//! Validation of a regime of format 2: what contradicts itself, leaves a hole or could never be
//! reached is found when it is saved, each finding with its place and what is wrong there.
//!
//! What is accepted here compiles for every cycle; and nothing is found that could be meant, for
//! where bounds are not known exactly they are taken too wide and never too narrow.

use serde_json::Value;

use crate::canonical;

use super::document::{FORMAT, Regime};
use super::finding::{Finding, Findings, Problem};

mod bounds;
mod cohort;
mod cycles;
mod deadlines;
mod grades;
mod items;
mod judging;
mod keys;
mod parts;
mod rest;
mod scored;
mod signing;
mod tariffs;

pub use tariffs::validate_sheet;

pub use bounds::{Bounds, of_part, of_total};

/// A million points, in hundredths: more is a typing error, and sums stay far from overflow.
const MOST_POINTS: i64 = 100_000_000;

/// Ten, in basis points: the most that a factor or a coefficient can be.
const MOST_FACTOR: i64 = 100_000;

/// The whole, in basis points.
const WHOLE: i64 = 10_000;

/// The most bytes of a canonical document: it has to go into one command.
const MOST_BYTES: usize = 60_000;

/// Finds what is wrong in a regime; one without findings can be adopted.
pub fn validate(regime: &Regime) -> Vec<Finding> {
    let mut findings = Findings::default();
    let found = &mut findings;
    if regime.format != FORMAT {
        found.add("/format", Problem::UnknownFormat { must: FORMAT });
    }
    found.key("/key", &regime.key);
    found.name("/name", &regime.name);
    found.many("/roles", regime.roles.len(), 40);
    keys::named(found, "/roles", &regime.roles);
    items::check(found, regime);
    signing::check(found, regime);
    judging::check(found, regime);
    cycles::check(found, regime);
    parts::check(found, regime);
    scored::check(found, regime);
    grades::check(found, regime);
    cohort::check(found, regime);
    tariffs::check(found, regime);
    rest::check(found, regime);
    check_document(found, regime);
    findings.into_list()
}

/// Pointers of house defaults lead somewhere, and the whole fits into a command.
fn check_document(found: &mut Findings, regime: &Regime) {
    let document = serde_json::to_value(regime).expect("a regime serialises");
    for (at, pointer) in regime.house_defaults.iter().enumerate() {
        let place = format!("/house_defaults/{at}");
        if pointer.is_empty() || document.pointer(pointer).is_none() {
            let pointer = pointer.clone();
            found.add(place, Problem::PointsNowhere { pointer });
        } else if regime.house_defaults[..at].contains(pointer) {
            let key = pointer.clone();
            found.add(place, Problem::DuplicateKey { key });
        }
    }
    if canonical::bytes::<Value>(&document).len() > MOST_BYTES {
        let most = MOST_BYTES.to_string();
        found.add("", Problem::TooLarge { most });
    }
}
