//! A page of changes: what a store fills until it is full.
//!
//! A page ends between two versions of a partition, never within one, so that whoever has it can go
//! on counting from there; and it always holds at least one version, so that pages come to an end.

use std::sync::Arc;

use crate::id::PlanId;
use crate::partition::PartitionId;
use crate::row::RowKey;
use crate::sync::server::store::{Changed, Head, Snapshot};

/// What a removal counts for, in bytes: about its key in an answer.
const GONE: usize = 120;

/// A change of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// It stands, with this text.
    Stands(Arc<str>),
    /// It is gone.
    Gone(RowKey, Option<PlanId>),
}

/// A page that is being filled.
#[derive(Debug)]
pub struct Page {
    changed: Vec<Changed>,
    /// The version of the last entry in the last partition; `None` while there is none.
    last: Option<u64>,
    left: usize,
    more: bool,
}

impl Page {
    /// Begins a page that is full at `most` bytes of rows.
    pub const fn new(most: usize) -> Self {
        Self {
            changed: Vec::new(),
            last: None,
            left: most,
            more: false,
        }
    }

    /// Begins a partition that has changes, in the order of partitions; `false` when the page is
    /// full and the partition does not come into it.
    pub fn begin(&mut self, partition: PartitionId, head: Head, floor: u64, whole: bool) -> bool {
        self.more |= self.left == 0;
        if self.more {
            return false;
        }
        self.last = None;
        self.changed.push(Changed {
            partition,
            head,
            rows: vec![],
            gone: vec![],
            whole,
            cut: None,
            floor,
        });
        true
    }

    /// Adds a change to the partition that was begun last, in the order of versions; `false` when
    /// the page is full and this and all later changes do not come into it.
    pub fn add(&mut self, ver: u64, entry: Entry) -> bool {
        let Some(changed) = self.changed.last_mut() else {
            return false;
        };
        if self.left == 0 && self.last.is_some_and(|last| last < ver) {
            changed.cut = self.last;
            self.more = true;
        }
        if self.more {
            return false;
        }
        self.last = Some(ver);
        match entry {
            Entry::Stands(text) => {
                self.left = self.left.saturating_sub(text.len());
                changed.rows.push((ver, text));
            }
            Entry::Gone(..) if changed.whole => {}
            Entry::Gone(key, document) => {
                self.left = self.left.saturating_sub(GONE);
                changed.gone.push((key, document));
            }
        }
        true
    }

    /// Ends the page.
    pub fn into_snapshot(self, organisation_ver: u64) -> Snapshot {
        Snapshot {
            organisation_ver,
            changed: self.changed,
            more: self.more,
        }
    }
}
