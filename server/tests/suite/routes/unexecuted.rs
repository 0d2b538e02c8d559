//! Work that is kept unexecuted: how it gets there, who sees it, and how it is released.

use ::server::quarantine;
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::sync::client::{PeerError, Pulled, SyncError};
use shared::sync::server::replay::replay;
use sqlx::Row as _;

use crate::corpus::{self, Left};
use crate::phone::settle;
use crate::server::{Device, TestServer};

async fn factory() -> (TestServer, Left) {
    let (_, release) = corpus::releases().remove(0);
    let server = corpus::server_of(&release).await;
    (server, corpus::left(&release.join("zhangjianjun.json")))
}

async fn close(server: &TestServer, administrator: &Device<'_>, left: &Left) {
    let body = json!({ "person": left.person });
    let cookie = Some(administrator.cookie.as_str());
    let reply = server.post("/api/v1/accounts/close", cookie, &body).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", reply.json());
}

async fn list(server: &TestServer, administrator: &Device<'_>) -> Vec<Value> {
    let cookie = Some(administrator.cookie.as_str());
    let reply = server.get("/api/v1/unexecuted", cookie).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    reply.read()
}

#[tokio::test]
async fn a_closed_account_hands_in_its_work_and_nothing_of_it_is_executed_before_its_release() {
    let (server, left) = factory().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let line = server.device_of(left.person).await;
    let phone = line.phone_with(61, &left.kept).await;
    close(&server, &administrator, &left).await;
    let sign_in = json!({ "login": "zhangjianjun", "password": "jihe-demo" });
    let refused = server.post("/api/v1/session", None, &sign_in).await;
    refused.is_refused(StatusCode::UNAUTHORIZED, "wrong_password");
    let unsent = phone
        .replica()
        .pending()
        .filter(|p| p.ack.is_none())
        .count();
    let before = phone.replica().attention().len();
    phone.push().await.unwrap();
    assert_eq!(phone.replica().attention().len(), before + unsent);
    let lost: Result<Pulled, SyncError> = Err(SyncError::Peer(PeerError::AuthLost));
    assert_eq!(phone.pull().await, lost, "it reads nothing any more");
    let listed = list(&server, &administrator).await;
    assert_eq!(listed.len(), unsent, "{listed:?}");
    assert!(listed.iter().all(|one| one.get("bytes").is_none()));
    released_in_order(&server, &administrator, &phone, before).await;
    assert!(list(&server, &administrator).await.is_empty());
    let log = server.state.store.log().await.unwrap();
    let replayed = replay(&server.state.store, &log).await;
    replayed.unwrap_or_else(|difference| panic!("{difference}"));
}

async fn released_in_order(
    server: &TestServer,
    administrator: &Device<'_>,
    phone: &crate::phone::Phone<'_>,
    before: usize,
) {
    let kept: Vec<_> = {
        let replica = phone.replica();
        let kept = replica.attention().into_iter().skip(before);
        kept.map(|entry| entry.row.clone()).collect()
    };
    let cookie = Some(administrator.cookie.as_str());
    let release = async |id: String| {
        let path = format!("/api/v1/unexecuted/{id}/release");
        let reply = server.post(&path, cookie, &json!({})).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        reply.json()
    };
    let built_on = kept.iter().find(|row| {
        let mut prevs = row.prevs.iter();
        prevs.any(|prev| kept.iter().any(|other| other.cmd_id == *prev))
    });
    let early = release(built_on.unwrap().cmd_id.to_string()).await;
    assert_eq!(early["released"], false, "what it was built on comes first");
    for row in &kept {
        let done = release(row.cmd_id.to_string()).await;
        assert_eq!(done["released"], true, "{done}");
        assert_eq!(done["outcome"]["outcome"], "applied", "{done}");
    }
    let path = format!("/api/v1/unexecuted/{}/release", kept[0].cmd_id);
    let again = server.post(&path, cookie, &json!({})).await;
    again.is_refused(StatusCode::NOT_FOUND, "not_found");
}

#[tokio::test]
async fn who_reads_what_was_not_executed_is_written_down() {
    let (server, left) = factory().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let line = server.device_of(left.person).await;
    let phone = line.phone_with(62, &left.kept).await;
    close(&server, &administrator, &left).await;
    phone.push().await.unwrap();
    let id = list(&server, &administrator).await[0]["command"].clone();
    let path = format!("/api/v1/unexecuted/{}", id.as_str().unwrap());
    let read = server.get(&path, Some(&administrator.cookie)).await;
    assert!(
        read.json()["bytes"]
            .as_str()
            .unwrap()
            .contains("report_item")
    );
    let other = server.sign_in("wangxiulan", "jihe-demo").await;
    for path in [path.as_str(), "/api/v1/unexecuted"] {
        let refused = server.get(path, Some(&other.cookie)).await;
        refused.is_refused(StatusCode::FORBIDDEN, "forbidden");
    }
    let file = server.folder.path().join("data/jihe.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
    let rows = sqlx::query("SELECT reader, cmd_id FROM reading");
    let rows = rows.fetch_all(&mut connection).await.unwrap();
    let reader: &str = rows[0].try_get("reader").unwrap();
    assert_eq!(
        (rows.len(), reader),
        (1, administrator.person.to_string().as_str())
    );
}

#[tokio::test]
async fn an_account_that_is_given_a_password_again_is_open() {
    let (server, left) = factory().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    close(&server, &administrator, &left).await;
    let body = json!({ "person": left.person, "login": "zhangjianjun", "password": "a new one" });
    let cookie = Some(administrator.cookie.as_str());
    let reply = server.post("/api/v1/accounts", cookie, &body).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", reply.json());
    let line = server.sign_in("zhangjianjun", "a new one").await;
    settle(&line.phone_with(63, &left.kept).await).await;
    let own = json!({ "person": administrator.person });
    let reply = server.post("/api/v1/accounts/close", cookie, &own).await;
    reply.is_refused(StatusCode::FORBIDDEN, "forbidden");
}

#[tokio::test]
async fn an_answer_names_only_partitions_that_the_author_may_see() {
    let server = TestServer::demo().await;
    let worker = server.sign_in("songjiaming", "jihe-demo").await;
    worker.drafts_own(0x100, "自己的").await;
    let before = server.state.store.log().await.unwrap().len();
    worker.submits(0x200).await;
    let log = server.state.store.log().await.unwrap();
    let granted = worker.pull().await.granted.unwrap();
    let mut hidden = 0;
    assert!(log.len() > before);
    for entry in log.iter().filter(|entry| entry.actor == worker.person) {
        let told = worker.push(vec![shared::sync::message::PushedCommand {
            cmd_id: entry.cmd_id,
            actor: entry.actor,
            prevs: entry.prevs.clone(),
            gap: false,
            bytes: entry.bytes.clone(),
        }]);
        let told = told.await.results.remove(0).outcome;
        let shared::sync::message::Outcome::Applied { touched } = told else {
            panic!("{told:?}");
        };
        assert!(
            touched.iter().all(|(id, _)| granted.contains(id)),
            "{touched:?}"
        );
        hidden += entry.touched.len() - touched.len();
    }
    assert!(hidden > 0, "the judge's partition is touched and not told");
}

#[tokio::test]
async fn what_was_kept_is_listed_and_released_at_the_terminal_too() {
    let (server, left) = factory().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let line = server.device_of(left.person).await;
    let phone = line.phone_with(62, &left.kept).await;
    close(&server, &administrator, &left).await;
    let before = phone.replica().attention().len();
    phone.push().await.unwrap();
    let kept: Vec<_> = {
        let replica = phone.replica();
        let kept = replica.attention().into_iter().skip(before);
        kept.map(|entry| entry.row.cmd_id).collect()
    };
    let data = server.folder.path().join("data");
    let listed = quarantine::list(&data, &server.clock).await.unwrap();
    let listed = listed.to_string();
    assert_eq!(listed.lines().count(), kept.len(), "{listed}");
    assert!(kept.iter().all(|id| listed.contains(&id.to_string())));
    assert!(listed.contains("张建军"), "{listed}");
    for id in &kept {
        let released = quarantine::release(&data, &id.to_string(), &server.clock).await;
        let told = released.unwrap().to_string();
        assert!(told.contains("Released"), "{told}");
    }
    let again = quarantine::release(&data, &kept[0].to_string(), &server.clock).await;
    assert!(again.is_err(), "what is executed is not released again");
    let listed = quarantine::list(&data, &server.clock).await.unwrap();
    assert!(listed.to_string().contains("Nothing"), "{listed}");
    // The server that runs beside sees what the terminal did.
    assert!(list(&server, &administrator).await.is_empty());
}
