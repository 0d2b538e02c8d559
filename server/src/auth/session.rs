//! Sessions: a random token in a cookie that no script reads; the store knows only its digest.
//!
//! A session ends after a time without use, at sign-out, or when the account's password changes.

use shared::id::PersonId;
use shared::moment::UtcMillis;

use crate::error::ApiError;
use crate::state::AppState;
use crate::{chance, hex};

const COOKIE: &str = "jihe_session";
/// Over https the name itself makes browsers refuse a cookie that came in the clear.
const SECURE_COOKIE: &str = "__Host-jihe_session";
const DAY_MILLIS: i64 = 86_400_000;

/// How long the noted time of last use may lag behind, so that not every request writes.
const NOTE_EVERY_MILLIS: i64 = 3_600_000;

/// A session that has just begun: its cookie is told once and never kept.
#[derive(Debug)]
pub struct Begun {
    /// The value of the `Set-Cookie` header.
    pub cookie: String,
}

/// Begins a session.
pub async fn begin(state: &AppState, person: PersonId) -> Result<Begun, ApiError> {
    let token = hex::encode(&chance::bytes::<32>());
    let now = state.clock.now();
    let digest = hex::sha256(token.as_bytes());
    let expired = UtcMillis(now.0.saturating_sub(idle_millis(state)));
    state
        .store
        .begin_session(&digest, person, now, expired)
        .await?;
    let seconds = idle_millis(state) / 1000;
    Ok(Begun {
        cookie: cookie(state, &token, seconds),
    })
}

/// Ends the session of a token; an unknown token is as good as ended.
pub async fn end(state: &AppState, token: &str) -> Result<String, ApiError> {
    state
        .store
        .end_session(&hex::sha256(token.as_bytes()))
        .await?;
    Ok(cookie(state, "", 0))
}

/// Names the person of a live session, and whether the account is closed by now; notes its use.
pub async fn person_of(
    state: &AppState,
    token: &str,
) -> Result<Option<(PersonId, bool)>, ApiError> {
    let digest = hex::sha256(token.as_bytes());
    let Some(session) = state.store.session(&digest).await? else {
        return Ok(None);
    };
    let now = state.clock.now();
    let idle = now.0.saturating_sub(session.used_at.0);
    if idle > idle_millis(state) {
        state.store.end_session(&digest).await?;
        return Ok(None);
    }
    if idle > NOTE_EVERY_MILLIS {
        state.store.use_session(&digest, now).await?;
    }
    Ok(Some((session.person, session.is_closed)))
}

/// Finds the session's token in a `Cookie` header.
pub fn token_in<'a>(state: &AppState, cookies: &'a str) -> Option<&'a str> {
    cookies.split(';').find_map(|one| {
        let (name, value) = one.trim().split_once('=')?;
        (name == called(state) && !value.is_empty()).then_some(value)
    })
}

fn idle_millis(state: &AppState) -> i64 {
    i64::from(state.config.session.idle_days) * DAY_MILLIS
}

const fn called(state: &AppState) -> &'static str {
    if state.is_secure {
        SECURE_COOKIE
    } else {
        COOKIE
    }
}

fn cookie(state: &AppState, value: &str, seconds: i64) -> String {
    let secure = if state.is_secure { "; Secure" } else { "" };
    let name = called(state);
    format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}")
}
