//! Settings: one struct per section, each with its default; `config.example.toml` lists them all.
//!
//! A file that names an unknown setting is refused, so that a slip of the pen is never silent.
//!
//! To add a setting, add a field with its default here and a line to the example.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where and how requests are heard.
    pub http: Http,
    /// How https is spoken.
    pub tls: Tls,
    /// Where the data lies.
    pub store: Store,
    /// How long people stay signed in.
    pub session: Session,
    /// How much is taken on.
    pub limits: Limits,
}

/// Where and how requests are heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Http {
    /// The port; 0 lets the machine choose.
    pub port: u16,
    /// Whether other machines are heard, or this one alone.
    pub lan: bool,
    /// Whether a proxy in front speaks TLS; the cookie is then marked `Secure`.
    pub behind_tls: bool,
    /// The folder of the built site.
    pub site: PathBuf,
}

/// How https is spoken, once `jihe tls init` has made a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// Whether it is spoken where there is a certificate.
    pub on: bool,
    /// The port of https; 0 lets the machine choose. The other port then only leads here.
    pub port: u16,
}

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Store {
    /// The folder of the database; it is made where it is missing.
    pub data: PathBuf,
    /// Days after which it is forgotten that a row is gone; a device that was away longer gets
    /// what it holds anew.
    pub removal_days: u32,
    /// Days after which it is forgotten when a command arrived that was never recorded.
    pub arrival_days: u32,
    /// Days after which a file is forgotten that nothing names.
    pub attachment_days: u32,
}

/// How long people stay signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// Days without use after which a session ends.
    pub idle_days: u32,
}

/// How much is taken on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one push, its envelope included.
    pub push_bytes: usize,
    /// Bytes of one question what changed: a device names all partitions that it holds.
    pub pull_bytes: usize,
    /// Bytes of one imported file.
    pub import_bytes: usize,
    /// Sync requests served at the same time.
    pub sync_at_once: usize,
    /// Files that are handed in or read at the same time; each is held in memory meanwhile.
    pub attachments_at_once: usize,
    /// Periods that are tried under other regimes at the same time.
    pub what_ifs_at_once: usize,
    /// Bytes of all files that one person handed in.
    pub attachment_bytes_of_person: u64,
    /// Bytes of all files.
    pub attachment_bytes_in_all: u64,
    /// Failed sign-ins of one login within the window.
    pub failures_per_login: u32,
    /// Failed sign-ins from one address within the window.
    pub failures_per_address: u32,
    /// The window of failed sign-ins, in seconds.
    pub failure_window: u32,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            port: 8080,
            lan: false,
            behind_tls: false,
            site: "target/site".into(),
        }
    }
}

impl Default for Tls {
    fn default() -> Self {
        Self {
            on: true,
            port: 8443,
        }
    }
}

impl Default for Store {
    fn default() -> Self {
        Self {
            data: "data".into(),
            removal_days: 90,
            arrival_days: 400,
            attachment_days: 30,
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_days: 30 }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            push_bytes: 320 * 1024,
            pull_bytes: 1024 * 1024,
            import_bytes: 16 * 1024 * 1024,
            sync_at_once: 64,
            attachments_at_once: 16,
            what_ifs_at_once: 2,
            attachment_bytes_of_person: 2 * 1024 * 1024 * 1024,
            attachment_bytes_in_all: 50 * 1024 * 1024 * 1024,
            failures_per_login: 10,
            failures_per_address: 60,
            failure_window: 300,
        }
    }
}

impl Config {
    /// Reads settings as text; what is not named keeps its default.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
