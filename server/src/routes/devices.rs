//! `/api/v1/devices`: devices that announced work which did not come, lost or still away.

use axum::extract::State;
use serde::Serialize;
use shared::id::{CommandId, DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::permission;
use shared::refusal::Refusal;
use shared::sync::server::DeviceRow;

use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::read::Answer;
use crate::state::AppState;

/// A device whose announced work is missed.
#[derive(Debug, Serialize)]
pub struct Missed {
    device: DeviceId,
    person: PersonId,
    /// Build of its app.
    build: String,
    /// When it last came.
    seen: UtcMillis,
    /// How many commands it still holds, as it said then; 0 where it came back without them.
    unsent: u32,
    /// When the newest of them was made.
    newest: Option<UtcMillis>,
    /// The newest of them.
    newest_command: Option<CommandId>,
    /// How many announced commands never came.
    lost: u32,
    /// When that was noticed.
    lost_at: Option<UtcMillis>,
}

impl From<DeviceRow> for Missed {
    fn from(row: DeviceRow) -> Self {
        Self {
            device: row.device,
            person: row.person,
            build: row.build,
            seen: row.seen,
            unsent: row.unsent.count,
            newest: (row.unsent.count > 0).then_some(row.unsent.newest_at),
            newest_command: row.unsent.newest,
            lost: row.lost,
            lost_at: (row.lost > 0).then_some(row.lost_at),
        }
    }
}

/// Lists them, for the administrator and the plan office.
pub async fn missed(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<Answer<Vec<Missed>>, ApiError> {
    let organisation = state.sync.organisation().await?;
    let today = state.clock.now().day(organisation.utc_offset());
    if !permission::may_run_plans(&organisation, actor, today) {
        return Err(Refusal::Forbidden.into());
    }
    let missed = state.sync.missed().await?;
    Ok(Answer(missed.into_iter().map(Missed::from).collect()))
}
