//! `/api/v1/installation`: the first run. Once the company is founded, only its state is told.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::presets::{self, Offered};
use super::session;
use crate::error::ApiError;
use crate::installation::{self, DemoStory, First};
use crate::read::{Answer, Body};
use crate::state::AppState;

/// How far the installation is.
#[derive(Debug, Serialize)]
pub struct Installation {
    state: &'static str,
    /// From what its founder chooses a regime; nothing once it has begun.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    presets: Vec<Offered>,
}

/// With what an empty installation begins.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Begin {
    /// With a company and its first administrator, who is signed in at once.
    Administrator(First),
    /// With the demo factory, as far as it is then.
    Demo {
        /// How far.
        #[serde(default)]
        story: DemoStory,
    },
}

/// Tells whether the installation has begun.
pub async fn show(State(state): State<AppState>) -> Result<Answer<Installation>, ApiError> {
    let ready = installation::is_ready(&state).await?;
    let installation = if ready {
        let (state, presets) = ("ready", Vec::new());
        Installation { state, presets }
    } else {
        let (state, presets) = ("empty", presets::offered());
        Installation { state, presets }
    };
    Ok(Answer(installation))
}

/// Begins the installation.
pub async fn begin(
    State(state): State<AppState>,
    Body(begin): Body<Begin>,
) -> Result<Response, ApiError> {
    match begin {
        Begin::Administrator(first) => {
            let person = installation::begin(&state, first).await?;
            session::begin_for(&state, person).await
        }
        Begin::Demo { story } => {
            Ok(Answer(installation::load_demo(&state, story).await?).into_response())
        }
    }
}
