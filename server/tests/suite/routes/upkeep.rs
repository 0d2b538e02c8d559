//! What an administrator looks after: sizes, backups, what stands unapplied; and nobody else.

use ::server::keep;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::server::TestServer;

async fn upkeep(server: &TestServer, cookie: &str) -> Value {
    let reply = server.get("/api/v1/upkeep", Some(cookie)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    reply.json()
}

#[tokio::test]
async fn a_backup_is_known_to_whoever_serves() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let told = upkeep(&server, &administrator.cookie).await;
    assert_eq!(told["backup"], Value::Null);
    let commands = told["commands"].as_u64().unwrap();
    assert!(commands > 0 && told["rows"].as_u64().unwrap() > 0, "{told}");
    assert!(told["database_bytes"].as_u64().unwrap() > 0, "{told}");
    let data = server.folder.path().join("data");
    let to = server.folder.path().join("backup.db");
    keep::back_up(&data, &to, &server.clock).await.unwrap();
    let told = upkeep(&server, &administrator.cookie).await;
    assert_eq!(told["backup"]["commands"], commands);
    assert_eq!(told["backup"]["file"], to.display().to_string());
    let bytes = std::fs::metadata(&to).unwrap().len();
    assert_eq!(told["backup"]["bytes"], bytes);
}

#[tokio::test]
async fn how_far_a_new_company_has_come_is_told_in_three_words() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let cookie = Some(administrator.cookie.as_str());
    let told = server.get("/api/v1/first-steps", cookie).await.json();
    let drafts = json!({ "joined": true, "drafted": true, "handed_in": false });
    assert_eq!(told, drafts);
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    head.submits(0xa0).await;
    let told = server.get("/api/v1/first-steps", cookie).await.json();
    assert_eq!(told["handed_in"], true);
}

#[tokio::test]
async fn only_an_administrator_is_told() {
    let server = TestServer::demo().await;
    for login in ["linxiaoyun", "zhangjianjun", "songjiaming"] {
        let device = server.sign_in(login, "jihe-demo").await;
        for path in [
            "upkeep",
            "unapplied",
            "accounts",
            "unexecuted",
            "first-steps",
        ] {
            let path = format!("/api/v1/{path}");
            let reply = server.get(&path, Some(&device.cookie)).await;
            reply.is_refused(StatusCode::FORBIDDEN, "forbidden");
        }
    }
    let reply = server.get("/api/v1/upkeep", None).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}
