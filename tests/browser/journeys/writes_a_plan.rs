//! Writing a plan: a head pastes from Excel, copies the last month, orders, weighs and takes back at
//! the desk with the keyboard; the superior sees what differs before approving.

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{finds_the_plan, item, somebody, waits_for_the_light};

const FROM_EXCEL: &str = "类别\t事项\t完成标准\t权重\t完成时限\t责任人\n\
    重点\t导入条码防错\t三条线全部启用\t25\t月底\t宋家明\n\
    重点\t\"来料不良\n专项\"\t不良率降到1%以下\t20\t20日\t不存在的人\n";

/// Opens the head's draft of the next month.
fn opens_the_draft(head: &Person) {
    head.open("/plans");
    head.tap("[data-list=plans] > [data-state=draft] [data-act=open-plan]");
    finds_the_plan(head, "draft");
    head.wait_for("!!document.querySelector('[data-act=add-item]')");
}

fn titles(head: &Person) -> Vec<String> {
    let titles = head.eval(
        "[...document.querySelectorAll('[data-list=items] > [data-item] .item-title')]
            .map(title => title.innerText.trim())",
    );
    let titles = titles.as_array().cloned().unwrap_or_default();
    let text = |title: &serde_json::Value| title.as_str().unwrap_or_default().to_owned();
    titles.iter().map(text).collect()
}

fn has_items(head: &Person, count: usize) {
    head.wait_for(&format!(
        "document.querySelectorAll('[data-list=items] > [data-item]').length === {count}"
    ));
}

#[test]
fn a_head_pastes_orders_weighs_and_takes_back_with_the_keyboard() {
    let server = Server::start_with_three_months();
    let head = somebody("wangxiulan", Device::Desk, &server);
    opens_the_draft(&head);
    let before = titles(&head);
    head.pastes(FROM_EXCEL);
    head.wait_for("!!document.querySelector('[data-list=pasted] [data-state=ready]')");
    head.sees("不存在的人");
    head.photograph("sees-what-would-be-pasted");
    head.act("add-pasted");
    has_items(&head, before.len() + 2);
    assert_eq!(titles(&head)[before.len()], "导入条码防错");

    // One step takes both back, another brings both again.
    head.wait_for("!document.querySelector('dialog[open]')");
    head.press("Control+z");
    has_items(&head, before.len());
    head.press("Control+y");
    has_items(&head, before.len() + 2);

    let pasted = item(&head, "导入条码防错");
    let weight = format!("{pasted} [data-field=weight]");
    head.begins_to_write(&weight, "103");
    // The sum is told while one is still typing.
    head.wait_for("document.querySelector('[data-part=sums]').innerText.includes('多了')");
    head.photograph("is-told-while-typing");
    head.press("Escape");
    head.wait_for(&format!(
        "document.querySelector(\"{weight}\").value === '25.00'"
    ));
    // Down with Enter, up with the arrow, and left into the responsible person's cell.
    head.press("Enter");
    let below = item(&head, "来料不良");
    head.wait_for(&format!(
        "document.activeElement.closest(\"{below}\") && document.activeElement.dataset.field === 'weight'"
    ));
    head.press("ArrowUp");
    head.wait_for(&format!(
        "document.activeElement.closest(\"{pasted}\") !== null"
    ));
    head.press("ArrowLeft");
    head.wait_for("document.activeElement.dataset.field === 'responsible'");

    // Up by one, and back.
    head.press("Alt+ArrowUp");
    head.wait_until("the item to stand one place higher", || {
        titles(&head)
            .get(before.len() - 1)
            .is_some_and(|title| title == "导入条码防错")
    });
    head.press("Control+z");
    head.wait_until("the item to stand where it stood", || {
        titles(&head)
            .get(before.len())
            .is_some_and(|title| title == "导入条码防错")
    });
    head.photograph("writes-in-the-grid");
    waits_for_the_light(&head, "synced");
    head.has_no_complaint();
}

#[test]
fn a_head_copies_the_last_month_on_the_phone_and_takes_it_back() {
    let server = Server::start_with_three_months();
    let head = somebody("wangxiulan", Device::Phone, &server);
    opens_the_draft(&head);
    let before = titles(&head).len() - 1;
    // What stands in the draft is not offered: one of the last month's items is written anew.
    head.act("remove-item");
    has_items(&head, before);
    head.act("copy-plan");
    head.wait_for("!!document.querySelector('[data-list=copies] [data-copy]')");
    head.photograph("chooses-what-to-copy");
    let free = head.eval("document.querySelectorAll('[data-list=copies] input:checked').length");
    let free = usize::try_from(free.as_u64().unwrap_or(0)).expect("a few items");
    assert!(free > 0, "the last month has recurring work");
    head.act("copy-chosen");
    has_items(&head, before + free);
    head.act("undo");
    has_items(&head, before);
    head.has_no_complaint();
}

#[test]
fn a_superior_sees_what_differs_before_approving() {
    let server = Server::start_with_three_months();
    let superior = somebody("zhangjianjun", Device::Desk, &server);
    superior.open("/review");
    superior.tap("[data-list=to-approve] [data-act=open-plan]");
    finds_the_plan(&superior, "submitted");
    superior.wait_for("!!document.querySelector('[data-compared=before] summary')");
    superior.photograph("sees-what-differs");
    superior.has_no_complaint();
}
