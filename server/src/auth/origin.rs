//! Refuses requests that change something when a page of another origin sends them.
//!
//! The cookie is already `SameSite=Strict`; this holds where a browser forgets it. Programs that
//! are no browsers send no `Origin` and hold no cookie of somebody else.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;

/// Lets a request through when it changes nothing or comes from our own pages.
pub async fn same(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_same(request.headers()) {
        next.run(request).await
    } else {
        ApiError::ForeignOrigin.into_response()
    }
}

fn is_same(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else {
        return true;
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    authority.is_some() && authority == text(header::HOST.as_str())
}
