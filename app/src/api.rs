//! What is asked of the server beside sync: who is signed in, first run, accounts, import.

use std::cell::RefCell;

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::first_steps::Told;
use shared::id::{CommandId, PeriodId, PersonId, UnitId};
use shared::import::{Choices, Preview};
use shared::moment::UtcMillis;
use shared::period::PeriodKind;
use shared::regime::Name;
use shared::regime::preset::{Founding, Preset};

use crate::fetch::{self, FetchError};

pub(crate) mod administration;
pub(crate) mod whatif;

/// The content type of a sheet with choices before it.
const SHEET_WITH_CHOICES: &str = "application/x-jihe-import";

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

thread_local! {
    static ENTERED: RefCell<Option<SignedIn>> = const { RefCell::new(None) };
    static FIRST_CHOICES: RefCell<Vec<FirstChoice>> = const { RefCell::new(Vec::new()) };
}

/// Notes who has just signed in, whose name no row on this device tells yet.
pub(crate) fn note_entered(person: &SignedIn) {
    ENTERED.replace(Some(person.clone()));
}

/// The name and sign-in name of a person who has just signed in.
pub(crate) fn entered(person: PersonId) -> Option<(String, String)> {
    let entered = ENTERED.with_borrow(Clone::clone);
    let entered = entered.filter(|entered| entered.person == person);
    entered.map(|entered| (entered.name, entered.login))
}

#[derive(Deserialize)]
struct Installation {
    state: String,
    #[serde(default)]
    presets: Vec<FirstChoice>,
}

/// A shipped regime with which a company can begin.
#[derive(Clone, Deserialize)]
pub(crate) struct FirstChoice {
    /// Its key.
    pub(crate) key: String,
    /// Its name.
    pub(crate) name: Name,
    /// Whether a company begins with it.
    pub(crate) founding: Founding,
}

/// Says whether the server is set up.
pub(crate) async fn is_installed() -> Result<bool, FetchError> {
    let found: Installation = fetch::json("GET", "/api/v1/installation", None::<&Value>).await?;
    FIRST_CHOICES.replace(found.presets);
    Ok(found.state != "empty")
}

/// With what regime a company can begin; told by the server that is not set up.
pub(crate) fn first_choices() -> Vec<FirstChoice> {
    FIRST_CHOICES.with_borrow(Clone::clone)
}

/// Creates the company and its administrator, who is signed in at once.
pub(crate) async fn install(
    company: &str,
    name: &str,
    login: &str,
    password: &str,
    preset: &str,
) -> Result<SignedIn, FetchError> {
    let body = json!({
        "kind": "administrator",
        "company": company,
        "name": name,
        "login": login,
        "password": password,
        "preset": preset,
    });
    fetch::json("POST", "/api/v1/installation", Some(&body)).await
}

/// A shipped regime, as the list shows it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Offered {
    /// Its key.
    pub(crate) key: String,
    /// Its name.
    pub(crate) name: Name,
    /// Rows of the catalogue from which it is taken.
    pub(crate) source: String,
    /// The kinds of periods that it knows.
    pub(crate) kinds: Vec<PeriodKind>,
}

/// Asks for the list of shipped regimes.
pub(crate) async fn presets() -> Result<Vec<Offered>, FetchError> {
    fetch::json("GET", "/api/v1/presets", None::<&Value>).await
}

/// Asks for a shipped regime.
pub(crate) async fn preset(key: &str) -> Result<Preset, FetchError> {
    let path = format!("/api/v1/presets/{key}");
    fetch::json("GET", &path, None::<&Value>).await
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

/// Signs a person out at the server.
pub(crate) async fn sign_out(person: PersonId) -> Result<(), FetchError> {
    let path = "/api/v1/session";
    fetch::json_as::<Value>(Some(person), "DELETE", path, None::<&Value>)
        .await
        .map(drop)
}

/// Asks how far a new company has come, in what an administrator may not see.
pub(crate) async fn first_steps() -> Result<Told, FetchError> {
    fetch::json("GET", "/api/v1/first-steps", None::<&Value>).await
}

/// Who is asked into which company.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Asked {
    /// The company.
    pub(crate) company: String,
    /// The person's name.
    pub(crate) name: String,
}

/// Reads an invitation by its code.
pub(crate) async fn read_invitation(code: &str) -> Result<Asked, FetchError> {
    let body = json!({ "code": code });
    fetch::json("POST", "/api/v1/invitations/read", Some(&body)).await
}

/// Joins by an invitation; the person is signed in at once.
pub(crate) async fn join(code: &str, login: &str, password: &str) -> Result<SignedIn, FetchError> {
    let body = json!({ "code": code, "login": login, "password": password });
    fetch::json("POST", "/api/v1/invitations/join", Some(&body)).await
}

/// How a person of a unit stands to joining.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Member {
    /// Who.
    pub(crate) person: PersonId,
    /// `joined`, `closed`, `invited` or `not_invited`.
    pub(crate) state: String,
    /// Until when an open invitation works.
    #[serde(default)]
    pub(crate) expires_at: Option<UtcMillis>,
}

/// Lists whom of a unit this person may invite.
pub(crate) async fn invitations(unit: UnitId) -> Result<Vec<Member>, FetchError> {
    let path = format!("/api/v1/invitations?unit={unit}");
    fetch::json("GET", &path, None::<&Value>).await
}

/// An invitation as it is told once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Invitation {
    /// Who is invited.
    pub(crate) person: PersonId,
    /// Where the person joins.
    pub(crate) link: String,
    /// The same as a code to scan, as SVG that the server drew.
    pub(crate) picture: String,
    /// Until when it works.
    pub(crate) expires_at: UtcMillis,
}

/// Invites people; earlier invitations of theirs end.
pub(crate) async fn invite(people: &[PersonId]) -> Result<Vec<Invitation>, FetchError> {
    let body = json!({ "people": people });
    fetch::json("POST", "/api/v1/invitations", Some(&body)).await
}

/// Takes a person's open invitation back.
pub(crate) async fn revoke_invitation(person: PersonId) -> Result<(), FetchError> {
    let body = json!({ "person": person });
    fetch::json::<Value>("POST", "/api/v1/invitations/revoke", Some(&body))
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

/// Previews a sheet with what was chosen for it.
pub(crate) async fn preview_import(
    choices: &Choices,
    sheet: &Uint8Array,
) -> Result<Preview, FetchError> {
    let body = with_choices(choices, sheet)?;
    fetch::bytes("/api/v1/import/preview", SHEET_WITH_CHOICES, &body).await
}

/// Confirms a previewed sheet: all of it takes effect, or nothing.
pub(crate) async fn confirm_import(
    choices: &Choices,
    digest: &str,
    sheet: &Uint8Array,
) -> Result<Applied, FetchError> {
    let path = format!("/api/v1/import/confirm?digest={digest}");
    let body = with_choices(choices, sheet)?;
    fetch::bytes(&path, SHEET_WITH_CHOICES, &body).await
}

/// A first line with the choices, then the file's own bytes.
fn with_choices(choices: &Choices, sheet: &Uint8Array) -> Result<Uint8Array, FetchError> {
    let mut line = serde_json::to_string(choices).map_err(|_| FetchError::Garbled)?;
    line.push('\n');
    let line = Uint8Array::from(line.as_bytes());
    let body = Uint8Array::new_with_length(line.length() + sheet.length());
    body.set(&line, 0);
    body.set(sheet, line.length());
    Ok(body)
}

/// Where a job of the server is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Job {
    /// `staged`, `running`, `done`, `failed` or `cancelled`.
    pub(crate) state: String,
    /// Digest of what it would do.
    pub(crate) digest: String,
    /// How many results it is about.
    pub(crate) of: usize,
    /// How many of them are sealed.
    pub(crate) sealed: usize,
}

/// Stages the sealing of a period, for some units or, where none is named, for all.
pub(crate) async fn stage_seal(
    id: CommandId,
    period: PeriodId,
    units: &[UnitId],
) -> Result<Job, FetchError> {
    let body = json!({ "id": id, "seal": { "period": period, "units": units } });
    fetch::json("POST", "/api/v1/jobs", Some(&body)).await
}

/// Lets a staged job run, as it was shown.
pub(crate) async fn confirm_job(id: CommandId, digest: &str) -> Result<Job, FetchError> {
    let body = json!({ "digest": digest });
    fetch::json("POST", &format!("/api/v1/jobs/{id}/confirm"), Some(&body)).await
}

/// Gives up a staged job.
pub(crate) async fn cancel_job(id: CommandId) -> Result<Job, FetchError> {
    let path = format!("/api/v1/jobs/{id}/cancel");
    fetch::json("POST", &path, Some(&json!({}))).await
}

/// Asks where a job is.
pub(crate) async fn job(id: CommandId) -> Result<Job, FetchError> {
    fetch::json("GET", &format!("/api/v1/jobs/{id}"), None::<&Value>).await
}
