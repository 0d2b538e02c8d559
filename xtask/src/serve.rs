//! `cargo xtask serve`: the app and the server, built and running on this machine.
//!
//! The server process takes this one's place, so that Ctrl-C and signals reach it directly and
//! it stops cleanly, with nothing in between.

use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use crate::site::{self, Build};
use crate::tools;

/// How to serve.
#[derive(Args)]
pub(crate) struct Options {
    /// The TCP port to listen on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder that keeps the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Loads the demo factory when the database is empty: with three months of work behind it, or
    /// (`--demo=beginning`) at its beginning.
    #[arg(long, value_name = "STORY", num_args = 0..=1, require_equals = true,
        default_missing_value = "three-months")]
    demo: Option<String>,
    /// Listens on every interface, for other devices of this network.
    #[arg(long)]
    lan: bool,
    /// Builds the app as it is shipped: smaller, and slower to build.
    #[arg(long)]
    release: bool,
}

/// Builds both sides and serves them until stopped.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let folder = site::build(if options.release {
        Build::Release
    } else {
        Build::Quick
    })?;
    tools::run(tools::cargo().args(["build", "-p", "server", "--bin", "jihe"]))?;
    let mut server = Command::new(tools::target().join("debug").join("jihe"));
    server.arg("serve").arg("--site").arg(folder);
    server
        .arg("--port")
        .arg(options.port.to_string())
        .arg("--data")
        .arg(&options.data);
    if let Some(story) = &options.demo {
        server.arg(format!("--demo={story}"));
    }
    if options.lan {
        server.arg("--lan");
    }
    become_process(&mut server)
}

#[cfg(unix)]
fn become_process(command: &mut Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::new(command.exec()).context("cannot start the server"))
}

#[cfg(not(unix))]
fn become_process(command: &mut Command) -> anyhow::Result<()> {
    tools::run(command)
}
