//! An administrator looks after the installation: closes an account, sees what its device still
//! hands in, reads it, opens the account again and releases it; closes what nobody else can; signs a
//! lost device out; and sees how old the last backup is.

use shared::command::Command;
use shared::command::plan::EditItem;
use shared::id::{ItemId, PlanId};
use shared::item::{Edit, ItemEdit};

use crate::colleague::Colleague;
use crate::person::{Device, Language, Person};
use crate::server::Server;
use crate::story::{PASSWORD, somebody_reading};

/// On what the administrator works, and about whose account it is.
const CASTS: [(Language, Device, &str); 3] = [
    (Language::Chinese, Device::Phone, "wangxiulan"),
    (Language::English, Device::Tablet, "liuzhigang"),
    (Language::English, Device::Desk, "zhangjianjun"),
];

#[test]
fn an_administrator_looks_after_accounts_devices_and_what_was_not_carried_out() {
    let server = Server::start_with_the_demo();
    for (language, device, login) in CASTS {
        let administrator = somebody_reading(language, "zhouwenbo", device, &server);
        let head = Colleague::signs_in(login, &server);
        let (plan, item, title) = an_own_item(&head);
        administrator.tap("[href='/me']");
        administrator.tap("[data-page=me] [href='/administration']");
        administrator.wait_for("!!document.querySelector('[data-list=accounts]')");
        administrator.photograph("looks-after-the-server");

        closes_the_account(&administrator, &head);
        head.tries(retitled(plan, item, &title, "关闭账号之后写的"));
        opens(&administrator);
        administrator.act("look");
        administrator.sees("关闭账号之后写的");
        administrator.photograph("reads-what-was-kept");
        opens_it_again(&administrator, &head, login);
        opens(&administrator);
        administrator.act("release");
        administrator.wait_for("!document.querySelector('[data-list=unexecuted]')");

        // The same title is gone by now, so that the next edit is refused and stands.
        let head = Colleague::signs_in(login, &server);
        head.tries(retitled(plan, item, &title, "建立在旧题目上"));
        administrator.act("read-again");
        administrator.act("close-unapplied");
        administrator.fill_in("[data-dialog=form] [data-field=reason]", "已当面说明");
        administrator.act("save-close");
        administrator.wait_for("!document.querySelector('[data-list=unapplied]')");

        signs_out_everywhere(&administrator, &head);
        server.backs_up();
        opens(&administrator);
        administrator.wait_for("!!document.querySelector('[data-field=backup-command]')");
        administrator.wait_for("!document.querySelector('.aside .banner[data-state=warn]')");
        administrator.photograph("has-a-backup");
        administrator.has_no_complaint();
    }
    // Nobody else is shown any of it.
    let worker = somebody_reading(Language::Chinese, "songjiaming", Device::Phone, &server);
    worker.open("/me");
    worker.wait_for("!!document.querySelector('[data-page=me]')");
    worker.wait_for("!document.querySelector('[href=\"/administration\"]')");
    worker.open("/administration");
    worker.wait_for("!!document.querySelector('[data-page=administration] .banner')");
    worker.wait_for("!document.querySelector('[data-list=accounts]')");
    worker.photograph("is-told-whose-page-it-is");
    worker.has_no_complaint();
}

/// An item of one's own draft, with its title.
fn an_own_item(head: &Colleague) -> (PlanId, ItemId, String) {
    let world = head.world();
    let mut documents = world.documents();
    let found = documents.find_map(|(id, document)| {
        let own = document.plan.as_ref()?.owner == head.person;
        let item = document.items.values().next().filter(|_| own)?;
        Some((id, item.id, item.title.clone()))
    });
    found.expect("the head has a draft with items")
}

fn retitled(plan: PlanId, item: ItemId, old: &str, new: &str) -> Command {
    let (old, new) = (old.to_owned(), new.to_owned());
    Command::EditItem(EditItem {
        plan,
        item,
        edits: vec![ItemEdit::Title(Edit { old, new })],
    })
}

/// Opens the page and waits until the server has told.
fn opens(administrator: &Person) {
    administrator.goes_to("/administration");
    administrator.wait_for("!!document.querySelector('[data-list=accounts]')");
}

/// Opens somebody's page from the list of accounts, which is searched.
fn opens_the_person(administrator: &Person, whose: &Colleague) {
    opens(administrator);
    let line = format!("[data-list=accounts] [data-item='{}']", whose.person);
    administrator.tap(&format!("{line} [data-act=open-person]"));
    administrator.wait_for("!!document.querySelector('[data-part=account]')");
}

fn finishes(administrator: &Person, act: &str) {
    administrator.act(act);
    administrator.wait_for("!document.querySelector('[data-dialog=form][open]')");
}

fn closes_the_account(administrator: &Person, whose: &Colleague) {
    opens_the_person(administrator, whose);
    administrator.act("close-account");
    administrator.photograph("closes-an-account");
    finishes(administrator, "save-close-account");
    administrator.wait_for("!document.querySelector('[data-act=close-account]')");
}

fn opens_it_again(administrator: &Person, whose: &Colleague, login: &str) {
    opens_the_person(administrator, whose);
    administrator.act("give-account");
    administrator.fill_in("[data-dialog=form] [data-field=login]", login);
    administrator.fill_in("[data-dialog=form] [data-field=password]", PASSWORD);
    finishes(administrator, "save-account");
    administrator.wait_for("!!document.querySelector('[data-act=close-account]')");
}

fn signs_out_everywhere(administrator: &Person, whose: &Colleague) {
    opens_the_person(administrator, whose);
    administrator.photograph("sees-where-somebody-is-signed-in");
    administrator.act("sign-out-everywhere");
    finishes(administrator, "save-sign-out");
    administrator.wait_for("!document.querySelector('[data-act=sign-out-everywhere]')");
    assert!(!whose.is_signed_in(), "the session is gone");
}
