//! `/api/v1/session`: sign in, who is signed in, sign out.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use shared::id::PersonId;

use crate::auth::{SignedIn, session};
use crate::error::ApiError;
use crate::read::{Answer, Body};
use crate::state::AppState;

/// What is typed at sign-in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    login: String,
    password: String,
}

/// Who is signed in.
#[derive(Debug, Serialize)]
pub struct Who {
    person: PersonId,
    name: String,
    login: String,
}

/// The address from which a request comes; a test's request comes from none.
#[derive(Debug, Clone, Copy)]
pub struct Address(Option<IpAddr>);

impl Address {
    /// The address in words; empty where there is none.
    pub fn text(&self) -> String {
        self.0
            .map(|address| address.to_string())
            .unwrap_or_default()
    }
}

impl FromRequestParts<AppState> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map(|ConnectInfo(peer)| peer.ip())))
    }
}

/// Signs a person in.
pub async fn begin(
    State(state): State<AppState>,
    address: Address,
    Body(body): Body<SignIn>,
) -> Result<Response, ApiError> {
    let login = fit_login(&body.login);
    let now = state.clock.now();
    let address = address.text();
    let by_address = state.address_throttle.attempt(&address, now);
    let by_login = by_address.and_then(|()| state.login_throttle.attempt(&login, now));
    by_login.map_err(|after| ApiError::TooManyAttempts { after })?;
    let account = state.store.account_by_login(&login).await?;
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let right = state.passwords.check(body.password, hash).await;
    let Some(account) = account.filter(|account| right && !account.is_closed) else {
        tracing::warn!(address = %address, "sign-in failed");
        return Err(ApiError::WrongPassword);
    };
    state.address_throttle.forgive(&address);
    state.login_throttle.forget(&login);
    begin_for(&state, account.person).await
}

/// Begins a session for a person and tells who it is.
pub async fn begin_for(state: &AppState, person: PersonId) -> Result<Response, ApiError> {
    let begun = session::begin(state, person).await?;
    tracing::info!(person = %person, "signed in");
    Ok(with_cookies(
        Answer(who(state, person).await?),
        &[begun.cookie, begun.own],
    ))
}

/// Tells who is signed in.
pub async fn show(
    State(state): State<AppState>,
    SignedIn(person): SignedIn,
) -> Result<Answer<Who>, ApiError> {
    who(&state, person).await.map(Answer)
}

/// Signs the person out whom the request names, else the last one; without a session that is done
/// already.
pub async fn end(State(state): State<AppState>, parts: Parts) -> Result<Response, ApiError> {
    let person = session::wanted(&parts);
    let cookies = session::end(&state, &session::tokens(&state, &parts, person), person).await?;
    Ok(with_cookies(StatusCode::NO_CONTENT, &cookies))
}

/// Brings a login into the form in which it is kept.
pub fn fit_login(login: &str) -> String {
    login.trim().to_lowercase()
}

async fn who(state: &AppState, person: PersonId) -> Result<Who, ApiError> {
    let account = state
        .store
        .account_of(person)
        .await?
        .ok_or(ApiError::SignedOut)?;
    let organisation = state.sync.organisation().await?;
    // An account that a first run left behind before it founded the company opens nothing.
    let named = organisation
        .people
        .get(&person)
        .ok_or(ApiError::SignedOut)?;
    Ok(Who {
        person,
        name: named.name.clone(),
        login: account.login,
    })
}

fn with_cookies(answer: impl IntoResponse, cookies: &[String]) -> Response {
    let mut response = answer.into_response();
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::from_str(cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}
