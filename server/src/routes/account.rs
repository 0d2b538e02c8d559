//! `/api/v1/accounts`: an administrator gives a person a login and a password.

use std::ops::RangeInclusive;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use shared::id::PersonId;
use shared::permission;
use shared::refusal::Refusal;

use super::session::fit_login;
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::read::Body;
use crate::state::AppState;
use crate::store::account::Account;

/// How many characters a login has: lower-case letters, digits, dots and dashes, so that it can be
/// typed on any keyboard and no two of them look alike.
const LOGIN_CHARACTERS: RangeInclusive<usize> = 2..=64;

/// Whose account, and how that person will sign in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutAccount {
    person: PersonId,
    login: String,
    password: String,
}

/// Gives a person a login and password; earlier ones, and open sessions, end.
pub async fn put(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Body(body): Body<PutAccount>,
) -> Result<StatusCode, ApiError> {
    let organisation = state.sync.organisation().await?;
    let today = state.clock.now().day(organisation.utc_offset());
    if !permission::may_administer(&organisation, actor, today) {
        return Err(Refusal::Forbidden.into());
    }
    if !organisation.people.contains_key(&body.person) {
        return Err(Refusal::not_found("person").into());
    }
    give(&state, body.person, &body.login, body.password).await?;
    tracing::info!(actor = %actor, person = %body.person, "account set");
    Ok(StatusCode::NO_CONTENT)
}

/// Whose account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseAccount {
    person: PersonId,
}

/// Closes a person's account: nobody signs in with it, and what its devices still hand in is kept
/// unexecuted. Giving a login and password opens it again.
pub async fn close(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Body(CloseAccount { person }): Body<CloseAccount>,
) -> Result<StatusCode, ApiError> {
    let organisation = state.sync.organisation().await?;
    let now = state.clock.now();
    let today = now.day(organisation.utc_offset());
    if !permission::may_administer(&organisation, actor, today) || actor == person {
        return Err(Refusal::Forbidden.into());
    }
    if !state.store.close_account(person, now).await? {
        return Err(Refusal::not_found("account").into());
    }
    tracing::info!(actor = %actor, person = %person, "account closed");
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a person a login and password; whoever calls has asked whether that is allowed.
pub async fn give(
    state: &AppState,
    person: PersonId,
    login: &str,
    password: String,
) -> Result<(), ApiError> {
    let account = prepare(state, person, login, password).await?;
    let now = state.clock.now();
    if state.store.put_account(&account, now).await? {
        Ok(())
    } else {
        Err(ApiError::LoginTaken)
    }
}

/// Checks login and password and hashes the latter; nothing is kept yet.
pub async fn prepare(
    state: &AppState,
    person: PersonId,
    login: &str,
    password: String,
) -> Result<Account, ApiError> {
    let login = fit_login(login);
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if !LOGIN_CHARACTERS.contains(&login.len()) || !login.chars().all(fits) {
        return Err(ApiError::LoginUnfit);
    }
    let password_hash = state.passwords.hash(password).await?;
    Ok(Account {
        person,
        login,
        password_hash,
        is_closed: false,
    })
}
