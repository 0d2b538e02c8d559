//! The server that people talk to: the real program, on a port and a data folder of its own.
//!
//! It is the binary that cargo built beside this test and the site that xtask built.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use sha2::{Digest as _, Sha256};
use shared::evidence::ContentHash;
use tempfile::TempDir;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// What people of the network call the machine. Browsers trust `localhost` without https, so only
/// another name shows what plain http cannot do.
const NAME: &str = "plans.example";
const START: Duration = Duration::from_mins(1);

/// The folder that cargo builds into.
pub(crate) fn built() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    // target/debug/deps/browser-…
    test.ancestors()
        .nth(3)
        .expect("cargo builds tests three folders deep")
        .to_owned()
}

/// The program that looks for barriers in pages.
pub(crate) fn axe() -> String {
    let file = built().join("tools").join("axe.min.js");
    fs::read_to_string(file).expect("axe is fetched; `cargo xtask test` sees to it")
}

/// A running `jihe`.
pub(crate) struct Server {
    data: TempDir,
    port: u16,
    process: Child,
    site: &'static str,
    tls_port: u16,
    /// Where people find it, without a slash at the end.
    pub(crate) address: String,
}

impl Server {
    /// Starts a server with an empty database.
    pub(crate) fn start() -> Self {
        Self::start_with("site", &[])
    }

    /// Starts a server that serves the app with the storage contract in it.
    pub(crate) fn start_with_the_contract() -> Self {
        Self::start_with("site-contract", &[])
    }

    /// Starts a server on which the demo factory was loaded.
    pub(crate) fn start_with_the_demo() -> Self {
        Self::start_with("site", &["--demo=beginning"])
    }

    /// Starts a server on which the demo factory was loaded with its three months.
    pub(crate) fn start_with_three_months() -> Self {
        Self::start_with("site", &["--demo"])
    }

    /// Starts the demo as a machine of the network that people find by its name, in the clear.
    pub(crate) fn start_by_name() -> Self {
        let mut server = Self::start_with("site", &["--demo=beginning"]);
        server.address = format!("http://{NAME}:{}", server.port);
        server
    }

    /// Founds an authority and starts again with its certificate.
    pub(crate) fn moves_to_https(&mut self) {
        self.stop();
        let done = Command::new(program())
            .args(["tls", "init", "--name", NAME, "--data"])
            .arg(self.data.path())
            .stdout(Stdio::null())
            .status();
        assert!(done.is_ok_and(|status| status.success()));
        let tls_port = ["--tls-port", &self.tls_port.to_string()];
        self.process = launch(&self.data, self.port, self.site, &tls_port);
        self.address = format!("https://{NAME}:{}", self.tls_port);
        self.wait();
    }

    /// Where the plain door is.
    pub(crate) fn plain_address(&self) -> String {
        format!("http://{NAME}:{}", self.port)
    }

    /// The authority's certificate as base64.
    pub(crate) fn authority(&self) -> String {
        self.certificate("authority.crt")
    }

    /// The flags of a browser on this network: it finds the machine by its name.
    pub(crate) fn network() -> Vec<String> {
        vec![format!("--host-resolver-rules=MAP {NAME} 127.0.0.1")]
    }

    /// The same, for a browser that trusts the server's certificate by the digest of its key.
    pub(crate) fn trust(&self) -> Vec<String> {
        let base64 = base64::engine::general_purpose::STANDARD;
        let certificate = base64.decode(self.certificate("server.pem"));
        let certificate = certificate.expect("a certificate is written in base64");
        let (_, read) = X509Certificate::from_der(&certificate).expect("a certificate is read");
        let digest = base64.encode(Sha256::digest(read.public_key().raw));
        let mut flags = Self::network();
        flags.push(format!("--ignore-certificate-errors-spki-list={digest}"));
        flags
    }

    /// The first certificate of a file below `tls`, as base64.
    fn certificate(&self, name: &str) -> String {
        let text = fs::read_to_string(self.data.path().join("tls").join(name));
        let text = text.expect("the authority was founded");
        let mut lines = text.lines().skip(1);
        lines
            .by_ref()
            .take_while(|line| !line.starts_with('-'))
            .collect()
    }

    fn start_with(site: &'static str, flags: &[&str]) -> Self {
        let data = TempDir::with_prefix("jihe-data-").expect("a folder for the database");
        let port = free_port();
        let process = launch(&data, port, site, flags);
        let server = Self {
            data,
            port,
            process,
            site,
            tls_port: free_port(),
            address: format!("http://localhost:{port}"),
        };
        server.wait();
        server
    }

    /// The port on which it listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// The bytes that it keeps under a digest.
    pub(crate) fn attachment(&self, hash: ContentHash) -> Vec<u8> {
        let name = hash.to_string();
        let folder = self.data.path().join("attachments").join(&name[..2]);
        fs::read(folder.join(&name)).expect("the server has the file")
    }

    /// Makes a backup while it serves, over an earlier one.
    pub(crate) fn backs_up(&self) {
        let file = self.data.path().join("backup.db");
        for old in [file.clone(), file.with_extension("db.attachments")] {
            // There is none the first time.
            drop(fs::remove_file(&old));
            drop(fs::remove_dir_all(&old));
        }
        let done = Command::new(program())
            .arg("backup")
            .arg(file)
            .arg("--data")
            .arg(self.data.path())
            .stdout(Stdio::null())
            .status();
        assert!(done.is_ok_and(|status| status.success()));
    }

    /// Kills the server with no word of warning and starts it again on its data.
    pub(crate) fn crash_and_restart(&mut self) {
        self.stop();
        self.process = launch(&self.data, self.port, self.site, &[]);
        self.wait();
    }

    /// Goes on with its data some days later.
    pub(crate) fn goes_on_after(&mut self, days: u16) {
        self.stop();
        let ahead = ["--days-ahead", &days.to_string()];
        self.process = launch(&self.data, self.port, self.site, &ahead);
        self.wait();
    }

    fn stop(&mut self) {
        self.process.kill().expect("the server can be killed");
        self.process.wait().expect("a killed process ends");
    }

    fn wait(&self) {
        let begin = Instant::now();
        while !is_healthy(self.port) {
            let log = fs::read_to_string(self.data.path().join("server.log")).unwrap_or_default();
            assert!(begin.elapsed() < START, "the server does not start:\n{log}");
            thread::sleep(Duration::from_millis(25));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
        if thread::panicking() {
            let log = fs::read_to_string(self.data.path().join("server.log")).unwrap_or_default();
            let said: Vec<_> = log
                .lines()
                .filter(|line| !line.contains("\"INFO\""))
                .collect();
            eprintln!("the server said:\n{}", said.join("\n"));
        }
    }
}

/// The program: the one that was built beside this test, unless a bench names a faster one.
fn program() -> PathBuf {
    let named = std::env::var_os("JIHE_SERVER").map(PathBuf::from);
    named.unwrap_or_else(|| built().join("debug").join("jihe"))
}

fn launch(data: &TempDir, port: u16, site: &str, flags: &[&str]) -> Child {
    let program = program();
    let site = built().join(site);
    for (needed, path) in [("the server", &program), ("the site", &site)] {
        assert!(
            path.exists(),
            "{needed} is not built yet: run `cargo xtask test --only journeys`"
        );
    }
    let log = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(data.path().join("server.log"))
        .expect("a file for the log");
    Command::new(program)
        .arg("serve")
        .args(["--port", &port.to_string()])
        .arg("--site")
        .arg(site)
        .arg("--data")
        .arg(data.path())
        .args(flags)
        .stdin(Stdio::null())
        .stdout(
            log.try_clone()
                .expect("a file has two handles that we may hold"),
        )
        .stderr(log)
        .spawn()
        .expect("the server starts")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener
        .local_addr()
        .expect("a listener has an address")
        .port()
}

fn is_healthy(port: u16) -> bool {
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /health HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    // A plain door that leads to https is open when the other is.
    let answers = ["HTTP/1.1 200", "HTTP/1.1 307"];
    asked().is_ok_and(|answer| answers.iter().any(|head| answer.starts_with(head)))
}
