//! The program that looks for barriers in pages, for the journeys: axe-core, as a package of the
//! Python registry carries it.

use std::path::PathBuf;
use std::process::Command;

use crate::{python, tools};

/// The package that carries the program.
const PACKAGE: &str = "axe-playwright-python==0.1.8";
/// Prints where the package lies; it is not imported, because it would want others.
const PLACE: &str = "
import importlib.util
print(importlib.util.find_spec('axe_playwright_python').submodule_search_locations[0])
";

/// Puts the program where the journeys look for it.
pub(crate) fn fetch() -> anyhow::Result<()> {
    let mut python = Command::new(python::with(PACKAGE)?);
    let folder = PathBuf::from(tools::output(python.args(["-c", PLACE]))?.trim());
    let script = tools::target().join("tools").join("axe.min.js");
    std::fs::copy(folder.join("axe.min.js"), script)?;
    Ok(())
}
