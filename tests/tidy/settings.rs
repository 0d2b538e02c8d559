//! Rules on files that two places must keep in step: lint settings and migrations.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::Tree;

/// Clippy reads the nearest file only, so each must repeat the root's lines before its own.
pub(crate) fn clippy(tree: &Tree) -> Vec<String> {
    let root = tree.text("clippy.toml").unwrap_or_default();
    let mut faults = Vec::new();
    if root.is_empty() {
        faults.push("clippy.toml: the root has none".to_owned());
    }
    for (name, text) in tree.ending(&["/clippy.toml"]) {
        // Markup is data: a view may be longer than a function.
        let expected = match name {
            "app/clippy.toml" => root.replace("lines-threshold = 70", "lines-threshold = 100"),
            _ => root.to_owned(),
        };
        if !text.starts_with(&expected) {
            faults.push(format!(
                "{name}: does not start with the lines of the root's clippy.toml"
            ));
        }
    }
    faults
}

/// Numbers run from 1 without a gap, and every engine has the same files.
pub(crate) fn migrations(tree: &Tree) -> Vec<String> {
    let mut engines: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, _) in tree.ending(&[".sql"]) {
        if let Some((engine, file)) = name
            .strip_prefix("server/migrations/")
            .and_then(|rest| rest.rsplit_once('/'))
        {
            engines.entry(engine).or_default().insert(file);
        } else if let Some(file) = name.strip_prefix("server/migrations/") {
            engines.entry("").or_default().insert(file);
        }
    }
    let mut faults = Vec::new();
    for (engine, files) in &engines {
        for (index, file) in files.iter().enumerate() {
            if !file.starts_with(&format!("{:04}_", index + 1)) {
                faults.push(format!(
                    "server/migrations/{engine}/{file}: expected {:04}_",
                    index + 1
                ));
            }
        }
        if let Some((other, theirs)) = engines.iter().next().filter(|(_, theirs)| theirs != &files)
        {
            faults.push(format!(
                "migrations of {engine:?} and {other:?} differ: {files:?}, {theirs:?}"
            ));
        }
    }
    faults
}

#[test]
fn settings_out_of_step_are_seen() {
    let root = ("clippy.toml", "too-many-lines-threshold = 70\nb = 1\n");
    let app = (
        "app/clippy.toml",
        "too-many-lines-threshold = 100\nb = 1\nown = 2\n",
    );
    assert!(clippy(&Tree::of(&[root, app])).is_empty());
    assert_eq!(
        clippy(&Tree::of(&[root, ("server/clippy.toml", app.1)])).len(),
        1
    );
    assert_eq!(clippy(&Tree::of(&[])).len(), 1);
}

#[test]
fn migrations_out_of_step_are_seen() {
    let first = ("server/migrations/sqlite/0001_begin.sql", "");
    let second = ("server/migrations/sqlite/0002_appeals.sql", "");
    let third = ("server/migrations/sqlite/0003_more.sql", "");
    assert!(migrations(&Tree::of(&[first, second])).is_empty());
    assert_eq!(migrations(&Tree::of(&[first, third])).len(), 1);
    let other = ("server/migrations/postgres/0001_begin.sql", "");
    assert_eq!(migrations(&Tree::of(&[first, second, other])).len(), 1);
    assert_eq!(
        migrations(&Tree::of(&[
            first,
            second,
            other,
            ("server/migrations/0001_a.sql", "")
        ]))
        .len(),
        2
    );
}
