//! The built site, at every address that no other route takes.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;
use crate::state::AppState;

/// Serves a file of the site, or the start page at an address of the app's own.
pub async fn show(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    let is_page = !path.starts_with("/api/") && !path.starts_with("/sync/");
    if !is_page {
        return ApiError::NoSuchAddress.into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::NoSuchMethod.into_response();
    }
    let answer = state.site.answer(request.method(), path, request.headers());
    answer.unwrap_or_else(|| ApiError::NoSuchAddress.into_response())
}

/// Says that an address does not know the method.
pub async fn no_such_method() -> ApiError {
    ApiError::NoSuchMethod
}
