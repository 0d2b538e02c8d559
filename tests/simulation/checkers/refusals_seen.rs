//! Refusals are seen (I5): every command that was not applied waits for its author, until the
//! author has dealt with it.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::CommandId;
use shared::sync::message::Outcome;

use super::Verdict;

/// Checks that every command of a disk that the server did not apply waits for its author, and
/// that none that it applied does.
///
/// Of two copies of a disk, one may know the refusal of a life of the server that is forgotten,
/// while the other handed the command in anew; of two tabs too, where no new epoch told them of
/// it. `forgets` says that this may have been so.
pub(crate) fn check(
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
