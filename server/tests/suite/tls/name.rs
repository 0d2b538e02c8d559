//! Names: what a certificate can state, and which of them a machine has.

use std::net::IpAddr;

use ::server::tls::name::{self, Name};

#[test]
fn a_name_is_a_host_in_lower_case_or_an_address() {
    let host = |text: &str| Name::Host(text.to_owned());
    assert_eq!("Plans-07.Local".parse(), Ok(host("plans-07.local")));
    assert_eq!("pc".parse(), Ok(host("pc")));
    assert_eq!(
        "192.168.1.5".parse(),
        Ok(Name::Address([192, 168, 1, 5].into()))
    );
    assert!(matches!(
        "fd00::1".parse(),
        Ok(Name::Address(IpAddr::V6(_)))
    ));
    let long = "a".repeat(64);
    for text in [
        "",
        "-a",
        "a-",
        "a..b",
        ".a",
        "*.a",
        "a b",
        "计核",
        "a_b",
        "192.168.1",
        "1.2.3.256",
        &long,
    ] {
        assert!(text.parse::<Name>().is_err(), "{text}");
    }
}

#[test]
fn a_machine_has_its_host_names_and_its_private_addresses() {
    let addresses: [IpAddr; 5] = ["192.168.3.7", "8.8.8.8", "127.0.0.1", "fe80::1", "10.9.8.7"]
        .map(|text| text.parse().unwrap());
    let names = |host: &str| {
        let names = name::of(host, addresses);
        names.iter().map(Name::to_string).collect::<Vec<_>>()
    };
    let rest = ["localhost", "127.0.0.1", "::1", "192.168.3.7", "10.9.8.7"];
    assert_eq!(names("PC-7"), [&["pc-7", "pc-7.local"][..], &rest].concat());
    assert_eq!(
        names("pc.works.example"),
        [&["pc.works.example", "pc", "pc.local"][..], &rest].concat()
    );
    assert_eq!(
        names("张的电脑"),
        rest,
        "a host name that no certificate states is left out"
    );
}

#[test]
fn an_address_is_within_a_network_by_its_prefix() {
    let within = |address: &str, network: &str, prefix| {
        name::is_within(address.parse().unwrap(), network.parse().unwrap(), prefix)
    };
    assert!(within("172.31.255.255", "172.16.0.0", 12));
    assert!(!within("172.32.0.0", "172.16.0.0", 12));
    assert!(within("10.0.0.1", "10.0.0.1", 32) && !within("10.0.0.2", "10.0.0.1", 32));
    assert!(within("8.8.8.8", "0.0.0.0", 0));
    assert!(within("fdff::1", "fc00::", 7) && !within("fe00::1", "fc00::", 7));
    assert!(!within("::1", "127.0.0.0", 8), "an address of another kind");
}
