//! Lane order (I7): in a lane the commands of one device run in the order in which they were made,
//! and nothing runs after a refused predecessor on which it was built.

use std::collections::BTreeMap;

use shared::id::CommandId;
use shared::lane::Lane;
use shared::partition::PartitionId;
use shared::sync::server::store::LogWrite;

use super::Verdict;

/// The last applied command of a device in a lane, and where it stands.
type Last<'a> = (CommandId, &'a [(PartitionId, u64)]);

/// Checks that nothing ran on what was refused.
pub(crate) fn check_predecessors(log: &[LogWrite]) -> Verdict {
    let by_id: BTreeMap<CommandId, &LogWrite> =
        log.iter().map(|entry| (entry.cmd_id, entry)).collect();
    for entry in log.iter().filter(|entry| entry.outcome.is_applied()) {
        let refused = |prev: &&CommandId| {
            let prev = by_id.get(*prev);
            prev.is_some_and(|prev| !prev.outcome.is_applied() && !is_later(prev, entry))
        };
        if let Some(prev) = entry.prevs.iter().find(refused) {
            return Err(format!(
                "lane order: {} ran on the refused {prev}",
                entry.cmd_id
            ));
        }
    }
    Ok(())
}

/// Says whether a command was decided after another, by a partition in which both left something:
/// one whose predecessor was lost everywhere runs without it, and a copy may bring that later.
fn is_later(one: &LogWrite, other: &LogWrite) -> bool {
    let mut places = one.touched.iter();
    places.any(|(partition, ver)| {
        let mut others = other.touched.iter();
        others.any(|(id, before)| id == partition && before < ver)
    })
}

/// Checks that the commands which a device wrote, in that order, ran in that order in each lane.
pub(crate) fn check_order(written: &[CommandId], log: &BTreeMap<CommandId, &LogWrite>) -> Verdict {
    let mut last: BTreeMap<Lane, Last<'_>> = BTreeMap::new();
    for id in written {
        let Some(entry) = log.get(id) else { continue };
        if !entry.outcome.is_applied() {
            continue;
        }
        let touched = entry.touched.as_slice();
        for lane in &entry.lanes {
            if let Some((earlier, places)) = last.insert(*lane, (*id, touched)) {
                let overtaken = places.iter().any(|(partition, ver)| {
                    let mut later = touched.iter();
                    later.any(|(id, after)| id == partition && after <= ver)
                });
                if overtaken {
                    return Err(format!("lane order: {id} ran before {earlier} in {lane}"));
                }
            }
        }
    }
    Ok(())
}
