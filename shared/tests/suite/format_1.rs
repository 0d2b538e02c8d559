//! Regimes of format 1: no company adopts one any more, but those that did are judged by them.
//!
//! The first two arithmetics, their golden vectors, and rows that are years old need them.

use shared::period::PeriodKind;
use shared::regime::v1::Regime;

/// All of them.
pub(crate) fn all() -> Vec<Regime> {
    vec![
        smart_monthly(),
        three_sections(),
        pool(PeriodKind::Year),
        pool(PeriodKind::HalfYear),
    ]
}

/// A month of weighted items, efficiency x quality.
pub(crate) fn smart_monthly() -> Regime {
    read(include_str!("../data/regime/v1/smart-monthly.json"))
}

/// A month of three sections, judged by points.
pub(crate) fn three_sections() -> Regime {
    read(include_str!("../data/regime/v1/three-sections.json"))
}

/// The pool of a year's or half-year's tasks from which months draw; never judged.
pub(crate) fn pool(period: PeriodKind) -> Regime {
    if period == PeriodKind::HalfYear {
        return read(include_str!("../data/regime/v1/half-year-plan.json"));
    }
    read(include_str!("../data/regime/v1/annual-plan.json"))
}

fn read(document: &str) -> Regime {
    serde_json::from_str(document).unwrap()
}
