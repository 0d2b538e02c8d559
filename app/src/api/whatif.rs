//! What is asked of the server of a period under another regime.

use serde::Deserialize;
use serde_json::{Value, json};
use shared::id::{CommandId, PeriodId};
use shared::regime::Regime;
use shared::whatif::Outcome;

use crate::fetch::{self, FetchError};

/// Where one is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Progress {
    /// `running`, `done` or `failed`.
    pub(crate) state: String,
    /// How many plans were judged.
    pub(crate) done: usize,
    /// Of how many.
    pub(crate) of: usize,
}

/// Begins one.
pub(crate) async fn begin(
    id: CommandId,
    period: PeriodId,
    regime: &Regime,
) -> Result<Progress, FetchError> {
    let body = json!({ "id": id, "period": period, "other": { "document": regime } });
    fetch::json("POST", "/api/v1/what-ifs", Some(&body)).await
}

/// Asks where one is.
pub(crate) async fn watch(id: CommandId) -> Result<Progress, FetchError> {
    fetch::json("GET", &format!("/api/v1/what-ifs/{id}"), None::<&Value>).await
}

/// Fetches what came of one.
pub(crate) async fn outcome(id: CommandId) -> Result<Outcome, FetchError> {
    let path = format!("/api/v1/what-ifs/{id}/outcome");
    fetch::json("GET", &path, None::<&Value>).await
}

/// Stops one, and lets the server forget it.
pub(crate) async fn give_up(id: CommandId) {
    // What the server does not hear, it forgets by itself.
    let path = format!("/api/v1/what-ifs/{id}");
    let _: Result<Value, _> = fetch::json("DELETE", &path, None::<&Value>).await;
}
