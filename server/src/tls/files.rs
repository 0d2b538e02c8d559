//! What of TLS is kept: four files in the folder `tls` of the data.
//!
//! Keys can be read by the owner alone. The folder appears whole or not at all, and a file is
//! replaced in one step, so that a server never reads half of one. Certificate and key of the
//! server are one file, because they are good only together.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::Failure;
use super::authority::{Authority, Facts};
use super::name::Name;
use crate::{chance, hex};

/// The authority's certificate, which devices are to trust.
pub const AUTHORITY: &str = "authority.crt";
/// The authority's key; without it nothing is renewed, and nothing else misses it.
pub const KEY: &str = "authority.key";
/// The server's certificate and key.
pub const SERVER: &str = "server.pem";
/// The names that were added by hand.
pub const NAMES: &str = "names.txt";

/// The folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder inside the data folder.
    pub fn of(data: &Path) -> Self {
        Self(data.join("tls"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Makes the folder with these files in it, all or nothing.
    pub fn create(&self, files: &[(&str, &str)]) -> Result<(), Failure> {
        let beside = format!("tls.{}", hex::encode(&chance::bytes::<4>()));
        let beside = Self(self.0.with_file_name(beside));
        let failed = |error| Failure::File(self.0.clone(), error);
        make_private(&beside.0).map_err(failed)?;
        let written = files
            .iter()
            .try_for_each(|(name, text)| write(&beside.0.join(name), text));
        // Renaming to a folder with something in it fails, so of two that begin at once one loses.
        let done = written.and_then(|()| fs::rename(&beside.0, &self.0));
        done.map_err(|error| {
            // What remains unfinished is in nobody's way, so failing to sweep is no failure.
            let _ = fs::remove_dir_all(&beside.0);
            failed(error)
        })
    }

    /// Replaces one file in one step.
    pub fn replace(&self, name: &str, text: &str) -> Result<(), Failure> {
        let beside = format!("{name}.{}", hex::encode(&chance::bytes::<4>()));
        let beside = self.0.join(beside);
        let done = write(&beside, text).and_then(|()| fs::rename(&beside, self.0.join(name)));
        done.map_err(|error| Failure::File(self.0.join(name), error))
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> Result<String, Failure> {
        let path = self.0.join(name);
        fs::read_to_string(&path).map_err(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                Failure::File(path, error)
            } else if name == KEY && self.0.join(AUTHORITY).exists() {
                Failure::KeyAway(path)
            } else {
                Failure::Missing(path)
            }
        })
    }

    /// The authority's certificate.
    pub fn certificate(&self) -> Result<CertificateDer<'static>, Failure> {
        let text = self.read(AUTHORITY)?;
        let read = CertificateDer::from_pem_slice(text.as_bytes());
        read.map_err(|error| self.unreadable(AUTHORITY, &error))
    }

    /// The authority with its key.
    pub fn authority(&self) -> Result<Authority, Failure> {
        let der = self.certificate()?.to_vec();
        Authority::read(self.read(AUTHORITY)?, der, &self.read(KEY)?)
    }

    /// What the server's certificate states.
    pub fn facts(&self) -> Result<Facts, Failure> {
        let (certificate, _) = self.server(&self.read(SERVER)?)?;
        Facts::read(&certificate).ok_or_else(|| self.unreadable(SERVER, &"no certificate"))
    }

    /// The server's certificate and key, out of the text of their file.
    pub fn server(
        &self,
        text: &str,
    ) -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), Failure> {
        let certificate = CertificateDer::from_pem_slice(text.as_bytes());
        let key = PrivateKeyDer::from_pem_slice(text.as_bytes());
        let certificate = certificate.map_err(|error| self.unreadable(SERVER, &error))?;
        let key = key.map_err(|error| self.unreadable(SERVER, &error))?;
        Ok((certificate, key))
    }

    /// The names that were added by hand.
    pub fn names(&self) -> Result<Vec<Name>, Failure> {
        let text = self.read(NAMES)?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines
            .map(|line| line.trim().parse())
            .collect::<Result<_, _>>()
            .map_err(|error| self.unreadable(NAMES, &error))
    }

    /// Says that a file does not hold what it should.
    pub fn unreadable(&self, name: &str, why: &dyn std::fmt::Display) -> Failure {
        Failure::Unreadable(self.0.join(name), why.to_string())
    }
}

/// Names as the file lists them, one a line.
pub fn list(names: &[Name]) -> String {
    let lines: Vec<_> = names.iter().map(Name::to_string).collect();
    lines.join("\n")
}

fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    builder.create(path)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
