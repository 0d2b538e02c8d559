//! Loss is noticed (I16): of a device that announced work which never came, the server tells.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{CommandId, DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::sync::message::{Outcome, PushResult, Unsent};
use shared::sync::server::DeviceRow;

/// What a device said of its unsent work in a request.
#[derive(Debug, Clone, Copy)]
struct Said {
    /// When the server was done with the request.
    done: UtcMillis,
    /// The newest command that it had not handed in; `None` where it had handed in all.
    newest: Option<CommandId>,
}

/// What devices last said of work that is not handed in yet.
///
/// Of requests that the server worked on at the same time nobody knows which it noted last: what each
/// said is kept until a later request is done.
#[derive(Debug, Default)]
pub(crate) struct Announced(BTreeMap<(DeviceId, PersonId), Vec<Said>>);

impl Announced {
    /// Notes what a device said in a request that the server answered with these results, between two
    /// moments of its work.
    pub(crate) fn said(
        &mut self,
        device: (DeviceId, PersonId),
        unsent: Option<Unsent>,
        results: &[PushResult],
        (began, done): (UtcMillis, UtcMillis),
    ) {
        let Some(unsent) = unsent else { return };
        let recorded = |id: &CommandId| {
            let mut results = results.iter();
            results.any(|result| {
                let ended = result.outcome.is_recorded() || result.outcome == Outcome::IdReuse;
                result.cmd_id == *id && ended
            })
        };
        let newest = unsent.newest.filter(|newest| !recorded(newest));
        let last = self.0.entry(device).or_default();
        last.retain(|said| began <= said.done);
        last.push(Said { done, newest });
    }

    /// Checks that the server tells of every announced command that never came; says of how many.
    pub(crate) fn check(
        &self,
        log: &BTreeSet<CommandId>,
        told: &[DeviceRow],
    ) -> Result<u64, String> {
        let mut lost = 0;
        for ((device, person), last) in &self.0 {
            let came = |said: &Said| said.newest.is_none_or(|newest| log.contains(&newest));
            let Some(newest) = last.last().and_then(|said| said.newest) else {
                continue;
            };
            if last.iter().any(came) {
                continue;
            }
            let mut rows = told.iter();
            let tells = rows.any(|row| {
                let same = row.device == *device && row.person == *person;
                same && (row.lost > 0 || row.unsent.count > 0)
            });
            if !tells {
                return Err(format!(
                    "loss is noticed: {newest} of {device} never came, and nobody is told"
                ));
            }
            lost += 1;
        }
        Ok(lost)
    }
}
