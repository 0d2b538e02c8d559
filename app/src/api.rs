//! What is asked of the server beside sync: who is signed in, first run, accounts, import.

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::id::PersonId;
use shared::import::Preview;

use crate::fetch::{self, FetchError};

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedIn {
    /// The person.
    pub(crate) person: PersonId,
    /// The name.
    pub(crate) name: String,
    /// The sign-in name.
    pub(crate) login: String,
}

/// One person of the demo factory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct DemoAccount {
    /// The name.
    pub(crate) name: String,
    /// The sign-in name.
    pub(crate) login: String,
    /// The post.
    pub(crate) post: String,
    /// The unit.
    pub(crate) unit: String,
}

/// The demo factory, loaded.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Demo {
    /// The password of all its people.
    pub(crate) password: String,
    /// Its people.
    pub(crate) accounts: Vec<DemoAccount>,
}

#[derive(Deserialize)]
struct Installation {
    state: String,
}

/// Says whether the server is set up.
pub(crate) async fn is_installed() -> Result<bool, FetchError> {
    let found: Installation = fetch::json("GET", "/api/v1/installation", None::<&Value>).await?;
    Ok(found.state != "empty")
}

/// Creates the company and its administrator, who is signed in at once.
pub(crate) async fn install(
    company: &str,
    name: &str,
    login: &str,
    password: &str,
) -> Result<SignedIn, FetchError> {
    let body = json!({
        "kind": "administrator",
        "company": company,
        "name": name,
        "login": login,
        "password": password,
    });
    fetch::json("POST", "/api/v1/installation", Some(&body)).await
}

/// Loads the demo factory.
pub(crate) async fn install_demo() -> Result<Demo, FetchError> {
    fetch::json(
        "POST",
        "/api/v1/installation",
        Some(&json!({ "kind": "demo" })),
    )
    .await
}

/// Signs in.
pub(crate) async fn sign_in(login: &str, password: &str) -> Result<SignedIn, FetchError> {
    let body = json!({ "login": login, "password": password });
    fetch::json("POST", "/api/v1/session", Some(&body)).await
}

/// Asks who is signed in.
pub(crate) async fn signed_in() -> Result<SignedIn, FetchError> {
    fetch::json("GET", "/api/v1/session", None::<&Value>).await
}

/// Signs out at the server.
pub(crate) async fn sign_out() -> Result<(), FetchError> {
    fetch::json::<Value>("DELETE", "/api/v1/session", None::<&Value>)
        .await
        .map(drop)
}

/// Gives a person a sign-in.
pub(crate) async fn give_account(
    person: PersonId,
    login: &str,
    password: &str,
) -> Result<(), FetchError> {
    let body = json!({ "person": person, "login": login, "password": password });
    fetch::json::<Value>("POST", "/api/v1/accounts", Some(&body))
        .await
        .map(drop)
}

/// What a confirmed sheet did.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Applied {
    /// How many items were added.
    pub(crate) items: u64,
}

/// Previews a sheet for a month.
pub(crate) async fn preview_import(month: &str, sheet: &Uint8Array) -> Result<Preview, FetchError> {
    let path = format!("/api/v1/import/preview?period={month}");
    fetch::bytes(&path, "text/csv", sheet).await
}

/// Confirms a previewed sheet: all of it takes effect, or nothing.
pub(crate) async fn confirm_import(
    month: &str,
    digest: &str,
    sheet: &Uint8Array,
) -> Result<Applied, FetchError> {
    let path = format!("/api/v1/import/confirm?period={month}&digest={digest}");
    fetch::bytes(&path, "text/csv", sheet).await
}
