//! The rule that a colour is a token: raw values stand in `style/tokens.css` alone.
//!
//! Dark and high contrast work because one file says what each colour is.

use crate::tree::Tree;

const TOKENS: &str = "style/tokens.css";
const FUNCTIONS: [&str; 9] = [
    "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
];
const NAMES: [&str; 18] = [
    "black", "blue", "brown", "crimson", "cyan", "gold", "gray", "green", "grey", "magenta",
    "navy", "orange", "pink", "purple", "red", "teal", "white", "yellow",
];

/// Every raw colour in a stylesheet or a screen.
pub(crate) fn faults(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, text) in tree.ending(&[".css"]).filter(|(name, _)| *name != TOKENS) {
        for value in declared(&without_comments(text)) {
            if let Some(raw) = raw_colour(&value) {
                faults.push(format!("{name}: `{raw}` in `{value}` is for {TOKENS}"));
            }
        }
    }
    for (name, text) in tree
        .ending(&[".rs"])
        .filter(|(name, _)| name.starts_with("app/src/"))
    {
        for line in text.lines().filter(|line| {
            ["style=", "fill=", "stroke="]
                .iter()
                .any(|word| line.contains(word))
        }) {
            if let Some(raw) = raw_colour(line) {
                faults.push(format!("{name}: `{raw}` is for {TOKENS}"));
            }
        }
    }
    faults
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The values of all declarations; what stands before a `{` is a selector and no value.
fn declared(sheet: &str) -> Vec<String> {
    let pieces = sheet
        .split(['}', ';'])
        .filter_map(|piece| piece.rsplit('{').next());
    pieces
        .filter_map(|piece| piece.split_once(':'))
        .map(|(_, value)| value.trim().to_owned())
        .collect()
}

fn raw_colour(value: &str) -> Option<String> {
    if let Some(function) = FUNCTIONS.iter().find(|name| {
        value
            .match_indices(**name)
            .any(|(at, _)| !value[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    }) {
        return Some((*function).to_owned());
    }
    let words = value.split(|c: char| !(c.is_ascii_alphanumeric() || "#-_".contains(c)));
    let raw = |word: &&str| {
        let hexadecimal = |digits: &str| {
            matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit())
        };
        NAMES.contains(word) || word.strip_prefix('#').is_some_and(hexadecimal)
    };
    words.into_iter().find(raw).map(str::to_owned)
}

#[test]
fn a_raw_colour_is_seen_and_a_token_is_not() {
    for value in [
        "#fff",
        "1px solid #12345678",
        "white",
        "rgb(0 0 0 / 50%)",
        "0 0 2px oklch(1 0 0)",
    ] {
        let sheet = format!("/* note: red */ .a:hover {{ margin: 0; color: {value} }}");
        assert_eq!(
            faults(&Tree::of(&[("style/base.css", &sheet)])).len(),
            1,
            "{value}"
        );
        assert!(faults(&Tree::of(&[(TOKENS, &sheet)])).is_empty());
    }
    for value in [
        "var(--ink)",
        "currentColor",
        "Canvas",
        "color-mix(in srgb, var(--red) 8%, transparent)",
    ] {
        let sheet =
            format!("@media (width < 60rem) {{ .white > .a::before {{ color: {value}; }} }}");
        assert!(
            faults(&Tree::of(&[("style/base.css", &sheet)])).is_empty(),
            "{value}"
        );
    }
    let screen = "//! S.\nview! { <i style=\"color: #abc\"/> }";
    assert_eq!(
        faults(&Tree::of(&[("app/src/pages/plan.rs", screen)])).len(),
        1
    );
}
