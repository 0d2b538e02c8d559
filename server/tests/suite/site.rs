//! The built site: what is served, under which tag, and what no path can reach.

use ::server::site::Site;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use tempfile::TempDir;

fn site() -> (Site, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("site");
    std::fs::create_dir_all(inner.join("icons")).unwrap();
    std::fs::write(folder.path().join("secret.txt"), "not yours").unwrap();
    let files: [(&str, &[u8]); 7] = [
        ("index.html", b"<!doctype html>"),
        ("index.html.br", b"brotli of the page"),
        ("app_bg.wasm", b"\0asm"),
        ("app_bg.wasm.br", b"brotli of the program"),
        ("app-0123456789abcdef.js", b"export {}"),
        ("service_worker.js", b"// worker"),
        ("icons/192.png", b"png"),
    ];
    for (name, bytes) in files {
        std::fs::write(inner.join(name), bytes).unwrap();
    }
    (Site::load(&inner).unwrap(), folder)
}

fn get(site: &Site, path: &str, headers: &[(header::HeaderName, &str)]) -> Option<Response> {
    let pairs = headers
        .iter()
        .map(|(n, v)| (n.clone(), HeaderValue::from_str(v).unwrap()));
    let headers: HeaderMap = pairs.collect();
    site.answer(&Method::GET, path, &headers)
}

async fn body(response: Response) -> Vec<u8> {
    response
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes()
        .to_vec()
}

fn text<'a>(response: &'a Response, name: &header::HeaderName) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn files_have_their_types_and_the_prepared_encoding() {
    let (site, _folder) = site();
    let plain = get(&site, "/app_bg.wasm", &[]).unwrap();
    assert_eq!(text(&plain, &header::CONTENT_TYPE), "application/wasm");
    assert_eq!(text(&plain, &header::CONTENT_ENCODING), "");
    let plain_tag = text(&plain, &header::ETAG).to_owned();
    assert_eq!(body(plain).await, b"\0asm");
    let small = get(
        &site,
        "/app_bg.wasm",
        &[(header::ACCEPT_ENCODING, "gzip, br")],
    )
    .unwrap();
    assert_eq!(text(&small, &header::CONTENT_ENCODING), "br");
    assert_eq!(text(&small, &header::VARY), "accept-encoding");
    assert_ne!(
        text(&small, &header::ETAG),
        plain_tag,
        "a strong tag names one encoding"
    );
    assert_eq!(body(small).await, b"brotli of the program");
    let refused = get(
        &site,
        "/app_bg.wasm",
        &[(header::ACCEPT_ENCODING, "br;q=0")],
    )
    .unwrap();
    assert_eq!(body(refused).await, b"\0asm");
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let (site, _folder) = site();
    let first = get(&site, "/app_bg.wasm", &[]).unwrap();
    let tag = text(&first, &header::ETAG).to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    let again = get(&site, "/app_bg.wasm", &[(header::IF_NONE_MATCH, &tag)]).unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert!(body(again).await.is_empty());
    let other = get(
        &site,
        "/app_bg.wasm",
        &[(header::IF_NONE_MATCH, "\"other\"")],
    )
    .unwrap();
    assert_eq!(other.status(), StatusCode::OK);
}

#[test]
fn only_a_name_with_a_digest_is_kept_for_ever() {
    let (site, _folder) = site();
    let cache =
        |path: &str| text(&get(&site, path, &[]).unwrap(), &header::CACHE_CONTROL).to_owned();
    assert_eq!(cache("/index.html"), "no-cache");
    assert_eq!(cache("/service_worker.js"), "no-cache");
    assert_eq!(cache("/app_bg.wasm"), "no-cache");
    assert!(cache("/app-0123456789abcdef.js").contains("immutable"));
}

#[tokio::test]
async fn the_apps_own_addresses_give_the_start_page() {
    let (site, _folder) = site();
    for path in ["/", "/plans", "/plans/0123abcd", "/sign_in"] {
        let page = get(&site, path, &[]).unwrap();
        assert_eq!(
            text(&page, &header::CONTENT_TYPE),
            "text/html; charset=utf-8",
            "{path}"
        );
        assert_eq!(body(page).await, b"<!doctype html>", "{path}");
    }
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let (site, _folder) = site();
    let tricks = [
        "/../secret.txt",
        "/icons/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/..\\secret.txt",
        "//secret.txt",
        "/secret.txt",
        "/icons/../index.html",
        "/missing.js",
        "/plans/%00",
        "",
    ];
    for path in tricks {
        assert!(get(&site, path, &[]).is_none(), "{path}");
    }
}

#[test]
fn a_folder_without_a_start_page_is_no_site() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Site::load(folder.path()).is_err());
}
