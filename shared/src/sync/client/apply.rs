//! Applying a pull: compare-and-set over epoch, grants and every cursor, then one transaction.
//!
//! A response that does not fit what the device holds is thrown away and pulled again. This one
//! rule makes several tabs, retries and reordered answers safe, and keeps a late answer from
//! bringing back rows of a partition that is no longer granted.

use std::collections::{BTreeMap, BTreeSet};

use crate::bug::{self, Bug};
use crate::id::PersonId;
use crate::moment::UtcMillis;
use crate::partition::PartitionId;
use crate::row::{Row, RowKey};
use crate::sync::client::folding::Watch;
use crate::sync::client::kept::{Cursor, STATE, State, delete, guard, put};
use crate::sync::client::making;
use crate::sync::client::packed::{self, HeldPartition};
use crate::sync::client::replica::Replica;
use crate::sync::client::storage::{Batch, Database, Durability, Op, Storage, StorageError, Store};
use crate::sync::client::taking::{ReadPart, Taken};
use crate::sync::message::{Part, PullRequest, PullResponse};
use crate::world::World;

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
    rows: Vec<Vec<Row>>,
    /// The confirmed rows with all of it, once they are laid out.
    world: Option<World>,
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
            world: None,
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
        let ops = &mut applied.batch.ops;
        ops.append(&mut taken.ops);
        ops.push(put(Store::Partitions, id.to_string(), &cursor));
        applied.rows.append(&mut taken.rows);
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
            let of = |key: &RowKey| key.document == Some(plan);
            let torn = self.partitions.iter();
            let torn = torn.filter(|(_, held)| held.rows.keys().any(of));
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

    /// Makes the confirmed rows as they are with a pull, beside those that stand while it is written.
    pub(super) fn lay_out(&self, applied: &mut Applied) {
        let mut world = self.confirmed.clone();
        let held = self.partitions.iter();
        let changed = |id| applied.partitions.contains_key(id) || applied.revoked.contains(id);
        let stay = || {
            held.clone()
                .filter(|(id, _)| !changed(*id))
                .map(|(_, held)| held)
        };
        let stays = |key: &RowKey| {
            let mut all = applied.partitions.values().chain(stay());
            all.any(|held| held.rows.contains_key(key))
        };
        let before = held.clone().filter(|(id, _)| changed(*id));
        for (id, before) in before {
            let after = applied.partitions.get(id);
            let is_left = |key: &&RowKey| after.is_none_or(|after| !after.rows.contains_key(key));
            for key in before.rows.keys().filter(is_left).filter(|key| !stays(key)) {
                world.remove(*key, key.document);
            }
        }
        for id in &applied.whole {
            let rows = applied.partitions.get(id).into_iter();
            let rows = rows.flat_map(|after| after.rows.keys());
            rows.filter_map(|key| key.document)
                .for_each(|plan| world.mend(plan));
        }
        for row in std::mem::take(&mut applied.rows).into_iter().flatten() {
            world.take(row);
        }
        applied.world = Some(world);
    }

    /// Mirrors a pull that is written and laid out in memory; `false` when memory is of another
    /// generation by now.
    pub(super) fn install(&mut self, applied: Applied) -> bool {
        let generation = self.state.as_ref().map_or(0, |state| state.generation);
        let fits = generation + 1 == applied.state.generation || bug::is(Bug::PullNoCas);
        let Some(world) = applied.world.filter(|_| fits) else {
            return false;
        };
        self.mutations += 1;
        self.confirmed = world;
        for id in &applied.revoked {
            self.partitions.remove(id);
        }
        for id in applied.partitions.keys() {
            self.mismatched.remove(id);
        }
        self.partitions.extend(applied.partitions);
        self.last_contact = self.last_contact.max(applied.state.server_time);
        self.state = Some(applied.state);
        self.heard = None;
        self.set_holdings();
        self.fold();
        true
    }
}

/// Reads both databases; the outbox first, so that nothing settled meanwhile is missed.
pub(super) async fn load<S: Storage>(
    storage: &S,
    person: PersonId,
    watch: Watch,
) -> Result<Replica, StorageError> {
    let outbox = storage.read(Database::Outbox).await?;
    let mut cache = storage.read_cache().await?;
    if let Some(batch) = packed::pack_anew(&cache)? {
        // Where another tab wrote meanwhile, that has to be read too; a failure leaves all as it was.
        let written = storage.write(batch).await;
        if written.is_ok() {
            cache = storage.read_cache().await?;
        }
    }
    if bug::is(Bug::SchemaDropsOutbox)
        && cache.packs.is_empty()
        && cache.texts.values().all(Vec::is_empty)
    {
        storage.write(making::without_work()).await?;
        return Replica::load(person, storage.read(Database::Outbox).await?, cache, watch);
    }
    Replica::load(person, outbox, cache, watch)
}
