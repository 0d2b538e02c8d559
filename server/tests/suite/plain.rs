//! The plain door beside https: what it answers itself, and where it sends everything else.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::tls::current::{Served, serve};
use crate::tls::founded;

/// Asks the plain door and reads its whole answer.
fn ask(served: &Served, head: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", served.port)).unwrap();
    write!(stream, "{head}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn location(answer: &str) -> &str {
    let mut lines = answer.lines();
    lines
        .find_map(|line| line.strip_prefix("location: "))
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_sent_to_https_by_the_name_that_was_asked_for() {
    let served = serve(founded(&["plans.example"])).await;
    let port = served.tls_port;
    for (host, to) in [
        ("localhost:8080", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]:8080", "[::1]"),
        ("Plans.Example:80", "plans.example"),
    ] {
        let answer = ask(
            &served,
            &format!("GET /plans/07?a=b HTTP/1.1\r\nHost: {host}"),
        );
        assert!(answer.starts_with("HTTP/1.1 307"), "{host}: {answer}");
        assert_eq!(
            location(&answer),
            format!("https://{to}:{port}/plans/07?a=b")
        );
        assert!(answer.contains("cache-control: no-store"), "{answer}");
        assert!(answer.contains("content-security-policy: "), "{answer}");
    }
    let answer = ask(&served, "GET / HTTP/1.1\r\nHost: evil.example");
    assert!(
        location(&answer).starts_with("https://plans.example:"),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_or_told_in_the_clear() {
    let served = serve(founded(&[])).await;
    for request in [
        "POST /sync/v1/push",
        "GET /sync/v1/live",
        "GET /api/v1/session",
        "POST /api/v1/session",
        "PUT /plans",
    ] {
        let answer = ask(&served, &format!("{request} HTTP/1.1\r\nHost: localhost"));
        assert!(answer.starts_with("HTTP/1.1 403"), "{request}: {answer}");
        assert!(answer.contains("https_only"), "{request}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_with_unsent_work_at_the_plain_address_goes_on_as_before() {
    let served = serve(founded(&[])).await;
    let cookie = "Host: localhost\r\nCookie: other=1; jihe_as_before=1";
    let page = ask(&served, &format!("GET / HTTP/1.1\r\n{cookie}"));
    assert!(
        page.starts_with("HTTP/1.1 200") && page.ends_with("<!doctype html>"),
        "{page}"
    );
    let told = ask(
        &served,
        &format!("GET /api/v1/session HTTP/1.1\r\n{cookie}"),
    );
    assert!(told.contains("signed_out"), "{told}");
}
