//! Running: open the store, load the site, listen, and stop cleanly when told to.
//!
//! With a certificate there are two doors: the one of https, and the plain one, which leads there.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum_server::Handle;
use tokio::net::TcpListener;
use tokio::signal;

use crate::clock::Clock;
use crate::config::Config;
use crate::housekeeping;
use crate::jobs;
use crate::keep;
use crate::plain;
use crate::router::router;
use crate::site::Site;
use crate::state::AppState;
use crate::store;
use crate::store::sqlite::Sqlite;
use crate::timers;
use crate::tls::current::{self as tls, Tls};

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
    let tls = if speaks_tls(&config) {
        let tls = Tls::open(&config.store.data, config.tls.port);
        let tls = tls.map_err(|failure| store::Error::Broken(failure.to_string()))?;
        Some(Arc::new(tls))
    } else {
        None
    };
    let store = open_store(&config.store.data, clock.as_ref()).await?;
    let state = AppState::new(config, clock, store, site);
    Ok(AppState { tls, ..state })
}

/// Where requests are heard.
#[derive(Debug)]
pub struct Listeners {
    plain: TcpListener,
    secure: Option<TcpListener>,
}

/// Begins to listen where the settings say, and notes there which ports the machine chose.
pub async fn listen(config: &mut Config) -> io::Result<Listeners> {
    let ip = if config.http.lan {
        Ipv4Addr::UNSPECIFIED
    } else {
        Ipv4Addr::LOCALHOST
    };
    let bind = |port: u16| TcpListener::bind(SocketAddr::from((ip, port)));
    let plain = bind(config.http.port).await?;
    config.http.port = plain.local_addr()?.port();
    let secure = if speaks_tls(config) {
        let secure = bind(config.tls.port).await?;
        config.tls.port = secure.local_addr()?.port();
        Some(secure)
    } else {
        None
    };
    Ok(Listeners { plain, secure })
}

/// Whether https is wanted and there is something to speak it with.
pub fn speaks_tls(config: &Config) -> bool {
    config.tls.on && tls::is_made(&config.store.data)
}

/// Serves until the process is told to stop, then lets requests end and closes the store.
pub async fn serve(state: AppState, listeners: Listeners, stop: Stop) -> io::Result<()> {
    let (sync, store) = (state.sync.clone(), state.store.clone());
    let keeping = tokio::spawn(housekeeping::daily(state.clone()));
    let jobs = tokio::spawn(jobs::keep_going(state.clone()));
    let timers = tokio::spawn(timers::keep_going(state.clone()));
    let handles = [Handle::new(), Handle::new()];
    let told = {
        let handles = handles.clone();
        tokio::spawn(async move {
            stop.told().await;
            tracing::info!("stopping");
            sync.stop();
            for handle in handles {
                handle.graceful_shutdown(Some(PATIENCE));
            }
        })
    };
    let result = through_doors(state, listeners, handles).await;
    told.abort();
    keeping.abort();
    jobs.abort();
    timers.abort();
    store.close().await;
    tracing::info!("stopped");
    result
}

/// Serves through both doors, or through the one that there is, until all of them are shut.
///
/// A door is shut by its handle: the first is that of the plain door, the second that of https.
pub async fn through_doors(
    state: AppState,
    listeners: Listeners,
    [plain_handle, secure_handle]: [Handle<SocketAddr>; 2],
) -> io::Result<()> {
    let plain = axum_server::from_tcp(listeners.plain.into_std()?)?;
    let plain = plain.http1_only().handle(plain_handle);
    let (Some(secure), Some(tls)) = (listeners.secure, state.tls.clone()) else {
        return plain.serve(answering(router(state))).await;
    };
    let secure = axum_server::tls_rustls::from_tcp_rustls(secure.into_std()?, tls.rustls.clone())?;
    let secure = secure.http1_only().handle(secure_handle);
    let following = tokio::spawn(tls.follow(state.clock.clone()));
    let plain = plain.serve(answering(plain::router(state.clone())));
    let state = AppState {
        is_secure: true,
        ..state
    };
    let result = tokio::try_join!(plain, secure.serve(answering(router(state))));
    following.abort();
    result.map(drop)
}

fn answering(router: Router) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    router.into_make_service_with_connect_info()
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
