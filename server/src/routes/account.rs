//! `/api/v1/accounts`: an administrator sees who can sign in and from where, gives a person a login
//! and a password, and takes them away. No secret is ever told.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use shared::id::{DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::refusal::Refusal;

use super::session::fit_login;
use crate::auth::{Administrator, session};
use crate::error::ApiError;
use crate::read::{Answer, Body};
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
    Administrator(actor): Administrator,
    Body(body): Body<PutAccount>,
) -> Result<StatusCode, ApiError> {
    let organisation = state.sync.organisation().await?;
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
    Administrator(actor): Administrator,
    Body(CloseAccount { person }): Body<CloseAccount>,
) -> Result<StatusCode, ApiError> {
    if actor == person {
        return Err(Refusal::Forbidden.into());
    }
    if !state.store.close_account(person, state.clock.now()).await? {
        return Err(Refusal::not_found("account").into());
    }
    tracing::info!(actor = %actor, person = %person, "account closed");
    Ok(StatusCode::NO_CONTENT)
}

/// Whose sessions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOut {
    person: PersonId,
}

/// Signs a person out on every device, as when one of them is lost. What a device holds unsent
/// stays there until that person signs in on it again.
pub async fn sign_out(
    State(state): State<AppState>,
    Administrator(actor): Administrator,
    Body(SignOut { person }): Body<SignOut>,
) -> Result<StatusCode, ApiError> {
    state.store.end_sessions_of(person).await?;
    tracing::info!(actor = %actor, person = %person, "signed out everywhere");
    Ok(StatusCode::NO_CONTENT)
}

/// A session that has not expired.
#[derive(Debug, Serialize)]
struct Session {
    begun: UtcMillis,
    /// When it was last noted to be used, at most an hour late.
    used: UtcMillis,
}

/// A device of a person.
#[derive(Debug, Serialize)]
struct Device {
    #[serde(rename = "device")]
    id: DeviceId,
    /// Build of its app.
    build: String,
    seen: UtcMillis,
    /// How many commands it holds that have not come, as it said then.
    unsent: u32,
    /// How many announced commands never came.
    lost: u32,
}

/// How a person signs in, and from where.
#[derive(Debug, Default, Serialize)]
pub struct Access {
    /// What is typed at sign-in; `None` while there is no account.
    login: Option<String>,
    /// When login or password were given last.
    changed: Option<UtcMillis>,
    /// Since when the account is closed.
    closed: Option<UtcMillis>,
    /// Until when an open invitation works.
    invited: Option<UtcMillis>,
    sessions: Vec<Session>,
    devices: Vec<Device>,
}

/// Lists who can sign in or is invited, with sessions and devices.
pub async fn list(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Answer<BTreeMap<PersonId, Access>>, ApiError> {
    let mut all: BTreeMap<PersonId, Access> = BTreeMap::new();
    for account in state.store.accounts_in_full().await? {
        let access = all.entry(account.person).or_default();
        access.login = Some(account.login);
        access.changed = Some(account.changed_at);
        access.closed = account.closed_at;
    }
    for (person, until) in state.store.open_invitations(state.clock.now()).await? {
        all.entry(person).or_default().invited = Some(until);
    }
    let expired = session::expired_before(&state);
    for live in state.store.sessions_since(expired).await? {
        let sessions = &mut all.entry(live.person).or_default().sessions;
        sessions.push(Session {
            begun: live.begun_at,
            used: live.used_at,
        });
    }
    for row in state.store.all_devices().await? {
        all.entry(row.person).or_default().devices.push(Device {
            id: row.device,
            build: row.build,
            seen: row.seen,
            unsent: row.unsent.count,
            lost: row.lost,
        });
    }
    Ok(Answer(all))
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
