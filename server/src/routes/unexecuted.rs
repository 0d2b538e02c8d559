//! `/api/v1/unexecuted`: commands that were kept unexecuted or refused for want of rights.
//!
//! Only an administrator lists, reads and releases them, and each reading is noted.

use axum::extract::{Path, State};
use serde::Serialize;
use shared::id::{CommandId, PersonId};
use shared::moment::UtcMillis;
use shared::refusal::Refusal;
use shared::sync::message::Outcome;
use shared::sync::server::Store as _;
use shared::sync::server::store::LogWrite;

use crate::auth::Administrator;
use crate::error::ApiError;
use crate::read::Answer;
use crate::state::AppState;
use crate::store;

/// A command that was not executed, without its content.
#[derive(Debug, Serialize)]
pub struct Unexecuted {
    command: CommandId,
    actor: PersonId,
    outcome: Outcome,
    received: UtcMillis,
    recorded: UtcMillis,
}

/// One with its content, as it was sent.
#[derive(Debug, Serialize)]
pub struct Content {
    command: CommandId,
    bytes: String,
}

/// What came of a release.
#[derive(Debug, Serialize)]
pub struct Released {
    /// Whether it is executed or refused for good now.
    released: bool,
    /// The outcome that counts; or what still keeps it.
    outcome: Outcome,
}

impl From<LogWrite> for Unexecuted {
    fn from(entry: LogWrite) -> Self {
        Self {
            command: entry.cmd_id,
            actor: entry.actor,
            outcome: entry.outcome,
            received: entry.received_at,
            recorded: entry.recorded_at,
        }
    }
}

/// Lists them, the newest first.
pub async fn list(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Answer<Vec<Unexecuted>>, ApiError> {
    let entries = state.store.unexecuted().await?;
    Ok(Answer(entries.into_iter().map(Unexecuted::from).collect()))
}

/// Reads the content of one.
pub async fn read(
    State(state): State<AppState>,
    Administrator(actor): Administrator,
    Path(command): Path<String>,
) -> Result<Answer<Content>, ApiError> {
    let entry = find(&state, &command).await?;
    let now = state.clock.now();
    state.store.note_reading(actor, entry.cmd_id, now).await?;
    tracing::info!(%actor, command = %entry.cmd_id, "an unexecuted command was read");
    Ok(Answer(Content {
        command: entry.cmd_id,
        bytes: entry.bytes,
    }))
}

/// Executes one, as its author and under the rights of now.
pub async fn release(
    State(state): State<AppState>,
    Administrator(actor): Administrator,
    Path(command): Path<String>,
) -> Result<Answer<Released>, ApiError> {
    let entry = find(&state, &command).await?;
    let released = state.sync.release(entry.cmd_id).await?;
    let released = released.ok_or_else(|| Refusal::not_found("unexecuted command"))?;
    tracing::info!(%actor, command = %entry.cmd_id, done = released.is_ok(), "release");
    let is_done = released.is_ok();
    let (Ok(outcome) | Err(outcome)) = released;
    Ok(Answer(Released {
        released: is_done,
        outcome,
    }))
}

async fn find(state: &AppState, command: &str) -> Result<LogWrite, ApiError> {
    let not_found = || Refusal::not_found("unexecuted command");
    let command: CommandId = command.parse().map_err(|_| not_found())?;
    let entry = state.store.entry(command).await;
    let entry = entry.map_err(|error| store::Error::Passing(error.to_string()))?;
    let entry = entry.filter(|entry| match &entry.outcome {
        Outcome::Quarantined { .. } => true,
        Outcome::Rejected { refusal } => *refusal == Refusal::Forbidden,
        _ => false,
    });
    Ok(entry.ok_or_else(not_found)?)
}
