//! Structured logs: one JSON object a line on standard error, one line a request.
//!
//! Field names are words of the glossary. Never logged: bodies, passwords, tokens, cookies, query
//! strings, and what people wrote.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing_subscriber::EnvFilter;

use crate::chance;
use crate::state::AppState;

/// Starts logging. `JIHE_LOG` chooses the level in place of the usual one, as in `server=debug`.
pub fn start(usual: &str) {
    let filter = EnvFilter::try_from_env("JIHE_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let started = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    if started.is_err() {
        tracing::debug!("logging was already started");
    }
}

/// Logs one line when a request has been answered.
pub async fn request(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = format!("{:016x}", chance::bits() >> 64);
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "site".to_owned(), |path| path.as_str().to_owned());
    let began = state.clock.now();
    let response = next.run(request).await;
    let millis = state.clock.now().0 - began.0;
    let status = response.status().as_u16();
    tracing::info!(request.id = %id, %method, %route, status, millis, "request");
    response
}
