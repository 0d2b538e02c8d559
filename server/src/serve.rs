//! Running: open the store, load the site, listen, and stop cleanly when told to.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal;

use crate::clock::Clock;
use crate::config::Config;
use crate::housekeeping;
use crate::keep;
use crate::router::router;
use crate::site::Site;
use crate::state::AppState;
use crate::store;
use crate::store::sqlite::Sqlite;

/// The name of the database inside the data folder.
pub const DATABASE: &str = "jihe.db";

/// How long requests that are under way may take after the server was told to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens the database of a data folder; the folder is made where it is missing.
pub async fn open_store(data: &Path, clock: &dyn Clock) -> Result<Sqlite, store::Error> {
    let held = keep::lock(data, false)
        .map_err(|error| store::Error::Broken(format!("{}: {error}", data.display())))?;
    let store = Sqlite::open(&data.join(DATABASE), clock.now()).await?;
    Ok(store.holding(held))
}

/// Builds the server from its settings, without listening yet.
pub async fn build(config: Config, clock: Arc<dyn Clock>) -> Result<AppState, store::Error> {
    let site = Site::load(&config.http.site)
        .map_err(|error| store::Error::Broken(format!("the built site: {error}")))?;
    let store = open_store(&config.store.data, clock.as_ref()).await?;
    Ok(AppState::new(config, clock, store, site))
}

/// Begins to listen where the settings say.
pub async fn listen(config: &Config) -> io::Result<TcpListener> {
    let ip = if config.http.lan {
        Ipv4Addr::UNSPECIFIED
    } else {
        Ipv4Addr::LOCALHOST
    };
    TcpListener::bind(SocketAddr::from((ip, config.http.port))).await
}

/// Serves until the process is told to stop, then lets requests end and closes the store.
pub async fn serve(state: AppState, listener: TcpListener, stop: Stop) -> io::Result<()> {
    let sync = state.sync.clone();
    let store = state.store.clone();
    let keeping = tokio::spawn(housekeeping::daily(state.clone()));
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let told = async move {
        stop.told().await;
        tracing::info!("stopping");
        sync.stop();
        let _ = stopping.send(());
    };
    let serving = axum::serve(listener, service)
        .with_graceful_shutdown(told)
        .into_future();
    let patience = async {
        // A sender that is gone without a word means that serving itself has ended.
        if stopped.await.is_ok() {
            tokio::time::sleep(PATIENCE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let result = tokio::select! {
        result = serving => result,
        () = patience => Ok(()),
    };
    keeping.abort();
    store.close().await;
    tracing::info!("stopped");
    result
}

/// Finds the address under which other machines of the network reach this one.
pub fn lan_address() -> Option<IpAddr> {
    // Connecting a datagram socket sends nothing; it only asks the routing table.
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

/// The ways in which the process is told to stop, heard from the moment this is made.
#[derive(Debug)]
pub struct Stop {
    #[cfg(unix)]
    interrupt: signal::unix::Signal,
    #[cfg(unix)]
    terminate: signal::unix::Signal,
}

impl Stop {
    /// Begins to hear them.
    #[cfg(unix)]
    pub fn listen() -> io::Result<Self> {
        use signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Begins to hear them.
    #[cfg(not(unix))]
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for one of them.
    #[cfg(unix)]
    async fn told(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// Waits for one of them.
    #[cfg(not(unix))]
    async fn told(self) {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
