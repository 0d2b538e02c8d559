//! The names under which devices reach this machine, as a certificate states them.
//!
//! Only names that a browser compares: host names in lower case, and addresses.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The networks that nobody owns, with the length of their prefix.
pub const PRIVATE: [(IpAddr, u8); 8] = [
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(100, 64, 0, 0)), 10),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
    (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
];

/// A name of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A host name, in lower case.
    Host(String),
    /// An address.
    Address(IpAddr),
}

/// A text that is no name a certificate could state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAName;

impl fmt::Display for NotAName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "不是主机名或 IP 地址 this is neither a host name (a-z, 0-9, '-', '.') nor an address",
        )
    }
}

impl std::error::Error for NotAName {}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(host) => f.write_str(host),
            Self::Address(address) => address.fmt(f),
        }
    }
}

impl From<IpAddr> for Name {
    fn from(address: IpAddr) -> Self {
        Self::Address(address)
    }
}

impl Name {
    /// The name as an address of the web writes it.
    pub fn in_address(&self) -> String {
        match self {
            Self::Address(address) if address.is_ipv6() => format!("[{address}]"),
            name => name.to_string(),
        }
    }

    /// Whether other machines that use it reach themselves.
    pub fn is_this_machine_alone(&self) -> bool {
        match self {
            Self::Host(host) => host == "localhost",
            Self::Address(address) => address.is_loopback(),
        }
    }
}

impl FromStr for Name {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        if let Ok(address) = text.parse() {
            return Ok(Self::Address(address));
        }
        let host = text.to_lowercase();
        let is_label = |label: &str| {
            let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
            (1..=63).contains(&label.len())
                && label.bytes().all(fits)
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        // An address with a slip of the pen must not become a host.
        let is_number = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
        let last = host.rsplit('.').next().unwrap_or_default();
        if host.len() <= 253 && host.split('.').all(is_label) && !is_number(last) {
            Ok(Self::Host(host))
        } else {
            Err(NotAName)
        }
    }
}

/// Whether an address lies within a network of a prefix's length.
pub fn is_within(address: IpAddr, network: IpAddr, prefix: u8) -> bool {
    let (address, network, width) = match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) => (u128::from(a.to_bits()), u128::from(n.to_bits()), 32),
        (IpAddr::V6(a), IpAddr::V6(n)) => (a.to_bits(), n.to_bits(), 128),
        _ => return false,
    };
    let rest = u32::from(width - prefix.min(width));
    (address ^ network).checked_shr(rest).unwrap_or(0) == 0
}

/// Whether an address belongs to a network that nobody owns.
pub fn is_private(address: IpAddr) -> bool {
    PRIVATE
        .iter()
        .any(|(network, prefix)| is_within(address, *network, *prefix))
}

/// The names of a machine: its host name, the same on the local network, itself, its addresses.
pub fn of(host: &str, addresses: impl IntoIterator<Item = IpAddr>) -> Vec<Name> {
    let short = host.split('.').next().unwrap_or_default();
    let hosts = [host, short, &format!("{short}.local"), "localhost"].map(str::parse::<Name>);
    // A host name with signs that no certificate states is left out; its addresses remain.
    let hosts = hosts.into_iter().flatten();
    let itself = [
        IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST),
    ];
    let addresses = addresses.into_iter().filter(|one| is_private(*one));
    let addresses = itself.into_iter().chain(addresses).map(Name::Address);
    together(&[], hosts.chain(addresses).collect())
}

/// The names of this machine, as it is now.
pub fn of_this_machine() -> Vec<Name> {
    let host = gethostname::gethostname();
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let addresses = interfaces.iter().map(if_addrs::Interface::ip);
    of(&host.to_string_lossy(), addresses)
}

/// Both lists as one, each name once.
pub fn together(first: &[Name], second: Vec<Name>) -> Vec<Name> {
    let mut all: Vec<Name> = Vec::new();
    for name in first.iter().cloned().chain(second) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}
