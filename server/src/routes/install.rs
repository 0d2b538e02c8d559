//! `/install`: how a device comes to trust this server, for people whose browser does not yet.
//!
//! It needs neither the app nor a script, so it opens on the plain door in any browser. What it
//! says of the certificate comes from the one that is shown now.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::error::ApiError;
use crate::plain::{self, AS_BEFORE};
use crate::serve;
use crate::state::AppState;
use crate::tls::current::Tls;
use crate::words::install::{EN, Install, SYSTEMS, System, ZH};

pub mod page;

const STYLE: &str = include_str!("install/page.css");

/// What may be asked of the page.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The language; without it, the browser's.
    language: Option<String>,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let words = words(asked.language.as_deref(), &headers);
    let page = match &state.tls {
        None => page::without(words),
        Some(tls) => page::with(
            words,
            &page::Facts {
                address: address(&state, tls, &headers),
                fingerprint: tls.fingerprint.clone(),
                as_before: as_before_link(&state, &headers),
                system: system(&headers),
            },
        ),
    };
    answer("text/html; charset=utf-8", page)
}

/// Its style.
pub async fn style() -> Response {
    answer("text/css; charset=utf-8", STYLE)
}

/// The authority's certificate, in the form that every system opens.
pub async fn authority(State(state): State<AppState>) -> Result<Response, ApiError> {
    let tls = state.tls.ok_or(ApiError::NoSuchAddress)?;
    let der = tls.authority.clone();
    Ok(answer("application/x-x509-ca-cert", der))
}

/// The same as a profile, which names what it is on the devices that ask for one.
pub async fn profile(State(state): State<AppState>) -> Result<Response, ApiError> {
    let tls = state.tls.ok_or(ApiError::NoSuchAddress)?;
    let profile = page::profile(&tls.authority_pem, &tls.authority);
    Ok(answer("application/x-apple-aspen-config", profile))
}

/// Lets a device go on at the plain address for a day, to hand in what it kept there.
pub async fn as_before(State(state): State<AppState>) -> Result<Response, ApiError> {
    if state.tls.is_none() || state.is_secure {
        return Err(ApiError::NoSuchAddress);
    }
    let cookie = format!("{AS_BEFORE}=1; HttpOnly; SameSite=Lax; Path=/; Max-Age=86400");
    let headers = [
        (header::LOCATION, "/".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::SET_COOKIE, cookie),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// The address that a phone can use: whoever asks on the machine itself is told that of the network.
fn address(state: &AppState, tls: &Tls, headers: &HeaderMap) -> String {
    let asked = plain::host(tls, headers);
    let lan = state.config.http.lan.then(serve::lan_address).flatten();
    let lan = lan.filter(|_| asked.is_this_machine_alone());
    plain::https(tls, &lan.map_or(asked, Into::into))
}

fn as_before_link(state: &AppState, headers: &HeaderMap) -> String {
    let path = "/install/as-before";
    match state.tls.as_ref().filter(|_| state.is_secure) {
        None => path.to_owned(),
        Some(tls) => {
            let host = plain::host(tls, headers).in_address();
            format!("http://{host}:{}{path}", state.config.http.port)
        }
    }
}

fn words(language: Option<&str>, headers: &HeaderMap) -> &'static Install {
    let accepted = text(headers, &header::ACCEPT_LANGUAGE);
    let language = language.unwrap_or(accepted).to_lowercase();
    if language.starts_with("zh") { &ZH } else { &EN }
}

/// The system of whoever asks, as far as the browser tells.
fn system(headers: &HeaderMap) -> Option<System> {
    let agent = text(headers, &header::USER_AGENT);
    // The order matters: browsers of one system name others too.
    let marks: [&[&str]; 4] = [
        &["Android", "HarmonyOS"],
        &["iPhone", "iPad"],
        &["Windows"],
        &["Macintosh"],
    ];
    let found = marks
        .iter()
        .position(|marks| marks.iter().any(|mark| agent.contains(mark)))?;
    SYSTEMS.get(found).copied()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn answer(content_type: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
