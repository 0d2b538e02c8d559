//! First run and import: the demo factory is loaded with one tap; where a month begins, the plan
//! office brings in a sheet. A sheet with one bad row changes nothing; one saved by Excel on a Chinese system is read.

use std::path::PathBuf;

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{somebody, waits_for_the_light};

const FROM_THE_SHEET: &str = "模具保养按计划完成";

#[test]
fn the_demo_factory_is_loaded_with_one_tap() {
    let server = Server::start();
    let newcomer = Person::at("first-run", Device::Desk, &server.address);
    newcomer.open("/");
    newcomer.photograph("first-run");
    newcomer.act("load-demo");
    newcomer.tap("[data-item=linxiaoyun] [data-act=use-account]");
    waits_for_the_light(&newcomer, "synced");
    newcomer.open("/plans");
    newcomer.wait_for("!!document.querySelector('[data-list=plans] [data-item]')");
    newcomer.has_no_complaint();
}

#[test]
fn a_sheet_is_shown_before_it_is_brought_in_whole_or_not_at_all() {
    let server = Server::start_with_the_demo();
    let office = somebody("linxiaoyun", Device::Desk, &server);
    office.open("/import");
    office.attach("[data-field=sheet]", &sheet("unknown-unit.csv"));
    office.wait_for("document.querySelectorAll('[data-list=refused-rows] > *').length === 1");
    office.wait_for("document.querySelector('[data-act=confirm-import]').disabled");
    office.sees("没有这个部门");
    office.photograph("sheet-refused");
    office.open("/plans");
    office.wait_for("!!document.querySelector('[data-list=plans]')");
    office.fill("search", FROM_THE_SHEET);
    office.wait_for("!document.querySelector('[data-list=plans] [data-item]')");

    office.open("/import");
    office.attach("[data-field=sheet]", &sheet("month-gbk.csv"));
    office.wait_for("document.querySelectorAll('[data-list=accepted-rows] > *').length === 2");
    office.photograph("sheet-accepted");
    office.act("confirm-import");
    office.wait_for("!!document.querySelector('.banner[data-state=good]')");
    office.open("/plans");
    office.fill("search", FROM_THE_SHEET);
    office.wait_for("!!document.querySelector('[data-list=plans] [data-item]')");
    office.act("open-plan");
    office.sees(FROM_THE_SHEET);
    office.has_no_complaint();
}

fn sheet(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/browser/sheets");
    PathBuf::from(folder).join(name)
}
