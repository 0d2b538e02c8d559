//! The limits of sync: each is told with its word and its number, and what is below it is served.

use std::io::Read as _;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use shared::command::Command;
use shared::command::review::DiscardRefused;
use shared::id::{CommandId, Epoch, PeriodId, PersonId, UnitId};
use shared::partition::PartitionId;
use shared::refusal::Refusal;
use shared::sync::client::{Client, SendError};
use shared::sync::message::{MOST_PREVS, PROTOCOL_VERSION, ROW_FORM};

use crate::phone::{Kept, Line, Phone, Pocket, contents, holding, settle};
use crate::server::{Device, NOW, TestServer};

/// A phone that holds what is given.
async fn phone<'a>(server: &'a TestServer, person: PersonId, kept: &Kept) -> Phone<'a> {
    let line = Line::of(server.device_of(person).await);
    let storage = holding(kept).await;
    Client::open(storage, line, Pocket::at(3), person, "test")
        .await
        .unwrap()
}

/// Rows of an outbox, as many and as long as asked, in a form that this build cannot read.
fn waiting(person: PersonId, count: u64, bytes: usize) -> Kept {
    let row = |seq: u64| {
        let row = json!({
            "fmt": 1, "cmd_id": CommandId::from_bits(u128::from(seq)), "actor": person,
            "lanes": [], "prevs": [], "bytes": "{".repeat(bytes),
        });
        (format!("{seq:020}"), row.to_string())
    };
    // Guards compare texts, so the fields stand in the order in which the client writes them.
    let tail = CommandId::from_bits(u128::from(count));
    let tail = format!("{{\"seq\":{count},\"cmd_id\":\"{tail}\"}}");
    let meta = vec![("tail".to_owned(), tail)];
    let outbox = (1..=count).map(row).collect();
    Kept::from([("outbox".to_owned(), outbox), ("meta".to_owned(), meta)])
}

async fn sends(phone: &Phone<'_>) -> Result<CommandId, SendError> {
    let refused = CommandId::from_bits(1);
    let command = Command::DiscardRefused(DiscardRefused { refused });
    phone.send(&command).await
}

fn passed(limit: &str, most: u64) -> Result<CommandId, SendError> {
    let limit = limit.to_owned();
    Err(SendError::Refused(Refusal::LimitPassed { limit, most }))
}

#[tokio::test]
async fn a_device_keeps_ten_thousand_commands_and_eight_mebibytes_and_says_so() {
    let server = TestServer::demo().await;
    let person = server.sign_in("zhangjianjun", "jihe-demo").await.person;
    let nearly = phone(&server, person, &waiting(person, 9_999, 1)).await;
    assert!(sends(&nearly).await.is_ok());
    assert_eq!(sends(&nearly).await, passed("pending_commands", 10_000));
    let long = waiting(person, 128, 64 * 1024);
    let nearly = phone(&server, person, &long).await;
    assert!(sends(&nearly).await.is_ok(), "exactly eight mebibytes wait");
    let most = 8 * 1024 * 1024;
    assert_eq!(sends(&nearly).await, passed("pending_bytes", most));
}

/// What the archive of a settled phone holds after a tidy, when it held so many so old before.
async fn archived(server: &TestServer, count: u64, days: i64) -> usize {
    let device = server.sign_in("zhangjianjun", "jihe-demo").await;
    let (person, settled) = (device.person, device.phone(4).await);
    settle(&settled).await;
    let mut kept = contents(settled.storage()).await;
    let epoch: Epoch = server.state.store.server_epoch();
    let at = NOW.0 - days * 24 * 60 * 60 * 1000;
    let entry = |seq: u64| {
        let row = json!({
            "fmt": 1, "cmd_id": CommandId::from_bits(u128::from(seq)), "actor": person,
            "lanes": [], "prevs": [], "bytes": "{",
        });
        let entry = json!({ "row": row, "epoch": epoch, "at": at });
        (format!("{seq:020}"), entry.to_string())
    };
    kept.insert("archive".to_owned(), (1..=count).map(entry).collect());
    let again = phone(server, person, &kept).await;
    settle(&again).await;
    contents(again.storage()).await["archive"].len()
}

#[tokio::test]
async fn the_archive_keeps_twenty_thousand_commands_for_ninety_days() {
    let server = TestServer::demo().await;
    assert_eq!(archived(&server, 20_003, 1).await, 20_000);
    assert_eq!(archived(&server, 5, 90).await, 5);
    assert_eq!(archived(&server, 5, 91).await, 0);
}

#[tokio::test]
async fn a_request_beyond_a_limit_is_told_which_and_how_much() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", "jihe-demo").await;
    let cookie = Some(device.cookie.as_str());
    let refused = CommandId::from_bits(1);
    let discard = Command::DiscardRefused(DiscardRefused { refused });
    let mut long = device.make(0x77, discard);
    long.prevs = vec![refused; MOST_PREVS + 1];
    let request = Device::push_request(vec![long]);
    let reply = server.post("/sync/v1/push", cookie, &request).await;
    let facts = reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "limit_passed");
    assert_eq!(facts, json!({ "limit": "predecessors", "most": 400 }));
    let partition = |n: u128| {
        let (unit, period) = (UnitId::from_bits(n), PeriodId::from_bits(1));
        json!([PartitionId::Judging(unit, period, device.person), u32::MAX])
    };
    let pull = |count: u128| {
        json!({
            "proto": PROTOCOL_VERSION, "app_build": "test", "server_epoch": null, "device": refused,
            "rows": ROW_FORM, "grants_ver": 0, "have": (0..count).map(partition).collect::<Value>(),
            "sums": (0..count).map(|_| u64::MAX).collect::<Vec<_>>(),
        })
    };
    let reply = server.post("/sync/v1/pull", cookie, &pull(5_001)).await;
    let facts = reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "limit_passed");
    assert_eq!(facts, json!({ "limit": "partitions", "most": 5_000 }));
    let reply = server.post("/sync/v1/pull", cookie, &pull(5_000)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
}

#[tokio::test]
async fn a_first_pull_travels_compressed() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", "jihe-demo").await;
    let plain = device.pull_reply().await.bytes;
    let body = json!({
        "proto": PROTOCOL_VERSION, "app_build": "test", "server_epoch": null,
        "device": CommandId::from_bits(7), "rows": ROW_FORM, "grants_ver": 0, "have": [],
    });
    let request = Request::post("/sync/v1/pull")
        .header(header::HOST, "localhost")
        .header(header::COOKIE, &device.cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT_ENCODING, "gzip")
        .body(Body::from(body.to_string()))
        .unwrap();
    let reply = server.send(request).await;
    assert_eq!(reply.headers.get(header::CONTENT_ENCODING).unwrap(), "gzip");
    let mut unpacked = Vec::new();
    let mut decoder = GzDecoder::new(reply.bytes.as_slice());
    decoder.read_to_end(&mut unpacked).unwrap();
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    assert_eq!(read(&unpacked)["parts"], read(&plain)["parts"]);
    let (packed, plain) = (reply.bytes.len(), plain.len());
    eprintln!("a first pull of the demo factory: {plain} bytes, {packed} compressed");
    assert!(packed * 3 < plain, "{packed} of {plain}");
}
