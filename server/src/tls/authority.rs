//! The private authority: what it signs, and for whom it may speak.
//!
//! Whoever holds its key could impersonate what its devices trust it for, so its certificate says
//! for whom it speaks: this machine's names and addresses that nobody owns. Keys are P-256, which
//! every phone knows; their chance comes from the operating system, through the library.

use std::net::IpAddr;

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints, SanType,
};
use shared::moment::UtcMillis;
use time::OffsetDateTime;
use x509_parser::extensions::{GeneralName, GeneralSubtree as Subtree};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::Failure;
use super::name::{self, Name};
use crate::hex;

const DAY_MILLIS: i64 = 86_400_000;
const AUTHORITY_DAYS: i64 = 3650;

/// An authority with its key.
pub struct Authority {
    certificate: String,
    der: Vec<u8>,
    key: KeyPair,
}

/// What a server certificate states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// For whom it is.
    pub names: Vec<Name>,
    /// From when it is good.
    pub not_before: UtcMillis,
    /// Until when.
    pub not_after: UtcMillis,
}

impl Facts {
    /// Reads a certificate; `None` where the bytes are none.
    pub fn read(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let stated = certificate.subject_alternative_name().ok()??;
        let names = stated.value.general_names.iter();
        let validity = certificate.validity();
        let millis = |seconds: i64| UtcMillis(seconds.saturating_mul(1000));
        Some(Self {
            names: names.filter_map(named).collect(),
            not_before: millis(validity.not_before.timestamp()),
            not_after: millis(validity.not_after.timestamp()),
        })
    }

    /// The days for which it is good.
    pub fn days(&self) -> u16 {
        let days = (self.not_after.0 - self.not_before.0) / DAY_MILLIS;
        u16::try_from(days).unwrap_or(super::MOST_DAYS)
    }

    /// Whether less than a third of its time is left.
    pub const fn is_due(&self, now: UtcMillis) -> bool {
        (self.not_after.0 - now.0) * 3 < self.not_after.0 - self.not_before.0
    }
}

/// Founds an authority that may speak for these names and for addresses that nobody owns.
pub fn found(names: &[Name], now: UtcMillis) -> Result<Authority, Failure> {
    let mut params = CertificateParams::default();
    params.distinguished_name = called(&format!("Jihe {}", names[0]));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // A device that trusts it for more than web pages would be asked for more than is needed.
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: permitted(names),
        excluded_subtrees: Vec::new(),
    });
    (params.not_before, params.not_after) = (at(now, -1)?, at(now, AUTHORITY_DAYS)?);
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok(Authority {
        certificate: certificate.pem(),
        der: certificate.der().to_vec(),
        key,
    })
}

impl Authority {
    /// Reads an authority from its two files.
    pub fn read(certificate: String, der: Vec<u8>, key: &str) -> Result<Self, Failure> {
        let key = KeyPair::from_pem(key)?;
        Ok(Self {
            certificate,
            der,
            key,
        })
    }

    /// Its certificate as PEM.
    pub fn certificate(&self) -> String {
        self.certificate.clone()
    }

    /// Its key as PEM.
    pub fn key(&self) -> String {
        self.key.serialize_pem()
    }

    /// Certifies a new key for these names; gives the certificate and then the key as PEM.
    ///
    /// It is good from a day ago, for devices whose clock is behind.
    pub fn issue(&self, names: &[Name], days: u16, now: UtcMillis) -> Result<String, Failure> {
        let mut params = CertificateParams::default();
        params.distinguished_name = called(&names[0].to_string());
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        params.subject_alt_names = names.iter().map(stated).collect::<Result<_, _>>()?;
        (params.not_before, params.not_after) = (at(now, -1)?, at(now, i64::from(days) - 1)?);
        if self.not_after()? < params.not_after.unix_timestamp() {
            return Err(Failure::AuthorityEnds);
        }
        let key = KeyPair::generate()?;
        let issuer = Issuer::from_ca_cert_der(&self.der.as_slice().into(), &self.key)?;
        let certificate = params.signed_by(&key, &issuer)?;
        Ok(certificate.pem() + &key.serialize_pem())
    }

    /// Whether it may speak for a name.
    pub fn permits(&self, name: &Name) -> bool {
        let Ok((_, certificate)) = X509Certificate::from_der(&self.der) else {
            return false;
        };
        let Ok(Some(constraints)) = certificate.name_constraints() else {
            return false;
        };
        let permitted = constraints.value.permitted_subtrees.iter().flatten();
        let mut bases = permitted.map(|Subtree { base }| base);
        bases.any(|base| covers(base, name))
    }

    fn not_after(&self) -> Result<i64, Failure> {
        let read = X509Certificate::from_der(&self.der);
        let (_, certificate) = read.map_err(|error| Failure::Signing(error.to_string()))?;
        Ok(certificate.validity().not_after.timestamp())
    }
}

/// The SHA-256 of a certificate in the form in which devices show it.
pub fn fingerprint(der: &[u8]) -> String {
    let digits = hex::sha256(der).to_uppercase();
    let pairs: Vec<_> = (0..digits.len())
        .step_by(2)
        .map(|at| &digits[at..at + 2])
        .collect();
    pairs.join(":")
}

impl From<rcgen::Error> for Failure {
    fn from(error: rcgen::Error) -> Self {
        Self::Signing(error.to_string())
    }
}

fn at(now: UtcMillis, days: i64) -> Result<OffsetDateTime, Failure> {
    let seconds = (now.0 + days * DAY_MILLIS).div_euclid(1000);
    OffsetDateTime::from_unix_timestamp(seconds)
        .map_err(|error| Failure::Signing(error.to_string()))
}

/// A subject; readers of certificates take at most 64 signs.
fn called(name: &str) -> DistinguishedName {
    let mut called = DistinguishedName::new();
    called.push(
        DnType::CommonName,
        name.chars().take(64).collect::<String>(),
    );
    called
}

fn permitted(names: &[Name]) -> Vec<GeneralSubtree> {
    let networks = name::PRIVATE.iter().copied();
    let mut permitted: Vec<_> = networks
        .map(|(network, prefix)| CidrSubnet::from_addr_prefix(network, prefix))
        .map(GeneralSubtree::IpAddress)
        .collect();
    // The machine may be renamed; on the local network it still ends so.
    permitted.push(GeneralSubtree::DnsName("local".to_owned()));
    permitted.extend(names.iter().filter_map(|name| match name {
        Name::Host(host) => Some(GeneralSubtree::DnsName(host.clone())),
        Name::Address(address) if name::is_private(*address) => None,
        Name::Address(address) => {
            let whole = if address.is_ipv4() { 32 } else { 128 };
            let one = CidrSubnet::from_addr_prefix(*address, whole);
            Some(GeneralSubtree::IpAddress(one))
        }
    }));
    permitted
}

fn stated(name: &Name) -> Result<SanType, rcgen::Error> {
    Ok(match name {
        Name::Host(host) => SanType::DnsName(host.as_str().try_into()?),
        Name::Address(address) => SanType::IpAddress(*address),
    })
}

fn named(stated: &GeneralName<'_>) -> Option<Name> {
    match stated {
        GeneralName::DNSName(host) => Some(Name::Host((*host).to_owned())),
        GeneralName::IPAddress(bytes) => address(bytes).map(Name::Address),
        _ => None,
    }
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from))
        .ok()
}

fn covers(base: &GeneralName<'_>, name: &Name) -> bool {
    match (base, name) {
        (GeneralName::DNSName(base), Name::Host(host)) => {
            let rest = host.strip_suffix(base);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        }
        (GeneralName::IPAddress(bytes), Name::Address(one)) => {
            let (network, mask) = bytes.split_at(bytes.len() / 2);
            let prefix = mask.iter().map(|byte| byte.count_ones()).sum::<u32>();
            let prefix = u8::try_from(prefix).unwrap_or(u8::MAX);
            address(network).is_some_and(|network| name::is_within(*one, network, prefix))
        }
        _ => false,
    }
}
