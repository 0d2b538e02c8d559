//! Convergence (I3): after quiet, each device's cache is the server's rows of what its person may see.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use shared::id::{Epoch, PersonId};
use shared::moment::Day;
use shared::partition::PartitionId;
use shared::row::{Row, RowKey};
use shared::sync::checksum;
use shared::sync::client::storage::{Contents, Store};
use shared::sync::client::{Replica, kept_rows};
use shared::sync::server::{MemoryStore, Store as _};
use shared::world::{Holdings, World};

use super::Verdict;
use super::confidentiality::sees;
use crate::executor::at_once;

#[derive(Deserialize)]
struct State {
    epoch: Epoch,
    granted: BTreeSet<PartitionId>,
}

#[derive(Deserialize)]
struct Cursor {
    ver: u64,
    checksum: u64,
}

/// Rows of the founding as they read, by the very texts that every run's server shares with it.
#[derive(Debug, Default)]
pub(crate) struct Readings(BTreeMap<(PartitionId, RowKey), Reading>);

/// A row's version and text, what it reads, and its hash.
type Reading = (u64, Arc<str>, Arc<Row>, u64);

impl Readings {
    /// Reads what stands in a store.
    pub(crate) fn of(store: &MemoryStore) -> Self {
        let mut readings = Self::default();
        let ids = at_once(store.partitions()).expect("memory does not fail");
        for id in ids {
            for (key, (ver, text)) in store.rows(id) {
                let (row, hash) = read(key, ver, &text).expect("the server writes rows");
                readings.0.insert((id, key), (ver, text, row, hash));
            }
        }
        readings
    }

    /// Gives a row and its hash: as read before, if it is the very same text, or read now.
    fn get(
        &self,
        id: PartitionId,
        key: RowKey,
        ver: u64,
        text: &Arc<str>,
    ) -> Result<(Arc<Row>, u64), String> {
        match self.0.get(&(id, key)) {
            Some((kept, same, row, hash)) if *kept == ver && Arc::ptr_eq(same, text) => {
                Ok((Arc::clone(row), *hash))
            }
            _ => read(key, ver, text),
        }
    }
}

fn read(key: RowKey, ver: u64, text: &str) -> Result<(Arc<Row>, u64), String> {
    let row = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok((Arc::new(row), checksum::of_row(key, ver, text)))
}

/// The server as it stands, read once for all devices.
pub(crate) struct Truth {
    pub(crate) epoch: Epoch,
    pub(crate) day: Day,
    pub(crate) world: World,
    partitions: BTreeMap<PartitionId, Partition>,
}

struct Partition {
    head: u64,
    checksum: u64,
    rows: BTreeMap<RowKey, (u64, Arc<str>)>,
    read: Vec<Arc<Row>>,
}

impl Truth {
    /// Reads the server, and checks that its checksums are those of its rows.
    pub(crate) fn read(store: &MemoryStore, day: Day, readings: &Readings) -> Result<Self, String> {
        let failed = |error| format!("memory fails: {error}");
        let epoch = at_once(store.epoch()).map_err(failed)?;
        let ids: BTreeSet<_> = at_once(store.partitions())
            .map_err(failed)?
            .into_iter()
            .collect();
        let heads = at_once(store.heads(&ids)).map_err(failed)?;
        let mut world = World::new(Holdings::Everything);
        let mut partitions = BTreeMap::new();
        for (id, head) in heads {
            let rows = store.rows(id);
            let (mut sum, mut read) = (0_u64, Vec::with_capacity(rows.len()));
            for (key, (ver, text)) in &rows {
                let (row, hash) = readings.get(id, *key, *ver, text)?;
                sum = sum.wrapping_add(hash);
                if id == PartitionId::Organisation {
                    world.put(&row);
                }
                read.push(row);
            }
            if sum != head.checksum {
                return Err(format!("convergence: the server's checksum of {id} is off"));
            }
            let (head, checksum) = (head.head, head.checksum);
            partitions.insert(
                id,
                Partition {
                    head,
                    checksum,
                    rows,
                    read,
                },
            );
        }
        Ok(Self {
            epoch,
            day,
            world,
            partitions,
        })
    }

    /// Compares a device's cache with what its person may see.
    pub(crate) fn check_cache(&self, person: PersonId, mut cache: Contents) -> Verdict {
        let organisation = self.world.organisation();
        let seen = |id: &&PartitionId| sees(organisation, person, self.day, **id);
        let seen: BTreeSet<PartitionId> = self.partitions.keys().filter(seen).copied().collect();
        let mut take = |store| cache.remove(&store).unwrap_or_default();
        let state = take(Store::State);
        let (_, state) = state
            .first()
            .ok_or(format!("convergence: {person} pulled nothing"))?;
        let state: State = serde_json::from_str(state).map_err(|error| error.to_string())?;
        same(person, "epoch", &state.epoch, &self.epoch)?;
        same(person, "granted partitions", &state.granted, &seen)?;
        let mut cursors = BTreeMap::new();
        for (id, text) in take(Store::Partitions) {
            let cursor: Cursor = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            cursors.insert(id, (cursor.ver, cursor.checksum));
        }
        let standing = || self.partitions.iter().filter(|(id, _)| seen.contains(id));
        let stands = standing()
            .map(|(id, p)| (id.to_string(), (p.head, p.checksum)))
            .collect();
        same(person, "cursors", &cursors, &stands)?;
        let rows = kept_rows(&take(Store::Packs), &take(Store::Rows));
        let rows = rows.map_err(|error| error.to_string())?;
        let stands = standing().flat_map(|(id, partition)| {
            let rows = partition.rows.iter();
            rows.map(move |(key, (ver, text))| ((*id, *key), (*ver, text.to_string())))
        });
        same(person, "rows", &rows, &stands.collect())
    }

    /// Compares a tab's memory with what its person may see.
    pub(crate) fn check_memory(&self, replica: &Replica) -> Verdict {
        let person = replica.person();
        let mut world =
            World::with_organisation(Arc::clone(self.world.organisation()), Holdings::Everything);
        for (id, partition) in &self.partitions {
            let is_organisation = *id == PartitionId::Organisation;
            if !is_organisation && sees(self.world.organisation(), person, self.day, *id) {
                partition.read.iter().for_each(|row| world.put(row));
            }
        }
        for (what, held) in [("memory", replica.confirmed()), ("view", replica.view())] {
            same(person, what, held.organisation(), world.organisation())?;
            let held: Vec<_> = held.documents().collect();
            same(person, what, &held, &world.documents().collect())?;
        }
        Ok(())
    }
}

fn same<T: PartialEq + std::fmt::Debug>(who: PersonId, what: &str, is: &T, must: &T) -> Verdict {
    if is == must {
        return Ok(());
    }
    Err(format!(
        "convergence: {what} of {who}\n  is   {is:?}\n  must {must:?}"
    ))
}
