//! Who is asking: the extractor that turns a cookie into a signed-in person.
//!
//! A handler that takes [`SignedIn`] cannot be reached without a session. What that person may do
//! is never asked here; it is decided by the domain.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use shared::id::PersonId;

use crate::error::ApiError;
use crate::state::AppState;

pub mod origin;
pub mod password;
pub mod session;
pub mod throttle;

/// The header in which a device says for whom it asks.
const MEANT: &str = "jihe-person";

/// The person whose session the request carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedIn(pub PersonId);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        match HandsIn::from_request_parts(parts, state).await? {
            HandsIn {
                person,
                is_closed: false,
            } => Ok(Self(person)),
            HandsIn { .. } => Err(ApiError::SignedOut),
        }
    }
}

/// The person whose work the request brings; also one whose account was closed meanwhile, so that
/// what was made before is not lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandsIn {
    /// Who.
    pub person: PersonId,
    /// Whether the account is closed: what comes is kept and not executed.
    pub is_closed: bool,
}

impl FromRequestParts<AppState> for HandsIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let cookies = parts.headers.get_all(header::COOKIE).iter();
        let token = cookies
            .filter_map(|value| value.to_str().ok())
            .find_map(|cookies| session::token_in(state, cookies))
            .ok_or(ApiError::SignedOut)?;
        let found = session::person_of(state, token).await?;
        let (person, is_closed) = found.ok_or(ApiError::SignedOut)?;
        if !is_meant(parts, person) {
            return Err(ApiError::SignedOut);
        }
        Ok(Self { person, is_closed })
    }
}

/// Says whether the request is for the person who is signed in, where it says for whom it is: a tab
/// of somebody else, left open on a shared device, must not get what is not that person's.
fn is_meant(parts: &Parts, person: PersonId) -> bool {
    let Some(meant) = parts.headers.get(MEANT) else {
        return true;
    };
    meant
        .to_str()
        .is_ok_and(|meant| meant == person.to_string())
}
