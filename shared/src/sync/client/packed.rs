//! How confirmed rows lie in the cache: many to a pack, and single ones beside them.
//!
//! A cold start reads all of them, and pays for each record of the storage; so what comes in bulk
//! is packed. A change of a few rows puts them beside the packs, where they count instead of what
//! the packs say; a later pack counts instead of an earlier one. Packs are made anew when too much
//! lies beside them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::PlanId;
use crate::partition::PartitionId;
use crate::row::RowKey;
use crate::sync::client::kept::{CachedRow, STATE, State, delete, guard, put, value};
use crate::sync::client::storage::{
    Batch, Contents, Database, Durability, Op, StorageError, Store,
};

/// How many rows make a pack.
const PACK: usize = 256;
/// From how many rows on a partition that comes whole is packed.
const WHOLE: usize = 8;
/// From how many rows on a change is packed.
const CHANGE: usize = 64;
/// The fewest records beside its packs for which a partition is packed anew.
const BESIDE: usize = 32;
/// From how many packs on a partition is packed anew that has only small ones, and what is small, in
/// bytes.
const SMALL: (usize, usize) = (8, 16 * 1024);

/// Where a row's text lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lies {
    /// In a pack, as it is or as it was.
    pub(super) packed: bool,
    /// Beside the packs.
    pub(super) single: bool,
}

/// What lies in the cache for a partition, beside the rows that it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Laid {
    /// How many packs there are.
    packs: u32,
    /// Rows that are gone and still stand in a pack; each has a record that says so.
    gone: BTreeSet<RowKey>,
}

/// A confirmed row, as memory knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeldRow {
    pub(super) ver: u64,
    pub(super) hash: u64,
    pub(super) document: Option<PlanId>,
    /// Where its text lies in the cache.
    pub(super) lies: Lies,
}

/// A partition that is held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct HeldPartition {
    pub(super) ver: u64,
    pub(super) checksum: u64,
    pub(super) rows: BTreeMap<RowKey, HeldRow>,
    pub(super) laid: Laid,
}

impl HeldPartition {
    /// Deletes everything that lies in the cache for it.
    pub(super) fn clear(&self, id: PartitionId) -> Vec<Op> {
        let rows = self.rows.iter().map(|(key, held)| (*key, held.lies));
        clear(id, &self.laid, rows)
    }
}

/// A row in a pack.
#[derive(Serialize, Deserialize)]
struct PackedRow<'a> {
    key: RowKey,
    #[serde(rename = "is", borrow)]
    cached: CachedRow<'a>,
}

/// A row as it is read: its key, its record, and where that lies.
pub(super) type Read<'a> = BTreeMap<RowKey, (CachedRow<'a>, Lies)>;

fn single_key(partition: PartitionId, key: RowKey) -> String {
    format!("{partition}|{key}")
}

/// Padded, so that packs are read in the order in which they were made.
fn pack_key(partition: PartitionId, place: u32) -> String {
    format!("{partition}|{place:08}")
}

/// Deletes everything that lies there for a partition.
pub(super) fn clear(
    partition: PartitionId,
    laid: &Laid,
    rows: impl Iterator<Item = (RowKey, Lies)>,
) -> Vec<Op> {
    let packs = (0..laid.packs).map(|place| delete(Store::Packs, pack_key(partition, place)));
    let singles = rows.filter(|(_, lies)| lies.single).map(|(key, _)| key);
    let singles = singles.chain(laid.gone.iter().copied());
    packs
        .chain(singles.map(|key| delete(Store::Rows, single_key(partition, key))))
        .collect()
}

/// Lays changed rows down, in packs when they are many; gives where each lies from now on.
pub(super) fn lay(
    partition: PartitionId,
    laid: &mut Laid,
    whole: bool,
    rows: &[(RowKey, Lies, CachedRow<'_>)],
    ops: &mut Vec<Op>,
) -> Lies {
    let packed = rows.len() >= if whole { WHOLE } else { CHANGE };
    if !packed {
        for (key, _, cached) in rows {
            ops.push(put(Store::Rows, single_key(partition, *key), cached));
            laid.gone.remove(key);
        }
        return Lies {
            packed: false,
            single: true,
        };
    }
    for pack in rows.chunks(PACK) {
        let pack: Vec<PackedRow> = pack
            .iter()
            .map(|(key, _, cached)| PackedRow {
                key: *key,
                cached: *cached,
            })
            .collect();
        ops.push(put(Store::Packs, pack_key(partition, laid.packs), &pack));
        laid.packs += 1;
    }
    for (key, lies, _) in rows {
        if laid.gone.remove(key) || lies.single {
            ops.push(delete(Store::Rows, single_key(partition, *key)));
        }
    }
    Lies {
        packed: true,
        single: false,
    }
}

/// Takes a row away.
pub(super) fn take_away(
    partition: PartitionId,
    laid: &mut Laid,
    key: RowKey,
    lies: Lies,
    ops: &mut Vec<Op>,
) {
    let record = single_key(partition, key);
    if lies.packed {
        laid.gone.insert(key);
        ops.push(put(Store::Rows, record, &None::<CachedRow<'_>>));
    } else if lies.single {
        ops.push(delete(Store::Rows, record));
    }
}

/// Reads what lies in the cache, by partition.
pub(super) fn read<'a>(
    packs: &'a [(String, String)],
    rows: &'a [(String, String)],
) -> Result<BTreeMap<PartitionId, (Laid, Read<'a>)>, StorageError> {
    let lies = Lies {
        packed: true,
        single: false,
    };
    // Gathered first: a map that is made of rows in order costs less than one that grows by rows.
    let mut packed: BTreeMap<PartitionId, (Laid, Vec<_>)> = BTreeMap::new();
    for (record, content) in packs {
        let (partition, place) = parted(record)?;
        let (laid, gathered) = packed.entry(partition).or_default();
        let place: u32 = place.parse().map_err(|_| corrupt(record))?;
        laid.packs = laid.packs.max(place + 1);
        let pack: Vec<PackedRow> = value(content)?;
        gathered.extend(pack.into_iter().map(|row| (row.key, (row.cached, lies))));
    }
    let packed = packed.into_iter();
    let mut partitions: BTreeMap<PartitionId, (Laid, Read<'a>)> = packed
        .map(|(partition, (laid, gathered))| (partition, (laid, gathered.into_iter().collect())))
        .collect();
    for (record, content) in rows {
        let (partition, key) = parted(record)?;
        let key: RowKey = key.parse().map_err(|_| corrupt(record))?;
        let (laid, read) = partitions.entry(partition).or_default();
        let packed = read.get(&key).is_some_and(|(_, lies)| lies.packed);
        if let Some(cached) = value::<Option<CachedRow<'_>>>(content)? {
            let single = true;
            read.insert(key, (cached, Lies { packed, single }));
        } else {
            read.remove(&key);
            laid.gone.insert(key);
        }
    }
    Ok(partitions)
}

fn parted(record: &str) -> Result<(PartitionId, &str), StorageError> {
    let (partition, rest) = record.split_once('|').ok_or_else(|| corrupt(record))?;
    let partition = partition.parse().map_err(|_| corrupt(record))?;
    Ok((partition, rest))
}

fn corrupt(record: &str) -> StorageError {
    StorageError::Corrupt(record.to_owned())
}

/// How much of a partition lies in packs, and how much beside.
#[derive(Default)]
struct Disorder {
    records: [usize; 2],
    bytes: [usize; 2],
}

impl Disorder {
    /// Says whether reading costs more than it must: a quarter lies beside, or all packs are small.
    const fn is_too_much(&self) -> bool {
        let ([packs, beside], [packed, single]) = (self.records, self.bytes);
        let (many, small) = SMALL;
        beside >= BESIDE && single * 4 >= packed || packs >= many && packed < packs * small
    }
}

/// Makes the batch that packs anew where too much lies beside packs; `None` when all is well.
///
/// It takes effect only while nobody else wrote.
pub(super) fn pack_anew(contents: &Contents) -> Result<Option<Batch>, StorageError> {
    let of = |store| contents.get(&store).map_or(&[][..], Vec::as_slice);
    let mut disorder: BTreeMap<&str, Disorder> = BTreeMap::new();
    for (place, store) in [Store::Packs, Store::Rows].into_iter().enumerate() {
        for (record, content) in of(store) {
            let partition = record.split('|').next().unwrap_or_default();
            let of = disorder.entry(partition).or_default();
            of.records[place] += 1;
            of.bytes[place] += content.len();
        }
    }
    disorder.retain(|_, of| of.is_too_much());
    if disorder.is_empty() {
        return Ok(None);
    }
    let mut ops = Vec::new();
    for (partition, (mut laid, rows)) in read(of(Store::Packs), of(Store::Rows))? {
        if !disorder.contains_key(partition.to_string().as_str()) {
            continue;
        }
        let all = rows.iter().map(|(key, (_, lies))| (*key, *lies));
        ops.extend(clear(partition, &laid, all));
        laid = Laid::default();
        let rows: Vec<_> = rows
            .iter()
            .map(|(key, (cached, _))| (*key, Lies::default(), *cached))
            .collect();
        lay(partition, &mut laid, true, &rows, &mut ops);
    }
    let state = of(Store::State).iter().find(|(key, _)| key == STATE);
    let Some(mut state) = state.map(|(_, kept)| value::<State>(kept)).transpose()? else {
        return Ok(None);
    };
    let guards = vec![guard(Store::State, STATE, Some(&state))];
    // Other tabs know where the rows lay; they read again before they write.
    state.generation += 1;
    ops.push(put(Store::State, STATE, &state));
    Ok(Some(Batch {
        database: Database::Cache,
        guards,
        ops,
        durability: Durability::Relaxed,
    }))
}

/// Rows by partition and key, each with its version and text.
pub type KeptRows = BTreeMap<(PartitionId, RowKey), (u64, String)>;

/// What the cache holds, for those who compare it.
pub fn kept_rows(
    packs: &[(String, String)],
    rows: &[(String, String)],
) -> Result<KeptRows, StorageError> {
    let read = read(packs, rows)?.into_iter();
    let rows = read.flat_map(|(partition, (_, rows))| {
        rows.into_iter().map(move |(key, (cached, _))| {
            ((partition, key), (cached.ver, cached.row.get().to_owned()))
        })
    });
    Ok(rows.collect())
}
