//! `/api/v1/jobs`: acts on many documents are staged, confirmed by digest, watched, cancelled.

use axum::extract::{Path, State};
use serde::Deserialize;
use shared::id::CommandId;
use shared::refusal::Refusal;

use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::jobs::{self, Progress, Wanted};
use crate::read::{Answer, Body};
use crate::state::AppState;

/// A job to stage; the caller gives the id, so that asking again is the same act.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staging {
    id: CommandId,
    seal: Wanted,
}

/// What was shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    digest: String,
}

/// Stages one.
pub async fn stage(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Body(Staging { id, seal }): Body<Staging>,
) -> Result<Answer<Progress>, ApiError> {
    jobs::stage(&state, actor, id, &seal).await.map(Answer)
}

/// Tells where one is, to the person who asked for it.
pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Progress>, ApiError> {
    jobs::watch(&state, actor, read(&id)?).await.map(Answer)
}

/// Lets one run.
pub async fn confirm(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(Shown { digest }): Body<Shown>,
) -> Result<Answer<Progress>, ApiError> {
    let id = read(&id)?;
    jobs::confirm(&state, actor, id, &digest).await.map(Answer)
}

/// Gives one up that does not run yet.
pub async fn cancel(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Progress>, ApiError> {
    jobs::cancel(&state, actor, read(&id)?).await.map(Answer)
}

fn read(id: &str) -> Result<CommandId, ApiError> {
    id.parse().map_err(|_| Refusal::not_found("job").into())
}
