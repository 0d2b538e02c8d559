//! `/api/v1/what-ifs`: a period is tried under another regime, watched, fetched and given up.
//!
//! Nothing is activated by it, and only the person who asked learns anything of it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use shared::id::CommandId;
use shared::refusal::Refusal;
use shared::whatif::Outcome;

use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::read::{Answer, Body};
use crate::state::AppState;
use crate::whatif::{self, Asked, Progress};

/// Begins one.
pub async fn begin(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Body(asked): Body<Asked>,
) -> Result<Answer<Progress>, ApiError> {
    whatif::begin(&state, actor, asked).await.map(Answer)
}

/// Tells where one is.
pub async fn watch(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Progress>, ApiError> {
    whatif::watch(&state, actor, read(&id)?).map(Answer)
}

/// Gives what came of one.
pub async fn outcome(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Outcome>, ApiError> {
    let outcome = whatif::outcome(&state, actor, read(&id)?)?;
    Ok(Answer((*outcome).clone()))
}

/// Stops one and forgets it.
pub async fn give_up(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    whatif::give_up(&state, actor, read(&id)?)?;
    Ok(StatusCode::NO_CONTENT)
}

fn read(id: &str) -> Result<CommandId, ApiError> {
    id.parse().map_err(|_| Refusal::not_found("what_if").into())
}
