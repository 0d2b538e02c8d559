//! `/api/v1/attachments/{digest}`: the bytes of evidence, handed in and read apart from commands.
//!
//! Handing in needs a session and room; the bytes must be what the address says and of a kind that
//! is accepted. Reading names the evidence, and is answered for who may see its row, by the one
//! policy of partitions: the digest alone opens nothing.

use std::fmt::Write as _;
use std::time::Duration;

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use shared::evidence::{ContentHash, MOST_BYTES, MediaType};
use shared::id::{EntryId, EvidenceId, PersonId, PlanId};
use shared::permission;
use shared::refusal::Refusal;
use shared::row::{Row, RowKind};

use crate::attachments::Attachments;
use crate::auth::{HandsIn, SignedIn};
use crate::error::ApiError;
use crate::headers;
use crate::state::AppState;
use crate::store;
use crate::store::attachment::{Attachment, Room, TakenIn};

/// How long the next piece of a file may take to arrive, and the whole of it.
const PIECE: Duration = Duration::from_secs(30);
const WHOLE: Duration = Duration::from_mins(5);

/// Lets a file in while there is a place: each passes through memory once.
pub async fn at_once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.attachment_places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => ApiError::Busy { after: 2 }.into_response(),
    }
}

/// Takes a file in.
pub async fn put(
    State(state): State<AppState>,
    HandsIn { person, .. }: HandsIn,
    Path(hash): Path<String>,
    request: Request,
) -> Result<StatusCode, ApiError> {
    let hash = digest(&hash)?;
    let told = request.headers().get(header::CONTENT_LENGTH);
    let told = told.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|told| told > u64::from(MOST_BYTES)) {
        return Err(oversized());
    }
    let read = tokio::time::timeout(WHOLE, bytes(request.into_body())).await;
    let (bytes, found) = read.map_err(|_| unfinished())??;
    if found != hash {
        return Err(ApiError::AttachmentDiffers);
    }
    take_in(&state, person, hash, bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes in what a person hands in under its digest; whoever calls has compared the two.
pub async fn take_in(
    state: &AppState,
    person: PersonId,
    hash: ContentHash,
    bytes: Vec<u8>,
) -> Result<(), ApiError> {
    let media = MediaType::of_content(&bytes).ok_or(ApiError::AttachmentKind)?;
    let attachment = Attachment {
        hash,
        person,
        media,
        bytes: bytes.len() as u64,
    };
    let limits = &state.config.limits;
    let room = Room {
        own: limits.attachment_bytes_of_person,
        whole: limits.attachment_bytes_in_all,
    };
    let folder = Attachments::of_data(&state.config.store.data);
    let place = move || folder.keep(hash, &bytes);
    let now = state.clock.now();
    match state.store.take_in(attachment, room, now, place).await? {
        TakenIn::Done => Ok(()),
        TakenIn::PersonFull => Err(passed("attachment_bytes_of_person", room.own)),
        TakenIn::Full => Err(passed("attachment_bytes_in_all", room.whole)),
    }
}

/// Reads a body piece by piece, and its digest with it; one byte too many ends it.
async fn bytes(body: Body) -> Result<(Vec<u8>, ContentHash), ApiError> {
    let mut pieces = body.into_data_stream();
    let (mut bytes, mut digest) = (Vec::new(), Sha256::new());
    loop {
        let next = tokio::time::timeout(PIECE, pieces.next()).await;
        let Some(piece) = next.map_err(|_| unfinished())? else {
            return Ok((bytes, ContentHash::from_digest(digest.finalize().into())));
        };
        let piece = piece.map_err(|_| unfinished())?;
        if bytes.len() + piece.len() > MOST_BYTES as usize {
            return Err(oversized());
        }
        digest.update(&piece);
        bytes.extend_from_slice(&piece);
    }
}

/// The evidence as which a file is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct As {
    /// The plan, or the document that is the ledger.
    plan: PlanId,
    evidence: EvidenceId,
    /// The entry of the ledger to which it was attached.
    #[serde(default)]
    entry: Option<EntryId>,
}

/// A file as a row names it that the reader may see.
struct Named {
    hash: ContentHash,
    name: String,
    by: PersonId,
}

impl As {
    /// Finds it; `None` where there is none, or none that `actor` may see.
    async fn found(&self, state: &AppState, actor: PersonId) -> Result<Option<Named>, ApiError> {
        let (kind, id) = match self.entry {
            Some(entry) => (RowKind::LedgerEntry, entry.bits()),
            None => (RowKind::Evidence, self.evidence.bits()),
        };
        let organisation = state.sync.organisation().await?;
        let today = state.clock.now().day(organisation.utc_offset());
        let found = state.store.naming_row(self.plan, kind, id).await?;
        let sees = |partition: &_| permission::may_see(&organisation, actor, today, *partition);
        let open = found.filter(|(_, partitions)| partitions.iter().any(sees));
        Ok(match open.map(|(row, _)| row) {
            Some(Row::Evidence(evidence)) if evidence.may_open(actor) => Some(Named {
                hash: evidence.hash,
                name: evidence.name,
                by: evidence.by,
            }),
            Some(Row::LedgerEntry(entry)) => {
                let mut files = entry.attached.into_iter();
                let file = files.find(|file| file.id == self.evidence);
                file.map(|file| Named {
                    hash: file.hash,
                    name: file.name,
                    by: file.by,
                })
            }
            _ => None,
        })
    }
}

/// Gives a file to who may see the evidence.
pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(hash): Path<String>,
    of: Result<Query<As>, QueryRejection>,
) -> Result<Response, ApiError> {
    let hash = digest(&hash)?;
    let Query(of) = of.map_err(|_| ApiError::Malformed {
        at: "query".to_owned(),
    })?;
    let found = of.found(&state, actor).await?;
    let Some(named) = found.filter(|named| named.hash == hash) else {
        return Err(Refusal::not_found("evidence").into());
    };
    // Its person's device may be on the way still. That somebody else handed the same in does not
    // count: whoever only knows a digest would read the file as evidence of his or her own.
    let not_yet = || ApiError::from(Refusal::not_found("attachment"));
    let media = state.store.attachment(hash, named.by).await?;
    let media = media.ok_or_else(not_yet)?;
    let folder = Attachments::of_data(&state.config.store.data);
    let read = tokio::task::spawn_blocking(move || folder.read(hash)).await;
    let broken = |error: &dyn std::fmt::Display| {
        ApiError::Store(store::Error::Broken(format!("attachment {hash}: {error}")))
    };
    let bytes = read.map_err(|error| broken(&error))?;
    let bytes = bytes.map_err(|error| broken(&error))?;
    Ok((headers(media, &named.name), bytes).into_response())
}

/// What a browser may do with a file: show a picture, save anything else, run nothing.
fn headers(media: MediaType, name: &str) -> HeaderMap {
    let how = if media.is_image() {
        "inline"
    } else {
        "attachment"
    };
    let mut written = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            written.push(char::from(byte));
        } else {
            write!(written, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    let extension = media.extension();
    let place = format!("{how}; filename=\"evidence.{extension}\"; filename*=UTF-8''{written}");
    let place = HeaderValue::from_str(&place).expect("a name is written in plain characters");
    HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static(media.mime())),
        (header::CONTENT_DISPOSITION, place),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(headers::FOREIGN_CONTENT),
        ),
        // Who may see it can change; the app keeps what it showed by itself.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ])
}

fn digest(text: &str) -> Result<ContentHash, ApiError> {
    text.parse().map_err(|_| ApiError::Malformed {
        at: "digest".to_owned(),
    })
}

fn oversized() -> ApiError {
    ApiError::Oversized {
        most: u64::from(MOST_BYTES),
    }
}

fn unfinished() -> ApiError {
    ApiError::Malformed {
        at: "the end, which never came".to_owned(),
    }
}

fn passed(limit: &str, most: u64) -> ApiError {
    let limit = limit.to_owned();
    Refusal::LimitPassed { limit, most }.into()
}
