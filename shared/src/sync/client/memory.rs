//! The device's storage in memory: for tests, and for a private window that keeps nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::sync::client::storage::{
    Batch, Contents, Database, Op, Storage, StorageError, Store, Written,
};

/// Both databases, in memory.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    stores: BTreeMap<Store, BTreeMap<String, String>>,
}

impl Tables {
    /// Reads a whole database.
    pub fn read(&self, database: Database) -> Contents {
        let stores = Store::ALL
            .iter()
            .filter(|store| store.database() == database);
        let pairs = |store: &Store| {
            let kept = self.stores.get(store).into_iter().flatten();
            kept.map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        };
        stores.map(|store| (*store, pairs(store))).collect()
    }

    /// Writes a batch, whole or not at all.
    pub fn write(&mut self, batch: &Batch) -> Written {
        let holds = batch.guards.iter().all(|guard| {
            let kept = self
                .stores
                .get(&guard.store)
                .and_then(|store| store.get(&guard.key));
            kept == guard.expected.as_ref()
        });
        if !holds {
            return Written::GuardFailed;
        }
        for op in &batch.ops {
            let store = self.stores.entry(op.store()).or_default();
            match op {
                Op::Put { key, value, .. } => {
                    store.insert(key.clone(), value.clone());
                }
                Op::PutGiven { key, value, .. } => {
                    store.insert(key.clone(), value.text());
                }
                Op::Delete { key, .. } => {
                    store.remove(key);
                }
                Op::Clear { .. } => store.clear(),
            }
        }
        Written::Committed
    }
}

/// A storage that forgets everything when it is dropped.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    tables: RefCell<Tables>,
}

impl Storage for MemoryStorage {
    async fn read(&self, database: Database) -> Result<Contents, StorageError> {
        Ok(self.tables.borrow().read(database))
    }

    async fn write(&self, batch: Batch) -> Result<Written, StorageError> {
        Ok(self.tables.borrow_mut().write(&batch))
    }
}
