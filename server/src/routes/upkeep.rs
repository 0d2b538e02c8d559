//! `/api/v1/upkeep`: which version serves, how much is kept, and how old the last backup is.

use std::path::Path;

use axum::extract::State;
use serde::Serialize;

use crate::auth::Administrator;
use crate::error::ApiError;
use crate::keep::Noted;
use crate::read::Answer;
use crate::serve::DATABASE;
use crate::state::AppState;

/// What an administrator looks after.
#[derive(Debug, Serialize)]
pub struct Upkeep {
    version: &'static str,
    /// The folder of the data, as the settings name it.
    data: String,
    /// Entries of the log.
    commands: u64,
    /// Rows that stand.
    rows: u64,
    /// Bytes of the database, with what is not folded into its file yet.
    database_bytes: u64,
    /// Files that were handed in.
    attachments: u64,
    /// Their bytes.
    attachment_bytes: u64,
    /// The last backup that `jihe backup` made of this folder.
    backup: Option<Noted>,
}

/// Tells an administrator.
pub async fn show(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Answer<Upkeep>, ApiError> {
    let sizes = state.store.sizes().await?;
    let data = &state.config.store.data;
    Ok(Answer(Upkeep {
        version: env!("CARGO_PKG_VERSION"),
        data: data.display().to_string(),
        commands: sizes.commands,
        rows: sizes.rows,
        database_bytes: bytes_of(data, "") + bytes_of(data, "-wal"),
        attachments: sizes.attachments,
        attachment_bytes: sizes.attachment_bytes,
        backup: Noted::last(data),
    }))
}

fn bytes_of(data: &Path, ending: &str) -> u64 {
    let file = data.join(format!("{DATABASE}{ending}"));
    std::fs::metadata(file).map_or(0, |found| found.len())
}
