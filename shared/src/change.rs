//! Changes: what deciding a command yields; applying one cannot fail.

use serde::{Deserialize, Serialize};

use crate::id::PlanId;
use crate::row::{Row, RowKey};

/// One change of the kept rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The row is now this.
    Put {
        /// The row.
        row: Box<Row>,
    },
    /// The row is gone.
    Remove {
        /// Which.
        key: RowKey,
        /// The document it belonged to.
        document: Option<PlanId>,
    },
}

impl Change {
    /// Says that the row is now this.
    pub fn put(row: Row) -> Self {
        Self::Put { row: Box::new(row) }
    }

    /// The key of the changed row.
    pub fn key(&self) -> RowKey {
        match self {
            Self::Put { row } => row.key(),
            Self::Remove { key, .. } => *key,
        }
    }

    /// The document of the changed row.
    pub fn document(&self) -> Option<PlanId> {
        match self {
            Self::Put { row } => row.document(),
            Self::Remove { document, .. } => *document,
        }
    }
}
