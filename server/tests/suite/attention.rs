//! What was not applied, on every device of its author, until it is closed.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::command::Command;
use shared::command::plan::EditItem;
use shared::command::review::CloseUnapplied;
use shared::id::{CommandId, PersonId, PlanId};
use shared::item::{Edit, ItemEdit};
use shared::sync::client::Attention;
use shared::sync::message::Outcome;

use crate::phone::{Phone, settle};
use crate::server::TestServer;

/// The factory, a head's plan, and two devices of that head.
async fn two_devices(server: &TestServer) -> (Phone<'_>, Phone<'_>, PlanId) {
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let (plan, _) = head.own_plan().await;
    let person = head.person;
    let phone = head.phone(1).await;
    let tablet = server.device_of(person).await.phone(2).await;
    settle(&phone).await;
    settle(&tablet).await;
    (phone, tablet, plan)
}

/// Gives the first item of a plan another title, from the one that this device shows.
fn titled(phone: &Phone<'_>, plan: PlanId, title: &str) -> Command {
    let replica = phone.replica();
    let first = replica.view().document(plan).unwrap().items_in_order()[0].clone();
    let (old, new) = (first.title, title.to_owned());
    let edits = vec![ItemEdit::Title(Edit { old, new })];
    let item = first.id;
    Command::EditItem(EditItem { plan, item, edits })
}

/// The phone's two edits are refused and held back, because the tablet was quicker.
async fn overtaken(phone: &Phone<'_>, tablet: &Phone<'_>, plan: PlanId) -> [CommandId; 2] {
    tablet
        .send(&titled(tablet, plan, "平板上的题目"))
        .await
        .unwrap();
    tablet.push().await.unwrap();
    let first = titled(phone, plan, "手机上的题目");
    let first = phone.send(&first).await.unwrap();
    let second = titled(phone, plan, "手机上的第二个题目");
    let second = phone.send(&second).await.unwrap();
    settle(phone).await;
    settle(tablet).await;
    [first, second]
}

fn first_title(phone: &Phone<'_>, plan: PlanId) -> String {
    let replica = phone.replica();
    let items = replica.view().document(plan).unwrap().items_in_order();
    items[0].title.clone()
}

fn ids(entries: &[Attention]) -> Vec<CommandId> {
    entries.iter().map(|entry| entry.row.cmd_id).collect()
}

fn attention(phone: &Phone<'_>) -> Vec<CommandId> {
    let replica = phone.replica();
    let entries = replica.attention();
    entries.iter().map(|entry| entry.row.cmd_id).collect()
}

async fn proves(server: &TestServer) {
    let data = server.folder.path().join("data");
    let checked = ::server::keep::check(&data, &server.clock).await;
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}

#[tokio::test]
async fn a_refusal_stands_on_every_device_of_its_author_and_is_settled_on_any() {
    let server = TestServer::demo().await;
    let (phone, tablet, plan) = two_devices(&server).await;
    let [first, second] = overtaken(&phone, &tablet, plan).await;
    assert_eq!(attention(&phone), [first, second]);
    assert!(
        phone.replica().elsewhere().is_empty(),
        "nothing stands twice"
    );
    let there = tablet.replica().elsewhere();
    assert_eq!(ids(&there), [first, second]);
    assert!(
        there[0].row.bytes.contains("手机上的题目"),
        "with its words"
    );
    assert!(matches!(there[0].outcome, Outcome::Rejected { .. }));
    assert_eq!(there[1].outcome, Outcome::Skipped { because: first });
    // A colleague has nothing of it.
    let colleague = server.sign_in("wangxiulan", "jihe-demo").await;
    let bytes = colleague.pull_reply().await.bytes;
    assert!(!String::from_utf8_lossy(&bytes).contains("手机上的题目"));
    // The tablet gives the first up and makes the second again; the phone hears of both.
    tablet.discard(first).await.unwrap();
    assert_eq!(ids(&tablet.replica().elsewhere()), [second], "at once");
    let again = titled(&tablet, plan, "手机上的第二个题目");
    tablet.reapply(second, &again).await.unwrap();
    assert!(tablet.replica().elsewhere().is_empty(), "at once");
    settle(&tablet).await;
    settle(&phone).await;
    assert!(attention(&phone).is_empty() && phone.replica().elsewhere().is_empty());
    assert_eq!(first_title(&phone, plan), "手机上的第二个题目");
    proves(&server).await;
}

#[tokio::test]
async fn what_a_device_settles_before_it_is_heard_of_stays_settled() {
    let server = TestServer::demo().await;
    let (phone, tablet, plan) = two_devices(&server).await;
    let [first, second] = overtaken(&phone, &tablet, plan).await;
    phone.discard(second).await.unwrap();
    phone.discard(first).await.unwrap();
    assert!(phone.replica().elsewhere().is_empty());
    settle(&phone).await;
    settle(&tablet).await;
    for device in [&phone, &tablet] {
        let replica = device.replica();
        assert!(replica.attention().is_empty() && replica.elsewhere().is_empty());
        assert!(replica.confirmed().unapplied().is_empty());
    }
}

#[tokio::test]
async fn an_administrator_closes_what_its_author_no_longer_can() {
    let server = TestServer::demo().await;
    let (phone, tablet, plan) = two_devices(&server).await;
    let [first, second] = overtaken(&phone, &tablet, plan).await;
    let person: PersonId = phone.replica().person();
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let close = |command| {
        Command::CloseUnapplied(CloseUnapplied {
            command,
            person,
            reason: "已当面说明".to_owned(),
        })
    };
    // Whose it is and since when is told, and not a word of it.
    let cookie = Some(administrator.cookie.as_str());
    let listed = server.get("/api/v1/unapplied", cookie).await;
    assert!(!String::from_utf8_lossy(&listed.bytes).contains("题目"));
    let listed: Vec<Value> = listed.read();
    let commands: Vec<_> = listed.iter().map(|one| &one["command"]).collect();
    assert_eq!(commands, [&json!(first), &json!(second)]);
    let held_back: Vec<_> = listed.iter().map(|one| &one["held_back"]).collect();
    assert_eq!(held_back, [false, true]);
    assert_eq!(listed[0]["person"], person.to_string());
    let forbidden = server.sign_in("wangxiulan", "jihe-demo").await;
    let forbidden = forbidden.does(0xa0, close(first)).await;
    assert!(matches!(forbidden, Outcome::Rejected { .. }));
    assert!(administrator.does(0xa1, close(first)).await.is_applied());
    settle(&phone).await;
    assert_eq!(attention(&phone), [second]);
    proves(&server).await;
}

#[tokio::test]
async fn what_is_released_later_is_told_on_every_device_until_it_is_noted() {
    let server = TestServer::demo().await;
    let (phone, tablet, plan) = two_devices(&server).await;
    let person = phone.replica().person();
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    // While the account is closed, what comes is kept unexecuted.
    let edit = titled(&phone, plan, "路上写的题目");
    let held = phone.send(&edit).await.unwrap();
    let cookie = Some(administrator.cookie.as_str());
    let body = json!({ "person": person });
    let reply = server.post("/api/v1/accounts/close", cookie, &body).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", reply.json());
    phone.push().await.unwrap();
    assert_eq!(attention(&phone), [held]);
    let body = json!({
        "person": person, "login": "zhangjianjun", "password": "another password"
    });
    let reply = server.post("/api/v1/accounts", cookie, &body).await;
    assert!(reply.status.is_success(), "{}", reply.json());
    let path = format!("/api/v1/unexecuted/{held}/release");
    let reply = server.post(&path, cookie, &json!({})).await;
    assert_eq!(reply.json()["released"], true, "{}", reply.json());
    // The devices sign in anew, with what they hold.
    for (bits, device) in [(3, phone), (4, tablet)] {
        let kept = crate::phone::contents(device.storage()).await;
        let line = server.device_of(person).await;
        let device = line.phone_with(bits, &kept).await;
        settle(&device).await;
        assert!(attention(&device).is_empty());
        let told = device.replica().elsewhere();
        assert_eq!(ids(&told), [held]);
        assert!(told[0].outcome.is_applied());
        assert_eq!(first_title(&device, plan), "路上写的题目");
        if bits == 4 {
            device.discard(held).await.unwrap();
            settle(&device).await;
            assert!(device.replica().elsewhere().is_empty());
        }
    }
    proves(&server).await;
}
