//! The plan office tries another regime on a past month before anybody adopts it: on the device and
//! at the server alike, with a sheet to take away, and nothing of the company changes.

use serde_json::Value;
use shared::id::PeriodId;

use crate::colleague::Colleague;
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::somebody;

/// Picks a choice of a list, which is there once the server has named it.
fn picks(person: &Person, field: &str, choice: &str) {
    let list = format!("document.querySelector('select[data-field={field}]')");
    person.wait_for(&format!(
        "[...{list}.options].some((one) => one.value === '{choice}')"
    ));
    person.eval(&format!(
        "{list}.value = '{choice}'; {list}.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
}

/// Lets it run, and reads the page of what came of it.
fn tries(person: &Person) -> String {
    person.act("what-if-run");
    person.wait_for("document.querySelector('[data-part=outcome]') !== null");
    let lines = "[...document.querySelectorAll('[data-part=outcome] tr, [data-part=summary]')]";
    let told = person.eval(&format!("{lines}.map((one) => one.innerText).join('\\n')"));
    told.as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_plan_office_tries_a_regime_on_a_past_month() {
    let server = Server::start_with_three_months();
    let office = Colleague::signs_in("linxiaoyun", &server);
    let before = office.world();
    let person = somebody("linxiaoyun", Device::Desk, &server);
    person.goes_to("/what-if");
    person.sees("没有启用任何办法");
    // The period's own regime changes nothing for anybody.
    let results_of = |id: &PeriodId| {
        let results = before
            .documents()
            .filter_map(|(_, document)| document.result());
        results.filter(|result| result.period == *id).count()
    };
    let periods = before.organisation().periods.iter();
    let (id, period) = periods
        .max_by_key(|(id, period)| (results_of(id), period.from))
        .expect("a month that was judged");
    picks(&person, "period", &id.to_string());
    picks(&person, "regime", &period.regime.to_string());
    let same = tries(&person);
    assert!(same.contains("0 人的等级或系数会变"), "{same}");
    // A preset, here and at the server: the same is said.
    picks(&person, "regime", "preset:smart-monthly");
    person.wait_for("document.querySelector('[data-act=what-if-run]:not(:disabled)') !== null");
    let here = tries(&person);
    person.choose("服务器");
    let there = tries(&person);
    assert_eq!(here, there);
    assert_eq!(
        person.eval("document.querySelectorAll('[data-list=people] tr').length > 0"),
        Value::Bool(true),
        "{here}"
    );
    person.act("what-if-export");
    // What nobody judged then is called by its name, once for all who lack it.
    picks(&person, "regime", "preset:sixty-forty");
    person.wait_for("document.querySelector('[data-act=what-if-run]:not(:disabled)') !== null");
    tries(&person);
    person.wait_for("document.querySelector('[data-part=all-lack]') !== null");
    let lacking = person.eval("document.querySelector('[data-part=all-lack]').innerText");
    let lacking = lacking.as_str().unwrap_or_default();
    assert!(lacking.contains("上月执行情况"), "{lacking}");
    assert!(!lacking.contains("last_month"), "{lacking}");
    person.has_no_complaint();
    let after = Colleague::signs_in("linxiaoyun", &server).world();
    assert_eq!(before.organisation(), after.organisation());
    for (plan, document) in before.documents() {
        assert_eq!(after.document(plan), Some(document), "{plan}");
    }
    // Who judges nobody is shown nobody.
    let worker = somebody("denglei", Device::Phone, &server);
    worker.goes_to("/what-if");
    picks(&worker, "period", &id.to_string());
    picks(&worker, "regime", &period.regime.to_string());
    worker.act("what-if-run");
    worker.wait_for(
        "document.querySelector('[data-list=people], .empty, [data-list=apart]') !== null",
    );
    let listed = worker.eval("document.querySelectorAll('tr[data-person]').length <= 1");
    assert_eq!(listed, Value::Bool(true), "nobody else's result");
}
