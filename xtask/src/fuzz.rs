//! `cargo xtask fuzz SECONDS`: every fuzz target for so long, one after the other.
//!
//! The targets are tests of `tests/fuzz`; a crash prints the seed that replays it, and the smallest
//! input that leads to it, which is then kept among the target's own.

use std::process::Command;

use clap::Args;

use crate::tools;

/// The targets.
const TARGETS: [&str; 2] = ["reading_a_regime", "importing_a_sheet"];

/// How long.
#[derive(Args)]
pub(crate) struct Options {
    /// Seconds for each target.
    seconds: u64,
}

/// Runs every target.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    TARGETS.iter().try_for_each(|target| {
        eprintln!("\n== {target}: {} s ==", options.seconds);
        tools::run(&mut command(target, options.seconds))
    })
}

/// The short run that is part of `cargo xtask test`.
pub(crate) fn short() -> anyhow::Result<()> {
    run(&Options { seconds: 4 })
}

fn command(target: &str, seconds: u64) -> Command {
    let milliseconds = seconds.saturating_mul(1_000).to_string();
    let mut command = tools::cargo();
    command.env("BOLERO_RANDOM_TEST_TIME_MS", milliseconds);
    // The profile of the simulation: as quick as a release, and overflow still stops it.
    command.args(["test", "-p", "tests", "--profile", "simulation"]);
    // The build of the simulation serves here too: its bugs are off unless they are asked for.
    command.args(["--features", "deliberate-bugs"]);
    command.args(["--test", "fuzz", "--", "--nocapture", target]);
    command
}
