//! Replay (I12): the log, executed from nothing, gives the very rows, checksums and chains.
//!
//! Every version of every partition was made by one logged command; deciding each again, at its
//! place in the history, gives the changes that were stored. The history of the founding is the
//! same in every run, so that it is replayed once, and every run goes on from there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use shared::canonical;
use shared::change::Change;
use shared::command::MadeCommand;
use shared::id::CommandId;
use shared::moment::Moment;
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::row::{Row, RowKey};
use shared::sync::checksum;
use shared::sync::server::store::{Head, LogWrite};
use shared::sync::server::{self, MemoryStore, Store as _};
use shared::unapplied::Unapplied;
use shared::world::{Holdings, World};

use super::{Verdict, authority, signatures};
use crate::executor::at_once;

/// A row in a partition, as the replay has it.
type Standing = (u64, Arc<str>);

/// The history as far as it is replayed.
#[derive(Debug, Clone)]
pub(crate) struct Replay {
    world: World,
    heads: BTreeMap<PartitionId, Head>,
    rows: BTreeMap<(PartitionId, RowKey), Standing>,
    places: BTreeMap<RowKey, BTreeSet<PartitionId>>,
    /// How many commands that are left stood on a version.
    readers: BTreeMap<(PartitionId, u64), usize>,
    /// The entries that are replayed.
    done: BTreeMap<(CommandId, u32), LogWrite>,
    /// How often a row left one partition and came into another.
    pub(crate) moves: u64,
}

impl Replay {
    /// Begins with nothing.
    pub(crate) fn begin() -> Self {
        Self {
            world: World::new(Holdings::Everything),
            heads: BTreeMap::new(),
            rows: BTreeMap::new(),
            places: BTreeMap::new(),
            readers: BTreeMap::new(),
            done: BTreeMap::new(),
            moves: 0,
        }
    }

    /// Goes on to the end of a log, and remembers what it has seen.
    pub(crate) fn go_on(&mut self, log: &[LogWrite]) -> Verdict {
        let known = log.iter().filter(|entry| {
            let seen = self.done.get(&(entry.cmd_id, entry.turn));
            seen.is_some_and(|seen| seen == *entry)
        });
        if known.count() != self.done.len() {
            return Err("replay: the beginning of the log is not what it was".to_owned());
        }
        let fresh = log
            .iter()
            .filter(|entry| !self.done.contains_key(&(entry.cmd_id, entry.turn)));
        let mut left: Vec<&LogWrite> = fresh.collect();
        for read in left.iter().flat_map(|entry| &entry.reads) {
            *self.readers.entry(*read).or_default() += 1;
        }
        while !left.is_empty() {
            let before = left.len();
            let mut waiting = Vec::with_capacity(before);
            for entry in left {
                if self.is_next(entry) {
                    self.execute(entry)?;
                } else {
                    waiting.push(entry);
                }
            }
            left = waiting;
            if left.len() == before {
                let stuck = left
                    .iter()
                    .map(|entry| format!("{} {:?}", entry.cmd_id, entry.touched));
                let stuck: Vec<String> = stuck.collect();
                return Err(format!("replay: no order of the log explains {stuck:?}"));
            }
        }
        Ok(())
    }

    /// Remembers a log as replayed, so that other runs may go on from here.
    pub(crate) fn keep(&mut self, log: Vec<LogWrite>) {
        self.done = log
            .into_iter()
            .map(|entry| ((entry.cmd_id, entry.turn), entry))
            .collect();
        self.moves = 0;
    }

    fn ver(&self, partition: PartitionId) -> u64 {
        self.heads.get(&partition).map_or(0, |head| head.head)
    }

    fn is_next(&self, entry: &LogWrite) -> bool {
        let reads = entry.reads.iter().all(|(id, ver)| self.ver(*id) == *ver);
        let unread = |id: PartitionId| {
            let stood = (id, self.ver(id));
            let own = usize::from(entry.reads.contains(&stood));
            self.readers.get(&stood).copied().unwrap_or(0) == own
        };
        let follows = |(id, ver): &(PartitionId, u64)| self.ver(*id) + 1 == *ver && unread(*id);
        reads && entry.touched.iter().all(follows)
    }

    fn execute(&mut self, entry: &LogWrite) -> Verdict {
        let id = entry.cmd_id;
        let changes: Vec<Change> = serde_json::from_str(&entry.changes)
            .map_err(|error| format!("changes of {id} cannot be read: {error}"))?;
        if entry.outcome.is_applied() {
            self.check_applied(entry, &changes)?;
        } else {
            self.check_unapplied(entry, &changes)?;
        }
        self.apply(id, &changes, &entry.touched)
            .map_err(|found| format!("replay: {id}: {found}"))?;
        for read in &entry.reads {
            self.readers.entry(*read).and_modify(|left| *left -= 1);
        }
        Ok(())
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
        let (day, command) = (moment.today(), &made.command);
        authority::check(&self.world, entry.actor, command, day)?;
        signatures::check(&self.world, id, command)?;
        let again = self.world.decide(command, entry.actor, &moment);
        let decided = match changes.split_last() {
            Some((last, others)) if self.settles(entry, last) => others,
            _ => changes,
        };
        // What changed nothing stands in no partition, and so at no exact place of the history.
        if changes.is_empty() || again.as_deref() == Ok(decided) {
            return Ok(());
        }
        Err(format!(
            "replay: {id} was {changes:?}, decided again {again:?}"
        ))
    }

    /// What was not applied stands with its author, in the place of what it should replace, and
    /// changes nothing else.
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

    fn apply(
        &mut self,
        cmd_id: CommandId,
        changes: &[Change],
        touched: &[(PartitionId, u64)],
    ) -> Verdict {
        let mut chains: BTreeMap<PartitionId, Sha256> = BTreeMap::new();
        for (id, ver) in touched {
            let head = self.heads.entry(*id).or_default();
            let mut chain = Sha256::new();
            chain.update(head.chain.as_bytes());
            chain.update(cmd_id.to_string());
            chains.insert(*id, chain);
            head.head = *ver;
        }
        for change in changes {
            self.world.apply(change);
            let key = change.key();
            let (places, text) = match change {
                Change::Remove { .. } => (Vec::new(), Arc::from("")),
                Change::Put { row } => {
                    let document = change.document().and_then(|plan| self.world.document(plan));
                    let text = serde_json::to_string(row).map_err(|error| error.to_string())?;
                    (placement(row, document), Arc::from(text))
                }
            };
            let before = std::mem::take(self.places.entry(key).or_default());
            let after: BTreeSet<PartitionId> = places.into_iter().collect();
            let came = after.difference(&before).next().is_some();
            let left = before.difference(&after);
            self.moves += u64::from(came && left.clone().next().is_some());
            for partition in left.chain(&after) {
                let chain = chains
                    .get_mut(partition)
                    .ok_or_else(|| format!("{partition} is not named as touched"))?;
                let text = after.contains(partition).then_some(&text);
                self.put(chain, (*partition, key), text);
            }
            self.places.insert(key, after);
        }
        for (id, chain) in chains {
            let head = self.heads.entry(id).or_default();
            head.chain = canonical::hex(&chain.finalize());
        }
        Ok(())
    }

    /// Puts a row into a partition, or takes it out, and moves the checksum and the chain on.
    fn put(&mut self, chain: &mut Sha256, place: (PartitionId, RowKey), text: Option<&Arc<str>>) {
        let head = self.heads.entry(place.0).or_default();
        if let Some((ver, text)) = self.rows.remove(&place) {
            let gone = checksum::of_row(place.1, ver, &text);
            head.checksum = head.checksum.wrapping_sub(gone);
        }
        let row = Sha256::digest(text.map_or("", AsRef::as_ref).as_bytes());
        chain.update(place.1.to_string());
        chain.update(row);
        if let Some(text) = text {
            let new = checksum::of_row(place.1, head.head, text);
            head.checksum = head.checksum.wrapping_add(new);
            self.rows.insert(place, (head.head, Arc::clone(text)));
        }
    }

    /// Compares rows, checksums and chains with what stands.
    pub(crate) fn compare(&self, store: &MemoryStore) -> Verdict {
        let failed = |error| format!("memory fails: {error}");
        let partitions = at_once(store.partitions()).map_err(failed)?;
        let heads = at_once(store.heads(&partitions.iter().copied().collect())).map_err(failed)?;
        if heads != self.heads {
            return Err(format!(
                "replay: the heads are {heads:?}, replayed {:?}",
                self.heads
            ));
        }
        let mut replayed: BTreeMap<PartitionId, BTreeMap<RowKey, Standing>> = BTreeMap::new();
        for ((partition, key), standing) in &self.rows {
            let rows = replayed.entry(*partition).or_default();
            rows.insert(*key, standing.clone());
        }
        for partition in partitions {
            let replayed = replayed.remove(&partition).unwrap_or_default();
            let standing = store.rows(partition);
            if replayed != standing {
                return Err(format!(
                    "replay: {partition} is {standing:?}, replayed {replayed:?}"
                ));
            }
        }
        Ok(())
    }
}

/// Lets the server's own check replay its log, refusals too; it may find no more than this one.
pub(crate) fn by_the_server(store: &MemoryStore) -> Verdict {
    match at_once(server::replay::replay(store, &store.log())) {
        Ok(_) => Ok(()),
        Err(difference) => Err(format!("replay: the server finds {difference}")),
    }
}
