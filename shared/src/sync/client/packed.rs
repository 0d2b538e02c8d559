//! How confirmed rows lie in the cache: many to a pack, and single ones beside them.
//!
//! A cold start reads all of them, and pays for each record of the storage; so what comes in bulk
//! is packed. A change of a few rows puts them beside the packs, where they count instead of what
//! the packs say; a later pack counts instead of an earlier one. Packs are made anew when too much
//! lies beside them.

use std::collections::{BTreeMap, BTreeSet};

use crate::excerpt::{Excerpt, Whole};
use crate::id::PlanId;
use crate::partition::PartitionId;
use crate::row::RowKey;
use crate::sync::client::given::Given;
use crate::sync::client::kept::{CachedRow, STATE, State, delete, guard, put, value};
use crate::sync::client::pack::{self, PackedRow, is_beside};
use crate::sync::client::storage::{Batch, Cache, Database, Durability, Op, StorageError, Store};
use crate::world::World;

/// How many rows make a pack.
const PACK: usize = 256;
/// From how many rows on what comes of a partition that comes whole is packed.
pub(super) const WHOLE: usize = 8;
/// From how many rows on a change is packed.
pub(super) const CHANGE: usize = 64;
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

impl Lies {
    /// In a pack alone.
    pub(super) const PACKED: Self = Self {
        packed: true,
        single: false,
    };
    /// Beside the packs alone.
    pub(super) const SINGLE: Self = Self {
        packed: false,
        single: true,
    };
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeldRow {
    pub(super) ver: u64,
    pub(super) hash: u64,
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

/// A row as it is read, and where it lies.
pub(super) type ReadRow = (PackedRow<Excerpt>, Lies);

fn single_key(partition: PartitionId, key: RowKey) -> String {
    format!("{partition}|{key}")
}

/// Padded, so that packs are read in the order in which they were made.
fn pack_key(partition: PartitionId, place: u32) -> String {
    format!("{partition}|{place:08}")
}

/// Deletes everything that lies there for a partition.
fn clear(
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

/// Makes packs of rows.
pub(super) fn packs<T: AsRef<str>>(rows: &[PackedRow<T>]) -> Vec<String> {
    rows.chunks(PACK).map(pack::write).collect()
}

/// Lays packs down.
pub(super) fn lay_packs(
    partition: PartitionId,
    laid: &mut Laid,
    packs: impl IntoIterator<Item = Given>,
    ops: &mut Vec<Op>,
) {
    let store = Store::Packs;
    for value in packs {
        let key = pack_key(partition, laid.packs);
        ops.push(Op::PutGiven { store, key, value });
        laid.packs += 1;
    }
}

/// Lays the record of a single row down.
pub(super) fn lay_single(partition: PartitionId, key: RowKey, value: String, ops: &mut Vec<Op>) {
    ops.push(Op::Put {
        store: Store::Rows,
        key: single_key(partition, key),
        value,
    });
}

/// Where a row lies once it was laid down, and takes away what lay beside the packs and does not
/// count any more.
pub(super) fn lies_now(
    partition: PartitionId,
    laid: &mut Laid,
    key: RowKey,
    before: Option<Lies>,
    now: Lies,
    ops: &mut Vec<Op>,
) -> Lies {
    // One that was gone still stands in a pack, and beside it the record that says so.
    let was_gone = laid.gone.remove(&key);
    let before = before.unwrap_or(Lies {
        packed: was_gone,
        single: was_gone,
    });
    if now.packed && before.single {
        ops.push(delete(Store::Rows, single_key(partition, key)));
    }
    Lies {
        packed: before.packed || now.packed,
        single: now.single,
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

/// What lies in the cache, by partition and in the order of the rows' keys.
pub(super) type ReadPartitions = BTreeMap<PartitionId, (Laid, Vec<ReadRow>)>;

/// The documents of which more than one partition holds rows: there alone a row can lie twice.
pub(super) fn documents_in_several(read: &ReadPartitions) -> BTreeSet<Option<PlanId>> {
    let (mut found, mut again) = (BTreeSet::new(), BTreeSet::new());
    for (_, rows) in read.values() {
        let documents = documents(rows);
        again.extend(documents.into_iter().filter(|one| !found.insert(*one)));
    }
    again
}

#[inline(never)]
fn documents(rows: &[ReadRow]) -> BTreeSet<Option<PlanId>> {
    let runs = rows.chunk_by(|(one, _), (next, _)| one.key.document == next.key.document);
    runs.map(|run| run[0].0.key.document).collect()
}

/// Reads what lies in the cache.
pub(super) fn read(
    packs: Vec<(String, Whole)>,
    rows: Vec<(String, String)>,
) -> Result<ReadPartitions, StorageError> {
    let mut partitions = ReadPartitions::new();
    for (record, content) in packs {
        let (partition, place) = parted(&record)?;
        let (laid, gathered) = partitions.entry(partition).or_default();
        let place: u32 = place.parse().map_err(|_| corrupt(&record))?;
        laid.packs = laid.packs.max(place + 1);
        let pack = pack::read(&content).ok_or_else(|| corrupt(&record))?;
        gathered.extend(pack.into_iter().map(|row| (row, Lies::PACKED)));
    }
    for (record, content) in rows {
        let (partition, key) = parted(&record)?;
        let key: RowKey = key.parse().map_err(|_| corrupt(&record))?;
        let (laid, gathered) = partitions.entry(partition).or_default();
        if let Some(cached) = value::<Option<CachedRow<'_>>>(&content)? {
            let row = PackedRow {
                key,
                ver: cached.ver,
                hash: cached.hash,
                text: Excerpt::from(cached.row.get().to_owned()),
            };
            gathered.push((row, Lies::SINGLE));
        } else {
            laid.gone.insert(key);
        }
    }
    for (laid, gathered) in partitions.values_mut() {
        put_in_order(gathered);
        if !laid.gone.is_empty() {
            gathered.retain(|(row, _)| !laid.gone.contains(&row.key));
        }
    }
    Ok(partitions)
}

/// Lays the rows of one partition down, and gives what memory knows of each.
///
/// Not put into its caller: a browser makes a program's functions fast while they are called, and a
/// loop that runs once stays slow.
#[inline(never)]
pub(super) fn keep(
    confirmed: &mut World,
    read: Vec<ReadRow>,
    in_several: &BTreeSet<Option<PlanId>>,
    seen: &mut BTreeSet<RowKey>,
) -> Result<BTreeMap<RowKey, HeldRow>, StorageError> {
    for run in read.chunk_by(|(one, _), (next, _)| is_beside(one.key, next.key)) {
        let RowKey { kind, document, .. } = run[0].0.key;
        let twice = in_several.contains(&document);
        let rows = run.iter().map(|(row, _)| row);
        let rows = rows.filter(|row| !twice || seen.insert(row.key));
        let laid = confirmed.lay(kind, document, rows.map(|row| &row.text));
        laid.map_err(|error| StorageError::Corrupt(error.to_string()))?;
    }
    let known = |(row, lies): ReadRow| {
        let (ver, hash) = (row.ver, row.hash);
        (row.key, HeldRow { ver, hash, lies })
    };
    Ok(read.into_iter().map(known).collect())
}

/// Orders rows by their keys; of several with one key the last counts.
#[inline(never)]
fn put_in_order(rows: &mut Vec<ReadRow>) {
    // As a rule each partition has one pack, which is in order.
    if rows.is_sorted_by(|(one, _), (next, _)| one.key < next.key) {
        return;
    }
    rows.sort_by_key(|(row, _)| row.key);
    rows.dedup_by(|later, earlier| {
        let same = later.0.key == earlier.0.key;
        if same {
            later.1.packed |= earlier.1.packed;
            std::mem::swap(later, earlier);
        }
        same
    });
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
pub(super) fn pack_anew(cache: &Cache) -> Result<Option<Batch>, StorageError> {
    let of = |store| cache.texts.get(&store).map_or(&[][..], Vec::as_slice);
    let mut disorder: BTreeMap<&str, Disorder> = BTreeMap::new();
    let packed = cache.packs.iter();
    let packed = packed.map(|(record, pack)| (0, record, pack.length()));
    let beside = of(Store::Rows).iter();
    let beside = beside.map(|(record, text)| (1, record, text.len()));
    for (place, record, bytes) in packed.chain(beside) {
        let of = disorder.entry(partition_of(record)).or_default();
        of.records[place] += 1;
        of.bytes[place] += bytes;
    }
    disorder.retain(|_, of| of.is_too_much());
    if disorder.is_empty() {
        return Ok(None);
    }
    let of_them = (
        among(&cache.packs, &disorder),
        among(of(Store::Rows), &disorder),
    );
    let mut ops = Vec::new();
    for (partition, (laid, rows)) in read(of_them.0, of_them.1)? {
        let all = rows.iter().map(|(row, lies)| (row.key, *lies));
        ops.extend(clear(partition, &laid, all));
        let rows: Result<Vec<_>, _> = rows.iter().map(|(row, _)| looked_at(row)).collect();
        let rows = rows?;
        let packs = packs(&rows).into_iter().map(Given::new);
        lay_packs(partition, &mut Laid::default(), packs, &mut ops);
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

/// The partition that a record is of.
fn partition_of(record: &str) -> &str {
    record.split('|').next().unwrap_or_default()
}

/// The records of partitions that are to be packed anew.
fn among<T: Clone>(records: &[(String, T)], which: &BTreeMap<&str, Disorder>) -> Vec<(String, T)> {
    let of_them = |(record, _): &&(String, T)| which.contains_key(partition_of(record));
    records.iter().filter(of_them).cloned().collect()
}

/// A row with its text at hand.
fn looked_at(row: &PackedRow<Excerpt>) -> Result<PackedRow<&str>, StorageError> {
    let text = row
        .text
        .text()
        .ok_or_else(|| corrupt(&row.key.to_string()))?;
    Ok(PackedRow {
        key: row.key,
        ver: row.ver,
        hash: row.hash,
        text,
    })
}

/// Rows by partition and key, each with its version and text.
pub type KeptRows = BTreeMap<(PartitionId, RowKey), (u64, String)>;

/// What the cache holds, for those who compare it.
pub fn kept_rows(
    packs: &[(String, String)],
    rows: &[(String, String)],
) -> Result<KeptRows, StorageError> {
    let packs = packs.iter().cloned();
    let packs = packs.map(|(key, text)| (key, Whole::from(text)));
    let mut kept = KeptRows::new();
    for (partition, (_, rows)) in read(packs.collect(), rows.to_vec())? {
        for (row, _) in &rows {
            let text = looked_at(row)?.text.to_owned();
            kept.insert((partition, row.key), (row.ver, text));
        }
    }
    Ok(kept)
}
