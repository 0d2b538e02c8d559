//! The protocol's other side over HTTP.
//!
//! Whatever is not a 200 with JSON says nothing about any command.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::id::PersonId;
use shared::sync::client::{Peer, PeerError};
use shared::sync::message::{PullRequest, PullResponse, PushRequest, PushResponse};

use crate::fetch::{self, FetchError};
use crate::timer;

/// What begins when a pull is answered, for the measure of what it takes to keep what came.
pub(super) const ANSWERED: &str = "answered";

/// The server that this app was loaded from, asked for one person.
pub(crate) struct Http {
    person: PersonId,
}

impl Http {
    /// Asks for this person alone.
    pub(crate) const fn of(person: PersonId) -> Self {
        Self { person }
    }
}

impl Peer for Http {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, PeerError> {
        self.post("/sync/v1/push", request).await
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, PeerError> {
        let answer = self.post("/sync/v1/pull", request).await;
        timer::begins(ANSWERED);
        answer
    }
}

impl Http {
    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, PeerError> {
        fetch::json_as(Some(self.person), "POST", path, Some(body))
            .await
            .map_err(peer_error)
    }
}

fn peer_error(error: FetchError) -> PeerError {
    match error {
        FetchError::Unreachable => PeerError::Unreachable,
        FetchError::Garbled => PeerError::Garbled,
        FetchError::Told(told) => match told.status {
            401 => PeerError::AuthLost,
            426 => PeerError::UpdateNeeded,
            429 | 503 => {
                let seconds = told.fact("after").parse().unwrap_or(5_u64);
                PeerError::Busy {
                    after: seconds.saturating_mul(1000),
                }
            }
            _ => told
                .refusal()
                .map_or(PeerError::Garbled, PeerError::Refused),
        },
    }
}
