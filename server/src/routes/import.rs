//! `/api/v1/import/`: a sheet is previewed, then confirmed by the preview's digest.
//!
//! Both take the file's own bytes, so that the server alone reads encodings, and with them what was
//! chosen for the sheet: a file that comes alone goes into the period that the address names.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use shared::import::Preview;

use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::import::{self, Applied};
use crate::read::{Answer, Sheet};
use crate::state::AppState;

/// Into which period, and what was shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// A period's id, or a month as in `2026-11`; empty where choices come with the sheet.
    #[serde(default)]
    period: String,
    /// The digest of the preview that is confirmed.
    #[serde(default)]
    digest: String,
}

type WantedQuery = Result<Query<Wanted>, QueryRejection>;

/// Tells what a sheet would do.
pub async fn preview(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    wanted: WantedQuery,
    sheet: Sheet,
) -> Result<Answer<Preview>, ApiError> {
    let Wanted { period, .. } = read(wanted)?;
    let clock = state.clock.as_ref();
    let choices = import::choices(&state.sync, &period, sheet.choices).await?;
    import::preview(&state.sync, clock, actor, choices, &sheet.bytes)
        .await
        .map(Answer)
}

/// Applies a sheet, all or nothing.
pub async fn confirm(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    wanted: WantedQuery,
    sheet: Sheet,
) -> Result<Answer<Applied>, ApiError> {
    let Wanted { period, digest } = read(wanted)?;
    let clock = state.clock.as_ref();
    let choices = import::choices(&state.sync, &period, sheet.choices).await?;
    import::confirm(&state.sync, clock, actor, choices, &sheet.bytes, &digest)
        .await
        .map(Answer)
}

fn read(wanted: WantedQuery) -> Result<Wanted, ApiError> {
    let malformed = |_| ApiError::Malformed {
        at: "query".to_owned(),
    };
    wanted.map(|Query(wanted)| wanted).map_err(malformed)
}
