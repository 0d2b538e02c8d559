//! What a plan holds: sections, categories and sources, and the fields that items need.

use crate::regime::cycle::Cycle;
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::items::{Advice, Carry, RequiredField};
use crate::regime::total::Filter;
use crate::regime::weights::Importance;

use super::{MOST_POINTS, WHOLE, keys};

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    let items = &regime.items;
    if items.sections.is_empty() {
        found.add("/items/sections", Problem::NoEntries);
    }
    found.many("/items/sections", items.sections.len(), 20);
    // Filters hold their keys as bits of one number.
    found.many("/items/categories", items.categories.len(), 60);
    found.many("/items/sources", items.sources.len(), 60);
    keys::named(found, "/items/sections", &items.sections);
    keys::named(found, "/items/categories", &items.categories);
    keys::named(found, "/items/sources", &items.sources);
    for (nth, section) in items.sections.iter().enumerate() {
        let at = format!("/items/sections/{nth}/filled_by");
        found.all_who(&at, &section.filled_by, regime);
    }
    for (nth, category) in items.categories.iter().enumerate() {
        let at = format!("/items/categories/{nth}");
        found.name(&format!("{at}/means"), &category.means);
        if let Some(importance) = category.importance {
            found.between(format!("{at}/importance"), importance.0, (1, MOST_POINTS));
        }
    }
    for (nth, source) in items.sources.iter().enumerate() {
        let at = format!("/items/sources/{nth}");
        found.all_who(&format!("{at}/filled_by"), &source.filled_by, regime);
        found.all_who(&format!("{at}/verified_by"), &source.verified_by, regime);
    }
    if let Carry::Forced { sections } = &items.carry {
        let at = "/items/carry/forced/sections";
        found.all_among(at, sections, &keys::of(&items.sections));
    }
    check_required(found, regime);
    if let Some(advice) = &items.advice {
        check_advice(found, advice, regime);
    }
}

/// Each field once, and none that no item could have.
fn check_required(found: &mut Findings, regime: &Regime) {
    let items = &regime.items;
    found.once("/items/required", &items.required);
    let typed = |cycle: &Cycle| matches!(cycle.weights.importance, Some(Importance::Typed { .. }));
    for (nth, field) in items.required.iter().enumerate() {
        let other = match field {
            RequiredField::Category if items.categories.is_empty() => "/items/categories",
            RequiredField::Source if items.sources.is_empty() => "/items/sources",
            RequiredField::Importance if !regime.cycles.iter().any(typed) => "/cycles",
            _ => continue,
        };
        let other = other.to_owned();
        found.add(
            format!("/items/required/{nth}"),
            Problem::WithoutUse { other },
        );
    }
}

fn check_advice(found: &mut Findings, advice: &Advice, regime: &Regime) {
    let at = "/items/advice";
    for (place, [least, most]) in [
        ("items", advice.items.map(i64::from)),
        ("points", advice.points.map(|points| points.0)),
    ] {
        found.between(format!("{at}/{place}/0"), least, (0, MOST_POINTS));
        if least > most {
            found.add(format!("{at}/{place}"), Problem::RangeUpsideDown);
        }
    }
    if let Some(small) = &advice.temporary {
        let sections = keys::of(&regime.items.sections);
        let place = format!("{at}/temporary/section");
        found.among(place, &small.section, &sections);
        found.between(format!("{at}/temporary/most"), small.most.0, (0, WHOLE));
    }
}

/// Checks that a filter names what there is.
pub(super) fn check_filter(found: &mut Findings, at: &str, filter: &Filter, regime: &Regime) {
    let items = &regime.items;
    let lists = [
        ("sections", &filter.sections, keys::of(&items.sections)),
        (
            "categories",
            &filter.categories,
            keys::of(&items.categories),
        ),
        ("sources", &filter.sources, keys::of(&items.sources)),
    ];
    for (name, wanted, among) in lists {
        found.all_among(&format!("{at}/{name}"), wanted, &among);
    }
    found.once(&format!("{at}/targets"), &filter.targets);
}
