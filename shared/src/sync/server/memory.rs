//! The server's storage in memory, for the simulator and for tests.
//!
//! It keeps the same promises as the databases: see the conformance suite.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::id::{CommandId, DeviceId, Epoch, PersonId, PlanId};
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::row::{RowKey, RowKind};
use crate::sync::server::device::DeviceRow;
use crate::sync::server::page::{Entry, Page};
use crate::sync::server::store::{
    Answer, Commit, Committed, Grants, Head, Loaded, LoadedRow, LogWrite, Logged, Needs, Receipt,
    Snapshot, Store, Wanted,
};

#[derive(Debug, Clone)]
struct Kept {
    ver: u64,
    document: Option<PlanId>,
    text: Option<Arc<str>>,
    /// When it was written.
    at: UtcMillis,
}

#[derive(Debug, Clone, Default)]
struct Tables {
    heads: BTreeMap<PartitionId, Head>,
    /// Removals up to these versions are forgotten.
    floors: BTreeMap<PartitionId, u64>,
    rows: BTreeMap<(PartitionId, RowKey), Kept>,
    documents: BTreeMap<PlanId, BTreeSet<(RowKey, PartitionId)>>,
    log: BTreeMap<(CommandId, u32), LogWrite>,
    receipts: BTreeMap<(CommandId, String, PersonId), UtcMillis>,
    devices: BTreeMap<(DeviceId, PersonId), DeviceRow>,
    grants: BTreeMap<PersonId, Grants>,
}

/// A store that forgets everything when it is dropped.
#[derive(Debug)]
pub struct MemoryStore {
    epoch: Epoch,
    tables: Mutex<Tables>,
}

impl MemoryStore {
    /// Makes an empty store with a life of its own.
    pub fn new(epoch: Epoch) -> Self {
        Self {
            epoch,
            tables: Mutex::default(),
        }
    }

    /// Gives a copy of everything under another epoch, as a restore from a backup would.
    #[must_use]
    pub fn restored(&self, epoch: Epoch) -> Self {
        Self {
            epoch,
            tables: Mutex::new(self.tables().clone()),
        }
    }

    /// Lists the log, for checkers.
    pub fn log(&self) -> Vec<LogWrite> {
        self.tables().log.values().cloned().collect()
    }

    /// Counts the receipts of commands that are not logged yet, for checkers.
    pub fn receipts(&self) -> usize {
        self.tables().receipts.len()
    }

    /// Lists the rows of a partition, for checkers.
    pub fn rows(&self, partition: PartitionId) -> BTreeMap<RowKey, (u64, Arc<str>)> {
        let tables = self.tables();
        let standing = rows_of(&tables, partition)
            .filter_map(|(key, kept)| Some((key, (kept.ver, kept.text.clone()?))));
        standing.collect()
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        // A panic cannot happen while the guard is held: nothing here calls foreign code.
        self.tables.lock().expect("no holder of the tables panics")
    }
}

fn rows_of(tables: &Tables, partition: PartitionId) -> impl Iterator<Item = (RowKey, &Kept)> + '_ {
    let first = RowKey::first();
    tables
        .rows
        .range((Bound::Included((partition, first)), Bound::Unbounded))
        .take_while(move |((id, _), _)| *id == partition)
        .map(|((_, key), kept)| (*key, kept))
}

fn last_turn(tables: &Tables, id: CommandId) -> Option<&LogWrite> {
    let turns = tables.log.range((id, 0)..=(id, u32::MAX));
    turns.last().map(|(_, entry)| entry)
}

fn load(tables: &Tables, needs: &Needs) -> Loaded {
    let logged = |entry: &LogWrite| Logged {
        payload_hash: entry.payload_hash.clone(),
        actor: entry.actor,
        outcome: entry.outcome.clone(),
    };
    let log = needs.commands.iter();
    let log = log
        .filter_map(|id| Some((*id, logged(last_turn(tables, *id)?))))
        .collect();
    let mut keys: BTreeMap<RowKey, BTreeSet<PartitionId>> = BTreeMap::new();
    for document in &needs.documents {
        for (key, partition) in tables.documents.get(document).into_iter().flatten() {
            keys.entry(*key).or_default().insert(*partition);
        }
    }
    for partition in &needs.plans_in {
        for (key, _) in rows_of(tables, *partition).filter(|(key, _)| key.kind == RowKind::Plan) {
            keys.entry(key).or_default().insert(*partition);
        }
    }
    for (partition, key) in &needs.rows {
        keys.entry(*key).or_default().insert(*partition);
    }
    let rows = keys.into_iter().filter_map(|(key, partitions)| {
        let mut text = None;
        let mut copies = Vec::new();
        for partition in partitions {
            let kept = tables.rows.get(&(partition, key));
            if let Some((ver, standing)) = kept.and_then(|k| Some((k.ver, k.text.clone()?))) {
                copies.push((partition, ver));
                text = Some(standing);
            }
        }
        Some(LoadedRow {
            key,
            text: text?,
            copies,
        })
    });
    let rows: Vec<LoadedRow> = rows.collect();
    let held = rows
        .iter()
        .flat_map(|row| &row.copies)
        .map(|(partition, _)| *partition);
    let held = held.chain(needs.plans_in.union(&needs.heads).copied());
    let heads = held
        .chain([PartitionId::Organisation])
        .map(|id| (id, tables.heads.get(&id).cloned().unwrap_or_default()))
        .collect();
    let organisation = rows_of(tables, PartitionId::Organisation)
        .filter(|(_, kept)| kept.ver > needs.organisation_after)
        .filter_map(|(_, kept)| Some((kept.ver, kept.text.clone()?)));
    Loaded {
        log,
        rows,
        heads,
        organisation: organisation.collect(),
        organisation_ver: organisation_ver(tables),
    }
}

fn receive(tables: &mut Tables, receipts: &[Receipt]) -> BTreeMap<CommandId, UtcMillis> {
    let mut firsts = BTreeMap::new();
    for receipt in receipts {
        if last_turn(tables, receipt.cmd_id).is_some() {
            continue;
        }
        let key = (receipt.cmd_id, receipt.payload_hash.clone(), receipt.actor);
        let first = tables.receipts.entry(key).or_insert(receipt.received);
        *first = receipt.received.min(*first);
        firsts.insert(receipt.cmd_id, *first);
    }
    firsts
}

fn organisation_ver(tables: &Tables) -> u64 {
    tables
        .heads
        .get(&PartitionId::Organisation)
        .map_or(0, |head| head.head)
}

fn commit(tables: &mut Tables, commit: &Commit) -> Committed {
    let stands = |(partition, ver): (&PartitionId, &u64)| {
        tables.heads.get(partition).map_or(0, |head| head.head) == *ver
    };
    let known = commit
        .log
        .iter()
        .any(|entry| tables.log.contains_key(&(entry.cmd_id, entry.turn)));
    if known || !commit.expected.iter().all(stands) {
        return Committed::Conflict;
    }
    tables
        .heads
        .extend(commit.heads.iter().map(|(id, head)| (*id, head.clone())));
    for write in &commit.rows {
        let kept = Kept {
            ver: write.ver,
            document: write.document,
            text: write.text.clone(),
            at: commit.recorded,
        };
        tables.rows.insert((write.partition, write.key), kept);
        if let Some(document) = write.document {
            let place = (write.key, write.partition);
            let places = tables.documents.entry(document).or_default();
            if write.text.is_some() {
                places.insert(place)
            } else {
                places.remove(&place)
            };
        }
    }
    for entry in &commit.log {
        tables
            .receipts
            .retain(|(cmd_id, _, _), _| *cmd_id != entry.cmd_id);
    }
    tables.log.extend(
        commit
            .log
            .iter()
            .map(|entry| ((entry.cmd_id, entry.turn), entry.clone())),
    );
    Committed::Done
}

fn prune(tables: &mut Tables, before: UtcMillis) -> u64 {
    let Tables { rows, floors, .. } = tables;
    let mut forgotten = 0;
    rows.retain(|(partition, _), kept| {
        let goes = kept.text.is_none() && kept.at < before;
        if goes {
            forgotten += 1;
            let floor = floors.entry(*partition).or_default();
            *floor = kept.ver.max(*floor);
        }
        !goes
    });
    forgotten
}

fn changes(tables: &Tables, wanted: &[Wanted], most: usize) -> Snapshot {
    let mut page = Page::new(most);
    for wanted in wanted {
        let Some(head) = tables.heads.get(&wanted.partition) else {
            continue;
        };
        let floor = tables.floors.get(&wanted.partition).copied().unwrap_or(0);
        let after = wanted.since(head, floor);
        if after == Some(head.head) {
            continue;
        }
        if !page.begin(wanted.partition, head.clone(), floor, after.is_none()) {
            break;
        }
        let rows = rows_of(tables, wanted.partition);
        let mut rows: Vec<_> = rows
            .filter(|(_, kept)| kept.ver > after.unwrap_or(0))
            .collect();
        rows.sort_by_key(|(_, kept)| kept.ver);
        let entry = |key, kept: &Kept| match &kept.text {
            Some(text) => Entry::Stands(text.clone()),
            None => Entry::Gone(key, kept.document),
        };
        if !rows
            .into_iter()
            .all(|(key, kept)| page.add(kept.ver, entry(key, kept)))
        {
            break;
        }
    }
    page.into_snapshot(organisation_ver(tables))
}

fn ready<'a, T: Send + 'a>(value: T) -> Answer<'a, T> {
    Box::pin(std::future::ready(Ok(value)))
}

impl Store for MemoryStore {
    fn epoch(&self) -> Answer<'_, Epoch> {
        ready(self.epoch)
    }

    fn load<'a>(&'a self, needs: &'a Needs) -> Answer<'a, Loaded> {
        ready(load(&self.tables(), needs))
    }

    fn heads<'a>(
        &'a self,
        partitions: &'a BTreeSet<PartitionId>,
    ) -> Answer<'a, BTreeMap<PartitionId, Head>> {
        let tables = self.tables();
        let head = |id: &PartitionId| (*id, tables.heads.get(id).cloned().unwrap_or_default());
        ready(partitions.iter().map(head).collect())
    }

    fn receive<'a>(
        &'a self,
        receipts: &'a [Receipt],
        _: bool,
    ) -> Answer<'a, BTreeMap<CommandId, UtcMillis>> {
        ready(receive(&mut self.tables(), receipts))
    }

    fn commit<'a>(&'a self, batch: &'a Commit) -> Answer<'a, Committed> {
        ready(commit(&mut self.tables(), batch))
    }

    fn prune(&self, before: UtcMillis) -> Answer<'_, u64> {
        ready(prune(&mut self.tables(), before))
    }

    fn entry(&self, command: CommandId) -> Answer<'_, Option<LogWrite>> {
        ready(last_turn(&self.tables(), command).cloned())
    }

    fn device(&self, device: DeviceId, person: PersonId) -> Answer<'_, Option<DeviceRow>> {
        ready(self.tables().devices.get(&(device, person)).cloned())
    }

    fn put_device<'a>(&'a self, row: &'a DeviceRow) -> Answer<'a, ()> {
        let key = (row.device, row.person);
        self.tables().devices.insert(key, row.clone());
        ready(())
    }

    fn devices(&self) -> Answer<'_, Vec<DeviceRow>> {
        ready(self.tables().devices.values().cloned().collect())
    }

    fn partitions(&self) -> Answer<'_, Vec<PartitionId>> {
        ready(self.tables().heads.keys().copied().collect())
    }

    fn changes<'a>(&'a self, wanted: &'a [Wanted], most: usize) -> Answer<'a, Snapshot> {
        ready(changes(&self.tables(), wanted, most))
    }

    fn grants(&self, person: PersonId) -> Answer<'_, Option<Grants>> {
        ready(self.tables().grants.get(&person).cloned())
    }

    fn set_grants<'a>(
        &'a self,
        person: PersonId,
        expected: u64,
        grants: &'a Grants,
    ) -> Answer<'a, bool> {
        let mut tables = self.tables();
        let stands = tables.grants.get(&person).map_or(0, |kept| kept.ver) == expected;
        if stands {
            tables.grants.insert(person, grants.clone());
        }
        ready(stands)
    }
}
