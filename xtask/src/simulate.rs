//! `cargo xtask simulate`: the simulator on one seed, or on many.
//!
//! The simulation test reads `JIHE_SEED` (replay this one) and `JIHE_SEEDS` (run so many); it is
//! built with the deliberate bugs in reach, as in `cargo xtask test`, so one binary serves both.

use std::process::Command;

use clap::Args;

use crate::tools;

/// What to simulate.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Options {
    /// The seed to replay, with every step told.
    seed: Option<u64>,
    /// How many seeds to run.
    #[arg(long)]
    seeds: Option<u32>,
}

/// Runs the simulator as asked.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let mut command = test_command();
    if let Some(seed) = options.seed {
        command.env("JIHE_SEED", seed.to_string());
    }
    if let Some(seeds) = options.seeds {
        command.env("JIHE_SEEDS", seeds.to_string());
    }
    // The deliberate bugs have seeds of their own and would drown what this one tells.
    command.args([
        "--",
        "--nocapture",
        "--skip",
        "bugs::",
        "--skip",
        "conformance::",
    ]);
    tools::run(&mut command)
}

/// The cargo command that builds and runs the simulation.
pub(crate) fn test_command() -> Command {
    let mut command = tools::cargo();
    command.args([
        "test",
        "-p",
        "tests",
        "--profile",
        "simulation",
        "--test",
        "simulation",
    ]);
    command.args(["--features", "deliberate-bugs"]);
    command
}
