//! The storage contract over IndexedDB.
//!
//! Nothing is awaited inside a transaction: the guards are asked first and every operation is issued
//! behind them at once; the callback of the last guard's answer compares them, and commits or takes
//! everything back. So no transaction ends early, and a frozen tab holds none open. Where it is known
//! which guard comes, it is asked while the batch is still being made. A connection that died (browsers
//! close those of pages in the background) is opened again, once; every call has a time limit.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise, Reflect};
use leptos::prelude::window;
use shared::id::PersonId;
use shared::sync::client::Given;
use shared::sync::client::storage::{
    Batch, Cache, Contents, Database, Durability, Guard, Storage, StorageError, Store, Written,
};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbRequest, IdbTransaction};

use super::reading::{read_all, read_cache};
use super::words;
use super::writing::{Asked, given, write_batch};
use crate::timer;

/// How long a storage call may take; a phone that flushes its disk stays far below it.
pub(super) const LIMIT_MILLISECONDS: u32 = 15_000;

/// The cache's format: a new one is pulled into a new database, and the old one is deleted.
const CACHE_SCHEMA: &str = "3";

/// Earlier formats.
const FORMER_SCHEMAS: [&str; 2] = ["1", "2"];

/// One person's databases.
pub(crate) struct IndexedDb {
    person: String,
    outbox: RefCell<Option<IdbDatabase>>,
    cache: RefCell<Option<IdbDatabase>>,
    asked: RefCell<Option<Asked>>,
}

/// Whether trying again on a new connection can help.
pub(super) enum Failure {
    Dead(String),
    Final(StorageError),
}

impl IndexedDb {
    /// Names the databases of a person; nothing is opened yet.
    pub(crate) fn of(person: PersonId) -> Self {
        Self::named(&person.to_string())
    }

    /// Names databases by a text of one's own; tests use it for a fresh pair.
    pub(crate) fn named(person: &str) -> Self {
        Self {
            person: person.to_owned(),
            outbox: RefCell::default(),
            cache: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    /// The name of a database in the browser.
    pub(crate) fn name(&self, database: Database) -> String {
        match database {
            Database::Outbox => format!("jihe-outbox-{}", self.person),
            Database::Cache => format!("jihe-cache-{CACHE_SCHEMA}-{}", self.person),
        }
    }

    /// Opens both databases at once; what fails is tried again, and told, by whoever reads.
    pub(crate) async fn connect(&self) {
        let _ = futures::join!(
            self.connection(Database::Outbox),
            self.connection(Database::Cache)
        );
    }

    /// Lets go of both connections, so that the next call opens new ones.
    pub(crate) fn close(&self) {
        for slot in [&self.outbox, &self.cache] {
            if let Some(open) = slot.take() {
                open.close();
            }
        }
    }

    /// Deletes the cache; what the person wrote stays.
    pub(crate) fn forget_cache(&self) {
        if let Some(open) = self.cache.take() {
            open.close();
        }
        if let Ok(factory) = factory() {
            // The browser deletes it when the last connection is gone, or the next sign-in reuses it.
            let _ = factory.delete_database(&self.name(Database::Cache));
        }
    }

    /// Deletes what an earlier build kept; a tab of that build which is still open pulls it again.
    pub(crate) fn forget_former_caches(&self) {
        for schema in FORMER_SCHEMAS {
            if let Ok(factory) = factory() {
                let _ = factory.delete_database(&format!("jihe-cache-{schema}-{}", self.person));
            }
        }
    }

    const fn slot(&self, database: Database) -> &RefCell<Option<IdbDatabase>> {
        match database {
            Database::Outbox => &self.outbox,
            Database::Cache => &self.cache,
        }
    }

    async fn connection(&self, database: Database) -> Result<IdbDatabase, Failure> {
        if let Some(open) = self.slot(database).borrow().clone() {
            return Ok(open);
        }
        let opened = open(&self.name(database), database).await?;
        self.slot(database).replace(Some(opened.clone()));
        Ok(opened)
    }

    /// Reads, a second time on a new connection where the first was dead.
    async fn read_by<T>(
        &self,
        database: Database,
        read: impl AsyncFn(IdbDatabase) -> Result<T, Failure>,
    ) -> Result<T, StorageError> {
        for last in [false, true] {
            let found = match self.connection(database).await {
                Ok(connection) => read(connection).await,
                Err(failure) => Err(failure),
            };
            match found {
                Ok(found) => return Ok(found),
                Err(Failure::Dead(_)) if !last => self.drop_connection(database),
                Err(Failure::Dead(why)) => return Err(StorageError::Lost(why)),
                Err(Failure::Final(error)) => return Err(error),
            }
        }
        unreachable!("the second round returns")
    }

    fn drop_connection(&self, database: Database) {
        if let Some(dead) = self.slot(database).take() {
            dead.close();
        }
    }
}

impl Storage for IndexedDb {
    async fn read(&self, database: Database) -> Result<Contents, StorageError> {
        let read = async |connection: IdbDatabase| read_all(&connection, database).await;
        self.read_by(database, read).await
    }

    async fn read_cache(&self) -> Result<Cache, StorageError> {
        let read = async |connection: IdbDatabase| read_cache(&connection).await;
        self.read_by(Database::Cache, read).await
    }

    fn take_over(&self, text: String) -> Given {
        given(&text)
    }

    fn expect(&self, guard: &Guard, stores: &[Store], durability: Durability) {
        let Some(first) = stores.first() else { return };
        let open = self.slot(first.database()).borrow();
        // Where it cannot be asked early, writing asks, and says what is wrong.
        let asked = open
            .as_ref()
            .and_then(|connection| Asked::early(connection, guard, stores, durability).ok());
        self.asked.replace(asked);
    }

    async fn write(&self, batch: Batch) -> Result<Written, StorageError> {
        let batch = Rc::new(batch);
        let mut asked = self.asked.take();
        for last in [false, true] {
            let written = match self.connection(batch.database).await {
                Ok(connection) => write_batch(&connection, &batch, asked.take()).await,
                Err(failure) => Err(failure),
            };
            match written {
                Ok(written) => return Ok(written),
                Err(Failure::Dead(_)) if !last => self.drop_connection(batch.database),
                Err(Failure::Dead(why)) => return Err(StorageError::Lost(why)),
                Err(Failure::Final(error)) => return Err(error),
            }
        }
        unreachable!("the second round returns")
    }
}

/// The browser's door to its databases.
pub(super) fn factory() -> Result<IdbFactory, Failure> {
    let lost = |why: &str| Failure::Final(StorageError::Lost(why.to_owned()));
    window()
        .indexed_db()
        .map_err(|error| Failure::Final(StorageError::Lost(said(&error))))?
        .ok_or_else(|| lost("this browser has no IndexedDB"))
}

async fn open(name: &str, database: Database) -> Result<IdbDatabase, Failure> {
    let stores = Store::ALL
        .iter()
        .filter(|store| store.database() == database);
    open_with(name, stores.map(|store| store.name()).collect()).await
}

/// Opens a database; one that is new gets these stores.
pub(super) async fn open_with(
    name: &str,
    stores: Vec<&'static str>,
) -> Result<IdbDatabase, Failure> {
    let request = factory()?
        .open_with_u32(name, 1)
        .map_err(|error| dead(&error))?;
    let upgrade = {
        let request = request.clone();
        Closure::once(move || {
            let Some(made) = result::<IdbDatabase>(&request) else {
                return;
            };
            for store in stores {
                // A store that cannot be made fails the opening, which is then reported.
                let _ = made.create_object_store(store);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    settled(&request).await?;
    let opened = result::<IdbDatabase>(&request)
        .ok_or_else(|| Failure::Dead("the database did not open".to_owned()))?;
    // Another tab wants to delete it: an open connection would block that for ever.
    let leave = {
        let opened = opened.clone();
        Closure::once_into_js(move || opened.close())
    };
    opened.set_onversionchange(Some(leave.unchecked_ref()));
    Ok(opened)
}

/// Waits for a request's success or error, within the limit.
async fn settled(request: &IdbRequest) -> Result<(), Failure> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    limited(promise).await.map_err(|_| {
        let why = request.error().ok().flatten().map(|error| error.message());
        Failure::Dead(why.unwrap_or_else(|| "the storage does not answer".to_owned()))
    })
}

/// Waits for a promise, at most the limit.
async fn limited(promise: Promise) -> Result<(), JsValue> {
    let deadline = timer::deadline(LIMIT_MILLISECONDS);
    JsFuture::from(Promise::race(&Array::of2(&promise, &deadline)))
        .await
        .map(|_| ())
}

/// Begins a transaction with a durability.
pub(super) fn begin(
    connection: &IdbDatabase,
    stores: impl IntoIterator<Item = &'static str>,
    mode: &'static str,
    durability: Durability,
) -> Result<IdbTransaction, Failure> {
    let begun = words::transaction(connection, stores.into_iter(), mode, durability);
    begun.map_err(|error| dead(&error))
}

/// What a request answered, where it is of that kind.
pub(super) fn result<T: wasm_bindgen::JsCast>(request: &IdbRequest) -> Option<T> {
    request.result().ok()?.dyn_into().ok()
}

/// A failure after which another connection may help.
pub(super) fn dead(error: &JsValue) -> Failure {
    Failure::Dead(said(error))
}

/// What a thrown value says.
fn said(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into())
        .ok()
        .and_then(|text| text.as_string());
    message.or_else(|| error.as_string()).unwrap_or_default()
}
