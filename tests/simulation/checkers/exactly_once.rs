//! Exactly once (I2): every version of every partition was made by one logged command.
//!
//! A command whose effect were committed twice would stand behind two versions of a partition, and
//! one whose effect were overwritten by another's would share its version with it.

use std::collections::BTreeMap;

use shared::id::CommandId;
use shared::partition::PartitionId;
use shared::sync::server::store::LogWrite;

use super::Verdict;

/// Checks that the versions which the log names are each named once, and none is left out.
pub(crate) fn check(log: &[LogWrite], heads: &BTreeMap<PartitionId, u64>) -> Verdict {
    let mut makers: BTreeMap<(PartitionId, u64), CommandId> = BTreeMap::new();
    for entry in log {
        for version in &entry.touched {
            if let Some(other) = makers.insert(*version, entry.cmd_id) {
                let (id, ver) = version;
                let both = (other, entry.cmd_id);
                return Err(format!("exactly once: {ver} of {id} was made by {both:?}"));
            }
        }
    }
    for (id, head) in heads {
        let named = makers.range((*id, 0)..=(*id, u64::MAX)).count() as u64;
        if named != *head {
            return Err(format!(
                "exactly once: {id} stands at {head}, and the log names {named} of its versions"
            ));
        }
    }
    Ok(())
}
