//! Applying a pull: compare-and-set over epoch, grants and every cursor, then one transaction.
//!
//! A response that does not fit what the device holds is thrown away and pulled again. This one
//! rule makes several tabs, retries and reordered answers safe, and keeps a late answer from
//! bringing back rows of a partition that is no longer granted.

use std::collections::{BTreeMap, BTreeSet};

use crate::bug::{self, Bug};
use crate::id::{PersonId, PlanId};
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::row::{Row, RowKey};
use crate::sync::checksum;
use crate::sync::client::folding::Watch;
use crate::sync::client::kept::{CachedRow, Cursor, STATE, State, delete, guard, put};
use crate::sync::client::making;
use crate::sync::client::packed::{self, HeldPartition, HeldRow, Lies};
use crate::sync::client::replica::Replica;
use crate::sync::client::storage::{Batch, Database, Durability, Op, Storage, StorageError, Store};
use crate::sync::message::{Part, PullRequest, PullResponse, PulledRow};

/// How long a partition is not asked for whole again after a mismatch, in milliseconds.
const RESET_EVERY: i64 = 10 * 60 * 1000;

/// What to make of a response.
pub(super) enum Received {
    /// It does not fit: pull again.
    Stale,
    /// It cannot be read by this build.
    Unreadable,
    /// Nothing changed.
    Unchanged,
    /// To be written, then installed.
    Changed(Box<Applied>),
}

/// A fitting response, ready to be written and installed.
pub(super) struct Applied {
    pub(super) batch: Batch,
    state: State,
    fresh: bool,
    partitions: BTreeMap<PartitionId, HeldPartition>,
    /// Those of them that came whole.
    whole: BTreeSet<PartitionId>,
    revoked: BTreeSet<PartitionId>,
    rows: Vec<Row>,
}

impl Applied {
    /// What is to be written, and what memory mirrors once it is.
    pub(super) fn split(mut self) -> (Batch, Self) {
        let batch = Batch {
            guards: std::mem::take(&mut self.batch.guards),
            ops: std::mem::take(&mut self.batch.ops),
            ..self.batch
        };
        (batch, self)
    }
}

/// The rows of a part, each with its hash; `None` when this build cannot read one of them.
#[derive(Debug)]
pub(super) struct ReadPart(Option<Vec<(Row, u64)>>);

impl ReadPart {
    /// Reads the rows of a part.
    pub(super) fn of(part: &Part) -> Self {
        let read = |pulled: &PulledRow| {
            let text = pulled.row.get();
            let row = Row::read(text).ok()?;
            let hash = checksum::of_row(row.key(), pulled.ver, text);
            Some((row, hash))
        };
        Self(part.rows.iter().map(read).collect())
    }
}

impl Replica {
    /// Decides whether a response fits, whose parts were `read` in their order, and prepares its write.
    pub(super) fn receive(
        &mut self,
        request: &PullRequest,
        response: &PullResponse,
        read: Vec<ReadPart>,
    ) -> Received {
        let stored = self.epoch();
        let fresh = stored != Some(response.server_epoch);
        if fresh && request.server_epoch != stored {
            return Received::Stale;
        }
        let kept_ver = self.state.as_ref().map_or(0, |state| state.grants_ver);
        let older = !fresh && response.grants_ver < kept_ver && !bug::is(Bug::NoGrantVer);
        let listed = response.granted.is_some() || (!fresh && response.grants_ver == kept_ver);
        if older || !listed && !bug::is(Bug::NoGrantVer) {
            return Received::Stale;
        }
        if !fresh && response.granted.is_none() && response.parts.is_empty() {
            return Received::Unchanged;
        }
        let generation = self.state.as_ref().map_or(0, |state| state.generation) + 1;
        let granted = response.granted.clone();
        let granted = granted.or_else(|| self.state.as_ref().map(|state| state.granted.clone()));
        let state = State {
            epoch: response.server_epoch,
            grants_ver: response.grants_ver,
            granted: granted.unwrap_or_default(),
            generation,
            server_time: response.server_time,
            clock_offset: self.clock_offset,
            turn: if fresh { 0 } else { self.turn() },
        };
        let guards = vec![guard(Store::State, STATE, self.state.as_ref())];
        let guards = if bug::is(Bug::PullNoCas) {
            vec![]
        } else {
            guards
        };
        let (database, durability) = (Database::Cache, Durability::Relaxed);
        let batch = Batch {
            database,
            guards,
            ops: vec![],
            durability,
        };
        let (partitions, revoked, rows) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        let mut applied = Applied {
            batch,
            state,
            fresh,
            partitions,
            whole: BTreeSet::new(),
            revoked,
            rows,
        };
        self.drop_revoked(&mut applied);
        let mut parts: BTreeMap<PartitionId, Vec<(&Part, ReadPart)>> = BTreeMap::new();
        for (part, read) in response.parts.iter().zip(read) {
            parts.entry(part.id).or_default().push((part, read));
        }
        for (id, parts) in parts {
            match self.receive_parts(&mut applied, id, parts, response.server_time) {
                Received::Changed(_) | Received::Unchanged => {}
                misfit => return misfit,
            }
        }
        applied
            .batch
            .ops
            .push(put(Store::State, STATE, &applied.state));
        Received::Changed(Box::new(applied))
    }

    fn drop_revoked(&self, applied: &mut Applied) {
        let ops = &mut applied.batch.ops;
        if applied.fresh {
            let stores = [Store::Packs, Store::Rows, Store::Partitions];
            ops.extend(stores.map(|store| Op::Clear { store }));
            applied.revoked.extend(self.partitions.keys());
            return;
        }
        if bug::is(Bug::NoRevoke) {
            return;
        }
        for (id, held) in &self.partitions {
            if !applied.state.granted.contains(id) {
                ops.push(delete(Store::Partitions, id.to_string()));
                ops.extend(held.clear(*id));
                applied.revoked.insert(*id);
            }
        }
    }

    /// Takes in what came of one partition, page after page.
    fn receive_parts(
        &mut self,
        applied: &mut Applied,
        id: PartitionId,
        parts: Vec<(&Part, ReadPart)>,
        now: UtcMillis,
    ) -> Received {
        let held = self.partitions.get(&id).filter(|_| !applied.fresh);
        let mut after = held.cloned().unwrap_or_default();
        let mut taken = Taken::default();
        let mut recounted = false;
        for (part, read) in parts {
            if after.ver != part.base && !bug::is(Bug::PullNoCas) {
                return Received::Stale;
            }
            // The server no longer counts from what was held, so it may have gone back.
            recounted |= part.reset && after.ver > 0;
            if !taken.take_in(part, read, &mut after) {
                return Received::Unreadable;
            }
            let ends_well = part.cut.is_some() || after.checksum == part.checksum;
            if !ends_well && !bug::is(Bug::PullNoCas) {
                return self.mismatch(part, now);
            }
        }
        if recounted {
            applied.state.turn = now.0;
        }
        let cursor = Cursor {
            ver: after.ver,
            checksum: after.checksum,
        };
        taken.lay(id, &mut after);
        let ops = &mut applied.batch.ops;
        ops.append(&mut taken.ops);
        ops.push(put(Store::Partitions, id.to_string(), &cursor));
        applied
            .rows
            .extend(taken.rows.into_values().map(|(_, row)| row));
        if taken.whole {
            applied.whole.insert(id);
        }
        applied.partitions.insert(id, after);
        Received::Unchanged
    }

    /// Notes a partition whose checksum is off. It is asked for whole once; if that does not help,
    /// it stays as it was for a while, and the others go on.
    fn mismatch(&mut self, part: &Part, now: UtcMillis) -> Received {
        if part.reset {
            self.mismatched.insert(part.id, Some(now));
            return Received::Unchanged;
        }
        if self.mismatched.contains_key(&part.id) && !self.wants_whole(part.id) {
            return Received::Unchanged;
        }
        self.mismatched.insert(part.id, None);
        Received::Stale
    }

    /// Says whether a mismatched partition is to be asked for whole by now.
    fn wants_whole(&self, id: PartitionId) -> bool {
        let in_vain = self.mismatched.get(&id).copied().flatten();
        in_vain.is_none_or(|at| self.last_contact.0 - at.0 >= RESET_EVERY)
    }

    /// Lists the partitions to ask for whole.
    pub(super) fn to_reset(&self) -> Vec<PartitionId> {
        let mismatched = self.mismatched.keys().copied();
        mismatched.filter(|id| self.wants_whole(*id)).collect()
    }

    /// Finds partitions of which somebody found a text that cannot be read, to ask for them whole.
    pub(super) fn find_torn(&mut self) {
        for plan in self.confirmed.torn() {
            let of = |row: &HeldRow| row.document == Some(plan);
            let torn = self.partitions.iter();
            let torn = torn.filter(|(_, held)| held.rows.values().any(of));
            for (id, _) in torn {
                self.mismatched.entry(*id).or_insert(None);
            }
        }
    }

    /// Finds partitions whose kept rows do not add up to their checksum, to ask for them whole.
    pub(super) fn find_damage(&mut self) {
        for (id, held) in &self.partitions {
            let sum = held
                .rows
                .values()
                .fold(0_u64, |sum, row| sum.wrapping_add(row.hash));
            if sum != held.checksum {
                self.mismatched.insert(*id, None);
            }
        }
    }

    /// Takes over from the memory before a reload what storage does not keep.
    pub(super) fn inherit(&mut self, before: &Self) {
        self.mutations = before.mutations + 1;
        self.last_contact = self.last_contact.max(before.last_contact);
        self.clock_offset = before.clock_offset;
        self.mismatched.extend(&before.mismatched);
        self.heard = before.heard.filter(|_| self.epoch() == before.epoch());
        if self.heard.is_some() {
            self.fold();
        }
    }

    /// Takes over what a fresh reading of the outbox database found, over the rows as they are held.
    pub(super) fn take_over_outbox(&mut self, fresh: Self) {
        let Self {
            device,
            outbox,
            acks,
            archive,
            attention,
            drafts,
            tail,
            ..
        } = fresh;
        self.mutations += 1;
        (self.device, self.tail) = (device, tail);
        (self.outbox, self.acks, self.archive) = (outbox, acks, archive);
        (self.attention, self.drafts) = (attention, drafts);
        self.fold();
    }

    /// Mirrors a written pull in memory; `false` when memory is of another generation by now.
    pub(super) fn install(&mut self, applied: Applied) -> bool {
        let generation = self.state.as_ref().map_or(0, |state| state.generation);
        if generation + 1 != applied.state.generation && !bug::is(Bug::PullNoCas) {
            return false;
        }
        self.mutations += 1;
        let mut lost: BTreeMap<RowKey, Option<PlanId>> = BTreeMap::new();
        for id in &applied.revoked {
            let held = self.partitions.remove(id).unwrap_or_default();
            lost.extend(held.rows.into_iter().map(|(key, row)| (key, row.document)));
        }
        for (id, after) in applied.partitions {
            let before = self.partitions.remove(&id).unwrap_or_default();
            let gone = before
                .rows
                .into_iter()
                .filter(|(key, _)| !after.rows.contains_key(key));
            lost.extend(gone.map(|(key, row)| (key, row.document)));
            self.mismatched.remove(&id);
            if applied.whole.contains(&id) {
                let documents = after.rows.values().filter_map(|row| row.document);
                documents.for_each(|plan| self.confirmed.mend(plan));
            }
            self.partitions.insert(id, after);
        }
        for (key, document) in lost {
            if !self
                .partitions
                .values()
                .any(|held| held.rows.contains_key(&key))
            {
                self.confirmed.remove(key, document);
            }
        }
        for row in applied.rows {
            self.confirmed.take(row);
        }
        self.last_contact = self.last_contact.max(applied.state.server_time);
        self.state = Some(applied.state);
        self.heard = None;
        self.set_holdings();
        self.fold();
        true
    }
}

/// What parts of one partition bring.
#[derive(Default)]
struct Taken<'a> {
    /// Whether all of the partition was replaced.
    whole: bool,
    rows: BTreeMap<RowKey, (CachedRow<'a>, Row)>,
    gone: BTreeMap<RowKey, Lies>,
    ops: Vec<Op>,
}

impl<'a> Taken<'a> {
    /// Mirrors a part in what is held of its partition; `false` when this build cannot read a row.
    fn take_in(&mut self, part: &'a Part, read: ReadPart, after: &mut HeldPartition) -> bool {
        let Some(read) = read.0 else {
            return false;
        };
        if part.reset {
            let mut ops = std::mem::take(&mut self.ops);
            ops.extend(after.clear(part.id));
            let ver = after.ver;
            *after = HeldPartition::default();
            after.ver = ver;
            let whole = true;
            *self = Self {
                whole,
                ops,
                ..Self::default()
            };
        }
        for (pulled, (row, hash)) in part.rows.iter().zip(read) {
            let (key, ver, document) = (row.key(), pulled.ver, row.document());
            let old = after.rows.get(&key);
            after.checksum = after.checksum.wrapping_sub(old.map_or(0, |old| old.hash));
            after.checksum = after.checksum.wrapping_add(hash);
            let lay = old.map(|old| old.lies).or(self.gone.remove(&key));
            let held = HeldRow {
                ver,
                hash,
                document,
                lies: lay.unwrap_or_default(),
            };
            after.rows.insert(key, held);
            let cached = CachedRow {
                ver,
                hash,
                row: &pulled.row,
            };
            self.rows.insert(key, (cached, row));
        }
        for key in part.gone.iter().map(|gone| gone.key) {
            self.rows.remove(&key);
            if let Some(old) = after.rows.remove(&key) {
                after.checksum = after.checksum.wrapping_sub(old.hash);
                self.gone.insert(key, old.lies);
            }
        }
        after.ver = part.to;
        true
    }

    /// Writes down what came, and where it lies from now on.
    fn lay(&mut self, id: PartitionId, after: &mut HeldPartition) {
        let lies = |key: &RowKey| after.rows.get(key).map(|held| held.lies);
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|(key, (cached, _))| (*key, lies(key).unwrap_or_default(), *cached))
            .collect();
        let now = packed::lay(id, &mut after.laid, self.whole, &rows, &mut self.ops);
        for key in self.rows.keys() {
            if let Some(held) = after.rows.get_mut(key) {
                held.lies = Lies {
                    packed: held.lies.packed || now.packed,
                    single: now.single,
                };
            }
        }
        for (key, lies) in std::mem::take(&mut self.gone) {
            packed::take_away(id, &mut after.laid, key, lies, &mut self.ops);
        }
    }
}

/// Reads both databases; the outbox first, so that nothing settled meanwhile is missed.
pub(super) async fn load<S: Storage>(
    storage: &S,
    person: PersonId,
    watch: Watch,
) -> Result<Replica, StorageError> {
    let outbox = storage.read(Database::Outbox).await?;
    let mut cache = storage.read(Database::Cache).await?;
    if let Some(batch) = packed::pack_anew(&cache)? {
        // Where another tab wrote meanwhile, that has to be read too; a failure leaves all as it was.
        let written = storage.write(batch).await;
        if written.is_ok() {
            cache = storage.read(Database::Cache).await?;
        }
    }
    if bug::is(Bug::SchemaDropsOutbox) && cache.values().all(Vec::is_empty) {
        storage.write(making::without_work()).await?;
        return Replica::load(person, storage.read(Database::Outbox).await?, cache, watch);
    }
    Replica::load(person, outbox, cache, watch)
}
