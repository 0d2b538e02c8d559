//! The certificate that a running server shows: taken up again when its file changes, and renewed
//! before it ends or when the machine has come to another address.
//!
//! Connections that stand keep what they began with; only new ones see a new certificate.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use tokio::time::{MissedTickBehavior, interval};

use super::authority::{self, Facts};
use super::files::{self, Folder};
use super::name::{self, Name};
use super::{Failure, renew};
use crate::clock::Clock;

/// How often the file and the machine's addresses are looked at.
const LOOK: Duration = Duration::from_mins(1);

/// TLS as a running server has it.
#[derive(Debug)]
pub struct Tls {
    data: std::path::PathBuf,
    folder: Folder,
    /// The port on which https is spoken.
    pub port: u16,
    /// What new connections are begun with.
    pub rustls: RustlsConfig,
    /// The authority's certificate.
    pub authority: Vec<u8>,
    /// The same as text.
    pub authority_pem: String,
    /// Its SHA-256 as devices show it.
    pub fingerprint: String,
    shown: Mutex<Shown>,
}

#[derive(Debug)]
struct Shown {
    text: String,
    facts: Facts,
}

/// Whether `jihe tls init` has been here.
pub fn is_made(data: &Path) -> bool {
    Folder::of(data).path().exists()
}

impl Tls {
    /// Reads what `jihe tls init` made, to be spoken on a port.
    pub fn open(data: &Path, port: u16) -> Result<Self, Failure> {
        let folder = Folder::of(data);
        let authority = folder.certificate()?.to_vec();
        let text = folder.read(files::SERVER)?;
        let config = server_config(&folder, &text)?;
        let facts = folder.facts()?;
        Ok(Self {
            data: data.to_owned(),
            port,
            rustls: RustlsConfig::from_config(config),
            fingerprint: authority::fingerprint(&authority),
            authority,
            authority_pem: folder.read(files::AUTHORITY)?,
            shown: Mutex::new(Shown { text, facts }),
            folder,
        })
    }

    /// What the certificate that is shown now states.
    pub fn facts(&self) -> Facts {
        self.shown().facts.clone()
    }

    /// Looks once: renews what is due and takes up what has changed; says whether it took up.
    pub fn look(&self, clock: &dyn Clock) -> Result<bool, Failure> {
        let renewed = self.renew_if_due(clock);
        // A certificate that was renewed by hand is taken up even where renewing here fails.
        let text = self.folder.read(files::SERVER)?;
        let changed = text != self.shown().text;
        if changed {
            let config = server_config(&self.folder, &text)?;
            let facts = self.folder.facts()?;
            self.rustls.reload_from_config(config);
            *self.shown() = Shown { text, facts };
        }
        renewed.map(|()| changed)
    }

    /// Looks again and again, until it is dropped.
    pub async fn follow(self: Arc<Self>, clock: Arc<dyn Clock>) {
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut said = String::new();
        loop {
            looks.tick().await;
            match self.look(clock.as_ref()) {
                Ok(true) => {
                    tracing::info!(until = %self.facts().not_after.day(0), "new certificate");
                }
                Ok(false) => said.clear(),
                Err(failure) => {
                    // The old certificate goes on; one line tells, not one a minute.
                    let words = failure.to_string();
                    if words != said {
                        tracing::warn!(%failure, "the certificate was not renewed");
                    }
                    said = words;
                }
            }
        }
    }

    fn renew_if_due(&self, clock: &dyn Clock) -> Result<(), Failure> {
        let facts = self.folder.facts()?;
        let now = clock.now();
        if !facts.is_due(now) && !self.is_elsewhere(&facts.names) {
            return Ok(());
        }
        match renew(&self.data, &[], None, now) {
            // Without the key the machine's new address has to wait for a person, the end does not.
            Err(Failure::KeyAway(_)) if !facts.is_due(now) => Ok(()),
            renewed => renewed.map(drop),
        }
    }

    /// Whether this machine has an address or a name of which the certificate knows nothing.
    fn is_elsewhere(&self, known: &[Name]) -> bool {
        let mut new = name::of_this_machine();
        new.retain(|name| !known.contains(name));
        // The key is only read where there is something new to be signed.
        !new.is_empty()
            && self
                .folder
                .authority()
                .is_ok_and(|authority| new.iter().any(|name| authority.permits(name)))
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().expect("no holder of the lock panics")
    }
}

fn server_config(folder: &Folder, text: &str) -> Result<Arc<ServerConfig>, Failure> {
    let (certificate, key) = folder.server(text)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let built = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(vec![certificate], key)
        });
    let mut config = built.map_err(|error| folder.unreadable(files::SERVER, &error))?;
    // The same protocol as on the plain port, so that a test of one is a test of both.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
