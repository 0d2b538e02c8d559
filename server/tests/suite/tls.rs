//! The private authority: what it writes, what it may sign, and what renewal keeps.

pub(crate) mod current;
mod name;

use std::path::Path;

use ::server::clock::{Clock as _, SystemClock};
use ::server::tls::authority::Authority;
use ::server::tls::files::Folder;
use ::server::tls::name::Name;
use ::server::tls::{self, Failure, MOST_DAYS};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tempfile::TempDir;
use x509_parser::prelude::{FromDer as _, X509Certificate};

const FILES: [&str; 4] = ["authority.crt", "authority.key", "names.txt", "server.pem"];

/// A data folder in which the authority was founded today.
pub(crate) fn founded(names: &[&str]) -> TempDir {
    let data = tempfile::tempdir().unwrap();
    tls::init(data.path(), &parsed(names), MOST_DAYS, SystemClock.now()).unwrap();
    data
}

pub(crate) fn parsed(names: &[&str]) -> Vec<Name> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}

fn files(data: &Path) -> Vec<Vec<u8>> {
    FILES
        .map(|name| std::fs::read(data.join("tls").join(name)).unwrap())
        .to_vec()
}

fn authority(data: &Path) -> Authority {
    Folder::of(data).authority().unwrap()
}

/// Asks, as a device that trusts the authority would, whether a certificate is good for a name.
fn accepts(data: &Path, server: &str, name: &str) -> Result<(), rustls::Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(Folder::of(data).certificate().unwrap()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let verifier =
        rustls::client::WebPkiServerVerifier::builder_with_provider(roots.into(), provider)
            .build()
            .unwrap();
    let certificate = CertificateDer::from_pem_slice(server.as_bytes()).unwrap();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    rustls::client::danger::ServerCertVerifier::verify_server_cert(
        verifier.as_ref(),
        &certificate,
        &[],
        &name,
        &[],
        UnixTime::now(),
    )
    .map(drop)
}

#[test]
fn init_certifies_this_machine_for_at_most_397_days() {
    let data = founded(&["plans.example"]);
    let folder = Folder::of(data.path());
    let text = folder.read("server.pem").unwrap();
    let (der, _) = folder.server(&text).unwrap();
    let (_, certificate) = X509Certificate::from_der(&der).unwrap();
    let usage = certificate.extended_key_usage().unwrap().unwrap().value;
    assert!(usage.server_auth && !usage.client_auth && !usage.any);
    assert!(!certificate.is_ca());
    let facts = folder.facts().unwrap();
    let names: Vec<_> = facts.names.iter().map(Name::to_string).collect();
    for name in ["plans.example", "localhost", "127.0.0.1", "::1"] {
        assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
    }
    let host = gethostname::gethostname().to_string_lossy().to_lowercase();
    if host.parse::<Name>().is_ok() {
        let short = host.split('.').next().unwrap();
        assert!(
            names.contains(&host) && names.contains(&format!("{short}.local")),
            "{names:?}"
        );
    }
    assert_eq!(facts.days(), 397);
    assert!(
        facts.not_before < SystemClock.now(),
        "for clocks that are behind"
    );
}

#[test]
fn the_authority_may_speak_for_this_machine_and_private_addresses_alone() {
    let data = founded(&["plans.example"]);
    let der = Folder::of(data.path()).certificate().unwrap();
    let (_, certificate) = X509Certificate::from_der(&der).unwrap();
    let basic = certificate.basic_constraints().unwrap().unwrap();
    assert!(basic.critical && basic.value.ca && basic.value.path_len_constraint == Some(0));
    assert!(certificate.name_constraints().unwrap().unwrap().critical);
    let validity = certificate.validity();
    let days = (validity.not_after.timestamp() - validity.not_before.timestamp()) / 86_400;
    assert_eq!(
        days, 3651,
        "ten years, and the day for clocks that are behind"
    );
    let authority = authority(data.path());
    for (name, permitted) in [
        ("plans.example", true),
        ("new.plans.example", true),
        ("another.local", true),
        ("192.168.200.7", true),
        ("10.1.2.3", true),
        ("fd00::7", true),
        ("bank.example", false),
        ("notplans.example", false),
        ("example", false),
        ("8.8.8.8", false),
        ("2001:db8::1", false),
    ] {
        assert_eq!(authority.permits(&parsed(&[name])[0]), permitted, "{name}");
        // Whatever somebody with the key signs, devices hold it to what the authority may say.
        let signed = authority
            .issue(&parsed(&[name]), 30, SystemClock.now())
            .unwrap();
        assert_eq!(
            accepts(data.path(), &signed, name).is_ok(),
            permitted,
            "{name}"
        );
    }
}

#[cfg(unix)]
#[test]
fn keys_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = founded(&[]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = data.path().join("tls");
    assert_eq!(mode(&folder), 0o700);
    for name in ["authority.key", "server.pem"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    tls::renew(data.path(), &[], None, SystemClock.now()).unwrap();
    assert_eq!(mode(&folder.join("server.pem")), 0o600, "after a renewal");
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        FILES.len(),
        "nothing is left over"
    );
}

#[test]
fn init_overwrites_nothing_and_of_two_at_once_one_wins() {
    let data = founded(&[]);
    let before = files(data.path());
    let again = tls::init(data.path(), &[], MOST_DAYS, SystemClock.now());
    assert!(matches!(again, Err(Failure::Exists(_))), "{again:?}");
    assert_eq!(files(data.path()), before);
    let empty = tempfile::tempdir().unwrap();
    let data = empty.path().join("data");
    let done = std::thread::scope(|scope| {
        let begin = || scope.spawn(|| tls::init(&data, &[], MOST_DAYS, SystemClock.now()).is_ok());
        let both = [begin(), begin()];
        both.map(|one| one.join().unwrap())
    });
    assert_eq!(done.iter().filter(|won| **won).count(), 1);
    assert_eq!(
        std::fs::read_dir(&data).unwrap().count(),
        1,
        "the loser sweeps up"
    );
}

#[test]
fn renewal_keeps_the_authority_the_added_names_and_the_days() {
    let data = tempfile::tempdir().unwrap();
    let now = SystemClock.now();
    tls::init(data.path(), &parsed(&["plans.example"]), 90, now).unwrap();
    let before = files(data.path());
    let made = tls::renew(data.path(), &parsed(&["plans.local"]), None, now).unwrap();
    let after = files(data.path());
    assert_eq!(before[..2], after[..2], "the authority and its key");
    assert_ne!(before[3], after[3], "the server's certificate");
    assert_eq!(made.facts.days(), 90);
    let server = Folder::of(data.path()).read("server.pem").unwrap();
    for name in ["plans.example", "plans.local", "localhost", "127.0.0.1"] {
        accepts(data.path(), &server, name).unwrap();
    }
    let made = tls::renew(data.path(), &[], Some(30), now).unwrap();
    assert!(made.facts.names.contains(&parsed(&["plans.local"])[0]));
    assert_eq!(made.facts.days(), 30);
}

#[test]
fn what_cannot_be_renewed_is_said_and_changes_nothing() {
    let data = founded(&[]);
    let before = files(data.path());
    let now = SystemClock.now();
    let renew = |names: &[&str]| tls::renew(data.path(), &parsed(names), None, now);
    let refused = renew(&["bank.example"]);
    assert!(
        matches!(refused, Err(Failure::NotPermitted(_))),
        "{refused:?}"
    );
    let years = shared::moment::UtcMillis(now.0 + 3600 * 86_400_000);
    let late = tls::renew(data.path(), &[], None, years);
    assert!(matches!(late, Err(Failure::AuthorityEnds)), "{late:?}");
    assert_eq!(files(data.path()), before);
    std::fs::remove_file(data.path().join("tls/authority.key")).unwrap();
    let away = renew(&[]);
    assert!(matches!(away, Err(Failure::KeyAway(_))), "{away:?}");
    let nothing = tempfile::tempdir().unwrap();
    let missing = tls::renew(nothing.path(), &[], None, now);
    assert!(matches!(missing, Err(Failure::Missing(_))), "{missing:?}");
}
