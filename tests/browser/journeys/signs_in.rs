//! Signing in: a wrong password is said in a sentence of one's language and loses nothing typed;
//! an ended session asks for a new one and sends what was kept meanwhile.

use serde_json::json;

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{
    PASSWORD, comes_back_online, item, opens_the_own_plan, somebody, waits_for_the_light,
};

const DELIVERABLE: &str = "会话结束后写下的成果";

#[test]
fn a_wrong_password_is_said_in_both_languages() {
    let server = Server::start_with_the_demo();
    let person = Person::at("stranger", Device::Phone, &server.address);
    person.open("/");
    person.fill("login", "wangxiulan");
    person.fill("password", "not-the-password");
    person.act("sign-in");
    let chinese = person.text_of("[data-part=refusal]");
    assert!(chinese.contains("密码"), "{chinese}");
    assert_eq!(person.value_of("[data-field=login]"), "wangxiulan");
    person.act("switch-language");
    person.fill("login", "wangxiulan");
    person.fill("password", "not-the-password");
    person.act("sign-in");
    let english = person.text_of("[data-part=refusal]");
    assert!(english.contains("password"), "{english}");
}

#[test]
fn what_was_written_after_the_session_ended_is_sent_after_the_next() {
    let server = Server::start_with_the_demo();
    let mut head = somebody("wangxiulan", Device::Desk, &server);
    opens_the_own_plan(&head);
    let ended = "fetch('/api/v1/session', { method: 'DELETE', headers: { 'Content-Type': \
                 'application/json' }, body: '{}' }).then((answer) => answer.ok)";
    assert_eq!(head.eval(ended), true);
    let first = item(&head, "一次交验合格率");
    head.tap(&format!("{first} [data-act=edit-item]"));
    head.fill_in(&format!("{first} [data-field=deliverable]"), DELIVERABLE);
    waits_for_the_light(&head, "attention");
    comes_back_online(&mut head, "wangxiulan");
    let other = somebody("wangxiulan", Device::Phone, &server);
    opens_the_own_plan(&other);
    let first = item(&other, "一次交验合格率");
    other.tap(&format!("{first} [data-act=edit-item]"));
    assert_eq!(
        other.value_of(&format!("{first} [data-field=deliverable]")),
        DELIVERABLE
    );
}

#[test]
fn a_device_without_data_says_so_and_not_that_there_is_nothing_to_do() {
    let server = Server::start_with_the_demo();
    let head = Person::at("not-filled", Device::Phone, &server.address);
    head.open("/");
    head.must(
        "Network.setBlockedURLs",
        json!({"urls": ["*/sync/v1/pull"]}),
    );
    head.fill("login", "wangxiulan");
    head.fill("password", PASSWORD);
    head.act("sign-in");
    waits_for_the_light(&head, "offline");
    let said = head.text_of("[data-page=filling]");
    assert!(said.contains("还没有您的资料"), "{said}");
    assert_eq!(
        head.eval("!!document.querySelector('[data-page=home]')"),
        false
    );
    head.photograph("without-data");
    head.must("Network.setBlockedURLs", json!({"urls": []}));
    head.wait_for("!!document.querySelector('[data-page=home] [data-list=own-plans] li')");
    assert_eq!(
        head.eval("!!document.querySelector('[data-page=filling]')"),
        false
    );
}
