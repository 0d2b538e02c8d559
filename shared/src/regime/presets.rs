//! Presets: regimes taken from the catalogue, as JSON documents beside this file.
//!
//! A preset is data and nothing in the program asks for one by its key. Each marks, by JSON
//! pointers in `house_defaults`, the values that are the product's own because the source is
//! silent; `docs/sources.md` says in words what was taken from where.
//!
//! To add a preset: add its document under `presets/`, a line to [`DOCUMENTS`], and a worked
//! example to the tests.

use super::v1::Regime;
use crate::period::PeriodKind;

/// The documents as they are shipped, in the order in which a screen offers them.
const DOCUMENTS: &[&str] = &[
    include_str!("presets/smart-monthly.json"),
    include_str!("presets/three-sections.json"),
    include_str!("presets/annual-plan.json"),
    include_str!("presets/half-year-plan.json"),
];

/// Reads all presets, in the order in which a screen offers them.
pub fn all() -> Vec<Regime> {
    DOCUMENTS.iter().map(|document| read(document)).collect()
}

/// Reads the preset of catalogue row S57: a month of weighted items, efficiency x quality.
pub fn smart_monthly() -> Regime {
    read(include_str!("presets/smart-monthly.json"))
}

/// Reads the preset of catalogue row S68: a month of three sections, judged by points.
pub fn three_sections() -> Regime {
    read(include_str!("presets/three-sections.json"))
}

/// Reads the pool of a year's or half-year's tasks from which months draw; never judged.
pub fn pool(period: PeriodKind) -> Regime {
    if period == PeriodKind::HalfYear {
        return read(include_str!("presets/half-year-plan.json"));
    }
    read(include_str!("presets/annual-plan.json"))
}

fn read(document: &str) -> Regime {
    serde_json::from_str(document).expect("a test reads and validates every shipped preset")
}
