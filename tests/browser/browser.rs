//! A browser process with a profile of its own, which survives the process.
//!
//! It is started, killed as a power cut would kill it, and started again on what it had kept.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use crate::devtools::DevTools;

const START: Duration = Duration::from_mins(1);
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
    "--force-color-profile=srgb",
];

/// A running Chromium.
pub(crate) struct Browser {
    profile: TempDir,
    process: Child,
    flags: Vec<String>,
    /// The connection to the process that runs now.
    pub(crate) devtools: DevTools,
}

impl Browser {
    /// Starts a browser that has never been used, with flags of its own.
    pub(crate) fn start(flags: Vec<String>) -> Self {
        let profile = TempDir::with_prefix("jihe-browser-").expect("a folder for the profile");
        let (process, devtools) = launch(profile.path(), &flags);
        Self {
            profile,
            process,
            flags,
            devtools,
        }
    }

    /// Kills the process with no word of warning, as a dead battery would, and starts it again.
    ///
    /// The network is as asked before any page or worker of the new process runs.
    pub(crate) fn kill_and_restart(&mut self, offline: bool) {
        self.kill();
        (self.process, self.devtools) = launch(self.profile.path(), &self.flags);
        self.devtools.set_offline(offline);
    }

    /// Closes the browser as its person does, and starts it again.
    ///
    /// The network is as asked before any page or worker of the new process runs.
    pub(crate) fn close_and_restart(&mut self, offline: bool) {
        // The answer may be lost with the connection; that the process ends tells enough.
        drop(self.devtools.ask(None, "Browser.close", json!({})));
        self.process.wait().expect("a closed browser ends");
        (self.process, self.devtools) = launch(self.profile.path(), &self.flags);
        self.devtools.set_offline(offline);
    }

    fn kill(&mut self) {
        // The whole group, which is ours alone: helpers that outlive the browser hold its files.
        let group = format!("-{}", self.process.id());
        let killed = Command::new("kill").args(["-9", "--", &group]).status();
        assert!(
            killed.is_ok_and(|status| status.success()),
            "the browser can be killed"
        );
        self.process.wait().expect("a killed process ends");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.kill();
    }
}

fn program() -> PathBuf {
    if let Some(program) = std::env::var_os("CHROMIUM") {
        return program.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut files = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .filter(|file| file.is_file());
    files
        .next()
        .expect("Chromium is installed; `cargo xtask test` sees to it")
}

fn launch(profile: &Path, flags: &[String]) -> (Child, DevTools) {
    // Left by a killed process, it would name a port where nobody listens any more.
    let announcement = profile.join("DevToolsActivePort");
    drop(fs::remove_file(&announcement));
    let log = fs::File::create(profile.join("browser.log")).expect("a file for the log");
    let mut process = Command::new(program())
        .args(FLAGS)
        .args(flags)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg("about:blank")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("the browser starts");
    let begin = Instant::now();
    loop {
        let told = fs::read_to_string(&announcement).unwrap_or_default();
        let mut lines = told.lines();
        if let (Some(Ok(port)), Some(path)) = (lines.next().map(str::parse), lines.next()) {
            return (process, DevTools::connect(port, path));
        }
        let ended = process.try_wait().expect("a child can be asked").is_some();
        if ended || begin.elapsed() > START {
            let log = fs::read_to_string(profile.join("browser.log")).unwrap_or_default();
            panic!("the browser does not start:\n{log}");
        }
        thread::sleep(Duration::from_millis(20));
    }
}
