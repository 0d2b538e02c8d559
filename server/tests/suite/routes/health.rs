//! Health, and what every answer carries.

use ::server::headers::CONTENT_SECURITY_POLICY;
use axum::http::{Method, Request, StatusCode, header};

use crate::server::TestServer;

#[tokio::test]
async fn a_server_that_can_read_its_database_is_ready() {
    let server = TestServer::empty().await;
    let reply = server.get("/health", None).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.json()["state"], "ready");
    server.state.store.close().await;
    let reply = server.get("/health", None).await;
    reply.is_refused(StatusCode::INTERNAL_SERVER_ERROR, "internal");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let server = TestServer::empty().await;
    for path in [
        "/",
        "/health",
        "/missing.js",
        "/api/v1/nothing",
        "/sync/v1/live",
    ] {
        let reply = server.get(path, None).await;
        let text = |name: &str| reply.headers.get(name).map_or("", |v| v.to_str().unwrap());
        let policy = text("content-security-policy");
        assert_eq!(policy, CONTENT_SECURITY_POLICY, "{path}");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("  "),
            "{policy}"
        );
        assert_eq!(text("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(text("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(text("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(text("permissions-policy").contains("camera=()"), "{path}");
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_told_in_code_words() {
    let server = TestServer::empty().await;
    let reply = server.get("/api/v1/nothing", None).await;
    reply.is_refused(StatusCode::NOT_FOUND, "no_such_address");
    let reply = server.get("/app.js", None).await;
    reply.is_refused(StatusCode::NOT_FOUND, "no_such_address");
    let reply = server.get("/sync/v1/pull", None).await;
    reply.is_refused(StatusCode::METHOD_NOT_ALLOWED, "no_such_method");
}

#[tokio::test]
async fn the_start_page_is_served_at_the_apps_own_addresses() {
    let server = TestServer::empty().await;
    for path in ["/", "/plans"] {
        let reply = server.get(path, None).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(String::from_utf8_lossy(&reply.bytes).contains("计核"));
    }
    let head = Request::builder()
        .method(Method::HEAD)
        .uri("/")
        .header(header::HOST, "localhost");
    let reply = server
        .send(head.body(axum::body::Body::empty()).unwrap())
        .await;
    assert_eq!((reply.status, reply.bytes.len()), (StatusCode::OK, 0));
}
