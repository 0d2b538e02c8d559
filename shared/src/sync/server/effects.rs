//! Effects: what applied changes do to the rows of each partition, and the versions they get.
//!
//! Deciding and replaying number effects with this one piece of code, so that a replay that ends
//! with other rows, sums or chains has found a fault and not a difference of method.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::canonical;
use crate::change::Change;
use crate::id::{CommandId, PlanId};
use crate::partition::PartitionId;
use crate::placement::placement;
use crate::row::{Row, RowKey};
use crate::sync::checksum;
use crate::sync::server::store::{Head, RowWrite};
use crate::world::World;

/// A row's version and text in one partition.
pub(super) type Stood = (u64, Arc<str>);

/// Where the rows of a command's changes stand after it, change by change.
pub(super) type Places = Vec<Vec<PartitionId>>;

/// What one applied command does to one partition.
#[derive(Debug)]
struct Touch {
    cmd_id: CommandId,
    partition: PartitionId,
    writes: Vec<TouchedRow>,
}

/// What becomes of one row in one partition.
#[derive(Debug)]
struct TouchedRow {
    key: RowKey,
    home: bool,
    /// `None` when the row is gone from the partition.
    text: Option<Arc<str>>,
}

/// Rows where they stand, and what has become of them since the last numbering.
#[derive(Debug, Default)]
pub(super) struct Effects {
    places: BTreeMap<RowKey, BTreeSet<PartitionId>>,
    documents: BTreeMap<PlanId, BTreeSet<PartitionId>>,
    stood: BTreeMap<(PartitionId, RowKey), Stood>,
    touches: Vec<Touch>,
    counts: BTreeMap<PartitionId, u64>,
}

/// Effects with their versions.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    pub(super) heads: BTreeMap<PartitionId, Head>,
    pub(super) rows: Vec<RowWrite>,
    pub(super) touched: BTreeMap<CommandId, Vec<(PartitionId, u64)>>,
}

impl Effects {
    /// Notes a row that stands in a partition.
    pub(super) fn stands(
        &mut self,
        partition: PartitionId,
        key: RowKey,
        ver: u64,
        text: &Arc<str>,
    ) {
        self.places.entry(key).or_default().insert(partition);
        self.note_document(key, partition);
        self.stood.insert((partition, key), (ver, Arc::clone(text)));
    }

    /// Notes rows of a partition for the sake of its checksum alone.
    pub(super) fn stood_in(
        &mut self,
        partition: PartitionId,
        rows: impl Iterator<Item = (RowKey, Stood)>,
    ) {
        self.stood
            .extend(rows.map(|(key, stood)| ((partition, key), stood)));
    }

    fn note_document(&mut self, key: RowKey, partition: PartitionId) {
        if let Some(document) = key.document {
            self.documents
                .entry(document)
                .or_default()
                .insert(partition);
        }
    }

    /// The partitions in which rows of a document stand, or stood.
    pub(super) fn partitions_of(&self, document: PlanId) -> impl Iterator<Item = PartitionId> {
        self.documents.get(&document).into_iter().flatten().copied()
    }

    /// How many commands have touched a partition since the last numbering.
    pub(super) fn count(&self, partition: PartitionId) -> u64 {
        self.counts.get(&partition).copied().unwrap_or(0)
    }

    /// The partitions touched since the last numbering.
    pub(super) fn touched(&self) -> impl Iterator<Item = PartitionId> {
        self.counts.keys().copied()
    }

    /// Applies changes to the world and notes what they do to each partition; `place` says where
    /// the row of a change stands after it, and with which text.
    pub(super) fn apply(
        &mut self,
        cmd_id: CommandId,
        world: &mut World,
        changes: &[Change],
        place: impl Fn(usize, &Row, &World) -> (Vec<PartitionId>, Arc<str>),
    ) -> Places {
        let mut touched: BTreeMap<PartitionId, Touch> = BTreeMap::new();
        let mut all_places = Vec::with_capacity(changes.len());
        for (index, change) in changes.iter().enumerate() {
            world.apply(change);
            let key = change.key();
            let (places, text) = match change {
                Change::Put { row } => {
                    let (places, text) = place(index, row, world);
                    (places, Some(text))
                }
                Change::Remove { .. } => (Vec::new(), None),
            };
            let standing = self.places.entry(key).or_default();
            let left = standing.iter().filter(|id| !places.contains(id)).copied();
            let left: Vec<PartitionId> = left.collect();
            *standing = places.iter().copied().collect();
            let all = left.iter().map(|id| (*id, None));
            let all = all.chain(places.iter().map(|id| (*id, text.clone())));
            for (partition, text) in all {
                let fresh = || Touch {
                    cmd_id,
                    partition,
                    writes: Vec::new(),
                };
                let touch = touched.entry(partition).or_insert_with(fresh);
                let home = places.first() == Some(&partition);
                touch.writes.push(TouchedRow { key, home, text });
            }
            for partition in &places {
                self.note_document(key, *partition);
            }
            all_places.push(places);
        }
        for touch in touched.into_values() {
            *self.counts.entry(touch.partition).or_default() += 1;
            self.touches.push(touch);
        }
        all_places
    }

    /// Numbers what was applied since the last time: one version per command and partition.
    ///
    /// `heads` says where partitions stand and is moved on.
    pub(super) fn number(&mut self, heads: &mut BTreeMap<PartitionId, Head>) -> Numbered {
        let mut numbered = Numbered::default();
        let mut writes: BTreeMap<(PartitionId, RowKey), RowWrite> = BTreeMap::new();
        for touch in std::mem::take(&mut self.touches) {
            let partition = touch.partition;
            let head = heads.entry(partition).or_default();
            head.head += 1;
            self.advance(head, &touch);
            let vers = numbered.touched.entry(touch.cmd_id).or_default();
            vers.push((partition, head.head));
            numbered.heads.insert(partition, head.clone());
            for TouchedRow { key, home, text } in touch.writes {
                let write = RowWrite {
                    partition,
                    key,
                    document: key.document,
                    home,
                    ver: head.head,
                    text,
                };
                writes.insert((partition, key), write);
            }
        }
        self.counts.clear();
        numbered.rows = writes.into_values().collect();
        numbered
    }

    /// Brings a partition's checksum and chain to its next version.
    fn advance(&mut self, head: &mut Head, touch: &Touch) {
        let mut chain = Sha256::new();
        chain.update(head.chain.as_bytes());
        chain.update(touch.cmd_id.to_string());
        for TouchedRow { key, text, .. } in &touch.writes {
            let place = (touch.partition, *key);
            if let Some((ver, text)) = self.stood.remove(&place) {
                let hash = checksum::of_row(*key, ver, &text);
                head.checksum = head.checksum.wrapping_sub(hash);
            }
            let mut row = Sha256::new();
            row.update(text.as_deref().unwrap_or("").as_bytes());
            chain.update(key.to_string());
            chain.update(row.finalize());
            if let Some(text) = text {
                let hash = checksum::of_row(*key, head.head, text);
                head.checksum = head.checksum.wrapping_add(hash);
                self.stood.insert(place, (head.head, Arc::clone(text)));
            }
        }
        head.chain = canonical::hex(&chain.finalize());
    }

    /// Every row that stands, by partition.
    pub(super) fn into_standing(self) -> BTreeMap<(PartitionId, RowKey), Stood> {
        self.stood
    }
}

/// Where this build's rule places a row of a world.
pub(super) fn placed(row: &Row, world: &World) -> Vec<PartitionId> {
    placement(row, row.document().and_then(|plan| world.document(plan)))
}

/// The text in which this build keeps a row.
pub(super) fn row_text(row: &Row) -> Arc<str> {
    serde_json::to_string(row).expect("a row serialises").into()
}
