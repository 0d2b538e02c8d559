//! `GET /health`: whether the server can serve; it answers only after reading the database.

use axum::extract::State;
use serde::Serialize;

use crate::error::ApiError;
use crate::read::Answer;
use crate::state::AppState;

/// The server's own word on how it is.
#[derive(Debug, Serialize)]
pub struct Health {
    state: &'static str,
    version: &'static str,
}

/// Answers 200 when the database can be read.
pub async fn show(State(state): State<AppState>) -> Result<Answer<Health>, ApiError> {
    state.store.probe().await?;
    Ok(Answer(Health {
        state: "ready",
        version: env!("CARGO_PKG_VERSION"),
    }))
}
