//! `/sync/v1/`: devices hand in commands, ask for what changed, and wait to be poked.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use shared::sync::message::{PullRequest, PullResponse, PushRequest, PushResponse};

use crate::auth::{HandsIn, SignedIn};
use crate::error::ApiError;
use crate::read::{Answer, Body};
use crate::state::AppState;
use crate::sync::Listener;

/// How often a silent connection shows that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Lets a sync request in while there is a place, and asks it to come back later otherwise.
pub async fn at_once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.sync_places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => ApiError::Busy { after: 1 }.into_response(),
    }
}

/// Executes commands.
pub async fn push(
    State(state): State<AppState>,
    HandsIn { person, is_closed }: HandsIn,
    Body(request): Body<PushRequest>,
) -> Result<Answer<PushResponse>, ApiError> {
    let pushed = state.sync.push(person, request, is_closed).await;
    pushed.map(Answer)
}

/// Tells what changed, as far as the person may see it.
pub async fn pull(
    State(state): State<AppState>,
    SignedIn(person): SignedIn,
    Body(request): Body<PullRequest>,
) -> Result<Answer<PullResponse>, ApiError> {
    state.sync.pull(person, &request).await.map(Answer)
}

/// Pokes the device whenever it is worth pulling again.
pub async fn live(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let listener = state.sync.listen().ok_or(ApiError::Busy { after: 30 })?;
    let pokes = stream::unfold(listener, async |mut listener: Listener| {
        let poked = listener.poked().await;
        // A browser drops an event without data, so there is a word; it means nothing more.
        poked.then(|| (Ok(Event::default().event("poke").data("look")), listener))
    });
    Ok(Sse::new(pokes).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}
