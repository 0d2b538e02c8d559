//! The command line of Jihe: serving, importing, and keeping the data.
//!
//! It reads the settings, says on the terminal what a person needs to know, and leaves the work to
//! the library.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use fast_qr::QRBuilder;
#[cfg(debug_assertions)]
use server::clock::DaysAhead;
use server::clock::{Clock, SystemClock};
use server::config::{self, Config};
use server::error::ApiError;
use server::installation::DemoStory;
use server::state::AppState;
use server::{housekeeping, import, installation, keep, quarantine, serve, telemetry, tls, words};

/// Plans and their reviews.
#[derive(Parser)]
#[command(name = "jihe", version)]
struct Line {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Serves the app and its data.
    Serve(Serve),
    /// Imports a sheet of plan items; without --confirm it only shows what would happen.
    Import(Import),
    /// Copies the database to a file, while it is served, and checks the copy.
    Backup(Backup),
    /// Puts a backup in the place of the database; devices then hand in again what it lacks.
    Restore(Restore),
    /// Executes the log from zero and compares what comes of it with what is kept.
    Check(Check),
    /// Makes a private authority and a certificate, so that phones of this network open the app
    /// offline.
    Tls {
        #[command(subcommand)]
        act: TlsAct,
    },
    /// Shows what was kept unexecuted, or releases one of it; may be served meanwhile.
    Quarantine(Quarantine),
    /// Forgets old removals and arrivals now, as a server does every day; may be served meanwhile.
    Prune(Prune),
}

#[derive(Subcommand)]
enum TlsAct {
    /// Founds the authority and certifies this machine; --renew certifies it anew.
    Init(TlsInit),
}

#[derive(Args)]
struct TlsInit {
    /// The folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// A host name or address under which devices reach this machine, beside those it has.
    #[arg(long)]
    name: Vec<tls::name::Name>,
    /// Days for which the certificate is good; a server renews it before.
    #[arg(long, value_parser = clap::value_parser!(u16)
        .range(i64::from(tls::LEAST_DAYS)..=i64::from(tls::MOST_DAYS)))]
    days: Option<u16>,
    /// Makes a new server certificate from the authority that is there.
    #[arg(long)]
    renew: bool,
}

#[derive(Args)]
struct Serve {
    /// A file of settings; see config.example.toml.
    #[arg(long)]
    config: Option<PathBuf>,
    /// The folder of the built site.
    #[arg(long)]
    site: Option<PathBuf>,
    /// The port; 0 lets the machine choose.
    #[arg(long)]
    port: Option<u16>,
    /// The port of https, where there is a certificate; 0 lets the machine choose.
    #[arg(long)]
    tls_port: Option<u16>,
    /// The folder of the database.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Loads the demo factory into an empty installation: with three months of work behind it, or
    /// at its beginning.
    #[arg(long, value_name = "STORY", num_args = 0..=1, require_equals = true,
        default_missing_value = "three-months")]
    demo: Option<DemoStory>,
    /// Lets other machines of the network in, and shows the address as a code to scan.
    #[arg(long)]
    lan: bool,
    /// Serves as if it were so many days later; only builds for development have this.
    #[cfg(debug_assertions)]
    #[arg(long, hide = true, default_value_t = 0)]
    days_ahead: u16,
}

#[derive(Args)]
struct Import {
    /// The sheet: CSV in UTF-8 or GBK.
    file: PathBuf,
    /// The month, as in 2026-11, for a sheet of one month.
    #[arg(long, default_value = "")]
    period: String,
    /// A JSON file of choices: year, month, what names of units mean, who holds the posts.
    #[arg(long)]
    choices: Option<PathBuf>,
    /// The folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Applies what the preview shows, all or nothing.
    #[arg(long)]
    confirm: bool,
}

#[derive(Args)]
struct Backup {
    /// The file to make; it must not exist.
    file: PathBuf,
    /// The folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
}

#[derive(Args)]
struct Restore {
    /// The backup.
    file: PathBuf,
    /// The folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Sets a database that stands there aside and takes its place.
    #[arg(long)]
    replace: bool,
}

#[derive(Args)]
struct Check {
    /// The folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
}

#[derive(Args)]
struct Quarantine {
    /// The id of the command to execute now, as its author; without it they are listed.
    #[arg(long)]
    release: Option<String>,
    /// The folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
}

#[derive(Args)]
struct Prune {
    /// The folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Days after which it is forgotten that a row is gone.
    #[arg(long, default_value_t = config::Store::default().removal_days)]
    removal_days: u32,
    /// Days after which it is forgotten when a command arrived that was never recorded.
    #[arg(long, default_value_t = config::Store::default().arrival_days)]
    arrival_days: u32,
    /// Days after which a file is forgotten that nothing names.
    #[arg(long, default_value_t = config::Store::default().attachment_days)]
    attachment_days: u32,
}

/// What ends the program with a sentence.
struct Failure(String);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(words::of(&error))
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let act = Line::parse().act;
    // At the terminal the answer is what counts; a server tells what it does.
    telemetry::start(if matches!(act, Act::Serve(_)) {
        "info"
    } else {
        "warn"
    });
    let done = match act {
        Act::Serve(serve) => run_server(serve).await,
        Act::Import(import) => run_import(import).await,
        Act::Backup(Backup { file, data }) => told(keep::back_up(&data, &file, &SystemClock).await),
        Act::Restore(Restore {
            file,
            data,
            replace,
        }) => told(keep::restore(&file, &data, replace, &SystemClock).await),
        Act::Tls {
            act: TlsAct::Init(init),
        } => run_tls_init(init),
        Act::Prune(prune) => run_prune(prune).await,
        Act::Quarantine(quarantine) => run_quarantine(quarantine).await,
        Act::Check(Check { data }) => told(keep::check(&data, &SystemClock).await),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(sentence)) => {
            let _ = writeln!(io::stderr(), "jihe: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Says on the terminal what was done.
fn told<T: std::fmt::Display>(done: Result<T, keep::Failure>) -> Result<(), Failure> {
    let done = done.map_err(|failure| Failure(failure.to_string()))?;
    writeln!(io::stdout(), "{done}")?;
    Ok(())
}

async fn run_server(flags: Serve) -> Result<(), Failure> {
    let mut config = match &flags.config {
        Some(path) => read_config(path)?,
        None => Config::default(),
    };
    config.http.site = flags.site.unwrap_or(config.http.site);
    config.http.port = flags.port.unwrap_or(config.http.port);
    config.tls.port = flags.tls_port.unwrap_or(config.tls.port);
    config.store.data = flags.data.unwrap_or(config.store.data);
    config.http.lan |= flags.lan;
    // Whoever reads the address may tell the server to stop at once.
    let stop = serve::Stop::listen()?;
    let listeners = serve::listen(&mut config).await?;
    #[cfg(debug_assertions)]
    let clock = DaysAhead(flags.days_ahead);
    #[cfg(not(debug_assertions))]
    let clock = SystemClock;
    let state = serve::build(config, Arc::new(clock))
        .await
        .map_err(ApiError::from)?;
    let mut out = io::stdout();
    if let Some(story) = flags.demo
        && !installation::is_ready(&state).await?
    {
        let demo = installation::load_demo(&state, story).await?;
        writeln!(out, "{demo}")?;
    }
    // In one piece, for whoever reads no further than the address.
    out.write_all(doors(&state).as_bytes())?;
    out.flush()?;
    serve::serve(state, listeners, stop).await?;
    Ok(())
}

fn read_config(path: &Path) -> Result<Config, Failure> {
    let text = std::fs::read_to_string(path)?;
    Config::parse(&text).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

/// Says where the server is found, and on a network also as a code to scan.
fn doors(state: &AppState) -> String {
    let port = state.config.http.port;
    // A new device learns at the plain door whom to trust, so that is where the code leads.
    let (mut said, path) = match &state.tls {
        Some(tls) => (
            format!(
                "Jihe listens on https://localhost:{}\n\
                 New devices begin at http://localhost:{port}/install\n\
                 Fingerprint (SHA-256) of the authority:\n{}\n",
                tls.port, tls.fingerprint
            ),
            "/install",
        ),
        None => (format!("Jihe listens on http://localhost:{port}\n"), ""),
    };
    if !state.config.http.lan {
        return said;
    }
    let Some(ip) = serve::lan_address() else {
        return said + "No network was found; other machines cannot reach this one.\n";
    };
    let address = format!("http://{ip}:{port}{path}");
    said.extend(["Other machines of this network: ", &address, "\n"]);
    // An address is far shorter than what a code holds; without a code it can still be typed.
    if let Ok(code) = QRBuilder::new(address).build() {
        said.extend([&code.to_str(), "\n"]);
    }
    if state.tls.is_none() {
        said +=
            "Over plain http devices cannot open the app offline; `jihe tls init` changes that.\n";
    }
    said
}

fn run_tls_init(flags: TlsInit) -> Result<(), Failure> {
    let (data, names, now) = (&flags.data, &flags.name, SystemClock.now());
    let made = if flags.renew {
        tls::renew(data, names, flags.days, now)
    } else {
        tls::init(data, names, flags.days.unwrap_or(tls::MOST_DAYS), now)
    };
    let made = made.map_err(|failure| Failure(failure.to_string()))?;
    writeln!(io::stdout(), "{made}")?;
    Ok(())
}

async fn run_quarantine(flags: Quarantine) -> Result<(), Failure> {
    let mut out = io::stdout();
    match flags.release {
        Some(command) => {
            let released = quarantine::release(&flags.data, &command, &SystemClock).await?;
            writeln!(out, "{released}")?;
        }
        None => writeln!(
            out,
            "{}",
            quarantine::list(&flags.data, &SystemClock).await?
        )?,
    }
    Ok(())
}

async fn run_prune(flags: Prune) -> Result<(), Failure> {
    let store = serve::open_store(&flags.data, &SystemClock).await;
    let store = store.map_err(ApiError::from)?;
    let settings = config::Store {
        data: flags.data,
        removal_days: flags.removal_days,
        arrival_days: flags.arrival_days,
        attachment_days: flags.attachment_days,
    };
    let forgotten = housekeeping::forget(&store, &settings, SystemClock.now()).await;
    let forgotten = forgotten.map_err(ApiError::from)?;
    store.close().await;
    writeln!(io::stdout(), "{forgotten}")?;
    Ok(())
}

async fn run_import(flags: Import) -> Result<(), Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let bytes = std::fs::read(&flags.file)?;
    let store = serve::open_store(&flags.data, clock.as_ref())
        .await
        .map_err(ApiError::from)?;
    let choices = match &flags.choices {
        Some(path) => Some(server::read::parse(&std::fs::read(path)?)?),
        None => None,
    };
    let (period, confirm) = (&flags.period, flags.confirm);
    let told = import::from_terminal(store, clock, &bytes, period, choices, confirm).await?;
    writeln!(io::stdout(), "{told}")?;
    Ok(())
}
