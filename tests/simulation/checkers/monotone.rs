//! Monotone (I11): within one life of the server a device's cursors and grants never go back, and
//! nothing is kept without a grant.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use shared::id::Epoch;
use shared::partition::PartitionId;
use shared::sync::client::storage::{Batch, Contents, Op, Store};

use super::Verdict;

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct State {
    epoch: Epoch,
    grants_ver: u64,
    granted: BTreeSet<PartitionId>,
}

#[derive(Debug, Clone, Deserialize)]
struct Cursor {
    ver: u64,
}

/// What a disk's cache has shown so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Watch {
    state: Option<State>,
    cursors: BTreeMap<PartitionId, u64>,
}

impl Watch {
    /// Begins anew from what stands in a cache, after a power cut or another build.
    pub(crate) fn reset(&mut self, mut cache: Contents) {
        let state = cache.remove(&Store::State).unwrap_or_default();
        self.state = state
            .first()
            .and_then(|(_, text)| serde_json::from_str(text).ok());
        let cursors = cache.remove(&Store::Partitions).unwrap_or_default();
        let cursor = |(id, text): (String, String)| {
            Some((
                id.parse().ok()?,
                serde_json::from_str::<Cursor>(&text).ok()?.ver,
            ))
        };
        self.cursors = cursors.into_iter().filter_map(cursor).collect();
    }

    /// Looks at a batch that was written to the cache.
    pub(crate) fn cache_written(&mut self, batch: &Batch) -> Verdict {
        let put_state = batch.ops.iter().find_map(|op| match op {
            Op::Put {
                store: Store::State,
                value,
                ..
            } => Some(value),
            _ => None,
        });
        if let Some(text) = put_state {
            let state: State = serde_json::from_str(text).map_err(|error| error.to_string())?;
            let same_life = self
                .state
                .as_ref()
                .filter(|before| before.epoch == state.epoch);
            if same_life.is_some_and(|before| before.grants_ver > state.grants_ver) {
                return Err(format!("monotone: grants go back to {state:?}"));
            }
            self.state = Some(state);
        }
        for op in &batch.ops {
            match op {
                Op::Clear {
                    store: Store::Partitions,
                } => self.cursors.clear(),
                Op::Delete {
                    store: Store::Partitions,
                    key,
                } => {
                    if let Ok(id) = key.parse() {
                        self.cursors.remove(&id);
                    }
                }
                Op::Put {
                    store: Store::Partitions,
                    key,
                    value,
                } => self.moved(key, value)?,
                _ => {}
            }
        }
        let granted = self.state.as_ref().map(|state| &state.granted);
        let foreign = self
            .cursors
            .keys()
            .find(|id| granted.is_none_or(|all| !all.contains(id)));
        foreign.map_or(Ok(()), |id| {
            Err(format!("confidentiality: {id} is kept without a grant"))
        })
    }

    fn moved(&mut self, key: &str, value: &str) -> Verdict {
        let id: PartitionId = key
            .parse()
            .map_err(|_| format!("{key} names no partition"))?;
        let ver = serde_json::from_str::<Cursor>(value)
            .map_err(|error| error.to_string())?
            .ver;
        let before = self.cursors.insert(id, ver);
        if before.is_some_and(|before| before > ver) {
            return Err(format!(
                "monotone: the cursor of {id} goes from {before:?} to {ver}"
            ));
        }
        Ok(())
    }
}
