//! Asking the server: one request, one answer, a time limit, and no trust in what lies between.
//!
//! An answer counts only if it is JSON: a captive portal answers 200 with a page of its own.

use std::cell::Cell;

use js_sys::{Promise, Uint8Array};
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::id::PersonId;
use shared::refusal::Refusal;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use crate::i18n::refusal;
use crate::timer;

/// How long an answer may take; a large first pull over a slow line stays below it.
const LIMIT_MILLISECONDS: u32 = 60_000;
/// How long a file may be on its way.
const FILE_LIMIT_MILLISECONDS: u32 = 300_000;

/// Why there is no answer to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FetchError {
    /// No answer came.
    Unreachable,
    /// The answer is not the server's.
    Garbled,
    /// The server answered with a code.
    Told(Told),
}

/// A code with facts, as the server's edge tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The code.
    pub(crate) code: String,
    /// The field, where one is meant.
    pub(crate) field: String,
    /// The facts.
    pub(crate) facts: Map<String, Value>,
}

impl Told {
    /// The refusal of the domain that the code stands for, if it is one.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let mut value = self.facts.clone();
        value.insert("code".to_owned(), Value::String(self.code.clone()));
        if !self.field.is_empty() {
            value
                .entry("field")
                .or_insert_with(|| Value::String(self.field.clone()));
        }
        // By way of text: reading from a tree would be a second copy of every reader.
        serde_json::from_str(&Value::Object(value).to_string()).ok()
    }

    /// A fact as text.
    pub(crate) fn fact(&self, name: &str) -> String {
        match self.facts.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }
}

impl FetchError {
    /// What is told to the person.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Unreachable | Self::Garbled => refusal::unreachable().to_owned(),
            Self::Told(told) => refusal::edge(&told.code, |name| told.fact(name))
                .or_else(|| told.refusal().map(|refused| refusal::words(&refused)))
                .unwrap_or_else(|| refusal::internal().to_owned()),
        }
    }
}

thread_local! {
    static SPEAKER: Cell<Option<PersonId>> = const { Cell::new(None) };
}

/// From now on asks for this person alone: on a device with several sessions nothing is answered
/// under another's.
pub(crate) fn speak_for(person: Option<PersonId>) {
    SPEAKER.set(person);
}

/// Sends JSON and reads JSON.
pub(crate) async fn json<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<T, FetchError> {
    json_as(None, method, path, body).await
}

/// Sends JSON and reads JSON, if this person is the one who is signed in.
///
/// Another tab may have signed in as somebody else; the server then answers that this person is
/// signed out, and no rows of the one reach the databases of the other.
pub(crate) async fn json_as<T: DeserializeOwned>(
    person: Option<PersonId>,
    method: &str,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<T, FetchError> {
    let body = body.map(|body| serde_json::to_string(body).map_err(|_| FetchError::Garbled));
    let body = body.transpose()?.map(|text| JsValue::from_str(&text));
    let text = ask(person, method, path, "application/json", body.as_ref()).await?;
    // 204 has no body; the caller reads it as null.
    let text = if text.is_empty() { "null" } else { &text };
    serde_json::from_str(text).map_err(|_| FetchError::Garbled)
}

/// Sends bytes of a kind and reads JSON.
pub(crate) async fn bytes<T: DeserializeOwned>(
    path: &str,
    kind: &str,
    body: &Uint8Array,
) -> Result<T, FetchError> {
    let text = ask(None, "POST", path, kind, Some(body.as_ref())).await?;
    serde_json::from_str(&text).map_err(|_| FetchError::Garbled)
}

/// Hands a file in for a person.
pub(crate) async fn hand_in(
    person: PersonId,
    path: &str,
    kind: &str,
    file: &Uint8Array,
) -> Result<(), FetchError> {
    let limit = FILE_LIMIT_MILLISECONDS;
    let (response, abort) =
        send(limit, Some(person), "PUT", path, kind, Some(file.as_ref())).await?;
    text(limit, &response, &abort).await.map(drop)
}

/// Reads a file for a person. That it is the server's own is for the caller to see by its digest.
pub(crate) async fn file(person: PersonId, path: &str) -> Result<Uint8Array, FetchError> {
    let limit = FILE_LIMIT_MILLISECONDS;
    let kind = "application/octet-stream";
    let (response, abort) = send(limit, Some(person), "GET", path, kind, None).await?;
    if response.status() != 200 {
        text(limit, &response, &abort).await?;
        return Err(FetchError::Garbled);
    }
    let buffer = response.array_buffer().map_err(|_| FetchError::Garbled)?;
    let buffer = within(limit, buffer, &abort).await?;
    Ok(Uint8Array::new(&buffer))
}

async fn ask(
    person: Option<PersonId>,
    method: &str,
    path: &str,
    kind: &str,
    body: Option<&JsValue>,
) -> Result<String, FetchError> {
    let limit = LIMIT_MILLISECONDS;
    let (response, abort) = send(limit, person, method, path, kind, body).await?;
    text(limit, &response, &abort).await
}

async fn send(
    limit: u32,
    person: Option<PersonId>,
    method: &str,
    path: &str,
    kind: &str,
    body: Option<&JsValue>,
) -> Result<(Response, AbortController), FetchError> {
    let unreachable = |_| FetchError::Unreachable;
    let abort = AbortController::new().map_err(unreachable)?;
    let headers = Headers::new().map_err(unreachable)?;
    headers
        .set("Accept", "application/json")
        .map_err(unreachable)?;
    if let Some(person) = person.or(SPEAKER.get()) {
        headers
            .set("Jihe-Person", &person.to_string())
            .map_err(unreachable)?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&abort.signal()));
    if let Some(body) = body {
        headers.set("Content-Type", kind).map_err(unreachable)?;
        init.set_body(body);
    } else if method != "GET" {
        headers.set("Content-Type", kind).map_err(unreachable)?;
    }
    init.set_headers(&headers);
    let answer = within(limit, window().fetch_with_str_and_init(path, &init), &abort).await?;
    let response = answer.dyn_into().map_err(|_| FetchError::Garbled)?;
    Ok((response, abort))
}

/// The text of an answer in JSON, or what its code tells.
async fn text(
    limit: u32,
    response: &Response,
    abort: &AbortController,
) -> Result<String, FetchError> {
    let status = response.status();
    let is_json = response.headers().get("Content-Type").ok().flatten();
    let is_json = is_json.is_some_and(|kind| kind.starts_with("application/json"));
    let text = response.text().map_err(|_| FetchError::Garbled)?;
    let text = within(limit, text, abort).await?;
    let text = text.as_string().unwrap_or_default();
    match status {
        204 => Ok(String::new()),
        200..300 if is_json => Ok(text),
        _ if is_json => Err(told(status, &text).map_or(FetchError::Garbled, FetchError::Told)),
        _ => Err(FetchError::Garbled),
    }
}

async fn within(
    limit: u32,
    promise: Promise,
    abort: &AbortController,
) -> Result<JsValue, FetchError> {
    let limit = timer::deadline(limit);
    let first = Promise::race(&js_sys::Array::of2(&promise, &limit));
    JsFuture::from(first).await.map_err(|_| {
        abort.abort();
        FetchError::Unreachable
    })
}

fn told(status: u16, text: &str) -> Option<Told> {
    let value: Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let facts = value
        .get("facts")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    Some(Told {
        status,
        code: word("code"),
        field: word("field"),
        facts,
    })
}

/// Fetches a file of the program; the service worker answers for those that it keeps.
pub(crate) async fn part(path: &str) -> Result<Vec<u8>, FetchError> {
    let answer = JsFuture::from(window().fetch_with_str(path)).await;
    let answer: Response = answer
        .map_err(|_| FetchError::Unreachable)?
        .unchecked_into();
    if !answer.ok() {
        return Err(FetchError::Garbled);
    }
    let body = answer.array_buffer().map_err(|_| FetchError::Garbled)?;
    let body = JsFuture::from(body).await;
    let body = body.map_err(|_| FetchError::Unreachable)?;
    Ok(Uint8Array::new(&body).to_vec())
}
