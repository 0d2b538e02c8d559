//! What a device takes its time for, measured in the real browser by `cargo xtask bench`.
//!
//! Every figure is printed with its goal, and none is judged: what else the machine does at the
//! moment would be judged too. The rows come from the server, which has them from commands. What is
//! compared with raw storage is taken in turns with it, in the same page.

use std::thread;

use serde_json::json;
use shared::plan::Scope;

use crate::colleague::Colleague;
use crate::factory::Factory;
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{somebody, waits_for_the_light};

mod told;

use told::{Goal, figure, ratio};

/// How often each figure is taken.
const TIMES: usize = 5;
/// How often a device is filled anew.
const FILLS: usize = 3;
/// How many acts are kept in one opening.
const EDITS: usize = 20;

const RAW_READ: &str = include_str!("bench/raw_read.js");
const RAW_FILL: &str = include_str!("bench/raw_fill.js");
const RAW_EDIT: &str = include_str!("bench/raw_edit.js");
const COUNT: &str = include_str!("bench/count_rows.js");

/// A person's usual data: ten months of two hundred items, of which one is due today.
#[test]
#[ignore = "measures; `cargo xtask bench` runs it"]
fn usual_data() {
    let server = Server::start_with_the_demo();
    let factory = Factory::with_months(10, &server);
    let (worker, head) = ("songjiaming", "wangxiulan");
    let judge = Colleague::signs_in(head, &server);
    let owner = Colleague::signs_in(worker, &server);
    for (place, month) in factory.months.iter().enumerate() {
        factory.plans(&owner, &judge, *month, Scope::Personal, place == 0);
    }
    let mut person = somebody(worker, Device::Phone, &server);
    person.waits_until_the_app_is_kept();
    waits_for_the_light(&person, "synced");
    let rows = number(&person, COUNT);
    let (mut first, mut ticks) = (Vec::new(), Vec::new());
    let (mut begun, mut read, mut drawn) = (Vec::new(), Vec::new(), Vec::new());
    let (mut accepted, mut kept) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        // A browser keeps it in memory for some seconds; one that is closed writes it first.
        person.wait_for("localStorage.getItem('jihe-glance') !== null");
        opens_cold(&mut person, 4);
        first.push(number(&person, "window.shown"));
        accepted.push(number(&person, "window.accepted"));
        person.wait_for("performance.getEntriesByName('kept').length > 0");
        kept.push(number(
            &person,
            "(({ startTime, duration }) => startTime + duration)(performance.getEntriesByName('kept')[0])",
        ));
        let shown = number(&person, "window.stood");
        let opening = number(
            &person,
            "performance.getEntriesByName('opened')[0].startTime",
        );
        let opened = opening + measured(&person, "opened");
        begun.push(opening);
        read.push(opened - opening);
        drawn.push(shown - opened);
        ticks.push(ticks_once(&person, "[data-page=home] [data-act=done]"));
    }
    let what = "cold offline start until Today shows an item, 4 x slower CPU";
    figure(what, rows, &first, Goal::None);
    let what = "the same until it has accepted a tick on it";
    figure(what, rows, &accepted, Goal::Most(1_000.0));
    let what = "the same until that tick is on the disk";
    figure(what, rows, &kept, Goal::None);
    figure("until the program runs", rows, &begun, Goal::None);
    figure("from storage to memory", rows, &read, Goal::None);
    figure("from memory to the screen", rows, &drawn, Goal::None);
    let what = "response to a tick, 4 x slower CPU";
    figure(what, rows, &ticks, Goal::None);
}

/// Everything that a general manager of thirteen units may see in years.
#[test]
#[ignore = "measures; `cargo xtask bench` runs it"]
fn fifty_thousand_rows() {
    let server = Server::start_with_the_demo();
    fills_the_server(&server);
    let mut person = somebody("chenguodong", Device::Desk, &server);
    person.waits_until_the_app_is_kept();
    waits_for_the_light(&person, "synced");
    let rows = number(&person, COUNT);
    first_fill(&person, rows);
    let (mut opened, mut raw) = (Vec::new(), Vec::new());
    let (mut kept, mut plain, mut guarded) = (Vec::new(), Vec::new(), Vec::new());
    let mut ticks = Vec::new();
    for _ in 0..TIMES {
        opens_cold(&mut person, 1);
        opened.push(measured(&person, "opened"));
        raw.push(number(&person, RAW_READ));
        person.tap("[data-page=home] [data-list=due] [data-act=open-report]");
        person.wait_for("!!document.querySelector('[data-page=report] [data-act=send-report]')");
        for _ in 0..EDITS {
            person.eval("performance.clearMeasures('kept')");
            ticks.push(ticks_once(
                &person,
                "[data-page=report] [data-act=send-report]",
            ));
            person.wait_for("performance.getEntriesByName('kept').length > 0");
            kept.push(measured(&person, "kept"));
            plain.push(number(&person, &format!("({RAW_EDIT})(false)")));
            guarded.push(number(&person, &format!("({RAW_EDIT})(true)")));
        }
    }
    figure(
        "G8 cold open, from storage to memory",
        rows,
        &opened,
        Goal::None,
    );
    figure(
        "G8 reading and decoding the same packs by script",
        rows,
        &raw,
        Goal::None,
    );
    ratio("G8 cold open to raw", &opened, &raw, Goal::Most(1.3));
    figure("G10 one durable edit", rows, &kept, Goal::None);
    figure(
        "G10 one plain transaction of the same durability",
        rows,
        &plain,
        Goal::None,
    );
    ratio(
        "G10 edits to plain transactions, per second",
        &plain,
        &kept,
        Goal::Least(0.8),
    );
    figure(
        "G10 one transaction with a guard, as every edit has",
        rows,
        &guarded,
        Goal::None,
    );
    ratio(
        "G10 edits to transactions with a guard",
        &guarded,
        &kept,
        Goal::None,
    );
    figure("response to a tick", rows, &ticks, Goal::Most(50.0));
}

/// Has five heads plan fifty months, each in a thread of its own.
fn fills_the_server(server: &Server) {
    let factory = Factory::with_months(50, server);
    let general = Colleague::signs_in("chenguodong", server);
    let heads = [
        "zhangjianjun",
        "heliping",
        "wangxiulan",
        "liuzhigang",
        "luweiguo",
    ];
    let heads = heads.map(|login| Colleague::signs_in(login, server));
    thread::scope(|scope| {
        for head in &heads {
            scope.spawn(|| {
                for (place, month) in factory.months.iter().enumerate() {
                    factory.plans(head, &general, *month, Scope::Unit, place == 0);
                }
            });
        }
    });
}

/// Takes what a device was given away and has it filled again, in turns with raw pages.
fn first_fill(person: &Person, rows: f64) {
    let (mut filled, mut pages, mut encoded) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..FILLS {
        let delete = "(async () => {
            const all = await indexedDB.databases();
            const { name } = all.find(one => one.name.startsWith('jihe-cache'));
            await new Promise(done => { indexedDB.deleteDatabase(name).onsuccess = done; });
        })()";
        person.eval(delete);
        person.reload();
        waits_for_the_light(person, "synced");
        filled.push(measured(person, "filled"));
        let raw = person.eval(RAW_FILL);
        let raw = |place: usize| raw[place].as_f64().expect("a number of milliseconds");
        pages.push(raw(0));
        encoded.push(raw(1));
    }
    figure(
        "G9 first fill, from rows received to rows kept",
        rows,
        &filled,
        Goal::None,
    );
    figure(
        "G9 writing the same pages by script",
        rows,
        &pages,
        Goal::None,
    );
    figure(
        "G9 encoding and writing them by script",
        rows,
        &encoded,
        Goal::None,
    );
    ratio(
        "G9 first fill to raw pages",
        &filled,
        &pages,
        Goal::Most(2.0),
    );
}

/// Notes when the first item of Today has been painted, ticks it there and then where it can be
/// ticked, notes when the screen has answered that, and when the program itself has drawn Today.
const WATCH: &str = "
const painted = (then) => requestAnimationFrame(() => setTimeout(then));
const once = (selector, then) => new MutationObserver((_, watch) => {
    const found = document.querySelector(selector);
    if (!found) return;
    watch.disconnect();
    painted(() => then(found));
}).observe(document, { childList: true, subtree: true });
once('[data-page=home] [data-item]', (item) => {
    window.shown = performance.now();
    const button = item.querySelector('[data-act=done]');
    if (!button) return;
    new MutationObserver((_, watch) => {
        watch.disconnect();
        painted(() => { window.accepted = performance.now(); });
    }).observe(item, { attributes: true, childList: true, subtree: true });
    button.click();
});
once('#app [data-page=home] [data-item]', () => { window.stood = performance.now(); });";

/// Opens the app in a new browser process without a network, and ticks the first item at once.
///
fn opens_cold(person: &mut Person, slower: u32) {
    if !person.is_offline() {
        person.loses_the_network();
    }
    person.closes_and_opens_the_browser();
    person.must("Emulation.setCPUThrottlingRate", json!({"rate": slower}));
    person.must(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": WATCH}),
    );
    person.open("/");
    person.wait_for("!!window.stood");
}

/// Presses a button and takes the time until the screen has changed and is painted.
fn ticks_once(person: &Person, button: &str) -> f64 {
    number(
        person,
        &format!(
            "new Promise(done => {{
                const begin = performance.now();
                new MutationObserver((_, watch) => {{
                    watch.disconnect();
                    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
                }}).observe(document.querySelector('main'), {{ childList: true, subtree: true }});
                document.querySelector({}).click();
            }})",
            json!(button)
        ),
    )
}

fn number(person: &Person, expression: &str) -> f64 {
    person
        .eval(expression)
        .as_f64()
        .expect("a number of milliseconds")
}

/// What the app itself measured under a name, the last time.
fn measured(person: &Person, name: &str) -> f64 {
    let last = format!("performance.getEntriesByName('{name}').at(-1).duration");
    number(person, &last)
}
