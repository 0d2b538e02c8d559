//! TLS for the local network: a private authority, and the certificate that it gives this machine.
//!
//! No public authority certifies `192.168.x.x` or `.local`, and without a secure context a browser
//! keeps no app for offline use. So the administrator founds an authority here, which may speak for
//! this machine's names and for private addresses only, and people make their devices trust it.
//!
//! Reading order: what a machine is called ([`name`]), what is signed ([`authority`]), what is kept
//! ([`files`]), and what a running server does with it ([`current`]).

use std::fmt;
use std::path::{Path, PathBuf};

use shared::moment::UtcMillis;

pub mod authority;
pub mod current;
pub mod files;
pub mod name;

use authority::Facts;
use files::Folder;
use name::Name;

/// The most days of a server certificate: browsers of one maker refuse more.
pub const MOST_DAYS: u16 = 397;
/// The fewest days; renewal has to have time to fail and be noticed.
pub const LEAST_DAYS: u16 = 7;

/// Why no certificate was made or used.
#[derive(Debug)]
pub enum Failure {
    /// There is an authority already.
    Exists(PathBuf),
    /// There is none.
    Missing(PathBuf),
    /// The authority's key was taken away, so it signs nothing here.
    KeyAway(PathBuf),
    /// The authority may not speak for this name.
    NotPermitted(Name),
    /// The authority ends before a certificate could.
    AuthorityEnds,
    /// A file does not hold what it should.
    Unreadable(PathBuf, String),
    /// A file could not be read or written.
    File(PathBuf, std::io::Error),
    /// Keys or signatures could not be made.
    Signing(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(
                f,
                "{0} 已存在；如需新的服务器证书，请用 --renew。 {0} exists already; --renew makes a \
                 new server certificate from the same authority.",
                path.display()
            ),
            Self::Missing(path) => write!(
                f,
                "没有 {0}，请先运行 jihe tls init。 There is no {0}; run jihe tls init first.",
                path.display()
            ),
            Self::KeyAway(path) => write!(
                f,
                "没有 {0}，无法签发证书；请放回该文件。 There is no {0}, so nothing can be signed; \
                 put the file back.",
                path.display()
            ),
            Self::NotPermitted(name) => write!(
                f,
                "此证书颁发机构不能为 {name} 签发；请移走 tls 目录后重新 jihe tls init，并让各设备信任新的\
                 机构。 The authority may not speak for {name}; move the tls folder away, run jihe \
                 tls init again, and let the devices trust the new authority."
            ),
            Self::AuthorityEnds => f.write_str(
                "证书颁发机构即将到期；请移走 tls 目录后重新 jihe tls init。 The authority is about to \
                 end; move the tls folder away and run jihe tls init again.",
            ),
            Self::Unreadable(path, why) => write!(
                f,
                "{0} 无法读取 {0} cannot be read: {why}",
                path.display()
            ),
            Self::File(path, error) => {
                write!(f, "{0} 出错 {0} failed: {error}", path.display())
            }
            Self::Signing(why) => write!(f, "签发失败 Signing failed: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

/// A certificate that was just made, and the authority behind it.
#[derive(Debug)]
pub struct Made {
    /// Where it lies.
    pub folder: PathBuf,
    /// SHA-256 of the authority's certificate, as devices show it.
    pub fingerprint: String,
    /// What the certificate states.
    pub facts: Facts,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.facts.names.iter().map(Name::to_string).collect();
        let folder = self.folder.display();
        let (names, until) = (names.join(", "), self.facts.not_after.day(0));
        write!(
            f,
            "证书已写入 {folder}，有效至 {until}。\n\
             The certificate is in {folder} and good until {until}.\n\
             名称 Names: {names}\n\
             指纹 Fingerprint (SHA-256) of the authority:\n{}\n\
             请另行妥善备份 authority.key；jihe backup 不包含它。\n\
             Keep a copy of authority.key in a safe place; jihe backup does not hold it.\n\
             下一步 Next: jihe serve --lan",
            self.fingerprint
        )
    }
}

/// Founds an authority for this machine and lets it certify the machine, all or nothing.
///
/// `names` are added to those that the machine has; `days` is within [`LEAST_DAYS`] and
/// [`MOST_DAYS`].
pub fn init(data: &Path, names: &[Name], days: u16, now: UtcMillis) -> Result<Made, Failure> {
    let folder = Folder::of(data);
    if folder.path().exists() {
        return Err(Failure::Exists(folder.path().to_owned()));
    }
    let all = name::together(names, name::of_this_machine());
    let founded = authority::found(&all, now)?;
    let server = founded.issue(&all, days, now)?;
    folder.create(&[
        (files::AUTHORITY, &founded.certificate()),
        (files::KEY, &founded.key()),
        (files::SERVER, &server),
        (files::NAMES, &files::list(names)),
    ])?;
    made(&folder)
}

/// Lets the authority certify the machine anew, as it is called now.
///
/// `names` are added to those that were added before; without `days` the new certificate lasts as
/// long as the old one did.
pub fn renew(
    data: &Path,
    names: &[Name],
    days: Option<u16>,
    now: UtcMillis,
) -> Result<Made, Failure> {
    let folder = Folder::of(data);
    let authority = folder.authority()?;
    let added = name::together(&folder.names()?, names.to_vec());
    // What a person asked for is refused aloud; what the machine came to be called is left out.
    if let Some(name) = added.iter().find(|name| !authority.permits(name)) {
        return Err(Failure::NotPermitted(name.clone()));
    }
    let mut own = name::of_this_machine();
    own.retain(|name| authority.permits(name));
    let days = days.unwrap_or_else(|| folder.facts().map_or(MOST_DAYS, |facts| facts.days()));
    let server = authority.issue(&name::together(&added, own), days, now)?;
    // The names first: a server that renews by itself must not lose one.
    folder.replace(files::NAMES, &files::list(&added))?;
    folder.replace(files::SERVER, &server)?;
    made(&folder)
}

fn made(folder: &Folder) -> Result<Made, Failure> {
    Ok(Made {
        folder: folder.path().to_owned(),
        fingerprint: authority::fingerprint(&folder.certificate()?),
        facts: folder.facts()?,
    })
}
