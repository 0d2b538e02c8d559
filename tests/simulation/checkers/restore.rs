//! Restore (I13): whatever backup a server went back to, every command that a device still holds
//! ends with an outcome again.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::CommandId;
use shared::sync::message::Outcome;

use super::Verdict;

/// Checks that the server has an outcome for every command that a device would hand in, or has
/// handed in and still keeps.
pub(crate) fn check(
    held: &BTreeSet<CommandId>,
    attention: &BTreeSet<CommandId>,
    log: &BTreeMap<CommandId, Outcome>,
) -> Verdict {
    // A refused command has its outcome on the device: its author was told, and decides.
    let mut unanswered = held
        .difference(attention)
        .filter(|id| !log.contains_key(id));
    match unanswered.next() {
        Some(id) => Err(format!("restore: {id} is held and has no outcome")),
        None => Ok(()),
    }
}
