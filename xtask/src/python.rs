//! Packages of the Python registry that checks need, each in a folder of its own below `target`.
//!
//! They are tools of the tests alone: nothing of them is built into the product.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use crate::tools;

/// What Debian calls Python and its module that makes a folder of packages.
const DEBIAN: [&str; 2] = ["python3", "python3-venv"];

/// The Python that has a package, such as `name==1.2.3`; made when it is not there yet.
pub(crate) fn with(package: &str) -> anyhow::Result<PathBuf> {
    let folder = tools::target()
        .join("tools")
        .join(package.replace("==", "-"));
    let python = folder.join("bin").join("python");
    // Written last, so that a broken start is made anew.
    let ready = folder.join("ready");
    if !ready.exists() {
        let venv = || {
            let mut venv = Command::new("python3");
            tools::run(venv.args(["-m", "venv", "--clear"]).arg(&folder))
        };
        if venv().is_err() {
            eprintln!("Python 3 or its venv module is missing; installing it.");
            let _ = tools::install(&DEBIAN);
            venv().with_context(|| {
                format!(
                    "Install Python 3 with its venv module for what checks the product with \
                     {package}: on Debian as root `apt-get install {}`.",
                    DEBIAN.join(" ")
                )
            })?;
        }
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet"]);
        pip.arg("--disable-pip-version-check");
        tools::run(pip.args(["--no-deps", package]))?;
        std::fs::write(&ready, package)?;
    }
    Ok(python)
}
