//! Rules on what a source file holds: its opening, its length, and words that may not stay.

use crate::tree::Tree;

const LONGEST_FILE: usize = 500;
/// Texts of this kind are written by us, line by line.
const WRITTEN: [&str; 10] = [
    ".css",
    ".html",
    ".js",
    ".md",
    ".rs",
    ".sql",
    ".toml",
    ".webmanifest",
    ".yml",
    "/run",
];

/// Faults of shape: no opening sentence, too long, or a module file named after no noun.
pub(crate) fn shape(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, text) in tree.ending(&[".rs"]) {
        if !text.starts_with("//! ") {
            faults.push(format!(
                "{name}: open with `//!` and a sentence of what this is"
            ));
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!("{name}: {lines} lines, more than {LONGEST_FILE}"));
        }
        if name.ends_with("/mod.rs") {
            faults.push(format!(
                "{name}: name the module after its noun, beside its folder"
            ));
        }
    }
    faults
}

/// Marks of work that was put off.
pub(crate) fn left_for_later(tree: &Tree) -> Vec<String> {
    // Written in halves, or this file would be its own first fault.
    let marks = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X"],
        ["to", "do!("],
        ["unimple", "mented!("],
    ];
    find(tree, &marks.map(|halves| halves.concat()))
}

/// Words that mean something only where the code was written.
pub(crate) fn workshop(tree: &Tree) -> Vec<String> {
    let words = [
        ["/wo", "rk/"],
        ["../sha", "red/spec"],
        ["../sha", "red/data"],
        ["artifac", "tory"],
    ];
    let mut faults = find(tree, &words.map(|halves| halves.concat()));
    for (name, line, text) in lines(tree) {
        let lower = text.to_lowercase();
        for noun in ["issue", "session"] {
            let numbered = lower.match_indices(noun).any(|(at, _)| {
                let rest = lower[at + noun.len()..].trim_start_matches([' ', '#']);
                rest.len() < lower.len() - at - noun.len()
                    && rest.starts_with(|first: char| first.is_ascii_digit())
            });
            if numbered {
                faults.push(format!(
                    "{name}:{line}: a numbered {noun} says nothing to a reader"
                ));
            }
        }
    }
    faults
}

/// Chinese words in the app's code outside its catalogue, where a language would be forgotten.
pub(crate) fn words_outside_the_catalogue(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, text) in tree.ending(&[".rs"]) {
        if !name.starts_with("app/src/") || name.starts_with("app/src/i18n") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (index, line) in code.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if code.contains(|c: char| ('\u{3000}'..='\u{9fff}').contains(&c)) {
                faults.push(format!(
                    "{name}:{}: words on the screen stand in app/src/i18n",
                    index + 1
                ));
            }
        }
    }
    faults
}

/// Keys of shipped regimes and rows of the catalogue in the program: it interprets documents and
/// knows none of them.
pub(crate) fn named_regimes(tree: &Tree, keys: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let crates = ["app/src/", "server/src/", "shared/src/"];
    for (name, text) in tree.ending(&[".rs"]) {
        if !crates.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        for (line, text) in (1..).zip(text.lines()) {
            if let Some(key) = keys.iter().find(|key| text.contains(key.as_str())) {
                faults.push(format!(
                    "{name}:{line}: `{key}` is data, and nothing else names it"
                ));
            }
            if names_a_row(text) {
                faults.push(format!(
                    "{name}:{line}: a row of the catalogue stands in data alone"
                ));
            }
        }
    }
    faults
}

/// Whether a text has a catalogue number: `S` and two digits, with no letter or digit beside them.
fn names_a_row(text: &str) -> bool {
    let beside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices('S').any(|(at, _)| {
        let mut after = text[at + 1..].chars();
        let digits = [after.next(), after.next()];
        let digits = digits.iter().all(|c| c.is_some_and(|c| c.is_ascii_digit()));
        digits && !beside(text[..at].chars().next_back()) && !beside(after.next())
    })
}

/// The keys of the shipped regimes, as their folder lists them.
pub(crate) fn regime_keys(tree: &Tree) -> Vec<String> {
    let lists = tree.ending(&["regime/presets/order.txt", "regime/tariffs/order.txt"]);
    let keys = lists.flat_map(|(_, text)| text.lines());
    keys.map(ToOwned::to_owned).collect()
}

fn find(tree: &Tree, words: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, line, text) in lines(tree) {
        for word in words.iter().filter(|word| text.contains(*word)) {
            faults.push(format!("{name}:{line}: holds `{word}`"));
        }
    }
    faults
}

fn lines(tree: &Tree) -> impl Iterator<Item = (&str, usize, &str)> {
    tree.ending(&WRITTEN).flat_map(|(name, text)| {
        text.lines()
            .enumerate()
            .map(move |(index, line)| (name, index + 1, line))
    })
}

#[test]
fn shape_sees_every_fault() {
    let long = format!("//! Long.\n{}", "//\n".repeat(LONGEST_FILE));
    let tree = Tree::of(&[
        ("a.rs", "fn a() {}"),
        ("b.rs", &long),
        ("c/mod.rs", "//! C."),
    ]);
    assert_eq!(shape(&tree).len(), 3);
    assert!(shape(&Tree::of(&[("a.rs", "//! What it is.")])).is_empty());
}

#[test]
fn words_that_may_not_stay_are_seen() {
    let later = ["// TO", "DO: later"].concat();
    assert_eq!(left_for_later(&Tree::of(&[("a.rs", &later)])).len(), 1);
    for text in [
        &["see issue", " #12"].concat(),
        &["Session", " 3 did"].concat(),
        &["/wo", "rk/main"].concat(),
    ] {
        assert_eq!(workshop(&Tree::of(&[("a.md", text)])).len(), 1, "{text}");
    }
    let innocent = "a session of 12 hours; the issues; session2_key";
    assert!(workshop(&Tree::of(&[("a.md", innocent)])).is_empty());
}

#[test]
fn a_regime_that_is_named_is_seen() {
    let keys = ["hourly-plan".to_owned()];
    let of = |name, text| named_regimes(&Tree::of(&[(name, text)]), &keys).len();
    assert_eq!(of("shared/src/a.rs", "let key = \"hourly-plan\";"), 1);
    let row = ["see S", "57."].concat();
    assert_eq!(of("app/src/a.rs", &row) + of("server/src/a.rs", &row), 2);
    assert_eq!(of("shared/tests/a.rs", &row) + of("docs/a.md", &row), 0);
    for innocent in ["GS57", "S5", "S570", "S57a", "S_57", "hourly plan"] {
        assert_eq!(of("shared/src/a.rs", innocent), 0, "{innocent}");
    }
}

#[test]
fn words_outside_the_catalogue_are_seen() {
    let page = "//! P.\n// 计划\nview! { <b>\"计划\"</b> }\n#[cfg(test)]\nlet a = \"计\";";
    let of = |name| words_outside_the_catalogue(&Tree::of(&[(name, page)])).len();
    assert_eq!(of("app/src/pages/plan.rs"), 1);
    assert_eq!(of("app/src/i18n/plan.rs") + of("shared/src/plan.rs"), 0);
}
