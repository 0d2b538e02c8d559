//! The archive: nothing that the server forgets, closes, backs up or restores takes a sealed result away.

use std::collections::BTreeSet;

use ::server::clock::Clock as _;
use ::server::store::backup;
use ::server::{housekeeping, keep};
use axum::http::StatusCode;
use serde_json::json;
use shared::id::PersonId;
use shared::row::Row;

use crate::server::TestServer;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Where sealed results stand, and their very bytes, as a person's device gets them.
async fn sealed(server: &TestServer, person: PersonId) -> BTreeSet<(String, String)> {
    let pulled = server.device_of(person).await.pull().await;
    let mut found = BTreeSet::new();
    for part in &pulled.parts {
        for row in &part.rows {
            if matches!(
                serde_json::from_str(row.row.get()).unwrap(),
                Row::SealedResult(_)
            ) {
                found.insert((part.id.to_string(), row.row.get().to_owned()));
            }
        }
    }
    found
}

/// The general manager judges production's plan, its owner signs, and the plan office seals it. Gives the
/// owner and the plan office.
async fn sealed_month(server: &TestServer) -> [PersonId; 2] {
    let manager = server.sign_in("chenguodong", "jihe-demo").await;
    let production = server.sign_in("zhangjianjun", "jihe-demo").await;
    let plan = production.submits(100).await;
    manager.approves(110, plan).await;
    production.reports(120, "production").await;
    manager.judges(150, plan, "production").await;
    manager.publishes(190, plan).await;
    production.signs(270).await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    office.seals(280, plan).await;
    [production.person, office.person]
}

/// Thirty-one years later housekeeping has run, the account of the person is closed, and the database was
/// restored from a backup: every sealed result stands where it stood, byte for byte, and is proven.
#[tokio::test]
async fn a_sealed_result_outlives_housekeeping_a_closed_account_and_a_restore() {
    let server = TestServer::demo().await;
    let [person, office] = sealed_month(&server).await;
    let before = sealed(&server, office).await;
    let own = sealed(&server, person).await;
    assert!(!before.is_empty() && own.len() == 1);
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let cookie = Some(administrator.cookie.as_str());
    let body = json!({"person": person});
    let closed = server.post("/api/v1/accounts/close", cookie, &body).await;
    assert_eq!(closed.status, StatusCode::NO_CONTENT);
    for _ in 0..31 {
        server.clock.step(365 * DAY);
        let (store, settings) = (&server.state.store, &server.state.config.store);
        housekeeping::forget(store, settings, server.clock.now())
            .await
            .unwrap();
    }
    assert_eq!(sealed(&server, office).await, before);
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (
        server.folder.path().join("data"),
        folder.path().join("backup.db"),
    );
    keep::back_up(&data, &copy, &server.clock).await.unwrap();
    let restored = folder.path().join("data");
    keep::restore(&copy, &restored, false, &server.clock)
        .await
        .unwrap();
    let again = TestServer::on(async |data| {
        std::fs::create_dir_all(data).unwrap();
        let from = restored.join("jihe.db");
        backup::copy(&from, &data.join("jihe.db")).await.unwrap();
    })
    .await;
    assert_eq!(sealed(&again, office).await, before);
    let proved = keep::check(&again.folder.path().join("data"), &again.clock).await;
    proved.unwrap_or_else(|failure| panic!("{failure}"));
}
