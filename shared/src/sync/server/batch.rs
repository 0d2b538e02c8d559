//! A batch: commands decided one after another over what was loaded, then written together.
//!
//! Each command sees the effects of the ones before it. A refused, skipped or panicking command
//! changes nothing but the log.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::bug::{self, Bug};
use crate::canonical;
use crate::change::Change;
use crate::command::MadeCommand;
use crate::id::CommandId;
use crate::moment::{Moment, UtcMillis};
use crate::partition::PartitionId;
use crate::placement::placement;
use crate::refusal::Refusal;
use crate::row::{Row, RowKey, RowKind};
use crate::sync::checksum;
use crate::sync::message::{Outcome, PushResult, PushedCommand};
use crate::sync::server::core::{Arrival, AtHand, payload_hash};
use crate::sync::server::store::{Commit, Head, Loaded, LogWrite, Logged, RowWrite, StoreError};
use crate::world::{Holdings, Stop, World};

/// A row's version and text in one partition.
type Stood = (u64, Arc<str>);

/// What one applied command does to one partition.
#[derive(Debug)]
struct Touch {
    cmd_id: CommandId,
    partition: PartitionId,
    writes: Vec<TouchedRow>,
}

/// What becomes of one row in one partition.
#[derive(Debug)]
struct TouchedRow {
    key: RowKey,
    home: bool,
    /// `None` when the row is gone from the partition.
    text: Option<Arc<str>>,
}

/// A batch under way.
pub(super) struct Batch {
    now: UtcMillis,
    world: World,
    at_hand: AtHand,
    places: BTreeMap<RowKey, BTreeSet<PartitionId>>,
    stood: BTreeMap<(PartitionId, RowKey), Stood>,
    loaded_heads: BTreeMap<PartitionId, Head>,
    known: BTreeMap<CommandId, Logged>,
    log: Vec<LogWrite>,
    touches: Vec<Touch>,
}

/// A batch ready to be written.
pub(super) struct Finished {
    pub(super) commit: Commit,
    vers: BTreeMap<CommandId, Vec<(PartitionId, u64)>>,
}

impl Finished {
    /// Fills in the versions that an applied command of this batch got.
    pub(super) fn complete(&self, result: &mut PushResult) {
        if let Outcome::Applied { touched } = &mut result.outcome
            && let Some(vers) = self.vers.get(&result.cmd_id)
        {
            touched.clone_from(vers);
        }
    }
}

impl Batch {
    /// Begins a batch over what was loaded.
    pub(super) fn new(
        loaded: &Loaded,
        at_hand: AtHand,
        now: UtcMillis,
    ) -> Result<Self, StoreError> {
        let organisation = Arc::clone(&at_hand.organisation);
        let mut world = World::with_organisation(organisation, Holdings::Everything);
        let mut places: BTreeMap<RowKey, BTreeSet<PartitionId>> = BTreeMap::new();
        let mut stood = BTreeMap::new();
        for row in &loaded.rows {
            let parsed: Row = serde_json::from_str(&row.text)
                .map_err(|error| StoreError::Corrupt(format!("{}: {error}", row.key)))?;
            world.put(&parsed);
            for (partition, ver) in &row.copies {
                places.entry(row.key).or_default().insert(*partition);
                stood.insert((*partition, row.key), (*ver, Arc::clone(&row.text)));
            }
        }
        let mut loaded_heads = loaded.heads.clone();
        // The organisation at hand may be newer than this snapshot; what was read is what counts.
        loaded_heads
            .entry(PartitionId::Organisation)
            .or_default()
            .head = at_hand.ver;
        let known = loaded.log.clone();
        let (log, touches) = (Vec::new(), Vec::new());
        Ok(Self {
            now,
            world,
            at_hand,
            places,
            stood,
            loaded_heads,
            known,
            log,
            touches,
        })
    }

    /// Executes the commands of one arrival in order.
    pub(super) fn execute(&mut self, arrival: &Arrival) -> Vec<PushResult> {
        let mut results = Vec::with_capacity(arrival.commands.len());
        for command in &arrival.commands {
            let outcome = self.execute_one(arrival, command);
            let poisoned = matches!(outcome, Outcome::Quarantined { .. });
            if poisoned && bug::is(Bug::PoisonBlocks) {
                self.log.retain(|entry| entry.cmd_id != command.cmd_id);
                break;
            }
            results.push(PushResult {
                cmd_id: command.cmd_id,
                outcome,
            });
        }
        results
    }

    fn execute_one(&mut self, arrival: &Arrival, command: &PushedCommand) -> Outcome {
        if command.actor != arrival.person {
            return Outcome::WrongPerson;
        }
        let hash = payload_hash(&command.bytes);
        if let Some(known) = self.known.get(&command.cmd_id)
            && !bug::is(Bug::NoIdempotence)
        {
            let same = known.payload_hash == hash && known.actor == command.actor;
            return if same {
                known.outcome.clone()
            } else {
                Outcome::IdReuse
            };
        }
        if let Some(waits) = self.waits_for(command) {
            if !waits.is_recorded() {
                return waits;
            }
            self.record(arrival, command, hash, waits.clone(), None, &[]);
            return waits;
        }
        let made = MadeCommand::read(&command.bytes);
        let (outcome, changes) = match &made {
            Err(refusal) => (
                Outcome::Quarantined {
                    refusal: refusal.clone(),
                },
                Vec::new(),
            ),
            Ok(made) => self.decide(arrival, command, made),
        };
        if outcome.is_applied() {
            self.apply(command.cmd_id, &changes);
        }
        self.record(
            arrival,
            command,
            hash,
            outcome.clone(),
            made.as_ref().ok(),
            &changes,
        );
        outcome
    }

    /// Says what a command must be answered because of its predecessors, if anything.
    fn waits_for(&self, command: &PushedCommand) -> Option<Outcome> {
        for prev in &command.prevs {
            match self.known.get(prev) {
                // Lost on both sides: only that much is excused.
                None if command.gap => {}
                None => return Some(Outcome::Need { cmd: *prev }),
                Some(entry) if entry.outcome.is_applied() || bug::is(Bug::LaneContinues) => {}
                Some(_) => return Some(Outcome::Skipped { because: *prev }),
            }
        }
        None
    }

    fn decide(
        &self,
        arrival: &Arrival,
        command: &PushedCommand,
        made: &MadeCommand,
    ) -> (Outcome, Vec<Change>) {
        let moment = Moment {
            made: made.made,
            received: arrival.received,
            recorded: self.now,
            utc_offset: self.at_hand.organisation.utc_offset(),
        };
        let decided = catch_unwind(AssertUnwindSafe(|| {
            poison(command);
            self.world.decide(&made.command, arrival.person, &moment)
        }));
        let quarantined = |at: &str| {
            let refusal = Refusal::Malformed { at: at.to_owned() };
            (Outcome::Quarantined { refusal }, Vec::new())
        };
        match decided {
            Ok(Ok(changes)) => (
                Outcome::Applied {
                    touched: Vec::new(),
                },
                changes,
            ),
            Ok(Err(Stop::Refused(refusal))) => (Outcome::Rejected { refusal }, Vec::new()),
            Ok(Err(Stop::StepLimit)) => quarantined("deciding takes too many steps"),
            Ok(Err(Stop::NotHeld)) => quarantined("the server does not hold what the rule reads"),
            Err(_) => quarantined("deciding failed"),
        }
    }

    /// Applies changes to the world, and notes what they do to each partition.
    fn apply(&mut self, cmd_id: CommandId, changes: &[Change]) {
        let mut touched: BTreeMap<PartitionId, Touch> = BTreeMap::new();
        for change in changes {
            self.world.apply(change);
            let (key, document) = (change.key(), change.document());
            let text = match change {
                Change::Put { row } => Some(row_text(row)),
                Change::Remove { .. } => None,
            };
            let places = match change {
                Change::Put { row } => {
                    placement(row, document.and_then(|plan| self.world.document(plan)))
                }
                Change::Remove { .. } => Vec::new(),
            };
            let standing = self.places.entry(key).or_default();
            let left: Vec<PartitionId> = standing
                .iter()
                .filter(|id| !places.contains(id))
                .copied()
                .collect();
            let all = left.iter().map(|id| (*id, None));
            let all = all.chain(places.iter().map(|id| (*id, text.clone())));
            for (partition, text) in all {
                let fresh = || Touch {
                    cmd_id,
                    partition,
                    writes: Vec::new(),
                };
                let touch = touched.entry(partition).or_insert_with(fresh);
                let home = places.first() == Some(&partition);
                touch.writes.push(TouchedRow { key, home, text });
            }
            *standing = places.into_iter().collect();
        }
        self.touches.extend(touched.into_values());
    }

    fn record(
        &mut self,
        arrival: &Arrival,
        command: &PushedCommand,
        payload_hash: String,
        outcome: Outcome,
        made: Option<&MadeCommand>,
        changes: &[Change],
    ) {
        let logged = Logged {
            payload_hash: payload_hash.clone(),
            actor: command.actor,
            outcome,
        };
        let reads = self.reads(command.cmd_id, made);
        if self.known.contains_key(&command.cmd_id) {
            // Only the deliberate bug comes here: the log keeps the first entry.
            return;
        }
        self.log.push(LogWrite {
            cmd_id: command.cmd_id,
            payload_hash,
            bytes: command.bytes.clone(),
            actor: command.actor,
            device: arrival.device,
            lanes: made.map(|made| made.command.lanes()).unwrap_or_default(),
            prevs: command.prevs.clone(),
            outcome: logged.outcome.clone(),
            reads,
            changes: serde_json::to_string(changes).expect("changes serialise"),
            claimed_at: made
                .map(|made| made.made.est_server_time)
                .unwrap_or_default(),
            received_at: arrival.received,
            recorded_at: self.now,
        });
        self.known.insert(command.cmd_id, logged);
    }

    /// The versions that deciding stood on, as they were before the command's own effects: of the
    /// organisation, and of the home of the plan; a replay of the log follows them.
    fn reads(&self, cmd_id: CommandId, made: Option<&MadeCommand>) -> Vec<(PartitionId, u64)> {
        let plans = made.map(|made| made.command.documents());
        let plans = plans.into_iter().flatten().map(|plan| RowKey {
            kind: RowKind::Plan,
            document: Some(plan),
            bits: plan.bits(),
        });
        let places = plans.filter_map(|plan| self.places.get(&plan)).flatten();
        let homes =
            places.filter(|id| matches!(id, PartitionId::Common(..) | PartitionId::Personal(..)));
        let mut read: BTreeSet<PartitionId> = homes.copied().collect();
        read.insert(PartitionId::Organisation);
        let stood = |id: PartitionId| {
            let loaded = self.loaded_heads.get(&id).map_or(0, |head| head.head);
            let before = self
                .touches
                .iter()
                .filter(|t| t.partition == id && t.cmd_id != cmd_id);
            (id, loaded + before.count() as u64)
        };
        read.into_iter().map(stood).collect()
    }

    /// Lists the touched partitions whose position was not part of what was loaded.
    pub(super) fn touched_unread(&self) -> BTreeSet<PartitionId> {
        let organisation = PartitionId::Organisation;
        let touched = self.touches.iter().map(|touch| touch.partition);
        touched
            .filter(|id| *id == organisation || !self.loaded_heads.contains_key(id))
            .collect()
    }

    /// Numbers the effects and makes the write of the whole batch.
    pub(super) fn finish(mut self, unread: BTreeMap<PartitionId, Head>) -> Finished {
        let organisation = PartitionId::Organisation;
        let organisation_ver = self.at_hand.ver;
        let mut heads = self.loaded_heads.clone();
        heads.extend(unread);
        let mut expected: BTreeMap<PartitionId, u64> = self
            .loaded_heads
            .iter()
            .map(|(id, head)| (*id, head.head))
            .collect();
        expected.insert(organisation, organisation_ver);
        let mut vers: BTreeMap<CommandId, Vec<(PartitionId, u64)>> = BTreeMap::new();
        let mut writes: BTreeMap<(PartitionId, RowKey), RowWrite> = BTreeMap::new();
        let mut written: BTreeMap<PartitionId, Head> = BTreeMap::new();
        let mut stood = self.stood;
        if self
            .touches
            .iter()
            .any(|touch| touch.partition == organisation)
        {
            let rows = self.at_hand.rows.iter();
            stood.extend(rows.map(|(key, row)| ((organisation, *key), row.clone())));
        }
        for touch in self.touches {
            let head = heads.entry(touch.partition).or_default();
            expected.entry(touch.partition).or_insert(head.head);
            head.head += 1;
            advance(head, &touch, &mut stood);
            vers.entry(touch.cmd_id)
                .or_default()
                .push((touch.partition, head.head));
            written.insert(touch.partition, head.clone());
            for TouchedRow { key, home, text } in touch.writes {
                let (partition, ver) = (touch.partition, head.head);
                let document = key.document;
                let write = RowWrite {
                    partition,
                    key,
                    document,
                    home,
                    ver,
                    text,
                };
                writes.insert((partition, key), write);
            }
        }
        for entry in &mut self.log {
            if let Outcome::Applied { touched } = &mut entry.outcome {
                *touched = vers.remove(&entry.cmd_id).unwrap_or_default();
                vers.insert(entry.cmd_id, touched.clone());
            }
        }
        let rows = writes.into_values().collect();
        Finished {
            commit: Commit {
                expected,
                heads: written,
                rows,
                log: self.log,
            },
            vers,
        }
    }
}

/// Moves a partition one version on: its checksum and its chain.
fn advance(head: &mut Head, touch: &Touch, stood: &mut BTreeMap<(PartitionId, RowKey), Stood>) {
    let mut chain = Sha256::new();
    chain.update(head.chain.as_bytes());
    chain.update(touch.cmd_id.to_string());
    for TouchedRow { key, text, .. } in &touch.writes {
        let place = (touch.partition, *key);
        if let Some((ver, text)) = stood.remove(&place) {
            head.checksum = head
                .checksum
                .wrapping_sub(checksum::of_row(*key, ver, &text));
        }
        let mut row = Sha256::new();
        row.update(text.as_deref().unwrap_or("").as_bytes());
        chain.update(key.to_string());
        chain.update(row.finalize());
        if let Some(text) = text {
            let hash = checksum::of_row(*key, head.head, text);
            head.checksum = head.checksum.wrapping_add(hash);
            stood.insert(place, (head.head, Arc::clone(text)));
        }
    }
    head.chain = canonical::hex(&chain.finalize());
}

fn row_text(row: &Row) -> Arc<str> {
    serde_json::to_string(row).expect("a row serialises").into()
}

#[cfg(feature = "deliberate-bugs")]
fn poison(command: &PushedCommand) {
    assert!(
        !command.bytes.contains("poisoned on purpose"),
        "poisoned on purpose"
    );
}

#[cfg(not(feature = "deliberate-bugs"))]
const fn poison(_: &PushedCommand) {}
