//! A server that speaks TLS: who reaches it, and how it comes by its next certificate.
//!
//! Devices here are real ones: sockets on the loopback interface and the machine's clock.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use ::server::clock::{Clock as _, SteppedClock, SystemClock};
use ::server::config::Config;
use ::server::serve;
use ::server::tls::MOST_DAYS;
use ::server::tls::current::Tls;
use ::server::tls::files::Folder;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use shared::moment::UtcMillis;
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::{founded, parsed};

const DAY: i64 = 86_400_000;

/// A server on loopback ports of its own, ended with the test.
pub(crate) struct Served {
    pub(crate) data: TempDir,
    pub(crate) port: u16,
    pub(crate) tls_port: u16,
    pub(crate) tls: Arc<Tls>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Serves what stands in a data folder.
pub(crate) async fn serve(data: TempDir) -> Served {
    let mut config = Config::default();
    config.store.data = data.path().to_owned();
    config.http.site = data.path().join("site");
    (config.http.port, config.tls.port) = (0, 0);
    std::fs::create_dir(&config.http.site).unwrap();
    std::fs::write(config.http.site.join("index.html"), "<!doctype html>").unwrap();
    let listeners = serve::listen(&mut config).await.unwrap();
    let (port, tls_port) = (config.http.port, config.tls.port);
    let clock = Arc::new(SystemClock);
    let state = serve::build(config, clock).await.unwrap();
    let tls = state.tls.clone().unwrap();
    let serving = tokio::spawn(serve::through_doors(state, listeners, Default::default()));
    Served {
        data,
        port,
        tls_port,
        tls,
        serving,
    }
}

type Connection = StreamOwned<ClientConnection, TcpStream>;

/// Connects as a device that trusts the authority of a data folder, by a name.
fn connect(trusted: &Path, port: u16, name: &str) -> Connection {
    let mut roots = RootCertStore::empty();
    roots
        .add(Folder::of(trusted).certificate().unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    StreamOwned::new(connection, TcpStream::connect(("127.0.0.1", port)).unwrap())
}

/// Asks for a path and reads until the answer's head is there.
fn ask(connection: &mut Connection, path: &str) -> std::io::Result<String> {
    write!(connection, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let (mut answer, mut bytes) = (String::new(), [0; 4096]);
    while !answer.contains("\r\n\r\n") {
        let length = connection.read(&mut bytes)?;
        assert!(length > 0, "the answer ends within its head: {answer}");
        answer += &String::from_utf8_lossy(&bytes[..length]);
    }
    Ok(answer)
}

fn serial(connection: &Connection) -> Vec<u8> {
    connection.conn.peer_certificates().unwrap()[0].to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_trusts_the_authority_reaches_the_server_by_address_and_by_name() {
    let served = serve(founded(&["plans.example"])).await;
    for name in ["127.0.0.1", "localhost", "plans.example"] {
        let mut connection = connect(served.data.path(), served.tls_port, name);
        let answer = ask(&mut connection, "/health").unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{name}: {answer}");
        assert!(answer.contains("content-security-policy"), "{answer}");
        assert!(!answer.contains("strict-transport-security"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_trusts_another_authority_or_meant_another_name_does_not() {
    let served = serve(founded(&[])).await;
    let stranger = founded(&[]);
    let mut connection = connect(stranger.path(), served.tls_port, "localhost");
    let error = ask(&mut connection, "/health").unwrap_err().to_string();
    assert!(
        error.contains("UnknownIssuer") || error.contains("BadSignature"),
        "{error}"
    );
    let mut connection = connect(served.data.path(), served.tls_port, "other.example");
    let error = ask(&mut connection, "/health").unwrap_err().to_string();
    assert!(error.contains("not valid for name"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_renewed_before_it_ends_while_the_server_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let now = SystemClock.now();
    // Of thirty days four are left.
    let then = UtcMillis(now.0 - 25 * DAY);
    ::server::tls::init(data.path(), &parsed(&["plans.example"]), 30, then).unwrap();
    let served = serve(data).await;
    let data = served.data.path();
    // Serving looks at once; from here on every new connection sees what looking left.
    served.tls.look(&SystemClock).unwrap();
    let facts = served.tls.facts();
    assert!(facts.not_after.0 > now.0 + 28 * DAY, "{facts:?}");
    assert_eq!(facts.days(), 30);
    let mut standing = connect(data, served.tls_port, "plans.example");
    ask(&mut standing, "/health").unwrap();
    let before = serial(&standing);
    ::server::tls::renew(data, &[], None, now).unwrap();
    assert!(
        served.tls.look(&SystemClock).unwrap(),
        "a renewal by hand is taken up"
    );
    let mut new = connect(data, served.tls_port, "plans.example");
    ask(&mut new, "/health").unwrap();
    assert_ne!(serial(&new), before);
    ask(&mut standing, "/health").expect("a connection that stands keeps what it began with");
    assert!(
        !served.tls.look(&SystemClock).unwrap(),
        "nothing new, nothing due"
    );
}

#[test]
fn without_the_key_the_certificate_goes_on_and_the_end_is_announced() {
    let data = founded(&[]);
    std::fs::remove_file(data.path().join("tls/authority.key")).unwrap();
    let tls = Tls::open(data.path(), 8443).unwrap();
    let clock = SteppedClock::at(SystemClock.now());
    assert!(!tls.look(&clock).unwrap());
    clock.step(i64::from(MOST_DAYS) * DAY * 3 / 4);
    let failure = tls.look(&clock).unwrap_err().to_string();
    assert!(failure.contains("authority.key"), "{failure}");
}

#[test]
fn a_file_that_was_spoilt_leaves_the_certificate_that_is_shown() {
    let data = founded(&[]);
    let tls = Tls::open(data.path(), 8443).unwrap();
    let facts = tls.facts();
    let file = data.path().join("tls/server.pem");
    std::fs::write(file, "not a certificate").unwrap();
    assert!(tls.look(&SystemClock).is_err());
    assert_eq!(tls.facts(), facts);
    let failure = Tls::open(data.path(), 8443).unwrap_err().to_string();
    assert!(failure.contains("server.pem"), "{failure}");
}
