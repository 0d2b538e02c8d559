//! The files of the repository as git knows them, read once for a rule.
//!
//! Files that git ignores are not ours; files not yet added are, or a fault would show only after
//! the commit that brings it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every text file by its path from the root, with `/` between folders.
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
    /// Files that hold no text; their names count, their content does not.
    others: Vec<String>,
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .expect("this crate is a folder of the workspace")
        .to_owned()
}

impl Tree {
    /// Reads the working tree.
    pub(crate) fn read() -> Self {
        let list = Command::new("git")
            .current_dir(root())
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .output()
            .expect("git lists the files of the repository");
        assert!(
            list.status.success(),
            "git ls-files: {}",
            String::from_utf8_lossy(&list.stderr)
        );
        let names = String::from_utf8(list.stdout).expect("file names are UTF-8");
        let mut tree = Self {
            files: BTreeMap::new(),
            others: Vec::new(),
        };
        for name in names.split_terminator('\0') {
            match std::fs::read(root().join(name)).map(String::from_utf8) {
                Ok(Ok(text)) => drop(tree.files.insert(name.to_owned(), text)),
                Ok(Err(_)) => tree.others.push(name.to_owned()),
                // Listed by git and removed since: gone is gone.
                Err(_) => {}
            }
        }
        assert!(
            tree.files.contains_key("Cargo.toml"),
            "the root holds Cargo.toml"
        );
        tree
    }

    /// A tree made for a test of a rule.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Self {
            files: files.iter().map(own).collect(),
            others: Vec::new(),
        }
    }

    /// The text of one file.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// Every text file with one of these endings, in order of names.
    pub(crate) fn ending(&self, endings: &[&str]) -> impl Iterator<Item = (&str, &str)> {
        let wanted = |name: &str| endings.iter().any(|end| name.ends_with(end));
        self.texts().filter(move |(name, _)| wanted(name))
    }

    /// Every text file, in order of names.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The names of all files, text or not.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(&self.others).map(String::as_str)
    }
}
