//! One person, two devices. Without a network on one of them, edits of different fields merge, an
//! edit of the same field is refused, kept with its reason, and applied again when asked. What is
//! about to be signed on one is shown again when the other changes it.

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{
    finds_the_plan, item, opens_the_own_plan, somebody, waits_for_the_light, waits_until_confirmed,
};

const TITLE: &str = "一次交验合格率";
const FROM_DESK: &str = "检验月报（办公室改）";
const FROM_PHONE: &str = "检验月报（路上改）";
const STANDARD: &str = "不低于98.5%，按批次统计";

#[test]
fn edits_of_two_devices_merge_and_the_refused_one_is_kept() {
    let mut server = Server::start_with_the_demo();
    let desk = somebody("wangxiulan", Device::Desk, &server);
    let mut phone = somebody("wangxiulan", Device::Phone, &server);
    phone.waits_until_the_app_is_kept();
    opens_the_own_plan(&phone);
    phone.loses_the_network();

    opens_the_own_plan(&desk);
    fills(&desk, "deliverable", FROM_DESK);
    waits_until_confirmed(&desk, FROM_DESK);
    waits_for_the_light(&desk, "synced");

    // What was said to be received is on the server's disk.
    server.crash_and_restart();
    // The phone has seen nothing of that when it writes.
    fills(&phone, "standard", STANDARD);
    assert_ne!(field(&phone, "deliverable"), FROM_DESK);
    fills(&phone, "deliverable", FROM_PHONE);
    waits_for_the_light(&phone, "offline");
    // Both are kept; a text that is not yet would be refused here and now, in its field.
    phone.sees("2 项待发送");

    phone.has_the_network_again();
    waits_for_the_light(&phone, "attention");
    waits_for_the_field(&desk, "standard", STANDARD);
    assert_eq!(
        field(&desk, "deliverable"),
        FROM_DESK,
        "the refused edit changed nothing"
    );
    waits_for_the_field(&phone, "deliverable", FROM_DESK);

    phone.act("open-sync");
    let refused = phone.text_of("[data-list=attention] > [data-state=refused]");
    for part in [FROM_PHONE, FROM_DESK] {
        assert!(refused.contains(part), "{part} in {refused}");
    }
    let reason = phone.text_of("[data-list=attention] [data-part=reason]");
    assert!(
        reason.contains("改"),
        "a sentence says that it was changed meanwhile: {reason}"
    );
    phone.photograph("keeps-the-refused-edit");

    phone.reload();
    phone.sees(FROM_PHONE);
    phone.act("reapply");
    waits_for_the_light(&phone, "synced");
    waits_for_the_field(&desk, "deliverable", FROM_PHONE);
    desk.has_no_complaint();
    phone.has_no_complaint();
}

#[test]
fn what_changed_under_a_signature_is_shown_before_it_is_signed() {
    let server = Server::start_with_the_demo();
    let desk = somebody("wangxiulan", Device::Desk, &server);
    let phone = somebody("wangxiulan", Device::Phone, &server);
    opens_the_own_plan(&desk);
    desk.act("balance-weights");
    desk.wait_for("document.querySelector('[data-act=balance-weights]').disabled");
    waits_for_the_light(&desk, "synced");
    opens_the_own_plan(&phone);
    phone.wait_for("document.querySelector('[data-act=balance-weights]').disabled");
    phone.tap(&format!("{} [data-act=edit-item]", item(&phone, TITLE)));

    phone.act("submit-plan");
    phone.wait_for("document.querySelector('[data-dialog=sign]').open");
    fills(&desk, "deliverable", FROM_DESK);
    waits_for_the_field(&phone, "deliverable", FROM_DESK);
    let dialog = || phone.text_of("[data-dialog=sign]");
    // What somebody reads does not change under the eyes.
    assert!(!dialog().contains(FROM_DESK));
    phone.act("sign-submit");
    phone.wait_for("!!document.querySelector('[data-dialog=sign] [data-part=refusal]')");
    assert!(
        dialog().contains(FROM_DESK),
        "what is to be read again stands there: {}",
        dialog()
    );
    phone.photograph("reads-again-what-changed");
    phone.act("sign-submit");
    finds_the_plan(&phone, "submitted");
    waits_for_the_light(&phone, "synced");
    finds_the_plan(&desk, "submitted");
    desk.has_no_complaint();
    phone.has_no_complaint();
}

/// Opens the item's form if it is closed, and writes into a field of it.
fn fills(person: &Person, name: &str, text: &str) {
    let item = item(person, TITLE);
    if person.eval(&format!("document.querySelector(\"{item}\").dataset.state")) == "closed" {
        person.tap(&format!("{item} [data-act=edit-item]"));
    }
    person.fill_in(&format!("{item} [data-field={name}]"), text);
}

fn field(person: &Person, name: &str) -> String {
    person.value_of(&format!("{} [data-field={name}]", item(person, TITLE)))
}

fn waits_for_the_field(person: &Person, name: &str, text: &str) {
    person.wait_until(text, || field(person, name) == text);
}
