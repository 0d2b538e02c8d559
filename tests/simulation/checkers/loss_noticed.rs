//! Loss is noticed (I16): of a device that announced work which never came, the server tells.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{CommandId, DeviceId, PersonId};
use shared::sync::message::{Outcome, PushResult, Unsent};
use shared::sync::server::DeviceRow;

/// The newest command that each device last announced as not handed in yet.
#[derive(Debug, Default)]
pub(crate) struct Announced(BTreeMap<(DeviceId, PersonId), CommandId>);

impl Announced {
    /// Notes what a device said in a request that the server answered with these results.
    pub(crate) fn said(
        &mut self,
        device: (DeviceId, PersonId),
        unsent: Option<Unsent>,
        results: &[PushResult],
    ) {
        let Some(unsent) = unsent else { return };
        let recorded = |id: &CommandId| {
            let mut results = results.iter();
            results.any(|result| {
                let ended = result.outcome.is_recorded() || result.outcome == Outcome::IdReuse;
                result.cmd_id == *id && ended
            })
        };
        match unsent.newest.filter(|newest| !recorded(newest)) {
            Some(newest) => drop(self.0.insert(device, newest)),
            None => drop(self.0.remove(&device)),
        }
    }

    /// Checks that the server tells of every announced command that never came; says of how many.
    pub(crate) fn check(
        &self,
        log: &BTreeSet<CommandId>,
        told: &[DeviceRow],
    ) -> Result<u64, String> {
        let mut lost = 0;
        for ((device, person), newest) in &self.0 {
            if log.contains(newest) {
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
