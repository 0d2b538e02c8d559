//! The page that makes a device trust this server: what it says, offers and leaves out.

use std::fmt::Write as _;

use ::server::tls;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rustls::pki_types::pem::PemObject as _;
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::server::{NOW, Reply, TestServer};
use crate::tls::parsed;

/// A server for which `jihe tls init` was run.
async fn certified() -> TestServer {
    let names = parsed(&["plans.example"]);
    TestServer::on(async |data| {
        tls::init(data, &names, 90, NOW).unwrap();
    })
    .await
}

async fn ask(server: &TestServer, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

fn text(reply: &Reply) -> String {
    String::from_utf8(reply.bytes.clone()).unwrap()
}

fn header<'a>(reply: &'a Reply, name: &header::HeaderName) -> &'a str {
    reply.headers.get(name).unwrap().to_str().unwrap()
}

#[tokio::test]
async fn the_page_speaks_the_browsers_language_or_the_one_that_is_asked_for() {
    let server = certified().await;
    let chinese = [("accept-language", "zh-CN,zh;q=0.9,en;q=0.5")];
    let english = [("accept-language", "en-GB")];
    for (path, headers, zh) in [
        ("/install", &chinese, true),
        ("/install", &english, false),
        ("/install?language=en", &chinese, false),
        ("/install?language=zh-CN", &english, true),
    ] {
        let page = text(&ask(&server, path, headers).await);
        assert_eq!(page.contains("<html lang=\"zh-CN\">"), zh, "{page}");
        assert_eq!(page.contains("让这台设备信任"), zh);
        assert_eq!(page.contains("Let this device trust"), !zh);
        for system in ["Android", "iPhone", "Windows", "Mac"] {
            assert!(page.contains(system), "{system}");
        }
    }
}

#[tokio::test]
async fn the_page_names_the_https_address_and_the_fingerprint_and_runs_no_script() {
    let server = certified().await;
    let fingerprint = server.state.tls.as_ref().unwrap().fingerprint.clone();
    for (host, address) in [
        ("plans.example:8080", "https://plans.example:8443"),
        ("127.0.0.1:8080", "https://127.0.0.1:8443"),
        ("[::1]:8080", "https://[::1]:8443"),
        ("\"><script>:1", "https://plans.example:8443"),
    ] {
        let reply = ask(&server, "/install", &[("host", host)]).await;
        let page = text(&reply);
        assert!(
            page.contains(&format!("href=\"{address}/\"")),
            "{host}: {page}"
        );
        assert!(page.replace("<wbr>", "").contains(&fingerprint));
        assert!(!page.contains("<script") && !page.contains(" style="));
        assert_eq!(header(&reply, &header::CACHE_CONTROL), "no-store");
        assert!(header(&reply, &header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
    }
    let style = ask(&server, "/install/page.css", &[]).await;
    assert_eq!(
        header(&style, &header::CONTENT_TYPE),
        "text/css; charset=utf-8"
    );
}

#[tokio::test]
async fn the_steps_of_ones_own_system_are_open_and_all_where_it_is_unknown() {
    let server = certified().await;
    let open = async |agent: &str| {
        let page = text(&ask(&server, "/install", &[("user-agent", agent)]).await);
        let all: Vec<_> = page.split("<details").skip(1).collect();
        assert_eq!(all.len(), 4);
        let open = all.into_iter().filter(|one| one.starts_with(" open"));
        open.map(|one| one.split("</summary>").next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let phone = open("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0 Mobile").await;
    assert!(
        phone.len() == 1 && phone[0].contains("Android"),
        "{phone:?}"
    );
    let phone = open("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari").await;
    assert!(phone.len() == 1 && phone[0].contains("iPhone"), "{phone:?}");
    assert_eq!(open("curl/8").await.len(), 4);
}

#[tokio::test]
async fn the_certificate_and_the_profile_hold_the_authority_and_never_a_key() {
    let server = certified().await;
    let authority = server.state.tls.as_ref().unwrap().authority.clone();
    let reply = ask(&server, "/install/authority.crt", &[]).await;
    assert_eq!(
        header(&reply, &header::CONTENT_TYPE),
        "application/x-x509-ca-cert"
    );
    assert_eq!(reply.bytes, authority);
    let (_, certificate) = X509Certificate::from_der(&reply.bytes).unwrap();
    assert!(certificate.is_ca());
    let reply = ask(&server, "/install/jihe.mobileconfig", &[]).await;
    assert_eq!(
        header(&reply, &header::CONTENT_TYPE),
        "application/x-apple-aspen-config"
    );
    let profile = text(&reply);
    let (_, rest) = profile.split_once("<data>").unwrap();
    let (base64, _) = rest.split_once("</data>").unwrap();
    let pem = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n");
    let read = rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
    assert_eq!(read.as_ref(), authority);
    for path in [
        "/install/authority.key",
        "/install/server.pem",
        "/install/../tls/server.pem",
    ] {
        assert_eq!(
            ask(&server, path, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_code_is_the_one_of_the_address() {
    let server = certified().await;
    let page = text(&ask(&server, "/install", &[("host", "plans.example")]).await);
    let (_, path) = page.split_once("fill=\"#000\" d=\"").unwrap();
    let drawn = path.split('"').next().unwrap();
    let code = fast_qr::QRBuilder::new("https://plans.example:8443")
        .build()
        .unwrap();
    let mut dots = String::new();
    for y in 0..code.size {
        for x in 0..code.size {
            if code[y][x].value() {
                write!(dots, "M{} {}h1v1h-1z", x + 4, y + 4).unwrap();
            }
        }
    }
    assert_eq!(drawn, dots);
}

#[tokio::test]
async fn without_a_certificate_the_page_says_what_does_not_work_and_who_changes_it() {
    let server = TestServer::empty().await;
    for (language, words) in [
        ("zh", "不能在没有网络时打开"),
        ("en", "cannot be opened without"),
    ] {
        let reply = ask(&server, &format!("/install?language={language}"), &[]).await;
        let page = text(&reply);
        assert!(
            page.contains(words) && page.contains("jihe tls init"),
            "{page}"
        );
    }
    for path in ["authority.crt", "jihe.mobileconfig", "as-before"] {
        let reply = ask(&server, &format!("/install/{path}"), &[]).await;
        reply.is_refused(StatusCode::NOT_FOUND, "no_such_address");
    }
}

#[tokio::test]
async fn a_device_with_older_work_may_go_on_in_the_clear_for_a_day() {
    let server = certified().await;
    let reply = ask(&server, "/install/as-before", &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(header(&reply, &header::LOCATION), "/");
    let cookie = header(&reply, &header::SET_COOKIE);
    assert!(cookie.starts_with("jihe_as_before=1; HttpOnly") && cookie.ends_with("Max-Age=86400"));
}
