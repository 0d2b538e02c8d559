//! Taking in what came of a partition: read and made ready to be laid down while the next page is
//! on its way, so that little is left to do when the last one has come.

use std::collections::BTreeMap;

use crate::partition::PartitionId;
use crate::row::{Row, RowKey};
use crate::sync::checksum;
use crate::sync::client::given::Given;
use crate::sync::client::kept::{CachedRow, text};
use crate::sync::client::pack::PackedRow;
use crate::sync::client::packed::{
    CHANGE, HeldPartition, HeldRow, Lies, WHOLE, lay_packs, lay_single, lies_now, packs, take_away,
};
use crate::sync::client::storage::{Op, Storage};
use crate::sync::message::{Part, PulledRow};

/// A part as it was read. Its rows have been taken out of the message.
#[derive(Debug)]
pub(super) struct ReadPart {
    id: PartitionId,
    /// Whether it is of a partition that comes whole.
    whole: bool,
    /// `None` when this build cannot read one of its rows.
    read: Option<ReadRows>,
}

/// Rows as they were read.
#[derive(Debug)]
struct ReadRows {
    held: BTreeMap<RowKey, HeldRow>,
    texts: Texts,
    rows: Vec<Row>,
    /// The sum of the rows' hashes.
    checksum: u64,
}

/// The rows' texts, as they will lie in the cache.
#[derive(Debug)]
enum Texts {
    Packs(Vec<Given>),
    Singles(Vec<(RowKey, String)>),
}

impl ReadPart {
    /// Reads the rows of a part and takes them out of it; packs are given to the `storage`. `before`
    /// is what was read before it.
    pub(super) fn of(part: &mut Part, before: Option<&Self>, storage: &impl Storage) -> Self {
        let goes_on = before.is_some_and(|before| before.id == part.id && before.whole);
        let whole = part.reset || goes_on;
        Self {
            id: part.id,
            whole,
            read: ReadRows::of(std::mem::take(&mut part.rows), whole, storage),
        }
    }
}

impl ReadRows {
    fn of(pulled: Vec<PulledRow>, whole: bool, storage: &impl Storage) -> Option<Self> {
        let mut rows = Vec::with_capacity(pulled.len());
        let mut texts = Vec::with_capacity(pulled.len());
        for pulled in &pulled {
            let row = Row::read(pulled.as_ref()).ok()?;
            let (key, ver) = (row.key(), pulled.ver);
            let hash = checksum::of_row(key, ver, pulled.as_ref());
            rows.push(row);
            texts.push(PackedRow {
                key,
                ver,
                hash,
                text: pulled,
            });
        }
        texts.sort_by_key(|row| row.key);
        // A server names each row once; if one did not, the last would count.
        texts.dedup_by(|later, earlier| {
            let same = later.key == earlier.key;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        let is_packed = texts.len() >= if whole { WHOLE } else { CHANGE };
        let lies = if is_packed {
            Lies::PACKED
        } else {
            Lies::SINGLE
        };
        let held = texts.iter().map(|row| {
            let (ver, hash) = (row.ver, row.hash);
            (row.key, HeldRow { ver, hash, lies })
        });
        let given = |pack| storage.take_over(pack);
        let hashes = texts.iter().map(|row| row.hash);
        Some(Self {
            held: held.collect(),
            checksum: hashes.fold(0, u64::wrapping_add),
            texts: if is_packed {
                Texts::Packs(packs(&texts).into_iter().map(given).collect())
            } else {
                Texts::Singles(texts.iter().map(single).collect())
            },
            rows,
        })
    }
}

/// The record of a row that lies beside the packs.
fn single(row: &PackedRow<&PulledRow>) -> (RowKey, String) {
    let cached = CachedRow {
        ver: row.ver,
        hash: row.hash,
        row: &row.text.row,
    };
    (row.key, text(&cached))
}

/// What parts of one partition bring.
#[derive(Default)]
pub(super) struct Taken {
    /// Whether all of the partition was replaced.
    pub(super) whole: bool,
    /// The rows that came, in the order in which they came; a fill has too many to move them about.
    pub(super) rows: Vec<Vec<Row>>,
    /// What is to be written.
    pub(super) ops: Vec<Op>,
}

impl Taken {
    /// Mirrors a part in what is held of its partition; `false` when this build cannot read a row.
    pub(super) fn take_in(
        &mut self,
        part: &Part,
        read: ReadPart,
        after: &mut HeldPartition,
    ) -> bool {
        let Some(read) = read.read else {
            return false;
        };
        if part.reset {
            self.ops.extend(after.clear(part.id));
            let ver = after.ver;
            *after = HeldPartition::default();
            after.ver = ver;
            self.rows.clear();
            self.whole = true;
        }
        match read.texts {
            Texts::Packs(packs) => lay_packs(part.id, &mut after.laid, packs, &mut self.ops),
            Texts::Singles(singles) => {
                for (key, record) in singles {
                    lay_single(part.id, key, record, &mut self.ops);
                }
            }
        }
        after.checksum = after.checksum.wrapping_add(read.checksum);
        if part.reset {
            after.rows = read.held;
        } else {
            self.put_over(part.id, read.held, after);
        }
        self.rows.push(read.rows);
        for key in part.gone.iter().map(|gone| gone.key) {
            if let Some(old) = after.rows.remove(&key) {
                after.checksum = after.checksum.wrapping_sub(old.hash);
                take_away(part.id, &mut after.laid, key, old.lies, &mut self.ops);
            }
        }
        if !part.gone.is_empty() {
            let stays = |row: &Row| after.rows.contains_key(&row.key());
            self.rows.iter_mut().for_each(|rows| rows.retain(stays));
        }
        after.ver = part.to;
        true
    }

    /// Puts rows in the place of what is held of them.
    fn put_over(
        &mut self,
        id: PartitionId,
        rows: BTreeMap<RowKey, HeldRow>,
        after: &mut HeldPartition,
    ) {
        for (key, mut now) in rows {
            let old = after.rows.get(&key);
            let hash = old.map_or(0, |old| old.hash);
            after.checksum = after.checksum.wrapping_sub(hash);
            let before = old.map(|old| old.lies);
            now.lies = lies_now(id, &mut after.laid, key, before, now.lies, &mut self.ops);
            after.rows.insert(key, now);
        }
    }
}
