//! `/api/v1/presets`: the shipped regimes, from which an administrator chooses.
//!
//! A device holds none of them: adopting is done online, and what is adopted comes back by sync. Who
//! founds a company is offered the list before anybody can sign in (`/api/v1/installation`).

use axum::extract::Path;
use serde::Serialize;
use shared::period::PeriodKind;
use shared::refusal::Refusal;
use shared::regime::Name;
use shared::regime::preset::{Founding, Preset, shelf};

use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::read::Answer;

/// A preset, as a list shows it.
#[derive(Debug, Serialize)]
pub struct Offered {
    key: String,
    name: Name,
    /// Catalogue rows; empty for the product's own.
    source: String,
    /// The kinds of periods that it knows.
    kinds: Vec<PeriodKind>,
    /// How many alternatives it has.
    alternatives: usize,
    /// Whether a company begins with it.
    founding: Founding,
}

/// Lists them, in the order in which a screen offers them.
pub async fn list(_: SignedIn) -> Answer<Vec<Offered>> {
    Answer(offered())
}

/// What a list shows, in its order.
pub fn offered() -> Vec<Offered> {
    let offered = |preset: Preset| Offered {
        kinds: preset.regime.cycles.iter().map(|one| one.kind).collect(),
        alternatives: preset.alternatives.len(),
        founding: preset.founding,
        key: preset.regime.key,
        name: preset.regime.name,
        source: preset.regime.source,
    };
    shelf::all().into_iter().map(offered).collect()
}

/// One of them, with its alternatives.
pub async fn show(_: SignedIn, Path(key): Path<String>) -> Result<Answer<Preset>, ApiError> {
    let preset = shelf::find(&key).ok_or_else(|| Refusal::not_found("preset"))?;
    Ok(Answer(preset))
}
