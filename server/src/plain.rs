//! The plain door beside https: it tells a device whom to trust, and leads everybody else on.
//!
//! Work that was kept at the plain address before there was a certificate stays in that address's
//! storage, where no page of https can read it. So a device that asks for it goes on being served
//! here, as before, until it has handed in what it holds.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;
use crate::headers;
use crate::state::AppState;
use crate::tls::current::Tls;
use crate::tls::name::Name;

/// The cookie of a device that goes on as before.
pub const AS_BEFORE: &str = "jihe_as_before";

/// Builds what the plain door answers.
pub fn router(state: AppState) -> Router {
    crate::router::router(state.clone())
        .layer(middleware::from_fn_with_state(state, onward))
        .layer(middleware::from_fn(headers::secure))
}

/// Lets through what belongs here; the rest is sent to https.
async fn onward(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_here = path == "/install" || path.starts_with("/install/");
    let Some(tls) = state
        .tls
        .as_ref()
        .filter(|_| !is_here && !goes_on_as_before(request.headers()))
    else {
        return next.run(request).await;
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || path.starts_with("/api/") || path.starts_with("/sync/") {
        // A page that is still open here keeps its work and says why it was not taken.
        return ApiError::HttpsOnly.into_response();
    }
    let asked = host(tls, request.headers());
    let to = format!("{}{}", https(tls, &asked), request.uri());
    let Ok(to) = HeaderValue::from_str(&to) else {
        return ApiError::NoSuchAddress.into_response();
    };
    // Not for ever: whoever gives https up again must not be locked out by what browsers remember.
    let fixed = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    let answer = (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]);
    (answer.0, fixed, answer.1).into_response()
}

/// The https address of this server under one of its names.
pub fn https(tls: &Tls, host: &Name) -> String {
    format!("https://{}:{}", host.in_address(), tls.port)
}

/// The name by which somebody asks, or else the first that the certificate has.
pub fn host(tls: &Tls, headers: &HeaderMap) -> Name {
    let mut names = tls.facts().names;
    let asked = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let asked = asked
        .and_then(without_port)
        .and_then(|host| host.parse().ok());
    let at = names.iter().position(|name| Some(name) == asked.as_ref());
    names.swap_remove(at.unwrap_or_default())
}

/// A host as a request names it, without its port and without the brackets of an address.
fn without_port(host: &str) -> Option<&str> {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split(':').next(),
    }
}

fn goes_on_as_before(headers: &HeaderMap) -> bool {
    let cookies = headers.get_all(header::COOKIE).iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .any(|one| {
            one.trim()
                .split_once('=')
                .is_some_and(|(name, _)| name == AS_BEFORE)
        })
}
