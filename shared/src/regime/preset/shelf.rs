//! The shelf: every preset that is shipped, as the JSON documents that stand in the folder `presets`.
//!
//! A preset is data and nothing in the program asks for one by its key. A device fetches what it
//! needs; only the server and the tests carry the shelf.
//!
//! To add one: its document, a line in the folder's `order.txt`, two worked examples, and its rows in
//! `docs/presets.md` and `docs/sources.md`.

use super::{Founding, Preset};

/// The documents as they are shipped, in the order in which a screen offers them.
pub const DOCUMENTS: &[&str] = include!(concat!(env!("OUT_DIR"), "/presets.rs"));

/// Reads all presets, in the order in which a screen offers them.
pub fn all() -> Vec<Preset> {
    let read = |document: &&str| {
        serde_json::from_str(document).expect("a test reads every shipped preset")
    };
    DOCUMENTS.iter().map(read).collect()
}

/// The preset of a key, where there is one.
pub fn find(key: &str) -> Option<Preset> {
    all().into_iter().find(|preset| preset.regime.key == key)
}

/// The preset with which a company begins, where nobody chooses another.
pub fn suggested() -> Preset {
    let mut all = all().into_iter();
    let suggested = all.find(|preset| preset.founding == Founding::Suggested);
    suggested.expect("a test finds one")
}

/// The presets that every company has from its founding.
pub fn always() -> Vec<Preset> {
    let mut all = all();
    all.retain(|preset| preset.founding == Founding::Always);
    all
}
