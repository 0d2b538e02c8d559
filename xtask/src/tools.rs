//! What must be on the machine, and how it gets there.
//!
//! Whatever is missing is installed by the usual way, then through Debian's registry as root;
//! when neither can be, the command fails with one sentence that says what to install.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// The target that the app is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

const DEBIAN_TOOLCHAIN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const CARGO_DENY: &str = "0.20.2";
const DEBIAN_BROWSER: [&str; 2] = ["chromium", "fonts-noto-cjk"];

/// The toolchain that can build for [`WASM`] on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WasmToolchain {
    /// The toolchain of `rust-toolchain.toml`, with the target's standard library.
    Own,
    /// Debian's toolchain, which builds the standard library from its source.
    Debian,
}

impl WasmToolchain {
    /// A cargo command of this toolchain; the caller adds the subcommand and its flags.
    pub(crate) fn cargo(self, subcommand: &str) -> Command {
        match self {
            Self::Own => {
                let mut command = cargo();
                command.arg(subcommand);
                command
            }
            Self::Debian => {
                let mut command = Command::new("/usr/bin/cargo");
                command
                    .current_dir(root())
                    .env("PATH", "/usr/bin:/bin")
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env_remove("RUSTUP_TOOLCHAIN")
                    .env_remove("CARGO")
                    .env_remove("RUSTC")
                    .args([subcommand, "-Z", "build-std=std,panic_abort"]);
                command
            }
        }
    }
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .expect("xtask is a folder of the workspace")
        .to_owned()
}

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that runs this command, started in the root of the workspace.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end, with its output on the screen.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", line(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command to its end and returns what it printed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", line(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", line(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn quiet(command: &mut Command) -> Option<String> {
    let output = command
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Finds a toolchain for the app, installing one when there is none.
pub(crate) fn wasm_toolchain() -> anyhow::Result<WasmToolchain> {
    if own_target_is_present() {
        return Ok(WasmToolchain::Own);
    }
    eprintln!("The target {WASM} is missing; asking rustup for it.");
    let mut rustup = Command::new("rustup");
    if quiet(rustup.current_dir(root()).args(["target", "add", WASM])).is_some()
        && own_target_is_present()
    {
        return Ok(WasmToolchain::Own);
    }
    let debian = || {
        Path::new("/usr/bin/cargo").exists()
            && quiet(Command::new("dpkg").arg("-s").args(DEBIAN_TOOLCHAIN)).is_some()
    };
    if debian() || (install(&DEBIAN_TOOLCHAIN).is_ok() && debian()) {
        return Ok(WasmToolchain::Debian);
    }
    bail!(
        "Install the WebAssembly target: `rustup target add {WASM}`, or on Debian as root \
         `apt-get install {}`.",
        DEBIAN_TOOLCHAIN.join(" ")
    )
}

fn own_target_is_present() -> bool {
    let mut rustc = Command::new("rustc");
    rustc
        .current_dir(root())
        .args(["--print", "target-libdir", "--target", WASM]);
    quiet(&mut rustc).is_some_and(|folder| {
        std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
    })
}

/// Sees to a browser and to Chinese glyphs for the journeys.
pub(crate) fn browser() -> anyhow::Result<()> {
    if !browser_is_present() {
        eprintln!("Chromium or Chinese fonts are missing; installing them.");
        let installed = install(&DEBIAN_BROWSER);
        if !browser_is_present() {
            let packages = DEBIAN_BROWSER.join(" ");
            bail!(
                "Install Chromium and a Chinese font for the browser journeys: on Debian as root \
                 `apt-get install {packages}`.{}",
                installed
                    .err()
                    .map(|error| format!(" ({error:#})"))
                    .unwrap_or_default()
            );
        }
    }
    Ok(())
}

fn browser_is_present() -> bool {
    let chromium = std::env::var_os("CHROMIUM").is_some()
        || ["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .any(|name| on_path(name).is_some());
    let glyphs = quiet(Command::new("fc-list").args([":lang=zh", "family"]));
    chromium && glyphs.is_some_and(|families| !families.is_empty())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The program that checks licences, built into the target folder when it is not there yet.
pub(crate) fn cargo_deny() -> anyhow::Result<PathBuf> {
    let folder = target().join("tools");
    let program = folder.join("bin").join("cargo-deny");
    if !program.exists() {
        let mut install = cargo();
        // It runs for a second; what is optimised away would have been compiled for a minute.
        install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        install.env("CARGO_PROFILE_RELEASE_LTO", "off");
        install.args([
            "install",
            "cargo-deny",
            "--version",
            CARGO_DENY,
            "--locked",
            "--root",
        ]);
        run(install.arg(&folder))?;
    }
    Ok(program)
}

/// Installs Debian packages when this is Debian and root runs it.
pub(crate) fn install(packages: &[&str]) -> anyhow::Result<()> {
    if on_path("apt-get").is_none() {
        bail!("there is no apt-get on this machine");
    }
    if quiet(Command::new("id").arg("-u")).as_deref() != Some("0") {
        bail!("only root may install packages");
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null());
        command
    };
    run(apt().args(["update", "--quiet"]))?;
    run(apt()
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages))
}
