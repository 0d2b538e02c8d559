//! Devices that announced work: while they are away, when they bring it, and when they lost it.

use axum::http::StatusCode;
use serde_json::Value;
use shared::sync::client::{Client, Peer, PeerError};
use shared::sync::message::{PullRequest, PullResponse, PushRequest, PushResponse};

use crate::corpus::{self, Left};
use crate::phone::{Kept, Line, Pocket, contents, holding, settle};
use crate::server::TestServer;

/// A line on which pushes do not get through.
struct OnlyPulls<'a>(Line<'a>);

impl Peer for OnlyPulls<'_> {
    async fn push(&self, _: &PushRequest) -> Result<PushResponse, PeerError> {
        Err(PeerError::Unreachable)
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, PeerError> {
        self.0.pull(request).await
    }
}

async fn factory() -> (TestServer, Left) {
    let (_, release) = corpus::releases().remove(0);
    let server = corpus::server_of(&release).await;
    (server, corpus::left(&release.join("zhangjianjun.json")))
}

async fn missed(server: &TestServer) -> Vec<Value> {
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let reply = server.get("/api/v1/devices", Some(&office.cookie)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    reply.read()
}

/// The phone reaches the server with what it holds, but cannot hand it in.
async fn announce(server: &TestServer, left: &Left, kept: &Kept) {
    let line = Line::of(server.device_of(left.person).await);
    let storage = holding(kept).await;
    let client = Client::open(storage, OnlyPulls(line), Pocket::at(50), left.person, "2.0");
    client.await.unwrap().pull().await.unwrap();
}

#[tokio::test]
async fn a_device_with_unsent_work_is_listed_until_it_brings_it() {
    let (server, left) = factory().await;
    assert_eq!(missed(&server).await, Vec::<Value>::new());
    announce(&server, &left, &left.kept).await;
    let listed = missed(&server).await;
    assert_eq!(listed.len(), 1, "{listed:?}");
    let unsent = listed[0]["unsent"].as_u64().unwrap();
    assert!(unsent >= 5 && listed[0]["lost"] == 0, "{listed:?}");
    assert_eq!(listed[0]["person"], left.person.to_string());
    let line = server.device_of(left.person).await;
    let phone = line.phone_with(51, &left.kept).await;
    settle(&phone).await;
    assert_eq!(
        missed(&server).await,
        Vec::<Value>::new(),
        "it brought everything"
    );
}

#[tokio::test]
async fn a_device_that_comes_back_without_its_work_is_shown_for_good() {
    let (server, left) = factory().await;
    announce(&server, &left, &left.kept).await;
    let mut emptied = left.kept.clone();
    emptied.insert("outbox".to_owned(), vec![]);
    announce(&server, &left, &emptied).await;
    let listed = missed(&server).await;
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert!(listed[0]["lost"].as_u64().unwrap() >= 5, "{listed:?}");
    assert_eq!(listed[0]["unsent"], 0);
    // It works on, and what was lost stays told.
    let line = server.device_of(left.person).await;
    let phone = line.phone_with(52, &emptied).await;
    settle(&phone).await;
    let kept = contents(phone.storage()).await;
    announce(&server, &left, &kept).await;
    assert_eq!(missed(&server).await.len(), 1);
}

#[tokio::test]
async fn the_list_is_for_the_administrator_and_the_plan_office() {
    let (server, left) = factory().await;
    let device = server.device_of(left.person).await;
    let reply = server.get("/api/v1/devices", Some(&device.cookie)).await;
    reply.is_refused(StatusCode::FORBIDDEN, "forbidden");
}
