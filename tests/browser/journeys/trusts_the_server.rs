//! On the local network: a new device learns whom to trust and then opens offline, and what was
//! kept at the plain address before is not lost when the server moves to https.
//!
//! The browser that trusts is told the digest of the server's key; that devices which trust the
//! authority accept what it signs, and nothing else, is proved in the server's own tests.

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{
    comes_back_online, item, opens_the_own_plan, signs_in, waits_for_the_light,
    waits_until_confirmed,
};

const DELIVERABLE: &str = "改用 https 之前写下的成果";
const FIRST_ITEM: &str = "一次交验合格率";

#[test]
fn a_device_that_trusts_the_authority_opens_offline_over_https() {
    let mut server = Server::start_by_name();
    server.moves_to_https();
    learns_whom_to_trust(&server);
    let mut phone = Person::knowing(
        "trusting-phone",
        Device::Phone,
        &server.address,
        server.trust(),
    );
    phone.open("/");
    signs_in(&phone, "wangxiulan");
    assert_eq!(phone.eval("isSecureContext"), true);
    assert_eq!(
        phone.eval("document.cookie"),
        "",
        "no script reads the session"
    );
    phone.waits_until_the_app_is_kept();
    phone.loses_the_network();
    phone.battery_dies();
    phone.open("/");
    phone.wait_for("!!document.querySelector('[data-page=home]')");
    waits_for_the_light(&phone, "offline");
    phone.photograph("opened-offline-over-https");
    phone.has_the_network_again();
    phone.open("/install");
    phone.sees("核对指纹");
    phone.has_no_complaint();
}

/// Reads the page at the plain door as a new device does; https is still closed to it.
fn learns_whom_to_trust(server: &Server) {
    for device in [Device::Phone, Device::Desk] {
        let plain = server.plain_address();
        let name = format!("newcomer-{device:?}").to_lowercase();
        let newcomer = Person::knowing(&name, device, &plain, Server::network());
        newcomer.open("/install");
        newcomer.sees("核对指纹");
        newcomer.photograph("install-zh");
        let base64 = newcomer.eval(
            "fetch('/install/authority.crt').then((answer) => answer.arrayBuffer())
                .then((bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))))",
        );
        assert_eq!(base64, server.authority());
        assert_eq!(
            newcomer.eval("document.getElementById('address').href"),
            format!("{}/", server.address)
        );
        newcomer.choose("English");
        newcomer.sees("Compare the fingerprint");
        newcomer.photograph("install-en");
        newcomer.has_no_complaint();
        let why = newcomer.is_kept_from(&format!("{plain}/plans"));
        assert_eq!(
            why, "net::ERR_CERT_AUTHORITY_INVALID",
            "it was led to https"
        );
    }
}

#[test]
fn work_kept_at_the_plain_address_is_handed_in_after_the_move_to_https() {
    let mut server = Server::start_by_name();
    let plain = server.address.clone();
    let mut head = Person::knowing("plain-head", Device::Desk, &plain, Server::network());
    head.open("/");
    assert_eq!(head.eval("isSecureContext"), false);
    let missing = "[navigator.serviceWorker, navigator.locks, navigator.storage, crypto.subtle,
        crypto.randomUUID].every((one) => one === undefined)";
    assert_eq!(head.eval(missing), true);
    head.sees("没有网络时打不开");
    head.photograph("insecure-zh");
    head.act("switch-language");
    head.sees("cannot be opened offline");
    head.photograph("insecure-en");
    head.act("switch-language");
    signs_in(&head, "wangxiulan");
    opens_the_own_plan(&head);
    head.loses_the_network();
    let first = item(&head, FIRST_ITEM);
    head.tap(&format!("{first} [data-act=edit-item]"));
    head.fill_in(&format!("{first} [data-field=deliverable]"), DELIVERABLE);
    waits_for_the_light(&head, "offline");

    server.moves_to_https();
    head.has_the_network_again();
    head.open("/install");
    head.tap("#as-before");
    comes_back_online(&mut head, "wangxiulan");
    waits_until_confirmed(&head, DELIVERABLE);

    let phone = Person::knowing(
        "moved-phone",
        Device::Phone,
        &server.address,
        server.trust(),
    );
    phone.open("/");
    signs_in(&phone, "wangxiulan");
    opens_the_own_plan(&phone);
    let first = item(&phone, FIRST_ITEM);
    phone.tap(&format!("{first} [data-act=edit-item]"));
    let deliverable = format!("{first} [data-field=deliverable]");
    assert_eq!(phone.value_of(&deliverable), DELIVERABLE);
}
