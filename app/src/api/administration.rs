//! What an administrator asks of the server: accounts and devices, what was not applied, upkeep.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use shared::id::{CommandId, DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::sync::message::Outcome;

use crate::fetch::{self, FetchError};

/// A session that has not expired.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct LiveSession {
    /// When it began.
    pub(crate) begun: UtcMillis,
    /// When it was last used, at most an hour late.
    pub(crate) used: UtcMillis,
}

/// A device of a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct SeenDevice {
    /// Which.
    pub(crate) device: DeviceId,
    /// Build of its app.
    pub(crate) build: String,
    /// When it last came.
    pub(crate) seen: UtcMillis,
    /// How many commands it held then that have not come.
    pub(crate) unsent: u32,
    /// How many announced commands never came.
    pub(crate) lost: u32,
}

/// How a person signs in, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub(crate) struct Access {
    /// What is typed at sign-in; `None` while there is no account.
    pub(crate) login: Option<String>,
    /// Since when the account is closed.
    pub(crate) closed: Option<UtcMillis>,
    /// Until when an open invitation works.
    pub(crate) invited: Option<UtcMillis>,
    /// Where the person is signed in.
    pub(crate) sessions: Vec<LiveSession>,
    /// Devices that ever came.
    pub(crate) devices: Vec<SeenDevice>,
}

/// A command that was kept unexecuted, or forbidden.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Unexecuted {
    /// Which.
    pub(crate) command: CommandId,
    /// Whose.
    pub(crate) actor: PersonId,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// When the server received it.
    pub(crate) received: UtcMillis,
}

/// A refused command that stands with its author.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Standing {
    /// Which.
    pub(crate) command: CommandId,
    /// Whose.
    pub(crate) person: PersonId,
    /// Whether it was held back because of another, and not refused itself.
    pub(crate) held_back: bool,
    /// When it was refused.
    pub(crate) recorded: UtcMillis,
}

/// A device whose announced work did not come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Missed {
    /// Which.
    pub(crate) device: DeviceId,
    /// Whose.
    pub(crate) person: PersonId,
    /// When it last came.
    pub(crate) seen: UtcMillis,
    /// How many commands it still holds, as it said then.
    pub(crate) unsent: u32,
    /// How many never came.
    pub(crate) lost: u32,
}

/// The last backup that the server knows of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Backup {
    /// When.
    pub(crate) at: UtcMillis,
    /// Where to.
    pub(crate) file: String,
    /// The bytes of its database.
    pub(crate) bytes: u64,
    /// The entries of its log.
    pub(crate) commands: u64,
}

/// Version, sizes and backup of the server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Upkeep {
    /// Which version serves.
    pub(crate) version: String,
    /// The folder of its data.
    pub(crate) data: String,
    /// Entries of the log.
    pub(crate) commands: u64,
    /// Rows that stand.
    pub(crate) rows: u64,
    /// Bytes of the database.
    pub(crate) database_bytes: u64,
    /// Files that were handed in.
    pub(crate) attachments: u64,
    /// Their bytes.
    pub(crate) attachment_bytes: u64,
    /// The last backup.
    pub(crate) backup: Option<Backup>,
}

/// Who can sign in or is invited, with sessions and devices.
pub(crate) async fn accounts() -> Result<BTreeMap<PersonId, Access>, FetchError> {
    fetch::json("GET", "/api/v1/accounts", None::<&Value>).await
}

/// What was kept unexecuted, or forbidden; the newest first.
pub(crate) async fn unexecuted() -> Result<Vec<Unexecuted>, FetchError> {
    fetch::json("GET", "/api/v1/unexecuted", None::<&Value>).await
}

/// What stands refused with its authors; the oldest first.
pub(crate) async fn unapplied() -> Result<Vec<Standing>, FetchError> {
    fetch::json("GET", "/api/v1/unapplied", None::<&Value>).await
}

/// Devices whose announced work did not come.
pub(crate) async fn missed() -> Result<Vec<Missed>, FetchError> {
    fetch::json("GET", "/api/v1/devices", None::<&Value>).await
}

/// Version, sizes and backup.
pub(crate) async fn upkeep() -> Result<Upkeep, FetchError> {
    fetch::json("GET", "/api/v1/upkeep", None::<&Value>).await
}

/// Reads the content of a command that was not executed; that it was read is noted.
pub(crate) async fn content(command: CommandId) -> Result<String, FetchError> {
    #[derive(Deserialize)]
    struct Content {
        bytes: String,
    }
    let path = format!("/api/v1/unexecuted/{command}");
    let found: Content = fetch::json("GET", &path, None::<&Value>).await?;
    Ok(found.bytes)
}

/// Executes a command that was kept; says whether it is settled now, and the outcome that counts.
pub(crate) async fn release(command: CommandId) -> Result<(bool, Outcome), FetchError> {
    #[derive(Deserialize)]
    struct Released {
        released: bool,
        outcome: Outcome,
    }
    let path = format!("/api/v1/unexecuted/{command}/release");
    let told: Released = fetch::json("POST", &path, Some(&json!({}))).await?;
    Ok((told.released, told.outcome))
}

/// Signs a person out on every device.
pub(crate) async fn sign_out_everywhere(person: PersonId) -> Result<(), FetchError> {
    of_person("/api/v1/accounts/sign-out", person).await
}

/// Closes a person's account.
pub(crate) async fn close_account(person: PersonId) -> Result<(), FetchError> {
    of_person("/api/v1/accounts/close", person).await
}

async fn of_person(path: &str, person: PersonId) -> Result<(), FetchError> {
    let body = json!({ "person": person });
    fetch::json::<Value>("POST", path, Some(&body))
        .await
        .map(drop)
}
