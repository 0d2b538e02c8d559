//! Who is asking: the extractor that turns a cookie into a signed-in person.
//!
//! A handler that takes [`SignedIn`] cannot be reached without a session, and one that takes
//! [`Administrator`] not by anybody else. What a person may do is decided by the domain's policy,
//! never here.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::id::PersonId;
use shared::permission;
use shared::refusal::Refusal;

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

/// An administrator of today, whose session the request carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Administrator(pub PersonId);

impl FromRequestParts<AppState> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let SignedIn(person) = SignedIn::from_request_parts(parts, state).await?;
        let organisation = state.sync.organisation().await?;
        let today = state.clock.now().day(organisation.utc_offset());
        if permission::may_administer(&organisation, person, today) {
            Ok(Self(person))
        } else {
            Err(Refusal::Forbidden.into())
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
