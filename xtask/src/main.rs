//! The commands of this repository, so that a fresh machine needs nothing but Rust.
//!
//! Each command is one file; what two of them share is in `site` (the built app) and `tools`
//! (what must be on the machine). To add a command, add a file and one line to `Command`.

mod axe;
mod bench;
mod calendar;
mod forward;
mod fuzz;
mod parts;
mod pictures;
mod pinyin;
mod python;
mod serve;
mod simulate;
mod site;
mod style;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, serves and proves Jihe.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the app and the server and serves them on this machine.
    Serve(serve::Options),
    /// Runs everything that must hold before a change lands.
    Test(test::Options),
    /// Runs the simulator on one seed, or on many.
    Simulate(simulate::Options),
    /// Feeds the readers of files with what chance makes, for so many seconds each.
    Fuzz(fuzz::Options),
    /// Measures what a first visit loads and how fast commands are taken.
    Bench,
    /// Builds the app as it is shipped into target/site.
    Site,
    /// Makes the table of pinyin initials anew, from the readings that docs/sources.md names.
    Pinyin,
    /// Takes the README's pictures anew.
    Pictures,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(options) => serve::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Simulate(options) => simulate::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Bench => bench::run(),
        Command::Pictures => pictures::run(),
        Command::Site => site::build(site::Build::Release).map(|_| ()),
        Command::Pinyin => pinyin::write(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
