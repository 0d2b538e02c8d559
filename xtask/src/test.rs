//! `cargo xtask test`: everything that must hold before a change lands, one step after another.
//!
//! Steps run from the quickest to the slowest and the first that fails ends the run with its
//! name; the app is compiled while the simulation runs. Nothing is skipped: what a step needs is installed, or the run says what to install.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;

use crate::site::{self, Build};
use crate::tools::{self, WasmToolchain};
use crate::{axe, bench, calendar, fuzz, simulate};

/// Crates that may not come to the phone: too heavy, or not for its side.
const FORBIDDEN_IN_APP: [&str; 4] = ["tokio", "sqlx", "regex", "chrono-tz"];

/// Which part to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Runs only the steps whose name holds this text.
    #[arg(long)]
    only: Option<String>,
}

struct Step {
    name: &'static str,
    run: fn() -> anyhow::Result<()>,
}

const STEPS: [Step; 13] = [
    Step {
        name: "tools",
        run: look_for_tools,
    },
    Step {
        name: "format",
        run: || tools::run(tools::cargo().args(["fmt", "--all", "--check"])),
    },
    Step {
        name: "tidy",
        run: || tools::run(tools::cargo().args(["test", "-p", "tests", "--test", "tidy"])),
    },
    Step {
        name: "licences",
        run: licences,
    },
    Step {
        name: "app tree",
        run: app_tree,
    },
    Step {
        name: "lints",
        run: lints,
    },
    Step {
        name: "app lints",
        run: app_lints,
    },
    Step {
        name: "unit tests",
        run: unit_tests,
    },
    Step {
        name: "calendar",
        run: calendar::check,
    },
    Step {
        name: "simulation",
        run: || tools::run(&mut simulate::test_command()),
    },
    Step {
        name: "fuzzing",
        run: fuzz::short,
    },
    Step {
        name: "site",
        run: || bench::meets_goal(bench::first_load(&site::build(Build::Release)?)?),
    },
    Step {
        name: "journeys",
        run: journeys,
    },
];

/// Runs the steps in order.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let wanted = |step: &&Step| {
        options
            .only
            .as_ref()
            .is_none_or(|text| step.name.contains(text))
    };
    let steps: Vec<&Step> = STEPS.iter().filter(wanted).collect();
    if steps.is_empty() {
        bail!(
            "no step has that name; the steps are: {}",
            STEPS.map(|step| step.name).join(", ")
        );
    }
    let begin = Instant::now();
    let mut beside = None;
    for step in &steps {
        eprintln!("\n== {} ==", step.name);
        let begin = Instant::now();
        match step.name {
            // It is reckoned on one core, and the end of compiling the app too: each has one.
            "simulation" if steps.iter().any(|step| step.name == "site") => {
                beside = Some(site::Beside::begin()?);
            }
            "site" => {
                if let Some(compiling) = beside.take() {
                    compiling.end();
                }
            }
            _ => {}
        }
        (step.run)().with_context(|| format!("step \"{}\" failed", step.name))?;
        eprintln!(
            "== {}: {:.1} s ==",
            step.name,
            begin.elapsed().as_secs_f32()
        );
    }
    eprintln!(
        "\nAll {} steps passed in {:.0} s.",
        steps.len(),
        begin.elapsed().as_secs_f32()
    );
    Ok(())
}

fn look_for_tools() -> anyhow::Result<()> {
    tools::wasm_toolchain()?;
    tools::browser()
}

fn lints() -> anyhow::Result<()> {
    let mut clippy = tools::cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--exclude",
        "app",
        "--all-targets",
        "--all-features",
    ]);
    tools::run(clippy.args(["--", "-D", "warnings"]))
}

fn app_lints() -> anyhow::Result<()> {
    let mut clippy = tools::cargo();
    clippy.args(["clippy", "-p", "app", "--all-targets"]);
    // Debian's toolchain has no clippy of its own; the app's code is then read for this machine.
    if tools::wasm_toolchain()? == WasmToolchain::Own {
        clippy.args(["--target", tools::WASM]);
    }
    tools::run(clippy.args(["--", "-D", "warnings"]))
}

/// What is tested without a browser. Together they settle which parts of their dependencies are built.
const UNITS: [&str; 8] = ["-p", "shared", "-p", "server", "-p", "app", "-p", "xtask"];

fn unit_tests() -> anyhow::Result<()> {
    let mut test = tools::cargo();
    test.arg("test").args(UNITS);
    tools::run(test.arg("--all-features"))
}

/// Checks the licence and the origin of every dependency against deny.toml.
fn licences() -> anyhow::Result<()> {
    let deny = tools::cargo_deny()?;
    let mut command = Command::new(deny);
    command.current_dir(tools::root());
    tools::run(command.args([
        "deny",
        "--log-level",
        "warn",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))
}

/// Fails when a crate that may not come to the phone is among the app's dependencies.
fn app_tree() -> anyhow::Result<()> {
    let mut tree = tools::cargo();
    tree.args([
        "tree",
        "-p",
        "app",
        "--edges",
        "normal",
        "--target",
        tools::WASM,
    ]);
    // Leptos names regex for reading its own settings on a server; the linker drops it from the app.
    tree.args(["--prune", "leptos_config"]);
    let listing = tools::output(tree.args(["--prefix", "none", "--format", "{p}"]))?;
    let mut found: Vec<_> = listing
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| FORBIDDEN_IN_APP.contains(name))
        .collect();
    found.sort_unstable();
    found.dedup();
    if !found.is_empty() {
        bail!("the app may not depend on {}", found.join(", "));
    }
    Ok(())
}

/// Runs the journeys against the server as it is built for this machine.
fn journeys() -> anyhow::Result<()> {
    let mut server = tools::cargo();
    // Asked for beside the others, it is built upon the very dependencies that the unit tests were.
    tools::run(server.arg("build").args(UNITS).args(["--bin", "jihe"]))?;
    site::contract()?;
    axe::fetch()?;
    let mut test = tools::cargo();
    test.args(["test", "-p", "tests", "--test", "browser"]);
    // A journey mostly waits for what it did; more than two would starve one another.
    tools::run(test.args(["--", "--test-threads", "2"]))
}
