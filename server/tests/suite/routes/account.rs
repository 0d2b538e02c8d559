//! Accounts are given by administrators alone.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::id::PersonId;

use crate::server::TestServer;

#[tokio::test]
async fn an_administrator_gives_a_new_password_and_old_sessions_end() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let body = json!({ "person": head.person, "login": "zjj", "password": "a new password" });
    let reply = server
        .post("/api/v1/accounts", Some(&administrator.cookie), &body)
        .await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let reply = server.get("/api/v1/session", Some(&head.cookie)).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
    let old = json!({ "login": "zhangjianjun", "password": "jihe-demo" });
    let reply = server.post("/api/v1/session", None, &old).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "wrong_password");
    assert_eq!(
        server.sign_in("zjj", "a new password").await.person,
        head.person
    );
}

#[tokio::test]
async fn nobody_else_does() {
    let server = TestServer::demo().await;
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let body = json!({ "person": head.person, "login": "mine", "password": "a new password" });
    for cookie in [&head.cookie, &office.cookie] {
        let reply = server.post("/api/v1/accounts", Some(cookie), &body).await;
        reply.is_refused(StatusCode::FORBIDDEN, "forbidden");
    }
    let reply = server.post("/api/v1/accounts", None, &body).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}

#[tokio::test]
async fn a_login_belongs_to_one_person_and_an_account_to_somebody() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let cookie = Some(administrator.cookie.as_str());
    let taken = json!({ "person": administrator.person, "login": "ChenGuoDong",
        "password": "a new password" });
    let reply = server.post("/api/v1/accounts", cookie, &taken).await;
    reply.is_refused(StatusCode::CONFLICT, "login_taken");
    server.sign_in("zhouwenbo", "jihe-demo").await;
    let nobody = json!({ "person": PersonId::from_bits(1), "login": "nobody",
        "password": "a new password" });
    let reply = server.post("/api/v1/accounts", cookie, &nobody).await;
    let facts = reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    assert_eq!(facts["what"], "person");
}

/// How a person signs in and from where, as an administrator is told.
async fn access(server: &TestServer, cookie: &str, person: PersonId) -> Value {
    let reply = server.get("/api/v1/accounts", Some(cookie)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    assert!(!reply.json().to_string().contains("argon2"), "no secret");
    reply.json()[person.to_string()].clone()
}

#[tokio::test]
async fn an_administrator_sees_who_can_sign_in_and_from_where() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let person = head.person;
    let phone = head.phone(7).await;
    phone.pull().await.unwrap();
    let seen = access(&server, &administrator.cookie, person).await;
    assert_eq!(seen["login"], "zhangjianjun");
    assert_eq!(seen["closed"], Value::Null);
    assert_eq!(seen["sessions"].as_array().unwrap().len(), 1, "{seen}");
    assert_eq!(seen["devices"][0]["unsent"], 0, "{seen}");
    // What is expired is no session.
    let days = i64::from(server.state.config.session.idle_days) + 1;
    server.clock.step(days * 86_400_000);
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let seen = access(&server, &administrator.cookie, person).await;
    assert_eq!(seen["sessions"], json!([]));
}

#[tokio::test]
async fn an_administrator_signs_a_person_out_everywhere() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let body = json!({ "person": head.person });
    let path = "/api/v1/accounts/sign-out";
    let own = server.post(path, Some(&head.cookie), &body).await;
    own.is_refused(StatusCode::FORBIDDEN, "forbidden");
    let reply = server.post(path, Some(&administrator.cookie), &body).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let reply = server.get("/api/v1/session", Some(&head.cookie)).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
    // The account stays.
    server.sign_in("zhangjianjun", "jihe-demo").await;
}
