//! Nothing lost: what a device said it kept is on it or at the server, and refusals are seen.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::CommandId;
use shared::sync::message::Outcome;

use super::Verdict;

/// Checks that every kept command of a disk is somewhere.
///
/// `held` are the commands on the disks of that storage and its copies, `settled` the refused ones
/// with which the author has dealt.
pub(crate) fn check_kept(
    kept: &[CommandId],
    held: &BTreeSet<CommandId>,
    settled: &BTreeSet<CommandId>,
    log: &BTreeMap<CommandId, Outcome>,
) -> Verdict {
    let lost =
        |id: &&CommandId| !held.contains(id) && !settled.contains(id) && !log.contains_key(id);
    match kept.iter().find(lost) {
        Some(id) => Err(format!("nothing lost: {id} was kept and is nowhere")),
        None => Ok(()),
    }
}

/// Checks that every command of a disk that the server did not apply waits for its author, and
/// that none that it applied does.
///
/// Of two copies of a disk, one may know the refusal of a life of the server that is forgotten,
/// while the other handed the command in anew: `forgets` says that this may have been so.
pub(crate) fn check_refusals(
    made: &[CommandId],
    attention: &BTreeSet<CommandId>,
    settled: &BTreeSet<CommandId>,
    log: &BTreeMap<CommandId, Outcome>,
    forgets: bool,
) -> Verdict {
    for id in made.iter().filter(|id| !settled.contains(id)) {
        let Some(outcome) = log.get(id) else { continue };
        if !outcome.is_applied() && !attention.contains(id) {
            return Err(format!(
                "refusals are seen: {id} was {outcome:?} and nobody is told"
            ));
        }
        if !forgets && outcome.is_applied() && attention.contains(id) {
            return Err(format!(
                "refusals are seen: {id} was applied and is shown as refused"
            ));
        }
    }
    Ok(())
}
