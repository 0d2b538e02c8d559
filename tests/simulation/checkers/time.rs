//! Time (I15): no outcome except the deadline label depends on a device clock.
//!
//! The same deeds, done by the same people at the same true times on devices whose clocks are wrong
//! in another way, leave the same history, but for what a device claimed and what was made of that.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::id::CommandId;
use shared::partition::PartitionId;
use shared::sync::server::{MemoryStore, Store as _};

use crate::executor::at_once;

/// Members of a row that may depend on a device clock: what was claimed, the labels that follow from
/// it, and digests over results that contain it.
const CLAIMS: [&str; 4] = ["claimed", "label", "digest", "inputs_digest"];

/// How a command ended, and in which versions.
type Ended = (&'static str, Vec<(PartitionId, u64)>);

/// Compares two histories; gives in how many rows what a device claimed made a difference.
pub(crate) fn compare(one: &MemoryStore, other: &MemoryStore) -> Result<u64, String> {
    let (first, second) = (outcomes(one), outcomes(other));
    if first != second {
        // What ended in another way comes first; what only stands elsewhere follows from it.
        let ids = || first.keys().chain(second.keys());
        let word = |of: &BTreeMap<CommandId, Ended>, id| of.get(id).map(|ended: &Ended| ended.0);
        let ended = ids().find(|id| word(&first, id) != word(&second, id));
        let differ = ended.or_else(|| ids().find(|id| first.get(id) != second.get(id)));
        let both = differ.map(|id| (id, first.get(id), second.get(id)));
        return Err(format!("time: by other clocks {both:?}"));
    }
    let mut told = 0;
    for partition in at_once(one.partitions()).map_err(|error| error.to_string())? {
        let (rows, others) = (one.rows(partition), other.rows(partition));
        if !rows.keys().eq(others.keys()) {
            return Err(format!("time: by other clocks {partition} has other rows"));
        }
        for ((key, (_, text)), (_, changed)) in rows.iter().zip(others.values()) {
            if text == changed {
                continue;
            }
            let (row, changed) = (without_claims(text)?, without_claims(changed)?);
            if row != changed {
                return Err(format!(
                    "time: by other clocks {key} is {changed}, not {row}"
                ));
            }
            told += 1;
        }
    }
    Ok(told)
}

/// What became of each command, and where; a refusal may quote what a device claimed.
fn outcomes(store: &MemoryStore) -> BTreeMap<CommandId, Ended> {
    let log = store.log().into_iter();
    log.map(|entry| (entry.cmd_id, (entry.outcome.word(), entry.touched)))
        .collect()
}

fn without_claims(text: &str) -> Result<Value, String> {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|key, _| !CLAIMS.contains(&key.as_str()));
                // A command that was not applied is kept in its own words, claims and all.
                if let Some(Value::String(bytes)) = members.remove("bytes") {
                    let mut command = serde_json::from_str(&bytes).unwrap_or(Value::Null);
                    if let Value::Object(members) = &mut command {
                        members.remove("made");
                    }
                    members.insert("command".to_owned(), command);
                }
                members.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    strip(&mut value);
    Ok(value)
}
