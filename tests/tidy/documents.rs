//! The rule that a document names what exists: paths in links, and files in code quotes.
//!
//! A map that names a file which has moved is worse than none.

use std::collections::BTreeSet;

use crate::tree::Tree;

const ENDINGS: [&str; 12] = [
    ".css",
    ".csv",
    ".html",
    ".js",
    ".json",
    ".md",
    ".png",
    ".rs",
    ".sql",
    ".toml",
    ".txt",
    ".webmanifest",
];
/// Folders that a command makes; what lies in them is not in the repository.
const MADE: [&str; 2] = ["target", "data"];

/// Every name in a Markdown file that leads nowhere.
pub(crate) fn faults(tree: &Tree) -> Vec<String> {
    let mut paths: BTreeSet<String> = BTreeSet::new();
    let mut last_names: BTreeSet<&str> = BTreeSet::new();
    for name in tree.names() {
        last_names.extend(name.rsplit('/').next());
        for (at, _) in name.match_indices('/') {
            paths.insert(name[..at].to_owned());
        }
        paths.insert(name.to_owned());
    }
    let mut faults = Vec::new();
    for (document, text) in tree.ending(&[".md"]) {
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        let exists = |path: &str| {
            let path = path.trim_end_matches('/');
            paths.contains(path) || resolve(folder, path).is_some_and(|path| paths.contains(&path))
        };
        for target in links(text).filter(|target| !exists(target)) {
            faults.push(format!("{document}: the link to `{target}` leads nowhere"));
        }
        for word in quotes(text).filter(|word| names_a_file(word, &paths)) {
            let bare = !word.contains('/') && last_names.contains(word);
            if !bare && !exists(word) {
                faults.push(format!("{document}: `{word}` does not exist"));
            }
        }
    }
    faults
}

/// A path as seen from a folder, with its `..` walked.
fn resolve(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The targets of links to places in this repository.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next())
        .filter_map(|target| {
            let path = target.split('#').next().unwrap_or_default();
            (!path.is_empty() && !target.contains("://") && !target.starts_with("mailto:"))
                .then_some(path)
        })
}

/// What stands in code quotes, in the text and not in blocks of code.
fn quotes(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|prose| prose.split('`').skip(1).step_by(2))
}

fn names_a_file(word: &str, paths: &BTreeSet<String>) -> bool {
    // A pattern, a command, an address or a variable names no one file.
    if word.contains(|c: char| c.is_whitespace() || "<>*{}$…:()=".contains(c))
        || word.starts_with(['/', '.', '-'])
    {
        return false;
    }
    let first = word.split('/').next().unwrap_or_default();
    if MADE.contains(&first) {
        return false;
    }
    ENDINGS.iter().any(|end| word.ends_with(end)) || (word.contains('/') && paths.contains(first))
}

#[test]
fn a_name_that_leads_nowhere_is_seen() {
    let files = |text| {
        Tree::of(&[
            ("docs/map.md", text),
            ("shared/src/plan.rs", "//! P."),
            ("README.md", ""),
        ])
    };
    for text in [
        "see `shared/src/plans.rs`",
        "see `plans.rs`",
        "[map](other.md)",
        "in `shared/gone/`",
        "[up](../NOTHING.md#part)",
    ] {
        assert_eq!(faults(&files(text)).len(), 1, "{text}");
    }
    let right = "`shared/src/plan.rs`, `plan.rs`, `shared/src/`, [up](../README.md#top), `cargo run a.rs`, \
        `POST /sync/v1/push`, `regime/<kind>.rs`, `target/site/app.js`, [web](https://example.org/a.md)\n\
        ```\nmissing.rs\n```";
    assert_eq!(faults(&files(right)), Vec::<String>::new());
}
