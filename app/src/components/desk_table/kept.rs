//! What this device remembers of a table: how it is sorted, and which columns are put away.

use serde::{Deserialize, Serialize};

use crate::device;

/// How somebody wants a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The key of the column by which it is sorted, and whether from the most.
    #[serde(default)]
    pub(super) sort: Option<(String, bool)>,
    /// Keys of the columns that are put away.
    #[serde(default)]
    pub(super) away: Vec<String>,
}

impl Kept {
    /// What is remembered of a table.
    pub(super) fn of(name: &str) -> Self {
        device::table(name)
    }

    /// Remembers it; a full device forgets it with the page.
    pub(super) fn keep(&self, name: &str) {
        device::keep_table(name, self);
    }

    /// Sorts by a column, turns the order round, or leaves it as it came.
    pub(super) fn turn(&mut self, column: &str) {
        self.sort = match self.sort.take() {
            Some((by, false)) if by == column => Some((by, true)),
            Some((by, true)) if by == column => None,
            _ => Some((column.to_owned(), false)),
        };
    }

    /// Puts a column away, or takes it back.
    pub(super) fn put(&mut self, column: &str, away: bool) {
        self.away.retain(|one| one != column);
        if away {
            self.away.push(column.to_owned());
        }
    }
}
