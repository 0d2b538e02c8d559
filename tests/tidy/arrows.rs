//! The rule that arrows between crates point one way, read from the manifests by cargo.
//!
//! The domain knows nothing but data; the two sides know the domain and never each other.

use std::process::Command;

use serde_json::Value;

use crate::tree::root;

/// What the domain may depend on: data, never a clock, a disk, a network or a screen.
const DOMAIN_MAY_USE: [&str; 5] = ["chrono", "csv", "serde", "serde_json", "sha2"];
const OURS: [&str; 6] = ["shared", "server", "app", "contract", "tests", "xtask"];

/// One crate of the workspace and the names it depends on.
pub(crate) struct Package {
    name: String,
    /// What it is built with.
    uses: Vec<String>,
    /// What its tests and build scripts are built with.
    tests_use: Vec<String>,
}

/// The crates of the workspace.
pub(crate) fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .output()
        .expect("cargo reads the manifests");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut packages = Vec::new();
    for package in list(&metadata["packages"]) {
        let (normal, other): (Vec<_>, Vec<_>) = list(&package["dependencies"])
            .into_iter()
            .partition(|one| one["kind"].is_null());
        let names = |uses: Vec<Value>| uses.iter().map(|one| text(&one["name"])).collect();
        let name = text(&package["name"]);
        packages.push(Package {
            name,
            uses: names(normal),
            tests_use: names(other),
        });
    }
    packages
}

/// Every arrow that points where it may not.
pub(crate) fn faults(packages: &[Package]) -> Vec<String> {
    let mut faults = Vec::new();
    for package in packages {
        let own = package.name.as_str();
        let forbidden = |name: &str| match own {
            "shared" => !DOMAIN_MAY_USE.contains(&name),
            "server" | "app" | "contract" => OURS.contains(&name) && name != "shared",
            "tests" => matches!(name, "app" | "contract" | "xtask"),
            _ => OURS.contains(&name),
        };
        for name in package.uses.iter().filter(|name| forbidden(name)) {
            faults.push(format!("{own} may not depend on {name}"));
        }
        let sides = |name: &str| OURS.contains(&name) && forbidden(name);
        for name in package
            .tests_use
            .iter()
            .filter(|name| sides(name) && *name != own)
        {
            faults.push(format!("the tests of {own} may not depend on {name}"));
        }
    }
    for name in OURS
        .iter()
        .filter(|name| packages.iter().all(|package| package.name != **name))
    {
        faults.push(format!("the workspace has no crate {name}"));
    }
    faults
}

#[test]
fn a_wrong_arrow_is_seen() {
    let package = |name: &str, uses: &[&str], tests_use: &[&str]| Package {
        name: name.to_owned(),
        uses: uses.iter().map(|name| (*name).to_owned()).collect(),
        tests_use: tests_use.iter().map(|name| (*name).to_owned()).collect(),
    };
    let mut right = vec![
        package("shared", &["serde", "sha2"], &["proptest"]),
        package("server", &["shared", "axum"], &["shared"]),
        package("app", &["shared", "leptos"], &[]),
        package("contract", &["shared", "web-sys"], &[]),
        package("tests", &["shared", "server"], &[]),
        package("xtask", &["clap"], &[]),
    ];
    assert!(faults(&right).is_empty());
    right[0] = package("shared", &["tokio"], &["server"]);
    right[2] = package("app", &["server"], &["server"]);
    assert_eq!(faults(&right).len(), 4);
    right.pop();
    assert_eq!(faults(&right).len(), 5);
}
