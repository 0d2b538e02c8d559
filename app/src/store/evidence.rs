//! The files of evidence on this device: a database of its own for each person.
//!
//! Neither outbox nor cache: what was attached here stays until the server has it and for a while
//! after, what was fetched to be looked at goes when room is short. A file lies under its digest,
//! and a short note beside it says what it is; files themselves are read one at a time.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use shared::evidence::{ContentHash, MediaType};
use shared::id::{Epoch, EvidenceId, PersonId};
use shared::moment::UtcMillis;
use shared::sync::client::storage::{Durability, StorageError};
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStore};

use super::ending::completed;
use super::indexed_db::{Failure, begin, dead, factory, open_with, result};
use super::words::commit;

/// The notes, and the bytes.
const NOTES: &str = "notes";
const BYTES: &str = "bytes";

/// A file on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    /// Its digest, under which it lies.
    pub(crate) hash: ContentHash,
    /// Who had it kept; nobody else's session hands it in.
    pub(crate) person: PersonId,
    /// The evidence as which it was kept.
    pub(crate) evidence: EvidenceId,
    /// Its name.
    pub(crate) name: String,
    /// What kind of file.
    pub(crate) media: MediaType,
    /// How long it is.
    pub(crate) bytes: u32,
    /// Whether it was attached here; otherwise it was fetched to be looked at.
    pub(crate) own: bool,
    /// The life of the server in which it was received; `None` while it was not.
    pub(crate) received: Option<Epoch>,
    /// Why the server does not take it, as its code and limit.
    pub(crate) refused: Option<String>,
    /// When it was kept.
    pub(crate) kept: UtcMillis,
    /// When it was used last.
    pub(crate) used: UtcMillis,
}

impl Held {
    /// Says whether the server still has to get it from here.
    pub(crate) const fn is_unsent(&self) -> bool {
        self.own && self.received.is_none()
    }
}

/// One person's files.
pub(crate) struct Files {
    name: String,
    open: RefCell<Option<IdbDatabase>>,
}

fn name_of(person: &str) -> String {
    format!("jihe-evidence-{person}")
}

/// Deletes everything of a person; whoever calls has looked that nothing is unsent.
pub(crate) fn forget(person: PersonId) {
    if let Ok(factory) = factory() {
        // The browser deletes it when the last connection is gone, or the next sign-in reuses it.
        let _ = factory.delete_database(&name_of(&person.to_string()));
    }
}

impl Files {
    /// Names the database of a person; nothing is opened yet.
    pub(crate) fn of(person: PersonId) -> Self {
        Self::named(&person.to_string())
    }

    /// Names a database by a text of one's own; tests use it for a fresh one.
    pub(crate) fn named(person: &str) -> Self {
        Self {
            name: name_of(person),
            open: RefCell::default(),
        }
    }

    /// Lets go of the connection, so that the next call opens a new one.
    pub(crate) fn close(&self) {
        if let Some(open) = self.open.take() {
            open.close();
        }
    }

    /// What is held, without the files themselves; a note that cannot be read is left out.
    pub(crate) async fn held(&self) -> Result<Vec<Held>, StorageError> {
        let notes: Array = self
            .tried(async |connection| {
                let transaction = begin(connection, [NOTES], "readonly", Durability::Relaxed)?;
                let store = transaction
                    .object_store(NOTES)
                    .map_err(|error| dead(&error))?;
                let all = store.get_all().map_err(|error| dead(&error))?;
                completed(&transaction).await?;
                Ok(result(&all).unwrap_or_default())
            })
            .await?;
        let read = |note: JsValue| serde_json::from_str(&note.as_string()?).ok();
        Ok(notes.iter().filter_map(read).collect())
    }

    /// Keeps a file with its note; it is on the disk when this returns.
    pub(crate) async fn keep(&self, held: &Held, bytes: &Uint8Array) -> Result<(), StorageError> {
        self.write(Durability::Strict, &[NOTES, BYTES], |stores| {
            let key = JsValue::from_str(&held.hash.to_string());
            stores[0].put_with_key(&note(held), &key)?;
            stores[1].put_with_key(bytes, &key)?;
            Ok(())
        })
        .await
    }

    /// Replaces the note of a file.
    pub(crate) async fn note(&self, held: &Held) -> Result<(), StorageError> {
        self.write(Durability::Relaxed, &[NOTES], |stores| {
            let key = JsValue::from_str(&held.hash.to_string());
            stores[0].put_with_key(&note(held), &key)?;
            Ok(())
        })
        .await
    }

    /// Reads a file; `None` where it is not here.
    pub(crate) async fn read(&self, hash: ContentHash) -> Result<Option<Uint8Array>, StorageError> {
        let key = JsValue::from_str(&hash.to_string());
        self.tried(async |connection| {
            let transaction = begin(connection, [BYTES], "readonly", Durability::Relaxed)?;
            let store = transaction
                .object_store(BYTES)
                .map_err(|error| dead(&error))?;
            let found = store.get(&key).map_err(|error| dead(&error))?;
            completed(&transaction).await?;
            Ok(result(&found))
        })
        .await
    }

    /// Drops files with their notes.
    pub(crate) async fn drop(&self, hashes: &[ContentHash]) -> Result<(), StorageError> {
        self.write(Durability::Relaxed, &[NOTES, BYTES], |stores| {
            for hash in hashes {
                let key = JsValue::from_str(&hash.to_string());
                stores[0].delete(&key)?;
                stores[1].delete(&key)?;
            }
            Ok(())
        })
        .await
    }

    /// Writes in one transaction; every operation is issued at once.
    async fn write(
        &self,
        durability: Durability,
        stores: &[&'static str],
        issue: impl Fn(&[IdbObjectStore]) -> Result<(), JsValue>,
    ) -> Result<(), StorageError> {
        self.tried(async |connection| {
            let transaction = begin(connection, stores.iter().copied(), "readwrite", durability)?;
            let places = stores.iter().map(|store| transaction.object_store(store));
            let places: Vec<_> = places
                .collect::<Result<_, _>>()
                .map_err(|error| dead(&error))?;
            issue(&places).map_err(|error| dead(&error))?;
            commit(&transaction);
            completed(&transaction).await
        })
        .await
    }

    /// Does something on the connection; one that died is opened again, once.
    async fn tried<T>(
        &self,
        act: impl AsyncFn(&IdbDatabase) -> Result<T, Failure>,
    ) -> Result<T, StorageError> {
        for last in [false, true] {
            let done = match self.connection().await {
                Ok(connection) => act(&connection).await,
                Err(failure) => Err(failure),
            };
            match done {
                Ok(done) => return Ok(done),
                Err(Failure::Dead(_)) if !last => self.close(),
                Err(Failure::Dead(why)) => return Err(StorageError::Lost(why)),
                Err(Failure::Final(error)) => return Err(error),
            }
        }
        unreachable!("the second round returns")
    }

    async fn connection(&self) -> Result<IdbDatabase, Failure> {
        if let Some(open) = self.open.borrow().clone() {
            return Ok(open);
        }
        let opened = open_with(&self.name, vec![NOTES, BYTES]).await?;
        self.open.replace(Some(opened.clone()));
        Ok(opened)
    }
}

fn note(held: &Held) -> JsValue {
    let text = serde_json::to_string(held).expect("a note has text keys and whole numbers");
    JsValue::from_str(&text)
}
