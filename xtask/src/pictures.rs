//! `cargo xtask pictures`: takes the README's pictures anew from the running product.

use std::fs;

use anyhow::{Context, bail};

use crate::site::{self, Build};
use crate::tools;

/// The journey that takes them.
const JOURNEY: &str = "journeys::pictures::the_readme_shows_the_product_as_it_is";
/// How the pictures for the README begin below target/browser, and in the documents.
const PREFIX: &str = "readme-";

/// Takes the pictures and puts them into the documents.
pub(crate) fn run() -> anyhow::Result<()> {
    tools::browser()?;
    site::build(Build::Release)?;
    tools::run(tools::cargo().args(["build", "-p", "server", "--bin", "jihe"]))?;
    let mut test = tools::cargo();
    test.args(["test", "-p", "tests", "--test", "browser", "--", "--exact"]);
    tools::run(test.arg(JOURNEY))?;
    let mut taken = 0;
    for entry in fs::read_dir(tools::target().join("browser"))? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let Some(name) = name.strip_prefix(PREFIX) else {
            continue;
        };
        let copy = tools::root().join("docs").join(name);
        fs::copy(&file, &copy).with_context(|| copy.display().to_string())?;
        taken += 1;
    }
    if taken == 0 {
        bail!("the journey took no picture");
    }
    Ok(())
}
