//! Requests that change something are heard from our own pages only.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use crate::server::{Reply, TestServer};

async fn sign_out(server: &TestServer, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder()
        .method(Method::DELETE)
        .uri("/api/v1/session");
    request = request.header(header::HOST, "jihe.example:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn another_origin_changes_nothing() {
    let server = TestServer::empty().await;
    let foreign = [
        [("origin", "http://evil.example")].as_slice(),
        &[("origin", "http://jihe.example")],
        &[("origin", "http://jihe.example:8080.evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[
            ("origin", "http://jihe.example:8080"),
            ("sec-fetch-site", "cross-site"),
        ],
    ];
    for headers in foreign {
        let reply = sign_out(&server, headers).await;
        reply.is_refused(StatusCode::FORBIDDEN, "foreign_origin");
    }
    let own = [
        [("origin", "http://jihe.example:8080")].as_slice(),
        &[
            ("origin", "http://jihe.example:8080"),
            ("sec-fetch-site", "same-origin"),
        ],
        &[],
    ];
    for headers in own {
        assert_eq!(
            sign_out(&server, headers).await.status,
            StatusCode::NO_CONTENT,
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn a_form_of_another_page_is_not_read() {
    let server = TestServer::empty().await;
    let types = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
    ];
    for content_type in types {
        let body = br#"{"login":"a","password":"b"}"#.to_vec();
        let reply = server
            .post_bytes("/api/v1/session", None, content_type, body)
            .await;
        reply.is_refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type");
    }
}
