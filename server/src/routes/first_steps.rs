//! `/api/v1/first-steps`: how far a new company has come, in what an administrator may not see.

use axum::extract::State;
use shared::first_steps::Told;

use crate::auth::Administrator;
use crate::error::ApiError;
use crate::read::Answer;
use crate::state::AppState;

/// Tells an administrator, in three yes or no.
pub async fn show(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Answer<Told>, ApiError> {
    Ok(Answer(state.store.first_steps().await?))
}
