//! No flicker (I10): between "kept" and "visible to others" the author's view has the effect.
//!
//! A command leaves the view when it goes to the archive; by then its effect has been pulled.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::id::{CommandId, Epoch};
use shared::partition::PartitionId;
use shared::sync::client::storage::{Batch, Op, Store};
use shared::sync::message::Outcome;

use super::Verdict;

#[derive(Deserialize)]
struct Archived {
    row: ArchivedRow,
    epoch: Epoch,
}

#[derive(Deserialize)]
struct ArchivedRow {
    cmd_id: CommandId,
}

/// Looks at a batch that a tab wrote to the outbox: what goes to the archive must be visible there.
///
/// `held` are the cursors of the tab's memory; `outcome` tells what the server's log says of a
/// command in the life `life`. A tab that knows less than another of the same device judges by
/// what it knows.
pub(crate) fn outbox_written(
    batch: &Batch,
    life: Epoch,
    held: &BTreeMap<PartitionId, u64>,
    outcome: impl Fn(CommandId) -> Option<Outcome>,
) -> Verdict {
    for op in &batch.ops {
        let Op::Put {
            store: Store::Archive,
            value,
            ..
        } = op
        else {
            continue;
        };
        let kept: Archived = serde_json::from_str(value).map_err(|error| error.to_string())?;
        let Some(Outcome::Applied { touched }) = outcome(kept.row.cmd_id) else {
            continue;
        };
        let behind =
            |(id, ver): &&(PartitionId, u64)| held.get(id).is_some_and(|cursor| cursor < ver);
        if let Some((id, ver)) = touched.iter().find(behind).filter(|_| kept.epoch == life) {
            let (cmd, at) = (kept.row.cmd_id, held.get(id));
            return Err(format!(
                "flicker: {cmd} left the view at {id} {at:?} before {ver}"
            ));
        }
    }
    Ok(())
}
