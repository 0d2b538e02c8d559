//! A worker shows what was done by a photo, on a phone without a network; the browser dies, comes
//! back, and hands it in when there is a network. The judge sees the very bytes on another device,
//! even when the network is gone again; a colleague who may not see the item gets nothing.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde_json::json;
use shared::evidence::{ContentHash, Evidence};
use tempfile::TempDir;

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{
    comes_back_online, finds_the_plan, item, opens_the_own_plan, somebody, waits_for_the_light,
    waits_until_confirmed,
};

const COMPLAINTS: &str = "客诉8D报告";
const NAME: &str = "客诉闭环.jpg";
/// What a phone writes beside the picture, and nobody else shall read.
const SECRET: &[u8] = b"GPS 31.2304 N 121.4737 E";

#[test]
fn a_photo_taken_offline_reaches_the_judge_and_nobody_else() {
    let mut server = Server::start_with_the_demo();
    has_a_plan_approved(&server);
    let folder = TempDir::with_prefix("jihe-photo-").expect("a folder for the photo");
    let mut worker = somebody("songjiaming", Device::Phone, &server);
    worker.waits_until_the_app_is_kept();
    worker.open("/reports");
    worker.tap("[data-list=due] [data-act=open-report]");
    worker.sees(COMPLAINTS);
    let photo = takes_a_photo(&worker, &folder);
    let (page, kept) = shows_it_without_a_network(&mut worker, &photo);

    comes_back_online(&mut worker, "songjiaming");
    worker.open(&page);
    worker.wait_for("!!document.querySelector('[data-list=evidence] [data-state=accepted]')");
    let evidence = the_evidence(&worker);
    assert_eq!(
        evidence.hash.to_string(),
        kept,
        "what is shown is what was signed for"
    );
    let bytes = server.attachment(evidence.hash);
    assert_eq!(ContentHash::of(&bytes), evidence.hash);
    assert!(bytes.starts_with(b"\xff\xd8\xff"));
    let told = bytes.windows(SECRET.len()).any(|part| part == SECRET);
    assert!(!told, "the place where it was taken stays on the phone");
    let original = std::fs::read(&photo).expect("the photo is there");
    assert!(original.len() > bytes.len(), "it became smaller");

    // The server dies and keeps what it said it had.
    server.crash_and_restart();
    let judge = judges_with_it(&server, &kept);
    withdraws_and_shows_again(&worker);
    let stranger = somebody("raomin", Device::Desk, &server);
    let asked = format!(
        "fetch('/api/v1/attachments/{}?plan={}&evidence={}').then(answer => answer.status)",
        evidence.hash, evidence.plan, evidence.id
    );
    assert_eq!(stranger.eval(&asked), 404);
    assert!(!stranger.everything_kept().contains(&kept));
    for person in [&worker, &judge] {
        person.has_no_complaint();
    }
}

/// Attaches a photo offline, loses the browser and finds it again; gives the page, and the digest of
/// what is kept.
fn shows_it_without_a_network(worker: &mut Person, photo: &Path) -> (String, String) {
    let page = worker.eval("location.pathname");
    let page = page.as_str().expect("a page has an address").to_owned();
    worker.loses_the_network();
    worker.attach("[data-field=photo]", photo);
    worker.wait_for("!!document.querySelector('[data-list=evidence] img')");
    worker.sees(NAME);
    worker.wait_for("!!document.querySelector('[data-list=evidence] [data-state=kept]')");
    waits_for_the_light(worker, "offline");
    // The act and its file.
    worker.sees("2 项待发送");
    worker.photograph("photo-offline");

    worker.battery_dies();
    worker.open(&page);
    worker.wait_for("!!document.querySelector('[data-list=evidence] img')");
    worker.sees("2 项待发送");
    let kept = shown_digest(worker, "[data-list=evidence] img");
    worker.act("open-sync");
    worker.wait_for("document.querySelectorAll('[data-list=files] > li').length === 1");
    worker.photograph("file-waits");
    (page, kept)
}

/// The judge sees the photo beside the item, and opens it once the network is gone.
fn judges_with_it(server: &Server, kept: &str) -> Person {
    let mut judge = somebody("chenguodong", Device::Desk, server);
    judge.waits_until_the_app_is_kept();
    judge.open("/review");
    judge.tap("[data-list=to-judge] [data-act=open-judging]");
    let place = item(&judge, COMPLAINTS);
    let small = format!("{place} .evidence-list img");
    judge.wait_for(&format!("!!document.querySelector(\"{small}\")"));
    assert_eq!(
        shown_digest(&judge, &small),
        kept,
        "these are the very bytes"
    );
    judge.loses_the_network();
    judge.reload();
    judge.tap(&format!("{place} [data-act=open-evidence]"));
    let large = "dialog[open] [data-part=picture]";
    judge.wait_for(&format!(
        "!!document.querySelector('{large}')?.naturalWidth"
    ));
    assert_eq!(
        shown_digest(&judge, large),
        kept,
        "it is kept for a meeting"
    );
    judge.act("zoom-in");
    judge.wait_for("document.querySelector('.evidence-frame').dataset.zoom === '2'");
    judge.photograph("evidence-opened");
    judge.press("Escape");
    judge.wait_for("!document.querySelector('dialog[open]')");
    judge
}

/// A head hands the plan in on which the worker has an item, and it is approved.
fn has_a_plan_approved(server: &Server) {
    let head = somebody("wangxiulan", Device::Desk, server);
    opens_the_own_plan(&head);
    head.act("balance-weights");
    head.wait_for("document.querySelector('[data-act=balance-weights]').disabled");
    head.act("submit-plan");
    head.act("sign-submit");
    finds_the_plan(&head, "submitted");
    waits_for_the_light(&head, "synced");
    let superior = somebody("chenguodong", Device::Desk, server);
    superior.open("/review");
    superior.tap("[data-list=to-approve] [data-act=open-plan]");
    superior.act("approve-plan");
    superior.act("sign-approve");
    finds_the_plan(&superior, "approved");
    waits_for_the_light(&superior, "synced");
}

/// A photo as a phone's camera makes it: large, and with more beside the picture.
pub(super) fn takes_a_photo(person: &Person, folder: &TempDir) -> PathBuf {
    let drawn = person.eval(
        "(() => {
            const canvas = document.createElement('canvas');
            canvas.width = 2400; canvas.height = 1800;
            const context = canvas.getContext('2d');
            for (let n = 0; n < 4000; n++) {
                context.fillStyle = `hsl(${(n * 47) % 360} 60% ${20 + (n % 60)}%)`;
                context.fillRect((n * 97) % 2400, (n * 61) % 1800, 90, 70);
            }
            return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
        })()",
    );
    let text = drawn.as_str().expect("a drawing is a text");
    let jpeg = base64::engine::general_purpose::STANDARD.decode(text);
    let jpeg = jpeg.expect("a drawing is written in base64");
    let mut beside = b"Exif\0\0".to_vec();
    beside.extend_from_slice(SECRET);
    let length = u16::try_from(beside.len() + 2).expect("it is short");
    let mut photo = jpeg[..2].to_vec();
    photo.extend_from_slice(&[0xff, 0xe1]);
    photo.extend_from_slice(&length.to_be_bytes());
    photo.extend_from_slice(&beside);
    photo.extend_from_slice(&jpeg[2..]);
    let file = folder.path().join(NAME);
    std::fs::write(&file, photo).expect("the photo can be written");
    file
}

/// The digest of the one file that a person's browser holds, of which it shows the picture.
///
/// The page may fetch nothing but what the server sends, so its own file is read where it lies.
fn shown_digest(person: &Person, picture: &str) -> String {
    person.wait_for(&format!(
        "document.querySelector({})?.naturalWidth > 0",
        json!(picture)
    ));
    let digest = person.eval(
        "(async () => {
            const answer = (request) => new Promise((done, failed) => {
                request.onsuccess = () => done(request.result);
                request.onerror = () => failed(request.error);
            });
            const names = (await indexedDB.databases()).map(one => one.name);
            const name = names.find(name => name.startsWith('jihe-evidence-'));
            const database = await answer(indexedDB.open(name));
            const all = await answer(database.transaction('bytes').objectStore('bytes').getAll());
            database.close();
            const digest = await crypto.subtle.digest('SHA-256', all[0]);
            const hex = [...new Uint8Array(digest)].map(b => b.toString(16).padStart(2, '0'));
            return all.length === 1 ? hex.join('') : `${all.length} files`;
        })()",
    );
    digest.as_str().expect("a digest is a text").to_owned()
}

/// The one piece of evidence among the confirmed rows of a person's browser.
fn the_evidence(person: &Person) -> Evidence {
    person.knows("the evidence to be a confirmed row", |world| {
        let mut documents = world.documents();
        documents.find_map(|(_, document)| document.evidence.values().next().cloned())
    })
}

fn withdraws_and_shows_again(worker: &Person) {
    worker.act("withdraw-evidence");
    worker.wait_for("!!document.querySelector('[data-list=evidence] > [data-withdrawn=true]')");
    worker.act("undo");
    worker.wait_for("!!document.querySelector('[data-list=evidence] > [data-withdrawn=false]')");
    waits_for_the_light(worker, "synced");
    waits_until_confirmed(worker, NAME);
}
