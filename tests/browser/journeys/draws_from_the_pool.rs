//! Real plans come in whole: thirteen departments, some of them made on the way, their year as a
//! pool; then a head draws one item of the year into the month, and the plan office finds it there.
//!
//! What is asserted are rows on another person's device after a reload, not words on a screen.

use std::path::{Path, PathBuf};

use shared::item::{Item, LineageKind};
use shared::quantity::Points;
use shared::world::World;

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{somebody, waits_for_the_light, waits_until_confirmed};

/// Of the year's plan of the customer service.
const DRAWN: &str = "开通网上服务沟通渠道";

#[test]
fn real_plans_come_in_whole_and_the_year_feeds_a_month() {
    let server = Server::start_with_the_demo();
    let administrator = somebody("zhouwenbo", Device::Desk, &server);
    administrator.open("/import");
    administrator.attach("[data-field=sheet]", &real_plans());
    // Three of the thirteen departments are the factory's own; 物控部 is found by a part.
    administrator.wait_for("document.querySelectorAll('[data-list=refused-rows] > *').length > 30");
    administrator.photograph("real-plans-asks");
    let head = option(&administrator, "head-of-all", "方婷");
    administrator.fill("head-of-all", &head);
    administrator.act("make-all-units");
    administrator
        .wait_for("document.querySelectorAll('[data-list=accepted-rows] > *').length === 42");
    let post = "[data-post='客户服务部/客服专员'] [data-field=post-person]";
    let person = option(&administrator, "post-person", "彭雪琴");
    administrator.fill_in(post, &person);
    administrator.wait_for(
        "[...document.querySelectorAll('[data-list=accepted-rows] tr')]
            .filter(row => row.innerText.includes('彭雪琴')).length === 3",
    );
    administrator.wait_for("!document.querySelector('[data-act=confirm-import]').disabled");
    administrator.photograph("real-plans-shown");
    administrator.act("confirm-import");
    administrator.wait_for("!!document.querySelector('.banner[data-state=good]')");
    administrator.has_no_complaint();

    // The head of the new units begins the month of one of them and draws from its year.
    let head = somebody("fangting", Device::Phone, &server);
    waits_until_confirmed(&head, DRAWN);
    head.open("/plans");
    begins_the_month(&head);
    head.act("open-pool");
    head.wait_for("document.querySelectorAll('[data-list=pool] > li').length === 6");
    head.photograph("pool");
    let item = pool_item(&head, DRAWN);
    let line = format!("[data-pool='{item}']");
    head.fill_in(&format!("{line} [data-field=pool-weight]"), "25.5");
    head.tap(&format!("{line} [data-act=draw-item]"));
    head.wait_for(&format!(
        "document.querySelector(\"{line} [data-act=draw-item]\").disabled"
    ));
    waits_for_the_light(&head, "synced");
    head.has_no_complaint();

    let office = somebody("linxiaoyun", Device::Desk, &server);
    office.reload();
    let drawn = office.knows("the drawn item, confirmed", |world| {
        let mut all = items(world);
        all.find(|item| item.weight == Points(2_550)).cloned()
    });
    let lineage = drawn.lineage.as_ref().expect("it comes from the pool");
    assert_eq!(drawn.title, DRAWN);
    assert_eq!(lineage.kind, LineageKind::Drawn);
    assert_eq!(lineage.item.to_string(), item);
    let world = office.world();
    let mut all = items(&world);
    let source = all.find(|item| item.id == lineage.item);
    let source = source.expect("the pool keeps its item");
    assert_eq!(source.plan, lineage.plan);
    assert_ne!(source.plan, drawn.plan);
    // Every row of the sheet is there, with the columns that have no field.
    let has_system = |item: &&Item| item.extra.iter().any(|(name, _)| name == "system");
    assert_eq!(items(&world).filter(has_system).count(), 42);
    office.has_no_complaint();
}

fn items(world: &World) -> impl Iterator<Item = &Item> {
    world
        .documents()
        .flat_map(|(_, document)| document.items.values())
}

/// Begins the plan of this month for the customer service.
fn begins_the_month(head: &Person) {
    head.act("new-plan");
    head.choose("部门计划 · 客户服务部");
    let month = head.eval("`${new Date().getFullYear()}年${new Date().getMonth() + 1}月`");
    let month = month.as_str().expect("a month has words").to_owned();
    let month = option(head, "period", &month);
    head.fill_in("dialog [data-field=period]", &month);
    head.act("draft-plan");
    head.wait_for("!!document.querySelector('[data-page=plan]')");
}

/// The key of an option of a list, by its words.
fn option(person: &Person, field: &str, words: &str) -> String {
    let found = format!(
        "[...document.querySelectorAll('[data-field={field}]')].flatMap(one => [...one.options])
            .find(one => one.text.includes('{words}'))?.value ?? null"
    );
    person.wait_for(&format!("({found}) !== null"));
    person.eval(&found).as_str().unwrap_or_default().to_owned()
}

/// The id of the pool's item of a title.
fn pool_item(person: &Person, title: &str) -> String {
    let found = format!(
        "[...document.querySelectorAll('[data-list=pool] > li')]
            .find(one => one.innerText.includes('{title}'))?.dataset.pool ?? null"
    );
    person.wait_for(&format!("({found}) !== null"));
    person.eval(&found).as_str().unwrap_or_default().to_owned()
}

fn real_plans() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    // A browser takes no path that climbs.
    let root = tests.parent().expect("the tests stand below the root");
    root.join("shared/tests/data/real-plans.csv")
}
