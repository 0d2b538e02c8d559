//! `/api/v1/unapplied`: what was refused or held back and stands with its author until it is closed.
//!
//! An administrator learns whose it is and since when, not what it says: it is its author's. What is
//! kept unexecuted, or was forbidden, is listed with [`super::unexecuted`].

use axum::extract::State;
use serde::Serialize;
use shared::id::{CommandId, PersonId};
use shared::moment::UtcMillis;
use shared::refusal::Refusal;
use shared::sync::message::Outcome;

use crate::auth::Administrator;
use crate::error::ApiError;
use crate::read::Answer;
use crate::state::AppState;

/// A command that stands with its author.
#[derive(Debug, Serialize)]
pub struct Standing {
    command: CommandId,
    person: PersonId,
    /// Whether it was held back because another was not applied, and not refused itself.
    held_back: bool,
    recorded: UtcMillis,
}

/// Lists them, the oldest first.
pub async fn list(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Answer<Vec<Standing>>, ApiError> {
    let mut standing = state.store.unapplied().await?;
    standing.retain(|one| match &one.outcome {
        Outcome::Rejected { refusal } => *refusal != Refusal::Forbidden,
        Outcome::Skipped { .. } => true,
        _ => false,
    });
    standing.sort_unstable_by_key(|one| (one.recorded, one.command));
    let listed = standing.into_iter().map(|one| Standing {
        command: one.command,
        person: one.person,
        held_back: matches!(one.outcome, Outcome::Skipped { .. }),
        recorded: one.recorded,
    });
    Ok(Answer(listed.collect()))
}
