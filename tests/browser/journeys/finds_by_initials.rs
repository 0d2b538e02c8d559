//! Search: a few letters find work without a network, at the desk by the keyboard alone and on a
//! phone by touch alone.

use serde_json::json;

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{somebody, waits_for_the_light};

const PASSED_FIRST: &str = "一次交验合格率";

/// Where the focus is, by an attribute of the element that has it.
fn focus_is_on(person: &Person, attribute: &str) {
    person.wait_for(&format!(
        "document.activeElement.hasAttribute('{attribute}')"
    ));
}

fn has_the_cursor_in_the_field(person: &Person) {
    person.wait_for("document.activeElement.dataset.field === 'find'");
}

/// Waits until a list of hits has one in which this text is marked.
fn sees_marked(person: &Person, list: &str, text: &str) {
    person.wait_for(&format!(
        "[...document.querySelectorAll('[data-page=search] [data-list={list}] mark')]
            .some(mark => mark.innerText === {})",
        json!(text)
    ));
}

#[test]
fn a_head_finds_work_offline_by_the_keyboard_alone() {
    let server = Server::start_with_the_demo();
    let mut head = somebody("wangxiulan", Device::Desk, &server);
    head.waits_until_the_app_is_kept();
    head.loses_the_network();
    head.reload();
    waits_for_the_light(&head, "offline");

    head.press("/");
    has_the_cursor_in_the_field(&head);
    head.sees("zljc");
    head.photograph("is-taught-to-search");
    head.types("ycjyhgl");
    sees_marked(&head, "items", PASSED_FIRST);
    head.photograph("finds-by-initials");
    head.press("ArrowDown");
    focus_is_on(&head, "data-hit");
    // From the first hit the way back leads into the field.
    head.press("ArrowUp");
    has_the_cursor_in_the_field(&head);
    head.press("ArrowDown");
    head.press("Enter");
    head.wait_for("!!document.querySelector('[data-page=plan] [data-sought]')");
    head.sees(PASSED_FIRST);
    head.photograph("arrives-at-the-item");

    // What was searched for is still there, and is replaced by typing.
    head.press("/");
    has_the_cursor_in_the_field(&head);
    assert_eq!(head.value_of("[data-field=find]"), "ycjyhgl");
    head.types("一c交");
    sees_marked(&head, "items", "一次交");
    head.press("Escape");
    head.wait_for("document.querySelector('[data-field=find]').value === ''");
    head.wait_for("!!document.querySelector('[data-list=recent] [data-act=search-again]')");
    head.types("sjm");
    sees_marked(&head, "people", "宋家明");
    head.types("没有这样的事");
    head.wait_for("!document.querySelector('[data-page=search] [data-hit]')");
    head.photograph("finds-nothing");
    head.has_no_complaint();
}

#[test]
fn an_engineer_finds_work_on_the_phone_by_touch_alone() {
    let server = Server::start_with_the_demo();
    let mut engineer = somebody("songjiaming", Device::Phone, &server);
    engineer.waits_until_the_app_is_kept();
    engineer.loses_the_network();
    engineer.act("open-search");
    has_the_cursor_in_the_field(&engineer);
    engineer.types("8d报告");
    sees_marked(&engineer, "items", "8D报告");
    engineer.photograph("finds-on-the-phone");
    engineer.tap("[data-list=items] [data-hit]");
    engineer.wait_for("!!document.querySelector('[data-page=plan] [data-sought]')");
    // The recent search leads there again.
    engineer.act("open-search");
    engineer.begins_to_write("[data-field=find]", "");
    engineer.act("search-again");
    sees_marked(&engineer, "items", "8D报告");
    engineer.has_no_complaint();
}
