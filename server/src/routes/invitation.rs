//! `/api/v1/invitations`: a person is asked in by a link that works once, for a week.
//!
//! The code is 128 bits of chance and is told once; the store keeps its digest. In the link it
//! stands behind the `#`, so that no server, no proxy and no page elsewhere is ever sent it. Whoever
//! invited whom stays in the store.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use shared::id::{PersonId, UnitId};
use shared::moment::{Day, UtcMillis};
use shared::organisation::Organisation;
use shared::permission;
use shared::refusal::Refusal;

use super::account;
use super::session::{self, Address};
use crate::auth::SignedIn;
use crate::error::ApiError;
use crate::read::{Answer, Body};
use crate::state::AppState;
use crate::store::invitation::{Invitation, Joined, NewInvitation};
use crate::{chance, hex, qr, serve};

/// How long a code works.
pub const GOOD_FOR_MILLIS: i64 = 7 * 86_400_000;

/// The most people who are invited at once.
const MOST_PEOPLE: usize = 200;

/// Whom to invite.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    people: Vec<PersonId>,
}

/// An invitation as it is told once.
#[derive(Debug, Serialize)]
pub struct Told {
    person: PersonId,
    /// Where the person joins.
    link: String,
    /// The link as a code to scan, as SVG.
    picture: String,
    expires_at: UtcMillis,
}

/// How somebody stands to joining.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum Standing {
    /// The person can sign in.
    Joined,
    /// The account is closed.
    Closed,
    /// An invitation is open.
    Invited { expires_at: UtcMillis },
    /// Nobody asked yet.
    NotInvited,
}

/// A person of a unit, and how he or she stands to joining.
#[derive(Debug, Serialize)]
pub struct Member {
    person: PersonId,
    #[serde(flatten)]
    standing: Standing,
}

/// Of which unit.
#[derive(Deserialize)]
pub struct Of {
    unit: UnitId,
}

/// Invites people; earlier invitations of theirs end.
pub async fn make(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    Body(Invite { people }): Body<Invite>,
) -> Result<Answer<Vec<Told>>, ApiError> {
    if people.len() > MOST_PEOPLE {
        return Err(Refusal::LimitPassed {
            limit: "people_per_invitation".to_owned(),
            most: MOST_PEOPLE as u64,
        }
        .into());
    }
    let (organisation, today) = now(&state).await?;
    let joined = state.store.accounts().await?;
    for person in &people {
        may_invite(&organisation, actor, *person, today)?;
        // Whoever leads somebody does not get that person's password by it.
        let has_account = joined.iter().any(|(joined, _)| joined == person);
        if has_account && !permission::may_administer(&organisation, actor, today) {
            return Err(ApiError::AlreadyJoined);
        }
    }
    let now = state.clock.now();
    let expires_at = UtcMillis(now.0 + GOOD_FOR_MILLIS);
    let origin = origin(&state, &headers);
    let (mut kept, mut told) = (Vec::new(), Vec::new());
    for person in people {
        let code = hex::encode(&chance::bytes::<16>());
        kept.push(NewInvitation {
            code_hash: hex::sha256(code.as_bytes()),
            person,
            by: actor,
            expires_at,
        });
        let link = format!("{origin}/join#{code}");
        told.push(Told {
            person,
            picture: qr::svg(&link, "QR"),
            link,
            expires_at,
        });
        tracing::info!(actor = %actor, person = %person, "invited");
    }
    state.store.put_invitations(&kept, now).await?;
    Ok(Answer(told))
}

/// Lists the people of a unit whom the actor may invite, and how each stands to joining.
pub async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Query(Of { unit }): Query<Of>,
) -> Result<Answer<Vec<Member>>, ApiError> {
    let (organisation, today) = now(&state).await?;
    let accounts = state.store.accounts().await?;
    let open = state.store.open_invitations(state.clock.now()).await?;
    let posts = organisation.assignments.values();
    let mut people: Vec<PersonId> = posts
        .filter(|post| post.unit == unit && post.in_force.covers(today))
        .map(|post| post.person)
        .filter(|person| permission::may_invite(&organisation, actor, *person, today))
        .collect();
    people.sort_unstable();
    people.dedup();
    let standing = |person: PersonId| {
        let invited = open.iter().find(|(invited, _)| *invited == person);
        let account = accounts.iter().find(|(joined, _)| *joined == person);
        match (invited, account) {
            (Some((_, expires_at)), _) => Standing::Invited {
                expires_at: *expires_at,
            },
            (None, Some((_, true))) => Standing::Closed,
            (None, Some((_, false))) => Standing::Joined,
            (None, None) => Standing::NotInvited,
        }
    };
    let member = |person| Member {
        person,
        standing: standing(person),
    };
    Ok(Answer(people.into_iter().map(member).collect()))
}

/// Whose invitation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoke {
    person: PersonId,
}

/// Takes a person's open invitation back.
pub async fn revoke(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Body(Revoke { person }): Body<Revoke>,
) -> Result<StatusCode, ApiError> {
    let (organisation, today) = now(&state).await?;
    may_invite(&organisation, actor, person, today)?;
    if !state
        .store
        .revoke_invitations(person, state.clock.now())
        .await?
    {
        return Err(Refusal::not_found("invitation").into());
    }
    tracing::info!(actor = %actor, person = %person, "invitation revoked");
    Ok(StatusCode::NO_CONTENT)
}

/// A code, in the body so that it stands in no log of addresses.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    code: String,
}

/// Who is asked into which company.
#[derive(Debug, Serialize)]
pub struct Asked {
    company: String,
    name: String,
    expires_at: UtcMillis,
}

/// Tells the holder of a code who is invited where; using it stays possible.
pub async fn read(
    State(state): State<AppState>,
    address: Address,
    Body(Code { code }): Body<Code>,
) -> Result<Answer<Asked>, ApiError> {
    let (_, found) = open(&state, &address, &code).await?;
    let (organisation, _) = now(&state).await?;
    let person = organisation.people.get(&found.person);
    let person = person.ok_or(ApiError::InvitationUnknown)?;
    let root = organisation.company.as_ref().map(|company| company.root);
    let root = root.and_then(|root| organisation.units.get(&root));
    Ok(Answer(Asked {
        company: root.map(|unit| unit.name.clone()).unwrap_or_default(),
        name: person.name.clone(),
        expires_at: found.expires_at,
    }))
}

/// How the invited person will sign in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    code: String,
    login: String,
    password: String,
}

/// Uses a code: its person gets a login and password, and is signed in.
pub async fn join(
    State(state): State<AppState>,
    address: Address,
    Body(body): Body<Join>,
) -> Result<Response, ApiError> {
    let (code_hash, found) = open(&state, &address, &body.code).await?;
    let account = account::prepare(&state, found.person, &body.login, body.password).await?;
    let now = state.clock.now();
    match state.store.join(&code_hash, &account, now).await? {
        Joined::Done => {}
        Joined::LoginTaken => return Err(ApiError::LoginTaken),
        Joined::Gone => return Err(ApiError::InvitationUsed),
    }
    tracing::info!(person = %found.person, "joined by invitation");
    session::begin_for(&state, found.person).await
}

/// Finds the open invitation of a code. Codes that nobody made count against the address.
async fn open(
    state: &AppState,
    address: &Address,
    code: &str,
) -> Result<(String, Invitation), ApiError> {
    let now = state.clock.now();
    let address = address.text();
    let heard = state.address_throttle.attempt(&address, now);
    heard.map_err(|after| ApiError::TooManyAttempts { after })?;
    let code_hash = hex::sha256(code.trim().as_bytes());
    let Some(found) = state.store.invitation(&code_hash).await? else {
        tracing::warn!(address = %address, "unknown invitation");
        return Err(ApiError::InvitationUnknown);
    };
    state.address_throttle.forgive(&address);
    match found {
        Invitation { is_used: true, .. } => Err(ApiError::InvitationUsed),
        Invitation {
            is_revoked: true, ..
        } => Err(ApiError::InvitationRevoked),
        Invitation { expires_at, .. } if expires_at <= now => Err(ApiError::InvitationExpired),
        found => Ok((code_hash, found)),
    }
}

async fn now(state: &AppState) -> Result<(std::sync::Arc<Organisation>, Day), ApiError> {
    let organisation = state.sync.organisation().await?;
    let today = state.clock.now().day(organisation.utc_offset());
    Ok((organisation, today))
}

fn may_invite(
    organisation: &Organisation,
    actor: PersonId,
    person: PersonId,
    today: Day,
) -> Result<(), ApiError> {
    if !organisation.people.contains_key(&person) {
        return Err(Refusal::not_found("person").into());
    }
    if permission::may_invite(organisation, actor, person, today) {
        Ok(())
    } else {
        Err(Refusal::Forbidden.into())
    }
}

/// Where other devices find this server: whoever invites on the machine itself means its network.
fn origin(state: &AppState, headers: &HeaderMap) -> String {
    let scheme = if state.is_secure { "https" } else { "http" };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    // What stands in the link is drawn into a picture and a page.
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = if host.chars().all(plain) {
        host
    } else {
        "localhost"
    };
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.ends_with(':') && !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let own = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    let lan = own.then(serve::lan_address).flatten();
    match lan.filter(|_| state.config.http.lan) {
        Some(lan) => {
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{scheme}://{lan}{port}")
        }
        None => format!("{scheme}://{host}"),
    }
}
