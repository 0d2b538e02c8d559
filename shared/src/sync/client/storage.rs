//! The device's storage contract: two databases of named stores, texts by key, atomic batches.
//!
//! A batch is one transaction of one database: its guards are compared first, then all its
//! operations take effect or none. Nothing awaits inside a transaction, so an implementation can
//! issue all requests at once. Strict batches are on disk when they are reported.

use crate::excerpt::Whole;
use crate::sync::client::given::Given;
use std::collections::BTreeMap;
use std::fmt;

/// One of the two databases of a person on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Database {
    /// What the person wrote; its schema is frozen.
    Outbox,
    /// Confirmed rows; dropped and pulled again at will.
    Cache,
}

/// A store of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Store {
    /// Commands not yet settled, by their sequence number on this device.
    Outbox,
    /// Settled commands, kept in case the server loses them, by sequence number.
    Archive,
    /// Refused, skipped or quarantined commands, by command id.
    Attention,
    /// What the server answered, by command id.
    Acks,
    /// Text being typed, by field.
    Drafts,
    /// The tail of the outbox and the device's id.
    Meta,
    /// Confirmed rows, many to a pack, by partition and number.
    Packs,
    /// Confirmed rows that count instead of what the packs say, by partition and row key.
    Rows,
    /// Cursors and checksums, by partition.
    Partitions,
    /// Epoch, grants and generation.
    State,
}

impl Store {
    /// All stores.
    pub const ALL: [Self; 10] = [
        Self::Outbox,
        Self::Archive,
        Self::Attention,
        Self::Acks,
        Self::Drafts,
        Self::Meta,
        Self::Packs,
        Self::Rows,
        Self::Partitions,
        Self::State,
    ];

    /// The database to which the store belongs.
    pub const fn database(self) -> Database {
        match self {
            Self::Packs | Self::Rows | Self::Partitions | Self::State => Database::Cache,
            _ => Database::Outbox,
        }
    }

    /// The store's name on disk.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Archive => "archive",
            Self::Attention => "attention",
            Self::Acks => "acks",
            Self::Drafts => "drafts",
            Self::Meta => "meta",
            Self::Packs => "packs",
            Self::Rows => "rows",
            Self::Partitions => "partitions",
            Self::State => "state",
        }
    }
}

/// When a batch is reported as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// When the browser has it; a power cut may lose the last seconds.
    Relaxed,
    /// When the disk has it.
    Strict,
}

/// What must still stand for a batch to take effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// The store; of the batch's database.
    pub store: Store,
    /// The key.
    pub key: String,
    /// The value that must stand there; `None`: nothing may.
    pub expected: Option<String>,
}

/// One operation of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Puts a value.
    Put {
        /// The store.
        store: Store,
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Puts a value that the storage has been given.
    PutGiven {
        /// The store.
        store: Store,
        /// The key.
        key: String,
        /// The value.
        value: Given,
    },
    /// Deletes a key; fine when it is not there.
    Delete {
        /// The store.
        store: Store,
        /// The key.
        key: String,
    },
    /// Deletes every key of a store.
    Clear {
        /// The store.
        store: Store,
    },
}

impl Op {
    /// The store that the operation is for.
    pub const fn store(&self) -> Store {
        match self {
            Self::Put { store, .. }
            | Self::PutGiven { store, .. }
            | Self::Delete { store, .. }
            | Self::Clear { store } => *store,
        }
    }
}

/// One transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its database; every guard and operation is for a store of it.
    pub database: Database,
    /// Compared first.
    pub guards: Vec<Guard>,
    /// Done in order.
    pub ops: Vec<Op>,
    /// When it is reported.
    pub durability: Durability,
}

/// How a batch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It took effect.
    Committed,
    /// A guard did not hold; nothing took effect.
    GuardFailed,
}

/// Why the storage could not do what it was asked; nothing took effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageError {
    /// The browser closed the connection, or does not answer; reopening may help.
    Lost(String),
    /// There is no room left.
    Full,
    /// What is stored cannot be read.
    Corrupt(String),
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(why) => write!(f, "the device's storage does not answer: {why}"),
            Self::Full => f.write_str("the device's storage is full"),
            Self::Corrupt(why) => write!(f, "the device's storage cannot be read: {why}"),
        }
    }
}

impl std::error::Error for StorageError {}

/// Everything in the stores of one database, each ordered by key.
pub type Contents = BTreeMap<Store, Vec<(String, String)>>;

/// Everything in the stores of the cache.
#[derive(Debug)]
pub struct Cache {
    /// All but the packs.
    pub texts: Contents,
    /// The packs, ordered by key.
    pub packs: Vec<(String, Whole)>,
}

impl From<Contents> for Cache {
    fn from(mut texts: Contents) -> Self {
        let packs = texts.remove(&Store::Packs).unwrap_or_default();
        let packs = packs.into_iter();
        let packs = packs.map(|(key, text)| (key, Whole::from(text)));
        Self {
            texts,
            packs: packs.collect(),
        }
    }
}

/// What keeps a person's work on a device.
pub trait Storage {
    /// Reads a whole database in one transaction.
    fn read(&self, database: Database) -> impl Future<Output = Result<Contents, StorageError>>;

    /// Reads the whole cache in one transaction; packs may stay where they are until somebody looks
    /// into them.
    fn read_cache(&self) -> impl Future<Output = Result<Cache, StorageError>> {
        async { self.read(Database::Cache).await.map(Cache::from) }
    }

    /// Takes a text over that a later batch puts, so that less is left to do then.
    fn take_over(&self, text: String) -> Given {
        Given::new(text)
    }

    /// Says that a batch is about to be made which has this guard alone, is for these stores and is
    /// written at once: a storage may ask for the guard meanwhile. Nothing has to come of it.
    fn expect(&self, _guard: &Guard, _stores: &[Store], _durability: Durability) {}

    /// Writes a batch in one transaction.
    fn write(&self, batch: Batch) -> impl Future<Output = Result<Written, StorageError>>;
}
