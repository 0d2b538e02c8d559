//! Who is asking: the extractor that turns a cookie into a signed-in person.
//!
//! A handler that takes [`SignedIn`] cannot be reached without a session. What that person may do
//! is never asked here; it is decided by the domain.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::id::PersonId;

use crate::error::ApiError;
use crate::state::AppState;

pub mod origin;
pub mod password;
pub mod session;
pub mod throttle;

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
        let wanted = session::wanted(parts);
        for token in session::tokens(state, parts, wanted) {
            let found = session::person_of(state, &token).await?;
            // Another tab may have signed in as somebody else: nobody acts under that session.
            if let Some((person, is_closed)) = found
                && wanted.is_none_or(|wanted| wanted == person)
            {
                return Ok(Self { person, is_closed });
            }
        }
        Err(ApiError::SignedOut)
    }
}
