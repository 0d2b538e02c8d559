//! Sessions: a random token in a cookie that no script reads; the store knows only its digest.
//!
//! Several people may be signed in on one device. Each has a cookie of his or her own, and whoever
//! signed in last also the one without a name; a request names the person for whom it speaks, and
//! is answered under no other's session.
//!
//! A session ends after a time without use, at sign-out, or when the account's password changes.

use axum::http::header;
use axum::http::request::Parts;
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

/// The header in which a request names the person for whom it speaks.
const PERSON: &str = "jihe-person";
/// The same in an address, for a connection that carries no header of ours.
const PERSON_ASKED: &str = "person=";

/// A session that has just begun: its cookies are told once and never kept.
#[derive(Debug)]
pub struct Begun {
    /// The `Set-Cookie` header for whoever signed in last.
    pub cookie: String,
    /// The one of this person alone.
    pub own: String,
}

/// Before which moment a session must have been used last to have expired by now.
pub fn expired_before(state: &AppState) -> UtcMillis {
    UtcMillis(state.clock.now().0.saturating_sub(idle_millis(state)))
}

/// Begins a session.
pub async fn begin(state: &AppState, person: PersonId) -> Result<Begun, ApiError> {
    let token = hex::encode(&chance::bytes::<32>());
    let now = state.clock.now();
    let digest = hex::sha256(token.as_bytes());
    let expired = expired_before(state);
    state
        .store
        .begin_session(&digest, person, now, expired)
        .await?;
    let seconds = idle_millis(state) / 1000;
    Ok(Begun {
        cookie: cookie(state, None, &token, seconds),
        own: cookie(state, Some(person), &token, seconds),
    })
}

/// Ends the session of the first token, which is the one that was meant; gives the cookies that end
/// with it. An unknown token is as good as ended.
pub async fn end(
    state: &AppState,
    tokens: &[String],
    person: Option<PersonId>,
) -> Result<Vec<String>, ApiError> {
    let meant = tokens.first().map(String::as_str).unwrap_or_default();
    let found = person_of(state, meant).await?.map(|(person, _)| person);
    if person.is_some() && found != person {
        // Nothing of this person is here any more, and nothing of another's ends with it.
        return Ok(vec![cookie(state, person, "", 0)]);
    }
    state
        .store
        .end_session(&hex::sha256(meant.as_bytes()))
        .await?;
    let mut cookies = Vec::new();
    // The cookie of whoever signed in last goes too, where it is this session's.
    if person.is_none() || tokens.iter().skip(1).any(|token| token == meant) {
        cookies.push(cookie(state, None, "", 0));
    }
    cookies.extend(
        person
            .or(found)
            .map(|person| cookie(state, Some(person), "", 0)),
    );
    Ok(cookies)
}

/// The person for whom a request speaks, as it says.
pub fn wanted(parts: &Parts) -> Option<PersonId> {
    let header = parts
        .headers
        .get(PERSON)
        .and_then(|value| value.to_str().ok());
    let asked = || {
        let query = parts.uri.query().unwrap_or_default();
        query
            .split('&')
            .find_map(|one| one.strip_prefix(PERSON_ASKED))
    };
    header.or_else(asked)?.parse().ok()
}

/// The tokens of a request that may be meant: the person's own first, then that of whoever signed
/// in last.
pub fn tokens(state: &AppState, parts: &Parts, wanted: Option<PersonId>) -> Vec<String> {
    let names = [wanted.map(Some), Some(None)];
    let mut tokens = Vec::new();
    for name in names.into_iter().flatten() {
        let name = called(state, name);
        let mut cookies = parts.headers.get_all(header::COOKIE).iter();
        let found = cookies.find_map(|value| value_of(value.to_str().ok()?, &name));
        tokens.extend(found.map(str::to_owned));
    }
    tokens
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

/// Finds the value of a cookie in a `Cookie` header.
fn value_of<'a>(cookies: &'a str, wanted: &str) -> Option<&'a str> {
    cookies.split(';').find_map(|one| {
        let (name, value) = one.trim().split_once('=')?;
        (name == wanted && !value.is_empty()).then_some(value)
    })
}

fn idle_millis(state: &AppState) -> i64 {
    i64::from(state.config.session.idle_days) * DAY_MILLIS
}

/// The name of a person's own cookie, or of that of whoever signed in last.
fn called(state: &AppState, person: Option<PersonId>) -> String {
    let name = if state.is_secure {
        SECURE_COOKIE
    } else {
        COOKIE
    };
    match person {
        Some(person) => format!("{name}_{person}"),
        None => name.to_owned(),
    }
}

fn cookie(state: &AppState, person: Option<PersonId>, value: &str, seconds: i64) -> String {
    let secure = if state.is_secure { "; Secure" } else { "" };
    let name = called(state, person);
    format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}")
}
