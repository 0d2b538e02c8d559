//! Where a regime comes from, in words: a row of the catalogue of rule texts goes by its title.

use std::collections::BTreeMap;

use shared::regime::Name;

use crate::i18n::{common, names, regime as words};

/// The rows of the catalogue from which the shipped regimes come, each with the title of its text.
const CATALOGUE: &str = include_str!("catalogue.json");

/// What a regime says of its source; words that somebody wrote stay as they are.
pub(crate) fn said(source: &str) -> String {
    let titles: BTreeMap<String, Name> = serde_json::from_str(CATALOGUE).unwrap_or_default();
    let rows: Option<Vec<String>> = source
        .split_whitespace()
        .map(|row| {
            let title = names::name(titles.get(row)?);
            Some(words::catalogue_row(row, title))
        })
        .collect();
    match rows {
        Some(rows) if !rows.is_empty() => rows.join(common::between()),
        _ => source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_regime_says_where_it_comes_from_by_a_title() {
        let titles: BTreeMap<String, Name> =
            serde_json::from_str(CATALOGUE).expect("the catalogue is JSON");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/src/regime/presets");
        let files = std::fs::read_dir(folder).expect("the presets are there");
        let texts = files.map(|file| {
            let path = file.expect("a file").path();
            std::fs::read_to_string(path).expect("a text")
        });
        let presets =
            texts.filter_map(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
        let sources: Vec<String> = presets
            .filter_map(|preset| Some(preset.pointer("/regime/source")?.as_str()?.to_owned()))
            .collect();
        assert!(sources.len() > 10, "most presets have a source");
        let rows = sources.iter().flat_map(|source| source.split_whitespace());
        for row in rows {
            assert!(titles.contains_key(row), "{row}");
        }
    }

    #[test]
    fn what_somebody_wrote_stays() {
        assert_eq!(said("Our own rules of 2026"), "Our own rules of 2026");
    }
}
