//! The server from outside: the real router, in process, on a real SQLite file.
//!
//! One binary; the tree has the names of `src/`. `TestServer` has a database of its own and a clock
//! that stands still until a test steps it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod phone;
mod server;
mod story;

mod archive;
mod attention;
mod auth;
mod confidentiality;
mod config;
mod corpus;
mod folding;
mod housekeeping;
mod jobs;
mod keep;
mod limits;
mod plain;
mod process;
mod replay;
mod routes;
mod site;
mod store;
mod timers;
mod tls;
mod whatif;

use std::path::Path;

/// A file that no `mod` line names would silently never run.
#[test]
fn no_test_file_is_forgotten() {
    fn check(folder: &Path, forgotten: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            if path.is_dir() {
                check(&path, forgotten);
            } else if stem != "main" {
                let beside = folder.with_extension("rs");
                let parent = if beside.exists() {
                    beside
                } else {
                    folder.join("main.rs")
                };
                let parent = std::fs::read_to_string(parent).unwrap();
                if !parent.contains(&format!("mod {stem};")) {
                    forgotten.push(path.display().to_string());
                }
            }
        }
    }
    let mut forgotten = Vec::new();
    check(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite"),
        &mut forgotten,
    );
    assert!(forgotten.is_empty(), "{forgotten:?}");
}
