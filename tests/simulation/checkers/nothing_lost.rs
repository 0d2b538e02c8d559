//! Nothing lost (I1): what a device said it kept is on it or at the server.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::CommandId;
use shared::sync::message::Outcome;

use super::Verdict;

/// Checks that every kept command of a disk is somewhere.
///
/// `held` are the commands on the disk; `excused` those with which the author has dealt, or which
/// were in the archive for longer than anything is kept there.
pub(crate) fn check(
    kept: &[CommandId],
    held: &BTreeSet<CommandId>,
    excused: impl Fn(&CommandId) -> bool,
    log: &BTreeMap<CommandId, Outcome>,
) -> Verdict {
    let lost = |id: &&CommandId| !held.contains(id) && !log.contains_key(id) && !excused(id);
    match kept.iter().find(lost) {
        Some(id) => Err(format!("nothing lost: {id} was kept and is nowhere")),
        None => Ok(()),
    }
}
