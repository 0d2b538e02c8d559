//! What handlers may touch: settings, clock, store, and the few things kept in memory.

use std::sync::Arc;

use tokio::sync::{Mutex, Semaphore};

use crate::auth::password::Passwords;
use crate::auth::throttle::Throttle;
use crate::clock::Clock;
use crate::config::Config;
use crate::site::Site;
use crate::store::sqlite::Sqlite;
use crate::sync::Sync;
use crate::tls::current::Tls;
use crate::whatif::WhatIfs;

/// The server as its handlers see it; cloning shares everything.
#[derive(Clone)]
pub struct AppState {
    /// The settings.
    pub config: Arc<Config>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What is kept.
    pub store: Sqlite,
    /// Pushes, pulls and pokes.
    pub sync: Sync,
    /// Password hashing.
    pub passwords: Passwords,
    /// Failed sign-ins by login.
    pub login_throttle: Arc<Throttle>,
    /// Failed sign-ins by address.
    pub address_throttle: Arc<Throttle>,
    /// Places for sync requests that are served at the same time.
    pub sync_places: Arc<Semaphore>,
    /// Places for attachments that are handed in or read at the same time.
    pub attachment_places: Arc<Semaphore>,
    /// Periods under other regimes, as people try them.
    pub what_ifs: WhatIfs,
    /// Held while the installation begins, so that it begins once.
    pub installing: Arc<Mutex<()>>,
    /// The built site.
    pub site: Arc<Site>,
    /// The certificate of this server, where it has one.
    pub tls: Option<Arc<Tls>>,
    /// Whether what is sent to these people travels encrypted, by this server or a proxy.
    pub is_secure: bool,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(config: Config, clock: Arc<dyn Clock>, store: Sqlite, site: Site) -> Self {
        let limits = &config.limits;
        let window = limits.failure_window;
        Self {
            login_throttle: Arc::new(Throttle::new(limits.failures_per_login, window)),
            address_throttle: Arc::new(Throttle::new(limits.failures_per_address, window)),
            sync_places: Arc::new(Semaphore::new(limits.sync_at_once)),
            attachment_places: Arc::new(Semaphore::new(limits.attachments_at_once)),
            what_ifs: WhatIfs::new(limits.what_ifs_at_once),
            sync: Sync::start(store.clone(), clock.clone()),
            passwords: Passwords::default(),
            installing: Arc::default(),
            site: Arc::new(site),
            tls: None,
            is_secure: config.http.behind_tls,
            config: Arc::new(config),
            clock,
            store,
        }
    }
}
