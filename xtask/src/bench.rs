//! `cargo xtask bench`: what a first visit loads, and how fast commands are taken.
//!
//! The first load is the sum of the compressed files that the page names, as a browser with an
//! empty cache fetches them; more than the goal fails. The second figure is the server's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::site::{self, Build};
use crate::tools;

/// The most that a first visit shall load, in bytes.
const FIRST_LOAD_GOAL: u64 = 350_000;

/// Measures both figures.
pub(crate) fn run() -> anyhow::Result<()> {
    let bytes = first_load(&site::build(Build::Release)?)?;
    let push = tools::root().join("server/src/bin/bench_push.rs");
    if push.exists() {
        tools::run(tools::cargo().args([
            "run",
            "--release",
            "-p",
            "server",
            "--bin",
            "bench_push",
        ]))?;
    }
    // Said last, so that a first load above the goal does not hide the other figure.
    if bytes > FIRST_LOAD_GOAL {
        bail!("a first visit loads {bytes} bytes, more than the goal of {FIRST_LOAD_GOAL}");
    }
    Ok(())
}

/// Adds up what a first visit loads, in bytes, and shows the sum beside the goal.
#[expect(
    clippy::print_stdout,
    reason = "the figures are what the command is for"
)]
pub(crate) fn first_load(site: &Path) -> anyhow::Result<u64> {
    let page = fs::read_to_string(site.join("index.html")).context("the site has no page")?;
    let mut names = named_in(&page);
    names.insert("index.html".to_owned());
    // The page names the script; the script names the program, and what fetches its parts.
    names.extend(["app_bg.wasm", "__wasm_split.js"].map(str::to_owned));
    let mut total = 0;
    for name in &names {
        let bytes = transferred(site, name)?;
        println!("{bytes:>9}  {name}");
        total += bytes;
    }
    println!("{total:>9}  first load; the goal is {FIRST_LOAD_GOAL}");
    let mut parts = 0;
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !names.contains(&name) && name.ends_with(".wasm.br") && name != "app_bg.wasm.br" {
            parts += transferred(site, &name)?;
        }
    }
    println!("{parts:>9}  parts of the program that follow the first screen");
    Ok(total)
}

/// The site's files that a page names in `href` and `src` attributes and in module imports.
fn named_in(page: &str) -> BTreeSet<String> {
    page.split(['"', '\''])
        .filter_map(|word| word.strip_prefix("./").or_else(|| word.strip_prefix('/')))
        .filter(|name| name.contains('.') && !name.contains(char::is_whitespace))
        .map(str::to_owned)
        .collect()
}

fn transferred(site: &Path, name: &str) -> anyhow::Result<u64> {
    let compressed = site.join(format!("{name}.br"));
    let file = if compressed.exists() {
        compressed
    } else {
        site.join(name)
    };
    let data = fs::metadata(&file).with_context(|| format!("the page names {name}"))?;
    Ok(data.len())
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn a_page_names_its_files() {
        let page = r#"<link rel="icon" href="/icons/jihe.svg"><script type="module">
            import init from "./app.js"; init("/app_bg.wasm")</script><a href="/plans">"#;
        let names: Vec<_> = named_in(page).into_iter().collect();
        assert_eq!(names, ["app.js", "app_bg.wasm", "icons/jihe.svg"]);
    }
}
