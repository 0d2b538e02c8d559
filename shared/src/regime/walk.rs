//! Walks through a regime: every part, method and charge with its place in the document.
//!
//! One walk for whoever looks at all of them, so that a place is written in one way only.

use super::charge::Charge;
use super::cycle::Cycle;
use super::document::Regime;
use super::judging::Method;
use super::total::{Combine, Part, Parts, Source, Total};

/// A part with what stands around it.
#[derive(Debug, Clone)]
pub struct PlacedPart<'r> {
    /// The place of its cycle.
    pub cycle: usize,
    /// Its own place, as a JSON pointer.
    pub at: String,
    /// The part.
    pub part: &'r Part,
    /// How it is put together with its sisters.
    pub combine: Combine,
    /// Which of its sisters it is, from 0.
    pub nth: usize,
    /// How deep it stands, from 1.
    pub depth: usize,
    /// Whether it or a part above it is taken off.
    pub minus: bool,
}

/// Something of a regime with its place, as a JSON pointer.
#[derive(Debug, Clone)]
pub struct Placed<'r, T> {
    /// Its place.
    pub at: String,
    /// It.
    pub what: &'r T,
}

/// The cycles that are judged, with their place and their total.
pub fn totals(regime: &Regime) -> impl Iterator<Item = (usize, &Cycle, &Total)> {
    let cycles = regime.cycles.iter().enumerate();
    cycles.filter_map(|(at, cycle)| Some((at, cycle, cycle.total.as_ref()?)))
}

/// All parts of all totals, each before those below it.
pub fn parts(regime: &Regime) -> Vec<PlacedPart<'_>> {
    let mut found = Vec::new();
    for (cycle, _, total) in totals(regime) {
        let at = format!("/cycles/{cycle}/total/parts");
        below(&mut found, &total.parts, (cycle, &at, 1, false));
    }
    found
}

/// Adds the parts of a list and all below them.
fn below<'r>(
    found: &mut Vec<PlacedPart<'r>>,
    parts: &'r Parts,
    (cycle, at, depth, minus): (usize, &str, usize, bool),
) {
    for (nth, part) in parts.list.iter().enumerate() {
        let at = format!("{at}/list/{nth}");
        let minus = minus || part.minus;
        let inner = format!("{at}/source/parts");
        found.push(PlacedPart {
            cycle,
            at,
            part,
            combine: parts.combine,
            nth,
            depth,
            minus,
        });
        if let Source::Parts(parts) = &part.source {
            below(found, parts, (cycle, &inner, depth + 1, minus));
        }
    }
}

/// All methods.
pub fn methods(regime: &Regime) -> impl Iterator<Item = Placed<'_, Method>> {
    let methods = regime.judging.methods.iter().enumerate();
    methods.map(|(nth, what)| Placed {
        at: format!("/judging/methods/{nth}"),
        what,
    })
}

/// All charges, of methods and of parts.
pub fn charges(regime: &Regime) -> Vec<Placed<'_, Charge>> {
    let of_methods = methods(regime).flat_map(|method| {
        let at = format!("{}/charges", method.at);
        listed(at, &method.what.charges)
    });
    let of_parts = parts(regime).into_iter().flat_map(|placed| {
        let at = format!("{}/source/charges/charges", placed.at);
        match &placed.part.source {
            Source::Charges { charges, .. } => listed(at, charges),
            _ => Vec::new(),
        }
    });
    of_methods.chain(of_parts).collect()
}

/// The entries of a list with their places.
pub fn listed<T>(at: String, list: &[T]) -> Vec<Placed<'_, T>> {
    let placed = list.iter().enumerate().map(|(nth, what)| Placed {
        at: format!("{at}/{nth}"),
        what,
    });
    placed.collect()
}
