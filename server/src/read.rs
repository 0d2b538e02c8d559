//! Reading a request and writing an answer: our own extractors, so that every failure is typed.
//!
//! A failure names a place, never the content, because a body may hold a password.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::import::Choices;

use crate::error::ApiError;
use crate::state::AppState;

/// The most bytes of a request that no other limit stands for.
pub const BODY_BYTES: usize = 64 * 1024;

/// How long a body may take to arrive; a place among the sync requests is held meanwhile.
const PATIENCE: Duration = Duration::from_mins(1);

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, ApiError> {
        expect_type(request.headers(), "application/json")?;
        let bytes = bytes(request).await?;
        parse(&bytes).map(Self)
    }
}

/// The content type of a sheet with choices: the first line is the choices as JSON, the rest are
/// the file's own bytes.
pub const SHEET_WITH_CHOICES: &str = "application/x-jihe-import";

/// The bytes of a CSV file, in whatever encoding it was saved, and what was chosen for it.
#[derive(Debug)]
pub struct Sheet {
    /// What was chosen; none where the file came alone.
    pub choices: Option<Choices>,
    /// The file.
    pub bytes: Bytes,
}

impl FromRequest<AppState> for Sheet {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, ApiError> {
        if expect_type(request.headers(), SHEET_WITH_CHOICES).is_err() {
            expect_type(request.headers(), "text/csv")?;
            let bytes = bytes(request).await?;
            return Ok(Self {
                choices: None,
                bytes,
            });
        }
        let mut line = bytes(request).await?;
        let end = line.iter().position(|byte| *byte == b'\n');
        let bytes = line.split_off(end.unwrap_or(line.len()));
        let choices = Some(parse(&line)?);
        let bytes = bytes.slice(bytes.len().min(1)..);
        Ok(Self { choices, bytes })
    }
}

/// An answer in JSON that no cache may keep.
#[derive(Debug)]
pub struct Answer<T>(pub T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let bytes = serde_json::to_vec(&self.0).expect("answers have text keys and finite numbers");
        let headers = [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (headers, bytes).into_response()
    }
}

/// Reads JSON; the error says where it went wrong.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(bytes).map_err(|error| ApiError::Malformed {
        at: format!("line {} column {}", error.line(), error.column()),
    })
}

fn expect_type(headers: &HeaderMap, wanted: &str) -> Result<(), ApiError> {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = given
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    if essence.trim().eq_ignore_ascii_case(wanted) {
        Ok(())
    } else {
        Err(ApiError::ContentType)
    }
}

async fn bytes(request: Request) -> Result<Bytes, ApiError> {
    let most = request
        .extensions()
        .get::<Most>()
        .map_or(BODY_BYTES, |most| most.0);
    let read = axum::body::to_bytes(request.into_body(), most);
    match tokio::time::timeout(PATIENCE, read).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(ApiError::Oversized { most: most as u64 }),
        Err(_) => Err(ApiError::Malformed {
            at: "the end, which never came".to_owned(),
        }),
    }
}

/// The most bytes that a route reads; a route without it reads [`BODY_BYTES`].
#[derive(Debug, Clone, Copy)]
pub struct Most(pub usize);
