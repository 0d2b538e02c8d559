//! A deduction is proposed on a phone without a network, confirmed at a desk, disputed by the person
//! and taken back by an entry of its own; nobody else learns of it.
//!
//! What is asserted at the end are rows on other people's devices, not words on a screen.

use shared::command::Command;
use shared::command::ledger::AdoptTariffs;
use shared::id::RegimeId;
use shared::ledger::sheet::shipped;
use shared::ledger::{self, EntryAnswer, LedgerEntry};
use shared::world::World;
use tempfile::TempDir;

use super::shows_the_work::takes_a_photo;
use crate::colleague::{Colleague, fresh};
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{comes_back_online, somebody, waits_for_the_light, waits_until_confirmed};

const FACTS: &str = "9日上午在检验台看视频约十分钟";
const OTHER_FACTS: &str = "10日下午在检验台看视频约五分钟";
const LEFT_OUT: &str = "11日上午是否看视频尚待查实";
const DISPUTE: &str = "看的是检验作业视频";
/// The picture in an entry, as it is shown.
const PICTURE: &str =
    "document.querySelector('[data-part=evidence] .evidence-small')?.naturalWidth > 0";
const REVERSAL: &str = "查实为作业视频";

#[test]
fn an_entry_is_proposed_confirmed_disputed_and_taken_back() {
    let server = Server::start_with_the_demo();
    let office = Colleague::signs_in("linxiaoyun", &server);
    adopts_tariffs(&office);

    let mut phone = somebody("wangxiulan", Device::Phone, &server);
    phone.waits_until_the_app_is_kept();
    phone.open("/ledger");
    phone.wait_for("!!document.querySelector('[data-act=propose-entry]')");
    phone.loses_the_network();
    proposes_with_a_photo(&phone);
    comes_back_online(&mut phone, "wangxiulan");

    let desk = somebody("wangxiulan", Device::Desk, &server);
    desk.open("/ledger");
    waits_until_confirmed(&desk, FACTS);
    desk.wait_for(PICTURE);
    desk.act("confirm-entry");
    desk.act("save-entry");
    desk.sees("已确认");
    waits_for_the_light(&desk, "synced");
    desk.photograph("ledger");

    let person = somebody("songjiaming", Device::Phone, &server);
    person.open("/ledger/own");
    person.sees(FACTS);
    person.wait_for(PICTURE);
    person.act("dispute-entry");
    person.fill("reason", DISPUTE);
    person.act("save-entry");
    waits_for_the_light(&person, "synced");
    person.photograph("disputes-an-entry");

    desk.sees(DISPUTE);
    desk.act("reverse-entry");
    desk.fill("reason", REVERSAL);
    desk.act("save-entry");
    desk.sees("已冲销");
    person.sees(REVERSAL);

    let taken_back = person.knows("the entry and what takes it back", |world| {
        let entries = entries(world);
        let reversal = entries.iter().find(|entry| entry.reverses.is_some())?;
        let first = entries
            .iter()
            .find(|entry| Some(entry.id) == reversal.reverses)?;
        Some(first.clone())
    });
    assert_eq!(taken_back.facts, FACTS);
    assert!(matches!(
        taken_back.answer,
        Some(EntryAnswer::Disputed(signed)) if signed.reason == DISPUTE
    ));
    let world = office.world();
    let mut ledgers = world.documents().map(|(_, document)| &document.entries);
    let ledger = ledgers.find(|entries| entries.len() == 2);
    assert_eq!(ledger::standing(ledger.expect("two entries")).len(), 0);

    let stranger = somebody("xuhaitao", Device::Desk, &server);
    let kept = stranger.everything_kept() + &stranger.everything_received("/sync/");
    assert!(!kept.contains(FACTS) && !kept.contains(DISPUTE));
    for one in [&phone, &desk, &person] {
        one.has_no_complaint();
    }
}

/// The plan office adopts the shipped sheet of tariffs that has a fund.
fn adopts_tariffs(office: &Colleague) {
    let mut sheets = shipped().into_iter();
    let sheet = sheets.find(|sheet| sheet.fund.is_some());
    office.does(Command::AdoptTariffs(AdoptTariffs {
        id: RegimeId::from_bits(fresh()),
        sheet: Box::new(sheet.expect("a sheet with a fund is shipped")),
    }));
}

#[test]
fn several_entries_are_read_ticked_and_confirmed_at_once() {
    let server = Server::start_with_the_demo();
    let office = Colleague::signs_in("linxiaoyun", &server);
    adopts_tariffs(&office);
    let mut desk = somebody("wangxiulan", Device::Desk, &server);
    desk.waits_until_the_app_is_kept();
    desk.open("/ledger");
    for facts in [FACTS, OTHER_FACTS, LEFT_OUT] {
        desk.act("propose-entry");
        chooses(&desk, "tariff", "私聊");
        chooses(&desk, "person", "宋家明");
        desk.fill("facts", facts);
        desk.act("save-proposal");
        desk.wait_for(&format!(
            "document.querySelector('[data-list=entries]')?.innerText.includes('{facts}') ?? false"
        ));
    }
    waits_for_the_light(&desk, "synced");
    desk.loses_the_network();

    desk.act("confirm-several");
    // Nobody signs what was not ticked.
    desk.act("save-entry");
    desk.sees("请勾选要确认的记录");
    for facts in [FACTS, OTHER_FACTS] {
        let tick = format!(
            "[...document.querySelectorAll('dialog [data-field=entries] label')]
                .find(one => one.innerText.includes('{facts}'))?.querySelector('input').value ?? null"
        );
        desk.wait_for(&format!("({tick}) !== null"));
        let key = desk.eval(&tick);
        let key = key.as_str().expect("a tick has a key");
        desk.tap(&format!("dialog label:has([value='{key}'])"));
    }
    desk.photograph("confirms-several-entries");
    desk.act("save-entry");
    desk.wait_for(
        "document.querySelectorAll('[data-list=entries] > [data-state=confirmed]').length === 2",
    );
    comes_back_online(&mut desk, "wangxiulan");

    let all = || {
        let world = office.world();
        let mut all = entries(&world);
        all.retain(|entry| entry.confirmed.is_some());
        let mut facts: Vec<String> = all.into_iter().map(|entry| entry.facts).collect();
        facts.sort_unstable();
        facts
    };
    let mut wanted = [FACTS.to_owned(), OTHER_FACTS.to_owned()];
    wanted.sort_unstable();
    desk.wait_until("both to be confirmed at the server", || all() == wanted);
    desk.has_no_complaint();
}

/// Proposes an entry on a phone that has no network, and shows it by a photo.
fn proposes_with_a_photo(phone: &Person) {
    phone.act("propose-entry");
    chooses(phone, "tariff", "私聊");
    chooses(phone, "person", "宋家明");
    phone.fill("facts", FACTS);
    phone.photograph("proposes-an-entry");
    phone.act("save-proposal");
    waits_for_the_light(phone, "offline");
    phone.sees("待确认");
    // Without a plan and without a network, the entry itself shows what was found.
    let folder = TempDir::with_prefix("jihe-entry-").expect("a folder for the photo");
    let photo = takes_a_photo(phone, &folder);
    phone.attach("[data-part=evidence] [data-field=photo]", &photo);
    phone.wait_for(PICTURE);
    phone.photograph("shows-what-was-found");
}

fn entries(world: &World) -> Vec<LedgerEntry> {
    let documents = world.documents();
    let entries = documents.flat_map(|(_, document)| document.entries.values().cloned());
    entries.collect()
}

/// Chooses the option of a list that holds these words.
pub(super) fn chooses(person: &Person, field: &str, words: &str) {
    let found = format!(
        "[...document.querySelector('dialog [data-field={field}]').options]
            .find(one => one.text.includes('{words}'))?.value ?? null"
    );
    person.wait_for(&format!("({found}) !== null"));
    let key = person.eval(&found);
    let key = key.as_str().expect("an option has a key");
    person.fill_in(&format!("dialog [data-field={field}]"), key);
}
