//! Exactly once: the log, replayed from nothing, gives the very rows that stand.
//!
//! Every version of every partition was made by one logged command; deciding each again, at its
//! place in the history, gives the changes that were stored; each was executed with the right to
//! do so, on content that its signer saw, and on no predecessor that was refused. What was not
//! applied leaves one row with its author, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use shared::change::Change;
use shared::command::{Command, MadeCommand};
use shared::digest;
use shared::id::CommandId;
use shared::moment::Moment;
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::row::{Row, RowKey};
use shared::sync::server::MemoryStore;
use shared::sync::server::store::LogWrite;
use shared::unapplied::Unapplied;
use shared::world::{Holdings, World};

use super::{Verdict, authority};

/// A recorded command of the log, and the versions that it made.
type Recorded<'a> = (&'a LogWrite, &'a [(PartitionId, u64)]);

/// The history as far as it is replayed.
struct Replay {
    world: World,
    vers: BTreeMap<PartitionId, u64>,
    rows: BTreeMap<(PartitionId, RowKey), (u64, String)>,
    /// How many commands that are left stood on a version.
    readers: BTreeMap<(PartitionId, u64), usize>,
}

/// Replays the log of a store and compares.
pub(crate) fn check(store: &MemoryStore, partitions: &[PartitionId]) -> Verdict {
    let log = store.log();
    let recorded: BTreeMap<(CommandId, u32), Recorded<'_>> = log
        .iter()
        .map(|entry| {
            let turn = (entry.cmd_id, entry.turn);
            (turn, (entry, entry.touched.as_slice()))
        })
        .collect();
    let applied = |entry: &&Recorded<'_>| entry.0.outcome.is_applied();
    for (entry, _) in recorded.values().filter(applied) {
        let refused = |prev: &&CommandId| {
            log.iter()
                .any(|e| e.cmd_id == **prev && !e.outcome.is_applied())
        };
        if let Some(prev) = entry.prevs.iter().find(refused) {
            return Err(format!(
                "lane order: {} ran on the refused {prev}",
                entry.cmd_id
            ));
        }
    }
    let mut replay = Replay {
        world: World::new(Holdings::Everything),
        vers: BTreeMap::new(),
        rows: BTreeMap::new(),
        readers: BTreeMap::new(),
    };
    for read in recorded.values().flat_map(|(entry, _)| &entry.reads) {
        *replay.readers.entry(*read).or_default() += 1;
    }
    let mut left: Vec<_> = recorded.values().collect();
    while !left.is_empty() {
        let before = left.len();
        let mut waiting = Vec::with_capacity(before);
        for entry in left {
            if replay.is_next(entry.0, entry.1) {
                replay.execute(entry.0, entry.1)?;
            } else {
                waiting.push(entry);
            }
        }
        left = waiting;
        if left.len() == before {
            let stuck = left
                .iter()
                .map(|(entry, touched)| format!("{} {touched:?}", entry.cmd_id));
            let stuck: Vec<String> = stuck.collect();
            return Err(format!(
                "exactly once: no order of the log explains {stuck:?}"
            ));
        }
    }
    replay.compare(store, partitions)
}

impl Replay {
    fn ver(&self, partition: PartitionId) -> u64 {
        self.vers.get(&partition).copied().unwrap_or(0)
    }

    fn is_next(&self, entry: &LogWrite, touched: &[(PartitionId, u64)]) -> bool {
        let reads = entry.reads.iter().all(|(id, ver)| self.ver(*id) == *ver);
        let unread = |id: PartitionId| {
            let stood = (id, self.ver(id));
            let own = usize::from(entry.reads.contains(&stood));
            self.readers.get(&stood).copied().unwrap_or(0) == own
        };
        let follows = |(id, ver): &(PartitionId, u64)| self.ver(*id) + 1 == *ver && unread(*id);
        reads && touched.iter().all(follows)
    }

    fn execute(&mut self, entry: &LogWrite, touched: &[(PartitionId, u64)]) -> Verdict {
        let id = entry.cmd_id;
        let changes: Vec<Change> = serde_json::from_str(&entry.changes)
            .map_err(|error| format!("changes of {id} cannot be read: {error}"))?;
        if entry.outcome.is_applied() {
            self.check_applied(entry, &changes)?;
        } else {
            self.check_unapplied(entry, &changes)?;
        }
        let vers: BTreeMap<PartitionId, u64> = touched.iter().copied().collect();
        for change in &changes {
            self.apply(change, &vers)
                .map_err(|found| format!("replay: {id}: {found}"))?;
        }
        self.vers.extend(vers);
        for read in &entry.reads {
            self.readers.entry(*read).and_modify(|left| *left -= 1);
        }
        Ok(())
    }

    /// What was not applied stands with its author, in the place of what it should replace.
    fn check_unapplied(&self, entry: &LogWrite, changes: &[Change]) -> Verdict {
        let is_own = |row: &Unapplied| {
            let same = row.command == entry.cmd_id && row.outcome == entry.outcome;
            same && row.person == entry.actor && row.bytes == entry.bytes
        };
        let left = match changes {
            [settled @ .., Change::Put { row }] if settled.len() < 2 => {
                let own = matches!(&**row, Row::Unapplied(row) if is_own(row));
                own && settled.iter().all(|change| self.settles(entry, change))
            }
            _ => false,
        };
        if left {
            return Ok(());
        }
        Err(format!(
            "refusals are seen: {} ended as {:?} and left {changes:?}",
            entry.cmd_id, entry.outcome
        ))
    }

    /// Says whether a change takes away what the command's own author replaces by it.
    fn settles(&self, entry: &LogWrite, change: &Change) -> bool {
        let made = MadeCommand::read(&entry.bytes).ok();
        let replaced = made.and_then(|made| made.supersedes);
        let replaced = replaced.and_then(|id| self.world.unapplied().get(&id));
        replaced.is_some_and(|row| {
            row.person == entry.actor && change.key() == Row::Unapplied(row.clone()).key()
        })
    }

    fn check_applied(&self, entry: &LogWrite, changes: &[Change]) -> Verdict {
        let id = entry.cmd_id;
        let made = MadeCommand::read(&entry.bytes);
        let made =
            made.map_err(|refusal| format!("an unreadable command is applied: {refusal:?}"))?;
        let moment = Moment {
            made: made.made,
            received: entry.received_at,
            recorded: entry.recorded_at,
            utc_offset: self.world.organisation().utc_offset(),
        };
        self.check_right(entry, &made.command, &moment)?;
        self.check_signature(entry, &made.command)?;
        // What changed nothing stands in no partition, and so at no exact place of the history.
        let again = self.world.decide(&made.command, entry.actor, &moment);
        let decided = match changes.split_last() {
            Some((last, others)) if self.settles(entry, last) => others,
            _ => changes,
        };
        if changes.is_empty() || again.as_deref() == Ok(decided) {
            return Ok(());
        }
        Err(format!(
            "replay: {id} was {changes:?}, decided again {again:?}"
        ))
    }

    fn check_right(&self, entry: &LogWrite, command: &Command, moment: &Moment) -> Verdict {
        let document = command
            .document()
            .and_then(|plan| self.world.document(plan));
        let organisation = self.world.organisation();
        if authority::may(organisation, entry.actor, command, document, moment.today()) {
            return Ok(());
        }
        let (actor, day) = (entry.actor, moment.today());
        Err(format!(
            "authority: {actor} had no right on {day} to {command:?}"
        ))
    }

    /// A signature binds what stands there, and stands there is what the signer saw.
    fn check_signature(&self, entry: &LogWrite, command: &Command) -> Verdict {
        let seen = match command {
            Command::SubmitPlan(args) => &args.seen,
            Command::ApprovePlan(args) => &args.seen,
            Command::ReturnPlan(args) => &args.seen,
            _ => return Ok(()),
        };
        let document = command
            .document()
            .and_then(|plan| self.world.document(plan));
        let content = document.and_then(|d| Some(digest::plan_content(d.plan.as_ref()?, d)));
        if content.as_ref() == Some(seen) {
            return Ok(());
        }
        Err(format!(
            "signature: {} signed content that it did not show",
            entry.cmd_id
        ))
    }

    fn apply(&mut self, change: &Change, vers: &BTreeMap<PartitionId, u64>) -> Verdict {
        self.world.apply(change);
        let key = change.key();
        let (places, text) = match change {
            Change::Remove { .. } => (BTreeSet::new(), String::new()),
            Change::Put { row } => {
                let document = change.document().and_then(|plan| self.world.document(plan));
                let text = serde_json::to_string(row).map_err(|error| error.to_string())?;
                (placement(row, document).into_iter().collect(), text)
            }
        };
        self.rows
            .retain(|(partition, kept), _| *kept != key || places.contains(partition));
        for partition in places {
            let ver = vers
                .get(&partition)
                .ok_or(format!("{partition} is not named as touched"))?;
            self.rows.insert((partition, key), (*ver, text.clone()));
        }
        Ok(())
    }

    fn compare(&self, store: &MemoryStore, partitions: &[PartitionId]) -> Verdict {
        for partition in partitions {
            let standing: BTreeMap<_, _> = store.rows(*partition);
            let replayed = self.rows.iter().filter(|((id, _), _)| id == partition);
            let replayed: BTreeMap<RowKey, (u64, &str)> = replayed
                .map(|((_, key), (ver, text))| (*key, (*ver, text.as_str())))
                .collect();
            let standing: BTreeMap<RowKey, (u64, &str)> = standing
                .iter()
                .map(|(key, (ver, text))| (*key, (*ver, &**text)))
                .collect();
            if replayed != standing {
                return Err(format!(
                    "replay: {partition} is {standing:?}, replayed {replayed:?}"
                ));
            }
        }
        Ok(())
    }
}
