//! The next start: Today as it was last seen stands before the program runs, and what is tapped on
//! it is done by the program; a picture that could be wrong, or is somebody else's, is not there.

use serde_json::json;
use shared::document::PlanDocument;
use shared::plan::Scope;

use crate::colleague::Colleague;
use crate::factory::Factory;
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{comes_back_online, somebody, waits_for_the_light};

/// Taps the first button that says "done" as soon as the picture has one, and notes its item.
const TAPS: &str = "new MutationObserver((_, watch) => {
    const button = document.querySelector('#glance [data-act=done]');
    if (!button) return;
    watch.disconnect();
    window.tapped = {
        item: button.closest('[data-item]').dataset.item,
        alone: !document.querySelector('#app [data-page]'),
    };
    button.click();
    button.click();
    window.tapped.waits = button.getAttribute('aria-busy') === 'true';
}).observe(document, { childList: true, subtree: true })";

const PICTURE: &str = "localStorage.getItem('jihe-glance')";

/// A worker with ten things due today, whose device has the app and a picture of Today, and no network.
fn ready(server: &Server) -> Person {
    let factory = Factory::with_months(1, server);
    let owner = Colleague::signs_in("songjiaming", server);
    let judge = Colleague::signs_in("wangxiulan", server);
    factory.plans(&owner, &judge, factory.months[0], Scope::Personal, true);
    let mut worker = somebody("songjiaming", Device::Phone, server);
    worker.waits_until_the_app_is_kept();
    worker.wait_for(&format!("{PICTURE} !== null"));
    worker.loses_the_network();
    worker
}

/// Opens the app in a new browser process, where a finger is quicker than the program.
fn opens_and_taps(worker: &mut Person) -> String {
    worker.closes_and_opens_the_browser();
    let script = json!({"source": TAPS});
    worker.must("Page.addScriptToEvaluateOnNewDocument", script);
    worker.open("/");
    let tapped = worker.eval("window.tapped");
    assert_eq!(tapped["alone"], true, "the program was not there yet");
    assert_eq!(tapped["waits"], true, "the button says that it waits");
    tapped["item"].as_str().expect("an item").to_owned()
}

#[test]
fn a_tap_on_the_picture_of_today_is_done_once() {
    let server = Server::start_with_the_demo();
    let mut worker = ready(&server);
    let item = opens_and_taps(&mut worker);

    // One report waits to be sent, though the finger came down twice.
    worker.sees("1 项待发送");
    let card = format!("[data-list=due] [data-item='{item}'] [data-act=done]");
    worker.wait_for(&format!("!document.querySelector(\"{card}\")"));
    worker.photograph("did-what-was-tapped-at-once");

    comes_back_online(&mut worker, "songjiaming");
    let reports = worker.knows("the report of the tapped item", |world| {
        let mut documents = world.documents().map(|(_, document)| document);
        documents.find_map(|document: &PlanDocument| {
            let of_it = document.reports.values();
            let of_it = of_it.filter(|report| report.item.to_string() == item);
            let count = of_it.filter(|report| report.percent == 100).count();
            (count > 0).then_some(count)
        })
    });
    assert_eq!(reports, 1);
    worker.has_no_complaint();
}

#[test]
fn what_is_no_longer_there_is_not_done_and_the_person_is_told() {
    let server = Server::start_with_the_demo();
    let mut worker = ready(&server);
    // The picture is older than the work: its first item is not due any more.
    let gone = "00000000-0000-4000-8000-000000000000";
    worker.eval(&format!(
        "localStorage.setItem('jihe-glance', {PICTURE}.replaceAll(
            document.querySelector('[data-list=due] [data-item]').dataset.item, '{gone}'))"
    ));
    assert_eq!(opens_and_taps(&mut worker), gone);
    worker.wait_for("!!document.querySelector('.toast[data-state=bad]')");
    worker.sees("没有执行");
    waits_for_the_light(&worker, "offline");
    assert!(!worker.text_of("[data-act=open-sync]").contains('1'));
    worker.photograph("is-told-that-nothing-was-done");
}

#[test]
fn a_picture_is_gone_with_what_it_shows_and_with_its_person() {
    let server = Server::start_with_the_demo();
    let mut worker = ready(&server);
    worker.has_the_network_again();
    // What changes elsewhere than on Today makes the picture old.
    worker.tap("[data-list=due] [data-act=open-report]");
    worker.wait_for("!!document.querySelector('[data-page=report]')");
    worker.fill("note", "料斗清理完毕");
    worker.act("send-report");
    worker.wait_for(&format!("{PICTURE} === null"));
    worker.tap(".brand");
    worker.wait_for(&format!("{PICTURE} !== null"));
    waits_for_the_light(&worker, "synced");
    worker.wait_for(&format!("{PICTURE} !== null"));

    worker.goes_to("/me");
    worker.act("sign-out");
    worker.wait_for("!!document.querySelector('[data-field=login]')");
    assert!(worker.eval(PICTURE).is_null(), "signing out leaves none");
}
