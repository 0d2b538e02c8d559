//! The shelf: every preset that is shipped, as the JSON documents that stand in the folder `presets`.
//!
//! A preset is data and nothing in the program asks for one by its key. A device fetches what it
//! needs; only the server and the tests carry the shelf.
//!
//! To add one: its document, a line below, two worked examples, and its rows in `docs/presets.md` and
//! `docs/sources.md`.

use super::Preset;

/// The documents as they are shipped, in the order in which a screen offers them.
pub const DOCUMENTS: &[&str] = &[
    include_str!("../presets/v2/smart-monthly.json"),
    include_str!("../presets/v2/centres-monthly.json"),
    include_str!("../presets/v2/daily-weekly-monthly.json"),
    include_str!("../presets/v2/weekly-120.json"),
    include_str!("../presets/v2/sixty-forty.json"),
    include_str!("../presets/v2/three-class-monthly.json"),
    include_str!("../presets/v2/twentieth-twentyfifth.json"),
    include_str!("../presets/v2/three-sections.json"),
    include_str!("../presets/v2/weekly-all-staff.json"),
    include_str!("../presets/v2/software-company.json"),
    include_str!("../presets/v2/month-quarter-year.json"),
    include_str!("../presets/v2/responsibility-centres.json"),
    include_str!("../presets/v2/goal-management.json"),
    include_str!("../presets/v2/public-service.json"),
    include_str!("../presets/v2/sales-daily.json"),
    include_str!("../presets/v2/annual-plan.json"),
    include_str!("../presets/v2/half-year-plan.json"),
];

/// Reads all presets, in the order in which a screen offers them.
pub fn all() -> Vec<Preset> {
    let read = |document: &&str| {
        serde_json::from_str(document).expect("a test reads every shipped preset")
    };
    DOCUMENTS.iter().map(read).collect()
}
